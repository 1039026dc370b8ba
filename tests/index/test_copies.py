"""Documents that repeat another one as a whole."""

from collections.abc import Callable

import numpy as np
import pytest

from index import copies
from index.contents import Contents
from index.copies import near_copies
from index.types import Document, Passage, Sentence

DIRECTIONS = np.eye(12, dtype=np.float32)
MakeDocument = Callable[..., Document]


def contents(make_document: MakeDocument, **told: str) -> Contents:
    """An index of documents whose sentences are letters: the same letter is the same sentence."""
    documents, passages, spans, vectors = [], [], [], []
    for name, letters in told.items():
        documents.append(make_document(name, "s" * len(letters)))
        if letters:
            sentences = tuple(Sentence(at, at + 1) for at in range(len(letters)))
            passages.append(Passage(f"{name}-0", name, "", sentences))
            spans.append((len(vectors), len(vectors) + len(letters)))
            vectors += [DIRECTIONS[ord(letter) - ord("a")] for letter in letters]
    table = np.array(vectors, np.float32).reshape(-1, 12)
    return Contents.of(
        tuple(documents), ((),) * len(documents), tuple(passages), np.array(spans).reshape(-1, 2), table[:0], table
    )


@pytest.fixture
def make_document() -> MakeDocument:
    return lambda name, text: Document(name, f"{name}.txt", name, text, "en", None, "text")


def test_a_shorter_document_hangs_on_the_longest_that_says_it_all(make_document: MakeDocument) -> None:
    told = contents(make_document, x="abcd", y="ghij", z="abcdef", v="klab", w="")
    assert near_copies(told) == {"x": "z"}


def test_one_sentence_in_common_is_no_copy(make_document: MakeDocument) -> None:
    assert near_copies(contents(make_document, x="abcd", y="aghi")) == {}
    assert near_copies(contents(make_document)) == {}


def test_another_order_is_no_copy(make_document: MakeDocument) -> None:
    assert near_copies(contents(make_document, x="abcdef", y="fedcba")) == {}


def test_a_very_large_index_is_not_looked_through(make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST_SENTENCES", 7)
    assert near_copies(contents(make_document, x="abcd", y="abcd")) == {}
