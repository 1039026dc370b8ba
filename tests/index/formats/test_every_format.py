"""A file of each format, alone and packed, becomes documents."""

from datetime import date
from pathlib import Path
from typing import Any

from index.formats import reader
from index.formats.reader import READERS
from index.load import load
from index.markup import blocks, plain
from index.types import Document


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
