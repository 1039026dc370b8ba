"""Evidence in which each passage says something else: copies stay with the passage that says it best."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index import repeats
from index.types import Passage
from rag.types import Copy, Evidence

POOL = 30
"""Passages to choose from: copies of the first may stand in the way of the next."""
# The sentences of a passage that its copy lacks pull its mean down by no more than this.
_SLACK = 0.04

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


def distinct(
    found: Sequence[Evidence], limit: int, sentence_vectors: Callable[[Passage], Floats]
) -> tuple[Evidence, ...]:
    """The best passages without those that repeat, in whatever words or language, what better ones of others say.

    Neighbouring passages of one document overlap by design and are no copies.

    Args:
        found: Passages, best first.
        limit: Most passages to return.
        sentence_vectors: (sentences, dimension) float32, unit length, of a passage.

    Returns:
        Passages ranked anew from 1, each with its copies.
    """
    if not found:
        return ()
    pool = _Pool(found, sentence_vectors)
    kept: list[int] = []
    copies: dict[int, list[Copy]] = {}
    for at, one in enumerate(found):
        original = pool.original(at, kept)
        if original is not None:
            copies.setdefault(original, []).append(Copy(one.passage, one.document))
        elif len(kept) < limit:
            kept.append(at)
    return tuple(
        replace(found[at], rank=rank, copies=tuple(copies.get(at, ()))) for rank, at in enumerate(kept, start=1)
    )


class _Pool:
    """The sentences of all passages found, with the cosine of every two of them."""

    def __init__(self, found: Sequence[Evidence], sentence_vectors: Callable[[Passage], Floats]) -> None:
        self._found = found
        vectors = np.concatenate([sentence_vectors(one.passage) for one in found])
        self._cosines: Floats = vectors @ vectors.T
        lengths = [len(one.passage.sentences) for one in found]
        self._ends: Rows = np.cumsum(lengths)
        self._passage: Rows = np.repeat(np.arange(len(found)), lengths)
        self._start: Rows = np.array([s.start for one in found for s in one.passage.sentences], np.int64)
        names = list(dict.fromkeys(one.document.id for one in found))
        self._document: Rows = np.array([names.index(one.document.id) for one in found], np.int64)
        self._mean = self._means(lengths)

    def _means(self, lengths: Sequence[int]) -> Floats:
        """(passages, documents): how near a passage's sentences lie, in the mean, to the nearest of a document."""
        document = self._document[self._passage]
        columns = np.argsort(document, kind="stable")
        starts = np.searchsorted(document[columns], np.arange(document.max() + 1))
        nearest = np.maximum.reduceat(self._cosines[:, columns], starts, axis=1)
        sums = np.add.reduceat(nearest, self._ends - lengths, axis=0)
        means: Floats = (sums / np.array(lengths)[:, None]).astype(np.float32)
        return means

    def _span(self, at: int) -> tuple[int, int]:
        """The first row of a passage's sentences and the row after the last."""
        return (int(self._ends[at - 1]) if at else 0), int(self._ends[at])

    def original(self, at: int, kept: Sequence[int]) -> int | None:
        """Which of the passages kept says most of what a passage says, where they and their neighbours say it all."""
        by_document: dict[int, list[int]] = {}
        for other in kept:
            by_document.setdefault(int(self._document[other]), []).append(other)
        for document, others in by_document.items():
            languages = self._found[at].document.language, self._found[others[0]].document.language
            least = repeats.least_cosine(*languages)
            if document == self._document[at] or self._mean[at, document] < least - _SLACK:
                continue
            columns = np.concatenate([np.arange(*self._span(other)) for other in others])
            # In text order; a sentence that two passages share stands once.
            columns = columns[np.unique(self._start[columns], return_index=True)[1]]
            alignment = repeats.align(self._cosines[slice(*self._span(at)), columns])
            if alignment.repeats(*languages):
                said_in = self._passage[[columns[column] for _, column in alignment.pairs]].tolist()
                return max(others, key=said_in.count)
        return None


def stories(evidence: Sequence[Evidence]) -> dict[str, str]:
    """Which documents tell one story and count as one source: each document's id with the id of its story."""
    told = {
        document.id: document.id for one in evidence for document in (one.document, *(c.document for c in one.copies))
    }
    for one in evidence:
        for copy in one.copies:
            story, joined = told[one.document.id], told[copy.document.id]
            told = {name: story if other == joined else other for name, other in told.items()}
    return told
