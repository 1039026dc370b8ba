"""Documents and passages as JSON lines."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import Document, Dropped, Passage, Sentence

Spans = NDArray[np.int64]

_FIELDS = tuple(field.name for field in fields(Document))


def document_lines(documents: Sequence[Document], dropped: Sequence[Sequence[Dropped]]) -> str:
    """Documents and what was dropped of each, a line of JSON each."""
    return _lines(
        {
            **{name: getattr(document, name) for name in _FIELDS},
            "published": document.published.isoformat() if document.published else None,
            "dropped": [(d.start, d.end, d.reason) for d in spans],
        }
        for document, spans in zip(documents, dropped, strict=True)
    )


def read_documents(path: Path) -> tuple[tuple[Document, ...], tuple[tuple[Dropped, ...], ...]]:
    """The documents in a file that ``document_lines`` gave, and what was dropped of each."""
    documents, dropped = [], []
    for raw in _rows(path):
        dropped.append(tuple(Dropped(*span) for span in raw.pop("dropped")))
        raw["published"] = date.fromisoformat(raw["published"]) if raw["published"] else None
        raw["copies"], raw["pages"] = tuple(raw["copies"]), tuple(raw["pages"])
        raw["restored"] = tuple((start, end) for start, end in raw.get("restored", ()))  # absent in older indexes
        documents.append(Document(**raw))
    return tuple(documents), tuple(dropped)


def passage_lines(passages: Sequence[Passage], spans: Spans) -> str:
    """Passages and the rows of their sentences' vectors, a line of JSON each."""
    return _lines(
        {
            "id": passage.id,
            "document_id": passage.document_id,
            "heading": passage.heading,
            "sentences": [(s.start, s.end) for s in passage.sentences],
            "rows": span.tolist(),
        }
        for passage, span in zip(passages, spans, strict=True)
    )


def read_passages(path: Path) -> tuple[tuple[Passage, ...], Spans]:
    """The passages in a file that ``passage_lines`` gave, and (passages, 2) int64 rows of their sentences."""
    passages, rows = [], []
    for raw in _rows(path):
        sentences = tuple(Sentence(start, end) for start, end in raw["sentences"])
        passages.append(Passage(raw["id"], raw["document_id"], raw["heading"], sentences))
        rows.append(raw["rows"])
    return tuple(passages), np.array(rows, np.int64)


def _lines(rows: Iterable[dict[str, Any]]) -> str:
    # Lone surrogates cannot stand in UTF-8 but do in decoded text; as \u escapes they survive.
    return "".join(json.dumps(row) + "\n" for row in rows)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text("ascii").splitlines())
