"""Tiny collections whose vectors and BM25 scores are written by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from index.store import Contents
from index.types import Document, Passage, Sentence
from rag.types import Evidence

Rows = Sequence[Sequence[float]]


@dataclass
class FakeGeneration:
    """As much of an opened generation as retrieval uses."""

    contents: Contents
    bm25: Mapping[str, Sequence[float]]
    passage_index: Any = None
    name: str = "000001-fake"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def lexical_scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(tuple(terms))
        total = np.zeros(len(self.contents.passages), np.float32)
        for term in terms:
            total += np.asarray(self.bm25.get(term, np.zeros_like(total)), np.float32)
        return total

    def document_frequency(self, term: str) -> int:
        return int(np.count_nonzero(self.bm25.get(term, ())))


class FakeEmbedder:
    """Gives every question the same vector."""

    def __init__(self, vector: Sequence[float]) -> None:
        self.vector = np.array(vector, np.float32)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(self.vector, (len(texts), 1))


def document(name: str, text: str, *, title: str = "", language: str = "en") -> Document:
    return Document(name, f"{name}.txt", title, text, language, None, "text")


def split(document: Document, ordinal: int = 0) -> Passage:
    """The whole text as one passage; its sentences end at ". " or at the text's end."""
    sentences: list[Sentence] = []
    start = 0
    for part in document.text.split(". "):
        end = min(start + len(part) + 1, len(document.text))
        sentences.append(Sentence(start, end))
        start = end + 1
    return Passage(f"{document.id}-{ordinal}", document.id, "", tuple(sentences))


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document


@pytest.fixture
def make_evidence() -> Callable[..., Evidence]:
    def make(source: Document, rank: int = 1, score: float = 1.0, cosine: float = 0.8) -> Evidence:
        channels = {"passage": cosine, "sentence": cosine, "lexical": 0.0}
        return Evidence(rank, split(source), source, source.text, score, channels)

    return make


@pytest.fixture
def make_generation() -> Callable[..., FakeGeneration]:
    """A collection of one-passage documents "d0", "d1" … from its passages' and sentences' vectors."""

    def make(passages: Rows, sentences: Sequence[Rows], bm25: Mapping[str, Sequence[float]]) -> FakeGeneration:
        documents = [
            document(f"d{n}", " ".join(f"Sentence {n} {i}." for i in range(len(own))))
            for n, own in enumerate(sentences)
        ]
        ends = np.cumsum([len(own) for own in sentences])
        spans = np.column_stack([np.concatenate([[0], ends[:-1]]), ends]).astype(np.int64)
        vectors = np.array(passages, np.float32)
        contents = Contents(
            tuple(documents),
            ((),) * len(documents),
            tuple(split(d) for d in documents),
            spans,
            vectors,
            np.array([vector for own in sentences for vector in own], np.float32),
        )
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return FakeGeneration(contents, bm25, index)

    return make


@pytest.fixture
def make_embedder() -> Callable[[Sequence[float]], FakeEmbedder]:
    return FakeEmbedder
