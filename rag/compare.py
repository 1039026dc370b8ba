"""What two sentences say of the same thing: the same, something else, or something newer.

Nothing here is learned. Two sentences speak of the same thing when their vectors lie near each other and nothing they
say about the figure (what is counted, whose it is, what happened to it, when, in how long a time) sets them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from index import lexical
from index.lexical import Word
from index.places import compatible
from rag import wordlists
from rag.facts import DateSaid, Facts
from rag.facts import read as read_facts
from rag.happening import FATES
from rag.quantities import Quantity

Relation = Literal["differs", "updates", "agrees"]
Span = tuple[int, int]

# Least cosine of two sentences about one thing, in one language and across two, by how much their figures share: both
# what is counted and what happened, one of them, neither in a word we know. A measure is something counted only where
# words of the subject can be compared, in one language: anything lasts three days.
_NEAR = ((0.85, 0.78), (0.88, 0.785), (0.92, 0.86))
# Words of their subject that two sentences of one language share at least; a measure alone says less than a count.
_SHARED, _SHARED_BY_MEASURES = 1, 2
_NEAR_DATES = (0.90, 0.83)
LEAST_NEAR, LEAST_NEAR_ACROSS = _NEAR[0]
# Figures this near to each other are the same, rounded; figures so many times apart are not of one thing, whatever else
# they share: the dead of a regiment and the dead of a war.
_ROUNDED = 0.015
_FARTHEST = 20
_PARTS_OF_LOSSES = frozenset({"killed", "wounded"})
_TO_WORK = frozenset({"sent", "hired"})  # workers are sent to work
_LONGEST_NAME = 4
_SAME_OTHERWISE = 0.7
_QUOTED_WITHIN = 4


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a document as a source of facts.

    Attributes:
        facts: What it states.
        published: When its document was published, None when unknown.
    """

    facts: Facts
    published: date | None

    @classmethod
    def of(cls, text: str, published: date | None) -> "Statement":
        """Read a sentence's text, without markup."""
        return cls(read_facts(text), published)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two sentences say of one thing.

    Attributes:
        relation: "agrees"; "differs"; or "updates" where the later of them replaces the earlier.
        first: Where the first says it, as offsets in its text.
        second: Where the second says it.
        later: Which of them is the later report, 0 or 1; None when they do not update each other.
    """

    relation: Relation
    first: Span
    second: Span
    later: int | None = None


def compare(a: Statement, b: Statement, cosine: float, *, same_language: bool) -> tuple[Comparison, ...]:
    """What two sentences say of the same things.

    Args:
        a: A sentence.
        b: A sentence of another document.
        cosine: Of their vectors, in [-1, 1].
        same_language: Whether they are in one language.

    Returns:
        One comparison for each figure or date of the first that the second gives too, else for a name.
    """
    if cosine < (LEAST_NEAR if same_language else LEAST_NEAR_ACROSS) or _told_apart(a, b):
        return ()
    found: list[Comparison] = []
    for quantity in a.facts.quantities:
        others = [
            other
            for other in b.facts.quantities
            if _same_quantity(quantity, other)
            and cosine >= _near(quantity, other)[not same_language]
            and (not same_language or _share(a.facts, b.facts, _SHARED_BY_MEASURES if quantity.unit else _SHARED))
        ]
        if others:
            equal = next((other for other in others if _equal(quantity, other)), None)
            other = equal or next((other for other in others if _differ(quantity, other)), None)
            if other is None:
                continue
            found.append(_judged(a, b, (quantity.start, quantity.end), (other.start, other.end), equal is not None))
    near = cosine >= _NEAR_DATES[not same_language] and (not same_language or _share(a.facts, b.facts, _SHARED))
    for said in a.facts.dates if near else ():
        dates = [other for other in b.facts.dates if said.events & other.events]
        if dates:
            same = next((other for other in dates if _equal_dates(said, other, a, b)), None)
            on = same or dates[0]
            found.append(_judged(a, b, (said.start, said.end), (on.start, on.end), same is not None))
    if not found and same_language and not (a.facts.quantities or b.facts.quantities):
        found += _names_apart(a, b)
    return tuple(found)


def _share(a: Facts, b: Facts, least: int) -> bool:
    """Whether two sentences share ``least`` words of their subjects, or all where one of them has fewer."""
    return len(a.subject & b.subject) >= min(least, len(a.subject), len(b.subject))


def _judged(a: Statement, b: Statement, first: Span, second: Span, equal: bool) -> Comparison:
    if equal:
        return Comparison("agrees", first, second)
    later = later_of(a, b)
    return Comparison("differs" if later is None else "updates", first, second, later)


def later_of(a: Statement, b: Statement) -> int | None:
    """Which of two reports, 0 or 1, replaces the other: the later of one source, or one that says so; else None."""
    if a.published is None or b.published is None or a.published == b.published:
        return None
    later = int(b.published > a.published)
    says_so = (a, b)[later].facts.corrects
    counts_on = a.facts.cumulative and b.facts.cumulative
    source, other = _sources(a.facts), _sources(b.facts)
    if source and other:
        return later if source & other else None
    return later if says_so or counts_on else None


def _same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two figures measure the same thing, as far as their own clauses tell."""
    if (a.unit, a.rate, a.part, a.more) != (b.unit, b.rate, b.part, b.more):
        return False
    if a.owners and b.owners and not any(compatible(x, y) for x in a.owners for y in b.owners):
        return False
    return _same_things(a.things, b.things) and (_same_events(a.events, b.events) or _exceeds(a, b) or _exceeds(b, a))


def _exceeds(part: Quantity, whole: Quantity) -> bool:
    """Whether one counts more dead, or more wounded, than the other counts dead and wounded together."""
    return whole.events == {"losses"} and bool(part.events & _PARTS_OF_LOSSES) and part.low > whole.most


def _same_events(a: frozenset[str], b: frozenset[str]) -> bool:
    if not a or not b:
        return not (a | b) & set(FATES)  # of the dead and of the living there are different numbers
    return bool(a & b) or a | b == _TO_WORK


def _near(a: Quantity, b: Quantity) -> tuple[float, float]:
    """The least cosine for two figures to be of one thing, in one language and across two."""
    named = any(not kind.startswith("=") and kind != "person" for kind in a.things & b.things)
    neither = 2 - bool(a.events and b.events)
    return _NEAR[neither - (named or bool(a.unit))][0], _NEAR[neither - named][1]


def _same_things(a: frozenset[str], b: frozenset[str]) -> bool:
    if a == b or a & b:
        return True
    people = wordlists.listed("human")  # "persons" may be people of any kind
    return bool(a and b) and a <= people and b <= people and "person" in a | b


def _equal(a: Quantity, b: Quantity) -> bool:
    """Whether each figure is one that the other admits: "more than 6000" and "about 6200"."""
    return _admits(a, b) and _admits(b, a)


def _differ(a: Quantity, b: Quantity) -> bool:
    """Whether two figures of one thing cannot both be right: neither admits the other, and both are past or planned.

    "Up to 10,000" and "about 11,000" neither agree nor differ.
    """
    if min(a.high, b.high) * _FARTHEST < max(a.low, b.low):
        return False
    return not _admits(a, b) and not _admits(b, a) and (bool(a.unit) or a.planned == b.planned)


def _admits(a: Quantity, b: Quantity) -> bool:
    slack = _ROUNDED * max(a.most, b.most)
    return a.least <= b.high + slack and b.low <= a.most + slack


def _equal_dates(a: DateSaid, b: DateSaid, of_a: Statement, of_b: Statement) -> bool:
    """Whether two dates may be one day, as far as both give it; a year left out is that of publication."""
    years = [d.year or (s.published.year if s.published else None) for d, s in ((a, of_a), (b, of_b))]
    parts = (*zip([a.month, a.day], [b.month, b.day], strict=True), (years[0], years[1]))
    return all(x is None or y is None or x == y for x, y in parts)


def _told_apart(a: Statement, b: Statement) -> bool:
    """Whether two sentences with figures speak of different times, or of different ones of a kind."""
    if not (a.facts.quantities and b.facts.quantities):
        return False
    return _times_apart(a, b) or _kinds_apart(a.facts, b.facts)


def _times_apart(a: Statement, b: Statement) -> bool:
    times, others = _times(a), _times(b)
    shared = any(
        all(x is None or y is None or x == y for x, y in zip(t, o, strict=True)) for t in times for o in others
    )
    return bool(times and others) and not shared and not (a.facts.cumulative and b.facts.cumulative)


def _times(statement: Statement) -> list[tuple[int | None, int | None]]:
    """Years and months a sentence names; "last year" is counted from its publication."""
    times = [(said.year, said.month) for said in statement.facts.dates]
    if statement.published:
        times += [(statement.published.year + by, None) for by in statement.facts.years_away]
    return times


def _kinds_apart(a: Facts, b: Facts) -> bool:
    """Whether both name one of several ("factory X", "the third quarter"), and not the same one."""
    named, others = _which(a), _which(b)
    return any(
        not (names & others[kind] or names & b.stems or others[kind] & a.stems)
        for kind, names in named.items()
        if kind in others
    )


def _which(facts: Facts) -> dict[str, frozenset[str]]:
    """The stem behind each word that calls for a name."""
    found: dict[str, set[str]] = {}
    for word, name in zip(facts.words, facts.words[1:], strict=False):
        kind = wordlists.stands_in("which", word.form)
        if kind and not name.form.isdigit():
            found.setdefault(lexical.stem(kind), set()).add(lexical.stem(name.form))
    return {kind: frozenset(names) for kind, names in found.items()}


def _sources(facts: Facts) -> frozenset[str]:
    """Who is quoted: the offices named right behind a word of saying."""
    found: set[str] = set()
    for at, word in enumerate(facts.words):
        if wordlists.stands_in("saying", word.form) is None:
            continue
        for after, by in enumerate(facts.words[at + 1 : at + 1 + _QUOTED_WITHIN], at + 2):
            if by.form in wordlists.listed("that"):
                break
            office = wordlists.stands_in("source", by.form)
            if office and office in wordlists.listed("generic-source"):
                office = f"{office} {lexical.stem(facts.words[after].form)}" if after < len(facts.words) else None
            if office:
                found.add(office)
    return frozenset(found)


def _names_apart(a: Statement, b: Statement) -> list[Comparison]:
    """Sentences that are the same but for one name behind a title or the kind of a place."""
    words, others = a.facts.words, b.facts.words
    stems, other_stems = ([lexical.stem(word.form) for word in of] for of in (words, others))
    matcher = SequenceMatcher(None, stems, other_stems, autojunk=False)
    changed = [op for op in matcher.get_opcodes() if op[0] == "replace"]
    if len(changed) != 1 or matcher.ratio() < _SAME_OTHERWISE:
        return []
    _, start, end, other_start, other_end = changed[0]
    if max(end - start, other_end - other_start) > _LONGEST_NAME:
        return []
    if not (_introduced(words, start, end) and _introduced(others, other_start, other_end)):
        return []
    span, other = (words[start].start, words[end - 1].end), (others[other_start].start, others[other_end - 1].end)
    return [_judged(a, b, span, other, equal=False)]


def _introduced(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a title or the kind of a place stands right before a run of words, or opens it."""
    return any(wordlists.stands_in(name, w.form) for w in words[max(0, start - 1) : end] for name in ("which", "title"))
