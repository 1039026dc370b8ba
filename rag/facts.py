"""What a sentence states that can be compared: counts and measures, dates and what happened then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index import lexical
from index.dates import find_dates
from index.lexical import Word, normalize
from index.months import MONTHS, fold
from index.places import places
from rag import wordlists
from rag.happening import CLAUSE_END, happening
from rag.quantities import Quantity, quantities

_FOUR_DIGITS = re.compile(r"(?<![\d.,٬٫:/-])\d{4}(?![\d:/%]|[.,٬٫]\d)")
_YEARS = range(1900, 2101)
_REMEMBERED = 4096
_YEARS_AWAY = {
    normalize(phrase): years
    for phrase, years in {
        "العام الماضي": -1, "السنة الماضية": -1, "last year": -1, "в прошлом году": -1, "العام المنصرم": -1,
        "هذا العام": 0, "العام الجاري": 0, "العام الحالي": 0, "السنة الجارية": 0, "this year": 0, "в этом году": 0,
        "العام المقبل": 1, "العام القادم": 1, "next year": 1, "в следующем году": 1,
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateSaid:
    """A date and what happened then.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        year: None where the text gives none.
        month: 1 to 12, None where the text gives none.
        day: 1 to 31, None where the text gives none.
        events: What happened then.
        planned: Whether it lies in the future.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    events: frozenset[str]
    planned: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence states.

    Attributes:
        text: The sentence, without markup.
        words: Its words.
        stems: Stems of its words that carry meaning.
        subject: Those of them that are no counted things, events, units, months, offices or words of saying.
        quantities: In text order.
        dates: In text order.
        years_away: Years it names by their distance from the year it was written in: -1 for "last year".
        cumulative: Whether it counts up to a time ("so far", "since").
        negated: Whether it denies something.
        corrects: Whether it says that a figure or date is no longer what it was.
    """

    text: str
    words: tuple[Word, ...]
    stems: frozenset[str]
    subject: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateSaid, ...]
    years_away: tuple[int, ...]
    cumulative: bool
    negated: bool
    corrects: bool

    @property
    def figures(self) -> bool:
        """Whether it gives any quantity or date."""
        return bool(self.quantities or self.dates)


@lru_cache(maxsize=_REMEMBERED)
def read(text: str) -> Facts:
    """The facts of a sentence."""
    words = lexical.words(text)
    named = places(text)
    folded = normalize(text)
    dates = _dates(text, words)
    meaning = [w.form for w in words if len(w.form) > 2 and w.form not in wordlists.listed("function")]
    return Facts(
        text,
        words,
        frozenset(map(lexical.stem, meaning)),
        frozenset(lexical.stem(form) for form in meaning if not _is_of_figures(form)),
        quantities(text, words, named, [(date.start, date.end) for date in dates]),
        dates,
        tuple(by for phrase, by in _YEARS_AWAY.items() if phrase in folded),
        cumulative=any(word.form in wordlists.listed("cumulative") for word in words),
        negated=any(word.form in wordlists.listed("not") for word in words),
        corrects=any(wordlists.stands_in("updating", word.form) for word in words),
    )


@lru_cache(maxsize=1 << 15)
def _is_of_figures(form: str) -> bool:
    """Whether a normalised word tells what is counted, when or by whom, not of what the sentence speaks."""
    known = wordlists.things(form) or wordlists.events(form) or wordlists.unit(form) or fold(form) in MONTHS
    lists = ("count", "saying", "source", "year", "percent", "planned", "cumulative", "updating", "more")
    return bool(known) or form.isdigit() or any(wordlists.stands_in(name, form) for name in lists)


def _dates(text: str, words: Sequence[Word]) -> tuple[DateSaid, ...]:
    """Dates, and years behind a word for them."""
    found = [(d.start, d.end, d.year, d.month, d.day) for d in find_dates(text)]
    taken = [(start, end) for start, end, *_ in found]
    for match in _FOUR_DIGITS.finditer(text):
        year = int(match[0])
        inside = any(start <= match.start() < end for start, end in taken)
        if year in _YEARS and not inside and _is_year(text, words, *match.span()):
            found.append((*match.span(), year, None, None))
    return tuple(
        DateSaid(start, end, year, month, day, *happening(text, words, start, end))
        for start, end, year, month, day in sorted(found)
    )


def _is_year(text: str, words: Sequence[Word], start: int, end: int) -> bool:
    """Whether four digits are a year: a word for it stands beside them, and they count nothing."""
    before = next((word.form for word in reversed(words) if word.end <= start), "")
    behind = next((word for word in words if word.start >= end), None)
    if behind is None or CLAUSE_END.search(text[end : behind.start]):
        return before in wordlists.listed("year")
    if behind.form in wordlists.listed("year") and behind.form.startswith("год"):
        return True
    counted = wordlists.things(behind.form) or wordlists.unit(behind.form)
    return before in wordlists.listed("year") and not counted
