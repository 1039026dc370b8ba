"""Made-up documents, an engine that answers from a script, and the command line in this process."""

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browsing import WAIT_MS, Open, Visit, serve
from commands import BRIDGE_NEWS, MILL_NEWS, Ran, Run
from scripted import LENGTH
from visiting import free_port

from index.embed import Embedder
from index.errors import QuestionError
from index.store import Generation
from index.types import Document, Dropped, Format, Passage, Sentence
from rag import abstain
from rag.engine import Engine
from rag.types import Answer, AnswerSentence, Citation, Claim, Disagreement, Evidence, IndexInfo, Support
from ui import cli, web
from ui.archive import Archive
from ui.converse import Service
from ui.strings import ARABIC, ENGLISH

if TYPE_CHECKING:
    import gradio as gr
    from playwright.sync_api import Browser

BRIDGE = (
    "افتتاح جسر النورس في مرسى اللؤلؤ\n"
    "افتُتح جسر النورس صباح الثلاثاء أمام المشاة والدراجات بعد ثلاث سنوات من العمل. "
    "يبلغ طول الجسر 412 مترًا ويربط الحي القديم بجزيرة المنارة.\n"
    "اقرأ أيضًا: أفضل عشرة مقاهٍ على الشاطئ\n"
    "وقالت المهندسة ليلى السالمي إن الجسر صُمم ليتحمل رياحًا تبلغ سرعتها 140 كيلومترًا في الساعة. "
    "وأضافت أن الإنارة تعمل بالطاقة الشمسية وحدها.\n"
)
TOWN = (
    "Gull Bridge draws its first crowds\n"
    "Some 9,000 people crossed Gull Bridge on its first weekend, the town council said. "
    "The bridge is 405 metres long, according to the council's leaflet.\n"
    "Cafes on Lighthouse Island reported their best Saturday in ten years.\n"
)
FERRY = (
    "عبّارة الجزيرة تواصل رحلاتها\n"
    "أعلنت بلدية مرسى اللؤلؤ أن عبّارة جزيرة المنارة ستواصل رحلاتها في الشتاء رغم افتتاح الجسر. "
    "وتنطلق الرحلة الأولى عند السادسة صباحًا.\n"
)


def document(
    text: str,
    *,
    name: str = "d1",
    path: str = "news/a.txt",
    title: str = "عنوان",
    language: str = "ar",
    markup: Format = "text",
) -> Document:
    return Document(name, path, title, text, language, date(2031, 4, 8), markup)


def cite(source: Document, quote: str, number: int = 1) -> Citation:
    start = source.text.index(quote)
    return Citation(number, source, f"{source.id}-0", start, start + len(quote), 2.0)


def near(source: Document, rank: int = 1) -> Evidence:
    passage = Passage(f"{source.id}-0", source.id, "", (Sentence(0, len(source.text)),))
    return Evidence(rank, passage, source, source.text, 1.5, {"passage": 0.8})


def answered(
    *citations: Citation,
    question: str = "كم طول الجسر؟",
    language: str = "ar",
    support: Support = "verbatim",
    disagreements: tuple[Disagreement, ...] = (),
) -> Answer:
    sentences = tuple(AnswerSentence(c.quote, (c,), support) for c in citations)
    text = " ".join(f"{c.quote} [{c.number}]" for c in citations)
    info = IndexInfo("g1", "m1")
    return Answer(question, language, False, 0.8, text, sentences, (), disagreements, {"total": 1.0}, info)


def abstained(text: str, *evidence: Evidence, question: str = "؟", language: str = "ar") -> Answer:
    return Answer(question, language, True, 0.1, text, (), evidence, (), {"total": 1.0}, IndexInfo("g1", "m1"))


class ScriptedEngine:
    """Answers what its script holds; keeps what it was asked."""

    def __init__(self, script: Mapping[str, Answer], dropped: Mapping[str, tuple[Dropped, ...]]) -> None:
        self.script = script
        self.furniture = dropped
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.within: AbstractSet[str] | None = None

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        within: AbstractSet[str] | None = None,
        always_answer: bool = False,  # noqa: ARG002 - what the engine takes
    ) -> Answer:
        self.asked.append((question, tuple(history)))
        self.within = within
        if not question.strip():
            raise QuestionError("the question is empty: write one")
        if question == "broken":
            raise RuntimeError("a secret of the inside")
        return self.script[question]

    def documents(self) -> tuple[Document, ...]:
        cited = [c.document for answer in self.script.values() for c in answer.citations]
        found = [evidence.document for answer in self.script.values() for evidence in answer.evidence]
        return tuple({document.id: document for document in [*cited, *found]}.values())

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        return self.furniture.get(document_id, ())


def sample() -> ScriptedEngine:
    """The script that the tests and the screenshots share."""
    bridge = document(BRIDGE, name="b", path="أخبار/جسر-النورس.txt", title="افتتاح جسر النورس في مرسى اللؤلؤ")
    town = document(
        TOWN, name="t", path="council/gull-bridge.txt", title="Gull Bridge draws its first crowds", language="en"
    )
    ferry = document(FERRY, name="f", path="أخبار/العبارة.txt", title="عبّارة الجزيرة تواصل رحلاتها")
    length = cite(bridge, "يبلغ طول الجسر 412 مترًا ويربط الحي القديم بجزيرة المنارة.", 1)
    other = cite(town, "The bridge is 405 metres long, according to the council's leaflet.", 2)
    wind = cite(bridge, "وقالت المهندسة ليلى السالمي إن الجسر صُمم ليتحمل رياحًا تبلغ سرعتها 140 كيلومترًا في الساعة.", 3)
    crowd = cite(town, "Some 9,000 people crossed Gull Bridge on its first weekend, the town council said.", 1)
    differ = Disagreement("طول الجسر", (Claim("412 مترًا", length), Claim("405 metres", other)))
    furniture = BRIDGE.index("اقرأ أيضًا")
    return ScriptedEngine(
        {
            "كم يبلغ طول جسر النورس؟": answered(length, other, wind, disagreements=(differ,)),
            "How many people crossed the bridge on its first weekend?": answered(crowd, language="en"),
            "من رسم لوحة الجسر؟": abstained(
                "لا تذكر الوثائق ما يجيب عن هذا السؤال.", near(ferry), near(town, 2), question="من رسم لوحة الجسر؟"
            ),
            "Who painted the bridge?": abstained(
                "Not in them.", near(town), near(ferry, 2), question="Who painted the bridge?", language="en"
            ),
        },
        {"b": (Dropped(furniture, BRIDGE.index("\n", furniture), "read also"),)},
    )


@pytest.fixture
def engine() -> ScriptedEngine:
    return sample()


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document


@pytest.fixture
def make_citation() -> Callable[..., Citation]:
    return cite


@pytest.fixture
def make_answer() -> Callable[..., Answer]:
    return answered


@pytest.fixture
def make_abstention() -> Callable[..., Answer]:
    return abstained


@pytest.fixture
def make_evidence() -> Callable[..., Evidence]:
    return near


@pytest.fixture(scope="module")
def script() -> ScriptedEngine:
    """What the page at ``address`` answers from."""
    return sample()


@pytest.fixture(scope="module")
def address(script: ScriptedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page that a module's tests share, each as visitors of their own."""
    with serve(lambda: script, tmp_path_factory.mktemp("kept") / "conversations.db", list(script.script)[:1]) as url:
        yield url


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


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    embedder: Embedder,
    tmp_path: Path,
) -> Run:
    """``sanad`` in this process, in an empty folder, with the model that is loaded already."""
    for name in [name for name in os.environ if name.startswith("SANAD_") and name != "SANAD_CACHE"]:
        monkeypatch.delenv(name)
    for loading in ("load", "for_questions"):
        monkeypatch.setattr(Embedder, loading, lambda *_: embedder)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)

    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["sanad", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked is answered: these tests are not about when to abstain."""
    changed = replace(abstain.calibration(with_reader=True), threshold=0.0)
    monkeypatch.setattr(abstain, "calibration", lambda **_: changed)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, sample_index: Path, embedder: Embedder) -> None:
    """The index of the sample documents is open already: these tests are not about opening it."""
    engine = Engine(Generation.open(sample_index), embedder)
    monkeypatch.setattr(cli, "_engine", lambda _: engine)


@pytest.fixture
def abstaining(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is answered."""
    changed = replace(abstain.calibration(with_reader=True), threshold=1.0)
    monkeypatch.setattr(abstain, "calibration", lambda **_: changed)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "mill.txt").write_text(MILL_NEWS)
    (folder / "bridge.txt").write_text(BRIDGE_NEWS)
    return folder


@pytest.fixture
def service(engine: ScriptedEngine, tmp_path: Path) -> Iterator[Service]:
    archive = Archive(tmp_path / "conversations.db")
    yield Service(lambda: engine, archive, lambda _: [LENGTH, "broken"])
    archive.close()


@pytest.fixture(scope="module")
def running(script: ScriptedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator["gr.Blocks"]:
    """A page that most tests share, each as visitors of their own."""
    archive = Archive(tmp_path_factory.mktemp("kept") / "conversations.db")
    page = web.start(Service(lambda: script, archive, lambda _: [LENGTH, "broken"]), "127.0.0.1", free_port())
    yield page
    page.close(verbose=False)
    archive.close()


@pytest.fixture
def served(running: "gr.Blocks", script: ScriptedEngine) -> "gr.Blocks":
    """The page, which was asked nothing yet."""
    script.asked.clear()
    script.within = None
    return running
