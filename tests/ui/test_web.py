"""The page's server: what it answers over HTTP, and what it keeps to itself."""

import io
import json
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Protocol

import gradio as gr
import pytest
from scripted import CROWD, LENGTH, PAINTER

from index.errors import SettingError
from index.types import Document, Dropped
from rag.types import Answer
from ui import page as page_
from ui import web
from ui.archive import Archive
from ui.converse import Service
from ui.headers import POLICY, middleware
from ui.limit import Allowance
from ui.strings import ARABIC, ENGLISH
from ui.visitor import COOKIE

SECRET = "a secret of the inside"  # what the scripted engine raises on "broken"


class Scripted(Protocol):
    asked: list[tuple[str, tuple[str, ...]]]
    within: AbstractSet[str] | None

    def ask(
        self, question: str, /, history: Sequence[str] = (), *, within: AbstractSet[str] | None = None
    ) -> Answer: ...

    def documents(self) -> tuple[Document, ...]: ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]: ...


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def service(engine: Scripted, tmp_path: Path) -> Iterator[Service]:
    archive = Archive(tmp_path / "conversations.db")
    yield Service(lambda: engine, archive, lambda _: [LENGTH, "broken"])
    archive.close()


# The served page


@pytest.fixture(scope="module")
def running(script: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[gr.Blocks]:
    """A page that most tests share, each as visitors of their own."""
    archive = Archive(tmp_path_factory.mktemp("kept") / "conversations.db")
    page = web.start(Service(lambda: script, archive, lambda _: [LENGTH, "broken"]), "127.0.0.1", free_port())
    yield page
    page.close(verbose=False)
    archive.close()


@pytest.fixture
def served(running: gr.Blocks, script: Scripted) -> gr.Blocks:
    """The page, which was asked nothing yet."""
    script.asked.clear()
    script.within = None
    return running


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
    """A browser over the page's own protocol; with ``tab`` another tab of one that came before."""

    def __init__(self, page: gr.Blocks, session: str, tab: "Visitor | None" = None) -> None:
        self.page = page
        self.session = session
        self.functions = {function.name: function for function in page.fns.values() if function.name}
        self.cookie = tab.cookie if tab else fetch(page)[1].get("set-cookie", "").split(";")[0]
        self.conversation = ""
        self.languages = ""

    def call(self, name: str, *given: object, event: object = None) -> list[object]:
        """Run an event of the page by its function's name, with the values the browser sends."""
        body = json.dumps(
            {
                "fn_index": self.functions[name]._id,
                "data": given,
                "session_hash": self.session,
                "trigger_id": None,
                "event_data": event,
            }
        ).encode()
        headers = {"Content-Type": "application/json", "Cookie": self.cookie, "Accept-Language": self.languages}
        join = urllib.request.Request(self.page.local_url + "gradio_api/queue/join", body, headers)
        _open(join, timeout=30).close()
        last: list[object] = []
        address = f"{self.page.local_url}gradio_api/queue/data?session_hash={self.session}"
        with _open(urllib.request.Request(address, headers=headers), timeout=60) as stream:
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                if not line.startswith("data:"):
                    continue
                message = json.loads(line.removeprefix("data:"))
                if message["msg"] == "process_completed":
                    assert message["success"], message
                    last = message["output"]["data"]
                    break
        return last

    def ask(self, question: str, code: str = "ar", **scope: object) -> str:
        """Ask in the open conversation; the transcript."""
        chosen = [scope.get(name) for name in ("documents", "languages", "since", "until")]
        past, transcript, _, _, self.conversation, *_ = self.call(
            "_act", question, self.conversation, "", code, "", True, *chosen
        )
        return f"{past}{transcript}"

    def act(self, act: str, **event: str) -> list[object]:
        """Press a button in the list of conversations."""
        return self.call("_choose", self.conversation, "en", "", event={"act": act, **event})


def test_the_page_answers_and_is_closed(service: Service) -> None:
    page = web.start(service, "127.0.0.1", free_port())
    try:
        status, _, body = fetch(page)
        assert status == 200
        assert page_.TITLE in body
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


def test_a_taken_port_is_one_clear_error(service: Service) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError) as caught:
            web.start(service, "127.0.0.1", port)
    assert f"127.0.0.1:{port}" in str(caught.value)
    assert "--port" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("host", ["192.0.2.1", "::1", "no.such.host.invalid", "x" * 70, ""])
def test_a_host_that_cannot_be_served_on_is_one_clear_error(
    service: Service, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    with pytest.raises(SettingError) as caught:  # 192.0.2.1 is an address for documentation, nobody's
        web.start(service, host, port)
    assert f"{host}:{port}" in str(caught.value)
    assert "--host" in str(caught.value)
    assert capsys.readouterr() == ("", "")


def test_every_loopback_address_refuses_foreign_names() -> None:
    for address in ("127.0.0.1", "127.0.0.2"):
        *_, names = middleware(address)
        assert names.kwargs["allowed_hosts"] == ["127.0.0.1", "localhost", address]
    assert len(middleware("192.0.2.1")) == 2  # the names of a machine on a network are not known here


def test_a_proxy_of_the_environment_sees_nothing(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))  # it does not listen, so whoever asks it fails
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "intranet.example")
        page = web.start(service, "127.0.0.1", free_port())
        page.close(verbose=False)
    assert os.environ["no_proxy"] == "intranet.example"


def test_the_engine_hears_the_questions_of_its_own_conversation(served: gr.Blocks, script: Scripted) -> None:
    first, second = Visitor(served, "first-visitor"), Visitor(served, "second-visitor")
    first.ask(LENGTH)
    transcript = second.ask(CROWD, "en")
    assert "9,000 people" in transcript
    assert LENGTH not in transcript
    transcript = first.ask("broken")
    transcript = first.ask(PAINTER)
    assert LENGTH in transcript
    assert "9,000" not in transcript
    assert script.asked == [(LENGTH, ()), (CROWD, ()), ("broken", (LENGTH,)), (PAINTER, (LENGTH,))]


def test_two_visitors_do_not_see_each_others_conversations(served: gr.Blocks) -> None:
    first, second = Visitor(served, "first-visitor"), Visitor(served, "second-visitor")
    assert first.cookie != second.cookie
    first.ask(LENGTH)
    for act in ("open", "rename", "save-json", "delete"):
        shown = json.dumps(second.act(act, id=first.conversation, text="stolen"), ensure_ascii=False)
        assert "412" not in shown
    second.conversation = first.conversation
    assert LENGTH not in second.ask(CROWD, "en")
    shown = first.act("open", id=first.conversation)
    assert "412" in str(shown[1])
    assert LENGTH in str(shown[3])
    assert "stolen" not in str(shown[3])


def test_a_visitor_without_a_cookie_has_what_the_tab_holds(served: gr.Blocks) -> None:
    first, second = Visitor(served, "first-visitor"), Visitor(served, "second-visitor")
    first.cookie = second.cookie = f"{COOKIE}=short"
    first.ask(LENGTH)
    assert "412" in str(first.act("open", id=first.conversation)[1])
    assert "412" not in str(second.act("open", id=first.conversation)[1])


def test_the_id_comes_with_the_page_once_and_no_script_reads_it(served: gr.Blocks) -> None:
    _, headers, _ = fetch(served)
    assert headers["set-cookie"].startswith(f"{COOKIE}=")
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=Lax" in headers["set-cookie"]
    held = headers["set-cookie"].split(";")[0]
    assert "set-cookie" not in fetch(served, Cookie=held)[1]
    assert "set-cookie" not in fetch(served, "config")[1]
    assert "set-cookie" in fetch(served, Cookie=f"{COOKIE}=chosen-by-another-page")[1]


def test_another_tab_opens_the_conversation_that_its_address_names(served: gr.Blocks) -> None:
    visitor = Visitor(served, "one-tab")
    visitor.ask(LENGTH)
    shown = json.dumps(Visitor(served, "another", visitor).call("opened", visitor.conversation), ensure_ascii=False)
    assert "412" in shown
    assert "412" not in json.dumps(Visitor(served, "stranger").call("opened", visitor.conversation), ensure_ascii=False)


def test_where_nothing_is_written_nothing_is_asked(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    visitor.call("_act", " \n", visitor.conversation, "", "ar", "", True, [], [], "", "")
    assert script.asked == [(LENGTH, ())]


def test_a_new_conversation_leaves_the_old_one_in_the_list(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    _, transcript, panel, listed, current, *_ = visitor.call("_begin", visitor.conversation, "ar", "")
    assert LENGTH not in str(panel)
    assert ARABIC.welcome in str(transcript)
    assert LENGTH in str(listed)
    assert current == ""
    visitor.conversation = ""
    visitor.ask(CROWD)
    assert script.asked[-1] == (CROWD, ())


def test_an_edited_question_stands_in_place_of_the_last(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    visitor.ask(PAINTER)
    place = (visitor.conversation, "", "ar", "", True, [], [], "", "")
    edit = visitor.call("_act", "", *place, event={"act": "edit"})
    assert edit[5:7] == ["2", PAINTER]
    transcript = str(visitor.call("_act", CROWD, visitor.conversation, "2", *place[2:])[:2])
    assert LENGTH in transcript
    assert PAINTER not in transcript
    retried = str(visitor.call("_act", "", *place, event={"act": "retry"})[:2])
    assert retried.count("9,000 people") == transcript.count("9,000 people") > 0
    assert script.asked[-1] == (CROWD, (LENGTH,))


def test_only_the_chosen_documents_are_asked(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.call("opened", "")  # which brings the choices
    visitor.ask(LENGTH)
    assert script.within is None
    visitor.ask(LENGTH, languages=["en"])
    assert script.within == {"t"}
    assert ARABIC.filter_none in visitor.ask(LENGTH, since="٢٠٥٠-٠١-٠١")
    assert ARABIC.filter_date in visitor.ask(LENGTH, until="yesterday")
    assert len(script.asked) == 2


def test_who_asks_too_often_waits(engine: Scripted, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "few.db")
    page = web.start(Service(lambda: engine, archive, allowance=Allowance(2, 1e-9)), "127.0.0.1", free_port())
    try:
        first, second = Visitor(page, "first-visitor"), Visitor(page, "second-visitor")  # of one address
        assert ENGLISH.too_many not in first.ask(CROWD, "en") + second.ask(CROWD, "en")
        assert ENGLISH.too_many in first.ask(CROWD, "en")
        assert len(engine.asked) == 2
    finally:
        page.close(verbose=False)
        archive.close()


def test_a_saved_conversation_holds_its_sources(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(CROWD, "en")
    parcel = json.loads(str(visitor.act("save-md", id=visitor.conversation)[-1]))
    assert parcel["name"].endswith(".md")
    assert "9,000 people" in parcel["text"]
    assert visitor.act("save-exe", id=visitor.conversation)[-1] == ""


def test_an_unknown_error_does_not_leave_the_server(served: gr.Blocks) -> None:
    answer = Visitor(served, "visitor").ask("broken", "en")
    assert ENGLISH.error_unexpected in answer
    assert SECRET not in answer


def test_the_interface_opens_in_the_visitors_language(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    shown = json.dumps(visitor.call("texts", "en", visitor.conversation), ensure_ascii=False)
    assert ENGLISH.tagline in shown
    assert ENGLISH.confidence in shown
    assert LENGTH in shown  # the conversation stays
    assert ARABIC.confidence not in shown


def test_digits_and_months_are_those_of_the_visitors_region(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.languages = "ar-LB,ar;q=0.9,en;q=0.8"
    shown = visitor.call("opened", "")
    assert shown[1] == "ar-LB"
    _, transcript, panel, *_ = visitor.call("_act", LENGTH, "", "", str(shown[1]), "", True, [], [], "", "")
    assert "[١]" in str(transcript)
    assert "٨ نيسان ٢٠٣١" in str(panel)
    assert visitor.call("texts", "en", "")[1] == "en"
    assert "[1]" in visitor.ask(LENGTH, "x" * 10_000)


def test_a_password_keeps_everything_closed(service: Service) -> None:
    page = web.start(service, "127.0.0.1", free_port(), "open sesame")
    try:
        visitor = Visitor(page, "visitor")
        _, _, body = fetch(page)
        assert LENGTH not in body
        with pytest.raises(urllib.error.HTTPError) as refused:
            visitor.ask(LENGTH)
        assert refused.value.code == 401
        for password, code in (("wrong", 400), ("open sesame", 200)):
            form = f"username=anybody&password={password.replace(' ', '+')}".encode()
            try:
                with _open(urllib.request.Request(f"{page.local_url}login", form), timeout=30) as answer:
                    status, cookies = answer.status, answer.headers.get_all("set-cookie")
            except urllib.error.HTTPError as error:
                status = error.code
            assert status == code
        visitor.cookie = "; ".join([visitor.cookie, *(cookie.split(";")[0] for cookie in cookies)])
        assert "412" in visitor.ask(LENGTH)
    finally:
        page.close(verbose=False)


def test_guesses_of_the_password_run_out() -> None:
    check = web._check("open sesame")
    assert check("", "open sesame")
    assert not any(check("", str(guess)) for guess in range(web.GUESSES_AT_ONCE))
    assert not check("", "open sesame")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False), ("", False), ("192.0.2.1", False)],
)
def test_what_only_this_machine_reaches(host: str, loopback: bool) -> None:
    assert web.is_loopback(host) is loopback
