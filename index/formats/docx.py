"""DOCX: its paragraphs, headings, tables and notes, as HTML."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from index.formats.packed import open_zip, unpack
from index.formats.parts import Part

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
# Stands in no XML: where a text box begins and ends within a paragraph.
_BOX = "\f"
# What is drawn a second time for older programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_HEADING = re.compile(r"(?:heading|titre|überschrift|заголовок|عنوان)\s?([1-6])|title", re.IGNORECASE)


def read(path: Path, scratch: Path) -> Iterator[Part]:  # noqa: ARG001 - readers share one signature
    """Read a DOCX: each paragraph a ``<p>`` or ``<h1>`` to ``<h6>``, each row of a table a ``<p>``, notes at the end.

    Raises:
        DocumentError: It is damaged or too large.
    """
    with open_zip(path) as archive:
        body = fromstring(unpack(archive, "word/document.xml"))
        names = set(archive.namelist())
        notes = [fromstring(unpack(archive, name)) for name in _NOTES if name in names]
        styles = _headings(unpack(archive, "word/styles.xml")) if "word/styles.xml" in names else {}
        about = fromstring(unpack(archive, "docProps/core.xml")) if "docProps/core.xml" in names else Element("none")
    yield Part(
        "\n".join(block for part in (body, *notes) for block in _blocks(part, styles)),
        "html",
        title=(about.findtext(f"{_DUBLIN_CORE}title") or "").strip(),
        language=(about.findtext(f"{_DUBLIN_CORE}language") or "").strip(),
        author=(about.findtext(f"{_DUBLIN_CORE}creator") or "").strip(),
    )


def _headings(styles: bytes) -> dict[str, str]:
    """Tag of each style that is a heading's: styles have names in the language of who made them, ids by chance."""
    found = {}
    for style in fromstring(styles):
        name = style.find(_tag(style, "name"))
        match = _HEADING.fullmatch(name.get(_tag(style, "val"), "")) if name is not None else None
        if match:
            found[style.get(_tag(style, "styleId"), "")] = f"h{match[1] or 1}"
    return found


def _tag(element: Element, name: str) -> str:
    """A name in the element's own namespace: strict documents have another than usual ones."""
    return element.tag[: element.tag.index("}") + 1] + name if "}" in element.tag else name


def _blocks(element: Element, styles: dict[str, str]) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "p":
            tag = styles.get(_style(child), "p")
            for part in "".join(_texts(child)).split(_BOX):
                if text := " ".join(part.split()):
                    yield f"<{tag}>{escape(text, quote=False)}</{tag}>"
        elif kind == "tbl":
            for row in _outermost(child, "tr"):
                cells = [text for cell in _outermost(row, "tc") if (text := _text(cell))]
                if cells:
                    yield f"<p>{escape(' | '.join(cells), quote=False)}</p>"
        elif child.tag != _FALLBACK:
            yield from _blocks(child, styles)


def _outermost(element: Element, kind: str) -> Iterator[Element]:
    """What is of a kind below an element, without what lies within another of it, as in a table within a table."""
    for child in element:
        if _kind(child) == kind:
            yield child
        else:
            yield from _outermost(child, kind)


def _kind(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element) -> str:
    return " ".join("".join(_texts(element)).split())


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_tag(paragraph, 'pPr')}/{_tag(paragraph, 'pStyle')}")
    return style.get(_tag(paragraph, "val"), "") if style is not None else ""


def _texts(element: Element) -> Iterator[str]:
    """The words below an element."""
    for child in element:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in {"tab", "br", "cr"}:
            yield " "
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind != "pPr" and child.tag != _FALLBACK:
            apart = _BOX if kind == "txbxContent" else " " if kind == "p" else ""
            yield apart
            yield from _texts(child)
            yield apart
