"""Whether what a sentence cites supports it."""

from collections.abc import Callable, Sequence

from eval.metrics.matching import spaced
from index.markup import plain
from rag.types import AnswerSentence, Citation

Supports = Callable[[str, Sequence[str]], bool]
"""The support check: do the quotes, taken together, support the sentence?"""


def faithful(sentence: AnswerSentence, supports: Supports) -> bool:
    """Whether what a sentence cites supports it; one that calls itself verbatim must stand in a quote."""
    if sentence.support == "verbatim":
        return any(holds_verbatim(citation, sentence.text) for citation in sentence.citations)
    return supported(sentence.text, sentence.citations, supports)


def supported(text: str, citations: Sequence[Citation], supports: Supports) -> bool:
    """Whether citations, taken together, support a text: it stands in one of them, or the support check says so."""
    if any(holds_verbatim(citation, text) for citation in citations):
        return True
    quotes = [plain(c.quote, c.document.format) for c in citations]
    return bool(text.strip() and quotes) and supports(text, quotes)


def holds_verbatim(citation: Citation, text: str) -> bool:
    """Whether a text stands in the quote, but for markup and white space; an empty one stands nowhere."""
    return bool(text.strip()) and spaced(text) in spaced(plain(citation.quote, citation.document.format))
