"""The names of a sentence that a text does not hold, in any of their spellings and scripts."""

from collections.abc import Sequence

from index.dates import find_dates
from index.lexical import Word, is_arabic, normalize, words
from index.numbers import numbers
from index.places import Place, around, compatible, places
from rag.heard import alike
from rag.listened import listen, unheard
from rag.namelike import is_clear, is_generic, is_name, may_be_name
from rag.proper import Sense
from rag.towns import Town, placed, towns


def unmatched(sentence: str, text: str, sense: Sense | None = None) -> tuple[str, ...]:
    """The names of a sentence that a text does not hold, as written, in order.

    A place is held where the text names it, what it lies in or what lies in it; a country also where a town in it
    stands in both, or in the text behind a word for where ("in", "in the town of"). Another name is held where a word
    of the text is the same or sounds the same, or names the same town; short parts of Korean and Chinese names, which
    sound like too much, where neighbours in the text sound like them and their neighbour.

    Args:
        sentence: What was written.
        text: What it cites.
        sense: Takes out what is no name or is translated by a word of the text, and finds Arabic names that letters
            do not tell; without it letters and capitals decide alone.
    """
    there = towns(text)
    same = [town for town in towns(sentence) if any(town.numbers & other.numbers for other in there)]
    given = [word.form for word in _outside_places(text)]
    missing = [
        (start, end)
        for start, end in _missing_places(places(sentence), places(text), [*same, *placed(text, there)])
        if not any(alike(normalize(sentence[start:end]), form) for form in given)  # the "Daily" is no town of Dili
    ]
    candidates = [word for word in _outside_places(sentence) if not any(t.start <= word.start < t.end for t in same)]
    spans = [(word.start, word.end) for word in _missing_names(sentence, candidates, text, sense)]
    return tuple(dict.fromkeys(sentence[start:end] for start, end in sorted((*missing, *spans))))


def _outside_places(text: str) -> list[Word]:
    """The words of a text that are parts of no place, number or date."""
    taken = [(found.start, found.end) for found in places(text)]
    taken += [(found.start, found.end) for found in numbers(text)]
    taken += [(found.start, found.end) for found in find_dates(text)]
    return [w for w in words(text) if not any(start < w.end and w.start < end for start, end in taken)]


def _missing_places(named: Sequence[Place], there: Sequence[Place], lie: Sequence[Town]) -> list[tuple[int, int]]:
    """Spans of places that a text does not give and in which none of its towns lies."""
    keys = {place.key for place in there}
    keys -= {wider for key in keys for wider in around(key)[:-1]}  # beside "South Korea", "Korea" is that one
    countries = {country for town in lie for country in town.countries}
    held: dict[tuple[int, int], bool] = {}
    for place in named:
        span = place.start, place.end
        is_known = place.key in countries or any(compatible(place.key, key) for key in keys)
        held[span] = held.get(span, False) or is_known
    return [span for span, is_held in held.items() if not is_held]


def _missing_names(sentence: str, candidates: Sequence[Word], text: str, sense: Sense | None) -> list[Word]:
    names = [word for word in candidates if is_name(sentence, word)]
    missing = unheard(sentence, names, listen(text))
    if sense is not None:
        missing = sense.untranslated(sentence, missing, text)
    clear = [word for word in missing if is_clear(word)]
    if sense is not None:
        clear = sense.untranslated(sentence, clear, text, sure=True)
    if clear or (missing and _leaves_out(text, sentence)):
        return missing
    return _replaced(sentence, candidates, text, sense) if sense is not None else []


def _replaced(sentence: str, candidates: Sequence[Word], text: str, sense: Sense) -> list[Word]:
    """Arabic words with the sense of names where the text has a name that the sentence leaves out."""
    arabic = [word for word in candidates if is_arabic(word.form) and not is_generic(word.form)]
    new = sense.names(sentence, unheard(sentence, arabic, listen(text)), text, sure=True)
    given = [w for w in _outside_places(text) if may_be_name(text, w)]
    return new if new and sense.names(text, unheard(text, given, listen(sentence)), sentence, sure=False) else []


def _leaves_out(text: str, sentence: str) -> bool:
    """Whether a text has a name that a sentence does not: where one was put in the place of another, one is left."""
    return bool(unheard(text, [word for word in words(text) if is_name(text, word)], listen(sentence)))
