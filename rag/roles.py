"""Who does what to whom: whether a sentence and a text put the same two actors in opposite places."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from index.lexical import normalize, words
from index.places import compatible
from rag import actors
from rag.actors import Actor, Mark
from rag.denial import Nearest

# Behind these somebody else may act: commas, save in ", breaking a record", and what opens a clause of its own.
_BREAK = re.compile(
    r"[,،;؛:](?!\d|\s\w+ing\b)|[.!?؟](?:\s|\Z)"
    r"|(?<!\w)(?:who|which|whose|whom|الذي|التي|الذين|اللذين|كان|كانت|كانوا|котор\w+)(?!\w)"
)
_STOP = re.compile(r"[.,،؛;:!?؟()«»\"“”]")
_OBLIQUE = re.compile(r"[аяую]\Z|[а-я]{2}(?:ом|ем|ым|ой)\Z")
# Letters of other scripts; at the end of a name they are no vowels, nor silent.
_CONSONANT = re.compile(r"[bcdfgklmnprstvxzćčšžńł]\Z|[بتثجحخدذرزسشصضطظعغفقكلمن]\Z")
_UNTOLD = frozenset[Mark](("none", "with", "aside"))
"""Marks of actors that only their places in a statement tell apart."""


def reversed_pair(sentence: str, text: str, nearest: Nearest) -> str:
    """Two actors of a sentence that stand the other way round in a text, as "A, B"; "" when there are none.

    Where the text tells both that A acts on B and that B acts on A, what tells is the statement that is nearest.
    """
    said, given = actors.find(sentence), actors.find(text)
    said, given = _declined(sentence, said, text, given), _declined(text, given, sentence, said)
    there_as = {actor: _counterparts(actor, given) for actor in said}
    known = [actor for actor in said if there_as[actor]]
    for first, second in combinations(known, 2):
        if _same(first, second) or not (_alike(first, second) or _told_apart(first, second)):
            continue  # "the Korean minister Kim" and "Kim, the Korean minister" are one actor
        if not first.place and not second.place and sentence[first.end : second.start].isspace():
            continue  # "Laura Ferraris"
        if not first.place and _acts_apart(text, there_as[first], there_as[second]):
            continue  # "Petrova lost to Dimov and congratulated him": a pronoun may stand for one of them
        if "gives" in (first.mark, second.mark) and any(_stands_between(sentence, first, second, a) for a in known):
            continue  # "Kyiv did not get the shells lent to Washington by Seoul"
        here = _order(first, second) if _one_statement(sentence, first, second) else 0
        pairs = [
            (one, other)
            for one, other in product(there_as[first], there_as[second])
            if _one_statement(text, one, other) and (_alike(one, other) or _told_apart(one, other))
        ]
        there = {_order(one, other) for one, other in pairs} - {0}
        if here and len(there) > 1:
            pairs = _of_one_statement(sentence, first, there_as, text, pairs, nearest)
            there = {_order(one, other) for one, other in pairs} - {0}
        if _moved(first, second, pairs) and not there:
            return f"{sentence[first.start : first.end]}, {sentence[second.start : second.end]}"
        if here and there == {-here} and any(_of_one_deed((first, second), pair) for pair in pairs):
            return f"{sentence[first.start : first.end]}, {sentence[second.start : second.end]}"
    return ""


def _moved(first: Actor, second: Actor, pairs: Sequence[tuple[Actor, Actor]]) -> bool:
    """Whether the first acts towards the second, and in a text it is what is acted on, and the second is not."""
    said = first.mark == "none" and second.mark == "gets"
    return said and bool(pairs) and all(one.mark == "gets" and other.mark in ("aside", "where") for one, other in pairs)


def _of_one_statement(
    sentence: str,
    actor: Actor,
    there_as: Mapping[Actor, Sequence[Actor]],
    text: str,
    pairs: Sequence[tuple[Actor, Actor]],
    nearest: Nearest,
) -> list[tuple[Actor, Actor]]:
    """Of pairs those in the statement with most actors of an actor's own statement, among equals the nearest one."""
    said = _statement(sentence, actor)
    beside = [there for one, there in there_as.items() if _statement(sentence, one) == said]
    told = [_statement(text, one) for one, _ in pairs]
    shared = {part: sum(any(_statement(text, o) == part for o in there) for there in beside) for part in told}
    likeliest = [part for part, count in shared.items() if count == max(shared.values())]
    best = likeliest[nearest(said, likeliest)] if likeliest[1:] else likeliest[0]
    return [pair for pair, part in zip(pairs, told, strict=True) if part == best]


def _statement(text: str, actor: Actor) -> str:
    """The part of a text around an actor in which nobody else acts."""
    start = max((m.end() for m in _BREAK.finditer(text, 0, actor.start)), default=0)
    return text[start : next((m.start() for m in _BREAK.finditer(text, actor.end)), len(text))]


def _declined(text: str, found: Sequence[Actor], other_text: str, others: Sequence[Actor]) -> list[Actor]:
    """Actors with Russian names in an oblique case, as another script shows, marked as receiving: "сменил Стефана"."""
    return [
        replace(actor, mark="gets")
        if actor.mark == "none"
        and not actor.place
        and _OBLIQUE.search(text[actor.start : actor.end])
        and any(_same(actor, o) and _CONSONANT.search(normalize(other_text[o.start : o.end])) for o in others)
        else actor
        for actor in found
    ]


def _stands_between(sentence: str, first: Actor, second: Actor, third: Actor) -> bool:
    """Whether a third actor stands between two; the name beside a country is of it: "Japanese investor Soramitsu"."""
    if not first.end <= third.start < second.start:
        return False
    beside = words(sentence[first.end : third.start])
    return not (
        first.place and not third.place and len(beside) <= 1 and not _STOP.search(sentence[first.end : third.start])
    )


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
