"""The page's server: what it answers over HTTP, and what it keeps to itself."""

import json
import os
import socket
import urllib.error
import urllib.request

import gradio as gr
import pytest
from scripted import LENGTH
from visiting import Visitor, fetch, free_port, open_url

from index.errors import SettingError
from ui import page as page_
from ui import web
from ui.converse import Service
from ui.headers import POLICY, middleware


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


def test_no_event_tells_the_components_of_its_progress(served: gr.Blocks) -> None:
    events = [event for event in served.config["dependencies"] if event["outputs"]]
    assert events
    assert [event["show_progress_on"] for event in events] == [[]] * len(events)


def test_a_foreign_host_name_is_refused(served: gr.Blocks) -> None:
    assert fetch(served, Host="evil.example")[0] == 400
    assert fetch(served, Host=f"localhost:{served.server_port}")[0] == 200


def test_behind_a_reverse_proxy_the_page_is_that_of_its_name(served: gr.Blocks) -> None:
    proxied = {"X-Forwarded-Host": "news.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    _, headers, page = fetch(served, **proxied)
    assert '"root":"https://news.example"' in page.replace(" ", "")
    assert "; Secure" in headers["set-cookie"]


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
                with open_url(urllib.request.Request(f"{page.local_url}login", form), timeout=30) as answer:
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
