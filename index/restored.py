"""Spans that cleaning takes for page furniture but a person restored: they stay content at every rebuild."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from index import decisions
from index.decisions import DocumentId
from index.types import Span

LIST = "restored.json"

_Offset = Annotated[int, Field(strict=True, ge=0)]
_SHAPE = TypeAdapter(dict[DocumentId, tuple[tuple[_Offset, _Offset], ...]])


def read(index_folder: Path) -> dict[str, tuple[Span, ...]]:
    """The restored spans of documents, by their ids.

    Raises:
        IndexFileError: The list is damaged, or cannot be read.
    """
    return decisions.read(index_folder / LIST, _SHAPE) or {}


def write(index_folder: Path, restored: Mapping[str, tuple[Span, ...]]) -> None:
    """Keep the restored spans of documents.

    Raises:
        IndexFileError: The list cannot be written; it is what it was.
    """
    decisions.write(index_folder / LIST, {name: spans for name, spans in sorted(restored.items()) if spans})
