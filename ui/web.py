"""The page's server."""

import json
import os
import secrets
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from ipaddress import IPv4Address

import gradio as gr
from starlette.middleware import Middleware

from index.errors import SettingError
from ui.converse import Service
from ui.frontend import FOLDER, FONTS, Frontend
from ui.headers import middleware
from ui.limit import Allowance
from ui.page import build
from ui.strings import TEXTS
from ui.uploads import LARGEST_FILE

FONT = "IBM Plex Sans Arabic"
GUESSES_AT_ONCE = 10
GUESSES_A_SECOND = 0.2
"""Guesses of the password at once and, beyond that, each second; of everybody together."""


def start(service: Service, host: str, port: int, password: str = "") -> gr.Blocks:
    """Serve the page in the background; ``local_url`` of the result is its address, ``close()`` ends it.

    Args:
        service: What the page stands on.
        host: Address to serve on.
        port: Port to serve on.
        password: What visitors must know, under whatever name; "" for nothing.

    Raises:
        SettingError: The port is taken, or the host is not an address of this machine.
    """
    # Nobody looks at what Gradio would sum up, with pandas, after every event.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(sys.maxsize))
    page = build(service)
    try:
        address = _address(host, port)
        with _unproxied():
            page.launch(
                server_name=address,
                server_port=port,
                prevent_thread_lock=True,
                quiet=True,
                inbrowser=False,
                share=False,
                show_error=False,
                footer_links=[],
                run_history=False,
                enable_monitoring=False,
                ssr_mode=False,
                pwa=False,
                mcp_server=False,
                auth=_check(password) if password else None,
                # Gradio serves no file; the bounds close what it leaves open.
                max_file_size=LARGEST_FILE if service.library and service.library.changeable else 1,
                state_session_capacity=200,
                app_kwargs={"middleware": [*middleware(address), Middleware(Frontend)], "openapi_url": None},
                theme=_theme(),
                css=files("ui").joinpath("style.css").read_text(encoding="utf-8"),
                head=f"<style>{_font_faces()}</style>{_script()}",
            )
    except (OSError, UnicodeError) as error:
        raise _refused(host, port) from error
    return page


def check_address(host: str, port: int) -> None:
    """See whether a page could be served now.

    Raises:
        SettingError: The port is taken, or the host is not an address of this machine.
    """
    try:
        _address(host, port)
    except (OSError, UnicodeError) as error:
        raise _refused(host, port) from error


def _refused(host: str, port: int) -> SettingError:
    return SettingError(
        f"Cannot serve on {host}:{port}: the port is taken, or that is no IPv4 address of this machine. "
        "Choose another with --port or --host."
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a page that is served on ``host``."""
    try:
        return IPv4Address(socket.gethostbyname(host or "0.0.0.0")).is_loopback  # noqa: S104 - what "" would mean
    except (OSError, UnicodeError):
        return False


def _check(password: str) -> Callable[[str, str], bool]:
    """Whether somebody knows the password; whoever guesses has to wait."""
    guesses = Allowance(GUESSES_AT_ONCE, GUESSES_A_SECOND)

    def check(_name: str, given: str) -> bool:
        return guesses.take("") and secrets.compare_digest(given.encode(), password.encode())

    return check


def wait(page: gr.Blocks) -> None:
    """Block until the program is interrupted, then close the page."""
    try:
        threading.Event().wait()
    finally:
        page.close(verbose=False)


def _address(host: str, port: int) -> str:
    """IPv4 address of ``host``; raises ``OSError`` where it has none or the port cannot be had."""
    if not host:
        raise OSError("an empty host would mean every address of this machine")
    address = socket.gethostbyname(host)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        probe.bind((address, port))
    return address


@contextmanager
def _unproxied() -> Iterator[None]:
    """Gradio fetches its own page once when it starts, which a proxy named in the environment must not see."""
    before = os.environ.get("no_proxy")
    os.environ["no_proxy"] = "*"
    try:
        yield
    finally:
        if before is None:
            del os.environ["no_proxy"]
        else:
            os.environ["no_proxy"] = before


def _script() -> str:
    """``page.js``, and what it says in each language for what Gradio's frontend says: by how that begins."""
    said = {
        code: {
            "Connection to the server was lost": strings.lost,
            "This application is currently busy": strings.busy,
            "Close": strings.close,
            "File(s) exceed the maximum": strings.too_large.format(LARGEST_FILE >> 20),
            "": strings.error_unexpected,  # Gradio tells no error of a function, only that there is one
        }
        for code, strings in TEXTS.items()
    }
    own = files("ui").joinpath("page.js").read_text(encoding="utf-8")
    return f"<script>const sanadSaid = {json.dumps(said)};\n{own}</script>"


def _font_faces() -> str:
    return "".join(
        f'@font-face{{font-family:"{FONT}";font-weight:{weight};font-display:swap;src:url(".{FOLDER}{name}")}}'
        for weight, name in zip(("400", "500 900"), FONTS, strict=True)
    )


def _theme() -> gr.themes.Base:
    # Gradio's defaults would bring their own font files.
    fonts = (FONT, "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Geeza Pro", "Tahoma", "sans-serif")
    return gr.themes.Base(
        primary_hue="teal", neutral_hue="stone", font=[gr.themes.Font(name) for name in fonts], font_mono=["monospace"]
    )
