"""The page in a real browser: what a person sees, clicks and cannot be harmed by."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import urlsplit

import pytest

from index import build
from index.config import Settings
from index.embed import Embedder
from index.markup import plain
from index.store import Generation
from index.types import Document, Dropped
from rag.engine import Engine
from rag.live import LiveEngine
from rag.types import Answer, Citation
from ui import web
from ui.archive import Archive
from ui.converse import Service
from ui.library import Library
from ui.strings import ARABIC, ENGLISH
from ui.turns import Answerer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, FloatRect, Page

ASKED = "كم يتقاضى العامل في الساعة في ألابوغا؟"
LENGTH = "كم يبلغ طول جسر النورس؟"
CROWD = "How many people crossed the bridge on its first weekend?"
WAIT_MS = 60_000
"""How long a step may take on a slow machine before it counts as broken."""


class Scripted(Protocol):
    script: dict[str, Answer]
    asked: list[tuple[str, tuple[str, ...]]]

    def ask(
        self, question: str, /, history: Sequence[str] = (), *, within: AbstractSet[str] | None = None
    ) -> Answer: ...

    def documents(self) -> tuple[Document, ...]: ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]: ...


@contextmanager
def serve(
    engine: Answerer, kept: Path, examples: Sequence[str] = (), port: int = 0, library: Library | None = None
) -> Iterator[str]:
    """The address of a page whose conversations are kept in a file."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    archive = Archive(kept)
    page = web.start(
        Service(library.engine if library else lambda: engine, archive, lambda: examples, library), "127.0.0.1", port
    )
    try:
        yield str(page.local_url)
    finally:
        page.close(verbose=False)
        archive.close()


@pytest.fixture(scope="module")
def samples(sample_index: Path, embedder: Embedder) -> Engine:
    """The real engine; in this folder ``engine`` is the scripted one."""
    return Engine(Generation.open(sample_index), embedder)


@pytest.fixture(scope="module")
def url(samples: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over the sample documents."""
    with serve(samples, tmp_path_factory.mktemp("kept") / "conversations.db", [ASKED]) as address:
        yield address


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

    def open_(address: str, locale: str = "ar", width: int = 1280, scheme: Literal["dark", "light"] = "light") -> Visit:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
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
    assert marked.split() == plain(last.quote, last.document.format).split()
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
    for part in ("#menu", "#language", "#question", "#send", "#sources .card >> nth=0"):
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
    tmp_path: Path,
    make_document: Callable[..., Document],
    make_citation: Callable[..., Citation],
    make_answer: Callable[..., Answer],
) -> None:
    attack = " ".join(ATTACKS)
    document = make_document(f"{attack}\nQuote {attack}\n{attack}", path=f"{attack}.txt", title=attack, language="en")
    engine.script[attack] = make_answer(make_citation(document, f"Quote {attack}"), question=attack)
    with serve(engine, tmp_path / "kept.db", [attack]) as address:
        opened = visit(address, locale="en", width=390)
        page = opened.page
        page.locator("button.example", has_text="press").click()
        page.locator("#conversation .cite").hover()
        page.locator("#tip").wait_for()
        page.locator("#conversation .cite").click()
        page.locator(".card.lit").wait_for()
        assert page.locator(".card mark").inner_text() == f"Quote {attack}"
        page.locator("#menu").click()
        page.locator(".talk .title").wait_for()
        assert page.evaluate("window.hacked") is None
        pieces = page.locator("#transcript, #sources, #list, #tip")
        assert pieces.locator("img, script, svg[onload], style, a[href^='javascript'], [onerror]").count() == 0
        assert not [request for request in opened.requests if "192.0.2.1" in request]
        assert opened.complaints == []
        assert opened.overflow() <= 0


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


def test_a_question_can_be_stopped_asked_again_and_edited(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    slow = Slow(engine)
    with serve(slow, tmp_path / "kept.db") as address:
        opened = visit(address, locale="en")
        page = opened.page
        page.locator("#question textarea").fill(CROWD)
        page.locator("#send").click()
        assert slow.asked.wait(WAIT_MS / 1000)
        page.locator("#send").wait_for(state="hidden")
        page.locator("#stop").click()
        page.get_by_text(ENGLISH.stopped).wait_for()
        page.locator("#stop").wait_for(state="hidden")
        slow.go_on.set()
        page.wait_for_timeout(1000)  # the answer has had the time to come back
        assert page.locator("#conversation .cite").count() == 0
        page.get_by_role("button", name=ENGLISH.retry).click()
        page.locator("#conversation .cite").first.wait_for()
        page.get_by_role("button", name=ENGLISH.edit).click()
        page.get_by_text(ENGLISH.editing).wait_for()
        assert page.locator("#question textarea").input_value() == CROWD
        page.locator("#question textarea").fill("Who painted the bridge?")
        page.locator("#question textarea").press("Enter")
        page.locator(".notice.abstained").wait_for()
        assert page.locator("#conversation .question").all_inner_texts() == ["Who painted the bridge?"]
        page.get_by_text(ENGLISH.editing).wait_for(state="hidden")
        page.locator(".why summary").click()
        page.get_by_text("painted", exact=True).wait_for()
        assert opened.complaints == []


def test_a_new_conversation_is_not_overtaken_by_the_old_one(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    slow = Slow(engine)
    try:
        with serve(slow, tmp_path / "kept.db") as address:
            opened = visit(address)
            page = opened.page
            page.locator("#question textarea").fill(LENGTH)
            page.locator("#question textarea").press("Enter")
            page.locator("#conversation .searching").wait_for()
            assert slow.asked.wait(WAIT_MS / 1000)
            page.locator("#fresh").click()
            page.locator("#conversation .welcome").wait_for()
            slow.go_on.set()
            page.wait_for_timeout(1500)  # the old answer has had the time to come back
            assert page.locator("#conversation .welcome").is_visible()
            opened.ask(CROWD)
            assert page.locator("#conversation .turn").count() == 1
            assert engine.asked[-1][1] == ()
    finally:
        slow.go_on.set()


def test_a_conversation_outlives_reload_and_restart(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    with serve(engine, tmp_path / "kept.db") as address:
        opened = visit(address)
        page = opened.page
        opened.ask(LENGTH)
        before = page.locator("#conversation .turn").inner_text()
        page.reload()
        page.locator("#conversation .cite").nth(2).click()
        page.locator("#src-1-3.lit mark").wait_for()
        assert page.locator("#conversation .turn").inner_text() == before
    port = urlsplit(address).port
    assert port
    with serve(engine, tmp_path / "kept.db", port=port):
        page.goto(address)  # without the conversation's name
        page.locator("#conversation .welcome").wait_for()
        page.locator(".talk .title", has_text=LENGTH).click()
        page.locator("#conversation .facts").wait_for()
        assert page.locator("#conversation .turn").inner_text() == before
        assert page.locator("#sources .card mark").count() == 3
        stranger = visit(address)
        assert stranger.page.locator(".talk").count() == 0


def test_conversations_are_renamed_found_saved_and_deleted(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    with serve(engine, tmp_path / "kept.db") as address:
        opened = visit(address, locale="en")
        page = opened.page
        opened.ask(LENGTH)
        page.locator("#fresh").click()
        page.locator("#conversation .welcome").wait_for()
        opened.ask(CROWD)
        assert page.locator(".talk .title").all_inner_texts() == [CROWD, LENGTH]
        page.locator(".talk summary").first.click()
        page.get_by_role("button", name=ENGLISH.rename).click()
        page.locator("input.title").fill("Crowds <b>")
        page.keyboard.press("Enter")
        page.locator(".talk .title", has_text="Crowds <b>").wait_for()
        page.locator("#find textarea").fill("طُول")
        page.locator(".talk", has_text="Crowds").wait_for(state="hidden")
        assert page.locator(".talk .title").all_inner_texts() == [LENGTH]
        page.locator("#find textarea").fill("")
        page.locator(".talk", has_text="Crowds").wait_for()
        page.locator(".talk summary").first.click()
        with page.expect_download() as saving:
            page.get_by_role("button", name="HTML").click()
        assert saving.value.suggested_filename == "Crowds b.html"
        assert "9,000 people" in saving.value.path().read_text("utf-8")
        page.locator(".talk summary").first.click()
        page.locator(".acts [data-act=delete]").first.click()
        assert page.locator(".talk").count() == 2  # it asks once more
        page.get_by_role("button", name=ENGLISH.sure).click()
        page.locator("#conversation .welcome").wait_for()
        assert page.locator(".talk .title").all_inner_texts() == [LENGTH]
        assert opened.complaints == []


def test_citations_are_walked_and_shown_by_keyboard(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    with serve(engine, tmp_path / "kept.db") as address:
        opened = visit(address)
        page = opened.page
        opened.ask(LENGTH)
        first = page.locator("#conversation .cite").first
        page.locator("#question textarea").press("Shift+Tab")  # out of the box, so that the next focus is seen
        first.focus()
        assert page.locator("#tip").inner_text() == page.locator("#src-1-1 mark").inner_text()
        assert page.locator("#tip").evaluate("tip => tip.dir") == "rtl"
        page.keyboard.press("Enter")
        page.locator("#src-1-1.lit").wait_for()
        page.keyboard.press("Escape")
        assert first.evaluate("link => link === document.activeElement")
        page.locator(".walk button").nth(1).press("Enter")
        page.locator("#src-1-2.lit").wait_for()
        page.locator(".walk button").nth(0).press("Enter")
        page.locator(".walk button").nth(0).press("Enter")
        page.locator("#src-1-3.lit").wait_for()
        dropped = page.locator("#src-1-3 .dropped")
        assert dropped.inner_text().startswith("اقرأ أيضًا")
        dim, ink = (
            part.evaluate("part => getComputedStyle(part).color") for part in (dropped, page.locator("#src-1-3 mark"))
        )
        assert dim != ink


def test_an_answer_is_copied_with_its_sources(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    with serve(engine, tmp_path / "kept.db") as address:
        opened = visit(address, locale="en")
        page = opened.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened.ask(CROWD)
        page.get_by_role("button", name=ENGLISH.copy).click()
        page.locator("button.done").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.splitlines()[0] == CROWD
        assert "[1] Gull Bridge draws its first crowds" in copied


def test_twenty_ask_at_once_and_each_gets_their_own_answer(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    with serve(engine, tmp_path / "kept.db") as address:
        opened = visit(address, locale="en")
        answers = opened.page.evaluate(ASK_TOGETHER, [20, CROWD])
        assert len(answers) == 20
        assert all("9,000 people" in answer for answer in answers)
        assert len(engine.asked) == 20


# As many visitors as there are numbers, each over the page's own protocol, all at once.
ASK_TOGETHER = """async ([many, question]) => {
  const number = window.gradio_config.dependencies.find((d) => d.targets.some((t) => t[1] === "submit")).id;
  const ask = async (session) => {
    await fetch("gradio_api/queue/join", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ fn_index: number, session_hash: session, event_data: null, trigger_id: null,
                             data: [question, "", "", "en", "", [], [], "", ""] }) });
    const stream = (await fetch(`gradio_api/queue/data?session_hash=${session}`)).body.getReader();
    let text = "";
    while (!text.includes("process_completed")) text += new TextDecoder().decode((await stream.read()).value);
    return text;
  };
  return Promise.all(Array.from({ length: many }, (_, i) => ask(`visitor${i}`)));
}"""


@pytest.fixture(scope="module")
def library(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of one document, which a test may change."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "news").mkdir()
    (folder / "news" / "lighthouse.txt").write_text("The lighthouse of Grey Point was painted red in 1998.\n")
    settings = Settings.from_environment()
    build.build([folder / "news"], folder / "index", settings.index, embedder, lambda *_: None)
    live = LiveEngine(folder / "index", Generation.open(folder / "index"), embedder)
    return Library(folder / "index", live, settings.index, settings.cache)


def test_documents_are_uploaded_asked_and_deleted_while_the_page_runs(
    visit: Open, library: Library, tmp_path: Path
) -> None:
    with serve(library.engine(), tmp_path / "kept.db", library=library) as address:
        opened = visit(address, locale="en")
        page = opened.page
        page.get_by_role("tab", name=ENGLISH.tab_library).click()
        page.locator("#documents tbody tr", has_text="lighthouse").wait_for()
        name = "<img src=x onerror=hacked=1>.txt"
        text = "The harbour of Grey Point holds forty boats in summer.\n"
        page.locator("#upload input[type=file]").set_input_files(
            [
                {"name": name, "mimeType": "text/plain", "buffer": text.encode()},
                {"name": "picture.exe", "mimeType": "text/plain", "buffer": b"MZ"},
            ]
        )
        page.locator("#work progress").wait_for()
        page.get_by_role("tab", name=ENGLISH.tab_chat).click()
        opened.ask("When was the lighthouse painted?")  # of the old index, meanwhile
        page.get_by_role("tab", name=ENGLISH.tab_library).click()
        page.locator("#documents tbody tr").nth(1).wait_for(timeout=3 * WAIT_MS)
        assert library.job.state.phase == "done"
        row = page.locator("#documents tbody tr", has_text="img src")
        assert "English" in row.inner_text()
        page.locator("#failures summary").click()
        page.locator("#failures li", has_text="picture.exe").wait_for()
        assert page.evaluate("window.hacked") is None
        page.get_by_role("tab", name=ENGLISH.tab_chat).click()
        opened.ask("How many boats does the harbour hold in summer?")
        assert "forty boats" in page.locator("#sources .sources.current").inner_text()
        page.get_by_role("tab", name=ENGLISH.tab_library).click()
        row.locator("[data-act=delete]").click()
        row.get_by_role("button", name=ENGLISH.sure).click()
        page.locator("#cancel-work").wait_for()
        page.locator("#cancel-work").click()
        page.get_by_text(ENGLISH.cancelled).wait_for()
        assert opened.complaints == []


def serious(opened: Visit) -> list[str]:
    """What axe finds on the page as it stands that would keep somebody out."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(opened.page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:150]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("locale", "scheme"), [("ar", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious(
    visit: Open, library: Library, engine: Scripted, tmp_path: Path, locale: str, scheme: Literal["dark", "light"]
) -> None:
    strings = ENGLISH if locale == "en" else ARABIC
    with serve(engine, tmp_path / "kept.db", [LENGTH]) as address:
        opened = visit(address, locale=locale, scheme=scheme)
        opened.page.locator("button.example").wait_for()
        assert serious(opened) == []
        opened.ask(LENGTH)
        opened.page.locator("#conversation .cite").first.click()
        opened.page.locator(".talk summary").click()
        opened.ask("من رسم لوحة الجسر؟")
        assert serious(opened) == []
    with serve(library.engine(), tmp_path / "kept.db", library=library) as address:
        opened = visit(address, locale=locale, scheme=scheme)
        opened.page.get_by_role("tab", name=strings.tab_library).click()
        opened.page.locator("#documents tbody tr").first.wait_for()
        assert serious(opened) == []


@pytest.mark.parametrize("width", [360, 2560])
def test_every_width_has_its_layout(visit: Open, library: Library, tmp_path: Path, width: int) -> None:
    with serve(library.engine(), tmp_path / "kept.db", library=library) as address:
        opened = visit(address, width=width)
        assert opened.overflow() <= 0
        composer = opened.box("#composer")
        assert composer["y"] + composer["height"] <= 801
        opened.page.get_by_role("tab", name=ARABIC.tab_library).click()
        opened.page.locator("#documents tbody tr").first.wait_for()
        assert opened.overflow() <= 0
