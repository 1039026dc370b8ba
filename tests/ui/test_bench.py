"""Measuring the page: that something is measured, not how fast it is."""

from typing import TYPE_CHECKING

import pytest
from browsing import Scripted
from rich.console import Console

from eval.bench import spread
from ui import archive, bench, converse

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_every_step_is_timed_also_in_a_full_conversation(
    browser: "Browser", address: str, script: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list(script.script)[:3]
    for module in (archive, bench, converse):
        monkeypatch.setattr(module, "TURNS", len(asked))
    for name in ("OPENINGS", "ASKS", "ANSWERS"):
        monkeypatch.setattr(bench, name, 1)
    monkeypatch.setattr(bench, "TYPED", "abc")
    told: list[tuple[str, int, int]] = []
    rows = dict(bench.measure(browser, address, asked, lambda *step: told.append(step)))
    assert list(rows) == [
        "page can be used",
        "Enter to first sentence, new conversation",
        "key to frame, new conversation",
        "key to frame while answering, new conversation",
        "Enter to first sentence, 3 turns",
        "key to frame, 3 turns",
        "key to frame while answering, 3 turns",
    ]
    assert all(found.low > 0 for found in rows.values())
    assert rows["key to frame, 3 turns"].count == 3
    assert [question for question, _ in script.asked] == [asked[0], asked[0], asked[2], asked[0], asked[0]]
    assert told == [("measure", done, 6) for done in range(1, 7)]


def test_the_table_names_what_was_measured() -> None:
    console = Console(width=120)
    with console.capture() as shown:
        console.print(bench.table([("page can be used", spread([10.0, 20.0, 30.0]))]))
    assert shown.get().split() == [
        "measured,",
        "ms",
        "median",
        "middle",
        "half",
        "p95",
        "n",
        "page",
        "can",
        "be",
        "used",
        "20",
        "15",
        "to",
        "25",
        "29",
        "3",
    ]
