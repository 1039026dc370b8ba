"""What a question asks to be counted or measured, and where a text does so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from index.lexical import Word, is_arabic, normalize, words
from index.places import compatible, places
from rag import actors, ages, facts, kinds, wordlists
from rag.happening import FATES
from rag.quantities import Quantity
from rag.types import Evidence

_PERSON = "person"
_UNKNOWN = "="
_SHORTEST = 4  # letters of a stem; one with fewer has too many neighbours
# Deviations that a passage gains which speaks of what is counted; of 0, 1 and 2 the last found most, by little.
_RAISED = 1.5
_FATES = frozenset(FATES)
# What people and things suffer, each with the events that may tell of it; deaths are told in too many words.
_SUFFERED = {
    "wounded": {"wounded", "losses"},
    "missing": {"missing", "losses"},
    "captured": {"captured", "seized"},
    "destroyed": {"destroyed", "shotdown", "losses"},
    "shotdown": {"destroyed", "shotdown", "losses"},
}
# What may go by the words for something wider; worded alike, the two cannot be told apart.
_NARROWER = {"worker": frozenset(("builder", "deminer")), "aircraft": frozenset(("drone", "helicopter"))}
# What is measured in many units, and the words that ask for it without one: "how much did it cost?", "how tall is it?".
_MONEY, _TIME, _LENGTH, _EXTENT = "money", "time", "length", "extent"
_LENGTHS, _TIMES = frozenset(("metre", "millimetre")), frozenset(("day", "hour"))
_UNITS = {
    _MONEY: frozenset(("dollar", "euro", "rouble", "yuan", "won", "lira", "riyal", "dinar", "pound")),
    _TIME: _TIMES,
    _LENGTH: _LENGTHS,
    _EXTENT: _TIMES | _LENGTHS,  # "how long is …?"
}
_IMPLIED = {
    event: Quantity(0, 0, 0, 0, 0, 0, unit, frozenset(), frozenset(), frozenset((event,)), False, False, False, False)
    for event, unit in (("cost", _MONEY), ("lasted", _TIME))
}
_DIMENSIONS = {
    _EXTENT: re.compile(r"\bhow long (?:is|are|was|were)\b"),
    _LENGTH: re.compile(
        normalize(
            r"\bhow (?:tall|high|wide|deep|far)\b|\b(?:height|length|width|depth|distance) (?:of|between|from|to)\b"
            r"|\bكم (?:هو |هي |يبلغ |تبلغ )?(?:ال)?(?:طول|ارتفاع|عرض|عمق|مسافة|يبعد|تبعد)"
            r"|\bما (?:هو |هي )?(?:ال)?(?:طول|ارتفاع|مسافة)"
            r"|\bкак\w+ (?:высот|длин|ширин|глубин|расстояни)"
        )
    ),
}


@lru_cache(maxsize=256)
def asked(question: str) -> Quantity | None:
    """What a question counts or measures; None where it does not ask for a number, or its words do not tell of what.

    The question is read as a statement with a number in place of the words that ask: "how many shells were sent" as
    "2 shells were sent".
    """
    if ages.asked(question):
        return None
    for unit, asks in _DIMENSIONS.items():
        if asks.search(normalize(question)):
            return replace(_IMPLIED["lasted"], unit=unit, events=frozenset())
    rest = kinds.counted(question)
    if not rest:
        return None
    read = facts.read(f"2 {rest}")
    counted = next((q for q in read.quantities[:1] if q.start == 0 and not _behind_verb(q, read.words[1:])), None)
    if counted and _is_unknown(counted) and any(p.start < counted.end for p in places(read.text)):
        counted = replace(counted, things=frozenset((_PERSON,)))  # "how many Koreans"
    if counted is None or _is_unknown(counted):
        told = frozenset[str]().union(*(wordlists.events(word.form) for word in read.words))
        implied = next((_IMPLIED[event] for event in sorted(told) if event in _IMPLIED), None)
        if implied and implied.unit == _MONEY:
            priced = frozenset[str]().union(*(wordlists.things(word.form) for word in read.words))
            return replace(implied, things=priced - _people())
        return implied or counted
    return replace(counted, owners=_whose(question, counted))


def _whose(question: str, counted: Quantity) -> frozenset[str]:
    """The countries whose people are asked for: which the noun names ("Korean soldiers"), or which lost them."""
    if not counted.things & _people():
        return frozenset()
    named = frozenset(actor.place for actor in actors.find(question) if actor.place and actor.mark == "none")
    return named if "losses" in counted.events else named & counted.owners


def _behind_verb(counted: Quantity, words: Sequence[Word]) -> bool:
    """Whether an Arabic verb stands before what is counted, with no "of": "كم مرة أطلقت صواريخ" counts no missiles."""
    *before, _ = [word.form for word in words if word.start < counted.end] or [""]
    if not is_arabic("".join(before)):
        return False
    verbs = [at for at, form in enumerate(before) if wordlists.events(form)]
    return bool(verbs) and wordlists.listed("partitive").isdisjoint(before[verbs[-1] :])


def _is_unknown(counted: Quantity) -> bool:
    return any(thing.startswith(_UNKNOWN) for thing in counted.things)


def _is_slip(thing: str, form: str) -> bool:
    """Whether a thing that no list knows is one that some list does with a letter changed: "قديفة" for "قذيفة"."""
    if not thing.startswith(_UNKNOWN) or not wordlists.things(form):
        return False
    stem = thing.removeprefix(_UNKNOWN)
    return len(stem) >= _SHORTEST and OSA.distance(stem, form[: len(stem)], score_cutoff=1) <= 1


def said(wanted: Quantity, text: str) -> tuple[Quantity, ...]:
    """The counts and measures in a text that are of what is asked for, the likeliest first."""
    found = (quantity for quantity in facts.read(text).quantities if _alike(wanted, quantity))
    return tuple(sorted(found, key=lambda q: (not q.things & wanted.things, -len(q.events & wanted.events))))


def named(wanted: Quantity, text: str) -> bool:
    """Whether a text speaks of the things that are asked for, of whose they are, and of what they suffered.

    True where that cannot be told, as of people who suffered nothing.
    """
    read = facts.read(text)
    things = _narrower(wanted.things)
    counted = [quantity for quantity in read.quantities if _same(wanted, quantity)]
    owned = [quantity for quantity in counted if quantity.owners]
    if owned and all(_of_others(wanted, quantity) for quantity in owned):
        return False
    suffered = {told for event in wanted.events for told in _SUFFERED.get(event, ())}
    if suffered and not any(wordlists.events(word.form) & suffered for word in read.words):
        return False
    if wanted.unit == _MONEY and not counted and not any(_is_money(word.form) for word in read.words):
        return False
    if not things or things & _people() or _is_unknown(wanted):
        return True
    return any(wordlists.things(word.form) & things for word in read.words)


def first(question: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence in the order of its scores, raised where it speaks of the things that a question counts.

    Such words are known in languages in which the embedding model is not sure of them, as of "sappers" in Russian.
    """
    wanted = asked(question)
    if wanted is None or not wanted.things or _is_unknown(wanted):
        return tuple(evidence)
    raised = (replace(one, score=one.score + _RAISED * _speaks_of(wanted.things, one.text)) for one in evidence)
    ordered = sorted(raised, key=lambda one: -one.score)
    return tuple(replace(one, rank=rank) for rank, one in enumerate(ordered, 1))


def _speaks_of(things: frozenset[str], text: str) -> bool:
    if any(wordlists.things(word.form) & things for word in words(text)):
        return True
    return any(quantity.things & things for quantity in facts.read(text).quantities)  # slower by far


def _is_money(form: str) -> bool:
    """Whether a normalised word names a currency, as "two dollars" does in one Arabic word."""
    unit = wordlists.unit(form)
    return unit is not None and unit[0] in _UNITS[_MONEY]


def others(wanted: Quantity, text: str) -> bool:
    """Whether a text counts things, all of kinds that are known and none of them what is asked for: missiles, not men.

    A thing that no list knows is none of those either; but the same people go by many words. People whose country it
    leaves open are others where the only people it names with a country are of another than is asked for.
    """
    read = facts.read(text)
    counted = read.quantities
    if wanted.owners and not any(quantity.owners for quantity in counted):
        held = _countries_of_people(read)
        if held and not any(compatible(one, two) for one, two in product(wanted.owners, held)):
            return True
    if wanted.unit or not counted or any(quantity.unit or _is_unknown(quantity) for quantity in counted):
        return False
    if any(_is_slip(thing, word.form) for thing in wanted.things for word in read.words):
        return False
    people = _people() if _is_unknown(wanted) or wanted.things & _people() else frozenset[str]()
    likely = _narrower(wanted.things) | people
    return all(likely.isdisjoint(_narrower(quantity.things)) for quantity in counted)


def _countries_of_people(read: facts.Facts) -> frozenset[str]:
    """The countries of the people that a text names, counted or not: whose troops, soldiers, workers they are."""
    people = [word for word in read.words if wordlists.things(word.form) & _people()]
    return frozenset(
        place.key
        for place in places(read.text)
        for word in people
        if 0 <= place.start - word.end <= 1 or 0 <= word.start - place.end <= 1
    )


def fallen(wanted: Quantity, text: str) -> bool:
    """Whether a text counts what is asked for only as dead, hurt, missing or caught, though nobody asked for those."""
    counted = [quantity for quantity in facts.read(text).quantities if _same(wanted, quantity)]
    return bool(counted) and all(_another_fate(wanted, quantity) for quantity in counted)


def _alike(wanted: Quantity, other: Quantity) -> bool:
    return _same(wanted, other) and not _another_fate(wanted, other) and not _of_others(wanted, other)


def _of_others(wanted: Quantity, other: Quantity) -> bool:
    """Whether people of another country are counted: "Korean soldiers" where those of Ukraine are asked for."""
    apart = wanted.owners and other.owners
    return bool(apart) and not any(compatible(one, two) for one, two in product(wanted.owners, other.owners))


def _another_fate(wanted: Quantity, other: Quantity) -> bool:
    return not other.unit and bool(other.events & _FATES) and not wanted.events & _FATES


def _same(wanted: Quantity, other: Quantity) -> bool:
    if wanted.unit or other.unit:
        return other.unit == wanted.unit or other.unit in _UNITS.get(wanted.unit, ())
    one, both = _narrower(wanted.things) & other.things, wanted.things | other.things
    return bool(one) or (_PERSON in both and both <= _people())  # any people may be counted as persons


def _narrower(things: frozenset[str]) -> frozenset[str]:
    """Things, and the kinds of them: builders are workers, and drones are called aircraft without a pilot."""
    return things.union(*(_NARROWER[thing] for thing in things if thing in _NARROWER))


def _people() -> frozenset[str]:
    return wordlists.listed("human")
