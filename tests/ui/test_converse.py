"""A question's replies, without a page."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Scripted
from llm_server import LlmServer, Reply
from scripted import CROWD, LENGTH, with_evidence

from index.config import LlmSettings
from index.embed import Embedder
from rag.check import Checker
from rag.providers import connect
from rag.worded import Worded
from ui.archive import Archive
from ui.converse import Asked, Service, replies
from ui.turns import Answerer


@pytest.mark.parametrize("question", [LENGTH, CROWD])
def test_nothing_more_is_shown_of_what_was_stopped(engine: Answerer, tmp_path: Path, question: str) -> None:
    archive = Archive(tmp_path / "kept.db")
    try:
        shown = replies(Service(lambda: engine, archive), Asked("me", "", question))
        conversation, (turn,) = next(shown)
        assert turn.pending
        archive.stop("me", conversation)
        assert list(shown) == []
        (kept,) = archive.turns("me", conversation)
        assert kept.stopped
    finally:
        archive.close()


def test_the_last_reply_is_whole_and_kept(engine: Answerer, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "kept.db")
    try:
        *_, (conversation, turns) = replies(Service(lambda: engine, archive), Asked("me", "", LENGTH))
        assert turns[-1].answer is not None
        assert turns[-1].shown is None
        assert archive.turns("me", conversation) == turns
    finally:
        archive.close()


@pytest.mark.parametrize("asked", [1, 2])  # the second question is written out by the model first
@pytest.mark.parametrize("leave", [Archive.stop, Archive.delete])
def test_what_is_stopped_is_not_waited_for_by_a_models_server(
    engine: Scripted,
    embedder: Embedder,
    serve_llm: Callable[..., LlmServer],
    tmp_path: Path,
    asked: int,
    leave: Callable[[Archive, str, str], None],
) -> None:
    engine.script[LENGTH] = with_evidence(engine.script[LENGTH])
    server = serve_llm(*["NONE"] * (asked - 1), Reply(hang=True))
    llm = connect(LlmSettings(model=server.openai, seconds=250))
    assert llm is not None
    worded = Worded(engine, llm, Checker(embedder.embed_queries))  # type: ignore[arg-type]
    archive = Archive(tmp_path / "kept.db")
    try:
        service = Service(lambda: engine, archive, words=lambda: worded)
        conversation = ""
        for _ in range(asked - 1):
            *_, (conversation, _) = replies(service, Asked("me", "", LENGTH))
        shown = replies(service, Asked("me", conversation, LENGTH))
        conversation, _ = next(shown)
        waiting = threading.Thread(target=list, args=(shown,))
        waiting.start()
        deadline = time.monotonic() + 100
        while len(server.requests) < asked and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not server.gone.is_set()
        leave(archive, "me", conversation)
        assert server.gone.wait(60)
        waiting.join(60)
        assert not waiting.is_alive()
    finally:
        archive.close()
