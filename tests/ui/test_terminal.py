"""What a terminal shows while work runs."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from commands import MILL_NEWS

from index.types import Document
from rag.types import Answer, Citation
from ui import terminal
from ui.terminal import print_answer, progress


def test_progress_counts_and_tells_the_speed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    monkeypatch.setenv("COLUMNS", "140")
    with progress() as show:
        show("read", 0, 0)
        show("read", 3, 3)
        show("embed", 0, 40)
        show("embed", 6, 40, 4500)
        show("embed", 12, 40, 9000)
    told = capsys.readouterr().err
    assert "Reading files" in told
    assert "3/3" in told
    embedding = next(line for line in reversed(told.splitlines()) if "Embedding passages and sentences" in line)
    assert "12/40" in embedding
    assert "tokens/s" in embedding
    assert re.search(r"\d:\d\d:\d\d", embedding)  # the time left
    assert "tokens/s" not in next(line for line in reversed(told.splitlines()) if "Reading files" in line)


def test_where_nobody_watches_long_steps_tell_how_far_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def lines(after_s: float) -> list[str]:
        monkeypatch.setattr(terminal, "_AT_ONCE_S", after_s)
        with progress() as show:
            show("read", 0, 0)
            for done in range(1, 21):
                show("ask", done, 20)
        return capsys.readouterr().err.splitlines()

    assert lines(60.0) == []
    assert len(lines(0.0)) == 10
    assert lines(0.0)[4] == "Asking: 10 of 20 (50 %)"


def test_what_a_model_worded_is_told_with_its_notice_and_reasons(
    capsys: pytest.CaptureFixture[str],
    make_answer: Callable[..., Answer],
    make_citation: Callable[..., Citation],
    make_document: Callable[..., Document],
):
    cited = make_citation(make_document(MILL_NEWS, path="mill.txt", title="Mill"), "four villages")
    answer = make_answer(cited)
    (sentence,) = answer.sentences
    wrong = replace(sentence, text="Five\x1b[2J.", support="unsupported", reason="The number 5\x1b is not there.")
    print_answer(
        replace(answer, sentences=(sentence, wrong), understood="Which\x1b villages?", notice="Left\x1b out: 1.")
    )
    assert capsys.readouterr().out.splitlines()[:5] == [
        "Which\ufffd villages?",
        "Left\ufffd out: 1.",
        "four villages [1]",
        "Five\ufffd[2J. [1]",
        "    ⚠ The number 5\ufffd is not there.",
    ]
