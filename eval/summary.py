"""What many cases amount to: each measure with its interval, and how far two systems differ."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval import metrics
from eval.cases import ABSTENTION, Case
from eval.metrics import Flags, Floats
from eval.statistics import (
    Difference,
    Measure,
    bootstrap,
    bootstrap_cases,
    measure,
    paired,
    quantile_interval,
    rule_of_three,
    share,
)

RISK = 0.05
SIGNIFICANT = 0.05
LOWER_IS_BETTER = frozenset({"hallucination_rate", "error_rate", "ms"})


@dataclass(frozen=True, slots=True)
class Baseline:
    """Another system, or ours under another condition, on the same questions.

    Attributes:
        name: What it is called.
        measures: Its measures by name.
        differences: How far each lies above ours.
        cases: What became of each question, in the order of ours.
    """

    name: str
    measures: Mapping[str, Measure]
    differences: Mapping[str, Difference]
    cases: tuple[Case, ...]

    @property
    def better(self) -> tuple[str, ...]:
        """What it does better than ours, as far as chance goes: p below .05."""
        return self._moved(1)

    @property
    def worse(self) -> tuple[str, ...]:
        """What it does worse than ours, as far as chance goes."""
        return self._moved(-1)

    @property
    def verdict(self) -> str:
        """Whether it is better than ours.

        Only what is better in something and worse in nothing is better: who copies whole passages states more facts,
        but says much beside them and answers what cannot be answered.
        """
        better, worse = (", ".join(name.replace("_", " ") for name in names) for names in (self.better, self.worse))
        if better and worse:
            return f"not better: {worse} worse, {better} better"
        return f"better: {better}" if better else f"worse: {worse}" if worse else "no difference seen"

    def _moved(self, sign: int) -> tuple[str, ...]:
        return tuple(
            name
            for name, gap in self.differences.items()
            if gap.value and gap.p is not None and gap.p < SIGNIFICANT and gain(name, gap.value) * sign > 0
        )


def gain(name: str, value: float) -> float:
    """A difference of a measure turned so that more is better."""
    return -value if name in LOWER_IS_BETTER else value


def summarize(cases: Sequence[Case], names: Iterable[str], missing: int = 0) -> dict[str, Measure]:
    """Measure the named scores, abstention, confidence and cost, each with its interval.

    Args:
        cases: What became of the questions.
        names: Scores to report; a case that lacks one is excluded from it.
        missing: Questions that could not be asked at all, excluded from every score.
    """
    found = rates(cases, (*names, *ABSTENTION), missing)
    hallucination, error = found["hallucination_rate"].value, found["error_rate"].value
    if hallucination is not None and error is not None:
        found["balanced_accuracy"] = _balanced(cases, hallucination, error, missing)
        found |= _confidence(cases, missing)
    return found | _cost(cases)


def rates(cases: Sequence[Case], names: Iterable[str], missing: int = 0) -> dict[str, Measure]:
    """The named scores; arguments as in ``summarize``."""
    return {name: _share(cases, name, missing) for name in names}


def baseline(name: str, ours: Sequence[Case], theirs: Sequence[Case], names: Iterable[str]) -> Baseline:
    """Another system's scores beside ours.

    Args:
        name: What to call it.
        ours: Our cases.
        theirs: The other system's, of the same questions in the same order.
        names: Scores to report.
    """
    measured = rates(theirs, names)
    return Baseline(name, measured, {score: difference(ours, theirs, score) for score in measured}, tuple(theirs))


def difference(first: Sequence[Case], second: Sequence[Case], name: str) -> Difference:
    """How far a score of the second cases lies above that of the first, over the questions that both can judge.

    Args:
        first: Cases.
        second: Cases of the same questions in the same order.
        name: Of the score; each question counts the same.
    """
    both = [(a, b) for a, b in zip(first, second, strict=True) if name in a.scores and name in b.scores]
    return paired([a.score(name) for a, _ in both], [b.score(name) for _, b in both], [a.cluster for a, _ in both])


def flag_measures(flags: Sequence[tuple[str, bool, bool]]) -> dict[str, Measure]:
    """Precision and recall of flags on items that do not hang together.

    Args:
        flags: Id of each item, whether it was flagged, and whether it should have been.
    """
    scores = {id_: metrics.flag_scores(flagged=flagged, wanted=wanted) for id_, flagged, wanted in flags}
    found = {}
    for name in ("precision", "recall"):
        judged = tuple((id_, own[name]) for id_, own in scores.items() if name in own)
        ones = [1.0] * len(judged)
        mean = share([value for _, value in judged], ones, [id_ for id_, _ in judged], len(scores) - len(judged))
        found[name] = replace(mean, cases=judged)
    return found


def _share(cases: Sequence[Case], name: str, missing: int) -> Measure:
    judged = [c for c in cases if name in c.scores]
    earned, possible = [c.scores[name][0] for c in judged], [c.scores[name][1] for c in judged]
    found = share(earned, possible, [c.cluster for c in judged], len(cases) - len(judged) + missing)
    return replace(found, cases=tuple((c.id, c.score(name)) for c in judged))


def _balanced(cases: Sequence[Case], hallucination: float, error: float, missing: int) -> Measure:
    unanswerable = np.array([not c.answerable for c in cases])
    abstained = np.array([c.abstained for c in cases])
    columns = np.column_stack(
        [unanswerable & ~abstained, unanswerable, ~unanswerable & abstained, ~unanswerable]
    ).astype(float)
    interval = bootstrap(
        columns,
        [c.cluster for c in cases],
        lambda sums: 1 - (sums[:, 0] / sums[:, 1] + sums[:, 2] / sums[:, 3]) / 2,
    )
    if hallucination in (0.0, 1.0) and error in (0.0, 1.0):  # nothing varies for the bootstrap to see
        spans = [rule_of_three(int(part.sum()), failed=rate == 0.0)
                 for rate, part in ((hallucination, unanswerable), (error, ~unanswerable))]  # fmt: skip
        interval = (1 - sum(high for _, high in spans) / 2, 1 - sum(low for low, _ in spans) / 2)
    decided = tuple((c.id, float(c.abstained is not c.answerable)) for c in cases)
    balanced = metrics.balanced_accuracy(hallucination, error)
    return replace(measure(balanced, interval, len(cases), missing), cases=decided)


def _confidence(cases: Sequence[Case], missing: int) -> dict[str, Measure]:
    """How well confidence tells answerable from unanswerable; answering an unanswerable question is the risk."""
    confidence = np.array([c.confidence for c in cases])
    answerable = np.array([c.answerable for c in cases])
    clusters = [c.cluster for c in cases]
    judged = tuple((c.id, c.confidence) for c in cases)
    statistics: dict[str, Callable[[Floats, Flags], float]] = {
        "auroc": metrics.auroc,
        "calibration_error": metrics.calibration_error,
        "risk_coverage_area": lambda c, a: metrics.risk_coverage_area(c, ~a),
        f"coverage@{RISK:.0%}_risk": lambda c, a: metrics.coverage_at_risk(c, ~a, RISK),
    }

    def measured(statistic: Callable[[Floats, Flags], float]) -> Measure:
        interval = bootstrap_cases(clusters, lambda drawn: statistic(confidence[drawn], answerable[drawn]))
        if interval and interval[0] == interval[1]:  # what no resample moves is not known to the last digit
            interval = None
        return replace(measure(statistic(confidence, answerable), interval, len(cases), missing), cases=judged)

    return {name: measured(statistic) for name, statistic in statistics.items()}


def _cost(cases: Sequence[Case]) -> dict[str, Measure]:
    """Median and 95th percentile of the milliseconds per question, and questions per second, one after another."""
    if not cases:
        return {}
    ms = [c.ms for c in cases]
    waited = tuple((c.id, c.ms) for c in cases)
    found = {
        f"ms_p{p}": replace(measure(metrics.latency(ms, p), quantile_interval(ms, p), len(ms)), cases=waited)
        for p in (50, 95)
    }
    seconds = np.column_stack([np.ones(len(ms)), np.array(ms) / 1000])
    interval = bootstrap(seconds, [c.cluster for c in cases], lambda sums: sums[:, 0] / sums[:, 1])
    pace = metrics.throughput(len(ms), sum(ms) / 1000)
    per_second = measure(None if np.isnan(pace) else pace, interval, len(ms))
    return found | {"questions_per_second": replace(per_second, cases=waited)}
