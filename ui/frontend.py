"""The files of Gradio's frontend and of the font, out of memory; those that the page opens with are asked for at once.

Gradio itself reads and compresses a file anew for every request, and lets no browser keep it; and most of its modules
and style sheets a browser finds out about only once it has others, and theirs.
"""

import gzip
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import gradio as gr
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = "/assets/"
"""Where the files are, for a browser."""
FONTS = ("IBMPlexSansArabic-Regular.ttf", "IBMPlexSansArabic-SemiBold.ttf")
"""The Arabic font (SIL Open Font License)."""
KINDS = ("accordion", "button", "column", "dropdown", "form", "html", "radio", "row", "tabitem", "tabs", "textbox")
"""Gradio's names of the components that the page opens with."""
# Not what the machine's own table says, which differs for JavaScript.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf"}
_FRONTEND = Path(gr.__file__).parent / "templates" / "frontend"
# What the bundler Vite writes: a list of files, and where a module is loaded the places in it of all it needs.
_LIST = re.compile(r"m\.f=(\[[^]]*\])")
_NEEDED = r"__vite__mapDeps\(\[([\d,]+)\]\)"


class Frontend:
    """ASGI middleware before Gradio's app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._paths = {path.name: path for path in (_FRONTEND / "assets").iterdir() if path.suffix in _TYPES}
        fonts = Path(str(files("fontpkg_ibm_plex_sans_arabic"))) / "files"
        self._paths |= {name: fonts / name for name in FONTS}
        self._links = "".join(map(_link, opening())).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        path = scope["path"] if scope["type"] == "http" and scope["method"] == "GET" else ""
        file = self._paths.get(path.removeprefix(FOLDER)) if path.startswith(FOLDER) else None
        if file:
            packed = "gzip" in Headers(scope=scope).get("accept-encoding", "")
            await _response(file, packed)(scope, receive, send)
        elif path == "/":
            await self._app(scope, receive, _Linked(send, self._links))
        else:
            await self._app(scope, receive, send)


class _Linked:
    """Sends a page with links at the beginning of its head."""

    def __init__(self, send: Send, links: bytes) -> None:
        self._send, self._links = send, links
        self._start: Message = {}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message  # its length is known with the body
            return
        if self._start:
            head, found, rest = message.get("body", b"").partition(b"<head>")
            if found:
                message = {**message, "body": head + found + self._links + rest}
                headers = MutableHeaders(scope=self._start)
                headers["content-length"] = str(int(headers["content-length"]) + len(self._links))
            await self._send(self._start)
            self._start = {}
        await self._send(message)


def _link(name: str) -> str:
    """What has a browser fetch a file before it finds out that it needs it."""
    relation = 'rel="preload" as="style"' if name.endswith(".css") else 'rel="modulepreload"'
    return f'<link {relation} href=".{FOLDER}{name}" crossorigin>'


@cache
def _response(file: Path, packed: bool) -> Response:
    # A file that changes changes its name.
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    body = file.read_bytes()
    if packed:
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body)
    return Response(body, headers=headers, media_type=_TYPES[file.suffix])


def opening() -> tuple[str, ...]:
    """Names of the files that the page opens with; none where Gradio is bundled in another way than is known here."""
    entry = re.search(r"assets/(index-[\w-]+\.js)", (_FRONTEND / "index.html").read_text("utf-8"))
    try:
        first = _loaded(entry[1], _NEEDED) if entry else []
        app, core = [next(filter(re.compile(begins).match, first)) for begins in (r"Index-.*\.js", r"core-.*\.js")]
        blocks = _loaded(app, rf"import\(.\./Blocks-[^[]*{_NEEDED}")
        parts = _loaded(core, rf"\b(?:{'|'.join(KINDS)}):{{[^}}]*component:[^}}]*?{_NEEDED}")
    except (OSError, StopIteration, TypeError, ValueError, IndexError):
        return ()
    return tuple(dict.fromkeys((*first, *blocks, *parts)))


def _loaded(module: str, places: str) -> list[str]:
    """Files that a module loads in certain places: a pattern whose group is their numbers in its list."""
    text = (_FRONTEND / "assets" / module).read_text("utf-8")
    listed = _LIST.search(text)
    names = [name.removeprefix("./") for name in json.loads(listed[1])] if listed else []
    return [names[int(number)] for found in re.findall(places, text) for number in found.split(",")]
