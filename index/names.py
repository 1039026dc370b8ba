"""Names and numbers as terms that do not depend on language: what a question and a text share in any spelling.

A term is ``@`` and the key of a place (``index.places``), ``#`` and the value of a number (``index.numbers``), ``%``
and the number of a month, or ``=`` and the sound of a word that may be a name (``index.sound``).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index import language, sound
from index.lexical import Word, is_arabic, normalize, stem, words
from index.months import AMBIGUOUS, MONTHS
from index.numbers import numbers as find_numbers
from index.places import around, compatible, places

_PLACE, _NUMBER, _MONTH, _SOUND = "@", "#", "%", "="
# A name from another language shows its vowels in Arabic script.
_LONG_VOWEL = re.compile(r".[اوي].|[اوي].*[اوي]")
_OPENING = " \t«»\"“”'’()[]-*"
# Endings of names of people and towns that hardly an Arabic word has, behind letters that Arabic words may not have.
_FOREIGN = re.compile(
    r"[^حعصضطظ]{2,}(?:[^و]وف|وفا|سكي|سكايا|فيتش|شتاين|شتين|غراد|جراد|نكو|ييف|وفو|يفو|تشوك|سون|بورغ|بورج|لاند)\Z"
)
# German writes all nouns with a capital.
_CAPITALS_SAY_NOTHING = "de"
_ISO_MONTH = re.compile(r"(?<=\d{4}-)\d{2}(?=-\d{2})")
_LONG = 4
_WORD = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or number in a text: ``text[start:end]``, and the terms it is compared by."""

    start: int
    end: int
    terms: frozenset[str]


def find(text: str) -> tuple[Mention, ...]:
    """The names and numbers of a text in order; a word that may be a name is taken for one."""
    found = [Mention(n.start, n.end, frozenset({_NUMBER + n.value})) for n in find_numbers(text)]
    found += [Mention(start, end, frozenset({f"{_MONTH}{number}"})) for start, end, number in months(text)]
    named: dict[tuple[int, int], set[str]] = {}
    for place in places(text):
        named.setdefault((place.start, place.end), set()).update(_PLACE + key for key in around(place.key))
    found += (Mention(*span, frozenset(keys)) for span, keys in named.items())
    taken = sorted((mention.start, mention.end) for mention in found)
    for word in _possible_names(text):
        if not _inside(word, taken) and (keys := sound.keys(word.form)):
            found.append(Mention(word.start, word.end, frozenset(_SOUND + key for key in keys)))
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def terms(text: str) -> list[str]:
    """The language-free terms of a text, with repetitions, in order."""
    return [term for mention in find(text) for term in sorted(mention.terms)]


def mentions(text: str) -> frozenset[str]:
    """The language-free terms of a text."""
    return frozenset(terms(text))


def numbers(text: str) -> frozenset[str]:
    """The values of the numbers of a text, in digits or words: {"5000", "1.5"}."""
    return frozenset(number.value for number in find_numbers(text))


def unmatched(question: str, text: str) -> tuple[str, ...]:
    """The names and numbers of a question, as written there, that a text holds in no spelling or script.

    A place is held where the text names it, what it lies in or what lies in it: North Korea by "Korea" and by
    "Pyongyang", but not where the text tells only of South Korea. Names are capitalised words within a sentence and
    Arabic words that end as foreign names do; other names of people are not seen, nor those too short to compare.
    A year counts as a number, so give the text the date of its document.
    """
    named = places(text)
    keys = {place.key for place in named}
    # Beside "South Korea", "the Koreans" are those of the South.
    keys -= {wider for key in keys for wider in around(key)[:-1]}
    values = numbers(text)
    sounds = {key for word in words(text) for key in sound.keys(word.form)}
    stems = {stem(word.form) for word in words(text)}

    asked_places: dict[tuple[int, int], bool] = {}
    for place in places(question):
        span = place.start, place.end
        asked_places[span] = asked_places.get(span, False) or any(compatible(place.key, key) for key in keys)
    missing = [span for span, held in asked_places.items() if not held]
    missing += [(number.start, number.end) for number in find_numbers(question) if number.value not in values]
    held_months = {number for _, _, number in months(text)}
    asked_months = {(start, end): number in held_months for start, end, number in months(question)}
    missing += [span for span, held in asked_months.items() if not held]
    seen = sorted((*asked_places, *asked_months))
    missing += [
        (word.start, word.end)
        for word in _name_words(question)
        if not _inside(word, seen)
        and stem(word.form) not in stems
        and (asked_sounds := sound.keys(word.form))
        and sounds.isdisjoint(asked_sounds)
    ]
    return tuple(question[start:end] for start, end in sorted(missing))


def matches(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where a text says what a query says: (start, end) of each word, name or number they share, in order.

    Shared are words of one stem, of three letters or more, and names and numbers in any spelling or script.
    """
    asked = find(query)
    asked_terms = frozenset(term for mention in asked for term in mention.terms)
    stems = frozenset(base for word in words(query) if len(base := stem(word.form)) >= _WORD)
    spans = [(m.start, m.end) for m in find(text) if not asked_terms.isdisjoint(m.terms)]
    spans.sort()
    spans += [(w.start, w.end) for w in words(text) if stem(w.form) in stems and not _inside(w, spans)]
    return tuple(sorted(spans))


def months(text: str) -> Iterator[tuple[int, int, int]]:
    """Months named in a text, also in an ISO date: (start, end, number)."""
    for match in _ISO_MONTH.finditer(text):
        yield match.start(), match.end(), int(match.group())
    names = _month_names()
    for word in words(text):
        for form in (word.form, word.form[1:]):  # "ويونيو"
            if form in names:
                yield word.start, word.end, names[form]
                break


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    """Names of months in one word that is no other word, normalised."""
    return {normalize(name): number for name, number in MONTHS.items() if name not in AMBIGUOUS and len(name) > 2}


def _name_words(text: str) -> Iterator[Word]:
    """Words that are names beyond doubt: capitalised within a sentence, or with a foreign name's ending."""
    capitals_tell = language.detect(text) != _CAPITALS_SAY_NOTHING and not text.isupper()
    for word in words(text):
        if is_arabic(word.form):
            if _FOREIGN.fullmatch(word.form):
                yield word
        elif capitals_tell and text[word.start].isupper() and not _opens_sentence(text, word):
            yield word


def _possible_names(text: str) -> Iterator[Word]:
    """Words that could be names.

    In Arabic script those that spell out a vowel or are long; in scripts with capitals the capitalised ones, but not
    the word that opens a question; in a text without capitals all.
    """
    found = words(text)
    uncased = text.islower()
    opening = found[0] if found and text.rstrip().endswith(("?", "؟")) else None
    for word in found:
        if is_arabic(word.form):
            if len(word.form) > _LONG or _LONG_VOWEL.search(word.form):
                yield word
        elif uncased or (text[word.start].isupper() and word != opening):
            yield word


def _opens_sentence(text: str, word: Word) -> bool:
    before = text[max(0, word.start - len(_OPENING)) : word.start].rstrip(_OPENING)
    return not before or before[-1] in ".!?؟:\n"


def _inside(word: Word, spans: list[tuple[int, int]]) -> bool:
    """Whether a word overlaps one of some spans that are in order and do not overlap."""
    at = bisect_right(spans, (word.start, word.end))
    return any(start < word.end and word.start < end for start, end in spans[max(0, at - 1) : at + 1])
