"""Silence: balanced accuracy and AUROC by hand."""

from math import isnan

import pytest

from eval import metrics


def test_balanced_accuracy_of_gpt4_on_nomiracl_arabic():
    assert metrics.balanced_accuracy(0.36, 0.112) == pytest.approx(0.764)


def test_auroc_counts_pairs_and_half_the_ties():
    # Pairs (positive, negative): (.9,.5) 1, (.9,.2) 1, (.5,.5) half, (.5,.2) 1 -> 3.5 / 4.
    assert metrics.auroc([0.9, 0.5, 0.5, 0.2], [True, True, False, False]) == 0.875
    assert metrics.auroc([0.1, 0.9], [True, False]) == 0
    assert isnan(metrics.auroc([0.1, 0.9], [True, True]))
