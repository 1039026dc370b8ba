"""Plain text, Markdown and HTML: the file is the document."""

from collections.abc import Iterator
from pathlib import Path

from index.decode import decode
from index.formats.parts import Part
from index.types import Format

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
"""How files of each ending are read."""


def read(path: Path, scratch: Path) -> Iterator[Part]:  # noqa: ARG001 - readers share one signature
    """Read a text file.

    Raises:
        DocumentError: It is no text, or text in no encoding that can be told.
    """
    written = FORMATS[path.suffix.lower()]
    yield Part(decode(path.read_bytes(), written), written)
