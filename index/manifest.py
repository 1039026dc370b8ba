"""The manifest of a generation: what it was made from, and the checksum of every file."""

import hashlib
import json
import math
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.config import IndexSettings
from index.errors import IndexFileError

SCHEMA = 2
MANIFEST = "manifest.json"
MANIFEST_SUM = "manifest.sha256"
REBUILD = "Rebuild it with 'sanad index PATH'."


class Model(BaseModel):
    """The embedding model an index was built with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    fingerprint: str
    dimension: int


class Written(BaseModel):
    """A file as it was written: its size in bytes and its checksum."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: str


class Manifest(BaseModel):
    """What a generation was made from and what it holds.

    Attributes:
        schema_version: Version of this layout.
        code: What read, cleaned and cut the documents.
        content: Digest of documents, settings and model; equal content gives an equal digest.
        created: UTC time, ISO 8601.
        sources: The files and folders that were indexed, absolute.
        settings: Settings it was built with.
        model: Embedding model it was built with.
        counts: Documents, passages, sentences.
        failures: Files that could not be read: (shown path, reason).
        files: Size and SHA-256 of each file, by path relative to the generation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int
    code: str
    content: str
    created: str
    sources: tuple[str, ...]
    settings: IndexSettings
    model: Model
    counts: dict[str, int]
    failures: tuple[tuple[str, str], ...]
    files: dict[str, Written]


def verify(folder: Path, manifest: Manifest, largest: float = math.inf) -> None:
    """Check the size of every file of a generation, and the SHA-256 of those of at most ``largest`` bytes.

    Raises:
        IndexFileError: A file is missing or is not what was written; names it.
    """
    for name, written in manifest.files.items():
        path = folder / name
        try:
            size = path.stat().st_size
            seen = sha256(path) if size == written.size <= largest else ""
        except OSError as error:
            raise IndexFileError(f"The index file {path} cannot be read: {error.strerror}. {REBUILD}") from error
        if size != written.size:
            raise IndexFileError(
                f"The index file {path} is damaged: it has {size:,} bytes, not {written.size:,}. {REBUILD}"
            )
        if seen and seen != written.sha256:
            raise IndexFileError(
                f"The index file {path} is damaged: its SHA-256 is {seen[:12]}…, not {written.sha256[:12]}…. {REBUILD}"
            )


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest.

    Raises:
        IndexFileError: It is missing, damaged or of another version.
    """
    try:
        written = (folder / MANIFEST).read_bytes()
        raw = json.loads(written)
        if isinstance(raw, dict) and raw.get("schema_version") != SCHEMA:
            raise IndexFileError(
                f"The index in {folder} has layout {raw.get('schema_version')!r}; this version reads {SCHEMA}. "
                f"{REBUILD}"
            )
        manifest = Manifest.model_validate(raw)
        expected = (folder / MANIFEST_SUM).read_text("ascii").strip()
    except (OSError, ValueError, ValidationError) as error:
        reason = f"{error.strerror}" if isinstance(error, OSError) else "it is not a manifest of this version"
        path = error.filename if isinstance(error, OSError) else folder / MANIFEST
        raise IndexFileError(f"The index manifest {path} cannot be read: {reason}. {REBUILD}") from error
    if hashlib.sha256(written).hexdigest() != expected:
        raise IndexFileError(
            f"The index manifest {folder / MANIFEST} is damaged: its SHA-256 is not that in {MANIFEST_SUM}. {REBUILD}"
        )
    return manifest


def sha256(path: Path) -> str:
    """Checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
