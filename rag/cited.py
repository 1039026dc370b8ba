"""The sentences of an answer as they stand in their documents, each with the citation of its exact characters."""

from collections.abc import Sequence

from index.chunk import sentence_text
from rag import select
from rag.select import Candidate
from rag.types import AnswerSentence, Citation


def cite(chosen: Sequence[Candidate]) -> tuple[AnswerSentence, ...]:
    """Each chosen sentence as it stands in its document, after its context, with a citation of its exact characters."""
    return tuple(
        AnswerSentence(
            sentence_text(candidate.evidence.document, candidate.shown),
            (
                Citation(
                    number,
                    candidate.evidence.document,
                    candidate.evidence.passage.id,
                    candidate.shown.start,
                    candidate.shown.end,
                    candidate.score,
                    select.marks(candidate),
                ),
            ),
            "verbatim",
        )
        for number, candidate in enumerate(chosen, 1)
    )


def wording(sentences: Sequence[AnswerSentence]) -> str:
    """The sentences as one text, each followed by its citation numbers in brackets."""
    return " ".join(s.text + "".join(f" [{citation.number}]" for citation in s.citations) for s in sentences)
