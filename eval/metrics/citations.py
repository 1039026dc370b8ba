"""Whether citations can be trusted, suffice and are needed (ALCE: Gao, Yen, Yu and Chen, 2023)."""

from collections.abc import Mapping
from dataclasses import replace

from eval.metrics.faithfulness import Supports, faithful, holds_verbatim
from index.types import Document
from rag.types import Answer, AnswerSentence, Citation


def citation_valid(citation: Citation, answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether a citation can be trusted to the character.

    The document is one of the indexed ones, the quote is not empty and stands at its offsets, verbatim, and
    the cited passage is evidence of the answer or a copy of it, of that document, and holds the quote.
    """
    document = documents.get(citation.document.id)
    if document is None or not 0 <= citation.start < citation.end <= len(document.text):
        return False
    shown = [passage for e in answer.evidence for passage in (e.passage, *(copy.passage for copy in e.copies))]
    passages = [passage for passage in shown if passage.id == citation.passage_id]
    return document.text[citation.start : citation.end] == citation.quote and any(
        p.document_id == document.id and p.start <= citation.start and citation.end <= p.end for p in passages
    )


def citation_recall(sentence: AnswerSentence, supports: Supports) -> float:
    """1 when a sentence cites something and all it cites, taken together, supports it, else 0."""
    return float(bool(sentence.citations) and faithful(sentence, supports))


def citation_precision(sentence: AnswerSentence, supports: Supports) -> tuple[float, float]:
    """How many of a sentence's citations are precise, and how many can be judged.

    A citation is precise when its sentence has recall 1 and it is not the case that it alone fails while the rest
    suffices. Of a verbatim sentence only the citations that hold its text can be judged: whether another document
    says the same in other words is not for a comparison of texts to tell.
    """
    judged = sentence.citations
    if sentence.support == "verbatim":
        judged = tuple(c for c in judged if holds_verbatim(c, sentence.text)) or judged
    recalled = citation_recall(sentence, supports) == 1
    precise = sum(recalled and not _idle(citation, judged, sentence, supports) for citation in judged)
    return float(precise), float(len(judged))


def _idle(citation: Citation, judged: tuple[Citation, ...], sentence: AnswerSentence, supports: Supports) -> bool:
    """Whether a citation alone fails while the rest suffices."""
    rest = tuple(other for other in judged if other is not citation)
    alone = faithful(replace(sentence, citations=(citation,)), supports)
    return not alone and bool(rest) and faithful(replace(sentence, citations=rest), supports)
