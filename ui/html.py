"""Pieces of safe HTML: whatever documents, file names and people write arrives escaped.

There are two walls: each text goes through ``html.escape`` where it is put into the page, and each finished
piece goes through nh3's allow-list, so that a place where the first was forgotten still cannot run anything.
"""

import unicodedata
from html import escape

import nh3

from index.types import Document
from ui.excerpt import clipped
from ui.texts import Direction, Strings

TITLE_CHARACTERS = 160
"""Longer titles, names and paths are cut on the page."""

_TAGS = frozenset(
    {"a", "article", "bdi", "blockquote", "button", "caption", "details", "div", "h1", "h2", "h3", "header", "li"}
    | {"mark", "nav", "ol", "p", "progress", "q", "section", "span", "strong", "summary", "table", "tbody", "td", "th"}
    | {"thead", "time", "tr", "ul"}
)
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "role", "tabindex", "title"},
    "a": {"href"},
    "button": {"type", "data-act", "data-id", "data-text", "data-sure", "data-done"},
    "div": {"data-conversation"},
    "li": {"data-id"},
    "progress": {"value", "max"},
    "th": {"scope"},
    "time": {"datetime"},
}
_REORDERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def safe(html: str) -> str:
    """A finished piece, with everything removed that the page does not itself make."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        generic_attribute_prefixes={"aria-"},
        url_schemes=set(),
        link_rel=None,
    )


def direction(text: str, default: Direction) -> Direction:
    """The direction most letters of ``text`` have; at a tie that of the first, without letters ``default``.

    What stands between isolates does not count, as in Unicode's own rule (UAX 9, P2).
    """
    votes: list[Direction] = []
    isolated = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRI", "RLI", "FSI"):
            isolated += 1
        elif kind == "PDI":
            isolated = max(0, isolated - 1)
        elif isolated:
            continue
        elif kind in ("R", "AL"):
            votes.append("rtl")
        elif kind == "L":
            votes.append("ltr")
    if not votes:
        return default
    rtl = votes.count("rtl")
    if 2 * rtl == len(votes):
        return votes[0]
    return "rtl" if 2 * rtl > len(votes) else "ltr"


def frame(strings: Strings) -> str:
    """``lang`` and ``dir`` of a piece in the interface's language."""
    return f'lang="{strings.code}" dir="{strings.direction}"'


def written(text: str, strings: Strings, language: str = "und") -> str:
    """``dir`` and, where it is known, ``lang`` of a text somebody wrote."""
    known = "" if language == "und" else f'lang="{escape(language)}" '
    return f'{known}dir="{direction(text, strings.direction)}"'


def plain_label(text: str) -> str:
    """A title, name or path as text; controls that reorder letters show as what they are."""
    return "".join(
        "�" if unicodedata.category(c) == "Cc" or unicodedata.bidirectional(c) in _REORDERING else c for c in text
    )


def isolated(text: str, strings: Strings) -> str:
    """A text for a line in the interface's language, which it does not disorder where it runs the other way."""
    own = direction(text, strings.direction) == strings.direction
    return text if own else f"\u2068{text}\u2069"  # Unicode's FSI and PDI


def label(text: str) -> str:
    """A title, name or path in its own direction."""
    shown = plain_label(text)
    return f'<bdi dir="{direction(shown, "ltr")}">{escape(clipped(shown, TITLE_CHARACTERS))}</bdi>'


def button(words: str, act: str, *, kind: str = "quiet", **values: str) -> str:
    """A button that page.js turns into an event of the piece it stands in.

    Args:
        words: What it says.
        act: What the event asks for.
        kind: Its class.
        values: ``id``, ``text`` or ``sure`` for the event, ``done`` for what it says afterwards, ``label`` for who
            cannot see it, ``key`` that does the same.
    """
    spoken = f' aria-label="{escape(values.pop("label"))}"' if "label" in values else ""
    if key := escape(values.pop("key", "")):
        spoken += f' aria-keyshortcuts="{key}" title="{key}"'
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    return f'<button type="button" class="{kind}" data-act="{act}"{data}{spoken}>{escape(words)}</button>'


def day(document: Document, strings: Strings) -> str:
    """The date of a document in words."""
    if document.published is None:
        return escape(strings.undated)
    return f'<time datetime="{document.published.isoformat()}">{escape(strings.day(document.published))}</time>'


def page(document: Document, offset: int, strings: Strings) -> tuple[str, ...]:
    """The page of a document that a character is on; nothing where there are no pages."""
    number = document.page(offset)
    return (strings.digits(strings.page.format(number)),) if number else ()


def language(document: Document, strings: Strings) -> str:
    """The name of a document's language, "" when unknown."""
    return strings.language_name(document.language)
