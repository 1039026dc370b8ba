"""A quote in its surrounding text, cut at block boundaries, with removed page furniture left out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.markup import blocks, plain
from index.types import Block, Document, Dropped

REACH = 300
"""Characters of context on either side of the quote, at most."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an excerpt.

    Attributes:
        kind: "context" around the quote, the "quote" itself, a "gap" where page furniture was left out, or the
            "cut" where the excerpt ends before the document does.
        text: "" for gaps and cuts.
    """

    kind: Literal["context", "quote", "gap", "cut"]
    text: str


def excerpt(document: Document, start: int, end: int, dropped: Sequence[Dropped]) -> tuple[Segment, ...]:
    """Show ``document.text[start:end]`` where it stands.

    Args:
        document: The cited document.
        start: Offset of the quote's first character.
        end: Offset after its last character.
        dropped: Spans of page furniture, which never appear as the quote's surroundings.

    Returns:
        Segments in text order with exactly one quote; markup of the document's format is stripped, and only its
        blocks of text surround the quote.
    """
    before = [
        span and _readable(document, *span) + ("" if span[1] == start else "\n")
        for span in _kept(document, dropped, 0, start)
    ]
    after = [
        span and ("" if span[0] == end else "\n") + _readable(document, *span)
        for span in _kept(document, dropped, end, len(document.text))
    ]
    return tuple(
        _tidied(
            [
                *reversed(list(_in_reach(reversed(before), _last_words))),
                Segment("quote", _readable(document, start, end)),
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


def _kept(document: Document, dropped: Iterable[Dropped], low: int, high: int) -> Iterator[tuple[int, int] | None]:
    """Spans of text between two offsets, block by block, and None where something was dropped."""
    cuts = sorted(dropped, key=lambda cut: cut.start)
    at_cut = 0
    for block in _blocks(document):
        at, stop = max(block.start, low), min(block.end, high)
        while at < stop and at_cut < len(cuts) and cuts[at_cut].start < stop:
            cut = cuts[at_cut]
            if cut.end > at:
                if cut.start > at:
                    yield at, cut.start
                yield None
                at = cut.end
            if cut.end > stop:
                break  # it reaches into the next block
            at_cut += 1
        if at < stop:
            yield at, stop


def _in_reach(texts: Iterable[str | None], shorten: Callable[[str], str]) -> Iterator[Segment]:
    """Segments outwards from the quote: whole blocks while they fit, of the nearest one what fits."""
    room = REACH
    for text in texts:
        if text is None:
            yield Segment("gap", "")
        elif len(text) <= room:
            room -= len(text)
            yield Segment("context", text)
        else:
            if room == REACH:
                yield Segment("context", shorten(text))
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


def _tidied(pieces: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbouring gaps and cuts as one, blank text between gaps gone, runs of empty lines as one line break."""
    after_gap = False
    for piece in pieces:
        if piece.kind == "context":
            text = re.sub(r"\s*\n\s*", "\n", piece.text)
            if not text or (after_gap and not text.strip()):
                continue
            yield Segment("context", text)
            after_gap = False
        elif piece.kind != "quote":
            if not after_gap:
                yield piece
            after_gap = True
        else:
            yield piece
            after_gap = False
