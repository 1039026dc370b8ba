"""Files of each format, made by the tests, and a way to read them in this process."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path

import pytest
from fpdf import FPDF

from index.formats.parts import Found, Part

ARTICLE = (
    "افتتاح جسر النورس في مرسى اللؤلؤ",
    "نُشر في: 13 سبتمبر 2023 - 6:30 صباحًا",
    "قالت المهندسة ليلى السالمي إن الجسر لا يتأثر بالأمواج، وإن طوله 412 مترًا و3.5 أمتار عرضًا، وبلغت كلفته "
    "١٢٫٥ مليون دينار (نحو 40%) في عام 2031. وأضافت الشركة Gull Bridge Ltd أن الأعمال انتهت في 08/04/2031 قبل الموعد.",
    "الإجلاء والإلغاء والآلات والأسلحة: لأن السلام لازم، قال «لا» مرتين [1]. اكتبوا إلى info@example.org الآن.",
    "English follows: the bridge is 412 metres long, says the leaflet (page 2).",
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Make:
    """Makes files in a folder; each method returns the file's path."""

    folder: Path

    def pdf(
        self,
        name: str,
        *pages: tuple[str, ...],
        shaped: bool = True,
        header: str = "",
        password: str = "",
        title: str = "",
        author: str = "",
    ) -> Path:
        pdf = FPDF()
        pdf.set_title(title)
        pdf.set_author(author)
        pdf.add_font("arabic", fname=_font())
        pdf.set_font("arabic", size=13)
        pdf.set_text_shaping(shaped)
        for paragraphs in pages:
            pdf.add_page()
            if header:
                pdf.multi_cell(0, 8, f"{header} {pdf.page_no()}", align="C", new_x="LMARGIN", new_y="NEXT")
                pdf.ln(8)
            for paragraph in paragraphs:
                align = "R" if "\u0600" <= paragraph[0] <= "\uffff" else "L"
                pdf.multi_cell(0, 8, paragraph, align=align, new_x="LMARGIN", new_y="NEXT")
                pdf.ln(5)
        if password:
            pdf.set_encryption(owner_password=f"{password}!", user_password=password)
        pdf.output(str(self.folder / name))
        return self.folder / name

    def zip(self, name: str, files: Mapping[str, str | bytes]) -> Path:
        with zipfile.ZipFile(self.folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for inner, content in files.items():
                archive.writestr(inner, content)
        return self.folder / name

    def docx(self, name: str, body: str) -> Path:
        """A DOCX from the XML of its body; the style "1" is what an Arabic Word calls its first heading."""
        return self.zip(
            name,
            {
                "word/document.xml": f"<w:document xmlns:w='{_WORD}' xmlns:mc='http://schemas.openxmlformats.org/"
                f"markup-compatibility/2006'><w:body>{body}</w:body></w:document>",
                "word/styles.xml": f"<w:styles xmlns:w='{_WORD}'><w:style w:type='paragraph' w:styleId='1'>"
                "<w:name w:val='heading 1'/></w:style></w:styles>",
                "docProps/core.xml": "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/"
                "core-properties' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>الجسر الجديد</dc:title>"
                "<dc:creator>ليلى السالمي</dc:creator><dc:language>ar-EG</dc:language></cp:coreProperties>",
            },
        )

    def epub(self, name: str, *chapters: str) -> Path:
        manifest = "".join(
            f"<item id='c{n}' href='text/c%20{n}.xhtml' media-type='application/xhtml+xml'/>"
            for n in range(len(chapters))
        )
        spine = "".join(f"<itemref idref='c{n}'/>" for n in range(len(chapters)))
        return self.zip(
            name,
            {
                "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>"
                "<rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
                "OEBPS/book.opf": "<package xmlns='http://www.idpf.org/2007/opf'>"
                "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>حكاية الجسر</dc:title>"
                "<dc:creator>ليلى السالمي</dc:creator><dc:date>2031-04-08</dc:date><dc:language>ar-EG</dc:language>"
                "<dc:publisher>دار المرسى</dc:publisher></metadata>"
                "<manifest><item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
                f"{manifest}</manifest><spine><itemref idref='n'/>{spine}</spine></package>",
                "OEBPS/nav.xhtml": "<html><body><p>جدول المحتويات</p></body></html>",
                **{f"OEBPS/text/c {n}.xhtml": f"<html><body>{text}</body></html>" for n, text in enumerate(chapters)},
            },
        )

    def mail(self, name: str, text: str, attachments: Mapping[str, bytes], headers: Mapping[str, str]) -> Path:
        message = EmailMessage()
        message.set_content(text)
        for key, value in headers.items():
            message[key] = value
        for inner, content in attachments.items():
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=inner)
        (self.folder / name).write_bytes(message.as_bytes())
        return self.folder / name

    def text(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        (self.folder / name).write_bytes(text.encode(encoding))
        return self.folder / name


def _font() -> Path:
    """A font that can draw Arabic."""
    installed = distribution("fontpkg-ibm-plex-sans-arabic")
    name = next(file for file in installed.files or () if file.name == "IBMPlexSansArabic-Regular.ttf")
    return Path(str(installed.locate_file(name)))


@pytest.fixture
def font() -> Path:
    """A font that can draw Arabic, letters and ready-made forms."""
    return _font()


@pytest.fixture
def article() -> tuple[str, ...]:
    """Digits of both kinds, ligatures of lam and alef, brackets, vowel marks, and words read from the left."""
    return ARTICLE


@pytest.fixture
def make(tmp_path: Path) -> Make:
    folder = tmp_path / "made"
    folder.mkdir()
    return Make(folder)


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str, Path], list[Found]]:
    """Reads a file with a reader, without a child process."""

    def read(reader: str, path: Path) -> list[Found]:
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        return list(import_module(f"index.formats.{reader}").read(path, scratch))

    return read


@pytest.fixture
def part(found: Callable[[str, Path], list[Found]]) -> Callable[[str, Path], Part]:
    """The only part of a file."""

    def read(reader: str, path: Path) -> Part:
        (only,) = found(reader, path)
        assert isinstance(only, Part)
        return only

    return read


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
