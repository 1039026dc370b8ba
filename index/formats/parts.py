"""What a reader finds in a file, in a form that crosses from the child process."""

from dataclasses import dataclass

from index.types import Format


@dataclass(frozen=True, slots=True)
class Part:
    """Text that becomes one document, with what the file says about it; "" where it says nothing.

    Attributes:
        text: The text that citations point into.
        format: How markup in ``text`` is to be read.
        name: Which part of the file it is, such as the number of a table's row; "" for all of it.
        title: Its title.
        published: The day it was published, as it stands in the file.
        language: Tag of its language, such as "ar-EG".
        author: Who wrote it.
        source: Where it appeared: an address, or the name of a publisher.
        pages: Offset in ``text`` at which each page begins.
    """

    text: str
    format: Format
    name: str = ""
    title: str = ""
    published: str = ""
    language: str = ""
    author: str = ""
    source: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file that was packed into another, unpacked.

    Attributes:
        name: What it was called there; never a path to be opened.
        file: Name it now has in the scratch folder.
    """

    name: str
    file: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A part that could not be read, and why; ``name`` is "" when that is the whole file."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """The machine, not the file, has no room or handles left: an ``errno`` of ``index.files.EXHAUSTED``."""

    errno: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Reading ended: what else is in the file is not known, and why."""

    reason: str


Found = Part | Member | Failed
"""What a reader yields."""
