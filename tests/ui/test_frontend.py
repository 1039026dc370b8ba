"""Gradio's files and the font, as the page's server hands them out."""

import asyncio
import gzip
from typing import Any

import pytest

from ui import frontend
from ui.frontend import FONTS, Frontend, opening

PAGE = b"<!doctype html><html><head><title>a page</title></head><body>b</body></html>"


async def app(scope: Any, _receive: Any, send: Any) -> None:
    """What stands behind: an HTML page, whatever is asked for."""
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(PAGE)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = b"" if scope["method"] == "HEAD" else PAGE
    await send({"type": "http.response.body", "body": body})


def fetch(path: str, accept: str = "gzip, br", method: str = "GET") -> tuple[dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def run() -> None:
        scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept-encoding", accept.encode())]}
        await Frontend(app)(scope, None, send)  # type: ignore[arg-type]

    asyncio.run(run())
    start, *bodies = sent
    return {k.decode(): v.decode() for k, v in start["headers"]}, b"".join(body["body"] for body in bodies)


@pytest.mark.parametrize("name", [opening()[0], FONTS[0]])
def test_a_file_is_packed_for_who_can_unpack_it_and_may_be_kept(name: str) -> None:
    headers, packed = fetch(f"/assets/{name}")
    plain_headers, plain = fetch(f"/assets/{name}", accept="")
    assert gzip.decompress(packed) == plain != b""
    assert (headers["content-encoding"], int(headers["content-length"])) == ("gzip", len(packed))
    assert "content-encoding" not in plain_headers
    assert "immutable" in headers["cache-control"]
    assert headers["content-type"].split("/")[0] in {"text", "font"}


@pytest.mark.parametrize("path", ["/assets/nothing.js", "/assets/../index.html", "/assets/", "/assets", "/other"])
def test_what_is_no_file_of_ours_is_left_to_gradio(path: str) -> None:
    assert fetch(path)[1] == PAGE


def test_the_page_names_in_its_head_what_it_opens_with() -> None:
    headers, page = fetch("/")
    assert int(headers["content-length"]) == len(page)
    assert {name.rpartition(".")[2] for name in opening()} == {"css", "js"}
    for name in opening():
        relation = 'rel="preload" as="style"' if name.endswith(".css") else 'rel="modulepreload"'
        assert f'<link {relation} href="./assets/{name}" crossorigin>'.encode() in page
    assert page.endswith(PAGE.partition(b"<head>")[2])
    assert fetch("/", method="HEAD") == ({"content-type": "text/html", "content-length": str(len(PAGE))}, b"")


def test_another_bundle_than_is_known_is_served_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "_NEEDED", "nothing like (it)")
    assert opening() == ()
    assert fetch("/")[1] == PAGE
