"""Texts of an index are embedded once, however many are embedded at a time."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from index import reuse, split
from index.config import IndexSettings
from index.reuse import Embeddings
from index.types import Document


@pytest.mark.parametrize("at_once", [1, 7, 10_000])
def test_each_text_has_its_vector(
    at_once: int, counting: Any, article: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reuse, "_AT_ONCE", at_once)
    documents = [article(number, path=f"{at}.txt") for at, number in enumerate((1, 2, 1, 3, 2, 1))]
    splits = [split.split(document, IndexSettings(), counting) for document in documents]
    told: list[tuple[int, int]] = []
    embeddings = Embeddings(counting, splits, {}, lambda *progress: told.append(progress))
    parts = list(embeddings)
    for one, (passages, sentences) in zip(splits, parts, strict=True):
        texts = list(one.texts())
        assert len(passages) == len(one.passages)
        np.testing.assert_array_equal(np.concatenate([passages, sentences]), counting.embed_documents(texts))
    distinct = {text for one in splits for text in one.texts()}
    assert embeddings.texts == told[-1][0] == told[-1][1] == len(distinct)
    assert embeddings.tokens > len(distinct)
    assert embeddings._known == {}  # nothing is kept that nobody needs


def test_what_the_last_generation_knows_is_taken_over(counting: Any, article: Callable[..., Document]):
    known = split.split(article(1), IndexSettings(), counting)
    (vectors,) = Embeddings(counting, [known], {}, lambda *_: None)
    before = {known.document.id: split.replace(known, vectors=vectors)}
    counting.embedded.clear()
    same, fresh = known, split.split(article(2), IndexSettings(), counting)
    embeddings = Embeddings(counting, [same, fresh], before, lambda *_: None)
    first, _ = embeddings
    np.testing.assert_array_equal(first[0], vectors[0])
    np.testing.assert_array_equal(first[1], vectors[1])
    assert set(counting.embedded) == set(fresh.texts()) - set(known.texts())
