"""Whether citations can be trusted, suffice and are needed (ALCE: Gao, Yen, Yu and Chen, 2023)."""

from collections.abc import Mapping

from eval.metrics.faithfulness import Supports, faithful, supported
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


def citation_precision(sentence: AnswerSentence, supports: Supports) -> float:
    """How many of a sentence's citations are precise.

    A citation is precise when its sentence has recall 1 and it is not the case that it alone fails while the rest
    suffices.

    Returns:
        Between 0 and the number of its citations; higher is better.
    """
    if not citation_recall(sentence, supports):
        return 0.0
    return float(sum(not _idle(citation, sentence, supports) for citation in sentence.citations))


def _idle(citation: Citation, sentence: AnswerSentence, supports: Supports) -> bool:
    """Whether a citation alone fails while the rest suffices."""
    rest = [other for other in sentence.citations if other is not citation]
    return not supported(sentence.text, [citation], supports) and supported(sentence.text, rest, supports)
