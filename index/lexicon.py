"""Which terms stand in which passages, and how much each counts: BM25, scored when the index is built (bm25s)."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import bm25s
import numpy as np
from numpy.typing import NDArray

from index import lexical, names

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Terms = Sequence[str] | Mapping[str, float]
"""Index terms with repetitions, or how much each counts."""
Counted = Sequence[tuple[str, float]]

# BM25's saturation and length normalisation; the first chosen on one half of XQuAD-ar's and ARCD-train's articles.
_K1, _B = 0.8, 0.75
# Entries of its rarest terms that a question adds up over all passages: about 10 ms.
_ENTRIES = 1_500_000
_OCCURRENCES, _FIRSTS = "occurrences.npy", "firsts.npy"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A matrix of terms and passages.

    Attributes:
        columns: The column of each term.
        starts: (terms + 1,) where each column begins among the entries.
        passages: (entries,) int32 rows of passages, rising within a column.
        scores: (entries,) float32 BM25 of the term in the passage.
        size: Count of passages.
        occurrences: (all terms of all passages in order,) int32: the column of each.
        firsts: (passages + 1,) int64: where each passage begins among the occurrences.
    """

    columns: Mapping[str, int]
    starts: NDArray[np.integer]
    passages: NDArray[np.int32]
    scores: Floats
    size: int
    occurrences: NDArray[np.int32]
    firsts: Rows

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Open a folder that ``write`` wrote; OSError, ValueError or KeyError when it cannot be read."""
        bm25 = bm25s.BM25.load(folder, mmap=True)
        matrix = bm25.scores
        starts, passages, scores = (np.asarray(matrix[name]) for name in ("indptr", "indices", "data"))
        occurrences = np.asarray(np.load(folder / _OCCURRENCES, mmap_mode="r"))
        firsts = np.load(folder / _FIRSTS)
        return cls(bm25.vocab_dict, starts, passages, scores, matrix["num_docs"], occurrences, firsts)

    def frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        column = self.columns.get(term)
        return 0 if column is None else int(self.starts[column + 1] - self.starts[column])

    def bm25(self, terms: Terms) -> Floats:
        """BM25 of every passage for some terms: (passages,) float32 in [0, inf), higher is better.

        In a large collection without its commonest terms, which say least; ``complete`` adds them where it matters
        (as in Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995).
        """
        total = np.zeros(self.size, np.float32)
        for term, times in self._by_rarity(terms)[0]:
            passages, scores = self.column(term)
            np.add.at(total, passages, scores * np.float32(times))
        return total

    def complete(self, total: Floats, terms: Terms, rows: Rows) -> None:
        """Add the commonest terms, which ``bm25`` left out, to the scores that it gave some different passages."""
        for term, times in self._by_rarity(terms)[1]:
            passages, scores = self.column(term)
            at = np.minimum(np.searchsorted(passages, rows), len(passages) - 1)
            found = passages[at] == rows
            total[rows[found]] += scores[at[found]] * np.float32(times)

    def _by_rarity(self, terms: Terms) -> tuple[Counted, Counted]:
        """The known terms with how often each is given: those that are added up, and those too common for it."""
        given: Mapping[str, float] = terms if isinstance(terms, Mapping) else Counter(terms)
        known = [(term, times) for term, times in given.items() if term in self.columns]
        rarest_first = sorted(known, key=lambda one: self.frequency(one[0]))
        entries = np.cumsum([self.frequency(term) for term, _ in rarest_first])
        added = int(np.searchsorted(entries, _ENTRIES, "right"))
        return rarest_first[:added], rarest_first[added:]

    def column(self, term: str) -> tuple[NDArray[np.int32], Floats]:
        """The passages in which a term stands, rising, and its BM25 there."""
        if term not in self.columns:
            return self.passages[:0], self.scores[:0]
        entries = slice(*self.starts[self.columns[term] :][:2])
        return self.passages[entries], self.scores[entries]


def terms(text: str) -> list[str]:
    """The words, names and numbers by which a passage is found, with repetitions, in order."""
    return lexical.terms(text) + names.terms(text)


def write(folder: Path, passages: Iterable[Sequence[str]]) -> None:
    """Index passages by their terms, and store each one's terms: finding them again would take longest of all."""
    columns: dict[str, int] = {}
    corpus = [array("i", [columns.setdefault(term, len(columns)) for term in found]) for found in passages]
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / _OCCURRENCES, np.concatenate(corpus, dtype=np.int32))
    np.save(folder / _FIRSTS, np.cumsum([0, *map(len, corpus)], dtype=np.int64))
    if not columns:  # bm25s cannot index an empty vocabulary
        corpus[0].append(columns.setdefault("", 0))
    bm25 = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    bm25.index((corpus, columns), create_empty_token=False, show_progress=False)
    bm25.save(folder, show_progress=False)
