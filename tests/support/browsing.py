"""The page in a real browser, for the tests of what a person sees there."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.types import Document, Dropped
from rag.types import Answer
from ui import web
from ui.archive import Archive
from ui.converse import Service
from ui.turns import Answerer

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, FloatRect, Page

WAIT_MS = 60_000
"""How long a step may take on a slow machine before it counts as broken."""


class Scripted(Protocol):
    script: dict[str, Answer]
    asked: list[tuple[str, tuple[str, ...]]]
    within: AbstractSet[str] | None

    def ask(
        self, question: str, /, history: Sequence[str] = (), *, within: AbstractSet[str] | None = None
    ) -> Answer: ...

    def documents(self) -> tuple[Document, ...]: ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]: ...


@contextmanager
def serve(
    engine: Callable[[], Answerer], kept: Path, examples: Sequence[str] = (), port: int = 0, **parts: Any
) -> Iterator[str]:
    """The address of a page whose conversations are kept in a file; ``parts`` are those of its ``Service``."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    archive = Archive(kept)
    page = web.start(Service(engine, archive, lambda _: examples, **parts), "127.0.0.1", port)
    try:
        yield str(page.local_url)
    finally:
        page.close(verbose=False)
        archive.close()


@dataclass
class Visit:
    """A page that is open, and what it did on the side."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Ask by keyboard and wait for the answer to be whole."""
        answers = self.page.locator("#conversation .facts, #conversation .notice")
        before = answers.count()
        self.page.locator("#question textarea").fill(question)
        self.page.locator("#question textarea").press("Enter")
        answers.nth(before).wait_for()
        # The sources come with the last piece of the answer.
        turn = self.page.locator("#conversation .turn").last.get_attribute("id")
        self.page.locator(f"#sources .sources.current .hint a[href='#{turn}']").wait_for()

    def dismiss(self, dialog: "Dialog") -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def read_console(self, line: "ConsoleMessage") -> None:
        if line.type == "error":
            self.complaints.append(line.text)

    def box(self, selector: str) -> "FloatRect":
        box = self.page.locator(selector).bounding_box()
        assert box is not None, f"{selector} is not on the page"
        assert box["width"] > 0
        return box

    def barriers(self) -> list[str]:
        """What axe finds on the page as it stands that would keep somebody out."""
        from axe_playwright_python.sync_playwright import Axe

        return [
            f"{violation['id']}: {node['html'][:150]}"
            for violation in Axe().run(self.page).response["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]

    def narrow(self) -> list[str]:
        """What is to be pressed and is smaller than a fingertip: 24 pixels (WCAG 2.2, 2.5.8)."""
        small: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("a, button, summary")].filter((part) => {
              const { width, height } = part.getBoundingClientRect();
              return part.checkVisibility() && !part.closest(".visually-hidden") && Math.min(width, height) < 24;
            }).map((part) => part.outerHTML.slice(0, 150))"""
        )
        return small

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        width: int = self.page.evaluate(
            "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth"
        )
        return width


Open = Callable[..., Visit]


class Slow:
    """An engine that answers when it is told to."""

    def __init__(self, engine: Scripted) -> None:
        self.engine = engine
        self.asked, self.go_on = threading.Event(), threading.Event()

    def ask(self, question: str, /, history: Sequence[str] = (), *, within: AbstractSet[str] | None = None) -> Answer:
        self.asked.set()
        self.go_on.wait(WAIT_MS / 1000)
        return self.engine.ask(question, history, within=within)

    def documents(self) -> tuple[Document, ...]:
        return self.engine.documents()

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        return self.engine.dropped(document_id)
