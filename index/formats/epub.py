"""EPUB: its chapters, one after the other, as the HTML they are."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from index.decode import decode
from index.errors import DocumentError
from index.formats.packed import LARGEST_BYTES, open_zip, unpack
from index.formats.parts import Part

_CONTAINER = "META-INF/container.xml"
_ROOT = ".//{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_PACKAGE = "{http://www.idpf.org/2007/opf}"
_DUBLIN_CORE = ".//{http://purl.org/dc/elements/1.1/}"
_CHAPTERS = {"application/xhtml+xml", "text/html"}


def read(path: Path, scratch: Path) -> Iterator[Part]:  # noqa: ARG001 - readers share one signature
    """Read an EPUB.

    Raises:
        DocumentError: It is damaged, too large or encrypted.
    """
    with open_zip(path) as archive:
        root = fromstring(unpack(archive, _CONTAINER)).find(_ROOT)
        if root is None:
            raise DocumentError("damaged: it does not say where its chapters are; make it anew")
        place = root.get("full-path", "")
        package = fromstring(unpack(archive, place))
        text = "\n".join(_chapters(archive, package, posixpath.dirname(place)))
    about = {name: (package.findtext(_DUBLIN_CORE + name) or "").strip() for name in _ABOUT}
    yield Part(
        text,
        "html",
        title=about["title"],
        published=about["date"],
        language=about["language"],
        author=about["creator"],
        source=about["source"] or about["publisher"],
    )


_ABOUT = ("title", "date", "language", "creator", "source", "publisher")


def _chapters(archive: ZipFile, package: Element, folder: str) -> Iterator[str]:
    """The chapters in the order they are read, without the table of contents."""
    items = {item.get("id"): item for item in package.iter(f"{_PACKAGE}item")}
    left = LARGEST_BYTES
    for reference in package.iter(f"{_PACKAGE}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _CHAPTERS or "nav" in item.get("properties", "").split():
            continue
        data = unpack(archive, posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))), left)
        left -= len(data)
        yield decode(data, "html")
