"""Sentences of two texts are paired by their vectors, in text order; the cosines are written by hand."""

import numpy as np
import pytest

from index.repeats import Alignment, align


def test_pairs_are_each_others_nearest():
    found = align(np.array([[0.9, 0.2, 0.1], [0.3, 0.1, 0.8], [0.7, 0.2, 0.6]], np.float32))
    assert found.pairs == ((0, 0), (1, 2))  # the third's nearest has a nearer one
    assert found.cosine == pytest.approx(0.85)
    assert found.share == pytest.approx(2 / 3)


def test_only_pairs_in_text_order_count():
    backwards = np.eye(4, dtype=np.float32)[::-1]
    assert len(align(backwards).pairs) == 1
    assert align(np.eye(4, dtype=np.float32)).pairs == ((0, 0), (1, 1), (2, 2), (3, 3))
    moved = np.eye(4, dtype=np.float32)[[1, 2, 3, 0]]
    assert align(moved).pairs == ((0, 1), (1, 2), (2, 3))


def test_nothing_is_paired_with_nothing():
    assert align(np.zeros((0, 3), np.float32)) == align(np.zeros((3, 0), np.float32)) == Alignment((), 0.0, 0.0)


@pytest.mark.parametrize(
    ("pairs", "cosine", "share", "languages", "repeats"),
    [
        (5, 0.93, 0.6, ("ar", "ar"), True),
        (5, 0.92, 1.0, ("ar", "ar"), False),
        (5, 1.0, 0.5, ("ar", "ar"), False),
        (2, 0.93, 1.0, ("ar", "ar"), True),
        (1, 0.94, 1.0, ("ar", "ar"), False),  # one sentence lies near by chance
        (1, 0.95, 1.0, ("ar", "ar"), True),
        (5, 0.84, 0.6, ("ar", "en"), True),
        (5, 0.84, 0.6, ("ar", "fa"), False),  # one script, so nearer by nature
        (5, 0.9, 0.6, ("ar", "fa"), True),
        (5, 0.89, 0.6, ("en", "de"), False),
        (2, 0.84, 1.0, ("ar", "en"), False),  # so do two of another language
        (2, 0.88, 1.0, ("ar", "en"), True),
    ],
)
def test_what_repeats(pairs: int, cosine: float, share: float, languages: tuple[str, str], repeats: bool):
    alignment = Alignment(tuple((n, n) for n in range(pairs)), cosine, share)
    assert alignment.repeats(*languages) is repeats
    assert alignment.repeats(*languages[::-1]) is repeats
