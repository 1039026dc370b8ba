"""Waiting for documents to change."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

_BEGIN_MS = 200  # how long the first round waits


class Stop(Protocol):
    """An event, or what is like one."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...


def changes(paths: Sequence[Path], index_folder: Path, stop: Stop | None = None) -> Iterator[None]:
    """Yield once the watching has begun, then after each burst of changes that came since the last yield.

    Told are changes to files that ``index.files.find_files`` would find.

    Args:
        paths: Folders and files.
        index_folder: Folder of the index, which may lie among the documents; what happens in it is passed over.
        stop: Ends the waiting.
    """
    from watchfiles import watch

    roots = [path.resolve() for path in paths]
    # A program that saves a file may put a new one in its place: only its folder notices.
    folders = {root if root.is_dir() else root.parent for root in roots}
    inside = index_folder.resolve()

    def matters(change: tuple[object, str]) -> bool:
        path = Path(change[1])
        within = next((root for root in roots if path == root or root in path.parents), None)
        if within is None or path == inside or inside in path.parents:
            return False
        return not any(part.startswith(".") for part in path.relative_to(within).parts)

    # The watcher stands when a first round is over, whatever ended it: a while without changes, or any change.
    rounds = watch(
        *folders,
        watch_filter=None,
        rust_timeout=_BEGIN_MS,
        yield_on_timeout=True,
        stop_event=stop,
        ignore_permission_denied=True,
    )
    if next(rounds, None) is None:
        return  # stopped
    yield
    for burst in rounds:
        if any(map(matters, burst)):
            yield
