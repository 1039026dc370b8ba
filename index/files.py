"""Which files are read: those named and those in folders, each with the path that readers are shown."""

import errno
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError

EXHAUSTED = frozenset({errno.EAGAIN, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC})
"""The machine's fault, not a file's: to go on would leave readable documents out."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read.

    Attributes:
        path: Where it is, absolute.
        shown: What readers see: with forward slashes, relative to the folder it was found in.
    """

    path: Path
    shown: str

    @property
    def ending(self) -> str:
        """The ending of its name in small letters, which tells its format; "" without one."""
        return self.path.suffix.lower()


def find_files(paths: Sequence[Path], index_folder: Path | None = None) -> list[SourceFile]:
    """List the files under folders and the files named, whatever their endings.

    Hidden files and folders are passed over, unless named; a folder is walked once, however many links lead
    to it.

    Args:
        paths: Folders and files.
        index_folder: Folder of the index, which may lie among the documents: what is below it is passed over, unless
            named.

    Returns:
        Each file once, sorted by shown path; shown paths differ from each other.

    Raises:
        DocumentError: A path does not exist, or is the index's own folder.
    """
    found: dict[Path, tuple[str, str]] = {}  # file -> path within its root, name of the root
    for root in find_roots(paths, index_folder):
        base, files = (root, _walk(root, index_folder)) if root.is_dir() else (root.parent, [root])
        for file in files:
            found.setdefault(file, (file.relative_to(base).as_posix(), base.name))
    uses = Counter(name for name, _ in found.values())
    taken: set[str] = set()
    sources = []
    for file, (name, root_name) in sorted(found.items()):
        shown = name if uses[name] == 1 else f"{root_name}/{name}"
        # Two roots of one name: only the absolute path still tells them apart.
        shown = file.as_posix() if shown in taken else shown
        taken.add(shown)
        # Bytes of a name that are no UTF-8 cannot be shown, let alone written as JSON.
        sources.append(SourceFile(file, os.fsencode(shown).decode("utf-8", "replace")))
    return sorted(sources, key=lambda source: (source.shown, source.path))


def find_roots(paths: Sequence[Path], index_folder: Path | None = None) -> list[Path]:
    """Make paths of folders and files absolute.

    Raises:
        DocumentError: A path does not exist, or is the index's own folder.
    """
    roots = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay as the user wrote them
    for path, root in zip(paths, roots, strict=True):
        if not _exists(root):
            raise DocumentError(f"{path} does not exist; name a folder or a file that does")
        if index_folder and os.path.realpath(root) == os.path.realpath(index_folder):
            raise DocumentError(f"{path} is the folder of the index itself; keep the index in a folder of its own")
    return roots


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no permission to look; a NUL in the name
        return False


def _walk(root: Path, index_folder: Path | None) -> Iterator[Path]:
    """Files below a folder, and folders that cannot be opened, so that they are reported."""
    unreadable: list[Path] = []
    seen: set[str] = {os.path.realpath(index_folder)} if index_folder else set()

    def note(error: OSError) -> None:
        if error.errno in EXHAUSTED:
            raise DocumentError(f"{error.filename} cannot be opened: {error.strerror}; try again later") from error
        unreadable.append(Path(error.filename))

    for folder, folders, files in os.walk(root, followlinks=True, onerror=note):
        # A link may lead back up, or twice to one place.
        real = os.path.realpath(folder)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))
    yield from unreadable
