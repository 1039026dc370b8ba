"""The manifest of a generation: what it was made from, and the checksum of every file."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import xxhash
from pydantic import BaseModel, ConfigDict, ValidationError

from index.config import IndexSettings
from index.errors import IndexFileError

SCHEMA = 4
MANIFEST = "manifest.json"
MANIFEST_SUM = "manifest.xxh3"
REBUILD = "Rebuild it with 'sanad index PATH'."
# What is not in memory comes off a disk twice as fast so: the 9 GB of a million passages in 6 seconds, not 15.
_READ_AT_ONCE = 4


class Model(BaseModel):
    """The embedding model an index was built with, as ``index.embed.Embedder`` describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    fingerprint: str
    precision: str
    dimension: int


class Written(BaseModel):
    """A file as it was written: its size in bytes and its checksum."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    xxh3: str


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
        files: Size and checksum of each file, by path relative to the generation.
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


def verify(folder: Path, manifest: Manifest) -> None:
    """Check the size and the checksum of every file of a generation.

    Raises:
        IndexFileError: A file is missing or is not what was written; names it.
    """
    with ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        for _ in pool.map(lambda file: _verify(folder / file[0], file[1]), manifest.files.items()):
            pass


def _verify(path: Path, written: Written) -> None:
    try:
        size = path.stat().st_size
        seen = checksum(path) if size == written.size else ""
    except OSError as error:
        raise IndexFileError(f"The index file {path} cannot be read: {error.strerror}. {REBUILD}") from error
    if size != written.size:
        raise IndexFileError(
            f"The index file {path} is damaged: it has {size:,} bytes, not {written.size:,}. {REBUILD}"
        )
    if seen != written.xxh3:
        raise IndexFileError(
            f"The index file {path} is damaged: its checksum is {seen[:12]}…, not {written.xxh3[:12]}…. {REBUILD}"
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
    if xxhash.xxh3_128_hexdigest(written) != expected:
        raise IndexFileError(
            f"The index manifest {folder / MANIFEST} is damaged: its checksum is not that in {MANIFEST_SUM}. {REBUILD}"
        )
    return manifest


def checksum(path: Path) -> str:
    """XXH3 of a file, 128 bits: quick enough for gigabytes at every opening; shows damage, not forgery."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, xxhash.xxh3_128).hexdigest()
