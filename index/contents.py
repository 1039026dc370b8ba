"""Everything a generation holds besides its manifest, in memory while it is built, on disk once it is opened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index import records, rows
from index.embed import Vectors
from index.records import Lines
from index.types import Document, Dropped, Passage

DOCUMENTS, PASSAGES, COLUMNS = "documents.jsonl", "passages.jsonl", "columns.npz"
PASSAGE_VECTORS, SENTENCE_VECTORS = "passages.f32", "sentences.f32"
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contents:
    """Documents, passages and vectors; opened, they are read from disk where they are asked for.

    Attributes:
        documents: In order of their paths.
        dropped: What cleaning removed from each document, parallel to ``documents``.
        passages: In order of documents, then of text.
        spans: (passages, 2) int64: the first sentence row and the row after the last of each passage.
        passage_vectors: (passages, dimension) float32, unit length.
        sentence_vectors: (sentences, dimension) float32, unit length; a sentence that two passages share has one row.
        languages: (documents,) language of each document.
        firsts: (documents + 1,) int64: the first passage of each document, and the count of passages.
        rows: Which document an id stands for.
    """

    documents: Sequence[Document]
    dropped: Sequence[tuple[Dropped, ...]]
    passages: Sequence[Passage]
    spans: Rows
    passage_vectors: Vectors
    sentence_vectors: Vectors
    languages: NDArray[np.str_]
    firsts: Rows
    rows: Mapping[str, int]

    @classmethod
    def of(
        cls,
        documents: Sequence[Document],
        dropped: Sequence[tuple[Dropped, ...]],
        passages: Sequence[Passage],
        spans: Rows,
        passage_vectors: Vectors,
        sentence_vectors: Vectors,
    ) -> Self:
        """Contents that are in memory."""
        rows = {document.id: row for row, document in enumerate(documents)}
        counts = np.bincount([rows[passage.document_id] for passage in passages], minlength=len(documents))
        languages = np.array([document.language for document in documents], np.str_)
        firsts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(documents, dropped, passages, spans, passage_vectors, sentence_vectors, languages, firsts, rows)

    @classmethod
    def read(cls, folder: Path, dimension: int) -> Self:
        """Contents that ``write`` wrote; OSError, ValueError or KeyError when they cannot be read."""
        with np.load(folder / COLUMNS) as columns:
            lines, ids = columns["documents"], columns["ids"]
            return cls(
                Lines(folder / DOCUMENTS, lines, rows.read_document),
                Lines(folder / DOCUMENTS, lines, rows.read_dropped),
                Lines(folder / PASSAGES, columns["passages"], rows.read_passage),
                columns["spans"],
                read_vectors(folder / PASSAGE_VECTORS, dimension),
                read_vectors(folder / SENTENCE_VECTORS, dimension),
                columns["languages"],
                columns["firsts"],
                {name: row for row, name in enumerate(ids.tolist())},
            )

    def write(self, folder: Path) -> None:
        """Write all but the vectors, which ``write_vectors`` writes before."""
        columns: dict[str, Any] = {
            "documents": records.write_lines(folder / DOCUMENTS, rows.document_rows(self.documents, self.dropped)),
            "passages": records.write_lines(folder / PASSAGES, rows.passage_rows(self.passages)),
            "spans": self.spans,
            "languages": self.languages,
            "firsts": self.firsts,
            "ids": np.array(list(self.rows), np.str_),
        }
        with (folder / COLUMNS).open("wb") as file:
            np.savez(file, **columns)

    def document_of(self) -> Rows:
        """(passages,) int64: the document of each passage."""
        return np.repeat(np.arange(len(self.languages)), np.diff(self.firsts))

    def by_language(self) -> dict[str, Rows]:
        """The passages in each language."""
        languages, of_documents = np.unique(self.languages, return_inverse=True)
        of_passages = of_documents[self.document_of()]
        rows = {str(name): np.flatnonzero(of_passages == number) for number, name in enumerate(languages)}
        return {language: own for language, own in rows.items() if len(own)}

    def document(self, document_id: str) -> Document:
        """A document; KeyError when there is none of that id."""
        return self.documents[self.rows[document_id]]

    def row(self, passage: Passage) -> int:
        """Which passage of all it is."""
        return int(self.firsts[self.rows[passage.document_id]]) + passage.ordinal


def write_vectors(folder: Path, parts: Iterable[tuple[Vectors, Vectors]], dimension: int) -> tuple[Vectors, Vectors]:
    """Write vectors of passages and of sentences part by part, as they come; returns all, read from disk."""
    with (folder / PASSAGE_VECTORS).open("wb") as passages, (folder / SENTENCE_VECTORS).open("wb") as sentences:
        for of_passages, of_sentences in parts:
            passages.write(of_passages.astype(np.float32).tobytes())
            sentences.write(of_sentences.astype(np.float32).tobytes())
    return read_vectors(folder / PASSAGE_VECTORS, dimension), read_vectors(folder / SENTENCE_VECTORS, dimension)


def read_vectors(path: Path, dimension: int) -> Vectors:
    """Vectors in a file of float32 numbers, mapped into memory: (n, dimension)."""
    # As a plain array: taking rows of a memmap makes memmaps, which is slow.
    return np.asarray(np.memmap(path, np.float32, "r")).reshape(-1, dimension)
