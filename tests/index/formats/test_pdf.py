"""PDFs made here, drawn in the ways programs draw Arabic, read back word for word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from index.errors import DocumentError
from index.formats import pdf
from index.formats.parts import Part

Read = Callable[[str, Path], Part]


def test_arabic_is_read_as_it_was_written(make: Any, part: Read, article: tuple[str, ...]):
    read = part("pdf", make.pdf("a.pdf", article))
    assert read.text.split("\n\n") == list(article)
    assert (read.format, read.pages) == ("text", (0,))


def test_pages_begin_where_they_say(make: Any, part: Read, article: tuple[str, ...]):
    read = part("pdf", make.pdf("a.pdf", article[:2], article[2:4], (), article[4:]))
    assert [read.text[at:].partition("\n")[0] for at in read.pages] == [
        article[0],
        article[2],
        article[4],  # the empty page begins where the next does
        article[4],
    ]


def test_a_sentence_goes_on_over_the_page(make: Any, part: Read):
    long = "قال الوزير إن الجسر الذي يربط الحي القديم بالجزيرة جاهز منذ أيام وأن العمال " * 60 + "غادروا."
    read = part("pdf", make.pdf("a.pdf", (long,)))
    assert read.text == long
    assert len(read.pages) == 2


def test_titles_and_numbers_of_pages_are_left_out(make: Any, part: Read, article: tuple[str, ...]):
    pages = [article[:3], article[3:], article[2:3]]
    read = part("pdf", make.pdf("a.pdf", *pages, header="نشرة المرسى - صفحة"))
    assert read.text.split("\n\n") == [paragraph for page in pages for paragraph in page]


def test_text_drawn_in_presentation_forms_from_the_left(make: Any, part: Read, font: Path):
    # What programs without shaping do: ready-made forms, last letter first, brackets already mirrored.
    pdf = FPDF()
    pdf.add_font("arabic", fname=font)
    pdf.set_font("arabic", size=13)
    pdf.add_page()
    words = "سلام (412 مترا)"
    drawn = "(\ufe8d\ufeae\ufe98\ufee3 412) \ufee1\ufefc\ufeb3"
    pdf.cell(0, 8, drawn)
    path = make.folder / "forms.pdf"
    pdf.output(str(path))
    assert part("pdf", path).text == words


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("جسر النورس", "جسر النورس"),
        (" جسر 4.5 أمتار ", "جسر 4.5 أمتار"),
        ("", ""),
        ("Untitled-1", ""),
        ("تقرير.docx", ""),
        ("Microsoft Word - تقرير", ""),
    ],
)
def test_title_and_author_that_the_file_states(stated: str, title: str, make: Any, part: Read):
    read = part("pdf", make.pdf("a.pdf", ("فُتح الجسر اليوم.",), title=stated, author="ليلى السالمي"))
    assert (read.title, read.author) == (title, "ليلى السالمي")


def test_a_pdf_that_states_nothing(make: Any, part: Read):
    read = part("pdf", make.pdf("a.pdf", ("فُتح الجسر اليوم.",)))
    assert (read.title, read.author) == ("", "")


def test_a_scanned_pdf_is_told(make: Any, part: Read):
    with pytest.raises(DocumentError, match="OCR"):
        part("pdf", make.pdf("a.pdf", (), ()))


def test_an_encrypted_pdf_is_told(make: Any, part: Read):
    with pytest.raises(DocumentError, match="password"):
        part("pdf", make.pdf("a.pdf", ("سر الجسر.",), password="x"))


def test_a_pdf_whose_letters_two_programs_read_differently_is_refused(
    make: Any, part: Read, monkeypatch: pytest.MonkeyPatch
):
    lines = pdf.read_lines
    monkeypatch.setattr(pdf, "read_lines", lambda glyphs: lines(list(glyphs)[: len(list(glyphs)) // 2]))
    with pytest.raises(DocumentError, match="page 1 differently"):
        part("pdf", make.pdf("a.pdf", ("سلام على الجسر القديم في المدينة.",)))
