"""What a reader found in a file becomes a document."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index import frontpage
from index.clean import clean
from index.errors import DocumentError
from index.formats.parts import Part
from index.language import UNKNOWN, detect, written_alike
from index.markup import blocks, plain
from index.types import Block, Document

_LANGUAGE_CHARACTERS = 20_000
_TAG = re.compile(r"\s*([a-z]{2})(?![^\W_])", re.IGNORECASE | re.ASCII)
# Templates of pages and mail programs state it, whoever writes in what language.
_STATED_BY_HABIT = "en"
_TELLING_CHARACTERS = 200
"""Of a text so long the language is told reliably from its words."""


def parse(digest: str, shown: str, part: Part) -> Document:
    """Make a document.

    Args:
        digest: Its id.
        shown: The path that readers are shown.
        part: Its text, and what the file says about it.

    Raises:
        DocumentError: There is nothing to read in it.
    """
    document = Document(
        id=digest,
        path=shown,
        title=Path(shown).stem,
        text=part.text,
        language=UNKNOWN,
        published=None,
        format=part.format,
        pages=part.pages,
    )
    found = blocks(document)
    if not found:
        raise DocumentError("no text to read in it, only white space or markup")
    front = frontpage.read_front_page(document, found)
    # Plain text has no mark for its title: the headline that stands above the first article, below the page's names.
    sections = clean(document, found).sections if document.format == "text" and not part.title else ()
    headline = sections[0].title if sections else ""
    return replace(
        document,
        title=" ".join(part.title.split()) or headline or front.title or document.title,
        language=_language(part.language or front.language, _beginning(document, found)),
        published=frontpage.first_day([part.published]) or front.published,
        author=" ".join(part.author.split()) or front.author,
        source=" ".join(part.source.split()) or front.source,
    )


def _language(stated: str, text: str) -> str:
    """ISO 639-1 code of the language stated, by a tag such as "ar-EG" or the first of several, else of the text's.

    A text in another script was not written in the language stated, nor was a longer one that reads as another
    language than English in English: many a program states its own.
    """
    tag = _TAG.match(stated)
    code = tag[1].lower() if tag else UNKNOWN
    found = detect(text)
    if code == UNKNOWN or not written_alike(code, found):
        return found
    told_by_words = found != UNKNOWN and len(text) >= _TELLING_CHARACTERS
    return found if code == _STATED_BY_HABIT and told_by_words else code


def _beginning(document: Document, found: Sequence[Block]) -> str:
    """As much of the readable text as the language is told from."""
    parts: list[str] = []
    length = 0
    for block in found:
        end = min(block.end, block.start + _LANGUAGE_CHARACTERS)
        parts.append(plain(document.text[block.start : end], document.format))
        length += len(parts[-1])
        if length >= _LANGUAGE_CHARACTERS:
            break
    return "\n".join(parts)
