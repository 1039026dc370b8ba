"""Towns in a text, in any of their names: Gand, Ghent and غنت are one, and it lies in Belgium.

The table holds towns of 100,000 people and more; ``python -m eval.make_towns`` makes it. Many of its names are other
words as well, so what it tells may hold a name against a text, and never speaks against one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from index.lexical import is_arabic, words
from rag.heard import RUSSIAN_CASE, bare

TABLE = "towns.tsv"
_CYRILLIC = re.compile(r"[а-яіїєґ]")
_REACH = 16
# With the article it is Medina, without it any town.
_TOWN = re.compile(r"(?<!ال)(?<!لل)مدينة\Z")
_WHERE = re.compile(
    r"(?:\b(?:in|at|to|from|near|of|for)|(?<!\w)(?:в|из|под|до|у|около)|(?<!\w)و?(?:في|إلى|الى|قرب|نحو|باتجاه|ب?مدينة|ب?بلدة|ب?منطقة|ب?مقاطعة))"
    r"(?: (?:the )?(?:town|city|port|region|province) of| город\w*| مدينة| بلدة| منطقة| مقاطعة)? \Z",
    re.IGNORECASE,
)
_KEYS = {"kp": "korea.north", "kr": "korea.south"}
"""Countries that have another key in the table of places than their code."""


class Known(NamedTuple):
    """A town of the table: the key of its country (``index.places``) and its names, normalised, the usual one first."""

    country: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A name of towns in a text by ``text[start:end]``: which of the table it may mean, and their countries."""

    start: int
    end: int
    numbers: frozenset[int]
    countries: frozenset[str]


def towns(text: str) -> tuple[Town, ...]:
    """The names of towns in a text in order; of names that overlap the longest."""
    every = [word for word in words(text) if is_arabic(word.form) or text[word.start].isupper()]
    found: list[Town] = []
    at = 0
    while at < len(every):
        numbers, length = _longest([word.form for word in every[at : at + _names().longest]])
        if numbers:
            countries = frozenset(_names().countries[number] for number in numbers)
            found.append(Town(every[at].start, every[at + length - 1].end, numbers, countries))
        at += max(length, 1)
    return tuple(found)


def placed(text: str, found: Sequence[Town]) -> list[Town]:
    """Of the towns of a text those behind a word for where: many a town is called like an everyday word."""
    return [
        town
        for town in found
        if _WHERE.search(text[max(0, town.start - _REACH) : town.start])
        and not _TOWN.search(text, town.start, town.end)
    ]


def _longest(forms: Sequence[str]) -> tuple[frozenset[int], int]:
    """Towns and number of words of the longest name that a few words begin with; none and 0 if they begin with none."""
    known = _names().numbers
    for length in range(len(forms), 0, -1):
        spelled = (" ".join((first, *forms[1:length])) for first in bare(forms[0]))
        if numbers := frozenset(number for name in spelled for number in known.get(_compared(name), ())):
            return numbers, length
    return frozenset(), 0


def table() -> Iterator[Known]:
    """The towns of the table, the largest first."""
    for line in files("rag").joinpath(TABLE).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, *names = line.split("\t")
            yield Known(_KEYS.get(country, country), tuple(names))


class _Names(NamedTuple):
    numbers: dict[str, tuple[int, ...]]
    countries: tuple[str, ...]
    longest: int


@lru_cache(maxsize=1)
def _names() -> _Names:
    numbers: dict[str, tuple[int, ...]] = {}
    countries: list[str] = []
    for number, town in enumerate(table()):
        countries.append(town.country)
        for name in map(_compared, town.names):
            numbers[name] = (*numbers.get(name, ()), number)
    return _Names(numbers, tuple(countries), max(name.count(" ") for name in numbers) + 1)


def _compared(name: str) -> str:
    """A name without what Russian cases add to its words."""
    return " ".join(RUSSIAN_CASE.sub("", form) if _CYRILLIC.match(form) else form for form in name.split(" "))
