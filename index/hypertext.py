"""A tolerant HTML reader that keeps offsets: linear in the length of the text, whatever is left unclosed."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index import hidden
from index.types import Block

# Quoted values may hold ">" and "<"; elsewhere "<" ends a tag that was never closed, so that each attempt
# stays local. Possessive repeats rule out backtracking.
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/<>]*+)"
    r"(?:(?P<attributes>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>|(?P<malformed>[^<>]*+)>)"
    r"|<[!?/][^<>]*+>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "iframe", "xmp", "noembed")
}
_BLANK = r"(?:\s|&nbsp;|&#160;|&#xa0;)"
_LEADING_BLANK = re.compile(rf"{_BLANK}*+", re.IGNORECASE)
_TRAILING_ENTITIES = ("&nbsp;", "&#160;", "&#xa0;")


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_VOID = _names("area base br col embed hr img input link meta source track wbr")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_BLOCKS = _HEADINGS | _names(
    "address article blockquote body caption center dd details dialog dir div dl dt fieldset figure hgroup hr html"
    " legend li main menu ol p pre section summary table tbody tfoot thead tr ul"
)
# What is on the page but not in what it says, or not on the page at all.
_SKIPPED = _names(
    "aside audio button canvas datalist figcaption footer form head iframe math nav noembed noscript object option"
    " script select style svg template textarea title video xmp"
)
# Not content, yet dropped within a line without ending it when only a slice is read.
_INVISIBLE = _names("iframe noembed noscript script style svg template textarea xmp")
_SPACED = _BLOCKS | _SKIPPED | _names("br td th header")
# An element of the left kind ends where one of the right kind begins, closed or not.
_IMPLIED_END = {
    "p": _BLOCKS | _names("aside footer form header nav"),
    "li": _names("li"),
    "dt": _names("dt dd"),
    "dd": _names("dt dd"),
    "td": _names("td th tr"),
    "th": _names("td th tr"),
    "tr": _names("tr"),
    "option": _names("option"),
    "head": _names("body"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, or the text between two tags; comments and declarations appear as neither.

    Attributes:
        kind: "text", "open" or "close"; an element closed by its own tag ("<svg/>") is "void".
        start: Offset of its first character.
        end: Offset after its last character.
        name: Name of the element in lower case, "" for text.
    """

    kind: Literal["text", "open", "close", "void"]
    start: int
    end: int
    name: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Read tags and texts in order; the contents of script, style and the like are left out."""
    position = 0
    unclosed: set[str] = set()
    while match := _TOKEN.search(text, position):
        if match.start() > position:
            yield Token("text", position, match.start())
        position = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        kind = _kind(match, name)
        yield Token(kind, match.start(), position, name)
        if kind == "open":
            if name == "title":
                # It holds no tags, so the next one ends it: never closed, it would take the page with it.
                start, position = position, _next_tag(text, position)
                yield Token("text", start, position)
                yield Token("close", position, position, name)
            elif name in _RAW_END and name not in unclosed:
                end = _RAW_END[name].search(text, position)
                if end is None:
                    unclosed.add(name)  # looking again would cost the rest of the text each time
                position = end.start() if end else position
    if position < len(text):
        yield Token("text", position, len(text))


def _kind(match: re.Match[str], name: str) -> Literal["open", "close", "void"]:
    if match["close"]:
        return "close"
    return "void" if name in _VOID or match[0].endswith("/>") else "open"


def _next_tag(text: str, position: int) -> int:
    found = text.find("<", position)
    return len(text) if found < 0 else found


def attributes(text: str, token: Token) -> dict[str, str]:
    """Attributes of a tag, names in lower case, entities in the values resolved; the first of a name counts."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text[token.start + 1 + len(token.name) : token.end - 1]):
        unquoted = value[1:-1] if value[:1] in ('"', "'") and len(value) > 1 else value
        found.setdefault(name.lower(), html.unescape(unquoted))
    return found


def blocks(text: str) -> tuple[Block, ...]:
    """Text runs of the elements that carry content, as spans of the raw text.

    Line breaks end a run only when two follow each other, as pages without paragraphs use them.
    """
    found = tuple(_runs(text, _SKIPPED))
    if any(block.kind == "prose" for block in found):
        return found
    # Pages of some old systems stand in one form from top to bottom.
    return tuple(_runs(text, _SKIPPED - {"form"}))


def _runs(text: str, skipped: frozenset[str]) -> Iterator[Block]:
    elements = _Elements(skipped)
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
        if token.name in _BLOCKS or token.name == "header" or was_skipping != elements.skipping:
            if start >= 0:
                yield _block(start, end, heading)
            start, breaks = -1, 0
        breaks += token.name == "br"
    if start >= 0:
        yield _block(start, end, heading)


def _block(start: int, end: int, heading: bool) -> Block:
    return Block(start, end, "heading" if heading else "prose")


class _Elements:
    """The open elements; deep nesting costs a list entry each, and stray end tags nothing."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self._skipped_names = skipped
        self._stack: list[tuple[str, bool]] = []
        self._open: Counter[str] = Counter()
        self._skips = 0
        self._headings = 0

    @property
    def skipping(self) -> bool:
        return self._skips > 0

    @property
    def in_heading(self) -> bool:
        return self._headings > 0

    def read(self, text: str, token: Token) -> None:
        if token.kind == "close":
            if self._open[token.name]:
                while self._pop() != token.name:
                    pass
            return
        while self._stack and token.name in _IMPLIED_END.get(self._stack[-1][0], ()):
            self._pop()
        if token.kind == "open":
            skipped = self._skipped(text, token)
            self._stack.append((token.name, skipped))
            self._open[token.name] += 1
            self._skips += skipped
            self._headings += token.name in _HEADINGS

    def _pop(self) -> str:
        name, skipped = self._stack.pop()
        self._open[name] -= 1
        self._skips -= skipped
        self._headings -= name in _HEADINGS
        return name

    def _skipped(self, text: str, token: Token) -> bool:
        if token.name in self._skipped_names:
            return True
        if token.name == "header" and not (self._open["article"] or self._open["main"]):
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
