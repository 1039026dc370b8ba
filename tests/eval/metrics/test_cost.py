"""Latency and throughput by hand."""

from math import isnan

import pytest

from eval import metrics


def test_cost():
    assert metrics.latency([10.0, 20.0, 30.0, 50.0], 50) == 25
    assert metrics.latency([10.0, 20.0, 30.0, 50.0], 95) == pytest.approx(47)  # 30 + 0.85 of the step to 50
    assert metrics.throughput(8, 0.5) == 16
    assert isnan(metrics.throughput(8, 0))
