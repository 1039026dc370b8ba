"""Whether two words may be one name, written in two scripts or by two habits of transliteration.

Across scripts ``rag.transliteration`` weighs it. Within one consonants are compared by a weighted edit distance (Wagner
and Fischer, 1974): what transliterations are known to exchange or leave out costs little, anything else a whole error,
and whole errors are let pass in long names only.
"""

import math
import re
from functools import lru_cache
from itertools import product

from index import sound
from rag import transliteration
from rag.transliteration import script

# Of normalised words, which have no й.
RUSSIAN_CASE = re.compile(r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ом|ем|ым|им|ои|еи|ах|ях|ов|ую|юю|ы|и|а|я|у|ю|е|о)\Z")
_PARTICLES = re.compile(r"(?:[وف]?(?:[بلك]|لل)|[وف])(?=\w{3})")
_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=\w{3})")
_LATIN = re.compile(r"[a-z]+")
# Of names in Slavic and Hungarian, and of Korean and Japanese names in Russian and Arabic spelling.
_SPELLINGS = (("sz", "s"), ("cz", "ch"), ("j", "y"))
_EASTERN = (("чж", "дж"), ("чх", "ч"), ("дз", "дж"), ("park", "pak"), ("بارك", "باك"))
_ROUND = re.compile("[вvwو]")
_ROUNDED = re.compile("(?<=[KHX])F")  # the в of Гван, Хван and Чхве is a vowel elsewhere
_NASAL = re.compile(r"NK\Z")  # "ng" is one sound
_REMEMBERED = 1 << 15
_LONG = 6
# In nats; chosen on names of XQuAD's parallel sentences, kept and swapped, and on facts 1-165 of the support set.
_LEAST_EVIDENCE = 6.0
LEAST = 3
"""Consonants from which on a name is told by them alone."""

# Classes of index.sound that transliterations exchange.
_EXCHANGED = {
    frozenset(pair): cost
    for pair, cost in {
        "TD": 0.25, "SZ": 0.25, "KH": 0.5, "SX": 0.5, "KX": 0.5, "KZ": 0.5, "BF": 0.5, "DZ": 0.5, "TS": 0.5, "ZX": 0.5,
    }.items()
}  # fmt: skip
# The h is written by some only, as are the g of "ng", the t of "ts" and the w of "kw".
_LEFT_OUT = {"H": 0.5}
_AFTER, _BEFORE = {"NK": 0.25, "KF": 0.5, "HF": 0.5}, {"TS": 0.5}


def alike(name: str, other: str) -> bool:
    """Whether a normalised name may be another normalised word.

    Names of two consonants are also compared with their long vowels, which must then all agree: Oran is وهران.
    """
    if any(_near(one, two) for one in _voiced(name) for two in _voiced(other)):
        return True
    if script(name) != script(other):
        return evidence(name, other) >= _LEAST_EVIDENCE
    return any(_near(one, two) for one in skeletons(name) if len(one) >= LEAST for two in skeletons(other))


def grown_together(name: str, beside: str, other: str) -> bool:
    """Whether a name of two words may be another word, and rather than one of the two alone, the one beside."""
    if not alike(name, other):
        return False
    return script(name) == script(other) or evidence(name, other) > evidence(beside, other)


def evidence(name: str, other: str) -> float:
    """Log-likelihood ratio in nats that normalised words in two scripts, in their best readings, are one name.

    Minus infinity where it is below 0, and within one script.
    """
    readings_of_both = product(_whole(name), _whole(other))
    return max((transliteration.evidence(one, two) for one, two in readings_of_both), default=-math.inf)


@lru_cache(maxsize=_REMEMBERED)
def _voiced(form: str) -> frozenset[str]:
    """Consonants and long vowels of a word of two consonants, or of three where one is an h."""
    return frozenset(
        key
        for reading in readings(form)
        if len(bones := sound.skeleton(reading)) - bones.count("H") == LEAST - 1 < len(key := sound.voiced(reading))
    )


def _whole(form: str) -> list[str]:
    """Readings of a word, also without an Arabic article, that are long enough to tell a name."""
    found = dict.fromkeys((*readings(form), _ARTICLE.sub("", form, count=1) if _ARTICLE.match(form) else form))
    return [reading for reading in found if len(reading) >= LEAST]


@lru_cache(maxsize=_REMEMBERED)
def skeletons(form: str) -> frozenset[str]:
    """Consonants of a normalised word in the ways it may be read: without particles, cases, in Slavic spelling."""
    found = {sound.skeleton(reading) for reading in readings(form)}
    if _ROUND.match(form):
        found |= {sound.skeleton(first + form[1:]) for first in "fw"}
    found |= {_ROUNDED.sub("", bones) for bones in found}
    return frozenset(_NASAL.sub("N", bones) for bones in found) - {""}


def readings(form: str) -> tuple[str, ...]:
    """A normalised word, and what is left of it without what grammar may have added."""
    found = [*bare(form)]
    if "\u0400" <= form[0] <= "\u052f" and len(base := RUSSIAN_CASE.sub("", form)) >= LEAST:
        found.append(base)
    if _LATIN.fullmatch(form):
        found.append(_spelled(form, _SPELLINGS))
    found += [_spelled(reading, _EASTERN) for reading in found]
    return tuple(dict.fromkeys(found))


def _spelled(form: str, spellings: tuple[tuple[str, str], ...]) -> str:
    for letters, read in spellings:
        form = form.replace(letters, read)
    return form


def bare(form: str) -> tuple[str, ...]:
    """An Arabic word as it is, and without a particle that clings to it."""
    if form.startswith("ال"):
        return (form,)
    particle = _PARTICLES.match(form)
    return (form, form[particle.end() :]) if particle else (form,)


@lru_cache(maxsize=_REMEMBERED)
def _near(one: str, two: str) -> bool:
    shorter = min(len(one), len(two))
    allowed = 1.0 if shorter >= _LONG else 0.75 if shorter > LEAST else 0.5
    if abs(len(one) - len(two)) > 2:
        return False
    above = [0.0]
    for at in range(len(two)):
        above.append(above[-1] + _left_out(two, at))
    for row, letter in enumerate(one):
        current = [above[0] + _left_out(one, row)]
        for column, other in enumerate(two):
            exchanged = 0.0 if letter == other else _EXCHANGED.get(frozenset((letter, other)), 1.0)
            current.append(
                min(
                    above[column] + exchanged,
                    above[column + 1] + _left_out(one, row),
                    current[column] + _left_out(two, column),
                )
            )
        above = current
    return above[-1] <= allowed


def _left_out(skeleton: str, at: int) -> float:
    """What it costs that one writes a consonant and the other does not."""
    known = (
        _LEFT_OUT.get(skeleton[at]),
        _AFTER.get(skeleton[max(0, at - 1) : at + 1]),
        _BEFORE.get(skeleton[at : at + 2]),
    )
    return next((cost for cost in known if cost is not None), 1.0)
