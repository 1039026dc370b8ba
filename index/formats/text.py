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
    """Read a text file; see ``whole``."""
    yield whole(path.read_bytes(), path.suffix.lower())


def whole(data: bytes, ending: str) -> Part:
    """What the bytes of a file say, by its ending, a key of ``FORMATS``.

    Raises:
        DocumentError: They are no text, or text in no encoding that can be told.
    """
    return Part(decode(data, FORMATS[ending]), FORMATS[ending])
