"""Which elements of an HTML page are furniture, as their names, their links and the place of the page's prose tell.

Classes, ids and roles are read as readability reads them (Arc90, 2010: "unlikely candidates"), a list of links is told
by how much of it is links, and the article is looked for in the smallest element that holds nearly all prose. None of
it is trusted with an element that holds most of the page's prose. Linear in the text.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from index import hidden
from index.tags import HEADINGS, SKIPPED, Nesting, Token, attributes, names, tokens

_PIECE = re.compile(r"[^-_:.]+")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FURNITURE = names(
    "ad ads adsense adslot advert advertisement advertising announcement banner banners breadcrumb breadcrumbs"
    " callout comment comments consent cookie cookies copyright crumb crumbs cta disclaimer disqus donate feedback"
    " follow footer gdpr keyword keywords login masthead menu menus modal mostread mpu nav navbar navigation"
    " newsletter newsletters outbrain pager pagination paging paywall popular popup promo promos promotion"
    " reactions recirc recommend recommendations recommended register related relateds rss search share sharebar"
    " sharer shares sharing sidebar signup skip skyscraper social socials sponsor sponsored subscribe subscription"
    " taboola tagcloud taglist tags teasers ticker toolbar topbar trending utility widgets"
)
# Parts of a name together: "most-read", "tag_list", "authorBox".
_PAIRS = names(
    "about-author also-read app-download app-links article-tags author-bio author-box author-card author-info"
    " back-top bookmark-card breaking-news follow-us font-size latest-news live-news may-like more-from more-news"
    " more-stories most-popular most-read most-viewed news-letter next-prev post-nav post-tags prev-next"
    " print-page quick-links read-also read-more read-next see-also side-bar site-header tag-cloud tag-list"
    " text-size top-bar top-nav top-stories up-next you-may"
)
# WordPress names the sections a story belongs to: "category-weather", "tag-newsletter".
_SECTIONS = ("category-", "tag-", "postid-", "term-")
_ROLES = names("alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar")
# What holds words, not an article.
_WORDS = HEADINGS | names("a abbr b cite em font i mark p q small span strong time u")
_SMALL = _WORDS | names("blockquote dl figure li ol pre table ul")
_LISTS = names("dl ol table ul")
_ROWS = names("dd dt td th tr")
_HEADS = names("h3 h4 h5 h6")
_PAGE = names("html body")
_CARDS, _CARD = 2, 400
"""Of elements of one name and class in a row, each with a mark: how many there are at least, and the most
characters in each."""
_LONG = 60
"""Characters from which on a run of text outside of links is prose."""
_MOST = 0.5
"""Share of the page's prose from which on an element is no furniture, whatever it is called."""
_LINKS, _LINKED = 3, 0.7
"""Of a list of links: how many it has at least, and the least share of its characters in them."""
_LINKED_BESIDE, _LINKED_BEHIND, _LINKED_CARD = 0.3, 0.15, 0.2
"""The same share for what stands before the article, behind it, and for a card without a heading."""
_NEARLY_ALL, _TITLED = 0.9, 0.5
"""Least share of the page's prose, without furniture, in the element of the article; and in one that has the title."""
_BROAD = 0.25
"""Least share of the page's characters outside of links in it."""


@dataclass(slots=True)
class _Element:
    """An element, and how many characters and links are in it.

    Attributes:
        parent: Number of the element around it, -1 for the page itself.
        name: Its tag's name.
        start: Offset of its tag.
        unseen: Whether nothing in it is read, as it is hidden or of a name for what is beside the text.
        called: Whether its class, id or role says that it is furniture.
        letters: Characters.
        linked: Characters in links.
        long: Characters in long runs outside of links.
        prose: Those of them that stand in nothing called furniture.
        links: Links.
        titles: Headings of the first level.
        heads: Headings from the third level on.
        kind: Name and classes, "" where it has none.
    """

    parent: int
    name: str
    start: int
    unseen: bool = False
    called: bool = False
    letters: int = 0
    linked: int = 0
    long: int = 0
    prose: int = 0
    links: int = 0
    titles: int = 0
    heads: int = 0
    kind: str = ""


def furniture(text: str) -> frozenset[int]:
    """Offsets of the tags of elements that are no part of an article."""
    page = _read(text)
    _sum_up(page)
    way = _way_to_the_article(page)
    _call_cards(page)
    above = frozenset(way[:-1])
    others = (one for number, one in enumerate(page) if number not in above and number != way[-1])
    return frozenset(one.start for one in others if _is_furniture(one, page, way, above))


def is_called_furniture(given: Mapping[str, str]) -> bool:
    """Whether the class, id or role of an element with these attributes, names in lower case, is one of furniture."""
    if given.get("role", "").strip().lower() in _ROLES:
        return True
    for name in f"{given.get('class', '')} {given.get('id', '')}".split():
        if name.startswith(_SECTIONS):
            continue
        # Names that a program made up ("css-1kw2ad") say nothing.
        pieces = (piece for piece in _PIECE.findall(name) if not any(map(str.isdigit, piece)))
        parts = [part.lower() for piece in pieces for part in _PART.findall(piece)]
        pairs = (f"{one}-{other}" for one, other in pairwise(parts))
        if not _FURNITURE.isdisjoint(parts) or not _PAIRS.isdisjoint(pairs):
            return True
    return False


def _read(text: str) -> list[_Element]:
    """The elements in the order they open, the page first, each with what stands in it but in no other."""
    elements = [_Element(-1, "", -1)]
    nesting, stack, links, unseen, run = Nesting(), [0], 0, 0, 0
    for token in tokens(text):
        innermost = elements[stack[-1]]
        if token.kind == "text":
            length = 0 if unseen else len(text[token.start : token.end].strip())
            innermost.letters += length
            run += 0 if links else length
            continue
        if token.name not in _WORDS or token.name == "p" or token.name in HEADINGS:  # a run of words ends
            innermost.long += run if run >= _LONG else 0
            run = 0
        for name in nesting.read(token):
            ended = elements[stack.pop()]
            links -= name == "a"
            unseen -= ended.unseen
        if token.kind == "open":
            elements.append(_opened(stack[-1], text, token))
            stack.append(len(elements) - 1)
            links += token.name == "a"
            unseen += elements[-1].unseen
    elements[stack[-1]].long += run if run >= _LONG else 0
    return elements


def _opened(parent: int, text: str, token: Token) -> _Element:
    opened = _Element(parent, token.name, token.start, unseen=token.name in SKIPPED)
    if token.end - token.start > len(token.name) + 2 and token.name not in _PAGE:
        given = attributes(text, token)
        opened.unseen = opened.unseen or hidden.is_hidden(given)
        opened.called = token.name not in _WORDS and is_called_furniture(given)
        opened.kind = f"{token.name}.{given['class']}" if given.get("class") else ""
    return opened


def _sum_up(page: Sequence[_Element]) -> None:
    """Count what stands in an element to all around it, and take back names that would leave little prose."""
    own = [one.long for one in page]
    for one in reversed(page[1:]):
        parent = page[one.parent]
        parent.letters += one.letters
        parent.long += one.long
        parent.linked += one.letters if one.name == "a" else one.linked
        parent.links += one.links + (one.name == "a")
        parent.titles += one.titles + (one.name == "h1")
        parent.heads += one.heads + (one.name in _HEADS)
    for one in page:
        one.called = one.called and one.long < _MOST * max(1, page[0].long) and not _has_the_title(one, page[0])
    _sum_up_prose(page, own)
    if page[0].prose < _MOST * page[0].long:
        for one in page:
            one.called = False
        _sum_up_prose(page, own)


def _sum_up_prose(page: Sequence[_Element], own: Sequence[int]) -> None:
    for one, long in zip(page, own, strict=True):
        one.prose = long
    for one in reversed(page[1:]):
        if one.called:
            one.prose = 0
        page[one.parent].prose += one.prose


def _has_the_title(one: _Element, page: _Element) -> bool:
    return page.titles == one.titles == 1


def _call_cards(page: Sequence[_Element]) -> None:
    """Call short elements that are like each other and stand in a row, each with a heading or link, furniture.

    A page that is made of them, such as a day's short news, keeps them.
    """
    rows: list[list[_Element]] = []
    last: dict[int, list[_Element]] = {}  # by the element around them
    for one in page[1:]:
        if one.name in _SMALL:
            continue
        row = last.get(one.parent)
        if row is None or row[-1].kind != one.kind:
            row = last[one.parent] = []
            rows.append(row)
        row.append(one)
    for row in rows:
        prose = sum(card.long for card in row)
        if len(row) >= _CARDS and prose < _MOST * max(1, page[0].long) and all(map(_is_card, row)):
            for card in row:
                card.called = not _has_the_title(card, page[0])


def _is_card(one: _Element) -> bool:
    marked = one.heads > 0 or (one.links > 0 and one.linked >= _LINKED_CARD * one.letters)
    return bool(one.kind) and one.name not in _ROWS and marked and one.letters <= _CARD


def _way_to_the_article(page: Sequence[_Element]) -> tuple[int, ...]:
    """Numbers of the page and the elements down to the smallest with nearly all prose, or with most and the title."""
    inside: dict[int, list[int]] = {}
    for number, one in enumerate(page[1:], 1):
        if one.name not in _SMALL:
            inside.setdefault(one.parent, []).append(number)
    way = [0]
    while inner := next((number for number in inside.get(way[-1], ()) if _is_article(page[number], page[0])), None):
        way.append(inner)
    return tuple(way)


def _is_article(one: _Element, page: _Element) -> bool:
    enough = _TITLED if page.titles and one.titles else _NEARLY_ALL
    broad = one.letters - one.linked >= _BROAD * (page.letters - page.linked)
    return one.prose >= max(1.0, enough * page.prose) and broad


def _is_furniture(one: _Element, page: Sequence[_Element], way: Sequence[int], above: Set[int]) -> bool:
    """Whether an element that does not hold the article is furniture: by name, as a list of links, or beside it.

    Args:
        one: The element.
        page: All elements.
        way: Numbers of the elements down to that of the article.
        above: Those of them that are around the article.
    """
    if one.called:
        return True
    if (one.name in _SMALL and one.name not in _LISTS) or _has_the_title(one, page[0]):
        return False
    if one.links >= _LINKS and not one.prose and one.linked >= _LINKED * one.letters:
        return True
    if one.parent not in above:
        return False
    if one.start < page[way[-1]].start:
        return not one.prose and one.links > 0 and one.linked >= _LINKED_BESIDE * one.letters
    if not one.prose and one.name not in _LISTS:
        return True
    return one.links > 0 and one.linked >= _LINKED_BEHIND * one.letters
