"""What a document's markup means: its blocks of text, and what a reader of a slice sees."""

import re
from collections.abc import Iterator
from itertools import pairwise

from index import hypertext, mdtext
from index.types import Block, Document, Dropped, Format

# Longer lines are prose whatever they end in.
_HEADING_CHARACTERS = 120
_ENDS_PROSE = tuple(".؟?!:،,;؛…۔。！？：，")
_ENDS_SENTENCE = tuple(".؟?!۔。")
_CLOSERS = " \t\"'”’»›)]}*_"
_LIST_ITEM = re.compile(r"[-*+•·–—▪◦‣]\s|\(?\d{1,3}[.)\-]\s")
_LINE = re.compile(r"[^\r\n]+")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)")

# Text counts as wrapped at a column when its lines are that short, and most could not have taken the first
# word of the next line: only a program that fills lines leaves that pattern.
_WRAP_COLUMNS = range(50, 111)
_WRAP_EVIDENCE = 3
_WRAP_RAGGEDNESS = 0.12  # lines broken by hand fall short of the column by up to this share
_WRAP_SHARE = 0.7


def blocks(document: Document) -> tuple[Block, ...]:
    """Find the lines, paragraphs and headings of a document.

    Args:
        document: Its ``text``, ``format`` and ``restored`` are read.

    Returns:
        Blocks in text order that do not overlap, each trimmed of white space and not empty. What stands
        between them (markup, page navigation, images, front matter) is not text.
    """
    return read(document)[0]


def read(document: Document) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The blocks of a document, and of an HTML page what stands beside them or is hidden, both in text order."""
    if document.format == "html":
        return hypertext.read(document.text, document.restored)
    found = mdtext.blocks if document.format == "markdown" else _text_blocks
    return tuple(found(document.text)), ()


def plain(text: str, format: Format) -> str:  # noqa: A002 - the field of Document is called so
    """Show a slice of a document as its reader sees it: without markup, on one line.

    Args:
        text: A slice of a document's text; it may begin or end within an emphasis or a link's words.
        format: How its markup is to be read.

    Returns:
        The text with all white space collapsed to single spaces and trimmed.
    """
    if format == "html":
        text = hypertext.plain(text)
    elif format == "markdown":
        text = mdtext.plain(text)
    return " ".join(text.split())


def _text_blocks(text: str) -> Iterator[Block]:
    paragraphs = _paragraphs(text)
    for number, (start, end) in enumerate(paragraphs):
        before = paragraphs[number - 1][1] if number else None
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        heading = (
            after is not None
            and _may_be_heading(text[start:end])
            and (
                not _may_be_heading(text[slice(*after)])
                or (
                    (before is None or _BLANK_LINE.search(text, before, start) is not None)
                    and _BLANK_LINE.search(text, end, after[0]) is not None
                )
            )
        )
        yield Block(start, end, "heading" if heading else "prose")


def _may_be_heading(line: str) -> bool:
    return (
        len(line) <= _HEADING_CHARACTERS
        and not line.rstrip(_CLOSERS).endswith(_ENDS_PROSE)
        and not _LIST_ITEM.match(line)
        and any(character.isalpha() for character in line)
    )


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: lines, joined where the text is wrapped at a column."""
    lines = [span for match in _LINE.finditer(text) if (span := _trim(text, *match.span())) is not None]
    column = _wrap_column(text, lines)
    if column is None:
        return lines
    joined: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for line in lines:
        if previous is not None and _continues(text, previous, line, column):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
        previous = line
    return joined


def _wrap_column(text: str, lines: list[tuple[int, int]]) -> int | None:
    """The column a text is wrapped at, None when its lines are paragraphs."""
    # Not the longest line: an address in the text may stand out.
    column = sorted(end - start for start, end in lines)[int(0.95 * (len(lines) - 1))] if lines else 0
    if column not in _WRAP_COLUMNS:
        return None
    adjacent = [pair for pair in pairwise(lines) if not _BLANK_LINE.search(text, pair[0][1], pair[1][0])]
    unfinished = [pair for pair in adjacent if not _ends_sentence(text[slice(*pair[0])])]
    full = sum(_continues(text, *pair, column) for pair in unfinished)
    wrapped = full >= max(_WRAP_EVIDENCE, _WRAP_SHARE * len(unfinished)) and 2 * full > len(adjacent)
    return column if wrapped else None


def _continues(text: str, line: tuple[int, int], following: tuple[int, int], column: int) -> bool:
    """Whether the first word of the following line had no room left on this one."""
    if _BLANK_LINE.search(text, line[1], following[0]) is not None or _LIST_ITEM.match(text, *following):
        return False
    first_word = text[slice(*following)].split(maxsplit=1)[0]
    room = column - (line[1] - line[0] + 1 + len(first_word))
    # A sentence's end in a line with room is a paragraph's end.
    return room < (0 if _ends_sentence(text[slice(*line)]) else _WRAP_RAGGEDNESS * column)


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith(_ENDS_SENTENCE)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    line = text[start:end]
    stripped = line.strip()
    if not stripped:
        return None
    start += len(line) - len(line.lstrip())
    return start, start + len(stripped)
