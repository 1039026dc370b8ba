"""What the reader adds is measured on what it has not read."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from eval import reader_gain
from eval.cases import Case
from eval.report import Report
from eval.squad import Pool, PoolQuestion
from eval.summary import rates

FILE = '{"data": [%s]}'
ARTICLE = '{"title": "t", "paragraphs": [{"context": "c", "qas": [{"id": "%s", "question": "q", "answers": []}]}]}'


def case(number: int, hit: float) -> Case:
    return Case(
        id=f"q{number}", question="q", cluster=f"d{number}", answerable=True, gold=(), expected=(), rank=1,
        scores={"sentence_hit@1": (hit, 1.0)}, answer="", abstained=False, ms=1.0,
    )  # fmt: skip


def report(hits: Sequence[float]) -> Report:
    cases = [case(number, hit) for number, hit in enumerate(hits)]
    return Report(title="t", measures=rates(cases, ["sentence_hit@1"]), cases=cases, settings={}, counts={})


def test_only_questions_of_held_articles_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "xquad.ar.json"
    file.write_text(FILE % ", ".join(ARTICLE % f"a{number}" for number in range(8)), "utf-8")
    monkeypatch.setattr(reader_gain, "card", lambda: {"trained_on": ["xquad.ar.json"]})
    questions = tuple(PoolQuestion(f"a{number}", "q", ("p",), (), answerable=True) for number in range(8))
    kept = reader_gain.unread(Pool((), questions), [file])
    assert [question.id for question in kept.questions] == ["a3", "a7"]


def test_the_table_shows_what_the_reader_adds():
    console = Console(width=140, record=True, file=io.StringIO())
    console.print(reader_gain.to_table(report([0, 0, 1, 0]), report([1, 1, 1, 0])))
    row = next(line for line in console.export_text().splitlines() if line.startswith("sentence_hit@1")).split()
    assert [cell for cell in row if cell in {"0.250", "0.750", "0.500"}] == ["0.250", "0.750", "0.500"]
    assert row[-1] == "4"


def test_a_question_of_one_run_alone_is_not_compared():
    both = report([1, 0])
    table = reader_gain.to_table(report([0]), replace(both, cases=both.cases[:1]))
    assert table.row_count == 1
