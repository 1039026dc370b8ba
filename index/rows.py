"""Documents and passages as rows: objects that JSON can hold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from index.types import Document, Dropped, Passage, Sentence

_FIELDS = tuple(field.name for field in fields(Document))


def document_row(document: Document) -> dict[str, Any]:
    """A document."""
    row = {name: getattr(document, name) for name in _FIELDS}
    return {**row, "published": document.published.isoformat() if document.published else None}


def document_rows(documents: Iterable[Document], dropped: Iterable[Sequence[Dropped]]) -> Iterator[dict[str, Any]]:
    """Documents and what was dropped of each."""
    for document, spans in zip(documents, dropped, strict=True):
        yield {**document_row(document), "dropped": [(d.start, d.end, d.reason) for d in spans]}


def passage_rows(passages: Iterable[Passage]) -> Iterator[dict[str, Any]]:
    """Passages without their texts."""
    for passage in passages:
        yield {
            "id": passage.id,
            "document_id": passage.document_id,
            "heading": passage.heading,
            "sentences": [(s.start, s.end) for s in passage.sentences],
        }


def read_document(row: dict[str, Any]) -> Document:
    """The document of a row that ``document_row`` or ``document_rows`` gave."""
    told: dict[str, Any] = {name: row[name] for name in _FIELDS}
    told["published"] = date.fromisoformat(row["published"]) if row["published"] else None
    told["copies"], told["pages"] = tuple(row["copies"]), tuple(row["pages"])
    told["restored"] = tuple((start, end) for start, end in row["restored"])
    return Document(**told)


def read_dropped(row: dict[str, Any]) -> tuple[Dropped, ...]:
    """What was dropped of the document of a row that ``document_rows`` gave."""
    return tuple(Dropped(*span) for span in row["dropped"])


def read_passage(row: dict[str, Any]) -> Passage:
    """The passage of a row that ``passage_rows`` gave."""
    sentences = tuple(Sentence(start, end) for start, end in row["sentences"])
    return Passage(row["id"], row["document_id"], row["heading"], sentences)
