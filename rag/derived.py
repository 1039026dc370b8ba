"""Numbers that follow from those of a text: how long from year to year, centuries, decades, parts and differences."""

import re
from collections.abc import Iterator
from itertools import permutations

from index.lexical import normalize
from index.numbers import Number, numbers


def _either(listed: str) -> str:
    return "|".join(normalize(word) for word in listed.split())


_YEARS = re.compile(
    rf"\W{{0,2}}(?:{_either('عام عاما عامين أعوام سنة سنوات سنين year years год года годы лет')})(?!\w)"
)
# "The year before", "a year later": one year from another that the text names.
_ONE_YEAR = re.compile(
    normalize(
        r"(?:عام|سنة) واحد\w*|(?:ال)?(?:عام|سنة) (?:ال)?(?:تالي|سابق|لاحق|ماضي|مقبل)\w*|بعد (?:عام|سنة)|قبل (?:عام|سنة)"
        r"|(?:a|one|the following|the next|the previous|the same) year|year (?:later|earlier|before|after)"
        r"|(?:через|за|спустя) год|год (?:спустя|назад)|следующ\w+ год\w*|предыдущ\w+ год\w*"
    )
)
_CENTURY = re.compile(r"(?:القرن|century|centuries|век\w*|столет\w+)")
_DECADE = re.compile(r"(?:'?s\b|-?[ех]х?\b)")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_LONGEST = 300  # years from one to another
_PARTS = (
    (0.5, "نصف نصفها نصفهم half половина половину половиной"),
    (1 / 3, "ثلث ثلثها third треть"),
    (0.25, "ربع quarter четверть"),
    (2 / 3, "ثلثا ثلثي ثلثين two-thirds"),
    (2.0, "ضعف ضعفا ضعفي الضعف double twice вдвое"),
)
_PARTS_SAID = tuple((part, re.compile(rf"(?<!\w)[وفبل]?(?:{_either(words)})(?!\w)")) for part, words in _PARTS)
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


def follows(sentence: str, number: Number, text: str) -> bool:
    """Whether a number of a sentence follows from numbers of a text.

    A year from another and how many years passed, how many years from two; a century or decade from a year in it; a
    part or multiple from what it is of ("half of 46"), a share from a percentage or two counts; and any difference.
    """
    value = float(number.value)
    years = list(_years(text))
    if _YEARS.match(normalize(sentence[number.end : number.end + 12])):
        return any(later - earlier == value for later, earlier in permutations(years, 2))
    if _FIRST_YEAR <= value <= _LAST_YEAR:
        if value % 10 == 0 and _DECADE.match(sentence, number.end):
            return any(value <= year < value + 10 for year in years)
        passed = set(_passed(text))
        return any(abs(value - year) in passed for year in years)
    counts = [float(one.value) for one in numbers(text)]
    if part := _FRACTION.match(normalize(sentence[number.end : number.end + 20])):
        share = value / _DENOMINATORS[part[1]]
        shares = {count / 100 for count in counts} | {one / other for one, other in permutations(counts, 2) if other}
        return any(abs(share - other) <= _NEAR for other in shares)
    if any(one - other == value for one, other in permutations(counts, 2)):
        return True
    said = normalize(text)
    return any(
        abs(part * count - value) <= _NEAR * value
        for part, pattern in _PARTS_SAID
        if pattern.search(said)
        for count in counts
    )


def in_century(sentence: str, start: int, end: int, ordinal: str, text: str) -> bool:
    """Whether an ordinal, ``sentence[start:end]``, counts a century in which a year of a text lies."""
    around = sentence[max(0, start - 12) : start] + sentence[end : end + 18]
    last = 100 * int(ordinal)
    return bool(_CENTURY.search(normalize(around)) or _CENTURY.search(around)) and any(
        last - 100 < year <= last for year in _years(text)
    )


def _years(text: str) -> Iterator[int]:
    for number in numbers(text):
        if number.value.isdigit() and _FIRST_YEAR <= int(number.value) <= _LAST_YEAR:
            yield int(number.value)


def _passed(text: str) -> Iterator[int]:
    """How many years passed between what a text tells of."""
    folded = normalize(text)
    if _ONE_YEAR.search(folded):
        yield 1
    for number in numbers(text):
        behind = normalize(text[number.end : number.end + 12])
        if number.value.isdigit() and int(number.value) <= _LONGEST and _YEARS.match(behind):
            yield int(number.value)
