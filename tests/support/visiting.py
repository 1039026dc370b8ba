"""The page over its own protocol, without a browser."""

import io
import json
import socket
import urllib.error
import urllib.request

import gradio as gr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# Loopback must not go through a proxy that the environment names.
open_url = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def fetch(page: gr.Blocks, path: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(page.local_url + path, headers=headers)
    try:
        with open_url(request, timeout=30) as response:
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
        self.forwarded = ""  # the address that a reverse proxy on this machine names

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
        if self.forwarded:
            headers["X-Forwarded-For"] = self.forwarded
        join = urllib.request.Request(self.page.local_url + "gradio_api/queue/join", body, headers)
        open_url(join, timeout=30).close()
        last: list[object] = []
        address = f"{self.page.local_url}gradio_api/queue/data?session_hash={self.session}"
        with open_url(urllib.request.Request(address, headers=headers), timeout=60) as stream:
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
