"""Files to documents: which files are read, and what becomes of one that cannot be."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.clean import clean
from index.decode import decode
from index.errors import DocumentError
from index.frontpage import read_front_page
from index.language import UNKNOWN, detect
from index.markup import blocks, plain
from index.types import Block, Document, Format

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_ENDINGS = ", ".join(FORMATS)
_LANGUAGE_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read.

    Attributes:
        path: Where it is, absolute.
        shown: What readers see: with forward slashes, relative to the folder it was found in.
    """

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the files.

    Attributes:
        documents: The documents read, sorted by path; byte-for-byte copies are one document.
        failures: Shown path and reason of each file that was not read, sorted.
    """

    documents: tuple[Document, ...]
    failures: tuple[tuple[str, str], ...]


def find_files(paths: Sequence[Path]) -> list[SourceFile]:
    """List the files under folders and the files named, whatever their endings.

    Hidden files and folders are passed over, unless named; a folder is walked once, however many links lead
    to it.

    Args:
        paths: Folders and files.

    Returns:
        Each file once, sorted by shown path; shown paths differ from each other.

    Raises:
        DocumentError: A path does not exist.
    """
    found: dict[Path, tuple[str, str]] = {}  # file -> path within its root, name of the root
    for path in paths:
        root = Path(os.path.abspath(path))  # noqa: PTH100 - links in the path stay as the user wrote them
        if not _exists(root):
            raise DocumentError(f"{path} does not exist; name a folder or a file that does")
        base, files = (root, _walk(root)) if root.is_dir() else (root.parent, [root])
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


def load_file(source: SourceFile) -> Document:
    """Read one file.

    Raises:
        DocumentError: The ending is not understood, or the file cannot be opened, is empty or is not text.
    """
    return _document(source, _read(source))


def load(paths: Sequence[Path], progress: Callable[[int, int], None] | None = None) -> Loaded:
    """Read all files under some paths, passing over those that cannot be read.

    Args:
        paths: Folders and files.
        progress: Called after each file with the number of files done and of all files.

    Raises:
        DocumentError: A path does not exist, or not one document could be read.
    """
    sources = find_files(paths)
    documents: dict[str, Document] = {}
    failures: list[tuple[str, str]] = []
    for number, source in enumerate(sources, start=1):
        try:
            data = _read(source)
            key = _identify(data)
            if key in documents:
                original = documents[key]
                documents[key] = replace(original, copies=(*original.copies, source.shown))
            else:
                documents[key] = _document(source, data)
        except DocumentError as error:
            failures.append((source.shown, str(error)))
        if progress:
            progress(number, len(sources))
    if not documents:
        names = ", ".join(str(path) for path in paths) or "no folder"
        reasons = f"; {failures[0][0]}: {failures[0][1]}" if failures else ""
        raise DocumentError(f"no documents in {names}; understood are files ending in {_ENDINGS}{reasons}")
    return Loaded(tuple(documents.values()), tuple(failures))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no permission to look; a NUL in the name
        return False


def _walk(root: Path) -> Iterator[Path]:
    """Files below a folder, and folders that cannot be opened, so that they are reported."""
    unreadable: list[Path] = []
    seen: set[str] = set()

    def note(error: OSError) -> None:
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


def _read(source: SourceFile) -> bytes:
    if source.path.is_dir():
        raise DocumentError("the folder cannot be opened; check its permissions")
    if source.path.suffix.lower() not in FORMATS:
        ending = f"the ending {source.path.suffix}" if source.path.suffix else "a name without an ending"
        raise DocumentError(f"skipped: {ending} is not understood; understood are {_ENDINGS}")
    try:
        if source.path.exists() and not source.path.is_file():
            raise DocumentError("not a regular file; a pipe or device cannot be read")
        data = source.path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be opened: {error.strerror or error}; check its permissions") from error
    if not data:
        raise DocumentError("the file is empty (0 bytes)")
    return data


def _identify(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _document(source: SourceFile, data: bytes) -> Document:
    suffix = source.path.suffix.lower()
    text = decode(data, FORMATS[suffix])
    document = Document(
        id=_identify(data),
        path=source.shown,
        title=source.path.stem,
        text=text,
        language=UNKNOWN,
        published=None,
        format=FORMATS[suffix],
    )
    found = blocks(document)
    if not found:
        raise DocumentError("no text to read in it, only white space or markup")
    front = read_front_page(document, found)
    # Plain text has no mark for its title: the headline that stands above the first article, below the page's names.
    sections = clean(document, found).sections if document.format == "text" else ()
    headline = sections[0].title if sections else ""
    return replace(
        document,
        title=headline or front.title or document.title,
        language=detect(_beginning(document, found)),
        published=front.published,
    )


def _beginning(document: Document, found: Sequence[Block]) -> str:
    """As much of the readable text as the language is told from."""
    parts: list[str] = []
    length = 0
    for block in found:
        parts.append(plain(document.text[block.start : block.end], document.format))
        length += len(parts[-1])
        if length >= _LANGUAGE_CHARACTERS:
            break
    return "\n".join(parts)
