"""Whether an answer holds when the question, or what it is asked of, changes."""

from collections.abc import Sequence

from eval.metrics.correctness import stated
from eval.metrics.matching import states_fact
from rag.types import Answer

Facts = Sequence[Sequence[str]]


def alike(one: Answer, other: Answer, facts: Facts) -> float:
    """1 when two answers say the same, else 0.

    Both abstain, or begin with the same characters of the same document, or state the same key facts, at least one:
    translations of one story, and documents that agree, answer alike in different sentences.
    """
    found = _facts(one, facts)
    return float(_place(one) == _place(other) or (any(found) and found == _facts(other, facts)))


def _facts(answer: Answer, facts: Facts) -> tuple[bool, ...]:
    """For each key fact, whether the answer states it."""
    texts = stated(answer)
    return tuple(any(states_fact(text, fact) for text in texts) for fact in facts)


def _place(answer: Answer) -> tuple[str, int, int] | None:
    """Document and characters of the first sentence; None for an abstention."""
    if not answer.sentences:
        return None
    citation = answer.sentences[0].citations[0]
    return citation.document.id, citation.start, citation.end
