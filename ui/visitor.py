"""Who is visiting: a random id that the browser holds and no script can read."""

import hashlib
import re
import secrets
from http.cookies import CookieError, SimpleCookie

import gradio as gr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "sanad-visitor"
_ID = re.compile(r"[\w-]{43}")
_YEAR_S = 365 * 24 * 3600


class Visitors:
    """ASGI middleware that gives a browser its id with the page, once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] != "/" or _held(Headers(scope=scope).get("cookie", "")):
            await self.app(scope, receive, send)
            return

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Lax, not Strict: a visitor who follows a link to the page stays who they are.
                secure = "; Secure" if scope["scheme"] == "https" else ""
                MutableHeaders(scope=message).append(
                    "Set-Cookie",
                    f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_YEAR_S}; HttpOnly; SameSite=Lax{secure}",
                )
            await send(message)

        await self.app(scope, receive, send_with_id)


def owner(request: gr.Request) -> str:
    """Whose conversations a request may see: a digest of the visitor's id, else of the session, which a tab ends."""
    held = _held(request.headers.get("cookie", ""))
    return hashlib.sha256((held or f"session {request.session_hash}").encode()).hexdigest()


def _held(cookies: str) -> str:
    """The visitor's id among the cookies of a request, "" when there is none or it is not one of ours."""
    try:
        morsel = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel and _ID.fullmatch(morsel.value) else ""
