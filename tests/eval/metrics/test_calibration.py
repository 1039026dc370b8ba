"""Calibration error by hand."""

import pytest

from eval import metrics


def test_calibration_error_by_hand():
    # Ten bins of one: each |probability - label|; nine are exact and one is off by 0.4.
    probabilities = [0.0, 0.0001, 0.0002, 0.0003, 0.6, 1.0, 0.9999, 0.9998, 0.9997, 0.9996]
    labels = [False] * 4 + [True] * 6
    assert metrics.calibration_error(probabilities, labels) == pytest.approx(0.04, abs=3e-4)


def test_calibration_error_does_not_depend_on_the_order_of_ties():
    # All probabilities are 0.5, so there is one bin; half the labels are true: no error.
    assert metrics.calibration_error([0.5] * 20, [True] * 10 + [False] * 10) == 0
    assert metrics.calibration_error([0.8] * 20, [True, False] * 10) == pytest.approx(0.3)


def test_calibration_bins_are_what_the_error_is_made_of():
    probabilities, labels = [0.2] * 10 + [0.9] * 10, [False] * 10 + [True] * 5 + [False] * 5
    assert metrics.calibration_bins(probabilities, labels) == [
        (pytest.approx(0.2), 0.0, 10),
        (pytest.approx(0.9), 0.5, 10),
    ]
    assert metrics.calibration_error(probabilities, labels) == pytest.approx((0.2 * 10 + 0.4 * 10) / 20)
