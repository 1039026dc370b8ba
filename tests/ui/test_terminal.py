"""What a terminal shows while work runs."""

import re

import pytest

from ui import terminal
from ui.terminal import progress


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
