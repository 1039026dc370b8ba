"""DOCX, EPUB, tables, e-mail and archives made here, and what is read out of them."""

import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from index.errors import DocumentError
from index.formats.parts import Failed, Found, Member, Part
from index.load import load

Read = Callable[[str, Path], Part]
ReadAll = Callable[[str, Path], list[Found]]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(text: str, style: str = "") -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_docx_paragraphs_headings_and_tables(make: Any, part: Read):
    row = f"<w:tr><w:tc>{paragraph('الطول')}</w:tc><w:tc>{paragraph('412')}{paragraph('مترًا')}</w:tc></w:tr>"
    split = "<w:p><w:r><w:t>قال </w:t></w:r><w:del><w:r><w:delText>كذا</w:delText></w:r></w:del><w:ins><w:r><w:t>إن"
    split += "</w:t><w:tab/><w:t>الجسر &lt;b&gt; جاهز.</w:t></w:r></w:ins></w:p>"
    drawn = f"<w:p><mc:AlternateContent><mc:Choice>{paragraph('في إطار')}</mc:Choice><mc:Fallback>{paragraph('مكرر')}"
    drawn += "</mc:Fallback></mc:AlternateContent></w:p>"
    body = paragraph("افتتاح الجسر", "1") + split + f"<w:tbl>{row}</w:tbl>" + drawn + paragraph(" ")
    read = part("docx", make.docx("a.docx", body))
    assert read.text.splitlines()[:3] == [
        "<h1>افتتاح الجسر</h1>",
        "<p>قال إن الجسر &lt;b&gt; جاهز.</p>",
        "<p>الطول | 412 مترًا</p>",
    ]
    assert read.text.count("في إطار") == 1
    assert "مكرر" not in read.text
    assert (read.format, read.title, read.author, read.language) == ("html", "الجسر الجديد", "ليلى السالمي", "ar-EG")


def test_a_table_within_a_table_is_read_once(make: Any, part: Read):
    rows = "".join(f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>" for a, b in ("جد", "هو"))
    body = (
        f"<w:tbl><w:sdt><w:tr><w:tc>{paragraph('أب')}</w:tc><w:tc><w:tbl>{rows}</w:tbl></w:tc></w:tr></w:sdt></w:tbl>"
    )
    assert part("docx", make.docx("a.docx", body)).text == "<p>أب | ج د ه و</p>"


def test_a_text_box_within_a_paragraph_is_a_paragraph_of_its_own(make: Any, part: Read):
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('في الإطار')}{paragraph('سطران')}</w:txbxContent></w:pict></w:r>"
    body = f"<w:p><w:r><w:t>قبل الإطار</w:t></w:r>{box}<w:r><w:t>وبعده</w:t></w:r></w:p>"
    assert part("docx", make.docx("a.docx", body)).text.splitlines() == [
        "<p>قبل الإطار</p>",
        "<p>في الإطار سطران</p>",
        "<p>وبعده</p>",
    ]


def test_docx_notes_follow_the_text(make: Any, part: Read):
    path = make.docx("a.docx", paragraph("بدأ البناء."))
    with ZipFile(path, "a") as archive:
        for kind, text in (("footnote", "سجل عام ١٩٨٧."), ("endnote", "انتهى.")):
            notes = f"<w:{kind} w:type='separator'><w:p/></w:{kind}><w:{kind}>{paragraph(text)}</w:{kind}>"
            archive.writestr(f"word/{kind}s.xml", f"<w:{kind}s xmlns:w='{WORD}'>{notes}</w:{kind}s>")
    assert part("docx", path).text.splitlines() == ["<p>بدأ البناء.</p>", "<p>سجل عام ١٩٨٧.</p>", "<p>انتهى.</p>"]


def test_a_docx_bomb_is_refused(make: Any, part: Read):
    with pytest.raises(DocumentError, match="larger than 64 MiB"):
        part("docx", make.docx("a.docx", "<w:p/>" * (12 << 20)))


def test_entities_that_grow_are_refused(make: Any, part: Read):
    bomb = "<!DOCTYPE a [<!ENTITY b 'cccccccccc'><!ENTITY d '&b;&b;&b;'>]><a>&d;</a>"
    with pytest.raises(Exception, match="EntitiesForbidden"):
        part("docx", make.zip("a.docx", {"word/document.xml": bomb}))


def test_epub_chapters_in_reading_order(make: Any, part: Read):
    read = part("epub", make.epub("a.epub", "<h1>الأول</h1><p>بدأ البناء.</p>", "<p>انتهى البناء.</p>"))
    assert read.text.index("بدأ البناء.") < read.text.index("انتهى البناء.")
    assert "جدول المحتويات" not in read.text
    assert (read.title, read.author, read.published) == ("حكاية الجسر", "ليلى السالمي", "2031-04-08")
    assert (read.language, read.source, read.format) == ("ar-EG", "دار المرسى", "html")


def test_an_epub_leads_to_no_file_outside(make: Any, part: Read):
    path = make.zip(
        "a.epub",
        {
            "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>"
            "<rootfile full-path='../../../../etc/passwd'/></container>"
        },
    )
    with pytest.raises(DocumentError, match="missing"):
        part("epub", path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1256", "utf-16"])
def test_each_row_of_a_table_is_a_document(delimiter: str, encoding: str, make: Any, found: ReadAll):
    lines = [
        "العنوان|النص|تاريخ النشر|الرابط|الكاتب|اللغة",
        'فتح الجسر|"قال: ""فُتح""\nأمس."|13 سبتمبر 2023|u|ليلى|ar',
        "خبر|<p>نص آخر</p>||||",
    ]
    rows = found("tables", make.text("a.csv", "\r\n".join(lines).replace("|", delimiter), encoding))
    assert rows == [
        Part('قال: "فُتح"\nأمس.', "text", "2", "فتح الجسر", "13 سبتمبر 2023", "ar", "ليلى", "u"),
        Part("<p>نص آخر</p>", "html", "3", "خبر"),
    ]


def test_a_table_that_names_its_delimiter_or_begins_with_empty_lines(make: Any, found: ReadAll):
    rows = "النص;العنوان\r\nقال, وقال, وقال;خبر\r\n"
    assert found("tables", make.text("a.csv", f"sep=;\r\n{rows}")) == [Part("قال, وقال, وقال", "text", "3", "خبر")]
    assert found("tables", make.text("b.csv", f"\r\n\r\n{rows}\r\n")) == [Part("قال, وقال, وقال", "text", "4", "خبر")]


def test_rows_that_hold_no_text_are_named(make: Any, found: ReadAll):
    text = "".join(
        json.dumps(row, ensure_ascii=False) + "\n"
        for row in ({"Body": ["نص\u2028واحد", "ثان"], "Date": 2031, "authors": ["أ", "ب"]}, ["x"], {"title": "t"})
    )
    rows = found("tables", make.text("a.jsonl", text + "{oops\n\n" + '{"text": "نص"}'))
    assert rows[0] == Part("نص\u2028واحد\n\nثان", "text", "1", published="2031", author="أ, ب")
    assert [(row.name, type(row)) for row in rows[1:]] == [("2", Failed), ("3", Failed), ("4", Failed), ("6", Part)]


@pytest.mark.parametrize(
    "row",
    [
        {"fullText": "نص", "publishedAt": "2031-04-08", "author": {"name": "أ"}, "source": {"id": 7, "name": "خ"}},
        {"articleBody": [{"text": "نص"}, {"image": "a.png"}], "date": 1_933_372_800, "author": ["أ"], "url": "خ"},
        {"Full Text": "نص", "DATE-PUBLISHED": 1_933_400_000_000, "authors": [{"name": "أ"}], "publisher": "خ"},
    ],
)
def test_articles_as_programs_export_them(row: dict[str, Any], make: Any, found: ReadAll):
    (read,) = found("tables", make.text("a.jsonl", json.dumps(row)))
    assert read == Part("نص", "text", "1", published="2031-04-08", author="أ", source="خ")


def test_a_table_without_texts_says_what_a_column_is_to_be_called(make: Any, found: ReadAll):
    with pytest.raises(DocumentError, match=r"its columns are id, price.*'text'.*content"):
        found("tables", make.text("a.csv", "id,price\n1,2\n"))


def test_a_message_and_what_is_attached(make: Any, found: ReadAll, tmp_path: Path):
    headers = {
        "Subject": "افتتاح الجسر",
        "From": "ليلى السالمي <l@example.org>",
        "Date": "Wed, 13 Sep 2023 06:30:00 +0300",
        "Content-Language": "ar-EG",
    }
    path = make.mail("a.eml", "وصل العمال.\n", {"../../خبر.txt": "نص".encode()}, headers)
    message, attached = found("mail", path)
    assert message == Part("وصل العمال.\n", "text", "", "افتتاح الجسر", "2023-09-13", "ar-EG", "ليلى السالمي")
    assert isinstance(attached, Member)
    assert (tmp_path / "scratch" / attached.file).read_text("utf-8") == "نص"
    assert not list(tmp_path.glob("*.txt"))


def test_the_language_of_a_message_in_parts(make: Any, part: Read):
    path = make.folder / "a.eml"
    bodies = "--b\r\nContent-Type: text/plain\r\n\r\nHotel Berlin\r\n--b--\r\n"
    path.write_text(f"Content-Language: de-DE\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{bodies}")
    assert part("mail", path).language == "de-DE"


def test_attachments_that_are_not_read_are_named(make: Any, found: ReadAll):
    message = EmailMessage()
    message.set_content("وصل العمال.\n")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    for number in range(2, 104):
        message.add_attachment(b"words", maintype="text", subtype="plain", filename=f"{number}.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    path = make.folder / "a.eml"
    path.write_bytes(message.as_bytes())
    _, *attached = found("mail", path)
    assert [(one.name, type(one)) for one in attached if not isinstance(one, Part)] == [
        ("attachment 1", Failed),
        *((f"{number}.txt", Member if number <= 100 else Failed) for number in range(2, 104)),
        ("attachment 104", Failed),
    ]
    failures = load([path]).failures
    assert [name for name, _ in failures] == [
        "a.eml/attachment 1", "a.eml/101.txt", "a.eml/102.txt", "a.eml/103.txt", "a.eml/attachment 104",
    ]  # fmt: skip
    assert "without a name" in failures[0][1]
    assert "after 100 other files" in failures[1][1]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1251", "us-ascii", "x-unknown"])
def test_a_message_in_a_charset_that_is_not_what_it_says(charset: str, make: Any, part: Read):
    body = "وصل العمال إلى الجسر صباحا وبدأوا العمل في الميناء القديم.".encode("cp1256")
    path = make.folder / "a.eml"
    head = f"Subject: x\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    path.write_bytes(head.encode() + body)
    assert part("mail", path).text == body.decode("cp1256")


@pytest.mark.parametrize(("text", "charset"), [("Plain words.", "us-ascii"), ("© 2031, 20 °C", "iso-8859-1")])
def test_a_message_with_hardly_a_letter_that_tells(text: str, charset: str, make: Any, part: Read):
    path = make.folder / "a.eml"
    path.write_bytes(f"Content-Type: text/plain; charset={charset}\r\n\r\n{text}".encode(charset))
    assert part("mail", path).text == text


def test_of_a_message_with_an_empty_plain_text_the_html_is_read(make: Any, part: Read):
    message = EmailMessage()
    message.set_content("\n")
    message.add_alternative("<p>وصل العمال.</p>", subtype="html", cte="base64")
    (make.folder / "a.eml").write_bytes(message.as_bytes())
    read = part("mail", make.folder / "a.eml")
    assert (read.text.strip(), read.format) == ("<p>وصل العمال.</p>", "html")


def test_a_subject_in_bytes_that_tell_no_encoding_is_no_title(make: Any, part: Read):
    path = make.folder / "a.eml"
    path.write_bytes(b"Subject: " + "افتتاح الجسر".encode("cp1256") + b"\r\n\r\nwords")
    assert part("mail", path).title == ""


def test_an_archive_is_unpacked_under_made_up_names(make: Any, found: ReadAll, tmp_path: Path):
    files = {
        "../../x.txt": "1",
        "/etc/y.txt": "2",
        "c:\\z.txt": "3",
        "أخبار/ع.txt": "4",
        "__MACOSX/a.txt": "5",
        ".h": "6",
    }
    members = found("archive", make.zip("a.zip", files))
    assert [member.name for member in members] == ["x.txt", "etc/y.txt", "c:/z.txt", "أخبار/ع.txt"]
    assert all(isinstance(member, Member) and "/" not in member.file for member in members)
    assert sorted(path.read_text() for path in (tmp_path / "scratch").iterdir()) == ["1", "2", "3", "4"]


def test_names_without_their_encoding_are_utf8(make: Any, found: ReadAll):
    path = make.zip("a.zip", {"AAAAAAA.txt": "1"})
    name = "عين".encode() + b"A"
    path.write_bytes(path.read_bytes().replace(b"AAAAAAA", name))
    assert [member.name for member in found("archive", path)] == ["عينA.txt"]


def test_an_archive_of_too_many_files_or_bytes_is_refused(make: Any, found: ReadAll, monkeypatch: pytest.MonkeyPatch):
    from index.formats import archive

    path = make.zip("a.zip", {f"{n}.txt": "0" * 1000 for n in range(5)})
    monkeypatch.setattr(archive, "MOST_FILES", 4)
    with pytest.raises(DocumentError, match="5 files"):
        found("archive", path)
    monkeypatch.setattr(archive, "MOST_FILES", 5)
    monkeypatch.setattr(archive, "MOST_BYTES", 4500)
    with pytest.raises(DocumentError, match="unpack it"):
        found("archive", path)


def test_one_file_too_large_is_named_and_the_rest_read(make: Any, found: ReadAll):
    path = make.zip("a.zip", {"big.txt": b"\0" * (65 << 20), "small.txt": "x"})
    failed, member = found("archive", path)
    assert (failed.name, type(failed)) == ("big.txt", Failed)
    assert member.name == "small.txt"


def test_what_is_no_archive_is_told(make: Any, found: ReadAll):
    with pytest.raises(DocumentError, match="no ZIP"):
        found("archive", make.text("a.zip", "words"))
