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
    stop, seen = threading.Event(), threading.Semaphore(0)

    def run() -> None:
        for _ in changes([tmp_path / "news", tmp_path / "one.txt"], tmp_path / "news" / "index", stop):
            seen.release()

    thread = threading.Thread(target=run)
    thread.start()

    def noticed(act: Callable[[], object], within: float = NOTICED) -> bool:
        act()
        return seen.acquire(timeout=within)

    assert seen.acquire(timeout=NOTICED)  # it begins
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


def test_what_changed_between_two_looks_is_told_at_the_second(tmp_path: Path):
    stop = threading.Event()
    looks = changes([tmp_path], tmp_path / "index", stop)
    next(looks)
    (tmp_path / "a.txt").write_text("saved while nobody looks")
    limit = threading.Timer(NOTICED, stop.set)
    limit.start()
    assert next(looks, "lost") is None
    limit.cancel()
    stop.set()
    assert list(looks) == []
