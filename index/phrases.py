"""Folded words and the phrases of ``furniture.toml`` they open with."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

Table = dict[str, list[tuple[tuple[str, ...], str]]]

_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)
_LETTERS = str.maketrans("ىیکةۀھہەٱıёэ", "ييكهههههاiее")
WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=256)  # a line is looked at by one rule after the other
def fold(text: str) -> str:
    """Return ``text`` with case, diacritics and the spelling variants of Arabic-script letters levelled."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u200c", " ")).casefold()
    return _MARKS.sub("", decomposed).translate(_LETTERS)


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``."""
    return tuple(WORD.findall(fold(text)))


@cache
def _listed() -> dict[str, list[str] | dict[str, list[str]]]:
    return tomllib.loads(files("index").joinpath("furniture.toml").read_text("utf-8"))


def _reasons(name: str) -> dict[str, list[str]]:
    """The phrases of each reason of a table; a list without reasons is a table of the reason ""."""
    data = _listed()[name]
    return data if isinstance(data, dict) else {"": data}


@cache
def phrases(name: str) -> Table:
    """Return the phrases listed under a name by first word, longest first, each with its reason."""
    table: Table = {}
    for reason, listed in _reasons(name).items():
        for phrase in filter(None, map(words, listed)):
            table.setdefault(phrase[0], []).append((phrase, reason))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def reasons(name: str) -> frozenset[str]:
    """Return the reasons of a table."""
    return frozenset(_reasons(name))


def opening(found: Sequence[str], name: str) -> tuple[int, str] | None:
    """Return (number of words, reason) of the longest phrase of a table that ``found`` opens with."""
    for phrase, reason in phrases(name).get(found[0], ()) if found else ():
        if tuple(found[: len(phrase)]) == phrase:
            return len(phrase), reason
    return None


def whole(found: Sequence[str], name: str) -> str | None:
    """Return the reason of the phrase of a table that ``found`` is, None when it is none."""
    match = opening(found, name)
    return match[1] if match and match[0] == len(found) else None


def bare(found: Sequence[str]) -> tuple[str, ...]:
    """Return words without those that are numbers."""
    return tuple(w for w in found if not w.isdigit())


def holds(found: Sequence[str], name: str) -> bool:
    """Return whether ``found`` holds a phrase of a table anywhere."""
    return any(opening(found[i : i + 8], name) for i in range(len(found)))


@cache
def _glossary(name: str) -> tuple[frozenset[str], int]:
    entries = frozenset("".join(p) for listed in phrases(name).values() for p, _ in listed)
    return entries, max(map(len, entries))


def covered(found: Sequence[str], name: str) -> tuple[float, int]:
    """Return how much of the letters are words of a glossary, run together or not, and how many such words."""
    glossary, longest = _glossary(name)
    total = sum(map(len, found))
    hit = items = at = 0
    while at < len(found):
        word, match = found[at], opening(found[at : at + 5], name)
        at += match[0] if match else 1
        if match:
            hit, items = hit + sum(map(len, found[at - match[0] : at])), items + 1
        elif len(word) >= 10:
            best = [(0, 0)]  # by letters read: letters explained, minus the words that took
            for i in range(1, len(word) + 1):
                ends = [
                    (best[i - n][0] + n, best[i - n][1] - 1)
                    for n in range(3, min(longest, i) + 1)
                    if word[i - n : i] in glossary
                ]
                best.append(max([best[i - 1], *ends]))
            if best[-1][0] >= 0.7 * len(word):
                hit, items = hit + best[-1][0], items - best[-1][1]
    return (hit / total if total else 0.0), items
