"""Tables of articles: CSV, TSV and JSON lines, each row a document."""

import csv
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from index.decode import decode
from index.errors import DocumentError
from index.formats.parts import Failed, Found, Part
from index.types import Format

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article", "article_body", "full_text", "maintext"),
        *("النص", "نص", "المحتوى", "المتن"),
    ),
    "title": ("title", "headline", "heading", "العنوان", "عنوان"),
    "published": (
        "published",
        "date",
        "published_at",
        "date_published",
        "pub_date",
        "datetime",
        "التاريخ",
        "تاريخ_النشر",
    ),
    "source": ("url", "link", "source", "publisher", "الرابط", "المصدر"),
    "author": ("author", "authors", "byline", "الكاتب", "المؤلف"),
    "language": ("language", "lang", "اللغة"),
}
"""Usual names of the columns, the likeliest first; case, spaces and hyphens do not matter."""

_LONGEST_FIELD = 16 << 20
_FIRST_SECOND, _LAST_SECOND = 10**8, 10**10  # 1973 to 2286; in milliseconds larger numbers
_DELIMITERS = ",;\t|"
# The first line by which a spreadsheet is told the delimiter.
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# Space, hyphen, or where a capital begins a word: "date published", "date-published", "datePublished".
_WORD_BREAK = re.compile(r"[\s-]+|(?<=[a-z])(?=[A-Z])")
_MARKUP = re.compile(r"</?(?:p|div|br|h[1-6]|span|li|a)\b[^<>]*>", re.IGNORECASE)


def read(path: Path, scratch: Path) -> Iterator[Found]:  # noqa: ARG001 - readers share one signature
    """Read a table.

    Raises:
        DocumentError: No column is one of texts.
    """
    text = decode(path.read_bytes(), "text")
    rows = _csv(text) if path.suffix.lower() in {".csv", ".tsv"} else _json_lines(text)
    for number, row in rows:
        yield row if isinstance(row, Failed) else _part(number, row)


def _csv(text: str) -> Iterator[tuple[int, Mapping[str, Any] | Failed]]:
    """Rows with the numbers a spreadsheet gives them."""
    csv.field_size_limit(_LONGEST_FIELD)
    told = _SEPARATOR.match(text)
    delimiter = told[1] if told else max(_DELIMITERS, key=text.lstrip("\r\n").partition("\n")[0].count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(row) and not (told and number == 1))
    _, names = next(numbered, (0, []))
    if not _column("text", names):
        raise DocumentError(
            f"no column holds texts: its columns are {', '.join(names)[:200] or 'none'}; "
            f"call one 'text' ({', '.join(COLUMNS['text'][1:])} are understood as well)"
        )
    for number, row in numbered:
        yield number, dict(zip(names, row, strict=False))


def _json_lines(text: str) -> Iterator[tuple[int, Mapping[str, Any] | Failed]]:
    # Only \n ends a line: texts may hold what str.splitlines splits at.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, Failed(str(number), f"not valid JSON: {error}")
            continue
        yield number, row if isinstance(row, dict) else Failed(str(number), "not a JSON object")


def _part(number: int, row: Mapping[str, Any]) -> Found:
    fields = {field: _value(row.get(_column(field, row), ""), field) for field in COLUMNS}
    if not fields["text"].strip():
        names = ", ".join(map(str, row))[:200]
        return Failed(str(number), f"no text; the columns are {names or 'none'}")
    markup: Format = "html" if _MARKUP.search(fields["text"]) else "text"
    return replace(Part("", markup, str(number)), **fields)  # type: ignore[arg-type]


def _column(field: str, names: Any) -> str:  # noqa: ANN401 - a list of names or a mapping by name
    """The name of the column that holds a field, "" when none does."""
    folded = {_WORD_BREAK.sub("_", str(name).strip()).lower(): name for name in names}
    return next((folded[name] for name in COLUMNS[field] if name in folded), "")


def _value(value: object, field: str) -> str:
    """A field's text: of a list of paragraphs or authors, and of an object such as ``{"name": …}``, too."""
    if isinstance(value, list):
        return ("\n\n" if field == "text" else ", ").join(filter(None, (_value(one, field) for one in value)))
    if isinstance(value, dict):
        return _value(value.get(_column(field, value) or "name", ""), field)
    if field == "published" and isinstance(value, int | float) and not math.isnan(value):
        return _day(value)
    return str(value) if isinstance(value, str | int | float) else ""


def _day(since_1970: float) -> str:
    """The day of a moment in seconds or milliseconds since 1970; other numbers, as that of a year, as they are."""
    for seconds in (since_1970, since_1970 / 1000):
        if _FIRST_SECOND <= seconds < _LAST_SECOND:
            return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return str(since_1970)
