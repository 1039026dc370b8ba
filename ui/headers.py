"""Response headers that keep the page to itself: nothing is fetched from outside and nobody frames it."""

from ipaddress import IPv4Address

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.visitor import Visitors

# Gradio's frontend compiles templates at run time and writes inline scripts and styles, hence the two unsafe-*.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
LOOPBACK = ("127.0.0.1", "localhost")


class SafeHeaders:
    """ASGI middleware that adds the headers to every response; streams pass through unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, send_with_headers)


def middleware(address: str) -> list[Middleware]:
    """The middleware for a page served on an IPv4 address.

    On a loopback address only requests that name one are answered; otherwise any web site could point its own
    name at this machine and read the documents through the visitor's browser (DNS rebinding).
    """
    safe = [Middleware(SafeHeaders), Middleware(Visitors)]
    if IPv4Address(address).is_loopback:
        safe.append(Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, address]))
    return safe
