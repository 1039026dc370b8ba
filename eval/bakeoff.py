"""Our reading of HTML pages beside trafilatura's and readability's: ``python -m eval.bakeoff [PAGE.html…]``.

Pages (without arguments those in ``samples/pages``) bear their labels: of each word the nearest element around it with
a ``data-part`` says whether it belongs to the "article", is "furniture", or "neither" (dates, captions). The attributes
are taken away before any system sees a page. ``pip install trafilatura readability-lxml`` for the other systems; one
that is not installed is left out, and said so.
"""

import difflib
import hashlib
import html
import importlib
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.statistics import Floats, bootstrap
from index.config import IndexSettings
from index.formats.parts import Part
from index.markup import plain
from index.parse import parse
from index.split import explain
from index.tags import BLOCKS

PAGES = Path(__file__).with_name("samples") / "pages"
ARTICLE, FURNITURE = "article", "furniture"
_LABEL = re.compile(r'\sdata-part="\w*"')
_WORD = re.compile(r"\w+")
_HIDDEN = frozenset({"head", "script", "style", "template", "noscript"})
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

Extract = Callable[[str], str]
"""The HTML of a page to the text of its article, headline and all."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        name: Its file's name.
        html: Its source without labels.
        words: The words of its body, in order, each with its label.
    """

    name: str
    html: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a system made of a page, in words.

    Attributes:
        kept: Words of the article that it returned.
        article: Words of the article.
        left: Words of the furniture that it returned.
        furniture: Words of the furniture.
    """

    kept: int
    article: int
    left: int
    furniture: int


class _Labelled(HTMLParser):
    """Collects the words of a body with the label of the nearest element around each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = [("", "neither")]
        self.words: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._open[-1][0] == "p" and tag in BLOCKS:
            self._open.pop()
        if tag not in _VOID:
            self._open.append((tag, dict(attrs).get("data-part") or self._open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        # What was never closed, a <p> or <li>, ends with what is around it.
        at = max((n for n, (name, _) in enumerate(self._open) if name == tag), default=None)
        if at is not None:
            del self._open[at:]

    def handle_data(self, data: str) -> None:
        if not _HIDDEN.intersection(name for name, _ in self._open):
            self.words += [(word, self._open[-1][1]) for word in _WORD.findall(data)]


def labelled(name: str, source: str) -> Page:
    """A page out of its labelled source."""
    return Page(name, _LABEL.sub("", source), _words(source))


def _words(source: str) -> tuple[tuple[str, str], ...]:
    parser = _Labelled()
    parser.feed(source)
    parser.close()
    return tuple(parser.words)


def sanad(source: str) -> str:
    """The article as it is indexed."""
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    document = parse(digest, "page.html", Part(source, "html"))
    cleaned = explain(document, IndexSettings())
    kept = (block for section in cleaned.sections for run in section.runs for block in run)
    texts = [plain(document.text[block.start : block.end], document.format) for block in kept]
    return "\n".join(texts if document.title in texts else [document.title, *texts])


def trafilatura(source: str) -> str:
    """The article as trafilatura takes it out, with its defaults but for comments, which are no part of it."""
    found = importlib.import_module("trafilatura").bare_extraction(source, include_comments=False, with_metadata=True)
    return f"{found.title or ''}\n{found.text or ''}" if found else ""


def readability(source: str) -> str:
    """The article as readability-lxml takes it out."""
    document = importlib.import_module("readability").Document(source)
    return f"{document.short_title()}\n{html.unescape(re.sub('<[^>]+>', ' ', document.summary()))}"


def everything(source: str) -> str:
    """All words of the body: what indexing the page as it is would take in."""
    return " ".join(word for word, _ in _words(source))


SYSTEMS: tuple[Extract, ...] = (sanad, trafilatura, readability, everything)


def judge(page: Page, extracted: str) -> Found:
    """Count what was returned, aligned in order with the page's words, so that no system is favoured by its form."""
    seen, given = [word for word, _ in page.words], _WORD.findall(extracted)
    kept = np.zeros(len(seen), dtype=bool)
    for at, _, size in difflib.SequenceMatcher(None, seen, given, autojunk=False).get_matching_blocks():
        kept[at : at + size] = True
    article, furniture = (np.array([kind == name for _, kind in page.words]) for name in (ARTICLE, FURNITURE))
    return Found(*(int(part.sum()) for part in (kept & article, article, kept & furniture, furniture)))


def f1(sums: Floats) -> Floats:
    """Harmonic mean of the share of the article kept and of the share of what was kept that is article: (b, 3) → (b,).

    Args:
        sums: Words of articles kept, of articles, and of furniture left.
    """
    kept, article, left = sums.T
    found: Floats = 2 * kept / np.maximum(1, article + kept + left)
    return found


def columns(found: Sequence[Found]) -> Floats:
    """(pages, 3) what ``f1`` sums up."""
    return np.array([[one.kept, one.article, one.left] for one in found], float)


def main(arguments: Sequence[str]) -> None:
    """Print a line for each system: shares of words, F1 with its interval, that less ours, milliseconds a page."""
    console = Console(width=150)
    paths = [Path(argument) for argument in arguments] or sorted(PAGES.glob("*.html"))
    pages = [labelled(path.name, path.read_text("utf-8")) for path in paths]
    words = [sum(kind == name for page in pages for _, kind in page.words) for name in (ARTICLE, FURNITURE)]
    table = Table(
        "system", "article kept", "furniture left", "F1 [95 %]", "less Sanad's", "worst page's F1", "ms a page"
    )
    ours: Floats | None = None
    names = [page.name for page in pages]
    for extract in SYSTEMS:
        found, times = [], []
        try:
            for page in track(pages, extract.__name__, console=Console(stderr=True), transient=True):
                began = perf_counter()
                text = extract(page.html)
                times.append(1000 * (perf_counter() - began))
                found.append(judge(page, text))
        except ModuleNotFoundError as error:
            console.print(f"{extract.__name__} is LEFT OUT: {error}; pip install trafilatura readability-lxml")
            continue
        sums = columns(found)
        ours = sums if ours is None else ours
        both = np.hstack([sums, ours])
        spread = bootstrap(sums, names, f1)
        apart = bootstrap(both, names, lambda drawn: f1(drawn[:, :3]) - f1(drawn[:, 3:]))
        worst = int(np.argmin(f1(sums)))
        table.add_row(
            extract.__name__,
            f"{sum(one.kept for one in found) / max(1, words[0]):.3f}",
            f"{sum(one.left for one in found) / max(1, words[1]):.3f}",
            f"{f1(sums.sum(0, keepdims=True))[0]:.3f} " + (f"[{spread[0]:.3f}, {spread[1]:.3f}]" if spread else ""),
            f"[{apart[0]:+.3f}, {apart[1]:+.3f}]" if apart and sums is not ours else "",
            f"{f1(sums)[worst]:.3f} {names[worst]}",
            f"{median(times):.1f}",
        )
    console.print(f"{len(pages)} pages, {words[0]:,} words of articles, {words[1]:,} of furniture")
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
