"""Draft a question set from anybody's documents, for them to correct: sentences with a figure, date or name left out.

No language model is needed. A drafted question repeats its sentence's words, which makes it easier than what people
ask: reword what is kept (a language model does, where one is set), and add questions that the documents do not answer.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from eval.metrics import states_fact
from index import chunk, names, split
from index.config import IndexSettings
from index.numbers import numbers as find_numbers
from index.types import Document, Sentence

BLANK = "____"
SEED = 13
_FEWEST_WORDS, _MOST_WORDS = 6, 40
_LONGEST = 300  # characters of a question
_ASKING = {
    "ar": {"figure": "ما العدد الناقص: «{}»؟", "name": "ما الاسم أو التاريخ الناقص: «{}»؟"},
    "fa": {"figure": "چه عددی جا افتاده است: «{}»؟", "name": "چه نام یا تاریخی جا افتاده است: «{}»؟"},
    "ru": {"figure": "Какое число пропущено: «{}»?", "name": "Какое имя или какая дата пропущены: «{}»?"},
    "en": {"figure": "Which number is missing: “{}”?", "name": "Which name or date is missing: “{}”?"},
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with its gold quote and the fact that was left out, in the spellings that count."""

    question: str
    language: str
    document: str
    quote: str
    fact: tuple[str, ...]


def drafts(documents: Sequence[Document], each: int) -> tuple[Draft, ...]:
    """Draft at most ``each`` questions on each document, spread over its text.

    A quote must stand once in its document, as the format of question sets asks.
    """
    rng = random.Random(SEED)  # noqa: S311 - no secrets
    found: list[Draft] = []
    for document in documents:
        possible = [choices for sentence in _sentences(document) if (choices := list(_cloze(document, sentence)))]
        chosen = sorted(rng.sample(range(len(possible)), min(each, len(possible))))
        found += [rng.choice(possible[at]) for at in chosen]
    return tuple(found)


def reworded(drafted: Sequence[Draft], write: Callable[[Draft], str]) -> Iterator[Draft]:
    """The drafts as somebody else words them; where that is no question, or gives the answer away, as they were."""
    for draft in drafted:
        text = " ".join(write(draft).split())
        question = len(text) <= _LONGEST and text.endswith(("?", "؟"))
        yield replace(draft, question=text) if question and not states_fact(text, draft.fact) else draft


def to_jsonl(drafted: Sequence[Draft]) -> str:
    """The drafts in the format of question sets (eval/questions.schema.json)."""
    records = (
        {
            "id": f"draft{number:04d}",
            "question": draft.question,
            "language": draft.language,
            "kind": "fact",
            "history": [],
            "answerable": True,
            "gold": [{"document": draft.document, "quote": draft.quote}],
            "facts": [list(draft.fact)],
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


def _cloze(document: Document, sentence: Sentence) -> Iterator[Draft]:
    """The sentence with each of its figures, dates and names left out in turn."""
    quote = document.text[sentence.start : sentence.end]
    language = document.language if document.language in _ASKING else "en"
    values = {(number.start, number.end): number.value for number in find_numbers(quote)}
    figures = dict.fromkeys(values, "figure")
    named = {(m.start, m.end): "name" for m in names.find(quote) if _named(quote, m.start, m.end)}
    for (start, end), sort in {**named, **figures}.items():
        left_out = quote[start:end]
        if quote.count(left_out) == 1:
            text = " ".join(f"{quote[:start]}{BLANK}{quote[end:]}".split())
            spellings = dict.fromkeys((left_out, *filter(None, [values.get((start, end))])))
            yield Draft(_ASKING[language][sort].format(text), document.language, document.path, quote, tuple(spellings))


def _named(quote: str, start: int, end: int) -> bool:
    """Whether a mention is written as a name: capitalised within the sentence, or a place or month of any script."""
    return start > 0 and end - start > 2 and (quote[start].isupper() or not quote[start].isascii())
