"""Documents that were deleted from an index: they stay out of it though their files are still found."""

import json
from pathlib import Path

from index.errors import IndexFileError

_LIST = "deleted.json"
REASON = "deleted from the index; to bring it back upload it again, or take its id out of deleted.json in the index"
"""Why a deleted document is left out."""


def read(index_folder: Path) -> frozenset[str]:
    """Ids of the deleted documents.

    Raises:
        IndexFileError: The list is damaged.
    """
    path = index_folder / _LIST
    try:
        return frozenset(map(str, json.loads(path.read_text("ascii"))))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, TypeError) as error:
        raise IndexFileError(f"The list {path} cannot be read: {error}. Remove it to begin a new one.") from error


def write(index_folder: Path, ids: frozenset[str]) -> None:
    """Keep the ids of the deleted documents.

    Raises:
        IndexFileError: The list cannot be written; it is what it was.
    """
    fresh = index_folder / f"{_LIST}.new"
    try:
        fresh.write_text(json.dumps(sorted(ids)), "ascii")
        fresh.replace(index_folder / _LIST)
    except OSError as error:
        raise IndexFileError(
            f"The list {index_folder / _LIST} cannot be written: {error.strerror or error}. It is unchanged."
        ) from error
