"""The tags of an HTML text: tolerant, with offsets, linear in its length whatever is left unclosed."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

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


def names(words: str) -> frozenset[str]:
    """Names of elements that are written with spaces between them."""
    return frozenset(words.split())


_VOID = names("area base br col embed hr img input link meta source track wbr")
HEADINGS = names("h1 h2 h3 h4 h5 h6")
BLOCKS = HEADINGS | names(
    "address article blockquote body caption center dd details dialog dir div dl dt fieldset figure hgroup hr html"
    " legend li main menu ol p pre section summary table tbody tfoot thead tr ul"
)
# What is on the page but not in what it says, or not on the page at all.
SKIPPED = names(
    "aside audio button canvas datalist figcaption footer form head iframe math nav noembed noscript object option"
    " script select style svg template textarea title video xmp"
)
# An element of the left kind ends where one of the right kind begins, closed or not.
_IMPLIED_END = {
    "p": BLOCKS | names("aside footer form header nav"),
    "li": names("li"),
    "dt": names("dt dd"),
    "dd": names("dt dd"),
    "td": names("td th tr"),
    "th": names("td th tr"),
    "tr": names("tr"),
    "option": names("option"),
    "head": names("body"),
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


class Nesting:
    """The open elements; deep nesting costs a list entry each, and stray end tags nothing."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._open: Counter[str] = Counter()

    def has(self, name: str) -> bool:
        """Whether an element of that name is open."""
        return self._open[name] > 0

    def read(self, token: Token) -> list[str]:
        """Names of the elements that end at a tag, innermost first; one that it opens is open from now on."""
        ended: list[str] = []
        if token.kind == "close":
            while self._open[token.name] and ended[-1:] != [token.name]:
                ended.append(self._pop())
            return ended
        while self._names and token.name in _IMPLIED_END.get(self._names[-1], ()):
            ended.append(self._pop())
        if token.kind == "open":
            self._names.append(token.name)
            self._open[token.name] += 1
        return ended

    def _pop(self) -> str:
        name = self._names.pop()
        self._open[name] -= 1
        return name
