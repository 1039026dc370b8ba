"""A quote in its surrounding text, cut at block boundaries, with removed page furniture left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.markup import plain
from index.types import Document, Dropped

REACH = 300
"""Characters of context on either side of the quote, at most."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an excerpt: surrounding text, the quote itself, or a place where text was left out (text "")."""

    kind: Literal["context", "quote", "gap"]
    text: str


def excerpt(document: Document, start: int, end: int, dropped: Sequence[Dropped]) -> tuple[Segment, ...]:
    """Show ``document.text[start:end]`` where it stands.

    Args:
        document: The cited document.
        start: Offset of the quote's first character.
        end: Offset after its last character.
        dropped: Spans of page furniture, which never appear as the quote's surroundings.

    Returns:
        Segments in text order with exactly one quote; markup of the document's format is stripped.
    """
    text = document.text
    low, high = _reach_back(text, start), _reach_on(text, end)
    pieces = [
        Segment("gap", "") if low > 0 else Segment("context", ""),
        *_kept(document, low, start, dropped),
        Segment("quote", _readable(document, start, end)),
        *_kept(document, end, high, dropped),
        Segment("gap", "") if high < len(text) else Segment("context", ""),
    ]
    return tuple(_tidied(pieces))


def clipped(text: str, limit: int) -> str:
    """``text`` cut after a whole word to at most ``limit`` characters, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rsplit(maxsplit=1)[0] if re.search(r"\s", cut.strip()) else cut) + "…"


def _reach_back(text: str, start: int) -> int:
    """Where the context before ``start`` begins: the first block in reach, else the first whole word."""
    low = start - REACH
    if low <= 0:
        return 0
    for boundary in ("\n", " "):
        found = text.find(boundary, low - 1, start)
        if found >= 0:
            return found + 1
    return low


def _reach_on(text: str, end: int) -> int:
    """Where the context after ``end`` stops: after the last block in reach, else after the last whole word."""
    high = end + REACH
    if high >= len(text):
        return len(text)
    for boundary in ("\n", " "):
        found = text.rfind(boundary, end, high + 1)
        if found >= 0:
            return found
    return high


def _kept(document: Document, low: int, high: int, dropped: Iterable[Dropped]) -> Iterator[Segment]:
    """The text between two offsets without what was dropped; every dropped span becomes a gap."""
    at = low
    for span in sorted(dropped, key=lambda span: span.start):
        if span.end <= at or span.start >= high:
            continue
        if span.start > at:
            yield Segment("context", _readable(document, at, span.start))
        yield Segment("gap", "")
        at = span.end
    if at < high:
        yield Segment("context", _readable(document, at, high))


def _readable(document: Document, start: int, end: int) -> str:
    """A slice without markup, keeping the white space at its edges: there words or lines would run together."""
    raw = document.text[start:end]
    core = raw.strip()
    if not core:
        return raw
    lead = raw[: len(raw) - len(raw.lstrip())]
    tail = raw[len(raw.rstrip()) :]
    return lead + plain(core, document.format) + tail


def _tidied(pieces: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbouring gaps as one, blank text between gaps gone, runs of empty lines as one line break."""
    after_gap = False
    for piece in pieces:
        if piece.kind == "context":
            text = re.sub(r"\s*\n\s*", "\n", piece.text)
            if not text or (after_gap and not text.strip()):
                continue
            yield Segment("context", text)
            after_gap = False
        elif piece.kind == "gap":
            if not after_gap:
                yield piece
            after_gap = True
        else:
            yield piece
            after_gap = False
