"""95 % intervals of measures: bootstrap over documents, Wilson for small counts, 3/n when nothing failed.

Questions on one document fail and succeed together, so documents (clusters) are what is drawn, not questions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
SEED = 20_261_122
WILSON_BELOW = 300
"""Rates of fewer trials than this get Wilson's interval, where the bootstrap is too narrow."""

_Z = 1.959963984540054  # 97.5th percentile of the standard normal distribution
_TAILS = (2.5, 97.5)
_CHUNK = 500  # resamples held in memory at once
_ROUNDING = 1e-9

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured number.

    Attributes:
        value: The number, None when no case could be judged.
        low: Lower end of its 95 % interval, None when there is none to give.
        high: Upper end.
        judged: Cases it was measured on.
        excluded: Cases that it cannot judge; they count neither for nor against.
        cases: Id of each judged case with its score, or with the confidence or milliseconds that a measure of the
            whole (an area, a percentile) was taken from.
    """

    value: float | None
    low: float | None
    high: float | None
    judged: int
    excluded: int
    cases: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How far one system lies above another on the same questions.

    Attributes:
        value: Mean difference, None when no question could be judged for both.
        low: Lower end of its 95 % interval, None when there is none to give.
        high: Upper end.
        p: Probability of so large a difference, in either direction, if the systems were alike.
        judged: Questions compared.
    """

    value: float | None
    low: float | None
    high: float | None
    p: float | None
    judged: int


def paired(first: Sequence[float], second: Sequence[float], clusters: Sequence[str]) -> Difference:
    """Mean of ``second`` less ``first``: paired bootstrap over clusters and paired randomisation test.

    The test swaps the systems in random clusters (Smucker, Allan and Carterette, 2007), so that p is at least
    1 / (``RESAMPLES`` + 1).

    Args:
        first: (n,) one score of each question.
        second: (n,) scores of the same questions.
        clusters: (n,) name of the document each question is about.
    """
    if not len(first):
        return Difference(None, None, None, None, 0)
    gaps = np.asarray(second, dtype=float) - np.asarray(first, dtype=float)
    columns = np.column_stack([gaps, np.ones(len(gaps))])
    low, high = bootstrap(columns, clusters, lambda sums: sums[:, 0] / sums[:, 1]) or (None, None)
    members = np.unique(np.asarray(clusters, dtype=object).astype(str), return_inverse=True)[1]
    totals = np.bincount(members, weights=gaps)
    rng = np.random.default_rng(SEED)
    extreme = 0
    for start in range(0, RESAMPLES, _CHUNK):
        size = min(_CHUNK, RESAMPLES - start)
        swapped = rng.integers(2, size=(size, len(totals))) * 2 - 1
        extreme += int(np.count_nonzero(np.abs(swapped @ totals) >= abs(totals.sum()) - _ROUNDING))
    return Difference(float(gaps.mean()), low, high, (extreme + 1) / (RESAMPLES + 1), len(gaps))


def share(earned: Sequence[float], possible: Sequence[float], clusters: Sequence[str], excluded: int = 0) -> Measure:
    """Sum of ``earned`` over sum of ``possible``, with its interval.

    A case with ``possible`` 1 and ``earned`` in [0, 1] makes it a mean; counts make it a rate (valid
    citations over citations). When all or nothing was earned the interval is the rule of three's; whole counts
    below ``WILSON_BELOW`` get Wilson's; everything else the bootstrap over clusters.

    Args:
        earned: (n,) between 0 and ``possible``.
        possible: (n,) above 0.
        clusters: (n,) name of the document each case is about.
        excluded: Cases that could not be judged.
    """
    if not earned:
        return Measure(None, None, None, 0, excluded)
    columns = np.column_stack([np.asarray(earned, dtype=float), np.asarray(possible, dtype=float)])
    total, trials = (float(x) for x in columns.sum(axis=0))
    value = total / trials
    interval: tuple[float, float] | None
    if total in (0.0, trials):
        interval = rule_of_three(round(trials), failed=total == 0.0)
    elif trials < WILSON_BELOW and not np.any(columns % 1):
        interval = wilson(round(total), round(trials))
    else:
        interval = bootstrap(columns, clusters, lambda sums: sums[:, 0] / sums[:, 1])
    return measure(value, interval, len(earned), excluded)


def measure(value: float | None, interval: tuple[float, float] | None, judged: int, excluded: int = 0) -> Measure:
    """A ``Measure`` from a value and an interval that may be missing."""
    low, high = interval or (None, None)
    return Measure(value, low, high, judged, excluded)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Wilson's score interval at 95 % (Wilson, 1927), both ends in [0, 1]; ``trials`` at least 1."""
    rate = successes / trials
    spread = 1 + _Z**2 / trials
    centre = (rate + _Z**2 / (2 * trials)) / spread
    half = _Z * np.sqrt(rate * (1 - rate) / trials + _Z**2 / (4 * trials**2)) / spread
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))


def rule_of_three(trials: int, *, failed: bool) -> tuple[float, float]:
    """Interval of a rate of 1 (or 0 with ``failed``): the other outcome is rarer than 3/n at 95 %.

    Source: Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?" (1983).
    """
    bound = min(1.0, 3 / trials)
    return (0.0, bound) if failed else (1.0 - bound, 1.0)


def quantile_interval(values: Sequence[float], percent: float) -> tuple[float, float]:
    """Interval of a percentile between order statistics (Conover, 1999, 3.2), at no price for long runs.

    Args:
        values: (n,) at least one.
        percent: In (0, 100). Where too few values lie beyond it, the interval ends at the largest (smallest).
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    count, p = len(ordered), percent / 100
    half = _Z * np.sqrt(count * p * (1 - p))
    low, high = max(1, np.floor(count * p - half)), min(count, np.ceil(count * p + half) + 1)
    return float(ordered[int(low) - 1]), float(ordered[int(high) - 1])


def bootstrap(
    columns: Floats, clusters: Sequence[str], statistic: Callable[[Floats], Floats]
) -> tuple[float, float] | None:
    """Percentile interval at 95 % of a statistic of column sums, over resampled clusters.

    Args:
        columns: (n, m) what each case adds to each of the sums.
        clusters: (n,) name of the document each case is about.
        statistic: Takes sums (b, m), gives (b,); NaN where a resample cannot be judged.

    Returns:
        Both ends; None when there are fewer than two clusters, whose spread nobody can know.
    """
    names, members = np.unique(np.asarray(clusters, dtype=object).astype(str), return_inverse=True)
    count = len(names)
    if count < 2:
        return None
    sums = np.zeros((count, columns.shape[1]))
    np.add.at(sums, members, columns)
    rng = np.random.default_rng(SEED)
    drawn: list[Floats] = []
    for start in range(0, RESAMPLES, _CHUNK):
        size = min(_CHUNK, RESAMPLES - start)
        flat = rng.integers(count, size=(size, count)) + np.arange(size)[:, None] * count
        times = np.bincount(flat.ravel(), minlength=size * count).reshape(size, count)
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn.append(statistic(times @ sums))
    return _percentiles(np.concatenate(drawn))


def bootstrap_cases(
    clusters: Sequence[str], statistic: Callable[[Indices], float], resamples: int = RESAMPLES
) -> tuple[float, float] | None:
    """Percentile interval at 95 % of any statistic of cases, over resampled clusters.

    For statistics that are no function of sums, such as an area; much slower than ``bootstrap``.

    Args:
        clusters: (n,) name of the document each case is about.
        statistic: Takes the indices of the drawn cases, repeats included; NaN where it cannot judge them.
        resamples: Number of resamples.

    Returns:
        Both ends; None when there are fewer than two clusters.
    """
    names, members = np.unique(np.asarray(clusters, dtype=object).astype(str), return_inverse=True)
    if len(names) < 2:
        return None
    order = np.argsort(members, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(members))[:-1])
    single = order if len(order) == len(names) else None
    rng = np.random.default_rng(SEED)
    values = np.empty(resamples)
    for i in range(resamples):
        drawn = rng.integers(len(names), size=len(names))
        values[i] = statistic(single[drawn] if single is not None else np.concatenate([groups[d] for d in drawn]))
    return _percentiles(values)


def _percentiles(values: Floats) -> tuple[float, float] | None:
    """The 2.5th and 97.5th percentiles of what is not NaN."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, high = np.percentile(known, _TAILS)
    return float(low), float(high)
