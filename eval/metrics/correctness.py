"""Whether what was answered is right."""

from collections import Counter
from collections.abc import Sequence

from eval.metrics.matching import fold_answer, holds_answer, states_fact
from rag.types import Answer


def stated(answer: Answer) -> list[str]:
    """What an answer states: its sentences, and the values that sources give where they differ."""
    claims = [claim.value for disagreement in answer.disagreements for claim in disagreement.claims]
    return [*(sentence.text for sentence in answer.sentences), *claims]


def sentence_hit(sentences: Sequence[str], golds: Sequence[str], k: int) -> float:
    """1 when any of the first ``k`` sentences holds any of the gold answers, else 0."""
    return float(any(holds_answer(sentence, gold) for sentence in sentences[:k] for gold in golds))


def key_fact_recall(sentences: Sequence[str], facts: Sequence[Sequence[str]]) -> float:
    """Share of the facts that some sentence states; in [0, 1], higher is better; at least one fact."""
    stated = sum(any(states_fact(sentence, variants) for sentence in sentences) for variants in facts)
    return stated / len(facts)


def key_fact_recall_as_written(sentences: Sequence[str], facts: Sequence[Sequence[str]]) -> float:
    """``key_fact_recall`` without folding: a variant must stand in a sentence character for character."""
    stated = sum(any(v and v in sentence for sentence in sentences for v in variants) for variants in facts)
    return stated / len(facts)


def exact_match(answer: str, golds: Sequence[str], *, folded: bool = True) -> float:
    """1 when an answer is a gold answer (Rajpurkar et al., 2016), else 0.

    Args:
        answer: The words given as the answer.
        golds: Gold answers, any of which counts.
        folded: Compare as ``fold_answer`` does, else as written but for white space.
    """
    return float(any(_words(answer, folded=folded) == _words(gold, folded=folded) for gold in golds))


def token_f1(answer: str, golds: Sequence[str], *, folded: bool = True) -> float:
    """Harmonic mean of the precision and the recall of an answer's words, for the nearest gold answer.

    Long answers lose precision, so copying a passage does not pay (Rajpurkar et al., 2016). Arguments as in
    ``exact_match``.

    Returns:
        In [0, 1], higher is better.
    """
    return max((_f1(_words(answer, folded=folded), _words(gold, folded=folded)) for gold in golds), default=0.0)


def _words(text: str, *, folded: bool) -> list[str]:
    return (fold_answer(text) if folded else text).split()


def _f1(answer: Sequence[str], gold: Sequence[str]) -> float:
    shared = sum((Counter(answer) & Counter(gold)).values())
    return 2 * shared / (len(answer) + len(gold)) if shared else 0.0
