"""Whatever goes wrong with a document or the index is told in Arabic, too."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import index
import ui
from index import deleted, load, manifest
from index.formats import child, reader
from ui import library
from ui.arabic_errors import ERRORS
from ui.strings import ARABIC, ENGLISH

FOLDERS = [Path(package.__file__).parent for package in (index, ui) if package.__file__]
SHOWN = {"DocumentError", "Failed", "IndexFileError", "ModelError", "ArchiveError"}
TERMINAL = {"cli.py", "json_lines.py"}  # what only the command line says


def lines() -> Iterator[str]:
    """The line of each known error that the page may show, with {} for each value."""
    yield from (deleted.REASON, manifest.REBUILD)
    for path in sorted(path for folder in FOLDERS for path in folder.rglob("*.py") if path.name not in TERMINAL):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in SHOWN:
                continue
            for given in call.args:
                if isinstance(given, ast.JoinedStr):
                    yield "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in given.values)
                elif isinstance(given, ast.Constant) and given.value:
                    yield str(given.value)


def test_every_line_is_there_and_none_that_nothing_says() -> None:
    too_much = "reading it takes more than {} MiB of memory; split it, or save it as text"
    opened = "cannot be opened: {}; check its permissions"  # an OSError's, which load tells
    named = {reader._BROKE, load._CHANGED, library._BUSY}
    assert set(ERRORS) == {*lines(), too_much, opened, *named}
    assert ARABIC.told(child._TOO_MUCH) != child._TOO_MUCH


@pytest.mark.parametrize(("english", "arabic"), ERRORS.items())
def test_every_value_is_in_both(english: str, arabic: str) -> None:
    holes = {name for _, name, _, _ in Formatter().parse(arabic) if name is not None}
    assert holes <= {str(number) for number in range(english.count("{}"))}
    values = [f"<{number}>" for number in range(english.count("{}"))]
    said = ARABIC.told(english.format(*values))
    assert said == arabic.format(*(f"\u2068{value}\u2069" for value in values))


def test_what_it_quotes_is_told_as_well() -> None:
    said = ARABIC.told("no documents in /a; b.txt: the file is empty (0 bytes)")
    assert said.endswith("\u2068b.txt\u2069: \u2068الملف فارغ\u2069")


def test_what_nobody_knows_stays_as_it_is() -> None:
    for line in ("", "a secret of the inside", "its {} MiB"):
        assert ARABIC.told(line) == line
    assert ENGLISH.told("the file is empty (0 bytes)") == "the file is empty (0 bytes)"
