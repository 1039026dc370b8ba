"""A tolerant HTML reader that keeps offsets: linear in the length of the text, whatever is left unclosed."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final, Literal

from index import hidden, regions
from index.tags import BLOCKS, HEADINGS, SKIPPED, Nesting, Token, attributes, names, tokens
from index.types import Block, Dropped, Span

_BLANK = r"(?:\s|&nbsp;|&#160;|&#xa0;)"
_LEADING_BLANK = re.compile(rf"{_BLANK}*+", re.IGNORECASE)
_TRAILING_ENTITIES = ("&nbsp;", "&#160;", "&#xa0;")

# Not content, yet dropped within a line without ending it when only a slice is read.
_INVISIBLE = names("iframe noembed noscript script style svg template textarea xmp")
_SPACED = BLOCKS | SKIPPED | names("br td th header")
_BESIDE = names("aside figcaption footer form nav")
_UNREAD = SKIPPED - _BESIDE
BESIDE: Final = "beside the article"
HIDDEN: Final = "hidden"
_Part = Literal["unread", "hidden", "beside the article", "content"]
_PARTS: tuple[_Part, ...] = ("unread", HIDDEN, BESIDE)
"""What an element is that is within others: the first of these that one of them is."""
_LEAST_LEFT = 0.1
"""Share of the characters of a page's text from which on what furniture leaves is believed."""


def read(text: str, restored: Sequence[Span] = ()) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Text runs of a page as spans of the raw text: those of the elements that carry content, and the others.

    Line breaks end a run only when two follow each other, as pages without paragraphs use them.

    Args:
        text: The page.
        restored: Spans with content that its markup takes for something else; what is hidden stays so.

    Returns:
        Content, and what is none: "beside the article" stand menus and teasers, "hidden" is what no reader sees.
    """
    content, others = [], []
    for run in _read(text):
        block = run.block
        if run.part == "content" or (run.part == BESIDE and _is_restored(block, restored)):
            content.append(block)
        else:
            others.append(Dropped(block.start, block.end, run.part))
    return tuple(content), tuple(others)


def _is_restored(block: Block, restored: Sequence[Span]) -> bool:
    return any(start < block.end and block.start < end for start, end in restored)


@dataclass(frozen=True, slots=True)
class _Run:
    block: Block
    part: _Part


def _read(text: str) -> tuple[_Run, ...]:
    furniture = regions.furniture(text)
    # Pages of some old systems stand in one form from top to bottom.
    beside = _BESIDE
    every = tuple(_runs(text, beside, frozenset()))
    if not any(run.part == "content" and run.block.kind == "prose" for run in every):
        beside = _BESIDE - {"form"}
        every = tuple(_runs(text, beside, frozenset()))
    # What markup tells is a guess: where it leaves next to nothing it is wrong.
    found = tuple(_runs(text, beside, furniture))
    return found if _length(found) >= _LEAST_LEFT * _length(every) else every


def _length(runs: Iterable[_Run]) -> int:
    return sum(run.block.end - run.block.start for run in runs if run.part == "content")


def _runs(text: str, beside: Set[str], furniture: Set[int]) -> Iterator[_Run]:
    elements = _Elements(beside, furniture)
    start = end = -1  # of the run being collected; start is -1 while there is none
    breaks = 0  # line breaks since its last text
    heading = False
    for token in tokens(text):
        part = elements.part
        if token.kind == "text":
            left, right = _trim(text, token.start, token.end)
            if left == right or part == "unread":
                continue
            if start >= 0 and breaks > 1:
                yield _run(start, end, heading, part)
                start = -1
            if start < 0:
                start, heading = left, elements.in_heading
            end, breaks = right, 0
            continue
        elements.read(text, token)
        if token.name in BLOCKS or token.name == "header" or part != elements.part:
            if start >= 0:
                yield _run(start, end, heading, part)
            start, breaks = -1, 0
        breaks += token.name == "br"
    if start >= 0:
        yield _run(start, end, heading, elements.part)


def _run(start: int, end: int, heading: bool, part: _Part) -> _Run:
    return _Run(Block(start, end, "heading" if heading else "prose"), part)


class _Elements:
    """Whether what is read stands in a heading, and what part of the page it is."""

    def __init__(self, beside: Set[str], furniture: Set[int]) -> None:
        self._beside, self._furniture = beside, furniture
        self._nesting = Nesting()
        self._stack: list[_Part] = []  # of each open element what part it would be by itself
        self._open: Counter[_Part] = Counter()
        self._headings = 0

    @property
    def part(self) -> _Part:
        return next((part for part in _PARTS if self._open[part]), "content")

    @property
    def in_heading(self) -> bool:
        return self._headings > 0

    def read(self, text: str, token: Token) -> None:
        for name in self._nesting.read(token):
            self._open[self._stack.pop()] -= 1
            self._headings -= name in HEADINGS
        if token.kind == "open":
            self._stack.append(self._part_of(text, token))
            self._open[self._stack[-1]] += 1
            self._headings += token.name in HEADINGS

    def _part_of(self, text: str, token: Token) -> _Part:
        if token.name in _UNREAD:
            return "unread"
        if token.name not in {"html", "body"} and _is_hidden(text, token):
            return HIDDEN
        if token.name in self._beside or token.start in self._furniture:
            return BESIDE
        lone = token.name == "header" and not (self._nesting.has("article") or self._nesting.has("main"))
        return BESIDE if lone else "content"


def _is_hidden(text: str, token: Token) -> bool:
    if token.end - token.start <= len(token.name) + 2:
        return False
    return hidden.is_hidden(attributes(text, token))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave white space out at both ends, written as characters or as entities."""
    match = _LEADING_BLANK.match(text, start, end)
    start = match.end() if match else start
    while start < end:
        if text[end - 1].isspace():
            end -= 1
        elif text[end - 1] == ";" and (entity := text[max(start, end - 6) : end].lower()).endswith(_TRAILING_ENTITIES):
            end -= len(entity)
        else:
            break
    return start, end


def plain(text: str) -> str:
    """What a reader of a slice of HTML sees, white space not yet collapsed."""
    parts: list[str] = []
    skipped = ""  # the invisible element being skipped
    for token in tokens(text):
        if token.kind == "text" and not skipped:
            parts.append(html.unescape(text[token.start : token.end]))
        elif token.kind == "open" and not skipped and token.name in _INVISIBLE:
            skipped = token.name
        elif token.kind == "close" and token.name == skipped:
            skipped = ""
        elif token.name in _SPACED:
            parts.append(" ")
    return "".join(parts)
