"""What changes among the documents is picked up by a running page."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ui.follow import follow

NOTICED = 30.0  # seconds within which even a busy machine tells of a change


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


@pytest.fixture
def library(tmp_path: Path) -> Counting:
    (tmp_path / "news").mkdir()
    return Counting(tmp_path / "index", tmp_path / "news", tmp_path / "missing")


@pytest.fixture
def noticed(library: Counting) -> Iterator[Callable[[Callable[[], object]], bool]]:
    """Follow a library; does something again and again until that is noticed: when watching begins is not told."""
    stop = threading.Event()
    thread = threading.Thread(target=follow, args=(library, stop))
    thread.start()

    def until(act: Callable[[], object]) -> bool:
        for _ in range(int(NOTICED / 2)):
            act()
            if library.built.acquire(timeout=2):
                return True
        return False

    yield until
    stop.set()
    thread.join(NOTICED)
    assert not thread.is_alive()


def test_a_change_is_built(library: Counting, noticed: Callable[[Callable[[], object]], bool]):
    assert noticed(lambda: (library.given[0] / "a.txt").write_text("x"))


def test_a_change_during_other_work_is_built_after_it(
    library: Counting, noticed: Callable[[Callable[[], object]], bool]
):
    library.busy = 2
    assert noticed(lambda: (library.given[0] / "a.txt").write_text("x"))
    assert library.busy == 0


def test_a_place_that_joins_is_watched(
    library: Counting, noticed: Callable[[Callable[[], object]], bool], tmp_path: Path
):
    assert noticed(lambda: (tmp_path / "news" / "a.txt").write_text("x"))
    (tmp_path / "more").mkdir()
    library.given = (tmp_path / "news", tmp_path / "more")
    assert noticed(lambda: (tmp_path / "more" / "b.txt").write_text("x"))


def test_without_a_place_it_waits_for_one(tmp_path: Path):
    library, stop = Counting(tmp_path / "index"), threading.Event()
    thread = threading.Thread(target=follow, args=(library, stop))
    thread.start()
    library.given = (tmp_path,)
    for number in range(int(NOTICED / 2)):
        (tmp_path / "a.txt").write_text(str(number))
        if built := library.built.acquire(timeout=2):
            break
    stop.set()
    thread.join(NOTICED)
    assert built
    assert not thread.is_alive()
