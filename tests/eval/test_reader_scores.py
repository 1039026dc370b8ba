"""The reader's figures on held articles, by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval import reader_scores
from eval.reader_scores import measure
from rag.reader import Reading, ReadSentence
from rag.types import Evidence

TEXT = "The bridge was opened in 1932. A miller paid for it."


class Scripted:
    """Takes the second sentence, and its first two words; says "here" of what is asked with a "Who"."""

    def read(self, question: str, evidence: Sequence[Evidence]) -> tuple[Reading, ...]:
        first = ReadSentence(logit=0.0, start=0, end=3, words_logit=0.0, met=0.0)
        second = ReadSentence(logit=1.0, start=0, end=8, words_logit=1.0, met=0.0)
        return tuple(Reading(float("Who" in question), 0.0, (first, second)) for _ in evidence)


@pytest.fixture(autouse=True)
def all_held(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader_scores, "is_held", lambda *_: True)


def file_of(folder: Path, *questions: tuple[str, str]) -> Path:
    qas = [
        {"id": f"{n}", "question": asked, "answers": [{"text": gold, "answer_start": TEXT.index(gold)}] if gold else []}
        for n, (asked, gold) in enumerate(questions)
    ]
    file = folder / "own.json"
    file.write_text(json.dumps({"data": [{"title": "T", "paragraphs": [{"context": TEXT, "qas": qas}]}]}))
    return file


def test_words_and_sentences_by_hand(tmp_path: Path):
    found = measure([file_of(tmp_path, ("Who paid?", "A miller"), ("When?", "1932"))], Scripted())  # type: ignore[arg-type]
    assert found["own.json"] == {"f1": 0.5, "exact": 0.5, "sentence": 0.5, "questions": 2}


def test_unanswerable_questions_count_only_for_what_is_here(tmp_path: Path):
    asked = [("Who paid?", "A miller"), ("Who built it?", ""), ("How long is it?", "")]
    found = measure([file_of(tmp_path, *asked)], Scripted())  # type: ignore[arg-type]
    # Of the two pairs of an answered and an unanswered question one is a tie, one is the right way round.
    assert found["own.json"] == {"f1": 1.0, "exact": 1.0, "sentence": 1.0, "questions": 1, "here": 0.75}
