"""Tiny collections whose vectors and BM25 scores are written by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from index.contents import Contents
from index.lexicon import Lexicon
from index.nearest import Nearest
from index.types import Document, Passage, Sentence
from rag.types import Evidence

Rows = Sequence[Sequence[float]]


@dataclass
class FakeGeneration:
    """As much of an opened generation as retrieval uses."""

    contents: Contents
    lexicon: Lexicon
    nearest: Nearest
    name: str = "000001-fake"


def lexicon(scores: Mapping[str, Sequence[float]], size: int) -> Lexicon:
    """A lexicon with given scores of its terms in all passages."""
    dense = [np.asarray(own, np.float32) for own in scores.values()]
    passages = [np.flatnonzero(own) for own in dense]
    starts = np.cumsum([0, *map(len, passages)])
    held = [own[rows] for own, rows in zip(dense, passages, strict=True)]
    columns = {term: number for number, term in enumerate(scores)}
    none = np.empty(0, np.float32)
    rows = np.concatenate([none, *passages]).astype(np.int32)
    terms = [[number for number, own in enumerate(passages) if row in own] for row in range(size)]
    occurrences = np.asarray([number for own in terms for number in own], np.int32)
    firsts = np.cumsum([0, *map(len, terms)])
    return Lexicon(columns, starts, rows, np.concatenate([none, *held]), size, occurrences, firsts)


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
        contents = Contents.of(
            tuple(documents),
            ((),) * len(documents),
            tuple(split(d) for d in documents),
            spans,
            vectors,
            np.array([vector for own in sentences for vector in own], np.float32),
        )
        return FakeGeneration(contents, lexicon(bm25, len(vectors)), Nearest(vectors, {}))

    return make


@pytest.fixture
def make_embedder() -> Callable[[Sequence[float]], FakeEmbedder]:
    return FakeEmbedder
