"""Draft a question set from anybody's documents, for them to correct: sentences asked for a figure, date or place.

No language model is needed: the fact gives way to the word that asks for it, where it stands ("They sent how many
tents?"), and of the sentence only the clause around it is kept. Some questions get a place that their document does not
know, so that nothing answers them. A drafted question repeats its sentence's words, which makes it easier than what
people ask: reword what is kept (a language model does, where one is set), and add questions of your own.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from eval.metrics import states_fact
from index import chunk, split
from index.config import IndexSettings
from index.lexical import words
from index.numbers import numbers as find_numbers
from index.places import compatible, places
from index.types import Document, Sentence
from rag import facts

BLANK = "____"
SEED = 13
_FEWEST_WORDS, _MOST_WORDS = 6, 40
_LONGEST = 300  # characters of a question
_ANSWERED_FOR_ONE_NOT = 4
_ASKING = {
    "ar": {"figure": "كم", "day": "أي يوم", "month": "أي شهر", "year": "أي عام", "place": "أي مكان"},
    "fa": {"figure": "چند", "day": "چه روزی", "month": "چه ماهی", "year": "چه سالی", "place": "کجا"},
    "ru": {"figure": "сколько", "day": "какого числа", "month": "каком месяце", "year": "каком году"},
    "en": {"figure": "how many", "day": "what day", "month": "what month", "year": "what year", "place": "what place"},
}
_BEFORE_PLACES = {
    "ar": frozenset({"في", "إلى", "من", "ضد", "نحو", "داخل"}),
    "fa": frozenset({"در", "به", "از"}),
    "ru": frozenset({"в", "во", "на", "из", "для"}),
    "en": frozenset({"in", "to", "from", "against", "into"}),
}
_CLAUSE_END = re.compile(r"[،؛;:«»\"“”()—–]|,(?!\d)|\s-\s")
_FEWEST_WORDS_ASKED = 8
_AROUND = ' .،؛;:,«»"“”()—–-!'
# What says "year" already beside one.
_YEAR_BEFORE, _YEAR_BEHIND = re.compile(r"(?:ال)?(?:عام|سنة|سال|year)\s*\Z"), re.compile(r"\s*(?:году|года|год)\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with its gold quote and the fact asked for, in the spellings that count.

    Nothing answers it where it has no fact; then it has no quote.
    """

    question: str
    language: str
    document: str
    quote: str
    fact: tuple[str, ...]


def drafts(documents: Sequence[Document], each: int) -> tuple[Draft, ...]:
    """Draft at most ``each`` questions on each document, spread over its text, and some that nothing answers.

    A quote must stand once in its document, as the format of question sets asks.
    """
    rng = random.Random(SEED)  # noqa: S311 - no secrets
    known = {document.path: frozenset(place.key for place in places(document.text)) for document in documents}
    found: dict[str, list[Draft]] = {}
    for document in documents:
        possible = [choices for sentence in _sentences(document) if (choices := list(_asked(document, sentence)))]
        chosen = sorted(rng.sample(range(len(possible)), min(each, len(possible))))
        found[document.path] = [rng.choice(possible[at]) for at in chosen]
    named = _named(documents)
    drafted: list[Draft] = []
    for path, own in found.items():
        moved = [one for draft in own for one in _elsewhere(draft, named, known[path])]
        drafted += own
        drafted += rng.sample(moved, min(len(moved), len(own) // _ANSWERED_FOR_ONE_NOT))
    return tuple(drafted)


def reworded(drafted: Sequence[Draft], write: Callable[[Draft], str]) -> Iterator[Draft]:
    """The drafts as somebody else words them; where that is no question, or gives the answer away, as they were.

    So stay those that nothing answers: there is no sentence to word them from.
    """
    for draft in drafted:
        text = " ".join(write(draft).split()) if draft.fact else ""
        question = len(text) <= _LONGEST and text.endswith(("?", "؟"))
        yield replace(draft, question=text) if question and not states_fact(text, draft.fact) else draft


def to_jsonl(drafted: Sequence[Draft]) -> str:
    """The drafts in the format of question sets (eval/questions.schema.json)."""
    records = (
        {
            "id": f"draft{number:04d}",
            "question": draft.question,
            "language": draft.language,
            "kind": "fact" if draft.fact else "false-premise",
            "history": [],
            "answerable": bool(draft.fact),
            "gold": [{"document": draft.document, "quote": draft.quote}] if draft.fact else [],
            "facts": [list(draft.fact)] if draft.fact else [],
        }
        for number, draft in enumerate(drafted, start=1)
    )
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _sentences(document: Document) -> Iterator[Sentence]:
    """Sentences of the kept prose whose text stands once in the document."""
    for section in split.explain(document, IndexSettings()).sections:
        for block in (block for run in section.runs for block in run if block.kind == "prose"):
            for sentence in chunk.sentences(document, block):
                quote = document.text[sentence.start : sentence.end]
                if _FEWEST_WORDS <= len(quote.split()) <= _MOST_WORDS and document.text.count(quote) == 1:
                    yield sentence


def _asked(document: Document, sentence: Sentence) -> Iterator[Draft]:
    """The sentence asked for each of its figures, dates and places in turn."""
    quote = document.text[sentence.start : sentence.end]
    values = {(number.start, number.end): number.value for number in find_numbers(quote)}
    for (start, end), sort in _facts(quote, document.language).items():
        fact = quote[start:end]
        if quote.count(fact) == 1:
            spellings = dict.fromkeys((fact, *filter(None, [values.get((start, end))])))
            question = _question(quote, start, end, document.language, sort)
            yield Draft(question, document.language, document.path, quote, tuple(spellings))


def _facts(quote: str, language: str) -> dict[tuple[int, int], str]:
    """What a sentence can be asked for: the span of each fact, and of which sort; places where it gives no figure."""
    said = facts.read(quote)
    found: dict[tuple[int, int], str] = {}
    for date in said.dates:
        found[date.start, date.end] = "day" if date.day else "month" if date.month else "year"
    for number in find_numbers(quote):
        if any(counted.start <= number.start and number.end <= counted.end for counted in said.quantities):
            found[number.start, number.end] = "figure"
    return found or {(start, end): "place" for start, end, _ in _places(quote, language)}


def _places(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each place behind a preposition, where it is no adjective ("in Korea"), and the preposition."""
    all_words = words(text)
    behind = {after.start: text[word.start : word.end].lower() for word, after in pairwise(all_words)}
    for start, end in dict.fromkeys((place.start, place.end) for place in places(text)):
        if (before := behind.get(start, "")) in _BEFORE_PLACES.get(language, ()):
            yield start, end, before


def _question(quote: str, start: int, end: int, language: str, sort: str) -> str:
    """The clause around ``quote[start:end]``, or more of the sentence where that is short, asked for it."""
    ends = [0, *(mark.end() for mark in _CLAUSE_END.finditer(quote) if not start < mark.end() <= end), len(quote)]
    first = max(at for at, place in enumerate(ends) if place <= start)
    last = min(at for at, place in enumerate(ends) if place >= end)
    while len(quote[ends[first] : ends[last]].split()) < _FEWEST_WORDS_ASKED and (first or last < len(ends) - 1):
        first, last = (first - 1, last) if first else (first, last + 1)
    asking = _ASKING.get(language, {}).get(sort, BLANK)
    before, behind = quote[ends[first] : start], quote[end : ends[last]]
    if sort == "year":
        before = _YEAR_BEFORE.sub("", before)
    if sort in {"day", "month", "year"}:
        behind = _YEAR_BEHIND.sub("", behind)
    clause = f"{before}{asking}{behind}"
    clause = " ".join(clause.split()).strip(_AROUND)
    return f"{clause}{'؟' if language in {'ar', 'fa'} else '?'}"


def _named(documents: Sequence[Document]) -> Mapping[tuple[str, str], Sequence[str]]:
    """Places in the documents, by the language and the preposition before them."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for document in documents:
        for start, end, before in _places(document.text, document.language):
            found[document.language, before][document.text[start:end]] = None
    return {key: tuple(named) for key, named in found.items()}


def _elsewhere(draft: Draft, named: Mapping[tuple[str, str], Sequence[str]], known: frozenset[str]) -> Iterator[Draft]:
    """The question with one of its places exchanged for one that its document does not know."""
    for start, end, before in _places(draft.question, draft.language):
        for other in named.get((draft.language, before), ()):
            if not any(compatible(place.key, key) for place in places(other) for key in known):
                question = f"{draft.question[:start]}{other}{draft.question[end:]}"
                yield replace(draft, question=question, quote="", fact=())
