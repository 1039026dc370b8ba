"""Spans that cleaning takes for page furniture but a person restored: they stay content at every rebuild."""

from collections.abc import Mapping
from pathlib import Path

from index import decisions
from index.types import Span

_LIST = "restored.json"


def read(index_folder: Path) -> dict[str, tuple[Span, ...]]:
    """The restored spans of documents, by their ids.

    Raises:
        IndexFileError: The list is damaged.
    """
    path = index_folder / _LIST
    try:
        given = decisions.read(path) or {}
        return {str(name): tuple((int(start), int(end)) for start, end in spans) for name, spans in given.items()}
    except (TypeError, ValueError, AttributeError) as error:
        raise decisions.damaged(path, error) from error


def write(index_folder: Path, restored: Mapping[str, tuple[Span, ...]]) -> None:
    """Keep the restored spans of documents.

    Raises:
        IndexFileError: The list cannot be written; it is what it was.
    """
    decisions.write(index_folder / _LIST, {name: spans for name, spans in sorted(restored.items()) if spans})
