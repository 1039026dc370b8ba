"""Documents that were deleted from an index: they stay out of it though their files are still found."""

from pathlib import Path

from index import decisions

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
        return frozenset(map(str, decisions.read(path) or ()))
    except TypeError as error:
        raise decisions.damaged(path, error) from error


def write(index_folder: Path, ids: frozenset[str]) -> None:
    """Keep the ids of the deleted documents.

    Raises:
        IndexFileError: The list cannot be written; it is what it was.
    """
    decisions.write(index_folder / _LIST, sorted(ids))
