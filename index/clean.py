"""Parts a document into its articles and the page furniture around and inside them.

A block is judged by what it says (``index.lines``) and by where it stands (``index.zones``); in the blocks
that stay, sentences that only send the reader elsewhere go too (``index.pieces``). Linear in the text.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from index import pieces
from index.asides import judge_asides
from index.hypertext import HIDDEN
from index.lines import read
from index.markup import plain
from index.types import Block, Cleaned, Document, Dropped, Format, Section
from index.zones import Place, judge, name_site

FIXED = frozenset({"markup", HIDDEN})
"""Reasons of what cannot be restored: it is no block of text, or no reader sees it."""

# Enough of a block to read ``index.lines.READ`` characters in, with its markup.
_RAW_CHARACTERS = 4000
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_NOT_CONTENT = re.compile(r"<[^<>]*>|[`~]{3,}[^\n]*|\[[ xX]\]|&[a-z]{1,8};")


def clean(document: Document, blocks: tuple[Block, ...], beside: tuple[Dropped, ...] = ()) -> Cleaned:
    """Find the articles of a document and drop the page furniture.

    Args:
        document: The document.
        blocks: Its blocks as ``index.markup.read`` finds them: in text order, disjoint.
        beside: Of an HTML page, what stands between them.

    Returns:
        Kept blocks, in sections and runs, and dropped spans. Both lie inside the document, trimmed, in text
        order and disjoint; every character of a block that is not white space is in one of them. A document
        that holds prose besides furniture is never dropped whole; what was restored is kept.
    """
    places = [_place(document, blocks, i) for i in range(len(blocks))]
    before = list(places)
    judge_asides(places)
    judge(places)
    if all(p.reason for p in places) and any(p.prose for p in before):
        places = [old if old.prose else new for old, new in zip(before, places, strict=True)]
    sites = pieces.site_names([p.line for p in places])
    name_site(places, sites)
    prose = [i for i, p in enumerate(places) if p.prose]
    leads = frozenset(prose[: pieces.LEADS]) if len(prose) > pieces.LEADS else frozenset(prose[:1])
    page = _Page(document, beside)
    for i, (block, place) in enumerate(zip(blocks, places, strict=True)):
        page.gap(blocks[i - 1].end if i else 0, block.start)
        if place.opens:
            page.open_section()
        if place.reason and not _restored(document, block.start, block.end):
            page.drop(block.start, block.end, place.reason)
            continue
        if place.reason or place.heading or len(place.line.words) == 1:
            page.keep(block, place)
            continue
        lead = i in leads and len(prose) > 1
        for start, end, reason in pieces.pieces(document.text, block, document.format, lead, sites):
            if reason and not _restored(document, start, end):
                page.drop(start, end, reason)
            else:
                page.keep(Block(start, end, block.kind), place)
    page.gap(blocks[-1].end if blocks else 0, len(document.text))
    return page.finish()


def _restored(document: Document, start: int, end: int) -> bool:
    """Whether a person restored a span or a part of it."""
    return any(first < end and start < last for first, last in document.restored)


def _place(document: Document, blocks: Sequence[Block], i: int) -> Place:
    block, text = blocks[i], document.text
    line = read(plain(text[block.start : min(block.end, block.start + _RAW_CHARACTERS)], document.format))
    heading = block.kind == "heading" and document.format != "text"
    marked = text[max(0, block.start - 2) : block.start].strip() in {"-", "*", "+", "|"}
    above = text[blocks[i - 1].end if i else 0 : block.start]
    after_gap = _says_something(above, document.format)
    tight = i > 0 and _BLANK_LINE.search(above) is None
    if heading:
        line = replace(line, prose=False)
    return Place(line, heading, line.bullet or marked, tight, after_gap, line.reason)


class _Page:
    """Collects what is kept and dropped, in text order."""

    def __init__(self, document: Document, beside: Sequence[Dropped]) -> None:
        self._document = document
        self._sections: list[Section] = []
        self._runs: list[list[Block]] = [[]]
        self._places: list[tuple[Block, Place]] = []
        self._dropped: list[Dropped] = []
        self._beside = beside

    def keep(self, block: Block, place: Place) -> None:
        self._runs[-1].append(block)
        self._places.append((block, place))

    def drop(self, start: int, end: int, reason: str) -> None:
        self._dropped.append(Dropped(start, end, reason))
        if self._runs[-1]:
            self._runs.append([])

    def gap(self, start: int, end: int) -> None:
        """Report text that no block covers when it says something."""
        raw = self._document.text[start:end]
        start += len(raw) - len(raw.lstrip())
        found = [Dropped(start, start + len(raw.strip()), "markup")]
        if self._document.format == "html":
            bounds = (bisect_left(self._beside, at, key=lambda dropped: dropped.start) for at in (start, end))
            found = [*self._beside[slice(*bounds)]]
        for dropped in found:
            if _says_something(self._document.text[dropped.start : dropped.end], self._document.format):
                self.drop(dropped.start, dropped.end, dropped.reason)

    def open_section(self) -> None:
        runs = tuple(tuple(run) for run in self._runs if run)
        if runs:
            first, place = self._places[0]
            titled = not place.line.prose and any(p.line.prose for _, p in self._places)
            raw = self._document.text[first.start : first.end]
            title = plain(raw, self._document.format) if titled else ""
            self._sections.append(Section(title, runs))
        self._runs, self._places = [[]], []

    def finish(self) -> Cleaned:
        self.open_section()
        return Cleaned(tuple(self._sections), tuple(self._dropped))


def _says_something(raw: str, format: Format) -> bool:  # noqa: A002 - the field of Document is called so
    """Whether text outside the blocks holds letters that are not mere markup."""
    return any(c.isalpha() for c in (raw if format == "text" else _NOT_CONTENT.sub(" ", raw)))
