"""How words are labelled that the sense of names is fitted on, and the fit."""

import numpy as np
import pytest

from eval.fit_sense import by_capitals, fit


def test_capitals_within_sentences_label_words():
    names, plain = by_capitals(["Then Ada met a judge. Rivers rose.", "A judge of the NASA court met Ada."])
    assert names == {"Ada"}
    assert {"judge", "Judge", "court", "rose"} <= plain
    assert not {"Then", "Rivers", "Nasa"} & (names | plain)  # an opening word and an acronym tell nothing


def test_the_fit_tells_names_from_words():
    vectors = np.array([[1.0, 0.1], [0.9, 0.0], [0.0, 1.0], [0.1, 0.9]], np.float32)
    bias, weights = fit(vectors, 2)
    logits = vectors @ np.array(weights) + bias
    assert (logits > 0).tolist() == [True, True, False, False]
    assert weights == pytest.approx([round(weight, 3) for weight in weights])
