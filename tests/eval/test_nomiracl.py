"""NoMIRACL lines, and the rates a judge earns on them."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.nomiracl import load_nomiracl, run_nomiracl
from eval.records import QuestionSetError
from index.errors import QuestionError
from rag.types import Answer, IndexInfo

# (answerable, confidence, abstained): one of three refused, one of four answered.
SCRIPT = {
    "a": (True, 0.9, False),
    "b": (True, 0.8, False),
    "c": (True, 0.3, True),
    "d": (False, 0.7, False),
    "e": (False, 0.6, True),
    "f": (False, 0.2, True),
    "g": (False, 0.1, True),
}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "nomiracl.jsonl"
    made = [
        {
            "id": f"{name}#0",
            "lang": "ar",
            "question": name,
            "answerable": answerable,
            "passages": [{"docid": f"{name}#{i}", "text": f"{name} {i}", "title": "t"} for i in range(2)],
        }
        for name, (answerable, _, _) in SCRIPT.items()
    ]
    file.write_text("\n".join(json.dumps(line) for line in made) + "\n\n")
    return file


def test_lines_as_published_are_understood(tmp_path: Path):
    near, answers = {"docid": "1#0", "title": "t", "text": "near"}, {"docid": "2#0", "title": "t", "text": "answers"}
    made = [
        {"query_id": "7", "query": "Q", "positive_passages": [answers], "negative_passages": [near]},
        {"query_id": "8", "query": "R", "positive_passages": [], "negative_passages": [near]},
    ]
    (tmp_path / "dev.jsonl").write_text("\n".join(json.dumps(line) for line in made))

    first, second = load_nomiracl(tmp_path / "dev.jsonl")

    assert (first.id, first.question, first.answerable, first.passages) == ("7", "Q", True, ("answers", "near"))
    assert (second.answerable, second.passages) == (False, ("near",))


def judge(question: str, passages: Sequence[str]) -> Answer:
    assert list(passages) == [f"{question} 0", f"{question} 1"]
    _, confidence, abstained = SCRIPT[question]
    return Answer(question, "ar", abstained, confidence, "text", (), (), (), {}, IndexInfo("g", "m"))


def test_rates_by_hand(lines: Path):
    told: list[tuple[int, int]] = []
    report = run_nomiracl(load_nomiracl(lines), judge, {"k": 1}, lambda done, of: told.append((done, of)))
    found = report.measures
    assert found["hallucination_rate"].value == 0.25
    assert found["error_rate"].value == pytest.approx(1 / 3)
    assert found["balanced_accuracy"].value == pytest.approx(1 - (1 / 4 + 1 / 3) / 2)
    assert found["auroc"].value == pytest.approx(10 / 12)  # c is below d and e
    assert found["coverage@5%_risk"].value == pytest.approx(2 / 7)  # a and b
    # Wrong among the first 1 to 7 answered: 0, 0, 1, 2, 2, 3, 4.
    assert found["risk_coverage_area"].value == pytest.approx((1 / 3 + 2 / 4 + 2 / 5 + 3 / 6 + 4 / 7) / 7)
    # Bins of one each: .1 + .2 + .7 + .6 + .7 + .2 + .1 over seven.
    assert found["calibration_error"].value == pytest.approx(2.6 / 7)
    assert (found["hallucination_rate"].judged, found["hallucination_rate"].excluded) == (4, 3)
    assert told[-1] == (7, 7)
    assert report.counts == {"questions": 7, "questions_refused": 0}
    assert report.cases[0].id == "a#0"
    assert report.cases[0].language == "ar"


def test_intervals_hold_their_values(lines: Path):
    found = run_nomiracl(load_nomiracl(lines), judge, {}, lambda *_: None).measures
    for name in ("hallucination_rate", "error_rate", "balanced_accuracy", "auroc", "calibration_error", "ms_p50"):
        measure = found[name]
        assert measure.value is not None
        assert measure.low is not None
        assert measure.high is not None
        assert measure.low <= measure.value <= measure.high
        assert measure.low < measure.high


def test_one_class_has_no_balanced_accuracy(lines: Path):
    answerable = [q for q in load_nomiracl(lines) if q.answerable]
    found = run_nomiracl(answerable, judge, {}, lambda *_: None).measures
    assert "balanced_accuracy" not in found
    assert "auroc" not in found
    assert found["hallucination_rate"].value is None
    assert found["error_rate"].value == pytest.approx(1 / 3)


def test_a_question_that_cannot_be_asked_is_excluded_and_counted(lines: Path):
    def refusing(question: str, passages: Sequence[str]) -> Answer:
        if question == "c":
            raise QuestionError("the question holds no word")
        return judge(question, passages)

    told: list[tuple[int, int]] = []
    report = run_nomiracl(load_nomiracl(lines), refusing, {}, lambda done, of: told.append((done, of)))
    assert report.counts == {"questions": 6, "questions_refused": 1}
    assert (report.measures["error_rate"].judged, report.measures["error_rate"].excluded) == (2, 5)
    assert told[-1] == (7, 7)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"id": "1"', "bad.jsonl:1: Invalid JSON"),
        ('{"id": "1", "question": "q", "passages": [{"text": "t"}]}', "answerable: Field required"),
        ('{"id": "1", "question": "q", "answerable": true, "passages": []}', "passages: List should have at least 1"),
        ("\n", "holds no questions"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, named: str):
    file = tmp_path / "bad.jsonl"
    file.write_text(content)
    with pytest.raises(QuestionSetError) as caught:
        load_nomiracl(file)
    assert named in str(caught.value)
    assert "bad.jsonl" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(QuestionSetError, match=r"gone.jsonl: cannot be read"):
        load_nomiracl(tmp_path / "gone.jsonl")
