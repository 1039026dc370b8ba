"""The child process: reads and parses one file after the other, within limits, and tells in JSON lines what it found.

A damaged or hostile file may take all memory, crash a library or never end. Here that costs one file, not the build.
"""

import contextlib
import errno
import importlib
import json
import logging
import os
import signal
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TextIO

from index.clean import clean
from index.errors import DocumentError
from index.files import EXHAUSTED
from index.formats.parts import Broken, Exhausted, Failed, Member, Part
from index.markup import read
from index.parse import parse
from index.rows import document_row
from index.types import Document

MEMORY_BYTES = 1 << 30
HARMLESS = 1 << 20
"""Characters of a text that can be cleaned anywhere: paragraphs that are never closed take 120 MB of them."""
_TOO_MUCH = f"reading it takes more than {MEMORY_BYTES >> 20} MiB of memory; split it, or save it as text"


def main() -> None:
    """Answer requests on standard input until it ends: ``{"path", "reader", "scratch", "seconds"}``, one a line.

    After each ``Part`` that is told stands ``{"digest", "shown"}``, which asks for the document that it becomes, or
    ``null``, as nothing is to become of it.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    logging.disable()
    _limit()
    for line in iter(sys.stdin.readline, ""):
        try:
            _read(answers, **json.loads(line))
        except Exception as error:
            # The frames it came through hold what took all memory, and to tell of it takes some.
            fault = _fault(error.with_traceback(None))
            _tell(answers, Broken(fault.reason) if isinstance(fault, Failed) else fault)
        _tell(answers, None)
        _alarm(0)


def _read(answers: TextIO, reader: str, path: str, scratch: str, seconds: int) -> None:
    _alarm(seconds)
    for found in importlib.import_module(f"index.formats.{reader}").read(Path(path), Path(scratch)):
        _tell(answers, found)
        if isinstance(found, Part):
            _alarm(0)
            order = json.loads(sys.stdin.readline())
            _alarm(seconds)
            if order:
                _tell(answers, _parsed(found, **order))
        _alarm(seconds)


def _alarm(seconds: int) -> None:
    """Die in so many seconds, unless told otherwise: who asked may have died, and ends what takes too long before."""
    with contextlib.suppress(AttributeError):  # Windows has no alarms
        signal.alarm(seconds)


def _parsed(part: Part, digest: str, shown: str) -> Document | Failed | Exhausted:
    try:
        return _parse(part, digest, shown)
    except MemoryError:
        raise  # this process holds the memory of what failed, and is to be ended
    except Exception as error:
        return _fault(error.with_traceback(None))


def _parse(part: Part, digest: str, shown: str) -> Document:
    document = parse(digest, shown, part)
    if len(part.text) > HARMLESS:
        clean(document, *read(document))  # as a build will: what breaks on it, or never ends, does so here
    return document


def _fault(error: Exception) -> Failed | Exhausted:
    """Whose fault an error is: the file's, or the machine's, by which no document may be lost."""
    if isinstance(error, DocumentError):
        return Failed("", str(error))
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, MemoryError) or number == errno.ENOMEM:  # the limit of this process, not the machine's
        return Failed("", _TOO_MUCH)
    if number in EXHAUSTED:
        return Exhausted(number)
    reason = " ".join(f"{type(error).__name__} {error}".split())[:150]
    return Failed("", f"damaged or not of this format ({reason}); open it and save it again")


def _tell(answers: TextIO, found: Part | Member | Failed | Broken | Exhausted | Document | None) -> None:
    """One line for what was found; a last one, ``null``, when that was all. A part has told a document's text."""
    told: dict[str, Any] | None = None
    if found:
        row = document_row(replace(found, text="")) if isinstance(found, Document) else asdict(found)
        told = {type(found).__name__: row}
    answers.write(json.dumps(told) + "\n")
    answers.flush()


def _limit() -> None:
    """Bound memory and leave no core files, where the system can."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
