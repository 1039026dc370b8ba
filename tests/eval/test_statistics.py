"""Intervals against hand-computed and published numbers."""

import numpy as np
import pytest
from numpy.typing import ArrayLike

from eval.statistics import (
    Difference,
    Floats,
    bootstrap,
    bootstrap_cases,
    paired,
    quantile_interval,
    rule_of_three,
    share,
    wilson,
)


def mean(sums: Floats) -> Floats:
    return sums[:, 0] / sums[:, 1]


def columns(values: ArrayLike) -> Floats:
    return np.column_stack([values, np.ones(np.shape(values))]).astype(float)


def test_wilson_of_eight_in_ten():
    # Centre (0.8 + 3.8415/20) / (1 + 3.8415/10) = 0.71673; half width 0.22659.
    assert wilson(8, 10) == pytest.approx((0.49016, 0.94332), abs=1e-4)


def test_wilson_stays_in_the_unit_interval():
    low, high = wilson(0, 4)
    assert low == 0.0
    assert 0 < high < 1
    assert wilson(4, 4)[1] == 1.0


def test_rule_of_three():
    assert rule_of_three(100, failed=False) == pytest.approx((0.97, 1.0))
    assert rule_of_three(100, failed=True) == pytest.approx((0.0, 0.03))
    assert rule_of_three(2, failed=False) == (0.0, 1.0)


def test_bootstrap_of_two_documents_is_their_two_means():
    # A resample holds both documents, or one of them twice (each with probability 1/4).
    assert bootstrap(columns([0, 0, 1, 1]), ["a", "a", "b", "b"], mean) == (0.0, 1.0)


def test_bootstrap_draws_documents_and_not_questions():
    rng = np.random.default_rng(7)
    by_document = np.repeat(rng.random(40) < 0.5, 10)
    clustered = bootstrap(columns(by_document), [str(i // 10) for i in range(400)], mean)
    independent = bootstrap(columns(by_document), [str(i) for i in range(400)], mean)
    # Ten equal questions on a document say as much as one: the interval is about √10 times as wide.
    ratio = (clustered[1] - clustered[0]) / (independent[1] - independent[0])
    assert ratio == pytest.approx(np.sqrt(10), rel=0.15)


def test_bootstrap_agrees_with_the_normal_interval():
    values = np.random.default_rng(3).normal(0.5, 0.1, 400)
    low, high = bootstrap(columns(values), [str(i) for i in range(400)], mean)
    half = 1.96 * values.std() / np.sqrt(400)
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=6e-4)


def test_bootstrap_weighs_documents_by_their_questions():
    # a: 3 of 3, b: 0 of 1. Both once: 3/4; a twice: 1; b twice: 0. The median of the resamples is 3/4.
    seen = []

    def statistic(sums: Floats) -> Floats:
        seen.append(mean(sums))
        return seen[-1]

    bootstrap(columns([1, 1, 1, 0]), ["a", "a", "a", "b"], statistic)
    assert set(np.concatenate(seen)) == {0.0, 0.75, 1.0}


def test_bootstrap_is_repeatable_and_takes_ten_thousand_resamples():
    sizes = []

    def statistic(sums: Floats) -> Floats:
        sizes.append(len(sums))
        return mean(sums)

    values = columns(np.arange(30) % 7 / 7)
    clusters = [str(i) for i in range(30)]
    assert bootstrap(values, clusters, statistic) == bootstrap(values, clusters, mean)
    assert sum(sizes) == 10_000


def test_one_document_has_no_interval():
    assert bootstrap(columns([0, 1]), ["a", "a"], mean) is None
    assert bootstrap_cases(["a", "a"], lambda _: 1.0) is None


def test_resamples_without_a_verdict_are_left_out():
    assert bootstrap(columns([0, 1]), ["a", "b"], lambda s: np.full(len(s), np.nan)) is None


def test_both_bootstraps_agree():
    values = np.random.default_rng(5).random(60)
    clusters = [str(i // 3) for i in range(60)]
    slow = bootstrap_cases(clusters, lambda drawn: float(values[drawn].mean()))
    assert slow == pytest.approx(bootstrap(columns(values), clusters, mean), abs=5e-3)


def test_bootstrap_cases_keeps_the_questions_of_a_document_together():
    drawn = []
    bootstrap_cases(["a", "b", "a", "b"], lambda cases: float(drawn.append(tuple(cases)) or 0), resamples=50)
    assert set(drawn) == {(0, 2, 0, 2), (0, 2, 1, 3), (1, 3, 0, 2), (1, 3, 1, 3)}


def test_share_of_small_counts_is_wilson():
    found = share([1, 1, 0, 1], [2, 1, 1, 6], ["a", "b", "c", "d"], excluded=5)
    assert found.value == pytest.approx(0.3)
    assert (found.low, found.high) == pytest.approx(wilson(3, 10))
    assert (found.judged, found.excluded) == (4, 5)


def test_share_with_fractions_is_bootstrapped():
    found = share([0.5, 1, 0], [1, 1, 1], ["a", "b", "c"])
    assert found.value == pytest.approx(0.5)
    assert (found.low, found.high) == bootstrap(columns([0.5, 1, 0]), ["a", "b", "c"], mean)


def test_share_of_many_counts_is_bootstrapped():
    earned = [float(i % 2) for i in range(300)]
    clusters = [str(i // 2) for i in range(300)]  # every document half right: drawing documents changes nothing
    found = share(earned, [1.0] * 300, clusters)
    assert (found.low, found.value, found.high) == (0.5, 0.5, 0.5)


def test_share_without_failures_is_three_over_n():
    found = share([1.0] * 60, [1.0] * 60, ["a"] * 60)
    assert (found.value, found.low, found.high) == pytest.approx((1.0, 0.95, 1.0))


def test_share_of_nothing_has_no_value():
    found = share([], [], [], excluded=3)
    assert (found.value, found.low, found.high, found.judged, found.excluded) == (None, None, None, 0, 3)


def test_median_of_a_hundred_lies_between_the_fortieth_and_the_sixty_first():
    # 50 - 1.96 * 5 = 40.2, 50 + 1.96 * 5 = 59.8: order statistics 40 and 60 + 1.
    assert quantile_interval(list(range(100, 0, -1)), 50) == (40, 61)


def test_high_percentile_of_few_values_ends_at_the_largest():
    assert quantile_interval([3.0, 1.0, 2.0], 95) == (2.0, 3.0)
    assert quantile_interval([3.0], 50) == (3.0, 3.0)


def test_paired_difference_by_hand():
    # Four documents, each better by 0.5: of the 16 ways to swap them, two differ as much, so p is about 1/8.
    found = paired([0.0] * 4, [0.5] * 4, list("abcd"))
    assert found.value == 0.5
    assert (found.low, found.high) == (0.5, 0.5)
    assert found.p == pytest.approx(1 / 8, abs=0.01)
    assert found.judged == 4


def test_paired_difference_draws_documents_not_questions():
    # Twenty questions on two documents are two observations: half of all swaps differ as much.
    found = paired([0.0] * 20, [1.0] * 20, ["a"] * 10 + ["b"] * 10)
    assert found.p == pytest.approx(0.5, abs=0.02)
    alone = paired([0.0] * 20, [1.0] * 20, [str(n) for n in range(20)])
    assert alone.p is not None
    assert alone.p < 0.001


def test_equal_systems_do_not_differ():
    found = paired([0.0, 1.0, 0.5], [0.0, 1.0, 0.5], list("abc"))
    assert (found.value, found.p) == (0.0, 1.0)


def test_nothing_to_compare():
    assert paired([], [], []) == Difference(None, None, None, None, 0)
