"""A number of a sentence that a text gives for another thing."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from index.dates import undated_numbers
from index.lexical import normalize, stem, words
from index.numbers import numbers
from rag import actors, facts

_STOP = re.compile(r"[.,،؛;:!?؟()«»\"“”]")
_NOUN_REACH = 3
_LEAST_NOUN = 4
_MEASURES = frozenset(
    normalize(
        "الف آلاف مليون ملايين thousand million billion тысяч тысячи тысячу миллионов миллиона more than over"
    ).split()
)


def swapped_number(sentence: str, text: str) -> str:
    """A number of a sentence that a text gives for another thing, where both texts count the same things."""
    for counted in (_counted, _kinds, _placed):
        said, given = dict(counted(sentence)), dict(counted(text))
        for thing, value in said.items():
            other = given.get(thing, value)
            # What stands behind a number is not always what it belongs to: there both must have changed places.
            both = counted is not _placed or other in said.values()
            if other != value and value in given.values() and both:
                return value
    return ""


def _kinds(text: str) -> Iterator[tuple[frozenset[str], str]]:
    """What is counted and what happened to it, in words of no language, with the number."""
    for quantity in facts.read(text).quantities:
        if quantity.things and not any(thing.startswith("=") for thing in quantity.things):
            yield quantity.things | quantity.events, f"{quantity.low:g}"


def _placed(text: str) -> Iterator[tuple[str, str]]:
    """Sounds of the place or name that stands first behind a number, before the next, with the number."""
    found = undated_numbers(text)
    named = actors.find(text)
    for number, following in zip_longest(found, found[1:]):
        end = following.start if following else len(text)
        behind = next((a for a in named if number.end <= a.start < end), None)
        if behind is not None:
            for key in {behind.place} - {""} or behind.heard:
                yield key, number.value


def _counted(text: str) -> Iterator[tuple[str, str]]:
    """Stems of counted things with their numbers; a noun that is counted twice by different numbers tells nothing."""
    every = words(text)
    found: dict[str, set[str]] = {}
    for number in numbers(text):
        behind = [w for w in every if w.start >= number.end][:_NOUN_REACH]
        noun = next(
            (w for w in behind if len(w.form) >= _LEAST_NOUN and not w.form.isdigit() and w.form not in _MEASURES), None
        )
        if noun is not None and not _STOP.search(text[number.end : noun.start]):
            found.setdefault(stem(noun.form)[:5], set()).add(number.value)
    for noun_stem, values in found.items():
        if len(values) == 1:
            yield noun_stem, values.pop()
