"""Risk and coverage by hand."""

import pytest

from eval import metrics


def test_risk_coverage_by_hand():
    # Thresholds 0.9, 0.8 (two cases), 0.1: answered 1, 3, 4; wrong 0, 1, 2.
    coverage, risk = metrics.risk_coverage([0.8, 0.9, 0.1, 0.8], [True, False, True, False])
    assert coverage.tolist() == [0.25, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0, 1 / 3, 0.5])
    area = metrics.risk_coverage_area([0.8, 0.9, 0.1, 0.8], [True, False, True, False])
    assert area == pytest.approx(0.25 * 0 + 0.5 / 3 + 0.25 * 0.5)


def test_coverage_at_risk():
    confidences, wrong = [0.9, 0.8, 0.7, 0.6], [False, True, False, False]
    assert metrics.coverage_at_risk(confidences, wrong, 0.05) == 0.25
    assert metrics.coverage_at_risk(confidences, wrong, 0.25) == 1.0
    assert metrics.coverage_at_risk([0.9], [True], 0.05) == 0
    assert metrics.coverage_at_risk([], [], 0.05) == 0
