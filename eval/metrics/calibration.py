"""Whether a confidence is the probability it claims to be."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.metrics.arrays import Flags, Floats

CALIBRATION_BINS = 10


def calibration_error(probabilities: Sequence[float] | Floats, labels: Sequence[bool] | Flags) -> float:
    """Expected calibration error in 10 bins of equal mass (Nguyen and O'Connor, 2015).

    Equal probabilities share a bin, so the order of ties does not matter.

    Returns:
        Mean distance of probability and frequency, in [0, 1], lower is better; NaN without cases.
    """
    values = np.asarray(probabilities, dtype=float)
    if not len(values):
        return float("nan")
    bins = _mass_bins(values)
    gaps = np.bincount(bins, weights=values - np.asarray(labels, dtype=float), minlength=CALIBRATION_BINS)
    return float(np.abs(gaps).sum() / len(values))


def calibration_bins(
    probabilities: Sequence[float] | Floats, labels: Sequence[bool] | Flags
) -> list[tuple[float, float, int]]:
    """Mean probability, share of true labels and cases of each bin of ``calibration_error`` that holds any."""
    values, positive = np.asarray(probabilities, dtype=float), np.asarray(labels, dtype=bool)
    bins = _mass_bins(values)
    members = [bins == number for number in np.unique(bins)]
    return [(float(values[m].mean()), float(positive[m].mean()), int(m.sum())) for m in members]


def _mass_bins(values: Floats) -> NDArray[np.intp]:
    """The bin of each value, so that bins hold about as many values each and equal values share one."""
    return np.searchsorted(np.sort(values), values, side="left") * CALIBRATION_BINS // max(1, len(values))
