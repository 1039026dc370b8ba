"""Measure how fast the page is: ``python -m ui.bench``; prints a table and keeps nothing.

In a headless Chromium, over the loopback, on the sample documents with the built-in engine: from the request until
the question box takes a question in the visitor's language; from the Enter key until the first sentence of the answer
stands there; and from a key until the frame that shows its letter, also while an answer arrives; in a new conversation
and below a long one.
"""

import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from eval import questions
from eval.bench import Spread, spread
from eval.run import DOCUMENTS, QUESTIONS
from index import build
from index.build import Progress
from index.config import Settings
from index.embed import Embedder
from index.errors import SettingError
from index.store import Generation
from rag.engine import Engine
from rag.reader import Reader
from ui import web
from ui.archive import TURNS, Archive
from ui.converse import Service
from ui.limit import Allowance
from ui.terminal import progress
from ui.turns import Answerer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Tick = Callable[[], None]
"""Told when a step is done."""

OPENINGS = 10
ASKS = 20
ANSWERS = 5
"""Answers during which keys are pressed."""
TYPED = "How many people crossed the bridge on its first weekend, and who counted them? "
_KEY_MS = 30
_WINDOW_MS = 500  # in which the browser draws its own new window
# The question has left the box.
_ASKED = "() => !document.querySelector('#question textarea').value"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu")
# Milliseconds since the page was asked for, once it can be used.
_READY = """() => document.documentElement.dir && document.querySelector("button.example, #conversation .turn")
  && !document.querySelector("#question textarea").disabled && performance.now()"""
# Milliseconds from the Enter key until a sentence of a new turn stands in the page. A new turn has a new id; their
# number may stay, as a full conversation loses its first turn to a new one.
_ASK = """(question) => new Promise((done, fail) => {
  const box = document.querySelector("#question textarea");
  const newest = () => [...document.querySelectorAll("#conversation .turn")].at(-1);
  const before = newest()?.id;
  let since = 0;
  const watch = new MutationObserver(() => {
    const last = newest();
    if (!last || last.id === before || !last.querySelector(".sentence, .notice")) return;
    watch.disconnect();
    done(performance.now() - since);
  });
  setTimeout(() => fail(new Error(`no answer to ${question}`)), 60000);
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => {
    watch.observe(document.body, { childList: true, subtree: true });
    since = performance.now();
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
  }, 300);
})"""
# Id of the last turn if it is whole.
_WHOLE = """() => {
  const last = [...document.querySelectorAll("#conversation .turn")].at(-1);
  return last?.querySelector(".tools") ? last.id : null;
}"""
# Milliseconds from each key until the frame after it.
_WATCH_KEYS = """() => {
  const keys = window.sanadKeys = [];
  document.querySelector("#question textarea").onkeydown = (event) => {
    const since = performance.now();
    if (event.key !== "Enter") requestAnimationFrame(() => setTimeout(() => keys.push(performance.now() - since)));
  };
}"""
_KEYS = "(many) => window.sanadKeys.length >= many && window.sanadKeys"


@contextmanager
def chromium() -> "Iterator[Browser]":
    """A headless browser.

    Raises:
        SettingError: Playwright or Chromium is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise SettingError("The page is measured in a browser: install Sanad with its extra 'dev'.") from None
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SettingError("The page is measured in a browser: install Chromium (apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_ARGUMENTS))
        yield browser
        browser.close()


def open_page(browser: "Browser", address: str) -> "tuple[Page, float]":
    """The page as a new visitor sees it once it can be used, and the milliseconds that took from the request."""
    page = browser.new_context(locale="en").new_page()
    page.wait_for_timeout(_WINDOW_MS)
    page.goto(address, wait_until="commit")
    return page, float(page.wait_for_function(_READY).json_value())


def time_openings(browser: "Browser", address: str, repeats: int, tick: Tick) -> tuple[float, ...]:
    """Milliseconds until the page can be used, each time by a visitor whose browser holds nothing of it."""
    times: list[float] = []
    for _ in range(repeats):
        page, took = open_page(browser, address)
        times.append(took)
        page.context.close()
        tick()
    return tuple(times)


def time_answers(page: "Page", asked: Sequence[str], tick: Tick) -> tuple[float, ...]:
    """Milliseconds from the Enter key until the first sentence stands there, or that there is none."""
    times: list[float] = []
    for question in asked:
        times.append(float(page.evaluate(_ASK, question)))
        page.locator("#stop").wait_for(state="hidden")
        tick()
    return tuple(times)


def time_keys(page: "Page") -> tuple[float, ...]:
    """Milliseconds from each key until the frame that shows its letter."""
    box = page.locator("#question textarea")
    box.fill("")
    page.evaluate(_WATCH_KEYS)
    box.press_sequentially(TYPED, delay=_KEY_MS)
    return tuple(map(float, page.wait_for_function(_KEYS, arg=len(TYPED)).json_value()))


def time_keys_meanwhile(page: "Page", asked: Sequence[str], tick: Tick) -> tuple[float, ...]:
    """Milliseconds from each key until the frame that shows its letter, of keys pressed before an answer stands."""
    box = page.locator("#question textarea")
    page.evaluate(_WATCH_KEYS)
    pressed = 0
    for question in asked:
        before = page.evaluate(_WHOLE)
        box.fill(question)
        box.press("Enter")
        page.wait_for_function(_ASKED)  # a key in the same moment would still be part of the question
        answering = True
        while answering:  # one key at least, however fast the answer is
            box.press_sequentially(TYPED[pressed % len(TYPED)], delay=_KEY_MS)
            pressed += 1
            answering = page.evaluate(_WHOLE) in (before, None)
        page.locator("#stop").wait_for(state="hidden")  # until then nothing is asked
        box.fill("")
        tick()
    return tuple(map(float, page.wait_for_function(_KEYS, arg=pressed).json_value()))


def measure(browser: "Browser", address: str, asked: Sequence[str], show: Progress) -> list[tuple[str, Spread]]:
    """Measure a page with nothing in it, then the same below a conversation that is full.

    Args:
        browser: A headless browser.
        address: Where the page is.
        asked: ``TURNS`` questions.
        show: Told of each page opened and each question asked.
    """
    done = count(1)
    total = OPENINGS + TURNS + ASKS + ANSWERS

    def tick() -> None:
        show("measure", next(done), total)

    rows = [("page can be used", spread(time_openings(browser, address, OPENINGS, tick)))]
    page, _ = open_page(browser, address)
    for where in ("new conversation", f"{TURNS} turns"):
        rows += [
            (f"Enter to first sentence, {where}", spread(time_answers(page, asked[:ASKS], tick))),
            (f"key to frame, {where}", spread(time_keys(page))),
            (f"key to frame while answering, {where}", spread(time_keys_meanwhile(page, asked[:ANSWERS], tick))),
        ]
        if page.locator("#conversation .turn").count() < TURNS:
            time_answers(page, asked[ASKS + ANSWERS :], tick)
    return rows


def table(rows: Sequence[tuple[str, Spread]]) -> Table:
    """The measurements for a terminal."""
    shown = Table(box=None, pad_edge=False)
    shown.add_column("measured, ms", no_wrap=True)
    for heading in ("median", "middle half", "p95", "n"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for name, found in rows:
        values = f"{found.median:.0f}", f"{found.low:.0f} to {found.high:.0f}", f"{found.p95:.0f}", str(found.count)
        shown.add_row(name, *values)
    return shown


@contextmanager
def serving(engine: Answerer, folder: Path, examples: Sequence[str]) -> Iterator[str]:
    """The address of a page over an engine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    archive = Archive(folder / "conversations.db")
    service = Service(lambda: engine, archive, lambda _: examples, allowance=Allowance(10_000, 1.0))
    page = web.start(service, "127.0.0.1", port)
    try:
        yield str(page.local_url)
    finally:
        page.close(verbose=False)
        archive.close()


def main() -> None:
    """Measure and print."""
    settings = Settings.from_environment()
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as scratch, progress() as show:
        embedder = Embedder.load(settings.index.model, settings.cache)
        build.build([DOCUMENTS], Path(scratch), settings.index, embedder, show)
        engine = Engine(Generation.open(Path(scratch)), embedder, reader=Reader.load(embedder, settings))
        asked = [q.question for q in questions.load(QUESTIONS, DOCUMENTS)][:TURNS]
        engine.warm_up()  # as the page does
        with serving(engine, Path(scratch), asked[:1]) as address, chromium() as browser:
            rows = measure(browser, address, asked, show)
    Console().print(table(rows))


if __name__ == "__main__":
    main()
