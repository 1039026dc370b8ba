"""Whether what a sentence cites supports it."""

from collections.abc import Callable, Sequence

from eval.metrics.matching import spaced
from index.markup import plain
from rag.types import AnswerSentence, Citation

Supports = Callable[[str, Sequence[str]], bool]
"""The support check: do the quotes, taken together, support the sentence?"""


def faithful(sentence: AnswerSentence, supports: Supports) -> bool:
    """Whether what a sentence cites supports it.

    A sentence whose text stands in a cited quote is supported by it; one that calls itself verbatim must
    stand there; any other is put to the support check.
    """
    if any(holds_verbatim(citation, sentence.text) for citation in sentence.citations):
        return True
    text, quotes = spaced(sentence.text), [plain(c.quote, c.document.format) for c in sentence.citations]
    return sentence.support != "verbatim" and bool(text and quotes) and supports(sentence.text, quotes)


def holds_verbatim(citation: Citation, text: str) -> bool:
    """Whether a text stands in the quote, but for markup and white space; an empty one stands nowhere."""
    return bool(text.strip()) and spaced(text) in spaced(plain(citation.quote, citation.document.format))
