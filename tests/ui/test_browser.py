"""The page in a real browser: what a person sees, clicks and cannot be harmed by."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import gradio as gr
import pytest

from index.embed import Embedder
from index.store import Generation
from index.types import Document, Dropped
from rag.engine import Engine
from rag.types import Answer, Citation
from ui import web
from ui.strings import ARABIC, ENGLISH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, FloatRect, Page

ASKED = "كم يتقاضى العامل في الساعة في ألابوغا؟"
WAIT_MS = 60_000
"""How long a step may take on a slow machine before it counts as broken."""


class Scripted(Protocol):
    script: dict[str, Answer]
    asked: list[tuple[str, tuple[str, ...]]]

    def ask(self, question: str, /, history: Sequence[str] = ()) -> Answer: ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]: ...


def serve(engine: web.Answerer, examples: Sequence[str] = ()) -> gr.Blocks:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return web.start(engine, "127.0.0.1", port, examples)


@pytest.fixture(scope="module")
def samples(sample_index: Path, embedder: Embedder) -> Engine:
    """The real engine; in this folder ``engine`` is the scripted one."""
    return Engine(Generation.open(sample_index), embedder)


@pytest.fixture(scope="module")
def url(samples: Engine) -> Iterator[str]:
    """The page over the sample documents."""
    page = serve(samples, [ASKED])
    yield page.local_url
    page.close(verbose=False)


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
        self.page.locator("#sources .sources.current .hint a", has_text=question).wait_for()

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

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        width: int = self.page.evaluate(
            "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth"
        )
        return width


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Open]:
    """Opens pages, each as a new visitor."""
    contexts = []

    def open_(address: str, locale: str = "ar", width: int = 1280) -> Visit:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 800})
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        visit = Visit(context.new_page())
        context.on("request", lambda request: visit.requests.append(request.url))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("dialog", visit.dismiss)
        visit.page.on("console", visit.read_console)
        visit.page.goto(address)
        strings = ENGLISH if locale.startswith("en") else ARABIC
        visit.page.wait_for_function(f"document.documentElement.dir === '{strings.direction}'")
        return visit

    yield open_
    for context in contexts:
        context.close()


def test_an_arabic_question_is_answered_with_numbered_citations(visit: Open, url: str, samples: Engine) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    expected = samples.ask(ASKED)
    assert not expected.abstained
    page = opened.page
    assert page.locator("#conversation .question").inner_text() == ASKED
    sentences = page.locator("#conversation .sentence")
    assert sentences.count() == len(expected.sentences)
    for number, sentence in enumerate(expected.sentences):
        shown = sentences.nth(number)
        assert sentence.text in shown.inner_text()
        assert shown.locator(".cite").all_inner_texts() == [f"[{c.number}]" for c in sentence.citations]
    assert page.locator("#sources .card .number").all_inner_texts() == [str(c.number) for c in expected.citations]
    assert page.locator("#conversation .facts strong").inner_text() == ARABIC.certainty(expected.confidence)
    assert opened.complaints == []


def test_a_citation_leads_to_its_highlighted_source(visit: Open, url: str, samples: Engine) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    last = samples.ask(ASKED).citations[-1]
    page = opened.page
    assert page.locator(".card.lit").count() == 0
    page.locator("#conversation .cite", has_text=f"[{last.number}]").first.click()
    card = page.locator(".card.lit")
    card.wait_for()
    assert card.get_attribute("id") == f"src-1-{last.number}"
    assert card.evaluate("card => card === document.activeElement")
    assert card.locator("mark").count() == 1
    marked = card.locator("mark").inner_text()
    assert marked in {last.quote, next(s.text for s in samples.ask(ASKED).sentences if last in s.citations)}
    around, highlighted = (
        part.evaluate("part => getComputedStyle(part).backgroundColor") for part in (card, card.locator("mark"))
    )
    assert highlighted != around
    assert highlighted.startswith("rgb(")  # and not transparent
    page.wait_for_function(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top < innerHeight && box.bottom > 0; }",
        arg=f"src-1-{last.number}",
    )
    assert urlsplit(page.url).fragment == ""


def test_a_citation_of_an_earlier_answer_brings_its_sources_back(visit: Open, url: str) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    opened.ask("وكم عددهم؟")
    page = opened.page
    assert page.locator("#sources-2").is_visible()
    assert not page.locator("#sources-1").is_visible()
    page.locator("#turn-1 .cite").first.click()
    page.locator("#src-1-1.lit").wait_for()
    assert page.locator("#sources-1").is_visible()
    assert not page.locator("#sources-2").is_visible()


def test_the_layout_follows_the_interface_language(visit: Open, url: str) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    page = opened.page

    conversation, panel = opened.box("#conversation"), opened.box("#sources")
    assert panel["x"] + panel["width"] <= conversation["x"] + 1
    assert opened.box("#send")["x"] < opened.box("#question")["x"]
    asked, log = opened.box("#conversation .question"), opened.box("#conversation .log")
    assert asked["x"] + asked["width"] == pytest.approx(log["x"] + log["width"], abs=2)

    page.locator("#language label", has_text=ENGLISH.name).click()
    page.wait_for_function("document.documentElement.dir === 'ltr'")
    page.locator("#sources h2", has_text=ENGLISH.sources).wait_for()
    conversation, panel = opened.box("#conversation"), opened.box("#sources")
    assert conversation["x"] + conversation["width"] <= panel["x"] + 1
    assert opened.box("#question")["x"] < opened.box("#send")["x"]
    # The interface turned around, the Arabic conversation reads as before.
    assert page.locator("#conversation .question").inner_text() == ASKED
    sentence = page.locator("#conversation .sentence").first
    assert sentence.evaluate("s => getComputedStyle(s).direction") == "rtl"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_page_opens_in_the_browsers_language(visit: Open, url: str) -> None:
    opened = visit(url, locale="en-GB")
    opened.page.get_by_role("heading", name=ENGLISH.welcome).wait_for()
    conversation, panel = opened.box("#conversation"), opened.box("#sources")
    assert conversation["x"] + conversation["width"] <= panel["x"] + 1


def test_an_example_is_asked_by_a_click_and_offers_end(visit: Open, url: str) -> None:
    page = visit(url).page
    page.locator("button.example", has_text=ASKED).click()
    page.locator("#conversation .cite").first.wait_for()
    page.locator("button.example").wait_for(state="hidden")


def test_no_request_leaves_the_host(visit: Open, url: str) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    opened.page.locator("#conversation .cite").first.click()
    opened.page.locator(".card.lit").wait_for()
    opened.page.wait_for_load_state("load")
    assert len(opened.requests) > 5
    hosts = {urlsplit(request).netloc for request in opened.requests if not request.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(url).netloc}


@pytest.mark.parametrize("locale", ["ar", "en"])
def test_a_phone_shows_everything_without_scrolling_sideways(visit: Open, url: str, locale: str) -> None:
    opened = visit(url, locale=locale, width=390)
    assert opened.overflow() <= 0
    opened.ask(ASKED)
    assert opened.overflow() <= 0
    conversation, panel = opened.box("#conversation"), opened.box("#sources")
    assert conversation["y"] + conversation["height"] <= panel["y"] + 1  # one under the other
    for part in ("#fresh", "#language", "#question", "#send", "#sources .card >> nth=0"):
        box = opened.box(part)
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 390, part


ATTACKS = (
    "<img src=x onerror=\"window.hacked='img'\">",
    "<script>window.hacked='script'</script>",
    "<svg onload=\"window.hacked='svg'\"></svg>",
    "<a href=\"javascript:window.hacked='link'\">press</a>",
    '<img src="http://192.0.2.1/leak.png">',
    "'\"></mark></blockquote><style>body{display:none}</style>",
)


def test_a_hostile_documents_script_does_not_run(
    visit: Open,
    engine: Scripted,
    make_document: Callable[..., Document],
    make_citation: Callable[..., Citation],
    make_answer: Callable[..., Answer],
) -> None:
    attack = " ".join(ATTACKS)
    document = make_document(f"{attack}\nQuote {attack}\n{attack}", path=f"{attack}.txt", title=attack, language="en")
    engine.script[attack] = make_answer(make_citation(document, f"Quote {attack}"), question=attack)
    server = serve(engine, [attack])
    try:
        opened = visit(server.local_url, locale="en", width=390)
        page = opened.page
        page.locator("button.example", has_text="press").click()
        page.locator("#conversation .cite").click()
        page.locator(".card.lit").wait_for()
        assert page.locator(".card mark").inner_text() == f"Quote {attack}"
        assert page.evaluate("window.hacked") is None
        pieces = page.locator("#transcript, #sources")
        assert pieces.locator("img, script, svg[onload], style, a[href^='javascript'], [onerror]").count() == 0
        assert not [request for request in opened.requests if "192.0.2.1" in request]
        assert opened.complaints == []
        assert opened.overflow() <= 0
    finally:
        server.close(verbose=False)


def test_a_new_conversation_is_not_overtaken_by_the_old_one(visit: Open, engine: Scripted) -> None:
    asked, go_on = threading.Event(), threading.Event()
    question = next(iter(engine.script))

    class Slow:
        def ask(self, question: str, /, history: Sequence[str] = ()) -> Answer:
            asked.set()
            go_on.wait(WAIT_MS / 1000)
            return engine.ask(question, history)

        def dropped(self, document_id: str) -> tuple[Dropped, ...]:
            return engine.dropped(document_id)

    server = serve(Slow())
    try:
        opened = visit(server.local_url)
        page = opened.page
        page.locator("#question textarea").fill(question)
        page.locator("#question textarea").press("Enter")
        page.locator("#conversation .searching").wait_for()
        assert asked.wait(WAIT_MS / 1000)
        page.locator("#fresh").click()
        page.locator("#conversation .welcome").wait_for()
        go_on.set()
        page.wait_for_timeout(1500)  # the old answer has had the time to come back
        assert page.locator("#conversation .welcome").is_visible()
        opened.ask("How many people crossed the bridge on its first weekend?")
        assert page.locator("#conversation .turn").count() == 1
        assert engine.asked[-1][1] == ()
    finally:
        go_on.set()
        server.close(verbose=False)
