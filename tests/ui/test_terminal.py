"""What a terminal shows while work runs."""

import pytest

from ui.terminal import progress


def test_progress_counts_and_tells_the_speed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    monkeypatch.setenv("COLUMNS", "140")
    with progress() as show:
        show("read", 0, 0)
        show("read", 3, 3)
        show("embed", 0, 40)
        show("embed", 12, 40, 9000)
    told = capsys.readouterr().err
    assert "Reading files" in told
    assert "3/3" in told
    embedding = next(line for line in reversed(told.splitlines()) if "Embedding passages and sentences" in line)
    assert "12/40" in embedding
    assert "tokens/s" in embedding
    assert "tokens/s" not in next(line for line in reversed(told.splitlines()) if "Reading files" in line)


def test_where_nobody_watches_only_lines_are_written(capsys: pytest.CaptureFixture[str]):
    with progress() as show:
        show("embed", 1, 2, 100)
    assert capsys.readouterr().err == ""
    with progress(lines=True) as show:
        for done in range(1, 21):
            show("ask", done, 20)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[4] == "Asking: 10 of 20 (50 %)"
