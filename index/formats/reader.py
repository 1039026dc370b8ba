"""Files read and parsed in a child process with limits on memory and time."""

import json
import math
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from index.errors import DocumentError
from index.formats.parts import Exhausted, Failed, Member, Part
from index.formats.text import FORMATS
from index.rows import read_document
from index.types import Document

READERS = {
    **dict.fromkeys(FORMATS, "text"),
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
    ".csv": "tables",
    ".tsv": "tables",
    ".jsonl": "tables",
    ".ndjson": "tables",
    ".eml": "mail",
    ".zip": "archive",
}
"""The module that reads files of each ending."""

SECONDS = 60.0
"""Longest time without a word from the child, for a file without a byte."""
BYTES_A_SECOND = 100_000
"""Bytes of a file for which it has a second more."""

_PACKAGES = str(Path(__file__).parents[2])
_BROKE = "the program that reads this format broke down on it; open it and save it again"


class Reader:
    """Reads files in a child process that is started at the first file and again after one that broke it.

    Use it as a context manager: leaving it ends the child. Not to be shared between threads.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(
        self, path: Path, ending: str, scratch: Path, wanted: Callable[[Part], tuple[str, str] | None]
    ) -> Iterator[Document | Member | Failed]:
        """Read one file, to its end: what is left unread breaks the next.

        Args:
            path: The file.
            ending: Key of ``READERS``.
            scratch: Empty folder for files that are packed in this one, of which an archive or message may have some;
                they are to be deleted by the caller.
            wanted: Id and shown path of the document that a part becomes; None when nothing is to become of it.

        Raises:
            DocumentError: The file cannot be read, or not within the limits.
            OSError: The machine has no room or handles left.
        """
        if self._child and self._child.poll() is not None:
            self._stop()  # it died while it waited, and not of this file
        child = self._child = self._child or _start()
        seconds = self._seconds + path.stat().st_size // BYTES_A_SECOND
        try:
            longest = math.ceil(2 * seconds)  # it ends itself then, should this process have died
            request = {"reader": READERS[ending], "path": str(path), "scratch": str(scratch)}
            _send(child, {**request, "seconds": longest})
            while (found := _next(child, seconds)) is not None:
                if isinstance(found, Failed) and not found.name:
                    raise DocumentError(found.reason)
                if isinstance(found, Part):
                    parsed = _parsed(child, found, wanted(found), seconds)
                    if parsed:
                        yield parsed
                else:
                    yield found
        except BaseException:
            self._stop()  # it may be in the middle of anything, and hold the memory of what failed
            raise

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()


def _start() -> "subprocess.Popen[str]":
    # Only this project's own folder is added to the path: -P keeps out the folder one happens to be in.
    path = os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "index.formats.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        # OpenBLAS, which numpy brings, takes 40 MB of address space for each thread.
        env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
    )


def _parsed(
    child: "subprocess.Popen[str]", part: Part, order: tuple[str, str] | None, seconds: float
) -> Document | Failed | None:
    """What the child makes of the part that it told of last."""
    if not order:
        _send(child, None)
        return None
    _send(child, {"digest": order[0], "shown": order[1]})
    match _next(child, seconds):
        case Document() as document:
            return replace(document, text=part.text)
        case Failed(reason=reason):
            return Failed(part.name, reason)
    raise DocumentError(_BROKE)


def _send(child: "subprocess.Popen[str]", request: dict[str, str | int] | None) -> None:
    try:
        assert child.stdin is not None  # noqa: S101 - it was opened with a pipe
        child.stdin.write(json.dumps(request) + "\n")
        child.stdin.flush()
    except OSError as error:
        raise DocumentError(f"the process that reads this format cannot be reached: {error.strerror}") from error


def _next(child: "subprocess.Popen[str]", seconds: float) -> Part | Document | Member | Failed | None:
    """What the child says next, None when the file is read.

    Raises:
        DocumentError: It says nothing for so many seconds, or reading broke.
        OSError: It says that the machine has no room or handles left.
    """
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        line = child.stdout.readline() if child.stdout else ""
    finally:
        timer.cancel()
    if late.is_set():
        raise DocumentError(f"reading it takes longer than {seconds:g} seconds; split it, or save it as text")
    if not line.endswith("\n"):
        raise DocumentError(_BROKE)
    said: dict[str, Any] | None = json.loads(line)
    if said is None:
        return None
    ((kind, fields),) = said.items()
    if kind == Exhausted.__name__:
        raise OSError(fields["errno"], os.strerror(fields["errno"]))
    match kind:
        case "Part":
            return Part(**{**fields, "pages": tuple(fields["pages"])})
        case "Document":
            return read_document(fields)
        case "Member":
            return Member(**fields)
        case "Broken":
            raise DocumentError(fields["reason"])
    return Failed(**fields)
