"""What retrieval found, against numbers computed by hand and by trec_eval."""

from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval import metrics


def test_gold_ranks_count_a_paragraph_once_at_its_best_rank():
    assert metrics.gold_ranks(["a", "a", "b", "c", "b"], {"b", "c"}) == (2, 3)
    assert metrics.gold_ranks(["a"], {"b"}) == ()


def test_recall_at_k():
    assert [metrics.recall_at((5, 7), k) for k in (1, 4, 5, 10)] == [0, 0, 1, 1]
    assert metrics.recall_at((), 10) == 0


def test_reciprocal_rank():
    assert metrics.reciprocal_rank((4, 2)) == 0.5
    assert metrics.reciprocal_rank((11,)) == 0
    assert metrics.reciprocal_rank(()) == 0


def test_ndcg_of_one_gold():
    assert metrics.ndcg((1,), 1) == 1
    assert metrics.ndcg((3,), 1) == pytest.approx(0.5)  # 1 / log2(4)
    assert metrics.ndcg((11,), 1) == 0


def test_ndcg_of_two_gold():
    ideal = 1 + 1 / log2(3)
    assert metrics.ndcg((2, 4), 2) == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)
    assert metrics.ndcg((1,), 2) == pytest.approx(1 / ideal)


def test_ndcg_ideal_stops_at_k():
    assert metrics.ndcg(tuple(range(1, 11)), 25) == pytest.approx(1)


@settings(deadline=None)  # the first call imports ir_measures
@given(st.lists(st.integers(1, 15), min_size=1, max_size=6, unique=True), st.integers(0, 3))
def test_retrieval_scores_are_trec_evals(ranks: list[int], missed: int):
    ir_measures = pytest.importorskip("ir_measures")
    gold = len(ranks) + missed
    found = metrics.retrieval_scores(ranks, gold)
    run = {"q": {f"gold {rank}" if rank in ranks else f"other {rank}": 100.0 - rank for rank in range(1, 16)}}
    wanted = {"q": {f"gold {rank}": 1 for rank in [*ranks, *range(101, 101 + missed)]}}
    names = {"nDCG@10": "ndcg@10", "RR@10": "mrr@10", **{f"Success@{k}": f"recall@{k}" for k in (1, 5, 10)}}
    measures = [ir_measures.parse_measure(name) for name in names]
    for measured, value in ir_measures.calc_aggregate(measures, wanted, run).items():
        assert found[names[str(measured)]] == pytest.approx(value)


def test_retrieval_scores_have_the_names_of_the_report():
    assert metrics.retrieval_scores((3,), 1) == {
        "recall@1": 0.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "ndcg@10": pytest.approx(0.5),
        "mrr@10": pytest.approx(1 / 3),
    }
