"""What happened to a figure or on a date, told from the words around it."""

import re
from collections.abc import Sequence

from index.lexical import Word
from rag import wordlists

CLAUSE_END = re.compile(r"[.,،؛;:!?؟()«»\"“”…]|\s[-–—]\s")
LEFT_REACH = 12
_RIGHT_REACH = 8
_FUTURE = re.compile(r"[وف]?س[يتن]\w{3,}")
FATES = ("killed", "wounded", "losses", "missing", "captured")
_CLEAR_FATES = frozenset(FATES) - {"losses"}
_AND = frozenset({"and", "и", "а", "while"})
_FATE_REACH = 5
_BOTH = frozenset({"killed", "wounded"})


def happening(
    text: str,
    words: Sequence[Word],
    start: int,
    end: int,
    figures: Sequence[tuple[int, int]] = (),
    *,
    people: bool = False,
) -> tuple[frozenset[str], bool]:
    """The events told of ``text[start:end]``, and whether they are yet to come.

    Looked at are the span itself, its clause before it, its clause behind it, then all before it; no further than the
    next figure on either side.

    Args:
        text: A sentence.
        words: Its words but for those of numbers.
        start: Offset of the span.
        end: Offset after the span.
        figures: Spans of all its figures and dates.
        people: Whether the span counts people, whose fate stands behind them as often as before.
    """
    floor = max((stop for _, stop in figures if stop <= start), default=0)
    ceiling = min((begin for begin, _ in figures if begin >= end), default=len(text))
    within = [word for word in words if start <= word.start < end]
    before = [word for word in words if floor <= word.start < start][-LEFT_REACH:]
    behind = [word for word in words if end <= word.start < ceiling][:_RIGHT_REACH]
    clause = [word for word in before if not CLAUSE_END.search(text[word.end : start])]
    rest = [word for word in behind if not CLAUSE_END.search(text[end : word.start])]
    if ceiling < len(text):
        # "قُتل 10 وأصيب 20": what "and" joins to the next figure is the next one's.
        joins = [at for at, word in enumerate(rest) if word.form[0] == "و" or word.form in _AND]
        rest = rest[: joins[-1]] if joins else rest
    planned = any(word.form in wordlists.listed("planned") or _is_future(word.form) for word in clause or before)
    if people and not _tells_fate([*within, *clause]):
        # "أرسلت 600 جندي لقوا مصرعهم": what became of people goes before what brought them there.
        clause, rest = ([], rest) if _tells_fate(rest[:_FATE_REACH]) else (clause, rest)
    clause = [*clause, *rest] if _says_both([*clause, *rest]) else clause
    for window, nearest in ((within, -1), (clause, -1), (rest, 0), (before, -1)):
        told = [kinds for word in window if (kinds := wordlists.events(word.form))]
        if told:
            return _together(told, nearest), planned
    return frozenset(), planned


def _tells_fate(words: Sequence[Word]) -> bool:
    """Whether people are said to be dead, hurt, missing or caught; "lost" leaves open which."""
    return any(wordlists.events(word.form) & _CLEAR_FATES for word in words)


def _says_both(words: Sequence[Word]) -> bool:
    return frozenset[str]().union(*(wordlists.events(word.form) for word in words)) >= _BOTH


def _together(told: Sequence[frozenset[str]], nearest: int) -> frozenset[str]:
    """The events of some words: dead and wounded together are losses, a fate goes before all else, else the nearest."""
    kinds = frozenset[str]().union(*told)
    if kinds >= _BOTH:
        return frozenset({"losses"})
    fate = next((fate for fate in FATES if fate in kinds), None)
    return frozenset({fate}) if fate else told[nearest]


def _is_future(form: str) -> bool:
    """Whether an Arabic word is a verb behind the particle of the future."""
    if not _FUTURE.fullmatch(form):
        return False
    verb = form.lstrip("وف")[1:]
    return bool(wordlists.events(verb) or wordlists.events(verb[1:]))
