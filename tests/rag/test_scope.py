"""Which documents a question is asked of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from index.types import Document
from rag.scope import Scope


@pytest.fixture
def documents(make_document: Callable[..., Document]) -> list[Document]:
    return [
        replace(make_document("a", "x", language="ar"), published=date(2031, 4, 8), copies=("b/a.txt",)),
        replace(make_document("b", "x"), published=date(2030, 1, 1)),
        make_document("c", "x"),
    ]


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        ((None, None, "", ""), None),
        ((["a", "c"], [], "", ""), {"a", "c"}),
        (([], ["en"], "", ""), {"b", "c"}),
        (([], [], "2031-01-01", ""), {"a"}),
        (([], [], "", "2030-01-01"), {"b"}),
        (([], [], "2030-01-01", "2031-12-31"), {"a", "b"}),
        ((["a.txt", "c"], [], "", ""), {"a", "c"}),
        ((["b/a.txt"], [], "", ""), {"a"}),
        ((["a"], ["en"], "", ""), set()),
        (([], [], "yesterday", None), None),
    ],
)
def test_what_is_chosen_is_asked(
    documents: list[Document], scope: tuple[list[str], list[str], str, str], ids: set[str]
):
    assert Scope.read(*scope).within(documents) == ids


def test_what_no_document_is_named_is_told(documents: list[Document]):
    assert Scope(frozenset({"a", "b.txt", "b/a.txt"})).unknown(documents) == ()
    assert Scope(frozenset({"b", "z.txt", "y"})).unknown(documents) == ("y", "z.txt")
