"""Which documents a question is asked of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from index.types import Document
from ui.scope import Scope


@pytest.fixture
def documents(make_document: Callable[..., Document]) -> list[Document]:
    return [
        make_document("x", name="a", language="ar"),
        replace(make_document("x", name="b", language="en"), published=date(2030, 1, 1)),
        replace(make_document("x", name="c", language="en"), published=None),
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
        ((["a"], ["en"], "", ""), set()),
        (([], [], "yesterday", None), None),
    ],
)
def test_what_is_chosen_is_asked(
    documents: list[Document], scope: tuple[list[str], list[str], str, str], ids: set[str]
):
    assert Scope.read(*scope).within(documents) == ids
