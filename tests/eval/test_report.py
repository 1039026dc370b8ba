"""A report as JSON and as a table."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from eval.cases import ABSTENTION, Case, abstention_scores
from eval.report import Report, ReportError, to_json, write_json
from eval.summary import baseline, rates, summarize
from eval.table import to_table


def case(name: str, *, answerable: bool = True, abstained: bool = False, hit: float = 1.0, ms: float = 10.0) -> Case:
    scores = {"recall@1": (hit, 1.0)} if answerable else {}
    scores |= abstention_scores(answerable=answerable, abstained=abstained)
    return Case(
        id=name, question=f"{name}?", cluster=name, answerable=answerable, gold=("a.txt",), expected=("x",), rank=1,
        scores=scores, answer="نص", abstained=abstained, confidence=0.5, ms=ms, kind="fact", language="ar",
    )  # fmt: skip


CASES = (case("a"), case("b", hit=0.0, ms=30.0), case("c", answerable=False, abstained=True))
REPORT = Report(
    title="A run",
    measures=summarize(CASES, ("recall@1", "key_facts"), missing=2),
    cases=CASES,
    settings={"model": "m"},
    counts={"questions": 3},
    groups={"kind fact": rates(CASES, ("recall@1", *ABSTENTION))},
)


def shown(report: Report) -> str:
    stream = io.StringIO()
    Console(file=stream, width=100).print(to_table(report))
    return stream.getvalue()


def test_json_has_the_promised_names():
    found = to_json(REPORT)
    assert {"retrieval", "answer", "abstention", "cost", "intervals", "counts", "settings", "cases"} <= set(found)
    promised = {
        "retrieval": {"recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10"},
        "answer": {"sentence_hit@1", "sentence_hit@2", "citation_validity", "faithfulness", "key_facts"},
        "abstention": {"hallucination_rate", "error_rate", "balanced_accuracy"},
        "cost": {"ms_p50", "ms_p95"},
    }
    for section, names in promised.items():
        assert names <= set(found[section])


def test_json_numbers_intervals_and_counts():
    found = json.loads(json.dumps(to_json(REPORT)))
    assert found["retrieval"]["recall@1"] == 0.5
    assert found["retrieval"]["recall@5"] is None
    assert found["answer"]["key_facts"] is None
    low, high = found["intervals"]["retrieval"]["recall@1"]
    assert 0 < low < 0.5 < high < 1
    assert found["intervals"]["answer"]["key_facts"] is None
    assert found["counts"]["retrieval"]["recall@1"] == {"judged": 2, "excluded": 3}
    assert found["counts"]["questions"] == 3
    assert found["cost"]["ms_p50"] == 10
    assert found["causes"] == {}
    assert found["cost"]["ms_p95"] == pytest.approx(28)
    assert found["settings"] == {"model": "m", "resamples": 10_000, "seed": found["settings"]["seed"]}
    assert found["groups"]["kind fact"]["retrieval"]["recall@1"] == 0.5


def test_json_cases():
    first = to_json(REPORT)["cases"][0]
    assert {"id", "question", "gold", "rank", "hits", "answer", "ms"} <= set(first)
    assert first["hits"] == {"recall@1": 1.0, "error_rate": 0.0}
    assert first["gold"] == ["a.txt"]


def test_baselines_stand_beside_ours():
    worse = tuple(replace(c, scores={"recall@1": (0.0, 1.0)} if c.answerable else {}) for c in CASES)
    report = replace(REPORT, baselines=(baseline("theirs", CASES, worse, ("recall@1",)),))
    found = to_json(report)["baselines"]["theirs"]
    assert found["retrieval"]["recall@1"] == 0
    # Ours are right on one of two questions; a swap of that one gives as large a difference: p = 1.
    assert found["differences"]["recall@1"] | {"interval": None} == {
        "value": -0.5,
        "interval": None,
        "p": 1,
        "judged": 2,
    }
    assert [case["id"] for case in found["cases"]] == ["a", "b", "c"]
    assert "-0.500 p 1.000" in shown(report)
    assert to_json(report)["baselines"]["theirs"]["verdict"] == "no difference seen"
    assert "theirs: no difference seen" in shown(report)


def test_conditions_stand_beside_the_easier_way():
    harder = tuple(replace(c, scores={"answered": (0.0, 1.0), "alike": (0.0, 1.0)}) for c in CASES)
    easier = tuple(replace(c, scores={"answered": (1.0, 1.0)}) for c in CASES)
    report = replace(REPORT, conditions=(baseline("misspelt", easier, harder, ("alike", "answered")),))
    found = to_json(report)["conditions"]["misspelt"]
    assert found["robustness"] == {"alike": 0, "answered": 0}
    assert found["differences"]["answered"]["value"] == -1
    assert found["differences"]["alike"]["judged"] == 0
    assert any(line.split()[:4] == ["misspelt", "3", "0.000", "0.000"] for line in shown(report).splitlines())


def test_json_is_written_whole_or_not_at_all(tmp_path: Path):
    file = tmp_path / "report.json"
    write_json(REPORT, file)
    assert json.loads(file.read_text(encoding="utf-8"))["title"] == "A run"
    assert "نص" in file.read_text(encoding="utf-8")
    before = file.read_bytes()
    broken = Report("B", REPORT.measures, CASES, {"limit": float("nan")}, {})
    with pytest.raises(ValueError, match="JSON"):
        write_json(broken, file)
    assert file.read_bytes() == before
    assert [f.name for f in tmp_path.iterdir()] == ["report.json"]


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "report.json"
    file.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReportError, match="No space left on device"):
        write_json(REPORT, file)
    assert file.read_text() == "old"
    assert [f.name for f in tmp_path.iterdir()] == ["report.json"]


def test_table_shows_values_intervals_and_counts():
    lines = shown(REPORT).splitlines()
    row = next(line for line in lines if "recall@1" in line and "retrieval" in line)
    low, high = REPORT.measures["recall@1"].low, REPORT.measures["recall@1"].high
    assert row.split() == ["retrieval", "recall@1", "0.500", f"{low:.3f}", "to", f"{high:.3f}", "2", "3"]
    assert any(line.split()[:3] == ["cost", "ms_p50", "10"] for line in lines)
    assert not any("key_facts" in line for line in lines)
    assert any(line.startswith("kind fact") and line.split()[2] == "3" for line in lines)


def test_piped_table_is_plain():
    assert "\x1b" not in shown(REPORT)


def test_hostile_names_neither_steer_the_terminal_nor_are_markup():
    hostile = Report(
        "run \x1b[31m\u202e [red]x[/red]", REPORT.measures, CASES, {}, {}, {"kind \x1b]0;x": REPORT.measures}
    )
    text = shown(hostile)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]x[/red]" in text


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(ReportError, match=r"gone.*cannot be written \(No such file"):
        write_json(REPORT, tmp_path / "gone" / "report.json")
