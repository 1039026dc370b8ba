"""Measuring the page: that something is measured, not how fast it is."""

from typing import TYPE_CHECKING

from browsing import Scripted
from rich.console import Console

from eval.bench import spread
from ui import bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_every_step_is_timed(browser: "Browser", address: str, script: Scripted) -> None:
    asked = list(script.script)[:2]
    assert len(bench.time_openings(browser, address, 1)) == 1
    page = bench.open_page(browser, address)
    page.set_default_timeout(60_000)
    assert all(ms > 0 for ms in bench.time_answers(page, asked))
    assert [question for question, _ in script.asked] == asked
    assert len(bench.time_keys(page, "abc")) == 3
    assert page.locator("#question textarea").input_value() == "abc"
    page.context.close()


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
