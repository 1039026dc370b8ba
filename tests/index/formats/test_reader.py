"""Reading in a child process: what breaks there breaks one file only."""

import errno
import json
import os
import re
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index import build
from index.config import IndexSettings
from index.errors import DocumentError
from index.files import EXHAUSTED
from index.formats import reader
from index.formats.child import HARMLESS
from index.formats.parts import Failed, Member
from index.formats.reader import READERS, Reader
from index.formats.text import FORMATS
from index.load import load
from index.markup import blocks, plain
from index.store import Generation
from index.types import Document

pytestmark = pytest.mark.usefixtures("own_child")


def read(reading: Reader, path: Path) -> list[Document | Member | Failed]:
    """What a reader makes of a file in an empty folder."""
    return list(reading.read(path, path.suffix, path.parent, lambda _: ("0", path.name)))


@pytest.fixture
def bad_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child whose reader for .zip does what the file says."""
    code = tmp_path / "code"
    code.mkdir()
    (code / "sitecustomize.py").write_text(
        "import sys, types\n"
        "def read(path, scratch):\n"
        "    exec(path.read_text())\n"
        "    from index.formats.parts import Part\n"
        "    yield Part('words', 'text')\n"
        "sys.modules['index.formats.archive'] = types.SimpleNamespace(read=read)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(code))


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


@pytest.mark.usefixtures("bad_package")
def test_a_file_that_takes_all_memory_a_reader_may_have_is_told(make: Any):
    make.text("a.zip", f"raise OSError({errno.ENOMEM}, 'Cannot allocate memory')")
    make.text("b.zip", "raise OSError(5, 'Input/output error')")
    make.text("ok.txt", "some words")
    loaded = load([make.folder])
    assert [path for path, _ in loaded.failures] == ["a.zip", "b.zip"]
    assert "MiB of memory" in loaded.failures[0][1]
    assert "Input/output error" in loaded.failures[1][1]


# The inner of two packed files is struck, so that the fault must go through the outer one.
NO_ROOM = """import pathlib
write = pathlib.Path.write_bytes
def refuse(path, data):
    if len(data) < 100:
        raise OSError(28, "No space left on device")
    return write(path, data)
pathlib.Path.write_bytes = refuse
"""
NO_HANDLES = """import resource, zipfile
opening = zipfile.ZipFile.__init__
def open_zip(self, file, *args, **kwargs):
    if file.name != "outer.zip":
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    opening(self, file, *args, **kwargs)
zipfile.ZipFile.__init__ = open_zip
"""


@pytest.mark.parametrize(
    ("fault", "reason", "ending"),
    [
        (NO_ROOM, "No space left on device", ".zip"),
        (NO_ROOM, "No space left on device", ".eml"),
        (NO_HANDLES, "Too many open files", ".zip"),
        (NO_HANDLES, "Too many open files", ".docx"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_build_without_room_or_handles_for_its_reader_leaves_the_old_index(
    fault: str,
    reason: str,
    ending: str,
    packed: bool,
    make: Any,
    tmp_path: Path,
    counting: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    index = tmp_path / "index"

    def make_index() -> str:
        return build.build([make.folder], index, IndexSettings(), counting, lambda *_: None).name

    make.text("ok.txt", "افتُتح الجسر صباح الاثنين.")
    first = make_index()
    if ending == ".zip":
        path = make.zip("a.zip", {"x.txt": "وصل العمال."})
    elif ending == ".eml":
        path = make.mail("a.eml", "وصلت الرسالة.", {"x.txt": "وصل العمال.".encode()}, {})
    else:
        path = make.docx("a.docx", "<w:p><w:r><w:t>وصل العمال.</w:t></w:r></w:p>")
    if packed:
        make.zip("outer.zip", {path.name: path.read_bytes()})
        path.unlink()
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "sitecustomize.py").write_text(fault)
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path / "code"))
        with pytest.raises(DocumentError, match=rf"(a|outer)\.\w+ cannot be read: {reason}; make room"):
            make_index()
    assert Generation.open(index).name == first
    assert make_index() != first
    assert any("وصل العمال" in document.text for document in Generation.open(index).contents.documents)


def test_without_a_folder_for_temporary_files_nothing_is_left_out(make: Any, monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: object, **_named: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    make.zip("a.zip", {"x.txt": "words"})
    make.text("ok.txt", "some words")
    monkeypatch.setattr("tempfile.mkdtemp", fail)
    with pytest.raises(DocumentError, match=r"a\.zip cannot be read: No usable temporary directory"):
        load([make.folder])


@pytest.fixture
def little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that may take 12 MiB more than it has when it begins."""
    if not Path("/proc/self/statm").exists():
        pytest.skip("what a process takes is read from /proc")
    code = tmp_path / "code"
    code.mkdir()
    (code / "sitecustomize.py").write_text(
        "import resource\n"
        "limit = resource.setrlimit\n"
        "def setrlimit(kind, bounds):\n"
        "    if kind == resource.RLIMIT_AS:\n"
        "        taken = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "        bounds = (taken + (12 << 20),) * 2\n"
        "    limit(kind, bounds)\n"
        "resource.setrlimit = setrlimit\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(code))


@pytest.mark.usefixtures("little_memory")
def test_markup_that_eats_memory_is_told_and_the_next_is_read(make: Any):
    page = "<p>ا" * (HARMLESS // 4 + 1)  # not "a": to tell languages of Latin letters takes a large library
    make.text("a.html", page)
    make.text("b.jsonl", json.dumps({"text": page}) + "\n")
    make.text("c.html", "<p>افتُتح الجسر صباح الاثنين.")
    loaded = load([make.folder])
    assert [document.path for document in loaded.documents] == ["c.html"]
    assert [path for path, _ in loaded.failures] == ["a.html", "b.jsonl"]
    assert all("MiB of memory" in reason for _, reason in loaded.failures), loaded.failures


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


def quote(document: Document, words: str) -> str:
    start = document.text.index(words)
    return plain(document.text[start : start + len(words)], document.format)


def test_every_format_becomes_documents(make: Any, article: tuple[str, ...]):
    pdf = make.pdf("a.pdf", article[:2], article[2:])
    make.docx("b.docx", "<w:p><w:r><w:t>وصل الوزير إلى الميناء.</w:t></w:r></w:p>")
    make.epub("c.epub", "<p>بدأ البناء في الربيع.</p>")
    make.text("d.csv", "title,text,date\nخبر,غادر العمال الجسر.,28 صفر 1445 هـ\nفارغ,,\n")
    make.text("e.jsonl", '{"title": "t", "body": "انتهت الأعمال اليوم."}\n')
    make.mail("f.eml", "وصلت الرسالة.\n", {"ملحق.txt": "نص الملحق هنا.".encode()}, {"Subject": "رسالة"})
    inner = make.zip("inner.zip", {"deep/x.html": "<title>عنوان</title><p>نص في العمق."})
    make.zip(
        "g.zip", {"أ/copy.pdf": pdf.read_bytes(), "inner.zip": inner.read_bytes(), "y.txt": "نص عادي.", "z.exe": "MZ"}
    )
    inner.unlink()
    make.text("h.pdf", "not a PDF")
    loaded = load([make.folder])
    documents = {document.path: document for document in loaded.documents}
    assert list(documents) == [
        "a.pdf", "b.docx", "c.epub", "d.csv/2", "e.jsonl/1", "f.eml", "f.eml/ملحق.txt", "g.zip/inner.zip/deep/x.html",
        "g.zip/y.txt",
    ]  # fmt: skip
    assert documents["a.pdf"].copies == ("g.zip/أ/copy.pdf",)
    assert [path for path, _ in loaded.failures] == ["d.csv/3", "g.zip/z.exe", "h.pdf"]
    assert str(documents["d.csv/2"].published) == "2023-09-13"
    assert documents["c.epub"].language == "ar"
    pdf_document = documents["a.pdf"]
    assert pdf_document.page(pdf_document.text.index("الأعمال")) == 2
    assert pdf_document.page(0) == 1
    assert documents["b.docx"].page(3) is None
    assert str(pdf_document.published) == "2023-09-13"
    assert pdf_document.title == article[0]
    assert len({document.id for document in loaded.documents}) == len(documents)
    assert quote(documents["b.docx"], "وصل الوزير") == "وصل الوزير"


def make_one_of_each(make: Any) -> None:
    make.pdf("a.pdf", ("وصل القطار إلى المحطة.",), title="القطار", author="ليلى السالمي")
    make.docx("b.docx", "<w:p><w:r><w:t>وصل الوزير إلى الميناء.</w:t></w:r></w:p>")
    make.epub("c.epub", "<p>بدأ البناء في الربيع.</p>")
    make.text("d.csv", "title,text,date,author\nالسوق,فتح السوق أبوابه.,12/9/1445 هـ,سعيد\n")
    make.text("e.tsv", "العنوان\tالنص\tالمصدر\nالسفينة\tغادرت السفينة الميناء.\tالضفة\n", "utf-16")
    make.text("f.jsonl", '{"title": "المدرسة", "body": "عاد التلاميذ إلى المدرسة.", "date": "2031-04-08"}\n')
    make.text("g.ndjson", '{"العنوان": "الملعب", "النص": "فاز الفريق في الملعب.", "الكاتب": "سعيد"}\n')
    headers = {"Subject": "الرسالة", "From": "سعيد <s@example.org>", "Date": "Wed, 13 Sep 2023 06:30:00 +0300"}
    make.mail("h.eml", "وصلت الرسالة صباحا.\n", {}, headers)
    make.text("i.txt", "المكتبة\n\nنُشر في: 28 صفر الخير 1445هـ\n\nفتحت المكتبة أبوابها.\n", "cp1256")
    make.text("j.text", "المطار\n\nالمصدر: وكالة الضفة\n\nهبطت الطائرة في المطار.\n", "utf-16-le")
    make.text("k.md", "---\ntitle: المتحف\ndate: 2023-09-13\nauthor: سعيد\n---\n\nفتح **المتحف** أبوابه.\n")
    make.text("l.markdown", "# الحديقة\n\nفتحت [الحديقة](https://example.org) أبوابها.\n")
    make.text("m.html", "<html lang=ar><title>المصنع</title><p>فتح <b>المصنع</b> أبوابه.")
    page = "<meta charset=windows-1256><title>المسرح</title><meta name=author content=سعيد><p>فتح المسرح&nbsp;أبوابه."
    make.text("n.htm", page, "cp1256")


ONE_OF_EACH = {  # path of each document: its title, its words, its day, author and source
    "a.pdf": ("القطار", "وصل القطار إلى المحطة.", None, "ليلى السالمي", ""),
    "b.docx": ("الجسر الجديد", "وصل الوزير إلى الميناء.", None, "ليلى السالمي", ""),
    "c.epub": ("حكاية الجسر", "بدأ البناء في الربيع.", date(2031, 4, 8), "ليلى السالمي", "دار المرسى"),
    "d.csv/2": ("السوق", "فتح السوق أبوابه.", date(2024, 3, 22), "سعيد", ""),
    "e.tsv/2": ("السفينة", "غادرت السفينة الميناء.", None, "", "الضفة"),
    "f.jsonl/1": ("المدرسة", "عاد التلاميذ إلى المدرسة.", date(2031, 4, 8), "", ""),
    "g.ndjson/1": ("الملعب", "فاز الفريق في الملعب.", None, "سعيد", ""),
    "h.eml": ("الرسالة", "وصلت الرسالة صباحا.", date(2023, 9, 13), "سعيد", ""),
    "i.txt": ("المكتبة", "فتحت المكتبة أبوابها.", date(2023, 9, 13), "", ""),
    "j.text": ("المطار", "هبطت الطائرة في المطار.", None, "", "وكالة الضفة"),
    "k.md": ("المتحف", "فتح المتحف أبوابه.", date(2023, 9, 13), "سعيد", ""),
    "l.markdown": ("الحديقة", "فتحت الحديقة أبوابها.", None, "", ""),
    "m.html": ("المصنع", "فتح المصنع أبوابه.", None, "", ""),
    "n.htm": ("المسرح", "فتح المسرح أبوابه.", None, "سعيد", ""),
}


def told(document: Document) -> tuple[str, str, date | None, str, str]:
    """What ``ONE_OF_EACH`` says of a document; its words are those of its last block."""
    last = blocks(document)[-1]
    words = plain(document.text[last.start : last.end], document.format)
    return document.title, words, document.published, document.author, document.source


def test_arabic_in_a_file_of_each_format(make: Any):
    make_one_of_each(make)
    loaded = load([make.folder])
    assert loaded.failures == ()
    assert {document.path: told(document) for document in loaded.documents} == ONE_OF_EACH
    assert {document.language for document in loaded.documents} == {"ar"}
    assert {Path(path.partition("/")[0]).suffix for path in ONE_OF_EACH} == READERS.keys() - {".zip"}


def test_an_archive_of_a_file_of_each_format(make: Any):
    make_one_of_each(make)
    packed = {f"أخبار/{path.name}": path.read_bytes() for path in make.folder.iterdir()}
    loaded = load([make.zip("z.zip", packed)])
    assert loaded.failures == ()
    assert {document.path.removeprefix("z.zip/أخبار/"): told(document) for document in loaded.documents} == ONE_OF_EACH


def test_archives_in_archives_end_somewhere(make: Any):
    path = make.zip("0.zip", {"a.txt": "words at the bottom"})
    for depth in range(1, 6):
        path = make.zip(f"{depth}.zip", {"n.zip": path.read_bytes()})
    loaded = load([path, make.text("ok.txt", "some words")])
    assert [document.path for document in loaded.documents] == ["ok.txt"]
    ((name, reason),) = loaded.failures
    assert name == "5.zip/n.zip/n.zip/n.zip"
    assert "archives" in reason


def test_equal_rows_are_copies(make: Any):
    make.text("a.csv", "text\nنص واحد هنا.\nنص واحد هنا.\nنص آخر هنا.\n")
    assert [(d.path, d.copies) for d in load([make.folder]).documents] == [("a.csv/2", ("a.csv/3",)), ("a.csv/4", ())]


def test_every_ending_has_a_reader():
    for name in READERS.values():
        assert (Path(reader.__file__).parent / f"{name}.py").exists()


def crafted(*objects: bytes) -> bytes:
    """A PDF of objects numbered from 1; the first is its catalog."""
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


def test_pdfs_that_lead_in_a_circle_end(make: Any):
    form = b"/Resources<</XObject<</F 4 0 R>>>>"
    draw = b"/Length 5>>\nstream\n/F Do\nendstream"
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R" + form + b">>"
    own = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]" + form
    (make.folder / "form.pdf").write_bytes(crafted(catalog, pages, page, own + draw, b"<<" + draw))
    (make.folder / "tree.pdf").write_bytes(crafted(catalog, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"))
    make.text("ok.txt", "some words")
    loaded = load([make.folder])
    assert [document.path for document in loaded.documents] == ["ok.txt"]
    assert [path for path, _ in loaded.failures] == ["form.pdf", "tree.pdf"]
