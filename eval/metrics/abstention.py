"""Whether silence falls where the documents do not say."""

from collections.abc import Sequence

import numpy as np

from eval.metrics.arrays import Flags, Floats


def balanced_accuracy(hallucination_rate: float, error_rate: float) -> float:
    """1 - (H + E) / 2 of NoMIRACL (Thakur et al., 2024); in [0, 1], higher is better, 0.5 is chance."""
    return 1 - (hallucination_rate + error_rate) / 2


def auroc(scores: Sequence[float] | Floats, labels: Sequence[bool] | Flags) -> float:
    """Probability that a positive scores above a negative, ties counting half (Mann and Whitney, 1947).

    Returns:
        In [0, 1], higher is better, 0.5 is chance; NaN when one of the classes is empty.
    """
    values, positive = np.asarray(scores, dtype=float), np.asarray(labels, dtype=bool)
    negatives = np.sort(values[~positive])
    if not len(negatives) or not positive.any():
        return float("nan")
    below = np.searchsorted(negatives, values[positive], side="left")
    upto = np.searchsorted(negatives, values[positive], side="right")
    return float((below + upto).mean() / 2 / len(negatives))
