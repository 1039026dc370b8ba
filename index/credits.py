"""Who wrote a document and where it appeared, from lines that say so."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_NAME = r"\s?[:：/ـ\-]\s?(?P<name>[^\W\d][^:\d]{1,59})"
_AUTHOR = re.compile(
    rf"(?:بقلم|كتبت?|الكاتبة?|[Bb]y|[Aa]uthor|автор|نویسنده){_NAME}|[Bb]y (?P<plain>[A-Z][^\d:,]{{2,59}})"
)
_SOURCE = re.compile(rf"(?:المصدر|source|источник|منبع){_NAME}", re.IGNORECASE)
_AUTHOR_FIELDS = ("author", "article:author", "dc.creator", "byl")
_SOURCE_FIELDS = ("og:site_name", "application-name", "dc.publisher", "source", "publisher", "url")


class Credits(NamedTuple):
    """Author and source, "" where nothing tells."""

    author: str
    source: str


def read_credits(lines: Iterable[str], fields: Mapping[str, str]) -> Credits:
    """Find author and source.

    Args:
        lines: The first lines, without markup.
        fields: What the document's metadata say, by name in small letters.
    """
    author = _first(fields, _AUTHOR_FIELDS)
    source = _first(fields, _SOURCE_FIELDS)
    for line in lines:
        found = _AUTHOR.fullmatch(line) if not author else None
        author = author or (found["name"] or found["plain"] if found else "")
        found = _SOURCE.fullmatch(line) if not source else None
        source = source or (found["name"] if found else "")
    return Credits(" ".join(author.split()), " ".join(source.split()))


def _first(fields: Mapping[str, str], names: Iterable[str]) -> str:
    # Some sites give the author as the address of a profile.
    return next((v for name in names if (v := fields.get(name, "").strip()) and not v.startswith("http")), "")
