"""Records as lines of JSON, each read when it is asked for: a large index is opened without reading it all."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexFileError
from index.manifest import REBUILD

_REMEMBERED = 1 << 15
T = TypeVar("T")


class Lines(Sequence[T], Generic[T]):
    """The records in a file of lines; the last few thousand read are remembered."""

    def __init__(self, path: Path, starts: NDArray[np.int64], read: Callable[[dict[str, Any]], T]) -> None:
        """Map a file that ``write_lines`` wrote into memory.

        Args:
            path: The file.
            starts: (records + 1,) int64: where each line begins, and where the last one ends.
            read: Makes a record of the object on a line.
        """
        self._count = len(starts) - 1
        # Not a method of its own: what is remembered would keep the file open after its last reader is gone.
        self._record = lru_cache(_REMEMBERED)(partial(_record, path, np.memmap(path, np.uint8, "r"), starts, read))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        """A record or a run of them.

        Raises:
            IndexFileError: A record is damaged.
        """
        numbers = range(self._count)[at]
        return self._record(numbers) if isinstance(numbers, int) else tuple(map(self._record, numbers))


def _record(
    path: Path, content: NDArray[np.uint8], starts: NDArray[np.int64], read: Callable[[dict[str, Any]], T], number: int
) -> T:
    try:
        return read(json.loads(content[starts[number] : starts[number + 1]].tobytes().decode("utf-8", "surrogatepass")))
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFileError(f"The index file {path} is damaged at record {number}: {error}. {REBUILD}") from error


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> NDArray[np.int64]:
    """Write an object a line; returns where each line begins and where the last ends: (records + 1,) int64."""
    ends = [0]
    with path.open("wb") as file:
        for row in rows:
            # Decoded text may hold lone surrogates, which UTF-8 has no place for unless they are let pass.
            line = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
            ends.append(ends[-1] + file.write(line + b"\n"))
    return np.array(ends, np.int64)
