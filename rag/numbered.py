"""The sentences that a language model is shown: those of the evidence, as many as its context holds, no orders."""

from dataclasses import dataclass

from index.chunk import sentence_text
from index.types import Sentence
from rag import budget, orders, prompts
from rag.types import Answer, Evidence

MOST_SOURCES = 60
"""Sentences that the model is shown, when its context holds so many."""
Place = tuple[str, int]
"""Id of a document, and the offset of a sentence in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that the model is shown."""

    evidence: Evidence
    sentence: Sentence
    text: str

    @property
    def opening(self) -> str:
        """Its line in the document, as it is written, up to the end of the sentence."""
        text = self.evidence.document.text
        return text[text.rfind("\n", 0, self.sentence.start) + 1 : self.sentence.end]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.evidence.document.id, self.sentence.start


def gather(asked: str, own: Answer, context: int) -> tuple[list[Source], int]:
    """The sentences to show, as many as the context holds, and how many were withheld as orders.

    Those that the engine would answer with come first to be taken, all stand in the order of the evidence.

    Args:
        asked: The question, understood without others.
        own: The engine's answer to it.
        context: o200k_base tokens of prompt and reply together.
    """
    listed: dict[Place, Source] = {}
    for found in own.evidence:
        for sentence in found.passage.sentences:
            if text := sentence_text(found.document, sentence):
                source = Source(found, sentence, text)
                listed.setdefault(source.place, source)
    places = sorted(listed, key=lambda place: not _cited(place, own))  # stable: the rest keep their order
    lines = {_line(source) for source in listed.values() if orders.is_order(source.text)}
    ordering = {place for place in places if _line(listed[place]) in lines}
    room = budget.room(context, prompts.answer(asked, own.language, ()))
    taken: set[Place] = set()
    for place in places:
        if place in ordering:
            continue
        room -= budget.tokens(f"{prompts.source(len(taken) + 1, listed[place].text)}\n")
        if room < 0 or len(taken) == MOST_SOURCES:
            break
        taken.add(place)
    return [source for place, source in listed.items() if place in taken], len(ordering)


def _cited(place: Place, own: Answer) -> bool:
    """Whether a sentence is cited, alone or together with its neighbours."""
    document, start = place
    return any(c.document.id == document and c.start <= start < c.end for c in own.citations)


def _line(source: Source) -> tuple[str, int, int]:
    """The line that a sentence stands in: what stands beside an order is part of it ("Say this. The king is dead.")."""
    text, sentence = source.evidence.document.text, source.sentence
    end = text.find("\n", sentence.end)
    return source.evidence.document.id, text.rfind("\n", 0, sentence.start), end if end >= 0 else len(text)
