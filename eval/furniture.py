"""How well cleaning parts articles from page furniture, against spans labelled by hand."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.clean import clean
from index.errors import SanadError
from index.markup import read
from index.types import Document

LABELS = Path(__file__).with_name("furniture_labels.json")
Kind = Literal["article", "furniture"]
Span = tuple[int, int]
Label = tuple[int, int, Kind]
_ID_DIGITS = 16


class LabelError(SanadError):
    """A file of furniture labels cannot be read, or does not fit its document."""


@dataclass(frozen=True, slots=True)
class DocumentFurniture:
    """What cleaning did to one labelled document.

    Attributes:
        path: The document's path.
        articles: Number of labelled article spans.
        furniture: Number of labelled furniture spans.
        lost: Article spans of which a character was dropped.
        kept: Furniture spans of which a character was kept.
    """

    path: str
    articles: int
    furniture: int
    lost: tuple[Span, ...]
    kept: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FurnitureReport:
    """Lost article spans and kept furniture spans, as counts over totals; lower is better for both.

    Attributes:
        documents: The labelled documents, in the order given.
        unlabelled: Paths of documents without labels: not judged, counted in no total.
    """

    documents: tuple[DocumentFurniture, ...]
    unlabelled: tuple[str, ...]

    @property
    def articles(self) -> int:
        """Number of labelled article spans."""
        return sum(d.articles for d in self.documents)

    @property
    def lost(self) -> int:
        """Number of article spans of which a character was dropped, in [0, ``articles``]."""
        return sum(len(d.lost) for d in self.documents)

    @property
    def furniture(self) -> int:
        """Number of labelled furniture spans."""
        return sum(d.furniture for d in self.documents)

    @property
    def kept(self) -> int:
        """Number of furniture spans of which a character was kept, in [0, ``furniture``]."""
        return sum(len(d.kept) for d in self.documents)


def measure(documents: Iterable[Document], labels: Mapping[str, Sequence[Label]]) -> FurnitureReport:
    """Clean documents and compare what is kept and dropped with labels.

    Args:
        documents: The documents.
        labels: By SHA-256 of a document's bytes in hexadecimal, its spans (start, end, kind) in characters.

    Raises:
        LabelError: When a label reaches beyond its document.
    """
    by_id = {digest[:_ID_DIGITS]: spans for digest, spans in labels.items()}
    judged: list[DocumentFurniture] = []
    unlabelled: list[str] = []
    for document in documents:
        spans = by_id.get(document.id)
        if spans is None:
            unlabelled.append(document.path)
        else:
            judged.append(_judge(document, spans))
    return FurnitureReport(tuple(judged), tuple(unlabelled))


def load_labels(path: Path = LABELS) -> dict[str, tuple[Label, ...]]:
    """Read a file of labels: JSON, SHA-256 -> list of [start, end, "article" | "furniture"].

    Raises:
        LabelError: When the file is missing or is not of this form.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {str(digest): tuple(_label(item) for item in items) for digest, items in data.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise LabelError(
            f"furniture labels {path} cannot be read ({error}); give a JSON object of"
            ' SHA-256 -> [[start, end, "article" or "furniture"], ...]'
        ) from error


def _label(item: object) -> Label:
    match item:
        case [int(start), int(end), "article" | "furniture" as kind] if 0 <= start < end:
            return start, end, kind
    raise ValueError(f"not a label: {str(item)[:80]}")


def _judge(document: Document, spans: Sequence[Label]) -> DocumentFurniture:
    beyond = next((s for s in spans if s[1] > len(document.text)), None)
    if beyond:
        raise LabelError(
            f"label {list(beyond)} of {document.path} ends after its {len(document.text)} characters;"
            " label the file again"
        )
    cleaned = clean(document, *read(document))
    dropped = [(d.start, d.end) for d in cleaned.dropped]
    kept = [(b.start, b.end) for section in cleaned.sections for run in section.runs for b in run]
    articles = [(start, end) for start, end, kind in spans if kind == "article"]
    furniture = [(start, end) for start, end, kind in spans if kind == "furniture"]
    return DocumentFurniture(
        path=document.path,
        articles=len(articles),
        furniture=len(furniture),
        lost=tuple(s for s in articles if _touched(document.text, s, dropped)),
        kept=tuple(s for s in furniture if _touched(document.text, s, kept)),
    )


def _touched(text: str, span: Span, others: Sequence[Span]) -> bool:
    """Whether a character of the span that is not white space lies in one of the others."""
    return any(text[max(span[0], start) : min(span[1], end)].strip() for start, end in others)
