"""The served page stands on an index that keeps up with its documents."""

import socket
import time
from pathlib import Path

import pytest

from index import build
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from ui import serve

MILL = "The old mill of Tal Amar grinds wheat for four villages."
BRIDGE = "The bridge at Wadi Nur was opened on 3 May 1987 by the mayor of the town."
LIMIT_S = 120  # a busy machine takes long to start a process that loads the model


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


def test_a_file_that_is_saved_while_the_page_is_served_joins_its_index(
    tmp_path: Path, embedder: Embedder, port: int, monkeypatch: pytest.MonkeyPatch
):
    news, index = tmp_path / "news", tmp_path / "index"
    news.mkdir()
    (news / "mill.txt").write_text(MILL)
    settings = Settings.from_environment()
    build.build([news], index, settings.index, embedder, lambda *_: None)
    monkeypatch.setattr(Embedder, "for_questions", lambda *_: embedder)
    with serve.serving(index, settings, "127.0.0.1", port) as page:
        for number in range(LIMIT_S):
            # When the watching begins is not told: what is saved again is another change.
            (news / "bridge.txt").write_text(f"{BRIDGE} That is told {number} times.")
            time.sleep(1)
            paths = [document.path for document in Generation.open(index).contents.documents]
            if paths == ["bridge.txt", "mill.txt"]:
                break
        page.close(verbose=False)
    assert paths == ["bridge.txt", "mill.txt"]
