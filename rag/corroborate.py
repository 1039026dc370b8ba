"""Who else says so: other documents that say the same are cited beside a sentence, and counted as sources."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.echoes import Echo
from rag.types import AnswerSentence, Citation

_FURTHER = 4


def corroborate(sentences: Sequence[AnswerSentence], echoes: Sequence[Echo]) -> tuple[AnswerSentence, ...]:
    """Each sentence with citations of the other documents that say the same, numbered anew in reading order.

    Of each document its nearest sentence is cited, of at most four documents, independent ones first. Documents that
    tell one story, whoever copied or translated it, are one source.

    Args:
        sentences: The sentences of the answer, each with the citation it was taken from.
        echoes: What other documents say beside them, nearest first.
    """
    numbering = Numbering()
    found: list[AnswerSentence] = []
    for at, sentence in enumerate(sentences):
        agreeing: dict[str, Echo] = {}
        for echo in echoes:
            if echo.answer == at and echo.agrees:
                agreeing.setdefault(echo.document.id, echo)
        further = sorted(agreeing.values(), key=lambda echo: echo.same_story)[:_FURTHER]
        own = sentence.citations[0]
        citations = [*sentence.citations, *(cite(echo, own.score) for echo in further)]
        stories = {echo.story for echo in further if not echo.same_story}
        numbered = tuple(numbering.number(citation) for citation in citations)
        found.append(replace(sentence, citations=numbered, independent=1 + len(stories)))
    return tuple(found)


def cite(echo: Echo, score: float, value: str = "") -> Citation:
    """A citation of the sentence of an echo, without a number yet; ``value`` is marked where it stands as such."""
    start, end = echo.sentence.start, echo.sentence.end
    at = echo.document.text.find(value, start, end) if value else -1
    marks = ((at, at + len(value)),) if at >= 0 else ()
    return Citation(0, echo.document, echo.passage.id, start, end, score, marks)


class Numbering:
    """Numbers citations from 1; the same quote keeps its number, and stays as it was cited first."""

    def __init__(self, cited: Iterable[Citation] = ()) -> None:
        self._cited = {_place(citation): citation for citation in cited}

    def number(self, citation: Citation) -> Citation:
        """The citation with its number."""
        return self._cited.setdefault(_place(citation), replace(citation, number=len(self._cited) + 1))


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.document.id, citation.start, citation.end
