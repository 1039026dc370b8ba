"""Calendar dates written in Arabic, English, Russian and Persian text, and in figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from index.months import AMBIGUOUS, HIJRI, JALALI, MARK, MONTHS, fold
from index.numbers import Number, numbers


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date as it stands in a text: ``text[start:end]``, without the time of day.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        year: Gregorian year, None where the text gives none.
        month: 1 to 12, None only where it cannot be known.
        day: 1 to 31, None where the text gives none.
        converted: It was a day of another calendar.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    converted: bool = field(default=False, compare=False)

    @property
    def date(self) -> date | None:
        """The day it names, None unless year, month and day are known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def _name_pattern(names: list[str]) -> str:
    """Alternation of month names, longest first, that lets vowel marks and tatweel stand between letters."""
    spellings = {
        "ا": "[اأإآٱ]",
        "ي": "[يیى]",
        "ک": "[كک]",
        "ك": "[كک]",
        "ه": "[هة]",
        "ة": "[هة]",
        " ": r"\s{1,3}",
        "ё": "[её]",
    }
    return "|".join(
        (f"{MARK}*" if name[0] > "\u0600" else "").join(spellings.get(letter, re.escape(letter)) for letter in name)
        + (f"{MARK}*" if name[0] > "\u0600" else "")
        for name in sorted(names, key=lambda name: (-len(name), name))
    )


_NAME = f"(?:{_name_pattern([*MONTHS, *JALALI, *HIJRI])})(?![^\\W\\d_])\\.?"
# "ديسمبر/كانون الأول" and "ديسمبر (كانون الأول)" name one month twice.
_MONTH = rf"(?P<month>{_NAME})(?:\s?[/(]\s?(?P<again>{_NAME})\)?)?"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_YEAR = r"(?P<year>[12۱۲١٢]\d{3})(?!\d)(?![.,٫]\d)"
_YEAR_LINK = r"[\s،,]{0,3}(?:من\s+)?(?:ل?(?:عام|العام|سنة|سال)\s+|of\s+)?"
_DAY_LINK = r"(?:st|nd|rd|th|-?(?:го|е))?[\s.\-]{0,3}(?:من\s+)?(?:شهر\s+|of\s+)?"

# What marks a year as one of the Islamic calendar; "ه.ش" and "هجري شمسي" mark one of the Persian calendar.
_HIJRI_MARK = r"(?=(?P<hijri>\s?(?:ه[ـ\u200d]?|هجرية?|للهجرة)(?![^\W\d_])(?!\W{0,2}(?:ش(?![^\W\d_])|(?:ال)?شمسي)))?)"
_YEAR_MONTH_DAY = re.compile(
    r"(?P<year>\d{4})(?P<separator>[-/.])(?P<month>\d{1,2})(?P=separator)(?P<day>\d{1,2})(?!\d|[-/.]\d)" + _HIJRI_MARK
)
_DAY_MONTH_YEAR = re.compile(
    r"(?P<day>\d{1,2})(?P<separator>[-/.])(?P<month>\d{1,2})(?P=separator)(?P<year>\d{4})(?!\d|[-/.]\d)" + _HIJRI_MARK
)
_NUMBER = re.compile(r"\d+")


class _Named(NamedTuple):
    """Patterns of dates whose month is a name."""

    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    month_year: re.Pattern[str]


@cache
def _named_patterns() -> _Named:
    """Compiled when a text first needs them: some hundred names make it half a second."""
    return _Named(
        re.compile(rf"{_DAY}{_DAY_LINK}{_MONTH}(?:{_YEAR_LINK}{_YEAR})?", re.IGNORECASE),
        re.compile(
            rf"(?<![^\W\d_]){_MONTH}\s{{1,3}}{_DAY}(?:st|nd|rd|th)?(?![.,٫:]\d)(?:{_YEAR_LINK}{_YEAR})?", re.IGNORECASE
        ),
        re.compile(rf"(?:(?<![^\W\d_])|(?<=(?<![^\W\d_])[وفبل])){_MONTH}{_YEAR_LINK}{_YEAR}", re.IGNORECASE),
    )


_WORD = re.compile(rf"(?:[^\W\d_]|{MARK})+")
_FIRST_WORDS = frozenset(name.split()[0] for name in (*MONTHS, *JALALI, *HIJRI))
# A digit that continues a number ("2,013 May", "1.2.2023.4", "6:30"), not the first of one.
_INSIDE_NUMBER = re.compile(r"\d[.,٫٬:/\-]")

# A month's name stands at most this many characters before the number that follows it.
_NAME_REACH = 60
_DATE_REACH = 80
# Years of the Solar Hijri calendar; from 1410 on a year in figures may as well be a lunar Hijri one.
_JALALI_YEARS = range(1300, 1500)
_JALALI_YEARS_IN_FIGURES = range(1300, 1410)
# What the tables of Umm al-Qura hold.
_HIJRI_YEARS = range(1343, 1501)
_GREGORIAN_YEARS = range(1500, 2200)


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Find the dates a text names.

    Understood are day, month and year, month and year, and day and month, with the month as a name
    (Egyptian, Levantine and Maghrebi Arabic, English, Russian, Persian) or the whole date in figures
    (ISO 8601, day first otherwise). Dates of the Persian and the Islamic calendar are converted, and found only
    where they are complete: without a day or a year they name no Gregorian month. From 1410 on a year in figures
    needs its mark, "هـ", since it may be of either calendar. Islamic days are those of the
    Umm al-Qura calendar; where the new moon was seen, one may have been called otherwise. A bare year or month is
    not a date.

    Args:
        text: Plain text.

    Returns:
        The dates in text order; they do not overlap.
    """
    found: list[DateSpan] = []
    position = 0
    # Every date holds a number, so numbers are where to look: a text without them costs next to nothing.
    for number in _NUMBER.finditer(text):
        if number.start() < position:
            continue
        span = _date_at(text, number.start(), number.end(), position)
        if span is not None:
            found.append(span)
            position = span.end
    return tuple(found)


def undated_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text in order that are no part of its dates."""
    dates = find_dates(text)
    return tuple(n for n in numbers(text) if not any(date.start < n.end and n.start < date.end for date in dates))


def _date_at(text: str, start: int, end: int, floor: int) -> DateSpan | None:
    """The date whose first number is ``text[start:end]``; it may begin earlier, but not before ``floor``."""
    reach = end + _DATE_REACH
    inside = start >= 2 and _INSIDE_NUMBER.match(text, start - 2) is not None
    if end - start == 4 and not inside:
        span = _in_figures(_YEAR_MONTH_DAY.match(text, start, reach))
        if span:
            return span
    if end - start <= 2 and not (inside and text[start - 1] in ".,٫٬/"):
        span = _in_figures(None if inside else _DAY_MONTH_YEAR.match(text, start, reach))
        if span:
            return span
        span = _named(_named_patterns().day_month.match(text, start, reach))
        if span:
            return span
    for name in _names_before(text, max(floor, start - _NAME_REACH), start):
        patterns = _named_patterns()
        for pattern, group in ((patterns.month_day, "day"), (patterns.month_year, "year")):
            match = pattern.match(text, name, reach)
            span = _named(match) if match and match.start(group) == start else None
            if span:
                return span
    return None


def _names_before(text: str, start: int, end: int) -> Iterator[int]:
    """Where a month's name may begin: a look into a set is far cheaper than trying the patterns everywhere."""
    for match in _WORD.finditer(text, start, end):
        word = fold(match[0])
        if word in _FIRST_WORDS:
            yield match.start()
        elif word[1:] in _FIRST_WORDS:
            yield match.start() + 1  # behind "and", "in", "with" or "for"; the pattern checks which


def _in_figures(match: re.Match[str] | None) -> DateSpan | None:
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if match["hijri"]:
        return _span(match, _from_hijri(year, month, day), converted=True)
    if year in _JALALI_YEARS_IN_FIGURES:
        return _span(match, _from_jalali(year, month, day), converted=True)
    if month > 12 and match["separator"] == "/":  # 9/13/2023 can only be the American order
        month, day = day, month
    return _span(match, _valid(year, month, day))


def _named(match: re.Match[str] | None) -> DateSpan | None:
    if match is None:
        return None
    groups = match.groupdict()
    name = fold(match["month"])
    day = int(groups["day"]) if groups.get("day") else None
    year = int(groups["year"]) if groups.get("year") else None
    if name in JALALI:
        complete = day is not None and year in _JALALI_YEARS
        return _span(match, _from_jalali(year or 0, JALALI[name], day or 0), converted=True) if complete else None
    if name in HIJRI:
        complete = day is not None and year in _HIJRI_YEARS
        return _span(match, _from_hijri(year or 0, HIJRI[name], day or 0), converted=True) if complete else None
    month = MONTHS[name]
    if match["again"] and MONTHS.get(fold(match["again"])) != month:
        return None  # "June/July 2023" is a range
    # "in September 13 soldiers fell": without a year the day follows the month in English only.
    if year is None and match.start("day") > match.start("month") and not name.isascii():
        return None
    # "may", "mar", "مه" are also words: without a year only an English capital tells.
    if name in AMBIGUOUS and not (match["month"][0].isupper() or (year and (day or name.isascii()))):
        return None
    if year is not None and year not in _GREGORIAN_YEARS:
        return None
    # 2024 is a leap year: 29 February without a year may be right.
    if _valid(year or 2024, month, day or 1) is None:
        return None
    return DateSpan(match.start(), match.end(), year, month, day)


def _span(match: re.Match[str], found: date | None, *, converted: bool = False) -> DateSpan | None:
    if found is None:
        return None
    return DateSpan(match.start(), match.end(), found.year, found.month, found.day, converted)


def _valid(year: int, month: int, day: int) -> date | None:
    if year not in _GREGORIAN_YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_hijri(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def _from_jalali(year: int, month: int, day: int) -> date | None:
    """Gregorian date of a day of the Persian calendar, by the 33-year rule, exact for 1300 to 1500."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    found = _jalali_new_year(year) + (month - 1) * 30 + min(month - 1, 6) + day - 1
    # The last month has 30 days in leap years only; otherwise its 30th would be the next new year.
    return None if found == _jalali_new_year(year + 1) else date.fromordinal(found)


def _jalali_new_year(year: int) -> int:
    """Proleptic ordinal of 1 Farvardin: eight leap years in 33, counted from the year -1595."""
    shifted = year + 1595
    return -356_032 + 365 * shifted + shifted // 33 * 8 + (shifted % 33 + 3) // 4
