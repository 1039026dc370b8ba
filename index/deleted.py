"""Documents that were deleted from an index: they stay out of it though their files are still found."""

from pathlib import Path

from pydantic import TypeAdapter

from index import decisions
from index.decisions import DocumentId

LIST = "deleted.json"
REASON = "deleted from the index; to bring it back upload it again, or take its id out of deleted.json in the index"
"""Why a deleted document is left out."""

_SHAPE = TypeAdapter(list[DocumentId])


def read(index_folder: Path) -> frozenset[str]:
    """Ids of the deleted documents.

    Raises:
        IndexFileError: The list is damaged, or cannot be read.
    """
    return frozenset(decisions.read(index_folder / LIST, _SHAPE) or ())


def write(index_folder: Path, ids: frozenset[str]) -> None:
    """Keep the ids of the deleted documents.

    Raises:
        IndexFileError: The list cannot be written; it is what it was.
    """
    decisions.write(index_folder / LIST, sorted(ids))
