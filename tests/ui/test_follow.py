"""What changes among the documents is picked up by a running page."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ui import follow as following
from ui.follow import follow

NOTICED = 30.0  # seconds within which even a busy machine tells of a change
QUIET = 2.5  # seconds in which one would have


class Counting:
    """A library that counts how often it is rebuilt."""

    def __init__(self, folder: Path, *places: Path) -> None:
        self.folder = folder
        self.built = threading.Semaphore(0)
        self.busy = 0
        self.given = places

    def places(self) -> tuple[Path, ...]:
        return self.given

    def refresh(self) -> bool:
        if self.busy:
            self.busy -= 1
            return False
        self.built.release()
        return True

    def drain(self) -> None:
        """Forget what was built, once nothing is any more."""
        while self.built.acquire(timeout=QUIET):
            pass


@pytest.fixture
def library(tmp_path: Path) -> Counting:
    (tmp_path / "news").mkdir()
    return Counting(tmp_path / "index", tmp_path / "news")


@pytest.fixture
def started(library: Counting, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Follows a library once it is called; what followed from the beginning is over then."""
    monkeypatch.setattr(following, "_LOOK_S", 0.2)
    stop = threading.Event()
    thread = threading.Thread(target=follow, args=(library, stop))

    def start() -> None:
        thread.start()
        assert library.built.acquire(timeout=NOTICED)
        library.drain()

    yield start
    stop.set()
    if thread.ident:
        thread.join(NOTICED)
        assert not thread.is_alive()


def noticed(library: Counting, within: float = NOTICED) -> bool:
    return library.built.acquire(timeout=within)


def test_an_index_is_rebuilt_at_the_beginning_and_at_a_change(library: Counting, started: Callable[[], None]):
    started()
    (library.given[0] / "a.txt").write_text("x")
    assert noticed(library)


def test_a_change_during_other_work_is_built_after_it(library: Counting, started: Callable[[], None]):
    started()
    library.busy = 2
    (library.given[0] / "a.txt").write_text("x")
    assert noticed(library)
    assert library.busy == 0


def test_a_place_that_joins_is_read_and_watched(library: Counting, started: Callable[[], None], tmp_path: Path):
    started()
    (tmp_path / "more").mkdir()
    library.given = (*library.given, tmp_path / "more")
    assert noticed(library)
    library.drain()
    (tmp_path / "more" / "b.txt").write_text("x")
    assert noticed(library)


def test_a_folder_that_was_away_is_watched_again(library: Counting, started: Callable[[], None]):
    started()
    library.given[0].rmdir()
    library.drain()
    library.given[0].mkdir()
    assert noticed(library)
    library.drain()
    (library.given[0] / "a.txt").write_text("x")
    assert noticed(library)


def test_nothing_is_rebuilt_while_a_place_is_missing(library: Counting, started: Callable[[], None], tmp_path: Path):
    started()
    library.given = (*library.given, tmp_path / "disk")
    library.drain()
    (library.given[0] / "a.txt").write_text("x")
    assert not noticed(library, QUIET)
    (tmp_path / "disk").mkdir()
    assert noticed(library)


def test_following_goes_on_where_files_could_not_be_watched(
    started: Callable[[], None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    changes, failed = following.changes, threading.Event()

    def fail_once(*given: object) -> object:
        if failed.is_set():
            return changes(*given)  # type: ignore[arg-type]
        failed.set()
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(following, "changes", fail_once)
    monkeypatch.setattr(following, "_AGAIN_S", 0.2)
    started()
    assert "inotify watch limit reached" in caplog.text


def test_without_a_place_it_waits(tmp_path: Path):
    library, stop = Counting(tmp_path / "index"), threading.Event()
    thread = threading.Thread(target=follow, args=(library, stop))
    thread.start()
    assert not noticed(library, QUIET)
    stop.set()
    thread.join(NOTICED)
    assert not thread.is_alive()
