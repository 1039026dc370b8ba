"""What many cases amount to."""

from dataclasses import replace

import pytest

from eval.cases import Case, abstention_scores
from eval.statistics import Difference
from eval.summary import Baseline, flag_measures, gain, summarize


def case(name: str, ms: float) -> Case:
    return Case(name, f"{name}?", name, True, (), (), 1, {}, ms=ms)


@pytest.mark.parametrize(
    ("gaps", "verdict"),
    [
        ({"key_facts": (0.2, 0.01)}, "better: key facts"),
        ({"key_facts": (0.2, 0.05)}, "no difference seen"),
        ({"key_facts": (0.2, 0.01), "quote_f1": (-0.1, 0.2)}, "better: key facts"),
        ({"key_facts": (0.2, 0.01), "quote_f1": (-0.1, 0.01)}, "not better: quote f1 worse, key facts better"),
        ({"hallucination_rate": (0.3, 0.01), "error_rate": (-0.3, 0.01)},
         "not better: hallucination rate worse, error rate better"),
        ({"error_rate": (0.2, 0.01)}, "worse: error rate"),
        ({"key_facts": (0.0, 0.01), "error_rate": (None, None)}, "no difference seen"),
    ],
)  # fmt: skip
def test_only_what_is_worse_in_nothing_is_better(gaps: dict[str, tuple[float | None, float | None]], verdict: str):
    differences = {name: Difference(value, None, None, p, 10) for name, (value, p) in gaps.items()}
    assert Baseline("theirs", {}, differences, ()).verdict == verdict


def test_fewer_errors_are_a_gain():
    assert gain("error_rate", -0.5) == 0.5
    assert gain("key_facts", -0.5) == -0.5


def test_what_was_not_flagged_is_excluded_from_precision():
    found = flag_measures([("a", True, True), ("b", True, False), ("c", False, True), ("d", False, False)])
    assert (found["precision"].value, found["precision"].judged, found["precision"].excluded) == (0.5, 2, 2)
    assert found["recall"].cases == (("a", 1.0), ("c", 0.0))


def test_cost_by_hand():
    found = summarize([case("a", 100.0), case("b", 300.0)], ())
    assert (found["ms_p50"].value, found["ms_p95"].value) == (200, pytest.approx(290))
    assert found["ms_p50"].cases == (("a", 100.0), ("b", 300.0))
    pace = found["questions_per_second"]
    assert (pace.value, pace.judged) == (5, 2)  # two in 0.4 s
    assert (pace.low, pace.high) == (pytest.approx(1 / 0.3), 10)  # twice the slow one, twice the quick one
    assert summarize([case("a", 0.0)], ())["questions_per_second"].value is None


def test_measures_of_the_whole_list_what_they_were_taken_from():
    answerable = replace(case("a", 100.0), confidence=0.9, scores=abstention_scores(answerable=True, abstained=False))
    unanswerable = abstention_scores(answerable=False, abstained=False)
    cases = [answerable, replace(case("b", 300.0), answerable=False, confidence=0.2, scores=unanswerable)]
    found = summarize(cases, ())
    for name in ("auroc", "calibration_error", "risk_coverage_area", "coverage@5%_risk"):
        assert found[name].cases == (("a", 0.9), ("b", 0.2))
    assert found["balanced_accuracy"].cases == (("a", 1.0), ("b", 0.0))  # both were answered
    assert found["questions_per_second"].cases == (("a", 100.0), ("b", 300.0))


def test_what_never_varied_is_not_claimed_to_the_last_digit():
    scores = {right: abstention_scores(answerable=right, abstained=not right) for right in (True, False)}
    cases = [
        replace(case(f"{n}", 1.0), answerable=n < 4, abstained=n >= 4, confidence=0.9 if n < 4 else 0.1,
                scores=scores[n < 4])
        for n in range(8)
    ]  # fmt: skip
    found = summarize(cases, ())
    balanced = found["balanced_accuracy"]
    assert (balanced.value, balanced.low, balanced.high) == (1, 0.25, 1)  # either rate may be 3 in 4
    assert (found["auroc"].value, found["auroc"].low, found["auroc"].high) == (1, None, None)
