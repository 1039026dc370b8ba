"""The child process: reads one file after the other, within limits, and tells in JSON lines what it found.

A damaged or hostile file may take all memory, crash a library or never end. Here that costs one file, not the build.
"""

import contextlib
import errno
import importlib
import json
import logging
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from index.errors import DocumentError
from index.files import EXHAUSTED
from index.formats.parts import Exhausted, Failed, Found, Part
from index.parse import HARMLESS, rehearse

MEMORY_BYTES = 1 << 30
_TOO_MUCH = f"reading it takes more than {MEMORY_BYTES >> 20} MiB of memory; split it, or save it as text"


def main() -> None:
    """Answer requests on standard input until it ends: ``{"path", "reader", "scratch"}``, one a line."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    logging.disable()
    _limit()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            for found in _read(request["reader"], Path(request["path"]), Path(request["scratch"])):
                _tell(answers, found)
        except Exception as error:
            # The frames it came through hold what took all memory, and to tell of it takes some.
            _tell(answers, _fault(error.with_traceback(None)))
        _tell(answers, None)


def _read(reader: str, path: Path, scratch: Path) -> Iterator[Found]:
    for found in importlib.import_module(f"index.formats.{reader}").read(path, scratch):
        if isinstance(found, Part) and len(found.text) > HARMLESS:
            rehearse(found)  # what breaks on it, or never ends, does so here
        yield found


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


def _tell(answers: TextIO, found: Found | Exhausted | None) -> None:
    """One line for what was found; a last one, ``null``, when that was all."""
    answers.write(json.dumps({type(found).__name__: asdict(found)} if found else None) + "\n")
    answers.flush()


def _limit() -> None:
    """Bound memory and leave no core files, where the system can."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
