"""BM25 by hand, and large collections scored in two steps."""

from pathlib import Path

import numpy as np
import pytest

from index import lexicon
from index.lexicon import Lexicon

TEXTS = ("سوق كبير. سوق جديد.", "سوق جديد. ميناء.", "bridge")


@pytest.fixture
def opened(tmp_path: Path) -> Lexicon:
    lexicon.write(tmp_path / "lexical", map(lexicon.terms, TEXTS))
    return Lexicon.read(tmp_path / "lexical")


def test_bm25_by_hand(opened: Lexicon):
    # Lucene's BM25 (k1 0.8, b 0.75) of a term that stands twice, once and not at all in the three passages.
    scores = opened.bm25(["سوق"])
    assert scores.dtype == np.float32
    assert scores[0] > scores[1] > scores[2] == 0
    lengths = np.array([len(lexicon.terms(text)) for text in TEXTS])
    idf = np.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    norm = 0.8 * (0.25 + 0.75 * lengths / lengths.mean())
    counts = np.array([2, 1, 0])
    np.testing.assert_allclose(scores, idf * counts / (counts + norm), rtol=1e-5)
    np.testing.assert_allclose(opened.bm25(["سوق", "سوق"]), 2 * scores, rtol=1e-6)
    np.testing.assert_array_equal(opened.bm25(["لا شيء"]), np.zeros(3, np.float32))
    np.testing.assert_array_equal(opened.bm25([]), np.zeros(3, np.float32))


def test_the_terms_of_each_passage_are_kept_in_order(opened: Lexicon):
    spelled = list(opened.columns)
    kept = [[spelled[column] for column in opened.occurrences[slice(*opened.firsts[row:][:2])]] for row in range(3)]
    assert kept == list(map(lexicon.terms, TEXTS))


def test_frequency_counts_passages(opened: Lexicon):
    assert [opened.frequency(term) for term in ("سوق", "جديد", "bridge", "غائب")] == [2, 2, 1, 0]


@pytest.mark.parametrize("entries", [0, 1, 3, 4, 6, 7])
def test_what_is_too_common_is_added_where_it_matters(entries: int, opened: Lexicon, monkeypatch: pytest.MonkeyPatch):
    terms = ["سوق", "bridge", "جديد", "سوق", "ميناء"]
    everything = opened.bm25(terms)
    monkeypatch.setattr(lexicon, "_ENTRIES", entries)
    scores = opened.bm25(terms)
    assert (scores <= everything + 1e-6).all()
    assert (scores > 0).sum() >= min(entries, 2)  # the rarest terms come first
    opened.complete(scores, terms, np.array([0, 2]))
    np.testing.assert_allclose(scores[[0, 2]], everything[[0, 2]], rtol=1e-6)
    opened.complete(scores, terms, np.array([1]))
    np.testing.assert_allclose(scores, everything, rtol=1e-6)


def test_texts_without_words(tmp_path: Path):
    lexicon.write(tmp_path, [[], []])
    assert Lexicon.read(tmp_path).bm25(["سوق"]).tolist() == [0.0, 0.0]
