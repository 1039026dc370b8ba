"""Furniture inside a block that stays: calls to read on, invitations, a site's name behind a lead."""

import re
from collections.abc import Collection, Iterator, Sequence

from index.lines import Line, read
from index.markup import plain
from index.phrases import bare, covered, fold, opening, words
from index.rules import calls, invitation, shortcodes, single_stop
from index.types import Block, Format
from index.widgets import QUOTES

# The first paragraphs of prose, where sites put their names.
LEADS = 2
Piece = tuple[int, int, str]
Names = Collection[tuple[str, ...]]

_STOP = re.compile(r"[.!?؟…۔。]+[\"'”“»’)\]]*(?=\s)")
_ABBREVIATED = re.compile(r"(?:^|[\s(\"'«“])(?:[A-ZА-ЯЁ]\w{0,3}|[^\W\d_])$")
_LINE_BREAK = re.compile(r"\n|<br\s{0,9}/?>", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]{2,40}\.[a-zа-я]{2,5}\.?", re.IGNORECASE)
_VOWELS = re.compile("[\u064b-\u0652]")

_SHORT = 300


def pieces(text: str, block: Block, format: Format, lead: bool, sites: Names) -> list[Piece]:  # noqa: A002
    """Part a block into kept and dropped pieces.

    Args:
        text: The document's text.
        block: A block of it that is not furniture as a whole.
        format: How its markup is to be read.
        lead: Whether it opens the article, where sites put their own name behind the last full stop.
        sites: Folded names of the site.

    Returns:
        (start, end, reason) in text order, trimmed, "" for what stays; all but white space is covered.
    """
    parts: list[Piece] = []
    for start, end, reason in _lines(text, block, format):
        if reason:
            parts.append((start, end, reason))
            continue
        sentences = list(_sentences(text, start, end))
        reasons = _judge([plain(text[a:b], format) if b - a <= _SHORT else "" for a, b in sentences], lead, sites)
        parts += [(a, b, r) for (a, b), r in zip(sentences, reasons, strict=True)]
    return _joined(text, parts)


def site_names(lines: Sequence[Line]) -> frozenset[tuple[str, ...]]:
    """Return the folded names a page gives its site, in a logo or in a call to read on there."""
    found: set[tuple[str, ...]] = set()
    for line in lines:
        if line.reason == "site name" or (len(line.words) <= 4 and opening(line.words, "logos")):
            found.add(tuple(w for w in line.words if opening([w], "logos") is None))
        if line.reason == "copyright":
            found.update(_rights_holder(line.words))
    for line in [line for line in lines if line.prose][:LEADS]:
        for start, end in _sentences(line.text, 0, len(line.text)):
            said = words(line.text[start:end])
            match = opening(said, "calls")
            if match and calls(said):
                name = said[match[0] :]
                found.add(name[1:] if name and name[0] in {"علي", "on", "на", "в"} else name)
    return frozenset(name for name in found if 1 <= len(name) <= 4)


def _rights_holder(said: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The names left in a rights notice without its usual words, with and without an article."""
    rest = list(bare(said))
    at = 0
    while at < len(rest):
        match = opening(rest[at:], "rights") or opening(rest[at:], "rights_words")
        if match:
            del rest[at : at + match[0]]
        else:
            at += 1
    yield tuple(rest)
    yield ("the", *rest)


def _lines(text: str, block: Block, format: Format) -> Iterator[Piece]:  # noqa: A002
    """Lines of a block that are furniture, and what stands between them."""
    kept = at = block.start
    breaks = [m.span() for m in _LINE_BREAK.finditer(text, block.start, block.end)]
    cuts = [(block.start + a, block.start + b, "advert marker") for a, b in shortcodes(text[block.start : block.end])]
    for a, b in [*breaks, (block.end, block.end)] if breaks else []:
        line = plain(text[at:a], format) if a - at <= _SHORT else ""
        reason = read(line).reason if line and not single_stop(line) else ""
        if reason and reason != "separator":
            cuts.append((at, a, reason))
        at = b
    for a, b, reason in sorted(cuts):
        if a >= kept:
            yield kept, a, ""
            yield a, b, reason
            kept = b
    yield kept, block.end, ""


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _STOP.finditer(text, start, end):
        if text[match.start()] == "." and _ABBREVIATED.search(text, max(at, match.start() - 6), match.start()):
            continue
        yield at, match.end()
        at = match.end()
    yield at, end


def _judge(sentences: Sequence[str], lead: bool, sites: Names) -> list[str]:
    said = [words(s) for s in sentences]
    reasons = [_sends_away(s, w) for s, w in zip(sentences, said, strict=True)]
    full = [i for i, s in enumerate(sentences) if s.strip()]
    last = full[-1] if full else -1
    if last > 0 and len(said[last - 1]) >= 3 and _is_site(sentences[last], said[last], lead, sites):
        reasons[last] = "site name"
    for i, reason in enumerate(list(reasons)):
        if reason != "read more":
            continue
        for step in (-1, 1):
            k = i + step
            while 0 <= k < len(sentences) and not reasons[k] and sentences[k].strip().endswith(("?", "؟")):
                reasons[k] = "click-bait question"
                k += step
    return reasons


def _sends_away(sentence: str, said: tuple[str, ...]) -> str:
    if not said:
        return ""
    if calls(said) and QUOTES.isdisjoint(sentence):
        return "read more"
    return "related link" if invitation(fold(sentence[:160].strip()), True) else ""


def _is_site(sentence: str, said: tuple[str, ...], lead: bool, sites: Names) -> bool:
    if said in sites:
        return True
    shown = sentence.strip()
    if not lead or not said or len(said) > 3 or shown.endswith(("?", "!", "؟")) or not QUOTES.isdisjoint(shown):
        return False
    if _DOMAIN.fullmatch(shown) or covered(said, "site_words")[1] or (shown.isupper() and len(said) == 1):
        return True
    arabic = all("\u0621" <= c <= "\u06d3" for word in said for c in word)
    return (
        arabic
        and len(said[0]) >= 3
        and (len(_VOWELS.findall(shown)) >= 2 or (len(said) == 1 and opening(said, "not_a_name") is None))
    )


def _joined(text: str, parts: Sequence[Piece]) -> list[Piece]:
    """Trim the pieces and join neighbours that stay."""
    found: list[Piece] = []
    for left, right, reason in parts:
        piece = text[left:right]
        start = left + len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if start >= end:
            continue
        if found and not reason and not found[-1][2]:
            found[-1] = (found[-1][0], end, "")
        else:
            found.append((start, end, reason))
    return found
