"""Waiting for documents to change."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event


def changes(paths: Sequence[Path], index_folder: Path, stop: Event | None = None) -> Iterator[None]:
    """Yield after each burst of changes to files that ``index.files.find_files`` would find.

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

    def matters(_change: object, name: str) -> bool:
        path = Path(name)
        within = next((root for root in roots if path == root or root in path.parents), None)
        if within is None or path == inside or inside in path.parents:
            return False
        return not any(part.startswith(".") for part in path.relative_to(within).parts)

    for _ in watch(*folders, watch_filter=matters, stop_event=stop, raise_interrupt=True):
        yield
