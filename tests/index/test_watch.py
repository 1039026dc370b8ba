"""Changes are noticed where documents are, and nowhere else."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index.watch import changes

NOTICED = 30.0  # seconds within which even a busy machine tells of a change


@pytest.fixture
def watching(tmp_path: Path):
    """Watches ``news`` and the file ``one.txt``; returns whether an act is noticed."""
    (tmp_path / "news" / ".sanad").mkdir(parents=True)
    (tmp_path / "one.txt").write_text("1")
    stop, seen, ready = threading.Event(), threading.Semaphore(0), threading.Semaphore(0)

    def run() -> None:
        ready.release()
        for _ in changes([tmp_path / "news", tmp_path / "one.txt"], tmp_path / "news" / "index", stop):
            seen.release()

    thread = threading.Thread(target=run)
    thread.start()
    ready.acquire()

    def noticed(act: Callable[[], object], within: float = NOTICED) -> bool:
        act()
        return seen.acquire(timeout=within)

    # The watcher needs a moment to begin: touch a file until it is noticed.
    for _ in range(int(NOTICED)):
        if noticed((tmp_path / "news" / "begin.txt").touch, 1.0):
            break
    yield noticed
    stop.set()
    thread.join(NOTICED)
    assert not thread.is_alive()


def test_what_is_noticed(tmp_path: Path, watching: Callable[..., bool]):
    news = tmp_path / "news"
    assert watching(lambda: (news / "a.txt").write_text("x"))
    assert watching(lambda: (news / "a.txt").rename(news / "b.txt"))
    assert watching((news / "b.txt").unlink)
    (tmp_path / "new.txt").write_text("2")  # not watched: it lies beside the file that is
    assert watching(lambda: (tmp_path / "new.txt").replace(tmp_path / "one.txt"))
    for quiet in (news / ".sanad" / "x.txt", news / ".x.txt", news / "index" / "current", tmp_path / "two.txt"):
        quiet.parent.mkdir(exist_ok=True)
        assert not watching(lambda path=quiet: path.write_text("x"), 0.5)
