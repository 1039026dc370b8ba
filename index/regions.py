"""Which elements of an HTML page are furniture, as their names, their links and the place of the page's prose tell.

Classes, ids and roles are read as readability reads them (Arc90, 2010: "unlikely candidates"), a list of links is told
by how much of it is links, and the article is looked for in the smallest element that holds nearly all prose. None of
it is trusted with an element that holds most of the page's prose. Linear in the text.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from index.tags import Nesting, Token, attributes, names, tokens

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FURNITURE = names(
    "actions ad ads adsense adslot advert advertisement advertising announcement banner banners bookmark"
    " breadcrumb breadcrumbs callout card cards comment comments consent cookie cookies copyright crumb crumbs cta"
    " disclaimer disqus donate feedback follow foot footer gdpr keyword keywords kw login masthead menu menus"
    " messages modal mostread mpu nav navbar navigation newsletter newsletters outbrain pager pagination paging"
    " paywall poll popular popup promo promos promotion rating ratings reactions recirc recommend recommendations"
    " recommended register related relateds reply respond rss search share sharebar sharer shares sharing sidebar"
    " signup skip skyscraper social socials sponsor sponsored subscribe subscription taboola tagcloud taglist tags"
    " teaser teasers ticker toolbar tools topbar topics trending utility weather widgets"
)
# Parts of a name together: "most-read", "tag_list", "authorBox".
_PAIRS = names(
    "about-author also-read app-download app-links article-tags author-bio author-box author-card author-info back-top"
    " breaking-news follow-us font-size latest-news live-news may-like more-from more-news more-stories most-popular"
    " most-read most-viewed news-letter next-prev page-header post-nav post-tags prev-next print-page quick-links"
    " read-also read-more read-next see-also side-bar site-header tag-cloud tag-list text-size top-bar top-nav"
    " top-stories up-next you-may"
)
_ROLES = names("alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar")
# What holds words, not an article.
_SMALL = names("a b blockquote dl em figure h1 h2 h3 h4 h5 h6 i li ol p pre span strong table ul")
_LISTS = names("dl ol table ul")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_MARKS = names("a h3 h4 h5 h6")
_CARDS, _CARD = 2, 400
"""Of elements of one name and class in a row, each with a mark: how many there are at least, and the most
characters in each."""
_LONG = 60
"""Characters from which on a run of text outside of links is prose."""
_MOST = 0.5
"""Share of the page's prose from which on an element is no furniture, whatever it is called."""
_LINKS, _LINKED = 3, 0.7
"""Of a list of links: how many it has at least, and the least share of its characters in them."""
_LINKED_BEFORE, _LINKED_AFTER = 0.3, 0.15
"""The same share for what stands before and behind the article."""
_NEARLY_ALL, _TITLED = 0.9, 0.5
"""Least share of the page's prose, without furniture, in the element of the article; and in one that has the title."""


@dataclass(slots=True)
class _Element:
    """An element, and how many characters and links are in it.

    Attributes:
        parent: Number of the element around it, -1 for the page itself.
        name: Its tag's name.
        start: Offset of its tag.
        called: Whether its class, id or role says that it is furniture.
        letters: Characters.
        linked: Characters in links.
        long: Characters in long runs outside of links.
        prose: Those of them that stand in nothing called furniture.
        links: Links.
        titles: Headings of the first level.
        marks: Links, and headings from the third level on.
        kind: Name and classes.
    """

    parent: int
    name: str
    start: int
    called: bool = False
    letters: int = 0
    linked: int = 0
    long: int = 0
    prose: int = 0
    links: int = 0
    titles: int = 0
    marks: int = 0
    kind: str = ""


def furniture(text: str) -> frozenset[int]:
    """Offsets of the tags of elements that are no part of an article."""
    page = _read(text)
    _sum_up(page)
    way = _way_to_the_article(page)
    _call_cards(page)
    article, above = page[way[-1]], frozenset(way[:-1])
    others = (one for number, one in enumerate(page) if number not in above and one is not article)
    return frozenset(one.start for one in others if _is_furniture(one, article, above))


def is_called_furniture(given: Mapping[str, str]) -> bool:
    """Whether the class, id or role of an element with these attributes, names in lower case, is one of furniture."""
    if given.get("role", "").strip().lower() in _ROLES:
        return True
    for name in f"{given.get('class', '')} {given.get('id', '')}".split():
        parts = [part.lower() for part in _PART.findall(name)]
        pairs = (f"{one}-{other}" for one, other in pairwise(parts))
        if not _FURNITURE.isdisjoint(parts) or not _PAIRS.isdisjoint(pairs):
            return True
    return False


def _read(text: str) -> list[_Element]:
    """The elements in the order they open, the page first, each with what stands in it but in no other."""
    elements = [_Element(-1, "", -1)]
    nesting, stack, links = Nesting(), [0], 0
    for token in tokens(text):
        if token.kind == "text":
            length = len(text[token.start : token.end].strip())
            innermost = elements[stack[-1]]
            innermost.letters += length
            innermost.long += length if length >= _LONG and not links else 0
            continue
        for name in nesting.read(token):
            stack.pop()
            links -= name == "a"
        if token.kind == "open":
            elements.append(_opened(stack[-1], text, token))
            stack.append(len(elements) - 1)
            links += token.name == "a"
    return elements


def _opened(parent: int, text: str, token: Token) -> _Element:
    if token.end - token.start <= len(token.name) + 2 or token.name in {"html", "body", *_HEADINGS}:
        return _Element(parent, token.name, token.start)
    given = attributes(text, token)
    kind = f"{token.name}.{given.get('class', '')}"
    return _Element(parent, token.name, token.start, is_called_furniture(given), kind=kind)


def _sum_up(page: Sequence[_Element]) -> None:
    """Count what stands in an element to all around it; what holds most of the prose is furniture no more."""
    own = [one.long for one in page]
    for one in reversed(page[1:]):
        parent = page[one.parent]
        parent.letters += one.letters
        parent.long += one.long
        parent.linked += one.letters if one.name == "a" else one.linked
        parent.links += one.links + (one.name == "a")
        parent.titles += one.titles + (one.name == "h1")
        parent.marks += one.marks + (one.name in _MARKS)
    for one, long in zip(page, own, strict=True):
        only_title = page[0].titles == one.titles == 1
        one.called = one.called and one.long < _MOST * max(1, page[0].long) and not only_title
        one.prose += long
    for one in reversed(page[1:]):
        if one.called:
            one.prose = 0
        page[one.parent].prose += one.prose


def _call_cards(page: Sequence[_Element]) -> None:
    """Call short elements that are like each other and stand in a row, each with a mark, furniture.

    A page that is made of them, such as a day's short news, keeps them.
    """
    rows: list[list[_Element]] = []
    last: dict[int, list[_Element]] = {}  # by the element around them
    for one in page[1:]:
        row = last.get(one.parent)
        if not one.kind or one.name in _SMALL or not one.marks or one.letters > _CARD:
            if row and row[-1].kind != one.kind:
                del last[one.parent]
        elif row and row[-1].kind == one.kind:
            row.append(one)
        else:
            last[one.parent] = [one]
            rows.append(last[one.parent])
    for row in rows:
        if len(row) >= _CARDS and sum(card.long for card in row) < _MOST * max(1, page[0].long):
            for card in row:
                card.called = True


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
    return one.prose >= max(1.0, enough * page.prose)


def _is_furniture(one: _Element, article: _Element, above: Set[int]) -> bool:
    """Whether an element that does not hold the article is furniture: by name, as a list of links, or beside it.

    Args:
        one: The element.
        article: That of the article.
        above: Numbers of the elements around the article.
    """
    if one.called:
        return True
    if one.name in _SMALL and one.name not in _LISTS:
        return False
    if one.links >= _LINKS and not one.prose and one.linked >= _LINKED * one.letters:
        return True
    if one.parent not in above:
        return False
    if one.start > article.start:
        return not one.prose or (one.links > 0 and one.linked >= _LINKED_AFTER * one.letters)
    return not one.prose and one.links > 0 and one.linked >= _LINKED_BEFORE * one.letters
