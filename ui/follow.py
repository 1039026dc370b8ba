"""The page picks up what changes among its documents."""

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Protocol

from index.watch import changes

_LOOK_S = 1.0
"""Seconds between two looks whether other work is over, or the places are others."""
_AGAIN_S = 60.0
"""Seconds until the next attempt where files cannot be watched, as there are too many."""

_log = logging.getLogger(__name__)


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
    """Rebuild an index now, and again after each burst of changes among its documents, until told to stop.

    Places that join the index are watched from then on. While one is missing nothing is rebuilt: what lies
    there would be taken for deleted. What is uploaded is not watched; the page rebuilds by itself.

    Args:
        library: What is looked after.
        stop: Ends it within seconds.
    """
    while not stop.wait(_LOOK_S):
        try:
            _follow(library, library.places(), stop)
        except Exception as error:  # of the watching library, or of the system, which may have room again
            _log.warning("Changes among the documents are not followed for a minute: %s", error)
            stop.wait(_AGAIN_S)


def _follow(library: Kept, places: Sequence[Path], stop: Event) -> None:
    """Follow changes in some places until the index has others."""
    found = _identities(places)
    if not places or None in found:
        return
    for _ in changes(places, library.folder, _Elsewhere(library, places, found, stop)):
        while not stop.is_set() and not library.refresh():
            stop.wait(_LOOK_S)


def _identities(places: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Device and inode of each folder, (0, 0) for a file, None for what is missing: a folder made anew is another."""
    return [_identity(path) for path in places]


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if path.is_dir() else (0, 0)


class _Elsewhere:
    """An event that is set when the index is built from other places than are watched, or one of them is another."""

    def __init__(
        self, library: Kept, places: Sequence[Path], found: Sequence[tuple[int, int] | None], stop: Event
    ) -> None:
        self._library, self._places, self._found, self._stop = library, places, found, stop
        self._looked = monotonic()
        self._left = False

    def is_set(self) -> bool:
        if not self._left and monotonic() - self._looked >= _LOOK_S:  # it is asked twenty times a second
            self._looked = monotonic()
            self._left = self._library.places() != self._places or _identities(self._places) != self._found
        return self._left or self._stop.is_set()
