"""The real bundled model and a small index that every test package shares."""

import os
import sys

os.environ["HF_HUB_OFFLINE"] = "1"  # before any test imports the hub: nothing here may reach for the network

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))  # tests are no package, so helpers are found by path

from injections import INJECTIONS
from llm_server import LlmServer

from eval import questions
from eval.run import DOCUMENTS, QUESTIONS
from index import build, load
from index.config import Settings
from index.embed import Embedder
from index.formats.reader import Reader as FileReader
from index.store import Generation
from rag.engine import Engine
from rag.reader import Reader
from rag.types import Answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def quiet(*_step: object) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session", autouse=True)
def one_child() -> Iterator[None]:
    """Files are read by one child process for all builds, as to start it takes longer than most of them."""
    with FileReader() as reader, pytest.MonkeyPatch.context() as patch:

        def shared() -> AbstractContextManager[FileReader]:
            own = threading.current_thread() is not threading.main_thread()
            return FileReader() if own else nullcontext(reader)

        patch.setattr(load, "Reader", shared)
        yield


@pytest.fixture
def own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read by a child process that is started for them, as they are outside of tests."""
    monkeypatch.setattr(load, "Reader", FileReader)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The bundled model."""
    return Embedder.load("bundled", Settings.from_environment().cache)


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """Folder of an index of the sample documents."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    build.build([DOCUMENTS], folder, Settings().index, embedder, quiet)
    return folder


@pytest.fixture(scope="session")
def engine(sample_index: Path, embedder: Embedder) -> Engine:
    """Answers over the sample documents."""
    return Engine(Generation.open(sample_index), embedder, reader=Reader.load(embedder, Settings()))


@pytest.fixture(scope="session")
def poisoned(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Engine:
    """Answers over documents that each give an order to a language model."""
    folder = tmp_path_factory.mktemp("poisoned")
    (folder / "documents").mkdir()
    for case in INJECTIONS:
        folder.joinpath("documents", case.file_name).write_text(case.text, "utf-8")
    build.build([folder / "documents"], folder / "index", Settings().index, embedder, quiet)
    return Engine(Generation.open(folder / "index"), embedder)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Refuses connections but those to this machine's scripted servers, and keeps what was asked for."""
    tried: list[object] = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if address[:2] not in {server.host_and_port for server in LlmServer.running}:
            tried.append(address)
            raise ConnectionRefusedError(f"a test connects to {address}")
        connect(self, address)

    def looked_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in ("127.0.0.1", b"127.0.0.1"):
            tried.append(host)
            raise socket.gaierror(f"a test looks up {host!r}")
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return tried


@pytest.fixture(scope="session")
def answers(engine: Engine) -> dict[tuple[str, tuple[str, ...]], Answer]:
    """Answers to every fifth of the project's own questions, by question and history: asked once for many tests."""
    asked = [(q.question, q.history) for q in questions.load(QUESTIONS, DOCUMENTS)[::5]]
    return {(question, history): engine.ask(question, history) for question, history in asked}


def missing(what: str) -> NoReturn:
    reason = f"THE PAGE IS NOT TESTED IN A BROWSER: {what}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A headless Chromium; a module's own, since playwright's event loop runs as long as it lives."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("install playwright (pip install playwright)")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        missing("install Chromium (for example apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture
def serve_llm() -> Iterator[Callable[..., LlmServer]]:
    """Starts servers on the loopback that reply as scripted, and stops them."""
    with ExitStack() as stack:
        yield lambda *replies: stack.enter_context(LlmServer(replies).serving())
