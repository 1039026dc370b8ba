"""The types that documents become: every offset points into ``Document.text``."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal

Format = Literal["text", "markdown", "html"]
BlockKind = Literal["heading", "prose"]
Span = tuple[int, int]
"""Offsets of the first character and after the last."""


@dataclass(frozen=True, slots=True)
class Document:
    """One decoded file, or one part of a file that holds many.

    Attributes:
        id: First 16 hexadecimal digits of the SHA-256 of the file's bytes; of a table's row, of what the row holds.
        path: Path shown to readers, with forward slashes, relative to the folder that was indexed; the path of
            what is packed in a file, or the number of its row, follows the file's.
        title: Title the text gives, else the file's name without its ending.
        text: The decoded file, never rewritten, or the text extracted from a file that is not text; all offsets
            in the system are characters of it.
        language: ISO 639-1 code, "und" when unknown.
        published: Publication date where the text gives one.
        format: How markup in ``text`` is to be read.
        copies: Paths of other files with the same bytes.
        pages: Offset at which each page begins, for files that have pages.
        author: Who wrote it, "" when the document does not tell.
        source: Where it appeared, an address or a publisher's name, "" when the document does not tell.
        restored: Spans that somebody said are content though cleaning takes them for page furniture.
    """

    id: str
    path: str
    title: str
    text: str
    language: str
    published: date | None
    format: Format
    copies: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    author: str = ""
    source: str = ""
    restored: tuple[Span, ...] = ()

    def page(self, offset: int) -> int | None:
        """Number of the page that holds a character, from 1; None when the document has no pages."""
        return bisect_right(self.pages, offset) or None


@dataclass(frozen=True, slots=True)
class Block:
    """A line, a paragraph or a heading: ``document.text[start:end]``, trimmed of white space."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Dropped:
    """A span of page furniture that never becomes evidence; ``reason`` names the rule that dropped it."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """One article of a document.

    Attributes:
        title: The article's own headline, "" when it has none.
        runs: Runs of consecutive kept blocks; between two runs furniture was removed, and nothing
            (sentence, passage, quote) may reach across.
    """

    title: str
    runs: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning made of a document: the articles in it, and what was dropped, both in text order."""

    sections: tuple[Section, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``document.text[start:end]`` is the sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences between two removed blocks; the embedding model never truncates it.

    Attributes:
        id: ``<document id>-<ordinal in the document>``.
        document_id: Id of the document it is part of.
        heading: Nearest heading above it, "" when there is none.
        sentences: Its sentences in text order, at least one.
    """

    id: str
    document_id: str
    heading: str
    sentences: tuple[Sentence, ...]

    @property
    def ordinal(self) -> int:
        """Its place in the document, from 0."""
        return int(self.id.rpartition("-")[2])

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.sentences[-1].end
