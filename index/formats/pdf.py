"""PDF: its text layer, page by page, in the order it is read."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypdfium2
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTItem
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from index.errors import DocumentError
from index.formats.glyphs import Glyph, Line, read_lines
from index.formats.parts import Part

_MOST_PAGES = 5000
_AGREEMENT = 0.9  # share of letters and digits that two readers must both find
_LEADING = 1.3  # lines further apart than this many usual distances are two paragraphs
_FARTHEST = 2.3  # and lines further apart than this many heights of the letters; Arabic fonts stand wide
_OTHER_SIZE = 1.12  # letters larger by this factor are another paragraph, as a heading is
_ROOM = 0.3  # share of the text's width that a line within a paragraph may leave empty, before a long word
_AROUND = 4  # lines above and below that tell how wide the text is
_ENDS = tuple('.؟?!۔。:؛»"”)')
_PARAGRAPH = "\n\n"
_RUNNING_PAGES = 3  # a line that heads or ends so many pages, and most of them, is no text of theirs


def read(path: Path, scratch: Path) -> Iterator[Part]:  # noqa: ARG001 - readers share one signature
    """Read a PDF.

    Raises:
        DocumentError: It is encrypted, holds no text, or its fonts do not say which letters they draw.
    """
    checked, about = _pdfium(path)
    pages = [read_lines(glyphs) for glyphs in _pdfminer(path)]
    for number, (lines, letters) in enumerate(zip(pages, checked, strict=False), start=1):
        seen = _letters(line.text for line in lines)
        if sum((seen & letters).values()) < _AGREEMENT * max(seen.total(), letters.total()):
            raise DocumentError(
                f"its fonts do not say which letters they draw: two programs read page {number} differently; "
                "make the PDF anew, or save its text"
            )
    text, starts = _joined(list(_without_running_lines(pages)))
    if not text:
        raise DocumentError("no text layer, only pictures of pages; recognise its text (OCR) first")
    yield Part(text, "text", title=_title(about), author=about.get("Author", ""), pages=tuple(starts))


def _pdfium(path: Path) -> tuple[list[Counter[str]], dict[str, str]]:
    """Letters of each page as PDFium reads them, and what the file says about itself."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError("encrypted with a password; save it without one") from None
        raise
    if len(document) > _MOST_PAGES:
        raise DocumentError(f"it has {len(document)} pages; split it into files of at most {_MOST_PAGES}")
    found = []
    for page in document:
        found.append(_letters([page.get_textpage().get_text_bounded()]))
        page.close()
    return found, document.get_metadata_dict(skip_empty=True)


def _pdfminer(path: Path) -> Iterator[list[Glyph]]:
    """Glyphs of each page in the order they are drawn."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    with path.open("rb") as file:
        # Who may open a file may read it here; "not to be copied" is a wish about whole copies.
        for page in PDFPage.get_pages(file, check_extractable=False):
            interpreter.process_page(page)
            yield [
                Glyph(char.get_text(), char.x0, char.x1, char.matrix[5], char.size)
                for char in _characters(device.get_result())
                if char.upright and not char.get_text().startswith("(cid:")
            ]


def _characters(item: LTItem) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        yield item
    elif isinstance(item, LTContainer):
        for inner in item:
            yield from _characters(inner)


def _letters(texts: Iterable[str]) -> Counter[str]:
    """How often each letter and digit stands in some texts, whatever form it is drawn in."""
    return Counter(c for text in texts for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _without_running_lines(pages: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """Pages without the titles and page numbers that head and end them."""
    edges = Counter(key for lines in pages for key in {_shape(line) for line in (*lines[:1], *lines[-1:])})
    least = max(_RUNNING_PAGES, 0.6 * len(pages))
    for lines in pages:
        first = bool(lines) and edges[_shape(lines[0])] >= least
        last = len(lines) > first and edges[_shape(lines[-1])] >= least
        yield lines[first : len(lines) - last]


def _shape(line: Line) -> str:
    """A line with its numbers made equal."""
    return "".join("0" if c.isdigit() else c for c in line.text)


def _joined(pages: Sequence[Sequence[Line]]) -> tuple[str, list[int]]:
    """Text of the pages, a paragraph a line, and where in it each page begins."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    before: list[Line] = []
    for lines in pages:
        starts.append(-1)
        gaps = [upper.y - lower.y for upper, lower in pairwise(lines) if upper.y > lower.y]
        farthest = _LEADING * median(gaps) if gaps else 0.0
        for number, line in enumerate(lines):
            # The width of the text hereabouts: a title above may be wider than the columns below it.
            around = [*before[-_AROUND:], *lines[number : number + _AROUND]]
            gap = before[-1].y - line.y if number else 0.0
            goes_on = before and gap <= min(farthest, _FARTHEST * line.size) and _goes_on(before[-1], line, around)
            piece = f"{' ' if goes_on else _PARAGRAPH}{line.text}" if before else line.text
            pieces.append(piece)
            length += len(piece)
            if not number:
                starts[-1] = length - len(line.text)
            before.append(line)
    following = length
    for page in reversed(range(len(starts))):  # a page without text begins where the next one does
        starts[page] = following = starts[page] if starts[page] >= 0 else following
    return "".join(pieces), starts


def _goes_on(above: Line, line: Line, around: Sequence[Line]) -> bool:
    """Whether a line belongs to the paragraph of the one above; a line that had room for its first word was ended."""
    if max(above.size, line.size) > _OTHER_SIZE * min(above.size, line.size):
        return False
    width = max(near.x1 - near.x0 for near in around)
    room = width - (above.x1 - above.x0)
    first_word = (line.x1 - line.x0) * (len(line.text.split()[0]) + 1) / len(line.text)
    return first_word > room or (room < _ROOM * width and not above.text.endswith(_ENDS))


def _title(about: dict[str, str]) -> str:
    """The title the file gives, unless a program put the name of a file there."""
    title = about.get("Title", "").strip()
    return "" if "." in title[-6:] or title.lower().startswith(("microsoft", "untitled")) else title
