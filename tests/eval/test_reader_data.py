"""Question sets as the reader is taught them."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from eval.reader_data import is_held, read, unread_questions
from index.embed import Tokenized


def words(text: str) -> Tokenized:
    """A token a word, its characters with the space before it, between two special ones."""
    spans = [(0, 0), *(match.span() for match in re.finditer(r"\s*\S+", text)), (0, 0)]
    return Tokenized(np.arange(len(spans), dtype=np.int32), np.array(spans, np.int32))


def paragraph(context: str, *questions: tuple[str, str | None]) -> dict[str, Any]:
    qas = [
        {
            "id": name,
            "question": f"{name}?",
            "is_impossible": answer is None,
            "answers": [{"text": answer, "answer_start": context.index(answer)}] if answer else [],
        }
        for name, answer in questions
    ]
    return {"context": context, "qas": qas}


def write(path: Path, *articles: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs} for paragraphs in articles]}), "utf-8")
    return path


def test_an_answer_is_found_by_its_tokens_and_sentence(tmp_path: Path):
    text = "The mill turned slowly. The miller slept in the loft."
    file = write(tmp_path / "own.json", [paragraph(text, ("where", "the loft"), ("never", None))])
    windows, asked = read([file], words)
    assert [window.text for window in windows] == [text]
    assert windows[0].sentence_of.tolist() == [-1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, -1]
    where, never = asked
    assert where.gold == {0: (0, 9, 10)}
    assert where.answers == {0: ("the loft",)}
    assert never.gold == {}
    assert never.answers == {0: ()}


def test_a_long_paragraph_becomes_windows_of_whole_sentences(tmp_path: Path):
    text = " ".join(f"Sentence {n} " + "goes on " * 48 + "here." for n in range(6))
    file = write(tmp_path / "own.json", [paragraph(text, ("which", "Sentence 4"))])
    windows, asked = read([file], words)
    assert len(windows) == 2
    assert " ".join(window.text for window in windows) == text
    number, first, last = asked[0].gold[0]
    assert number == 1
    start, end = windows[1].spans[first][0], windows[1].spans[last][1]
    assert windows[1].text[start:end].strip() == "Sentence 4"


def test_files_that_share_ids_are_versions_of_one_question(tmp_path: Path):
    one = write(tmp_path / "xquad.en.json", [paragraph("A cat sat.", ("q", "cat"))])
    two = write(tmp_path / "xquad.de.json", [paragraph("Eine Katze saß.", ("q", "Katze"))])
    windows, asked = read([one, two], words)
    assert [window.paragraph for window in windows] == [0, 0]
    assert [window.article for window in windows] == [0, 0]
    assert len(asked) == 1
    assert asked[0].gold == {0: (0, 2, 2), 1: (1, 2, 2)}
    assert asked[0].answers == {0: ("cat",), 1: ("Katze",)}


def test_what_is_held_back_is_known_by_set_and_article(tmp_path: Path):
    assert [is_held("xquad", n) for n in range(8)] == [False, False, False, True] * 2
    assert [is_held("arcd", n) for n in range(4)] == [False, True] * 2
    assert not any(is_held("pquad", n) for n in range(8))
    file = write(tmp_path / "arcd-x.json", *([paragraph(f"A {n}.", (f"q{n}", str(n)))] for n in range(4)))
    assert unread_questions([file], ["arcd-x.json"]) == {"q1", "q3"}
    assert unread_questions([file], ["xquad.ar.json"]) == {"q0", "q1", "q2", "q3"}
    windows, asked = read([file], words)
    assert [question.held for question in asked] == [False, True, False, True]
    assert [window.article for window in windows] == [0, 1, 2, 3]
