"""Files to documents, and what becomes of a file that cannot be read."""

import errno
import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from index.embed import encodable
from index.errors import DocumentError
from index.files import EXHAUSTED, SourceFile, find_files
from index.formats.parts import Failed, Member, Part
from index.formats.reader import READERS, Reader
from index.formats.text import FORMATS
from index.types import Document

_MANY = {".csv", ".tsv", ".jsonl", ".ndjson", ".eml", ".zip"}  # one of these may hold more than one document
_PACKED = {".eml", ".zip"}  # files in these are unpacked
_ENDINGS = ", ".join(READERS)
_CHANGED = "it changed while it was read; build again when it is saved"
_LARGEST_TEXT = 64 << 20
_DEEPEST = 3  # archives in archives; what is packed deeper hides
_MOST_UNPACKED = 20_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the files.

    Attributes:
        documents: The documents read, sorted by path; byte-for-byte copies are one document.
        failures: Shown path and reason of each file that was not read, sorted.
    """

    documents: tuple[Document, ...]
    failures: tuple[tuple[str, str], ...]


def load(
    paths: Sequence[Path],
    progress: Callable[[int, int], None] | None = None,
    before: Sequence[Document] = (),
    index_folder: Path | None = None,
) -> Loaded:
    """Read all files under some paths, passing over those that cannot be read.

    Args:
        paths: Folders and files.
        progress: Called after each file with the number of files done and of all files.
        before: Documents that the same code read earlier: files that did not change are not read again.
        index_folder: Folder of the index, see ``find_files``.

    Raises:
        DocumentError: A path does not exist or is the index's own folder, not one document could be read, or the
            machine has no room or handles left: to go on would leave documents out.
    """
    sources = find_files(paths, index_folder)
    with Reader() as reader:
        loading = _Loading(reader, before)
        for number, source in enumerate(sources, start=1):
            loading.add(source)
            if progress:
                progress(number, len(sources))
    if not loading.documents:
        names = ", ".join(str(path) for path in paths) or "no folder"
        if loading.failures:
            path, reason = loading.failures[0]
            raise DocumentError(f"no documents in {names}; {path}: {reason}")
        raise DocumentError(f"no documents in {names}; understood are files ending in {_ENDINGS}")
    return Loaded(tuple(loading.documents.values()), tuple(loading.failures))


class _Loading:
    """Documents and failures of the files read so far."""

    def __init__(self, reader: Reader, before: Sequence[Document]) -> None:
        self._reader = reader
        self._before = {document.id: replace(document, copies=()) for document in before}
        self._unpacked = 0
        self.documents: dict[str, Document] = {}
        self.failures: list[tuple[str, str]] = []

    def add(self, source: SourceFile) -> None:
        """Read a file and what is packed in it; DocumentError when the machine has no room or handles left."""
        self._unpacked = 0
        try:
            self._add(source, 0)
        except OSError as error:
            raise DocumentError(
                f"{source.shown} cannot be read: {error.strerror}; make room, for temporary files (TMPDIR) too, or end "
                "other programs, and try again"
            ) from error

    def _add(self, source: SourceFile, depth: int) -> None:
        try:
            _check(source)
            digest = file_id(source.path)
            whole = source.ending not in _MANY or digest in self.documents
            if not (whole and self._kept(digest, source.shown)):
                self._read(digest, source, depth)
        except DocumentError as error:
            self.failures.append((source.shown, str(error)))
        except OSError as error:
            if error.errno in EXHAUSTED:
                raise  # through the archives around it, which are not at fault either
            self.failures.append((source.shown, f"cannot be opened: {error.strerror or error}; check its permissions"))

    def _read(self, digest: str, source: SourceFile, depth: int) -> None:
        wanted = partial(self._wanted, digest, source)
        members: list[Member] = []
        with _make_scratch() if source.ending in _PACKED else nullcontext(os.devnull) as folder:
            scratch = Path(folder)
            for found in self._reader.read(source.path, source.ending, scratch, wanted):
                match found:
                    case Failed():
                        self.failures.append((_shown(source, found.name), found.reason))
                    case Member():
                        members.append(found)
                    case Document():
                        self.documents[found.id] = found
            if source.ending in _MANY and file_id(source.path) != digest:
                raise DocumentError(_CHANGED)
            self._unpacked += len(members)
            if members and (depth == _DEEPEST or self._unpacked > _MOST_UNPACKED):
                raise DocumentError("archives in it hold more archives or files than are followed; unpack it yourself")
            for member in members:
                # Only its name is taken from the child: the file lies in the scratch folder or is not read.
                self._add(SourceFile(scratch / Path(member.file).name, _shown(source, member.name)), depth + 1)

    def _wanted(self, digest: str, source: SourceFile, part: Part) -> tuple[str, str] | None:
        """Id and shown path of the document that a part of a file becomes; None where it is kept already."""
        shown = _shown(source, part.name)
        if part.name:
            digest = _identify(repr({**asdict(part), "name": ""}).encode("utf-8", "surrogatepass"))
        elif file_id(source.path) != digest:
            raise DocumentError(_CHANGED)
        return None if self._kept(digest, shown) else (digest, shown)

    def _kept(self, digest: str, shown: str) -> bool:
        """Whether a document is a copy of one that is there or did not change; it is added then."""
        if digest in self.documents:
            original = self.documents[digest]
            self.documents[digest] = replace(original, copies=(*original.copies, shown))
        elif digest in self._before and self._before[digest].path == shown:
            self.documents[digest] = self._before[digest]
        else:
            return False
        return True


def _shown(source: SourceFile, name: str) -> str:
    """The path that readers are shown of a part of a file, or of the file for ""."""
    return f"{source.shown}/{encodable(name)}" if name else source.shown


def _check(source: SourceFile) -> None:
    """Refuse a file by its kind, ending or size.

    Raises:
        DocumentError: It is not to be read.
    """
    path = source.path
    if path.is_dir():
        raise DocumentError("the folder cannot be opened; check its permissions")
    if source.ending not in READERS:
        if not path.suffix:
            raise DocumentError(f"a name without an ending is not understood; understood are {_ENDINGS}")
        raise DocumentError(f"the ending {path.suffix} is not understood; understood are {_ENDINGS}")
    if path.exists() and not path.is_file():
        raise DocumentError("not a regular file; a pipe or device cannot be read")
    size = path.stat().st_size
    if not size:
        raise DocumentError("the file is empty (0 bytes)")
    if source.ending in FORMATS and size > _LARGEST_TEXT:
        raise DocumentError(f"its {size >> 20} MiB of text are more than {_LARGEST_TEXT >> 20}; split it")


def _make_scratch() -> "TemporaryDirectory[str]":
    try:
        return TemporaryDirectory(prefix="sanad-")
    except OSError as error:  # of whatever number: with every such folder full, Python says that there is none
        raise OSError(errno.ENOSPC, error.strerror) from error


def file_id(path: Path) -> str:
    """The id that a document has which is a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _identify(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
