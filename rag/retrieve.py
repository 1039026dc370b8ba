"""Which passages speak of the question: passage vectors, best-sentence vectors and BM25, fused as z-scores.

Scores of a channel are standardised over a fixed sample of the collection's passages, so that channels can be added
(score fusion; it beat reciprocal rank fusion by 3 to 5 points of recall@1 on XQuAD-ar). The mean is that of the
passages in the same language: the model puts every text of the question's own language nearer to it, which would
crowd the other languages out.
"""

import math
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

import faiss
import numpy as np
from numpy.typing import NDArray

from index import lexical
from index.chunk import passage_text
from index.embed import Embedder, Vectors
from index.store import Generation
from index.types import Passage
from rag.types import Evidence

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

# Share of the question's terms (by rarity) in the best passage at which the lexical channel speaks with full weight.
# A question in another language shares almost nothing, and the channel falls silent.
_FULL_COVERAGE = 0.5
_CANDIDATES = 200
_LEAST_CANDIDATES = 20  # of any language
_SAMPLE = 1000
_TINY = np.float32(1e-6)
_REMEMBERED = 128
# A language's mean is drawn towards the mean of all as if it had so many passages more, so that few mean little.
_SHRINKAGE = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """What each standardised channel counts in the fused score; 0 silences one.

    The defaults were chosen on one half of XQuAD-ar's and ARCD-train's articles.
    """

    passage: float = 0.65
    sentence: float = 0.35
    lexical: float = 0.40


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the channels see it.

    Attributes:
        terms: Index terms, with repetitions.
        vector: (dimension,) float32, unit length.
    """

    terms: tuple[str, ...]
    vector: Vectors


DEFAULT_WEIGHTS = Weights()


class Retriever:
    """Retrieval over one opened generation; safe to share between threads."""

    def __init__(self, generation: Generation, embedder: Embedder, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self._generation = generation
        self._embedder = embedder
        self._weights = weights
        contents = generation.contents
        self._documents = {document.id: document for document in contents.documents}
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._query)
        self._row_of = {passage.id: row for row, passage in enumerate(contents.passages)}
        self._document_of = np.array([passage.document_id for passage in contents.passages])
        languages = [self._documents[passage.document_id].language for passage in contents.passages]
        self._language_of: Rows = np.unique(languages, return_inverse=True)[1].astype(np.int64)
        count = len(contents.passages)
        # Evenly spaced, so the same for every question and spread over all documents.
        self._sample: Rows = np.unique(np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64))

    def query(self, question: str) -> Query:
        """Analyse and embed a question; the last few are remembered, as questions are asked again."""
        return self._remembered(question)

    def _query(self, question: str) -> Query:
        return Query(tuple(lexical.terms(question)), self._embedder.embed_queries([question])[0])

    def idf(self, term: str) -> float:
        """Rarity of a term among the passages: in (0, log(2n + 2)], higher is rarer, highest for a term never seen."""
        frequency = self._generation.document_frequency(term)
        return math.log1p((len(self._row_of) - frequency + 0.5) / (frequency + 0.5))

    def retrieve(self, query: Query, limit: int, within: AbstractSet[str] | None = None) -> tuple[Evidence, ...]:
        """The best passages, best first.

        Args:
            query: From ``query``.
            limit: Most passages to return.
            within: Ids of the only documents to search; None searches all.
        """
        contents = self._generation.contents
        rows: Rows = np.arange(len(contents.passages))
        if within is not None:
            rows = np.flatnonzero(np.isin(self._document_of, list(within)))
        if not len(rows):
            return ()
        bm25 = self._generation.lexical_scores(query.terms)
        rows = self._candidates(query, bm25, rows)
        channels = {
            "passage": self._passage_scores(query, rows),
            "sentence": self._sentence_scores(query, rows),
            "lexical": bm25[rows],
        }
        groups, sample_groups = self._language_of[rows], self._language_of[self._sample]
        fused = (
            self._weights.passage
            * standardised(channels["passage"], groups, self._passage_scores(query, self._sample), sample_groups)
            + self._weights.sentence
            * standardised(channels["sentence"], groups, self._sentence_scores(query, self._sample), sample_groups)
            + self._weights.lexical
            * self._coverage(query, channels["lexical"])
            * standardised(channels["lexical"], groups, bm25[self._sample], sample_groups)
        )
        best = np.argsort(-fused, kind="stable")[:limit]
        return tuple(
            self._evidence(rank, int(rows[at]), float(fused[at]), {n: float(s[at]) for n, s in channels.items()})
            for rank, at in enumerate(best, 1)
        )

    def sentence_cosines(self, query: Query, evidence: Evidence) -> Floats:
        """Cosine of the question and each sentence of a passage: (sentences,) float32 in [-1, 1]."""
        cosines: Floats = self.sentence_vectors(evidence.passage) @ query.vector
        return cosines

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Vectors of a passage's sentences: (sentences, dimension) float32, unit length."""
        first, end = self._generation.contents.spans[self._row_of[passage.id]]
        vectors: Vectors = self._generation.contents.sentence_vectors[first:end]
        return vectors

    def background(self, query: Query) -> Callable[[Evidence], float]:
        """The mean cosine of the question and the best sentences of passages in a passage's language, in [-1, 1]."""
        groups = self._language_of[self._sample]
        means = group_means(self._sentence_scores(query, self._sample), groups, int(self._language_of.max()) + 1)
        return lambda evidence: float(means[self._language_of[self._row_of[evidence.passage.id]]])

    def _candidates(self, query: Query, bm25: Floats, rows: Rows) -> Rows:
        """The rows worth scoring in every channel: all of a few, else the best of dense and lexical search."""
        if len(rows) <= 2 * _CANDIDATES:
            return rows
        dense: list[Rows] = []
        languages = np.unique(self._language_of[rows])
        for language in languages:  # each its share, as the nearest of all would all be in the question's language
            speaks = np.zeros(len(self._language_of), bool)
            speaks[rows[self._language_of[rows] == language]] = True
            bitmap = np.packbits(speaks, bitorder="little")
            selector = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bitmap))  # type: ignore[call-arg, arg-type]
            most = max(_LEAST_CANDIDATES, _CANDIDATES // len(languages))
            dense.append(self._generation.passage_index.search(query.vector[None, :], most, params=selector)[1][0])
        nearest = np.concatenate(dense)
        shared = rows[np.argpartition(-bm25[rows], _CANDIDATES)[:_CANDIDATES]]
        candidates: Rows = np.unique(np.concatenate([nearest[nearest >= 0], shared[bm25[shared] > 0]]))
        return candidates

    def _passage_scores(self, query: Query, rows: Rows) -> Floats:
        scores: Floats = self._generation.contents.passage_vectors[rows] @ query.vector
        return scores

    def _sentence_scores(self, query: Query, rows: Rows) -> Floats:
        """Cosine of the question and the best sentence of each passage."""
        spans = self._generation.contents.spans[rows]
        lengths = spans[:, 1] - spans[:, 0]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        sentences = np.repeat(spans[:, 0] - starts, lengths) + np.arange(lengths.sum())
        cosines = self._generation.contents.sentence_vectors[sentences] @ query.vector
        best: Floats = np.maximum.reduceat(cosines, starts)
        return best

    def _coverage(self, query: Query, bm25: Floats) -> float:
        """How much the lexical channel, with these scores of the passages, knows of the question: in [0, 1]."""
        ideal = sum(self.idf(term) for term in query.terms)
        return min(1.0, float(bm25.max()) / ideal / _FULL_COVERAGE) if ideal else 0.0

    def _evidence(self, rank: int, row: int, score: float, channels: dict[str, float]) -> Evidence:
        passage = self._generation.contents.passages[row]
        document = self._documents[passage.document_id]
        return Evidence(rank, passage, document, passage_text(document, passage), score, channels)


def group_means(sample: Floats, groups: Rows, size: int) -> Floats:
    """Mean of each of ``size`` groups of a sample, drawn a little towards the mean of all: (size,) float32."""
    counts = np.bincount(groups, minlength=size)
    sums = np.bincount(groups, weights=sample, minlength=size)
    means: Floats = ((sums + _SHRINKAGE * sample.mean()) / (counts + _SHRINKAGE)).astype(np.float32)
    return means


def standardised(scores: Floats, groups: Rows, sample: Floats, sample_groups: Rows) -> Floats:
    """Scores in standard deviations above the mean of a sample, each group about its own mean.

    Args:
        scores: (n,) float32.
        groups: (n,) group of each score, from 0.
        sample: (m,) float32, m at least 1.
        sample_groups: (m,) group of each score of the sample.

    Returns:
        (n,) float32; zeros where the sample does not vary.
    """
    means = group_means(sample, sample_groups, int(max(groups.max(initial=0), sample_groups.max())) + 1)
    deviation = (sample - means[sample_groups]).std()
    if deviation < _TINY:
        return np.zeros_like(scores)
    result: Floats = (scores - means[groups]) / deviation
    return result
