"""The page's server: conversations as they grow, what it answers over HTTP, and what it keeps to itself."""

import io
import json
import logging
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Protocol

import gradio as gr
import pytest

from index.errors import SettingError
from index.types import Dropped
from rag.types import Answer
from ui import web
from ui.headers import POLICY, middleware
from ui.render import Turn
from ui.strings import ARABIC, ENGLISH

LENGTH = "كم يبلغ طول جسر النورس؟"
CROWD = "How many people crossed the bridge on its first weekend?"
PAINTER = "من رسم لوحة الجسر؟"
SECRET = "a secret of the inside"  # what the scripted engine raises on "broken"


class Scripted(Protocol):
    asked: list[tuple[str, tuple[str, ...]]]

    def ask(self, question: str, /, history: Sequence[str] = ()) -> Answer: ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]: ...


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def talk(engine: Scripted, *questions: str) -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for question in questions:
        *_, turns = web.replies(engine, question, turns)
    return turns


def test_a_reply_appears_sentence_by_sentence(engine: Scripted) -> None:
    (turn,) = talk(engine, LENGTH)
    steps = list(web.replies(engine, LENGTH, ()))
    assert [(len(state), state[0].answer is not None, state[0].shown) for state in steps] == [
        (1, False, None),
        (1, True, 1),
        (1, True, 2),
        (1, True, None),
    ]
    assert steps[-1] == (turn,)
    assert turn.answer == engine.ask(LENGTH)
    assert turn.dropped["b"] == engine.dropped("b") != ()
    assert set(turn.dropped) == {"b", "t"}


def test_the_question_is_shown_before_it_is_answered(engine: Scripted) -> None:
    growing = web.replies(engine, LENGTH, ())
    assert next(growing)[-1].question == LENGTH
    assert engine.asked == []


def test_earlier_questions_are_the_history(engine: Scripted) -> None:
    talk(engine, LENGTH, " ", "broken", PAINTER, CROWD)
    assert engine.asked[-1] == (CROWD, (LENGTH, PAINTER))  # what could not be answered is no context
    assert engine.asked[0] == (LENGTH, ())


def test_turns_are_numbered_on_and_the_oldest_fall_off(engine: Scripted) -> None:
    turns = talk(engine, *[CROWD] * (web.TURNS + 3))
    assert [turn.number for turn in turns] == list(range(4, web.TURNS + 4))


def test_a_known_error_is_one_line_of_the_conversation(engine: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    first, second = talk(engine, CROWD, "   ")
    assert first.answer is not None
    assert second == Turn(2, "   ", error="the question is empty: write one")
    assert not caplog.records


def test_an_unknown_error_is_logged_and_not_shown(engine: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        (turn,) = talk(engine, "broken")
    assert turn == Turn(1, "broken", error="")
    assert SECRET in caplog.text


def test_an_error_while_reading_the_furniture_is_an_error_of_the_turn(engine: Scripted) -> None:
    class Torn:
        def ask(self, question: str, /, history: Sequence[str] = ()) -> Answer:
            return engine.ask(question, history)

        def dropped(self, document_id: str) -> tuple[Dropped, ...]:
            raise KeyError(document_id)

    *_, (turn,) = web.replies(Torn(), LENGTH, ())
    assert (turn.answer, turn.error) == (None, "")


def test_nothing_of_an_earlier_turn_changes(engine: Scripted) -> None:
    before = talk(engine, LENGTH)
    for state in web.replies(engine, CROWD, before):
        assert state[:-1] == before


# The served page


@pytest.fixture
def served(engine: Scripted) -> Iterator[gr.Blocks]:
    page = web.start(engine, "127.0.0.1", free_port(), [LENGTH, "broken"])
    yield page
    page.close(verbose=False)


# Loopback must not go through a proxy that the environment names.
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def fetch(page: gr.Blocks, path: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(page.local_url + path, headers=headers)
    try:
        with _open(request, timeout=30) as response:
            return response.status, {k.lower(): v for k, v in response.headers.items()}, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode()


class Visitor:
    """A session as the browser holds it, over the page's own protocol."""

    def __init__(self, page: gr.Blocks, session: str) -> None:
        self.page = page
        self.session = session
        self.functions = {function._id: function for function in page.fns.values()}

    def call(self, name: str, *given: object) -> list[object]:
        """Run an event of the page by its function's name, with the values the browser sends."""
        number = next(i for i, function in self.functions.items() if function.name == name)
        body = json.dumps(
            {"fn_index": number, "data": given, "session_hash": self.session, "trigger_id": None, "event_data": None}
        ).encode()
        join = urllib.request.Request(
            self.page.local_url + "gradio_api/queue/join", body, {"Content-Type": "application/json"}
        )
        _open(join, timeout=30).close()
        last: list[object] = []
        with _open(f"{self.page.local_url}gradio_api/queue/data?session_hash={self.session}", timeout=60) as stream:
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                if not line.startswith("data:"):
                    continue
                message = json.loads(line.removeprefix("data:"))
                if message["msg"] == "process_completed":
                    assert message["success"], message
                    last = message["output"]["data"]
                    break
        return last


def test_the_page_answers_and_is_closed(engine: Scripted) -> None:
    page = web.start(engine, "127.0.0.1", free_port())
    try:
        status, _, body = fetch(page)
        assert status == 200
        assert web.TITLE in body
        assert "sanadLanguage" in body  # page.js
    finally:
        page.close(verbose=False)
    with pytest.raises(urllib.error.URLError):
        fetch(page)


def test_every_response_carries_the_security_headers(served: gr.Blocks) -> None:
    for path in ("", "config", "no-such-page", "gradio_api/info"):
        _, headers, _ = fetch(served, path)
        assert headers["content-security-policy"] == POLICY, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_the_policy_lets_nothing_out() -> None:
    rules = {name: words for name, *words in (rule.split() for rule in POLICY.split(";"))}
    assert rules["default-src"] == ["'self'"]
    assert rules["connect-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert not [word for words in rules.values() for word in words if "*" in word or "//" in word]


@pytest.mark.parametrize("path", ["docs", "redoc", "openapi.json"])
def test_the_docs_routes_are_hidden(served: gr.Blocks, path: str) -> None:
    assert fetch(served, path)[0] == 404


def test_the_page_is_no_public_api_and_serves_no_files(served: gr.Blocks) -> None:
    status, _, body = fetch(served, "gradio_api/info")
    assert status == 200
    assert json.loads(body) == {"named_endpoints": {}, "unnamed_endpoints": {}}
    for path in (web.__file__, "/etc/passwd", "pyproject.toml"):
        assert fetch(served, f"gradio_api/file={path}")[0] in {403, 404}


def test_a_foreign_host_name_is_refused(served: gr.Blocks) -> None:
    assert fetch(served, Host="evil.example")[0] == 400
    assert fetch(served, Host=f"localhost:{served.server_port}")[0] == 200


def test_a_taken_port_is_one_clear_error(engine: Scripted) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError) as caught:
            web.start(engine, "127.0.0.1", port)
    assert f"127.0.0.1:{port}" in str(caught.value)
    assert "--port" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("host", ["192.0.2.1", "::1", "no.such.host.invalid", "x" * 70, ""])
def test_a_host_that_cannot_be_served_on_is_one_clear_error(
    engine: Scripted, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    with pytest.raises(SettingError) as caught:  # 192.0.2.1 is an address for documentation, nobody's
        web.start(engine, host, port)
    assert f"{host}:{port}" in str(caught.value)
    assert "--host" in str(caught.value)
    assert capsys.readouterr() == ("", "")


def test_every_loopback_address_refuses_foreign_names() -> None:
    for address in ("127.0.0.1", "127.0.0.2"):
        (_, names) = middleware(address)
        assert names.kwargs["allowed_hosts"] == ["127.0.0.1", "localhost", address]
    assert len(middleware("192.0.2.1")) == 1  # the names of a machine on a network are not known here


def test_a_proxy_of_the_environment_sees_nothing(engine: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))  # it does not listen, so whoever asks it fails
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "intranet.example")
        page = web.start(engine, "127.0.0.1", free_port())
        page.close(verbose=False)
    assert os.environ["no_proxy"] == "intranet.example"


def test_two_visitors_do_not_share_a_conversation(served: gr.Blocks, engine: Scripted) -> None:
    first, second = Visitor(served, "first-visitor"), Visitor(served, "second-visitor")
    first.call("ask", LENGTH, None, "ar")
    transcript = second.call("ask", CROWD, None, "en")[0]
    assert "9,000 people" in str(transcript)
    assert LENGTH not in str(transcript)
    assert "412" not in str(transcript)
    transcript = first.call("ask", PAINTER, None, "ar")[0]
    assert LENGTH in str(transcript)
    assert "9,000" not in str(transcript)
    assert engine.asked == [(LENGTH, ()), (CROWD, ()), (PAINTER, (LENGTH,))]


def test_a_new_conversation_forgets_the_old_one(served: gr.Blocks, engine: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.call("ask", LENGTH, None, "ar")
    transcript, panel, *_ = visitor.call("clear", "ar")
    assert LENGTH not in f"{transcript}{panel}"
    assert ARABIC.welcome in str(transcript)
    visitor.call("ask", CROWD, None, "ar")
    assert engine.asked[-1] == (CROWD, ())


def test_an_unknown_error_does_not_leave_the_server(served: gr.Blocks) -> None:
    answer = json.dumps(Visitor(served, "visitor").call("ask", "broken", None, "en"))
    assert ENGLISH.error_unexpected in answer
    assert SECRET not in answer


def test_the_interface_opens_in_the_visitors_language(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.call("ask", LENGTH, None, "ar")
    shown = json.dumps(visitor.call("texts", "en", None), ensure_ascii=False)
    assert ENGLISH.tagline in shown
    assert ENGLISH.confidence in shown
    assert LENGTH in shown  # the conversation stays
    assert ARABIC.confidence not in shown
