"""The support check on the sentences written for it, and the arithmetic of its table."""

from collections import Counter

import pytest

from eval import support
from eval.support import FAITHFUL, OTHER, Outcome, Pair
from index.embed import Embedder
from rag.check import Checker


def test_the_set_is_large_and_split_by_fact():
    pairs = support.load()
    counts = Counter(pair.kind for pair in pairs)
    assert counts[FAITHFUL] >= 120
    assert sum(counts.values()) - counts[FAITHFUL] >= 120
    assert set(counts) == {FAITHFUL, "number", "name", "date", "place", "negation", "roles"}
    assert len({pair.id for pair in pairs}) == len(pairs)
    halves = [{pair.cited for pair in pairs if pair.tuned_on is tuned} for tuned in (True, False)]
    assert halves[0].isdisjoint(halves[1])


def test_the_check_reaches_what_is_asked_of_it(embedder: Embedder):
    pairs = support.with_others(support.load())
    rates = {o.kind: o.rate for o in support.measure(pairs, Checker(embedder.embed_queries))}
    assert rates[FAITHFUL] <= 0.05
    assert min(rates[kind] for kind in ("number", "name", "date", OTHER)) >= 0.9
    assert min(rates[kind] for kind in ("place", "negation", "roles")) >= 0.6


def test_another_text_is_that_of_the_next_fact():
    pairs = [Pair("s01-1", "A", "a", FAITHFUL), Pair("s01-2", "A", "x", "name"), Pair("s03-1", "B", "b", FAITHFUL)]
    others = support.with_others(pairs)[3:]
    assert [(p.cited, p.sentence, p.kind) for p in others] == [("B", "a", OTHER), ("A", "b", OTHER)]


def test_a_row_by_hand():
    rows = list(support.lines([Outcome(FAITHFUL, 1, 10), Outcome("name", 3, 4)]))
    assert rows[0].startswith("false alarms     0.100 [")
    assert rows[1].startswith("recall name      0.750 [")
    assert rows[1].endswith("3/4  precision 0.750")


def test_it_prints_the_half_not_tuned_on(capsys: pytest.CaptureFixture[str]):
    support.main([])
    printed = capsys.readouterr().out
    reported = sum(not pair.tuned_on and pair.kind == FAITHFUL for pair in support.load())
    assert f"/{reported}" in printed
