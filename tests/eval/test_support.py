"""The support check on the sentences written for it, and the arithmetic of its table."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval import support
from eval.support import FAITHFUL, OTHER, UNSAID, Pair
from index.embed import Embedder
from rag.check import Checker, Fault


def test_the_set_is_large_and_split_by_fact():
    pairs = support.load()
    counts = Counter(pair.kind for pair in pairs)
    assert counts[FAITHFUL] >= 300
    assert sum(counts.values()) - counts[FAITHFUL] >= 400
    assert set(counts) == {FAITHFUL, "number", "name", "date", "place", "negation", "roles", "opposite"}
    assert len({pair.id for pair in pairs}) == len(pairs)
    halves = [{pair.cited for pair in support.half(tuned=tuned)} for tuned in (True, False)]
    assert halves[0].isdisjoint(halves[1])


@pytest.mark.timeout(1500)  # some thousand sentences, one thread of a slow processor
def test_the_check_reaches_what_is_asked_of_it_on_what_it_was_made_with(embedder: Embedder):
    found = support.measures(support.half(tuned=True), Checker(embedder.embed_queries))
    values = {name.removeprefix("support_"): one.value or 0.0 for name, one in found.items()}
    assert values["false_alarms"] <= 0.05
    assert min(values[f"recall_{kind}"] for kind in ("number", "name", "date", "place", OTHER)) >= 0.9
    assert values["recall_negation"] >= 0.6
    assert values["recall_roles"] >= 0.6
    # Every kind is set against all false alarms, so what is rare in the set has the least precision.
    assert min(values[f"precision_{kind}"] for kind in support.KINDS if kind != "opposite") >= 0.7


def test_the_claims_are_many_each_once_and_half_of_their_texts_was_never_looked_at():
    pairs = support.load_claims()
    counts = Counter(pair.kind for pair in pairs)
    assert counts[FAITHFUL] > 3500
    assert set(counts) == {FAITHFUL, UNSAID, "number", "name", "date", "place", "negation", "roles", "opposite"}
    assert len({pair.id for pair in pairs}) == len({(pair.cited, pair.sentence) for pair in pairs}) == len(pairs)
    assert all(pair.sentence != pair.cited for pair in pairs)
    halves = [{pair.cited for pair in support.half_of_claims(tuned=tuned)} for tuned in (True, False)]
    assert halves[0].isdisjoint(halves[1])
    assert halves[0] | halves[1] == {pair.cited for pair in pairs}


def test_another_text_is_that_of_the_next_fact():
    pairs = [Pair("s01-1", "A", "a", FAITHFUL), Pair("s01-2", "A", "x", "name"), Pair("s03-1", "B", "b", FAITHFUL)]
    others = support.with_others(pairs)[3:]
    assert [(p.cited, p.sentence, p.kind) for p in others] == [("B", "a", OTHER), ("A", "b", OTHER)]


class Scripted(Checker):
    """Finds fault with sentences that end in "!"."""

    def check(self, sentence: str, cited: Sequence[str]) -> Fault | None:  # noqa: ARG002
        return Fault("meaning") if sentence.endswith("!") else None


def test_measures_by_hand():
    sentences = {"faithful": ("a", "b", "c!"), "name": ("d!", "e!", "f!", "g")}
    pairs = [Pair(f"s{text}", "A", text, kind) for kind, texts in sentences.items() for text in texts]
    found = support.measures(pairs, Scripted(lambda _: np.zeros((0, 1), np.float32)))
    assert found["support_false_alarms"].value == pytest.approx(1 / 3)
    assert found["support_false_alarms"].cases == (("sa", 0.0), ("sb", 0.0), ("sc!", 1.0))
    assert found["support_recall_name"].value == 3 / 4
    assert found["support_precision_name"].value == 3 / 4  # three of the four sentences called unsupported
    assert (found["support_recall_name"].judged, found["support_recall_name"].excluded) == (4, 3)
    assert "support_recall_date" not in found
    rows = list(support.lines(found))
    assert rows[0].startswith("false alarms         0.333 [")
    assert "recall name          0.750 [0.301, 0.954]  of 4" in rows
    assert not any("date" in row for row in rows)


def test_stances(tmp_path: Path):
    (tmp_path / "ans.csv").write_text(
        's1,s2,stance\n"وصل الوفد, اليوم",لم يصل الوفد!,disagree\na,b,agree\na,c,disagree\n', "utf-8"
    )
    pairs = support.load_stances(tmp_path / "ans.csv")
    assert pairs[0] == Pair("a0", "وصل الوفد, اليوم", "لم يصل الوفد!", "disagree")
    found = support.flagged_by_kind(pairs, Scripted(lambda _: np.zeros((0, 1), np.float32)))
    assert {name: measure.value for name, measure in found.items()} == {"flagged_disagree": 0.5, "flagged_agree": 0.0}


def test_it_prints_the_half_not_tuned_on(
    capsys: pytest.CaptureFixture[str], embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    support.main([])
    printed = capsys.readouterr().out
    reported = sum(pair.fact >= support.HELD_OUT and pair.kind == FAITHFUL for pair in support.load())
    assert f"of {reported}\n" in printed
