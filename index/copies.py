"""Which documents of an index tell what another one tells: copied, reworded or translated as a whole."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index import repeats
from index.contents import Contents

MOST_SENTENCES = 40_000
"""An index with more is not looked through: the work grows with their square."""
# The sentences of a document that its copy lacks pull its mean down by no more than this.
_SLACK = 0.04

Rows = NDArray[np.int64]


def near_copies(contents: Contents) -> dict[str, str]:
    """Documents that say hardly anything that a longer one does not.

    Returns:
        For the id of each such document that of the longest document it repeats, which repeats none itself.
    """
    documents = contents.documents
    if len(contents.sentence_vectors) > MOST_SENTENCES:
        return {}
    rows = _rows(contents)
    # Longest first, in order of paths among equals: each is compared with the originals before it.
    order = sorted((at for at in range(len(rows)) if len(rows[at])), key=lambda at: -len(rows[at]))
    found: dict[str, str] = {}
    originals: list[int] = []
    for at in order:
        original = _original(at, originals, contents, rows)
        if original is None:
            originals.append(at)
        else:
            found[documents[at].id] = documents[original].id
    return found


def _original(at: int, originals: Sequence[int], contents: Contents, rows: Sequence[Rows]) -> int | None:
    """Which of the originals, the nearest first, tells all that a document tells."""
    if not originals:
        return None
    lengths = np.array([len(rows[other]) for other in originals])
    ends = np.cumsum(lengths)
    starts = ends - lengths
    vectors = contents.sentence_vectors
    cosines = vectors[rows[at]] @ vectors[np.concatenate([rows[other] for other in originals])].T
    nearest = np.maximum.reduceat(cosines, starts, axis=1).mean(axis=0)
    for place in map(int, np.argsort(-nearest, kind="stable")):
        languages = contents.documents[at].language, contents.documents[originals[place]].language
        if nearest[place] < repeats.least_cosine(*languages) - _SLACK:
            continue
        if repeats.align(cosines[:, starts[place] : ends[place]]).repeats(*languages):
            return originals[place]
    return None


def _rows(contents: Contents) -> list[Rows]:
    """The rows of each document's sentences, in text order."""
    spans: dict[str, set[int]] = {document.id: set() for document in contents.documents}
    for passage, (start, end) in zip(contents.passages, contents.spans.tolist(), strict=True):
        spans[passage.document_id].update(range(start, end))
    return [np.array(sorted(own), np.int64) for own in spans.values()]
