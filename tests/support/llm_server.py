"""A server on the loopback that speaks as OpenAI's and Ollama's do, and says what its script holds."""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    Attributes:
        text: What it says, or what makes that from the request's prompt.
        status: HTTP status; other than 200 nothing is said.
        headers: Further headers.
        hang: Say nothing more after the text until the server is closed.
        cut: Close the connection after the text, without the stream's end.
        raw: Sent in place of a stream.
        piece: Characters in one piece of the stream.
    """

    text: str | Callable[[str], str] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    cut: bool = False
    raw: bytes | None = None
    piece: int = 7


class LlmServer:
    """Gives its replies in order, the last one for ever; keeps what it was asked."""

    running: ClassVar[set["LlmServer"]] = set()
    """Those that serve now."""

    def __init__(self, replies: Sequence[Reply | str]) -> None:
        self.replies = list(replies)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.gone = threading.Event()
        self.closed = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def host_and_port(self) -> tuple[str, int]:
        return "127.0.0.1", self._server.server_address[1]

    @property
    def openai(self) -> str:
        """The setting that names it as a server of OpenAI's kind."""
        return f"openai-like:scripted@{self.address}/v1"

    @property
    def ollama(self) -> str:
        """The setting that names it as Ollama."""
        return f"ollama:scripted@{self.address}"

    @property
    def prompts(self) -> list[str]:
        """The text of each request's messages."""
        return ["\n".join(m["content"] for m in request["messages"]) for request in self.requests]

    @contextmanager
    def serving(self) -> Iterator["LlmServer"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        self.running.add(self)
        try:
            yield self
        finally:
            self.running.discard(self)
            self.closed.set()
            self._server.shutdown()
            self._server.server_close()

    def _next(self, request: dict[str, Any], key: str) -> Reply:
        with self._lock:
            self.requests.append(request)
            self.keys.append(key)
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return Reply(reply) if isinstance(reply, str) else reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:  # noqa: C901  one class, made where the script is at hand
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # in chunks, so that an end can be told from a break

            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = script._next(request, self.headers.get("Authorization", ""))
                try:
                    self._answer(request, reply)
                except (BrokenPipeError, ConnectionResetError):
                    script.gone.set()

            def _answer(self, request: dict[str, Any], reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                ollama = self.path.startswith("/api/")
                kind = "application/x-ndjson" if ollama else "text/event-stream"
                whole = reply.status != 200 or not (ollama or request.get("stream"))
                self.send_header("Content-Type", "application/json" if whole else kind)
                self.send_header("Transfer-Encoding", "chunked")
                self.send_header("Connection", "close")
                self.end_headers()
                self._say(ollama, request, reply)
                if reply.cut:
                    self.connection.shutdown(socket.SHUT_RDWR)
                else:
                    self.wfile.write(b"0\r\n\r\n")
                self.close_connection = True

            def _say(self, ollama: bool, request: dict[str, Any], reply: Reply) -> None:
                if reply.status != 200:
                    self._write(b'{"error": {"message": "scripted refusal"}}')
                    return
                if reply.raw is not None:
                    self._write(reply.raw)
                    return
                prompt = "\n".join(message["content"] for message in request["messages"])
                text = reply.text if isinstance(reply.text, str) else reply.text(prompt)
                if not (ollama or request.get("stream")):
                    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
                    said = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
                    self._write(json.dumps(said).encode())
                    return
                for start in range(0, len(text), reply.piece):
                    self._send(ollama, text[start : start + reply.piece])
                while reply.hang and not script.closed.wait(0.02):
                    if ollama:
                        self._send(ollama, "")  # a blank line is no JSON
                    else:
                        self._write(b": still here\n\n")
                if ollama and not reply.cut:
                    end = {"model": "m", "message": {"role": "assistant", "content": ""}, "done": True}
                    self._write(json.dumps(end).encode() + b"\n")
                elif not reply.cut:
                    self._write(b"data: [DONE]\n\n")

            def _send(self, ollama: bool, piece: str) -> None:
                if ollama:
                    line = (
                        json.dumps({"model": "m", "message": {"role": "assistant", "content": piece}, "done": False})
                        + "\n"
                    )
                else:
                    delta = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
                    chunk = {
                        "id": "1",
                        "object": "chat.completion.chunk",
                        "created": 1,
                        "model": "m",
                        "choices": [delta],
                    }
                    line = f"data: {json.dumps(chunk)}\n\n"
                self._write(line.encode())

            def _write(self, data: bytes) -> None:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                self.wfile.flush()

        return Handler
