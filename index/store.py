"""One immutable generation of an index on disk, and the pointer to the current one.

::

    INDEX/
      current                     name of the generation to open; replaced atomically, last of all
      lock                        held by the one writer
      generations/<name>/
        manifest.json             settings, model, counts, SHA-256 of every other file
        manifest.sha256           SHA-256 of the manifest
        documents.jsonl           documents with their text and what was dropped
        passages.jsonl            passages with their sentences
        passages.faiss            one vector a passage (inner product)
        sentences.faiss           one vector a sentence
        lexical/                  BM25 matrix (bm25s) of words, names and numbers
"""

import contextlib
import os
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from index import lexical, names, records
from index.embed import Vectors
from index.errors import IndexFileError
from index.manifest import MANIFEST, MANIFEST_SUM, REBUILD, Manifest, read_manifest, sha256, verify
from index.types import Document, Dropped, Passage

_GENERATION_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}")
_POINTER = "current"
_GENERATIONS = "generations"
_DOCUMENTS, _PASSAGES = "documents.jsonl", "passages.jsonl"
_PASSAGE_VECTORS, _SENTENCE_VECTORS = "passages.faiss", "sentences.faiss"
_LEXICAL = "lexical"
# BM25's saturation and length normalisation; the first chosen on one half of XQuAD-ar's and ARCD-train's articles.
_K1, _B = 0.8, 0.75
# NumPy parses the headers of its files, and CPython 3.11 loses count when several threads parse at once (gh-106905).
_PARSING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a generation holds besides its manifest.

    Attributes:
        documents: In order of their paths.
        dropped: What cleaning removed from each document, parallel to ``documents``.
        passages: In order of documents, then of text.
        spans: (passages, 2) int64: the first sentence row and the row after the last of each passage.
        passage_vectors: (passages, dimension) float32, unit length.
        sentence_vectors: (sentences, dimension) float32, unit length; a sentence that two passages share has one row.
    """

    documents: tuple[Document, ...]
    dropped: tuple[tuple[Dropped, ...], ...]
    passages: tuple[Passage, ...]
    spans: NDArray[np.int64]
    passage_vectors: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation; read-only and safe to share between threads."""

    name: str
    manifest: Manifest
    contents: Contents
    passage_index: Any  # faiss.Index: faiss has no type stubs
    bm25: Any  # bm25s.BM25

    @classmethod
    def open(cls, index_folder: Path) -> Self:
        """Open the current generation and check every file against its recorded checksum.

        Raises:
            IndexFileError: There is no index, it is damaged, or another version of Sanad wrote it.
        """
        folder = current(index_folder)
        if folder is None:
            raise IndexFileError(
                f"There is no index in {index_folder}. Build one with 'sanad index PATH --index {index_folder}'."
            )
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
            contents, passage_index = _read(folder)
            with _PARSING:
                bm25 = bm25s.BM25.load(folder / _LEXICAL, mmap=True)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise IndexFileError(f"The index in {folder} cannot be read: {error}. {REBUILD}") from error
        return cls(folder.name, manifest, contents, passage_index, bm25)

    def lexical_scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every passage for some terms: (passages,) float32 in [0, inf), higher is better."""
        known = [term for term in terms if term in self.bm25.vocab_dict]
        if not known:
            return np.zeros(len(self.contents.passages), np.float32)
        scores: NDArray[np.float32] = self.bm25.get_scores(known)
        return scores

    def document_frequency(self, term: str) -> int:
        """In how many passages an index term stands."""
        column = self.bm25.vocab_dict.get(term)
        starts = self.bm25.scores["indptr"]
        return 0 if column is None or column + 1 >= len(starts) else int(starts[column + 1] - starts[column])


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


def write(folder: Path, contents: Contents, manifest: Manifest) -> Manifest:
    """Write a generation's files into an empty folder and flush them to disk; returns the manifest with checksums."""
    (folder / _DOCUMENTS).write_text(records.document_lines(contents.documents, contents.dropped), "ascii")
    (folder / _PASSAGES).write_text(records.passage_lines(contents.passages, contents.spans), "ascii")
    for name, vectors in ((_PASSAGE_VECTORS, contents.passage_vectors), (_SENTENCE_VECTORS, contents.sentence_vectors)):
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        # Not by FAISS itself: its way to tell of a full disk or an odd path is a RuntimeError.
        (folder / name).write_bytes(faiss.serialize_index(flat).data)
    _write_lexical(folder / _LEXICAL, contents)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = manifest.model_copy(update={"files": {p.relative_to(folder).as_posix(): sha256(p) for p in files}})
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), "utf-8")
    (folder / MANIFEST_SUM).write_text(sha256(folder / MANIFEST) + "\n", "ascii")
    for path in (*files, folder / MANIFEST, folder / MANIFEST_SUM, folder / _LEXICAL, folder):
        _flush(path)
    return manifest


def publish(index_folder: Path, scratch: Path, name: str) -> None:
    """Move a written generation to its place and switch the pointer to it, each durable before the next."""
    generations = index_folder / _GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    scratch.rename(generations / name)
    _flush(generations)
    pointer = index_folder / f"{_POINTER}.new"
    pointer.write_text(name + "\n", "ascii")
    _flush(pointer)
    pointer.replace(index_folder / _POINTER)
    with contextlib.suppress(OSError):  # the new index is in place and whole, whatever becomes of this
        _flush(index_folder)


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


def _read(folder: Path) -> tuple[Contents, Any]:
    documents, dropped = records.read_documents(folder / _DOCUMENTS)
    passages, spans = records.read_passages(folder / _PASSAGES)
    passage_index = faiss.read_index(str(folder / _PASSAGE_VECTORS))
    sentence_index = faiss.read_index(str(folder / _SENTENCE_VECTORS))
    contents = Contents(documents, dropped, passages, spans, _vectors(passage_index), _vectors(sentence_index))
    return contents, passage_index


def _vectors(flat: Any) -> Vectors:  # noqa: ANN401 - faiss has no type stubs
    """The vectors of a flat FAISS index: (n, dimension) float32."""
    codes: Vectors = faiss.vector_to_array(flat.codes).view(np.float32).reshape(flat.ntotal, flat.d)
    return codes


def _write_lexical(folder: Path, contents: Contents) -> None:
    from index.chunk import passage_text

    documents = {document.id: document for document in contents.documents}
    texts = [passage_text(documents[p.document_id], p) for p in contents.passages]
    corpus = [lexical.terms(text) + names.terms(text) for text in texts]
    if not any(corpus):  # bm25s cannot index an empty vocabulary
        corpus[0] = [""]
    bm25 = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    bm25.index(corpus, show_progress=False)
    bm25.save(folder, show_progress=False)


def _flush(path: Path) -> None:
    """Flush a file's or folder's contents to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
