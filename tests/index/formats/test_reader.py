"""Reading in a child process: what breaks there breaks one file only."""

import errno
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from index.errors import DocumentError
from index.files import EXHAUSTED
from index.formats import reader
from index.formats.parts import Failed, Member
from index.formats.reader import Reader
from index.formats.text import FORMATS
from index.load import load
from index.types import Document

pytestmark = pytest.mark.usefixtures("own_child")


def read(reading: Reader, path: Path) -> list[Document | Member | Failed]:
    """What a reader makes of a file in an empty folder."""
    return list(reading.read(path, path.suffix, path.parent, lambda _: ("0", path.name)))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("while True: pass", "longer than 1 seconds"),
        ("x = bytearray(2 << 30)", "MiB of memory"),
        ("import os; os.kill(os.getpid(), 11)", "broke down"),
        ("import os; os.write(3, b'{')\nos._exit(0)", "broke down"),
        ("raise KeyError('x')", "damaged"),
        ("raise RecursionError('deep')", "damaged"),
        ("import sys; sys.exit(3)", "broke down"),
    ],
)
@pytest.mark.usefixtures("bad_package")
def test_a_file_that_breaks_the_reader_is_told_and_the_next_is_read(code: str, reason: str, tmp_path: Path):
    bad, good = tmp_path / "bad.zip", tmp_path / "good.zip"
    bad.write_text(code)
    good.write_text("print('not an answer')")
    with Reader(
        seconds=1.0 if reason.startswith("longer") else 60.0
    ) as reading:  # a busy machine takes a second to start
        with pytest.raises(DocumentError, match=reason):
            read(reading, bad)
        reading._seconds = 60.0
        (document,) = read(reading, good)
        assert isinstance(document, Document)
        assert (document.id, document.path, document.text) == ("0", "good.zip", "words")


@pytest.mark.parametrize("number", sorted(EXHAUSTED - {errno.ENOMEM}))
@pytest.mark.usefixtures("bad_package")
def test_what_the_machine_lacks_is_not_the_files_fault(number: int, make: Any):
    make.text("a.zip", f"raise OSError({number}, 'no', 'x')")
    with Reader() as reading:
        with pytest.raises(OSError, match=re.escape(os.strerror(number))) as raised:
            read(reading, make.folder / "a.zip")
        assert raised.value.errno == number
    with pytest.raises(DocumentError, match=rf"a\.zip cannot be read: {re.escape(os.strerror(number))}; make room"):
        load([make.folder, make.text("ok.txt", "some words")])


BREAKS = """import {module}
def fail(*_given, **_named):
    raise {error}
{module}.{name} = fail
"""


def break_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str, name: str, error: str) -> None:
    """Let a function fail there and not here."""
    (tmp_path / "code").mkdir()
    code = BREAKS.format(module=module, name=name, error=error)
    (tmp_path / "code" / "sitecustomize.py").write_text(f"import sys\nsys.path.insert(0, {reader._PACKAGES!r})\n{code}")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "code"))


@pytest.mark.parametrize(
    ("name", "error", "reason"),
    [("decode", "KeyError('x')", "damaged"), ("decode", "MemoryError", "MiB of memory")],
)
@pytest.mark.parametrize("ending", FORMATS)
def test_a_text_is_decoded_in_the_child(
    ending: str, name: str, error: str, reason: str, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    break_the_child(monkeypatch, tmp_path, "index.decode", name, error)
    make.text(f"a{ending}", "some words")
    with pytest.raises(DocumentError, match=reason):
        load([make.folder])


@pytest.mark.parametrize(("error", "reason"), [("KeyError('x')", "damaged"), ("MemoryError", "MiB of memory")])
def test_every_part_is_parsed_in_the_child(
    error: str, reason: str, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    break_the_child(monkeypatch, tmp_path, "index.frontpage", "read_front_page", error)
    make.text("a.txt", "some words")
    make.text("b.csv", "text\nsome words\nother words\n")
    make.mail("c.eml", "words", {"d.html": b"<p>words"}, {})
    with pytest.raises(DocumentError, match=reason):
        load([make.folder])
    monkeypatch.delenv("PYTHONPATH")
    assert len(load([make.folder]).documents) == 5


@pytest.mark.parametrize(
    ("error", "read", "failed"),
    [("KeyError('x')", ["a.csv/2", "a.csv/4"], "a.csv/3"), ("MemoryError", ["a.csv/2"], "a.csv")],
)
def test_what_comes_behind_a_row_that_breaks_is_read_or_told(
    error: str, read: list[str], failed: str, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "sitecustomize.py").write_text(
        f"import sys\nsys.path.insert(0, {reader._PACKAGES!r})\nfrom index import frontpage\n"
        "real = frontpage.read_front_page\n"
        "def fail(document, found):\n"
        f"    if 'bad' in document.text:\n        raise {error}\n"
        "    return real(document, found)\n"
        "frontpage.read_front_page = fail\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "code"))
    make.text("a.csv", "text\nsome words\nbad words\nother words\n")
    make.text("b.txt", "more words")
    loaded = load([make.folder])
    assert [document.path for document in loaded.documents] == [*read, "b.txt"]
    assert [path for path, _ in loaded.failures] == [failed]


@pytest.mark.usefixtures("bad_package")
def test_a_child_ends_by_itself_where_nobody_ends_it(make: Any, tmp_path: Path):
    path = make.text("a.zip", "while True: pass")
    asked = {"reader": "archive", "path": str(path), "scratch": str(tmp_path), "seconds": 1}
    child = reader._start()
    reader._send(child, asked)
    assert child.wait(60) == -signal.SIGALRM
    child.communicate()


@pytest.mark.usefixtures("bad_package")
def test_a_child_that_died_meanwhile_is_not_the_next_files_fault(make: Any):
    with Reader() as reading:
        assert read(reading, make.text("a.zip", "pass"))
        child = reading._child
        assert child is not None
        child.kill()
        child.wait()
        assert read(reading, make.text("b.zip", "pass"))


def test_a_file_that_changes_while_it_is_read_is_told(make: Any, monkeypatch: pytest.MonkeyPatch):
    path = make.text("a.txt", "some words")
    make.text("b.txt", "other words")
    reading = Reader.read

    def write_and_read(self: Reader, given: Path, *rest: Any) -> Any:
        if given == path:
            path.write_text("not the words whose digest was taken")
        return reading(self, given, *rest)

    monkeypatch.setattr(Reader, "read", write_and_read)
    loaded = load([make.folder])
    assert [document.path for document in loaded.documents] == ["b.txt"]
    assert loaded.failures == (("a.txt", "it changed while it was read; build again when it is saved"),)


def test_the_child_ends_with_its_reader(make: Any):
    path = make.zip("a.zip", {})
    with Reader() as reading:
        assert read(reading, path) == []
        child = reading._child
        assert child is not None
        assert child.poll() is None
    assert child.returncode == -signal.SIGKILL


def test_the_folder_one_is_in_is_not_imported_from(tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch):
    trap = tmp_path / "trap" / "index"
    trap.mkdir(parents=True)
    (trap / "__init__.py").write_text("import pathlib; pathlib.Path('sprung').touch()")
    monkeypatch.chdir(trap.parent)
    assert load([make.text("a.txt", "words here")]).documents
    with Reader() as reading:
        assert read(reading, make.zip("a.zip", {})) == []
    assert not (trap.parent / "sprung").exists()


def test_the_libraries_that_read_are_not_imported_here():
    names = ("pdfminer", "pypdfium2", "defusedxml")
    code = f"import sys; sys.path.insert(0, {reader._PACKAGES!r}); import index.load, index.build; "
    code += f"sys.exit(any(name in sys.modules for name in {names!r}))"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
