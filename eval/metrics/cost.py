"""What answers and an index cost."""

from collections.abc import Sequence

import numpy as np


def latency(milliseconds: Sequence[float], percent: float) -> float:
    """The percentile of waiting times, interpolated; at least one; lower is better."""
    return float(np.percentile(milliseconds, percent))


def throughput(amount: float, seconds: float) -> float:
    """Questions or tokens per second; NaN when no time passed; higher is better."""
    return amount / seconds if seconds > 0 else float("nan")
