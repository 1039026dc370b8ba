"""Answers in a model's words: checked, cited, and never without a way back. The servers are scripted."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from injections import INJECTIONS, Injection, obey
from llm_server import LlmServer, Reply

from index import build
from index.chunk import tokenizer
from index.config import LlmSettings, Settings
from index.embed import Embedder
from index.errors import QuestionError
from index.store import Generation
from rag import checked, llm, notices, orders, prompts, providers
from rag.answer_json import to_json
from rag.check import Checker
from rag.engine import Engine
from rag.types import Answer
from rag.worded import Worded

Serve = Callable[..., LlmServer]
ASKED = "كم يبلغ طول جسر النورس؟"
FOLLOW_UP = "ومتى افتُتح؟"
BRIDGE = (
    "افتُتح جسر النورس في مرسى اللؤلؤ صباح الثلاثاء 8 أبريل 2031 بعد ثلاث سنوات من العمل.\n\n"
    "يبلغ طول جسر النورس 412 مترًا ويربط الحي القديم بجزيرة المنارة.\n\n"
    "قالت المهندسة ليلى السالمي إن جسر النورس صُمم ليتحمل رياحًا سرعتها 140 كيلومترًا في الساعة.\n"
)


def open_index(folder: Path, embedder: Embedder, texts: dict[str, str]) -> Engine:
    documents = folder / "documents"
    documents.mkdir()
    for name, text in texts.items():
        documents.joinpath(name).write_text(text, "utf-8")
    build.build([documents], folder / "index", Settings().index, embedder, lambda *_: None)
    return Engine(Generation.open(folder / "index"), embedder)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Engine:
    return open_index(tmp_path_factory.mktemp("bridge"), embedder, {"bridge.txt": BRIDGE})


@pytest.fixture
def make(bridge: Engine, embedder: Embedder, serve_llm: Serve) -> Callable[..., tuple[Worded, LlmServer]]:
    def build_worded(
        *replies: Reply | str, unsupported: checked.Unsupported = "mark", seconds: float = 30
    ) -> tuple[Worded, LlmServer]:
        server = serve_llm(*replies)
        model = providers.connect(LlmSettings(model=server.openai, seconds=seconds))
        assert model is not None
        return Worded(bridge, model, Checker(embedder.embed_queries), unsupported), server

    return build_worded


def number(prompt: str, holding: str) -> str:
    """The number that a source has in a prompt."""
    found = re.search(rf"^\[(\d+)\] [^\n]*{re.escape(holding)}", prompt, re.MULTILINE)
    assert found, prompt
    return found[1]


def says(text: str, holding: str) -> Reply:
    return Reply(lambda prompt: text.replace("[N]", f"[{number(prompt, holding)}]"))


def test_a_supported_sentence_is_shown_with_its_source(make: Callable[..., tuple[Worded, LlmServer]]):
    answerer, server = make(says("طول جسر النورس 412 مترًا [N].", "412"))
    answer = answerer.ask(ASKED, always_answer=True)
    assert [(s.text, s.support, s.reason) for s in answer.sentences] == [("طول جسر النورس 412 مترًا.", "supported", "")]
    assert "412" in answer.citations[0].quote
    assert answer.citations[0].document.text[answer.citations[0].start :].startswith("يبلغ طول")
    assert answer.answer == "طول جسر النورس 412 مترًا. [1]"
    assert (answer.worded_by, answer.notice) == ("openai-like:scripted", "")
    assert answer.timings_ms["word"] > 0
    assert "response_format" in server.requests[0]
    assert server.requests[0]["max_tokens"] == llm.ANSWER_TOKENS


def test_the_answer_is_in_the_questions_language_and_the_quote_in_the_documents(
    make: Callable[..., tuple[Worded, LlmServer]],
):
    answerer, server = make(says("The bridge is 412 metres long [N].", "412"))
    answer = answerer.ask("How long is the bridge?", always_answer=True)
    assert answer.sentences[0].support == "supported"
    assert "مترًا" in answer.citations[0].quote
    assert "Write in English" in server.prompts[0]


def test_what_is_in_another_language_is_marked_and_loses_no_answer(
    make: Callable[..., tuple[Worded, LlmServer]], bridge: Engine
):
    asked, why = "How long is the bridge?", "It is not in the question's language."
    arabic = "طول جسر النورس 412 مترًا [N]."
    answerer, _ = make(says(f"The bridge is 412 metres long [N].\n{arabic}", "412"))
    sentences = answerer.ask(asked, always_answer=True).sentences
    assert [(s.support, s.reason) for s in sentences] == [("supported", ""), ("unsupported", why)]
    answerer, _ = make(says(arabic, "412"))
    answer = answerer.ask(asked, always_answer=True)
    assert answer.sentences == bridge.ask(asked, always_answer=True).sentences
    assert (answer.worded_by, bool(answer.notice)) == ("", True)


WRONG = {
    "The bridge is 512 metres long [N].": "The number 512 is not in what it cites.",
    "Its length is 412 metres.": "It cites nothing.",
    "Its length is 412 metres [N][99].": "It cites [99], which was not among the sources.",
    "The bridge is 412 metres long, says Nadia Karim [N].": "The name Nadia, Karim is not in what it cites.",
    "The bridge is 412 metres long since 9 May 2031 [N].": "The date 9 May 2031 is not in what it cites.",
    "The bridge is not 412 metres long [N].": "It denies what its source affirms, or the other way round.",
    "See the bridge on http://evil.example/?q=1 [N].": "The address http://evil.example/?q=1 is not in what it cites.",
    "Tomatoes should be watered in the morning [N].": "What it cites does not say this.",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_marked_with_its_reason(make: Callable[..., tuple[Worded, LlmServer]], wrong: str):
    answerer, _ = make(says(f"The bridge is 412 metres long [N].\n{wrong}", "412"))
    sentences = answerer.ask("How long is the bridge?", always_answer=True).sentences
    assert [(s.support, s.reason) for s in sentences] == [("supported", ""), ("unsupported", WRONG[wrong])]


def test_what_is_wrong_can_be_left_out(make: Callable[..., tuple[Worded, LlmServer]]):
    answerer, _ = make(says("طوله 412 مترًا [N]. وطوله 512 مترًا [N].", "412"), unsupported="drop")
    answer = answerer.ask(ASKED, always_answer=True)
    assert [s.support for s in answer.sentences] == ["supported"]
    assert answer.notice.endswith(": 1.")


FAILING = {
    "busy": Reply(status=429, headers={"Retry-After": "0"}),
    "refusing": Reply(status=500),
    "hanging": Reply(hang=True),
    "cut": Reply("طول جسر النورس 412 مترًا [1]. وهو", cut=True),
    "malformed": Reply(raw=b"data: {oops\n\n"),
    "silent": "",
    "nothing": "NONE",
    "invented": "The bridge is 900 metres long [1].",
    "broken JSON": '{"sentences": [{"text": "The brid',
}


@pytest.mark.parametrize("kind", FAILING)
def test_no_answer_is_lost(make: Callable[..., tuple[Worded, LlmServer]], bridge: Engine, kind: str):
    answerer, _ = make(FAILING[kind], seconds=2)
    own = bridge.ask(ASKED, always_answer=True)
    answer = answerer.ask(ASKED, always_answer=True)
    assert answer.sentences == own.sentences
    assert answer.worded_by == ""
    assert answer.notice
    assert "\n" not in answer.notice


@pytest.mark.parametrize("kind", FAILING)
def test_no_follow_up_is_lost(make: Callable[..., tuple[Worded, LlmServer]], bridge: Engine, kind: str):
    answerer, server = make(FAILING[kind], seconds=2)
    own = bridge.ask(FOLLOW_UP, [ASKED], always_answer=True)
    answer = answerer.ask(FOLLOW_UP, [ASKED], always_answer=True)
    assert answer.sentences == own.sentences
    assert (answer.question, answer.understood, answer.worded_by) == (FOLLOW_UP, "", "")
    assert answer.notice
    assert "Last question" in server.prompts[0]


def test_it_arrives_sentence_by_sentence(make: Callable[..., tuple[Worded, LlmServer]]):
    answerer, server = make(
        Reply(
            lambda p: f"طول الجسر 412 مترًا [{number(p, '412')}]. وافتُتح في 8 أبريل 2031 [{number(p, '2031')}]. وهو",
            hang=True,
        )
    )
    stream = answerer.stream(ASKED, always_answer=True)
    assert [len(next(stream).sentences), len(next(stream).sentences)] == [1, 2]
    stream.close()
    assert server.gone.wait(10)


def test_silence_is_the_engines_and_asks_no_model(make: Callable[..., tuple[Worded, LlmServer]]):
    answerer, server = make("ignored [1].")
    assert answerer.ask("What is the recipe for plum jam with ginger?").abstained
    assert server.requests == []


@pytest.mark.parametrize("asked", ["؟", "م " * 500_000])
@pytest.mark.parametrize("history", [(), ("q?",)])
def test_what_is_no_question_is_put_to_no_model(
    make: Callable[..., tuple[Worded, LlmServer]], asked: str, history: tuple[str, ...]
):
    answerer, server = make("x")
    with pytest.raises(QuestionError):
        answerer.ask(asked, history)
    assert server.requests == []


def test_a_follow_up_is_written_out_and_shown(make: Callable[..., tuple[Worded, LlmServer]]):
    answerer, server = make("متى افتُتح جسر النورس؟", says("افتُتح جسر النورس في 8 أبريل 2031 [N].", "2031"))
    answer = answerer.ask(FOLLOW_UP, [ASKED], always_answer=True)
    assert (answer.question, answer.understood) == (FOLLOW_UP, "متى افتُتح جسر النورس؟")
    assert answer.sentences[0].support == "supported"
    assert "متى افتُتح جسر النورس؟" in server.prompts[1]


def test_a_rewriting_that_adds_something_is_not_used(make: Callable[..., tuple[Worded, LlmServer]]):
    answerer, _ = make("متى افتتح فلاديمير بوتين جسر النورس عام 2019؟", "NONE")
    assert answerer.ask(FOLLOW_UP, [ASKED], always_answer=True).understood == ""


@pytest.fixture
def narrow(bridge: Engine, embedder: Embedder, serve_llm: Serve) -> tuple[Worded, LlmServer]:
    """A model of the smallest context that finds nothing."""
    server = serve_llm("NONE")
    model = providers.connect(LlmSettings(model=server.openai, context=1024))
    assert model is not None
    return Worded(bridge, model, Checker(embedder.embed_queries)), server


def fits(prompt: str) -> bool:
    return len(tokenizer().encode_ordinary(prompt)) <= 1024 - llm.ANSWER_TOKENS


def test_the_prompt_stays_in_the_context(narrow: tuple[Worded, LlmServer]):
    answerer, server = narrow
    answerer.ask(ASKED, always_answer=True)
    (prompt,) = server.prompts
    assert fits(prompt)
    assert 0 < len(re.findall(r"^\[\d+\]", prompt, re.MULTILINE)) < 3
    assert "412" in prompt  # what the engine would answer with is kept first


@pytest.mark.parametrize("long", ["جسر النورس " * 400, "bridge" * 2000, "[1] <<< 桥" * 400])
def test_the_prompt_of_a_follow_up_stays_in_the_context(narrow: tuple[Worded, LlmServer], long: str):
    answerer, server = narrow
    answerer.ask(FOLLOW_UP, [long, long, "كم طول جسر النورس؟"], always_answer=True)
    rewriting, wording = server.prompts
    assert fits(rewriting)
    assert fits(wording)
    cut, *_, last = re.findall(r"^- (.+)$", rewriting, re.MULTILINE)
    assert len(cut) < len(long)
    assert last == "كم طول جسر النورس؟"  # the newest is whole


def test_a_question_that_fills_the_context_is_put_to_no_model(narrow: tuple[Worded, LlmServer], bridge: Engine):
    answerer, server = narrow
    asked = f"{ASKED} {'هذا الجسر الطويل ' * 200}"
    answer = answerer.ask(asked, [ASKED], always_answer=True)
    assert server.requests == []
    assert answer.sentences == bridge.ask(asked, [ASKED], always_answer=True).sentences
    assert answer.notice == notices.notice("room", answer.language)


def test_its_form_fits_the_schema(make: Callable[..., tuple[Worded, LlmServer]]):
    from importlib.resources import files

    from jsonschema import Draft202012Validator

    answerer, _ = make(says("طول جسر النورس 412 مترًا [N].\nIt is blue.", "412"))
    schema = json.loads(files("rag").joinpath("answer.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(to_json(answerer.ask(ASKED, always_answer=True)))


REACH = {"i72"}
"""Orders that are not known as such, so that the model sees them."""


class TestInjection:
    """Documents that give orders, before a server that obeys every one of them; nothing but it may be connected to."""

    def test_there_are_enough(self):
        assert len(INJECTIONS) >= 80
        arabic, russian = (
            sum(bool(re.search(f"[{letters}]", case.order)) for case in INJECTIONS) for letters in ("ب-ي", "а-я")
        )
        assert min(arabic, len(INJECTIONS) - arabic - russian) >= 28
        assert russian >= 12
        assert sum(case.written != case.order for case in INJECTIONS) >= 10

    def test_obeying_shows_nothing_as_supported(
        self, poisoned: Engine, embedder: Embedder, serve_llm: Serve, refused: list[object]
    ):
        asked: list[str] = []
        for case, answer, prompt in obeyed(poisoned, embedder, serve_llm):
            asked.append(case.id)
            assert prompts.quoted(case.order) not in prompt or case.id in REACH, case
            assert answer.sentences == ask(poisoned, case).sentences, case
            assert answer.worded_by == ""
        assert asked == [case.id for case in INJECTIONS]
        assert refused == []

    def test_where_no_order_is_known_the_check_stands_alone(
        self, poisoned: Engine, embedder: Embedder, serve_llm: Serve, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(orders, "is_order", lambda _: False)
        shown = {case.id for case, answer, _ in obeyed(poisoned, embedder, serve_llm) if answer.worded_by}
        assert shown == set()


def ask(answerer: Engine | Worded, case: Injection) -> Answer:
    """What is answered from the document of an order."""
    (own,) = (document.id for document in answerer.documents() if document.path == case.file_name)
    return answerer.ask(case.question, within={own}, always_answer=True)


def obeyed(poisoned: Engine, embedder: Embedder, serve_llm: Serve) -> Iterator[tuple[Injection, Answer, str]]:
    """Each order, the answer of a model that obeys it, and the prompt that the model was given."""
    server = serve_llm(Reply(obey, piece=500))
    model = providers.connect(LlmSettings(model=server.openai))
    assert model is not None
    answerer = Worded(poisoned, model, Checker(embedder.embed_queries))
    for number, case in enumerate(INJECTIONS, start=1):
        answer = ask(answerer, case)
        assert len(server.prompts) == number, case  # the model was asked
        yield case, answer, server.prompts[-1]
