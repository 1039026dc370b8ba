"""The dates of a sentence that a text does not give."""

import re
from collections.abc import Iterator

from index.dates import DateSpan, find_dates
from index.lexical import Word, normalize, words
from index.months import AMBIGUOUS, MONTHS, fold
from index.numbers import numbers

_FIRST = re.compile(r"\b(?:الاول|اول|first|перв\w+|اولین|نخست)\b")
_ONE = "1"
# Monday first.
_WEEKDAYS = {
    normalize(name): number
    for number, names in enumerate(
        (
            "الاثنين الإثنين monday понедельник понедельника دوشنبه montag lundi lunes lunedì pazartesi",
            "الثلاثاء tuesday вторник вторника سه‌شنبه dienstag mardi martes martedì salı",
            "الأربعاء wednesday среда среду среды چهارشنبه mittwoch mercredi miércoles mercoledì çarşamba",
            "الخميس thursday четверг четверга پنجشنبه donnerstag jeudi jueves giovedì perşembe",
            "الجمعة friday пятница пятницу пятницы جمعه freitag vendredi viernes venerdì cuma",
            "السبت saturday суббота субботу субботы samstag samedi sábado sabato cumartesi",
            "الأحد sunday воскресенье воскресенья یکشنبه sonntag dimanche domingo domenica pazar",
        )
    )
    for name in names.split()
}
# The beginnings of all cases of the Russian months.
_RUSSIAN_MONTHS = {
    "январ": 1, "феврал": 2, "март": 3, "апрел": 4, "ма": 5, "июн": 6, "июл": 7, "август": 8, "сентябр": 9,
    "октябр": 10, "ноябр": 11, "декабр": 12,
}  # fmt: skip
_RUSSIAN_CASE = re.compile(r"(?:ь|й|я|ю|е|ем|ём|у|а|ом)?\Z")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_PARTICLE = re.compile(r"[وفبل](?=ال|\w{4})")


def missing_dates(sentence: str, text: str) -> tuple[str, ...]:
    """The dates, months and days of the week of a sentence that a text does not give."""
    given = find_dates(text)
    months = {date.month for date in given} | {month for _, _, month in _months(text)}
    said = {number.value for number in numbers(text)} | ({_ONE} if _FIRST.search(normalize(text)) else set())
    dates = find_dates(sentence)
    found = [
        (d.start, d.end)
        for d in dates
        if not any(_agree(d, other) for other in given) and not _scattered(d, months, said)
    ]
    outside = [
        (start, end, month)
        for start, end, month in _months(sentence)
        if not any(date.start <= start < date.end for date in dates)
    ]
    found += [(start, end) for start, end, month in outside if month not in months]
    weekdays = {day for _, day in _weekdays(text)}
    found += [(word.start, word.end) for word, day in _weekdays(sentence) if day not in weekdays]
    return tuple(sentence[start:end] for start, end in sorted(found))


def _agree(date: DateSpan, other: DateSpan) -> bool:
    """Whether another date gives all that this one gives."""
    return all(
        mine is None or mine == theirs
        for mine, theirs in ((date.year, other.year), (date.month, other.month), (date.day, other.day))
    )


def _scattered(date: DateSpan, months: set[int | None], said: set[str]) -> bool:
    """Whether a text gives the parts of a date in a way that is not read as one: "الأول من يوليو"."""
    return date.month in months and all(part is None or str(part) in said for part in (date.year, date.day))


def _months(text: str) -> Iterator[tuple[int, int, int]]:
    for word in words(text):
        for start in (word.start, word.start + 1):  # behind "and", "in" or "for"
            name = fold(text[start : word.end])
            month = MONTHS.get(name) or _RUSSIAN_MONTHS.get(_RUSSIAN_CASE.sub("", name, count=1))
            if month is not None and _may_be_month(text, start, name):
                yield start, word.end, month
                break


def _may_be_month(text: str, start: int, name: str) -> bool:
    """Whether a month's name stands for one: Russian ones have no capitals ("Марта Кампос"), "May" has one."""
    if _CYRILLIC.match(text, start):
        return text[start].islower() or not text[:start].strip()
    return name not in AMBIGUOUS or text[start].isupper()


def _weekdays(text: str) -> Iterator[tuple[Word, int]]:
    for word in words(text):
        for form in (word.form, _PARTICLE.sub("", word.form, count=1)):
            if (day := _WEEKDAYS.get(form)) is not None:
                yield word, day
                break
