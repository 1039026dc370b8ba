"""What answering only the surest questions risks."""

from collections.abc import Sequence

import numpy as np

from eval.metrics.arrays import Flags, Floats


def risk_coverage(confidences: Sequence[float] | Floats, wrong: Sequence[bool] | Flags) -> tuple[Floats, Floats]:
    """The risk-coverage curve of answering from the most confident down (El-Yaniv and Wiener, 2010).

    Args:
        confidences: (n,) higher is surer.
        wrong: (n,) whether answering the case is an error.

    Returns:
        Coverage and risk, both (t,) in [0, 1], one point for each distinct confidence, by falling threshold.
    """
    values = np.asarray(confidences, dtype=float)
    order = np.argsort(-values, kind="stable")
    errors = np.cumsum(np.asarray(wrong, dtype=float)[order])
    last = np.flatnonzero(np.append(np.diff(values[order]) != 0, len(order) > 0))
    answered = last + 1.0
    return answered / max(1, len(order)), errors[last] / answered


def risk_coverage_area(confidences: Sequence[float] | Floats, wrong: Sequence[bool] | Flags) -> float:
    """Area under the risk-coverage curve (a step function); in [0, 1], lower is better."""
    coverage, risk = risk_coverage(confidences, wrong)
    return float((np.diff(coverage, prepend=0.0) * risk).sum())


def coverage_at_risk(confidences: Sequence[float] | Floats, wrong: Sequence[bool] | Flags, risk: float) -> float:
    """Largest share of cases a threshold answers with at most ``risk`` errors among them, else 0."""
    coverage, risks = risk_coverage(confidences, wrong)
    return float(coverage[risks <= risk].max(initial=0.0))
