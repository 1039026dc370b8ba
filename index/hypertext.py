"""A tolerant HTML reader that keeps offsets: linear in the length of the text, whatever is left unclosed."""

import html
import re
from collections.abc import Iterable, Iterator, Set

from index import hidden, regions
from index.tags import BLOCKS, HEADINGS, SKIPPED, Nesting, Token, attributes, names, tokens
from index.types import Block

_BLANK = r"(?:\s|&nbsp;|&#160;|&#xa0;)"
_LEADING_BLANK = re.compile(rf"{_BLANK}*+", re.IGNORECASE)
_TRAILING_ENTITIES = ("&nbsp;", "&#160;", "&#xa0;")

# Not content, yet dropped within a line without ending it when only a slice is read.
_INVISIBLE = names("iframe noembed noscript script style svg template textarea xmp")
_SPACED = BLOCKS | SKIPPED | names("br td th header")
_LEAST_LEFT = 0.1
"""Share of the characters of a page's text from which on what furniture leaves is believed."""


def blocks(text: str) -> tuple[Block, ...]:
    """Text runs of the elements that carry content, as spans of the raw text.

    Line breaks end a run only when two follow each other, as pages without paragraphs use them.
    """
    furniture = regions.furniture(text)
    # Pages of some old systems stand in one form from top to bottom.
    skipped = SKIPPED
    every = tuple(_runs(text, skipped, frozenset()))
    if not any(block.kind == "prose" for block in every):
        skipped = SKIPPED - {"form"}
        every = tuple(_runs(text, skipped, frozenset()))
    # What markup tells is a guess: where it leaves next to nothing it is wrong.
    found = tuple(_runs(text, skipped, furniture))
    return found if _length(found) >= _LEAST_LEFT * _length(every) else every


def _length(found: Iterable[Block]) -> int:
    return sum(block.end - block.start for block in found)


def _runs(text: str, skipped: frozenset[str], furniture: Set[int]) -> Iterator[Block]:
    elements = _Elements(skipped, furniture)
    start = end = -1  # of the run being collected; start is -1 while there is none
    breaks = 0  # line breaks since its last text
    heading = False
    for token in tokens(text):
        if token.kind == "text":
            left, right = _trim(text, token.start, token.end)
            if left == right or elements.skipping:
                continue
            if start >= 0 and breaks > 1:
                yield _block(start, end, heading)
                start = -1
            if start < 0:
                start, heading = left, elements.in_heading
            end, breaks = right, 0
            continue
        was_skipping = elements.skipping
        elements.read(text, token)
        if token.name in BLOCKS or token.name == "header" or was_skipping != elements.skipping:
            if start >= 0:
                yield _block(start, end, heading)
            start, breaks = -1, 0
        breaks += token.name == "br"
    if start >= 0:
        yield _block(start, end, heading)


def _block(start: int, end: int, heading: bool) -> Block:
    return Block(start, end, "heading" if heading else "prose")


class _Elements:
    """Whether what is read stands in a heading, and whether it is passed over."""

    def __init__(self, skipped: frozenset[str], furniture: Set[int]) -> None:
        self._skipped_names, self._furniture = skipped, furniture
        self._nesting = Nesting()
        self._stack: list[bool] = []  # of each open element whether it is passed over
        self._skips = 0
        self._headings = 0

    @property
    def skipping(self) -> bool:
        return self._skips > 0

    @property
    def in_heading(self) -> bool:
        return self._headings > 0

    def read(self, text: str, token: Token) -> None:
        for name in self._nesting.read(token):
            self._skips -= self._stack.pop()
            self._headings -= name in HEADINGS
        if token.kind == "open":
            skipped = self._skipped(text, token)
            self._stack.append(skipped)
            self._skips += skipped
            self._headings += token.name in HEADINGS

    def _skipped(self, text: str, token: Token) -> bool:
        if token.name in self._skipped_names or token.start in self._furniture:
            return True
        if token.name == "header" and not (self._nesting.has("article") or self._nesting.has("main")):
            return True
        return token.name not in {"html", "body"} and _is_hidden(text, token)


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
