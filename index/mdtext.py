"""Markdown, as far as reading needs it: blocks with offsets into the raw text, and slices without marks."""

import re
from collections.abc import Iterator
from itertools import chain

from index import hypertext
from index.types import Block, BlockKind

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_FRONT_FENCE = re.compile(r"(?:---|\+\+\+)[^\S\r\n]*")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_ATX = re.compile(r"\s{0,3}#{1,6}(?:\s+|$)")
_ATX_CLOSE = re.compile(r"(?:^|\s)#+\s*$")
_SETEXT = re.compile(r"\s{0,3}(?:=+|-+)\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_QUOTE = re.compile(r"\s*(?:>[^\S\r\n]?)+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
_TABLE_RULE_CHARACTERS = frozenset(" \t|:-")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]\s^][^\]]*\]:\s*\S")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]\s]+\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]+\](?!\()")
# Under a longer paragraph a line of dashes is a rule, whatever the standard says: prose must not be lost.
_SETEXT_CHARACTERS = 200

# The classes exclude the brackets they stand in, so that an unclosed one costs only the way to the next.
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\((?:[^()\s]|\([^()]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\[[^\[\]]*\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_BARE_LINK = re.compile(r"(?:https?://|www\.)[^\s<>]+")
_WORD = re.compile(r"[^\W_]")
_LINE_START = re.compile(r"(?m)^[^\S\n]*(?:>[^\S\n]?)+|^[^\S\n]*#{1,6}[^\S\n]+|(?<=\n)[^\S\n]*[-*+][^\S\n]+")
# Emphasis is taken mark by mark, not in pairs: a sentence may hold only one end of it. A star between digits
# or with space on both sides, and an underscore inside a word, mean themselves.
_MARKS = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<![\d*])\*++(?=\S)|(?<=[^\s\d*])\*++|(?<=\d)\*++(?=\W|$)"
    r"|(?<!\w)_++(?=\w)|(?<=[^\W_])_++(?!\w)|~~+|`+"
)


def blocks(text: str) -> Iterator[Block]:
    """Headings, paragraphs, list items, quotes, table rows and lines of code, as spans of the raw text.

    Front matter, comments, images, rules and what consists of links alone are not blocks.
    """
    front = front_matter(text)
    for block in _Reader(text).read(front[1] if front else 0):
        if block.kind == "heading" or not _is_markup(text[block.start : block.end]):
            yield block


def front_matter(text: str) -> tuple[int, int] | None:
    """Span from the text's beginning to the end of its YAML or TOML header, None when it has none."""
    fence = ""
    for match in _LINE.finditer(text):
        if match.start() == 0:
            if not _FRONT_FENCE.fullmatch(match[1]):
                return None
            fence = match[1].strip()
        elif match[1].rstrip() == fence:
            return 0, match.end(1)
    return None


def plain(text: str) -> str:
    """A slice without marks, white space not yet collapsed."""
    text = _NOTE_MARK.sub("", _LINK.sub(r"\1", _IMAGE.sub("", _LINE_START.sub("", text))))
    text = hypertext.plain(_AUTOLINK.sub(r"\1", text))
    return _MARKS.sub(lambda match: match["escaped"] or "", text)


def _is_markup(text: str) -> bool:
    """Whether nothing is left to read without images and links."""
    rest = _LINK.sub("", _IMAGE.sub("", text))
    rest = hypertext.plain(_BARE_LINK.sub("", _AUTOLINK.sub("", rest)))
    return _WORD.search(rest) is None


class _Reader:
    """Reads line by line and collects the lines of the paragraph that is open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = -1  # of the open paragraph, -1 while there is none
        self._end = -1
        self._quoted = False
        self._fence = ""
        self._table = False

    def read(self, position: int) -> Iterator[Block]:
        return chain(chain.from_iterable(self._line(start, end) for start, end in self._lines(position)), self._close())

    def _lines(self, position: int) -> Iterator[tuple[int, int]]:
        """Lines from a position on, without the comments in them."""
        comment = self._comment(position)
        for match in _LINE.finditer(self._text, position):
            start, end = match.span(1)
            while comment and comment[0] < end:
                if start < comment[0]:
                    yield start, comment[0]
                start = max(start, min(comment[1], end))
                if comment[1] > end:
                    break
                comment = self._comment(comment[1])
            if start < end or match.start(1) == end:
                yield start, end

    def _comment(self, position: int) -> tuple[int, int] | None:
        start = self._text.find("<!--", position)
        end = self._text.find("-->", start + 4) if start >= 0 else -1
        return (start, end + 3) if end >= 0 else None

    def _line(self, start: int, end: int) -> Iterator[Block]:
        quote = None if self._fence else _QUOTE.match(self._text, start, end)
        start = quote.end() if quote else start
        line = self._text[start:end]
        mark = _FENCE.match(line)
        if self._fence or mark:
            yield from self._close()
            if not mark or (self._fence and not mark[1].startswith(self._fence)):
                yield from self._span(start, end, "prose")
            else:
                self._fence = "" if self._fence else mark[1]
        elif not line.strip():
            yield from self._close()
            self._table = False
        elif atx := _ATX.match(line):
            yield from self._close()
            close = _ATX_CLOSE.search(line, atx.end())
            yield from self._span(start + atx.end(), start + close.start() if close else end, "heading")
        elif self._start >= 0 and _SETEXT.match(line):
            yield from self._close("heading" if self._end - self._start <= _SETEXT_CHARACTERS else "prose")
        elif _RULE.match(line) or _DEFINITION.match(line):
            yield from self._close()
        elif "|" in line and "-" in line and _TABLE_RULE_CHARACTERS.issuperset(line):
            yield from self._close()
            self._table = True
        elif line.lstrip().startswith("|") or (self._table and "|" in line):
            yield from self._close()
            start += len(line) - len(line.lstrip("| \t"))
            yield from self._span(start, start + len(line.strip("| \t")), "prose")
        else:
            item = _ITEM.match(line) or _NOTE.match(line)
            if item or (quote and not self._quoted):
                yield from self._close()
            self._quoted = quote is not None
            self._add(start + (item.end() if item else 0), end)

    def _add(self, start: int, end: int) -> None:
        for block in self._span(start, end, "prose"):
            self._start = block.start if self._start < 0 else self._start
            self._end = block.end

    def _close(self, kind: BlockKind = "prose") -> Iterator[Block]:
        if self._start >= 0:
            yield Block(self._start, self._end, kind)
        self._start = -1

    def _span(self, start: int, end: int, kind: BlockKind) -> Iterator[Block]:
        """The trimmed span as a block, nothing when it is blank."""
        line = self._text[start:end]
        if stripped := line.strip():
            start += len(line) - len(line.lstrip())
            yield Block(start, start + len(stripped), kind)
