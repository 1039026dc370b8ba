"""A quote in its surrounding text, cut at block boundaries, with removed page furniture told apart."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from index.markup import blocks, plain
from index.types import Block, Document, Dropped

REACH = 300
"""Characters of context on either side of the quote, at most."""
DROPPED_CHARACTERS = 120
"""Characters shown of page furniture that was removed at one place."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an excerpt.

    Attributes:
        kind: "context" around the quote, the "quote" itself, "dropped" page furniture, or the "cut" where the excerpt
            ends before the document does.
        text: "" for a cut.
        marks: Spans of ``text`` that hold the words that answer; in the quote alone.
    """

    kind: Literal["context", "quote", "dropped", "cut"]
    text: str
    marks: tuple[tuple[int, int], ...] = ()


def excerpt(
    document: Document, start: int, end: int, dropped: Sequence[Dropped], marks: Sequence[tuple[int, int]]
) -> tuple[Segment, ...]:
    """Show ``document.text[start:end]`` where it stands.

    Args:
        document: The cited document.
        start: Offset of the quote's first character.
        end: Offset after its last character.
        dropped: Spans of page furniture.
        marks: Spans of the document's text that hold the words that answer.

    Returns:
        Segments in text order with exactly one quote; markup of the document's format is stripped, and only its
        blocks of text surround the quote.
    """
    before = [
        Segment(kind, _readable(document, low, high) + ("" if high == start else "\n"))
        for kind, low, high in _surroundings(document, dropped, 0, start)
    ]
    after = [
        Segment(kind, ("" if low == end else "\n") + _readable(document, low, high))
        for kind, low, high in _surroundings(document, dropped, end, len(document.text))
    ]
    return tuple(
        _tidied(
            [
                *reversed(list(_in_reach(reversed(before), _last_words))),
                _quote(document, start, end, marks),
                *_in_reach(after, _first_words),
            ]
        )
    )


def clipped(text: str, limit: int) -> str:
    """``text`` cut after a whole word to at most ``limit`` characters, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rsplit(maxsplit=1)[0] if re.search(r"\s", cut.strip()) else cut) + "…"


@lru_cache(maxsize=64)
def _blocks(document: Document) -> tuple[Block, ...]:
    """The page shows every source of a conversation anew at each answer, and a long page takes long to read."""
    return blocks(document)


def _quote(document: Document, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Segment:
    """The quote without markup, with the marks that lie in it."""
    text, spans, at = "", [], start
    for first, last in sorted(marks):
        low, high = max(first, at), min(last, end)
        if low < high:
            text += _readable(document, at, low)
            word = _readable(document, low, high)
            spans.append((len(text), len(text) + len(word)))
            text, at = text + word, high
    return Segment("quote", text + _readable(document, at, end), tuple(spans))


def _surroundings(
    document: Document, dropped: Iterable[Dropped], low: int, high: int
) -> Iterator[tuple[Literal["context", "dropped"], int, int]]:
    """Spans of text between two offsets, block by block: what was kept and what was dropped."""
    cuts = sorted(dropped, key=lambda cut: cut.start)
    at_cut = 0
    for block in _blocks(document):
        at, stop = max(block.start, low), min(block.end, high)
        while at < stop and at_cut < len(cuts) and cuts[at_cut].start < stop:
            cut = cuts[at_cut]
            if cut.end > at:
                if cut.start > at:
                    yield "context", at, cut.start
                yield "dropped", max(cut.start, at), min(cut.end, stop)
                at = cut.end
            if cut.end > stop:
                break  # it reaches into the next block
            at_cut += 1
        if at < stop:
            yield "context", at, stop


def _in_reach(pieces: Iterable[Segment], shorten: Callable[[str], str]) -> Iterator[Segment]:
    """Segments outwards from the quote: whole blocks while they fit, of the nearest one what fits."""
    room = REACH
    for piece in pieces:
        if piece.kind == "dropped":
            yield piece
        elif len(piece.text) <= room:
            room -= len(piece.text)
            yield piece
        else:
            if room == REACH:
                yield Segment("context", shorten(piece.text))
            yield Segment("cut", "")
            return


def _last_words(text: str) -> str:
    """The end of ``text`` within reach, from a whole word on."""
    kept = text[-REACH:]
    word = re.search(r"\s(?=\S)", kept)
    return kept[word.end() :] if word else kept


def _first_words(text: str) -> str:
    """The beginning of ``text`` within reach, up to a whole word's end."""
    kept = text[:REACH]
    word = re.match(r"(?s).*\S(?=\s)", kept)
    return word[0] if word else kept


def _readable(document: Document, start: int, end: int) -> str:
    """A slice without markup, keeping the white space at its edges: there words or lines would run together."""
    raw = document.text[start:end]
    core = raw.strip()
    if not core:
        return raw
    lead = raw[: len(raw) - len(raw.lstrip())]
    tail = raw[len(raw.rstrip()) :]
    return lead + plain(core, document.format) + tail


def _tidied(pieces: Iterable[Segment]) -> list[Segment]:
    """Neighbouring dropped pieces as one on a line of its own, blank text gone, runs of empty lines as one break."""
    tidied: list[Segment] = []
    removed: list[str] = []
    end = Segment("context", "\n")
    for piece in (*pieces, end):
        if piece.kind == "dropped":
            removed += piece.text.split()
            continue
        text = re.sub(r"\s*\n\s*", "\n", piece.text) if piece.kind == "context" else piece.text
        if piece.kind == "context" and piece is not end and (not text or (removed and not text.strip())):
            continue
        if removed:
            if tidied and tidied[-1].kind == "context":
                tidied[-1] = replace(tidied[-1], text=tidied[-1].text.rstrip("\n"))
            tidied.append(Segment("dropped", clipped(" ".join(removed), DROPPED_CHARACTERS)))
            text = text.lstrip("\n") if piece.kind == "context" else text
            removed = []
        tidied.append(replace(piece, text=text))
    return tidied[:-1]
