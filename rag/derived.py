"""Numbers that follow from those of a text: from year to year, centuries, decades, shares, parts and differences."""

import re
from collections.abc import Iterator
from itertools import permutations

from index.dates import undated_numbers
from index.lexical import normalize
from index.numbers import Number, numbers


def _either(listed: str) -> str:
    return "|".join(normalize(word) for word in listed.split())


_YEAR = _either("عام عاما عامين أعوام سنة سنوات سنين year years год года годы лет")
_YEARS = re.compile(rf"\W{{0,2}}(?:{_YEAR})(?!\w| old\b| من العمر)")
_LATER = re.compile(rf"\W{{0,2}}(?:{_YEAR}) (?:later|after|спустя|من ذلك|لاحقا)")
_BEFORE_LATER = re.compile(r"(?:\bafter|بعد|بعدها ب|\bчерез|\bспустя)\W+\Z")
_EARLIER = re.compile(rf"\W{{0,2}}(?:{_YEAR}) (?:earlier|before|назад)")
_BEFORE_EARLIER = re.compile(r"(?:قبل|قبلها ب|\bза)\W+\Z")
# "A year later": one year from another that the text names.
_YEAR_LATER = re.compile(
    normalize(
        r"(?:ال)?(?:عام|سنة) (?:ال)?تالي\w*|بعد (?:عام|سنة)(?!\w)"
        r"|\b(?:a|one) year (?:later|after)\b|\bthe (?:following|next) year"
        r"|через год\b|год спустя|следующ\w+ год"
    )
)
_YEAR_EARLIER = re.compile(
    normalize(
        r"(?:ال)?(?:عام|سنة) (?:ال)?سابق\w*|قبل (?:عام|سنة)(?!\w)"
        r"|\b(?:a|one) year (?:earlier|before)\b|\bthe previous year"
        r"|годом ранее|за год до|предыдущ\w+ год"
    )
)
_CENTURY = re.compile(r"(?:قرن|centur|век|столет)")
_CENTURY_BEHIND = re.compile(r"(?:st|nd|rd|th|-?го|-?й|-?м)?\W+(?:centur|век|столет)")
_DECADE = re.compile(r"(?:['’]?s\b|-?[ех]х?\b)")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_LONGEST = 300  # years from one to another
_MOST_NUMBERS = 60
"""Of a text with more of them nothing follows: it is no statement, and everything would."""
# "Half of them": the part of a count before it.
_PARTS = (
    (0.5, r"نصف(?:ها|هم|هن)|half of (?:them|these|those|which|whom)|половин\w+ из них"),
    (1 / 3, r"ثلث(?:ها|هم|هن)|a third of (?:them|these|those|which|whom)|треть из них"),
    (0.25, r"ربع(?:ها|هم|هن)|a quarter of (?:them|these|those|which|whom)|четверть из них"),
    (2 / 3, r"ثلث[اي](?:ها|هم|هن)|two[ -]thirds of (?:them|these|those|which|whom)|две трети из них"),
)
_PARTS_SAID = tuple((part, re.compile(rf"(?<!\w)[وفبل]?(?:{words})(?!\w)")) for part, words in _PARTS)
_NEAR = 0.006
_DENOMINATORS = {
    normalize(word): number
    for number, words in (
        (4, "أرباع quarters четверти"),
        (3, "أثلاث thirds трети"),
        (5, "أخماس fifths пятых"),
        (10, "أعشار tenths десятых"),
    )
    for word in words.split()
}
_FRACTION = re.compile(rf"\W({'|'.join(_DENOMINATORS)})(?!\w)")
# What is counted is a difference: "by three points", "fifteen stayed".
_DIFFERS = re.compile(
    normalize(
        r"(?<!\w)(?:by|points?|goals?|remain\w*|stay\w*|left|rest|others?|more|fewer|less)(?!\w)"
        r"|(?<!\w)[وفب]?(?:ال)?(?:فارق|بقي|بقيت|بقوا|باق\w*|متبق\w*|نقطة|نقاط|اهداف|هدف|اضافي\w*)(?!\w)"
        r"|(?<!\w)(?:разниц\w+|остал\w+|остав\w+|пункт\w*|очк\w+|остальн\w+)"
    )
)


def follows(sentence: str, number: Number, text: str) -> bool:
    """Whether a number of a sentence follows from numbers of a text.

    A year from another and how many years passed, how many years from two; a century or decade from a year in it; a
    share from a percentage or two counts; the part of a count ("half of them"); a difference, where one is told
    ("by three points"). Nothing follows from a text with dozens of numbers.
    """
    given = numbers(text)
    if len(given) > _MOST_NUMBERS:
        return False
    value = round(float(number.value), 6)
    years = list(_years(given))
    if _YEARS.match(normalize(sentence[number.end : number.end + 16])):
        return any(later - earlier == value for later, earlier in permutations(years, 2))
    if _CENTURY_BEHIND.match(sentence, number.end):
        return any(100 * (value - 1) < year <= 100 * value for year in years)
    if _FIRST_YEAR <= value <= _LAST_YEAR:
        if value % 10 == 0 and _DECADE.match(sentence, number.end):
            return any(value <= year < value + 10 for year in years)
        passed = set(_passed(text, given))
        if any(value - year in passed for year in years):
            return True
    counts = undated_numbers(text)
    values = [round(float(count.value), 6) for count in counts]
    if part := _FRACTION.match(normalize(sentence[number.end : number.end + 20])):
        share = value / _DENOMINATORS[part[1]]
        return any(abs(share - one / 100) <= _NEAR for one in values) or any(
            abs(share * whole - some) <= _NEAR * whole for some, whole in permutations(values, 2)
        )
    if value > 0 and _DIFFERS.search(normalize(sentence)) and any(round(value + one, 6) in values for one in values):
        return True
    return _is_part(value, counts, text)


def in_century(sentence: str, start: int, end: int, ordinal: str, text: str) -> bool:
    """Whether an ordinal in words, ``sentence[start:end]``, counts a century in which a year of a text lies."""
    around = normalize(sentence[max(0, start - 12) : start] + sentence[end : end + 18])
    last = 100 * int(ordinal)
    return _CENTURY.search(around) is not None and any(last - 100 < year <= last for year in _years(numbers(text)))


def _years(given: tuple[Number, ...]) -> Iterator[int]:
    for number in given:
        if number.value.isdigit() and _FIRST_YEAR <= int(number.value) <= _LAST_YEAR:
            yield int(number.value)


def _passed(text: str, given: tuple[Number, ...]) -> Iterator[int]:
    """How many years what a text tells of came after something else, less than 0 where it came before."""
    folded = normalize(text)
    if _YEAR_LATER.search(folded):
        yield 1
    if _YEAR_EARLIER.search(folded):
        yield -1
    for number in given:
        before, behind = text[max(0, number.start - 12) : number.start], text[number.end : number.end + 24]
        if not number.value.isdigit() or int(number.value) > _LONGEST or not _YEARS.match(normalize(behind)):
            continue
        if _LATER.match(normalize(behind)) or _BEFORE_LATER.search(normalize(before) + " "):
            yield int(number.value)
        if _EARLIER.match(normalize(behind)) or _BEFORE_EARLIER.search(normalize(before) + " "):
            yield -int(number.value)


def _is_part(value: float, counts: tuple[Number, ...], text: str) -> bool:
    """Whether a text speaks of the part of a count before it that comes to a value."""
    return any(
        abs(part * float(count.value) - value) <= _NEAR * value
        for part, pattern in _PARTS_SAID
        for count in counts
        if pattern.search(normalize(text[count.end :]))
    )
