"""Numbers of a text as values, in digits of any script or in words: ٥٠٠٠, 5,000, خمسة آلاف and пять тысяч are 5000.

Number words are read in Arabic, English, Russian and Persian.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from index.lexical import normalize, words

# Digits, parted in threes or not, and a fraction. A point or comma before three digits parts thousands ("1.200" is
# twelve hundred), save the Arabic decimal sign; a plain space does before a word in Cyrillic or small Latin letters.
# More digits than a quantity has are a code.
_DIGITS = re.compile(
    r"(?<!\d)(?:(?P<parted>\d{1,3}(?P<mark>[.,٬'’\u00a0\u202f])\d{3}(?:(?P=mark)\d{3}){0,4}"
    r"|\d{1,3}(?: \d{3}){1,4}(?=,\d| [а-яА-Яa-zß-ÿ]))|(?P<plain>\d{1,15}))(?!\d)"
    r"(?:[.,٫](?P<fraction>\d{1,6})(?!\d|[.,]\d))?"
)
_SEPARATORS = re.compile(r"\D")
_GAP = re.compile(r"[ \t\n\u00a0\u200c-]{0,2}(?:and |و )?(?:a |of a )?")
_CLINGING = re.compile(r"[وف]?[بل]?(?=\w{2})")  # Arabic particles before a number word
# With the article a number word counts only before another one ("الخمسة آلاف", "الخمسة والعشرين"): "العشر" alone is the
# end of a month, and some are days, an hour, or ordinals ("القرن الواحد والعشرين").
_ARTICLE = re.compile(r"[وفبك]?(?:ال|لل)(?=\w{3})")
_ELSE = frozenset(("احد", "اثنين", "واحد", "واحده"))
_HAMZA = "ء"  # folded away: "ثلاثاء", Tuesday, would be three
_HUNDRED, _THOUSAND = 100, 1000
_ACCUSATIVE = "الفا"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: ``text[start:end]`` says ``value``, digits without separators or idle zeros ("1.5")."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One word or run of digits of a number."""

    start: int
    end: int
    value: Decimal
    digits: bool
    alone: bool
    definite: bool = False


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text in order; "25 ألف" and "خمسة وعشرين ألفا" are one number each."""
    parts = sorted([*_digits(text), *_number_words(text)], key=lambda part: part.start)
    found: list[Number] = []
    at = 0
    while at < len(parts):
        value, after = _read(text, parts, at)
        if after - at > 1 or parts[at].alone:
            found.append(Number(parts[at].start, parts[after - 1].end, _written(value)))
        at = after
    return tuple(found)


def possible_values(text: str) -> frozenset[str]:
    """Values of single words that are numbers in some contexts only: Arabic ست is six and a lady."""
    return frozenset(_written(part.value) for part in _number_words(text) if not part.alone and not part.definite)


def definite_values(text: str) -> frozenset[str]:
    """Values of Arabic number words with the article: "الأربعة" is four of what was told, or four in a name."""
    return frozenset(_written(part.value) for part in _number_words(text) if part.definite)


def _read(text: str, parts: list[_Part], at: int) -> tuple[Decimal, int]:
    """The longest number that begins with a part: (value, the part after it)."""
    first = parts[at]
    total, below = (
        (first.value, Decimal(0)) if first.value >= _THOUSAND and not first.digits else (Decimal(0), first.value)
    )
    scale = first.value if total else Decimal(0)
    after = at + 1
    joined = after < len(parts) and text[first.end : parts[after].start] == " " and text[parts[after].start] == "و"
    if total == 2 * _THOUSAND and joined and normalize(text[first.start : first.end]).endswith(_ACCUSATIVE):
        total = Decimal(_THOUSAND)  # "ألفا وخمسمئة"; "ألفا جندي" is the dual
    while after < len(parts) and _GAP.fullmatch(text[parts[after - 1].end : parts[after].start]):
        part = parts[after]
        if part.digits or not _may_follow(text, parts[at:after], part):
            break
        if part.value >= _THOUSAND:
            # "خمسة عشر ألفا": the accusative looks like the dual, two thousand.
            factor = Decimal(_THOUSAND) if part.value == 2 * _THOUSAND and below else part.value
            if not below or (total and factor > total):
                break
            total, below, scale = total + below * factor, Decimal(0), factor
        elif part.value == _HUNDRED and 1 <= below < 10:
            below *= _HUNDRED
        elif first.digits or not _fits(below, part.value):
            break
        else:
            below += part.value
        after += 1
    if below < 1:  # "مليون ونصف": half of what was said last
        below *= scale or 1
    return total + below, after


def _may_follow(text: str, before: list[_Part], part: _Part) -> bool:
    """Whether a part may go on a number in view of their articles: "الخمسة عشر", "الستة آلاف", "الخمسة والعشرين"."""
    first, joined = before[0], text[part.start] == "و"
    if len(before) > 1 or not first.definite:
        return not part.definite
    if part.definite:
        return joined and 20 <= part.value < _HUNDRED
    return not joined and (part.value in (10, _HUNDRED) or part.value >= _THOUSAND)


def _fits(below: Decimal, value: Decimal) -> bool:
    """Whether a number word below a thousand can be added: units to tens or hundreds, tens to units or hundreds."""
    if value < 1:
        return not below % 1
    if value >= _HUNDRED or below % 1:
        return not below
    tens = below % _HUNDRED
    if value >= 20:
        return tens < 10
    if value >= 10:
        return tens == 0 or (value == 10 and tens < 10)
    return tens == 0 or (tens >= 20 and tens % 10 == 0)


def _digits(text: str) -> list[_Part]:
    parts: list[_Part] = []
    for match in _DIGITS.finditer(text):
        whole = _SEPARATORS.sub("", match["parted"] or match["plain"])
        value = Decimal(f"{whole}.{match['fraction'] or 0}")
        parts.append(_Part(match.start(), match.end(), value, digits=True, alone=True))
    return parts


def _number_words(text: str) -> list[_Part]:
    table = _numerals()
    parts: list[_Part] = []
    for word in words(text):
        if text[word.end - 1] == _HAMZA:
            continue
        for offset in dict.fromkeys((0, _clinging(word.form))):
            if known := table.get(word.form[offset:]):
                value, alone = known
                parts.append(_Part(word.start, word.end, value, digits=False, alone=alone))
                break
        else:
            article = _ARTICLE.match(word.form)
            bare = word.form[article.end() :] if article else ""
            if bare in table and bare not in _ELSE:
                parts.append(_Part(word.start, word.end, table[bare][0], digits=False, alone=False, definite=True))
    return parts


def _clinging(form: str) -> int:
    """How many letters of a word are particles, if it is a number word behind them."""
    match = _CLINGING.match(form)
    return match.end() if match else 0


@lru_cache(maxsize=1)
def _numerals() -> dict[str, tuple[Decimal, bool]]:
    """Number words, normalised: (value, whether one alone is a number)."""
    table: dict[str, tuple[Decimal, bool]] = {}
    for line in files("index").joinpath("numerals.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            value, names = line.split("\t")
            for name in names.split():
                table[normalize(name.removesuffix("!"))] = (Decimal(value), not name.endswith("!"))
    return table


def _written(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
