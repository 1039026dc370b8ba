"""Who does what to whom: whether a sentence and a text put the same two actors in opposite places."""

import re
from collections.abc import Sequence
from itertools import combinations, product

from index.places import compatible
from rag import actors
from rag.actors import Actor, Mark

# Behind these somebody else may act: commas, save in ", breaking a record", and what opens a clause of its own.
_BREAK = re.compile(
    r"[,،;؛:](?!\s\w+ing\b)|[.!?؟](?:\s|\Z)"
    r"|(?<!\w)(?:who|which|whose|whom|الذي|التي|الذين|اللذين|كان|كانت|كانوا|котор\w+)(?!\w)"
)
_UNTOLD = frozenset[Mark](("none", "with", "aside"))
"""Marks of actors that only their places in a statement tell apart."""


def reversed_pair(sentence: str, text: str) -> str:
    """Two actors of a sentence that stand the other way round in a text, as "A, B"; "" when there are none."""
    said, given = actors.find(sentence), actors.find(text)
    there_as = {actor: _counterparts(actor, given) for actor in said}
    known = [actor for actor in said if there_as[actor]]
    for first, second in combinations(known, 2):
        if _same(first, second) or not (_alike(first, second) or _told_apart(first, second)):
            continue  # "the Korean minister Kim" and "Kim, the Korean minister" are one actor
        if not first.place and not second.place and sentence[first.end : second.start].isspace():
            continue  # "Laura Ferraris"
        if not first.place and _acts_apart(text, there_as[first], there_as[second]):
            continue  # "Petrova lost to Dimov and congratulated him": a pronoun may stand for one of them
        if "gives" in (first.mark, second.mark) and any(first.start < a.start < second.start for a in known):
            continue  # "Kyiv did not get the shells lent to Washington by Seoul"
        here = _order(first, second) if _one_statement(sentence, first, second) else 0
        pairs = [
            (one, other)
            for one, other in product(there_as[first], there_as[second])
            if _one_statement(text, one, other) and (_alike(one, other) or _told_apart(one, other))
        ]
        there = {_order(one, other) for one, other in pairs} - {0}
        if here and there == {-here} and any(_of_one_deed((first, second), pair) for pair in pairs):
            return f"{sentence[first.start : first.end]}, {sentence[second.start : second.end]}"
    return ""


def _counterparts(actor: Actor, given: Sequence[Actor]) -> list[Actor]:
    """The actors of a text that are the same as one; of places, where none is the same, those around or within it."""
    found = [other for other in given if _same(actor, other)]
    return [other for other in found if other.place == actor.place] or found


def _acts_apart(text: str, ones: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Whether an actor named more than once acts in a statement in which none of some others stands, or they do."""
    return any(
        one.mark == "none" and not any(_one_statement(text, one, other) for other in there)
        for here, there in ((ones, others), (others, ones))
        if here[1:]
        for one in here
    )


def _alike(first: Actor, second: Actor) -> bool:
    return bool(first.place) == bool(second.place)


def _told_apart(first: Actor, second: Actor) -> bool:
    """Whether a preposition tells which of the two acts and which receives."""
    return not {"gives", "gets"}.isdisjoint((first.mark, second.mark))


def _of_one_deed(said: tuple[Actor, Actor], given: tuple[Actor, Actor]) -> bool:
    """Whether the marks of two actors in two texts may tell of one deed: "launched a ship built by Mexico" has two."""
    marks = {actor.mark for actor in said}, {actor.mark for actor in given}
    return not any("gives" in one and other <= _UNTOLD for one, other in (marks, marks[::-1]))


def _one_statement(text: str, first: Actor, second: Actor) -> bool:
    between = text[min(first.end, second.end) : max(first.start, second.start)]
    return _BREAK.search(between) is None


def _same(actor: Actor, other: Actor) -> bool:
    if actor.place or other.place:
        return bool(actor.place and other.place) and compatible(actor.place, other.place)
    return not actor.heard.isdisjoint(other.heard)


def _order(first: Actor, second: Actor) -> int:
    """-1 when the first acts and the second receives, 1 the other way round, 0 when nothing tells."""
    ranks = {"gives": 0, "none": 1, "gets": 2, "where": 2}
    if "aside" in (first.mark, second.mark):
        return 0
    if "with" in (first.mark, second.mark):  # "Canada closed the road with Mexico"
        earlier, later = sorted((first, second), key=lambda actor: actor.start)
        if (earlier.mark, later.mark) != ("none", "with"):
            return 0
        return -1 if first is earlier else 1
    one, two = ranks[first.mark], ranks[second.mark]
    if one == two:
        return (-1 if first.start < second.start else 1) if one == 1 else 0
    return -1 if one < two else 1
