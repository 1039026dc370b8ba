"""Labelled pairs: read strictly, judged, and counted as precision and recall."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.disagreement import PAIRS, Judged, judge, load, load_stance, measures, rates, report, verdict
from eval.records import QuestionSetError
from index.embed import Embedder
from rag.compare import Comparison

DIFFERING = frozenset({"disagreement", "update"})


def test_precision_and_recall_by_hand():
    judged = (
        Judged("a", "disagreement", "disagreement"),
        Judged("b", "update", "disagreement"),
        Judged("c", "disagreement", "different"),
        Judged("d", "different", "update"),
        Judged("e", "agreement", "agreement"),
    )
    found = rates(judged, frozenset({"disagreement", "update"}))
    assert (found["precision"].value, found["recall"].value) == (2 / 3, 2 / 3)
    assert (found["precision"].judged, found["precision"].excluded) == (3, 2)
    assert found["recall"].cases == (("a", 1.0), ("b", 1.0), ("c", 0.0))
    assert rates(judged, frozenset({"update"}))["precision"].value == 0
    assert rates(judged[4:], frozenset({"update"}))["recall"].value is None
    assert report(judged)["agreeing"] == {
        "precision": 1.0,
        "precision_interval": [0.0, 1.0],
        "recall": 1.0,
        "recall_interval": [0.0, 1.0],
        "pairs": 5,
    }


def test_the_weightiest_comparison_decides():
    one = {name: Comparison(name, (0, 1), (0, 1)) for name in ("agrees", "differs", "updates")}
    assert verdict(()) == "different"
    assert verdict((one["agrees"],)) == "agreement"
    assert verdict((one["agrees"], one["differs"])) == "disagreement"
    assert verdict((one["differs"], one["updates"])) == "update"


def test_the_own_pairs():
    pairs = load(PAIRS)
    assert len({pair.id for pair in pairs}) == len(pairs) >= 60
    differing = Counter(pair.half for pair in pairs if pair.label in DIFFERING)
    alike = Counter(pair.half for pair in pairs if pair.label not in DIFFERING)
    assert min(differing.values()) >= 15
    assert min(alike.values()) >= 15


def test_figures_of_the_own_pairs_hold(embedder: Embedder):
    values = {name: found.value or 0 for name, found in measures(embedder.embed_documents).items()}
    assert values["disagreement_precision"] >= 0.9
    assert values["disagreement_recall"] >= 0.7


@pytest.mark.parametrize("change", [{"label": "maybe"}, {"half": "third"}, {"extra": 1}, {"first": None}])
def test_wrong_lines_are_refused(tmp_path: Path, change: dict[str, Any]):
    row = json.loads(PAIRS.read_text("utf-8").splitlines()[0])
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps({**row, **change}) + "\n", "utf-8")
    with pytest.raises(QuestionSetError, match=":1: "):
        load(file)
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load(tmp_path / "none.jsonl")


def test_stance_pairs(tmp_path: Path, embedder: Embedder):
    file = tmp_path / "stance.csv"
    file.write_text("s1,s2,stance\nقُتل 30 جنديًا في الكمين,قُتل 90 جنديًا في الكمين,disagree\n", "utf-8")
    (judged,) = judge(load_stance(file), embedder.embed_documents)
    assert (judged.label, judged.found) == ("disagreement", "disagreement")
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(QuestionSetError):
        load_stance(file)
    assert judge((), embedder.embed_documents) == ()
