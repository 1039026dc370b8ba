"""One immutable generation of an index on disk, and the pointer to the current one.

::

    INDEX/
      current                     name of the generation to open; replaced atomically, last of all
      lock                        held by the one writer
      generations/<name>/
        manifest.json             settings, model, counts, size and checksum of every other file
        manifest.xxh3             checksum of the manifest
        documents.jsonl           documents with their text and what was dropped
        passages.jsonl            passages with their sentences
        columns.npz               where the lines of both begin, and what every question needs of all of them
        passages.f32              one vector a passage
        sentences.f32             one vector a sentence
        nearest/                  FAISS index of each language of many passages
        lexical/                  BM25 matrix (bm25s) of words, names and numbers; those of each passage in order

Opened, every file is checked; the large ones are then mapped into memory, not kept in it.
"""

import contextlib
import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index import lexicon, nearest
from index.contents import Contents
from index.errors import IndexFileError
from index.lexicon import Lexicon
from index.manifest import MANIFEST, MANIFEST_SUM, REBUILD, Manifest, Written, checksum, read_manifest, verify
from index.nearest import Nearest

_GENERATION_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}")
_POINTER = "current"
_GENERATIONS = "generations"
_LEXICAL = "lexical"
# NumPy parses the headers of its files, and CPython 3.11 loses count when several threads parse at once (gh-106905).
_PARSING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation; read-only and safe to share between threads."""

    name: str
    manifest: Manifest
    contents: Contents
    nearest: Nearest
    lexicon: Lexicon

    @classmethod
    def open(cls, index_folder: Path) -> Self:
        """Open the current generation and check every file.

        Raises:
            IndexFileError: There is no index, it is damaged, or another version of Sanad wrote it.
        """
        folder = _current(index_folder)
        try:
            return cls._open(folder)
        except IndexFileError:
            if current(index_folder) == folder:
                raise
        return cls.open(index_folder)  # builds went by meanwhile and removed what was current

    @classmethod
    def _open(cls, folder: Path) -> Self:
        manifest = read_manifest(folder)
        verify(folder, manifest)
        try:
            with _PARSING:
                contents = Contents.read(folder, manifest.model.dimension)
                words = Lexicon.read(folder / _LEXICAL)
            near = Nearest.read(folder, contents.passage_vectors)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise IndexFileError(f"The index in {folder} cannot be read: {error}. {REBUILD}") from error
        return cls(folder.name, manifest, contents, near, words)


def current(index_folder: Path) -> Path | None:
    """Folder of the current generation, None when nothing was ever published.

    Raises:
        IndexFileError: The pointer is unreadable or names a generation that is not there.
    """
    try:
        name = (index_folder / _POINTER).read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise IndexFileError(
            f"The index pointer {index_folder / _POINTER} cannot be read: {error}. {REBUILD}"
        ) from error
    folder = index_folder / _GENERATIONS / name
    if not _GENERATION_NAME.fullmatch(name) or not folder.is_dir():
        raise IndexFileError(
            f"The index pointer {index_folder / _POINTER} names {name!r}, which is not a generation. {REBUILD}"
        )
    return folder


def check(index_folder: Path) -> Iterator[tuple[str, int]]:
    """Check every file of every generation against its checksum; tells each one's name and number of files.

    Raises:
        IndexFileError: There is no index, or a file of it is damaged.
    """
    _current(index_folder)
    for generation in generations(index_folder):
        described = read_manifest(generation)
        verify(generation, described)
        yield generation.name, len(described.files)


def _current(index_folder: Path) -> Path:
    folder = current(index_folder)
    if folder is None:
        raise IndexFileError(
            f"There is no index in {index_folder}. Build one with 'sanad index PATH --index {index_folder}'."
        )
    return folder


def write(folder: Path, contents: Contents, terms: Iterable[Sequence[str]], manifest: Manifest) -> Manifest:
    """Write a generation's files beside its vectors and flush all to disk; returns the manifest with checksums.

    Args:
        folder: Holds what ``contents.write_vectors`` wrote, and nothing else.
        contents: What to write; its vectors are those.
        terms: Of each passage, from ``lexicon.terms``.
        manifest: Without its files.
    """
    contents.write(folder)
    lexicon.write(folder / _LEXICAL, terms)  # takes most memory, so before the vectors are read
    nearest.write(folder, contents.passage_vectors, contents.by_language())
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    written = {p.relative_to(folder).as_posix(): Written(size=p.stat().st_size, xxh3=checksum(p)) for p in files}
    manifest = manifest.model_copy(update={"files": written})
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), "utf-8")
    (folder / MANIFEST_SUM).write_text(checksum(folder / MANIFEST) + "\n", "ascii")
    folders = {path.parent for path in files}
    for path in (*files, folder / MANIFEST, folder / MANIFEST_SUM, *sorted(folders - {folder}), folder):
        flush(path)
    return manifest


def publish(index_folder: Path, scratch: Path, name: str) -> None:
    """Move a written generation to its place and switch the pointer to it, each durable before the next."""
    generations = index_folder / _GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    scratch.rename(generations / name)
    flush(generations)
    pointer = index_folder / f"{_POINTER}.new"
    pointer.write_text(name + "\n", "ascii")
    flush(pointer)
    pointer.replace(index_folder / _POINTER)
    with contextlib.suppress(OSError):  # the new index is in place and whole, whatever becomes of this
        flush(index_folder)


def generations(index_folder: Path) -> list[Path]:
    """Folders of all generations, oldest first; what else lies among them is not ours."""
    folder = index_folder / _GENERATIONS
    found = [path for path in folder.iterdir() if _GENERATION_NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=number)


def last_sources(index_folder: Path) -> tuple[Path, ...]:
    """What the newest generation whose manifest can be read was built from; empty when there is none."""
    for generation in reversed(generations(index_folder)):
        with contextlib.suppress(IndexFileError):
            return tuple(Path(source) for source in read_manifest(generation).sources)
    return ()


def number(generation: Path) -> int:
    """Which generation of the index a folder is, counted from 1."""
    return int(generation.name.split("-")[0])


def flush(path: Path) -> None:
    """Flush a file's or folder's contents to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
