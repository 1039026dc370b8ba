"""The page picks up what changes among its documents."""

from pathlib import Path
from threading import Event
from time import monotonic
from typing import Protocol

from index.watch import changes

_LOOK_S = 0.5
"""Seconds between two looks whether other work is over, or the index is built from other places."""


class Kept(Protocol):
    """An index that is rebuilt from some places."""

    folder: Path

    def places(self) -> tuple[Path, ...]:
        """Files and folders that it was built from."""
        ...

    def refresh(self) -> bool:
        """Read the documents again; False, and nothing is begun, while other work runs."""
        ...


def follow(library: Kept, stop: Event) -> None:
    """Rebuild after each burst of changes among the documents, until told to stop.

    Places that join the index are watched from then on. What is uploaded is not: the page rebuilds by itself then.

    Args:
        library: What is looked after.
        stop: Ends it within seconds.
    """
    while not stop.is_set():
        places = library.places()
        there = [path for path in places if path.exists()]
        told = changes(there, library.folder, _Elsewhere(library, places, stop)) if there else iter(())
        next(told, None)  # it begins
        for _ in told:
            while not stop.is_set() and not library.refresh():
                stop.wait(_LOOK_S)
        stop.wait(_LOOK_S)


class _Elsewhere:
    """An event that is set when there is nothing left to watch in some places: the index is built from others."""

    def __init__(self, library: Kept, places: tuple[Path, ...], stop: Event) -> None:
        self._library, self._places, self._stop = library, places, stop
        self._looked = monotonic()
        self._left = False

    def is_set(self) -> bool:
        if not self._left and monotonic() - self._looked >= _LOOK_S:  # it is asked twenty times a second
            self._looked = monotonic()
            self._left = self._library.places() != self._places
        return self._left or self._stop.is_set()
