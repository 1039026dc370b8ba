"""Where the gold items stand in a ranking."""

from collections.abc import Collection, Sequence

import numpy as np

RECALL_DEPTHS = (1, 5, 10)
DEPTH = 10
"""How many ranks nDCG and MRR look at."""


def gold_ranks(ranked: Sequence[str], gold: Collection[str]) -> tuple[int, ...]:
    """Ranks (from 1) of the gold items in a ranking in which every item counts once, at its best rank."""
    return tuple(rank for rank, item in enumerate(dict.fromkeys(ranked), start=1) if item in gold)


def recall_at(ranks: Sequence[int], k: int) -> float:
    """1 when any gold item is among the first ``k``, else 0: the mean is the share of questions hit."""
    return float(any(rank <= k for rank in ranks))


def reciprocal_rank(ranks: Sequence[int]) -> float:
    """1 / rank of the first gold item, 0 when none is among the first ten; in [0, 1], higher is better."""
    first = min(ranks, default=DEPTH + 1)
    return 1 / first if first <= DEPTH else 0.0


def ndcg(ranks: Sequence[int], gold: int, k: int = DEPTH) -> float:
    """Normalised discounted cumulative gain at ``k`` with gains of 1 (Järvelin and Kekäläinen, 2002).

    Args:
        ranks: Ranks at which a gold item stands, each gold item once.
        gold: How many gold items there are, at least 1.
        k: Ranks looked at.

    Returns:
        In [0, 1], higher is better.
    """
    ideal = sum(1 / np.log2(i + 1) for i in range(1, min(gold, k) + 1))
    return float(sum(1 / np.log2(rank + 1) for rank in ranks if rank <= k) / ideal)


def retrieval_scores(ranks: Sequence[int], gold: int) -> dict[str, float]:
    """Recall@1, @5, @10, nDCG@10 and MRR@10 of one question; arguments as in ``ndcg``."""
    scores = {f"recall@{k}": recall_at(ranks, k) for k in RECALL_DEPTHS}
    return scores | {f"ndcg@{DEPTH}": ndcg(ranks, gold), f"mrr@{DEPTH}": reciprocal_rank(ranks)}
