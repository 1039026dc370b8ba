"""Counts and measures in a sentence: the number, what it counts, how exact it is, and what happened to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from index import lexical
from index.lexical import Word, normalize
from index.numbers import Number
from index.numbers import numbers as find_numbers
from index.places import Place
from rag import wordlists
from rag.happening import CLAUSE_END, FATES, LEFT_REACH, happening
from rag.hedges import admitted, either, ends_in, holds

Span = tuple[int, int]

_NOUN_REACH = 4
_OWNER_REACH = 4
_JOINING, _OPENING = "إلى|و|أو|to|and|or|до|и|حتى", "بين|ما بين|من|between|from|от"
_RATES = (
    "يوميا|في اليوم|كل يوم|شهريا|في الشهر|كل شهر|سنويا|في السنة|كل عام|أسبوعيا|في الأسبوع|في الساعة|في كل|لكل|daily"
    "|per day|a day|every day|monthly|per month|a month|annually|per year|a year|weekly|a week|per|an hour|в день"
    "|в сутки|за сутки|ежедневно|в месяц|в год|ежегодно|в неделю"
)
_PARTS = (
    "بينهم|بينها|بينهن|من بينهم|من بينها|منهم|منها|ضمنهم|من ضمنهم|including|among them|of whom|of which|of them"
    "|из них|в том числе|среди них"
)
_THOSE = ("عدد", "من")  # "the number of those who"
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound"}
_IDENTIFIER = re.compile(r"\w[-–]\Z|[A-Za-zА-я]\Z")
_PARTICLE = re.compile("[وفبل](?=[^\\W\\d]{3})")
_MILITARY = re.compile("(?:ال)?عسكري")
_TIME = re.compile(r"\d:\d")
_SIGN_BEFORE = re.compile(r"([$€£])\s*\Z")
_SIGN_BEHIND = re.compile(r"\s?[%٪]")
_SQUARE = ("hectare", 100.0)
_SHORT_NUMBERS = {"ست": "6", "سبع": "7"}
_SCALES = (1e9, 1e6, 1e3)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or measure: ``text[start:end]`` is the number with its noun and how exact it is.

    Attributes:
        start: Offset of its first character, "about" and the like included.
        end: Offset after its last character.
        low: The number in base units of ``unit``, of a range its lower end.
        high: The number or the upper end of the range.
        least: Least value it admits; "about" admits a little less than the number.
        most: Greatest value it admits; "more than" admits a little more than the number.
        unit: "" for a count of ``things``, else what it is measured in.
        things: Kinds of things counted; where it is no kind we know, the noun's stem behind "=".
        owners: Keys of the countries the things are of ("Korean soldiers").
        events: What happened to them.
        rate: Whether it is so many in a time ("a day").
        part: Whether it is a part of a number before it ("of whom").
        more: Whether it comes on top of others ("additional").
        planned: Whether it lies in the future.
    """

    start: int
    end: int
    low: float
    high: float
    least: float
    most: float
    unit: str
    things: frozenset[str]
    owners: frozenset[str]
    events: frozenset[str]
    rate: bool
    part: bool
    more: bool
    planned: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence taken apart: its words but for those of numbers, its countries, all its figures and dates."""

    text: str
    words: Sequence[Word]
    places: Sequence[Place]
    figures: Sequence[Span]


def quantities(
    text: str, words: Sequence[Word], places: Sequence[Place], dates: Sequence[Span]
) -> tuple[Quantity, ...]:
    """The counts and measures of a sentence, in order; numbers that count nothing (names, ages of laws) are none.

    Args:
        text: A sentence.
        words: Its words.
        places: Its countries.
        dates: Spans of its dates, whose numbers count nothing.
    """
    found_numbers = sorted((*find_numbers(text), *_short_numbers(words)), key=lambda number: number.start)
    numbers = [n for n in found_numbers if not any(start < n.end and n.start < end for start, end in dates)]
    bare = [word for word in words if not any(n.start <= word.start < n.end for n in numbers)]
    sentence = _Sentence(text, bare, places, [*((n.start, n.end) for n in numbers), *dates])
    found: list[Quantity] = []
    at = 0
    while at < len(numbers):
        first, second = numbers[at], numbers[at + 1] if at + 1 < len(numbers) else None
        if second and _is_range(text, first.end, second.start, first.start):
            span, low, high = (first.start, second.end), *_range(float(first.value), float(second.value))
        else:
            span, low, high = (first.start, first.end), float(first.value), float(first.value)
        at += 1 + (span[1] > first.end)
        if quantity := _quantity(sentence, span, low, high):
            found.append(quantity)
    return tuple(found)


def _short_numbers(words: Sequence[Word]) -> Iterator[Number]:
    """Six and seven of feminine nouns, which are words of their own where nothing is counted behind them."""
    for word, counted in pairwise(words):
        value = _SHORT_NUMBERS.get(word.form)
        definite = counted.form.startswith("ال")  # what is counted is not: "ست الدار" is the lady of the house
        if value and not definite and (wordlists.things(counted.form) or wordlists.unit(counted.form)):
            yield Number(word.start, word.end, value)


def _quantity(sentence: _Sentence, span: Span, low: float, high: float) -> Quantity | None:
    text, (start, end) = sentence.text, span
    if _IDENTIFIER.search(text[:start]) or _TIME.search(text[max(0, start - 3) : end + 3]):
        return None
    unit, factor, noun_end = _measure(sentence, start, end)
    things = frozenset[str]()
    if not unit:
        things, noun_end = _deminers(sentence, end) or _things(_noun(sentence, end), end)
        things = things or _counted_before(sentence, start) or _fallen(sentence, end)
        if not things:
            return None
    people = bool(things & wordlists.listed("human"))
    events, planned = happening(text, sentence.words, start, noun_end, sentence.figures, people=people)
    least, most, hedge = admitted(text, sentence.words, start, noun_end)
    said_from = start + _clinging(text[start:noun_end]) if hedge is None else hedge
    near = " ".join(text[max(0, start - 40) : noun_end + 22].split())
    return Quantity(
        said_from,
        noun_end,
        low * factor,
        high * factor,
        low * factor * least,
        high * factor * most,
        unit,
        things,
        _owners(sentence, end, noun_end),
        events,
        rate=holds(_RATES, near),
        part=bool(ends_in(_PARTS, 2).search(normalize(text[max(0, start - 40) : start]))),
        more=any(end <= w.start <= noun_end + 12 and w.form in wordlists.listed("more") for w in sentence.words),
        planned=planned,
    )


def _is_range(text: str, end: int, start: int, opening: int) -> bool:
    """Whether two numbers are the ends of a range: "between 5 and 10", "5-10"."""
    between = text[end:start].strip()
    if between in ("-", "–", "—"):
        return True
    # "بين 10 آلاف و15": the second number holds its "and" where it is written in words.
    joined = not between or re.fullmatch(rf"(?:{either(_JOINING)})", normalize(between)) is not None
    return joined and ends_in(_OPENING, 1).search(normalize(text[max(0, opening - 20) : opening])) is not None


def _range(low: float, high: float) -> tuple[float, float]:
    """The ends of a range in order, "four and six million" made whole."""
    scale = next((s for s in _SCALES if high >= s and low < min(_SCALES) and low * s <= high), 1.0)
    return min(low * scale, high), max(low * scale, high)


def _measure(sentence: _Sentence, start: int, end: int) -> tuple[str, float, int]:
    """The unit of a number, how many base units it is, and where it ends; "" where it has none."""
    text = sentence.text
    behind = [word for word in sentence.words if word.start >= end][:2]
    if sign := _SIGN_BEHIND.match(text, end):
        return "%", 1.0, sign.end()
    if money := _SIGN_BEFORE.search(text[:start]):
        return _CURRENCIES[money[1]], 1.0, end
    for word in behind:
        if word.form in wordlists.listed("percent") and word.start - end < 8:
            return "%", 1.0, word.end
    if not behind or CLAUSE_END.search(text[end : behind[0].start]):
        return "", 1.0, end
    measured = wordlists.unit(behind[0].form)
    if measured is None:
        return "", 1.0, end
    if len(behind) > 1 and wordlists.unit(behind[1].form) == _SQUARE:
        return f"square {measured[0]}", measured[1], behind[1].end
    return *measured, behind[0].end


def _noun(sentence: _Sentence, end: int) -> list[Word]:
    """The words right behind a number, up to the end of the clause, a function word or the next figure."""
    stop = _next_figure(sentence, end)
    found: list[Word] = []
    last = end
    for word in (word for word in sentence.words if word.start >= end):
        partitive = word.form in wordlists.listed("partitive") and len(found) < 2
        ends = word.start >= stop or len(found) == _NOUN_REACH or CLAUSE_END.search(sentence.text[last : word.start])
        if ends or (word.form in wordlists.listed("function") and not partitive):
            break
        last = word.end
        if not partitive:
            found.append(word)
    return found


def _next_figure(sentence: _Sentence, end: int) -> int:
    """Where the next number or date starts, or the sentence's end."""
    return min((start for start, _ in sentence.figures if start >= end), default=len(sentence.text))


def _deminers(sentence: _Sentence, end: int) -> tuple[frozenset[str], int] | None:
    """Deminers called experts, men or teams "for the removal of mines", and where those words end; None for others."""
    behind = [word for word in sentence.words if end <= word.start < _next_figure(sentence, end)][:6]
    for before, word in pairwise(behind):
        if word.form in wordlists.listed("mines") and before.form in wordlists.listed("demining"):
            return frozenset({"deminer"}), word.end
    return None


def _things(noun: Sequence[Word], end: int) -> tuple[frozenset[str], int]:
    """What is counted, and where its words end."""
    for word, behind in zip_longest(noun, noun[1:]):
        if word is not noun[0] and _MILITARY.match(word.form):
            continue  # "منشأة عسكرية" is no soldier
        if kinds := wordlists.things(word.form):
            # "عمال البناء": the second word says of what kind the first are.
            people = wordlists.listed("human")
            closer = (
                wordlists.things(behind.form) & (people - kinds - {"soldier"}) if behind and kinds <= people else None
            )
            return (closer, behind.end) if behind and closer else (kinds, word.end)
    if not noun or len(noun[0].form) < 3:
        return frozenset(), end
    told = wordlists.events(noun[0].form)
    named = frozenset() if told else frozenset({"=" + lexical.stem(noun[0].form)})
    return frozenset({"person"}) if told & set(FATES) else named, noun[0].end


def _counted_before(sentence: _Sentence, start: int) -> frozenset[str]:
    """What is counted when it stands before the number: "عدد القتلى بلغ 600"."""
    floor = max((stop for _, stop in sentence.figures if stop <= start), default=0)
    before = [word for word in sentence.words if floor <= word.start < start][-LEFT_REACH:]
    if not any(wordlists.stands_in("count", word.form) for word in before):
        return frozenset()
    if any((word.form, behind.form) == _THOSE for word, behind in pairwise(before)):
        return frozenset({"person"})
    for word in reversed(before):
        if kinds := wordlists.things(word.form):
            return kinds
        if wordlists.events(word.form) & {"killed", "wounded", "losses", "missing"}:
            return frozenset({"person"})
    return frozenset()


def _fallen(sentence: _Sentence, end: int) -> frozenset[str]:
    """People of whom only their fate is told: "5000 between dead and wounded"."""
    behind = [word for word in sentence.words if word.start >= end][:3]
    fallen = any(wordlists.events(word.form) & set(FATES) for word in behind)
    return (
        frozenset({"person"}) if fallen and not CLAUSE_END.search(sentence.text[end : behind[0].start]) else frozenset()
    )


def _owners(sentence: _Sentence, end: int, noun_end: int) -> frozenset[str]:
    """The countries named in a noun phrase: between number and noun, or right behind the noun."""
    return frozenset(place.key for place in sentence.places if end <= place.start <= noun_end + _OWNER_REACH)


def _clinging(number: str) -> int:
    """How many letters of a number in words are Arabic particles: "بخمسة" is in five."""
    match = _PARTICLE.match(number)
    return match.end() if match and find_numbers(number[match.end() :])[:1] else 0
