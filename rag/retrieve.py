"""Which passages speak of the question: passage vectors, best-sentence vectors, words and names, fused by score.

Cosines are standardised over a fixed sample of the collection's passages; BM25 of the question's words, and of its
names and numbers in any language (``index.names``), becomes the share of the best score that is possible. Then
channels can be added (it beat reciprocal rank fusion by 3 to 5 points of recall@1 on XQuAD-ar). Every channel is
measured from the mean of the passages in the same language: the model puts every text of the question's own language
nearer to it, and so do words, which would crowd the other languages out.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index import lexical, names
from index.chunk import passage_text
from index.embed import Embedder, Vectors
from index.store import Generation
from index.types import Passage
from rag.types import Evidence

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

# Share of the question's words (by rarity) in the best passage of a language at which the lexical channel begins to
# speak there, and at which it speaks with full weight. Questions in the language of the passages reach 0.25 nineteen
# times in twenty, questions in another stay below 0.11 (XQuAD on Arabic paragraphs).
_SILENT, _LOUD = 0.15, 0.35
# Where words speak, scores spread wider; so much they are drawn together, or that language would crowd the others out.
_SPREAD = 0.5
_CANDIDATES = 200
_LEAST_CANDIDATES = 20  # of any language
_SAMPLE = 1000
_TINY = np.float32(1e-6)
_REMEMBERED = 128
# A language's mean is drawn towards the mean of all as if it had so many passages more, so that few mean little.
_SHRINKAGE = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """What each channel counts in the fused score; 0 silences one.

    Passage and sentence vectors count in standard deviations, words and names in shares of the question's terms. The
    defaults were chosen on one half of XQuAD-ar's and ARCD-train's articles.
    """

    passage: float = 0.65
    sentence: float = 0.35
    lexical: float = 14.0
    names: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the channels see it.

    Attributes:
        terms: Index terms of its words, with repetitions.
        vector: (dimension,) float32, unit length.
        names: Index terms of its names and numbers, with repetitions.
    """

    terms: tuple[str, ...]
    vector: Vectors
    names: tuple[str, ...] = ()


DEFAULT_WEIGHTS = Weights()


class Retriever:
    """Retrieval over one opened generation; safe to share between threads."""

    def __init__(self, generation: Generation, embedder: Embedder, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self._generation = generation
        self._embedder = embedder
        self._weights = weights
        contents = generation.contents
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._query)
        groups = contents.by_language()
        self._language_of: Rows = np.empty(len(contents.passages), np.int64)
        for number, rows in enumerate(groups.values()):
            self._language_of[rows] = number
        self._frequency = generation.lexicon.frequency
        self._search_in(groups)

    def within(self, documents: AbstractSet[str]) -> "Retriever":
        """Retrieval from some documents only, as if the index held no others.

        What is common or rare, near or far, is then judged among these documents. Only the mean length of a passage,
        to which BM25 compares each, stays that of the whole index.

        Args:
            documents: Ids.
        """
        contents, lexicon = self._generation.contents, self._generation.lexicon
        chosen = np.zeros(len(contents.languages), bool)
        chosen[[contents.rows[name] for name in documents if name in contents.rows]] = True
        searched = np.repeat(chosen, np.diff(contents.firsts))
        rows = {language: own[searched[own]] for language, own in contents.by_language().items()}
        narrowed = copy(self)
        narrowed._search_in({language: own for language, own in rows.items() if len(own)})
        narrowed._frequency = lru_cache(maxsize=None)(lambda term: int(searched[lexicon.column(term)[0]].sum()))
        return narrowed

    def _search_in(self, groups: Mapping[str, Rows]) -> None:
        """Search these passages, given by language."""
        self._groups = groups
        self._rows: Rows = np.sort(np.concatenate([np.empty(0, np.int64), *groups.values()]))
        # Evenly spaced, so the same for every question and spread over all documents.
        sample = np.linspace(0, len(self._rows) - 1, min(len(self._rows), _SAMPLE))
        self._sample: Rows = self._rows[np.unique(sample.astype(np.int64))]

    def query(self, question: str) -> Query:
        """Analyse and embed a question; the last few are remembered, as questions are asked again."""
        return self._remembered(question)

    def _query(self, question: str) -> Query:
        vector = self._embedder.embed_queries([question])[0]
        return Query(tuple(lexical.terms(question)), vector, tuple(names.terms(question)))

    def idf(self, term: str) -> float:
        """Rarity of a term among the passages: in (0, log(2n + 2)], higher is rarer, highest for a term never seen."""
        return _idf(self._frequency(term), len(self._rows))

    def retrieve(self, query: Query, limit: int) -> tuple[Evidence, ...]:
        """The best passages, best first.

        Args:
            query: From ``query``.
            limit: Most passages to return.
        """
        if not len(self._rows):
            return ()
        weights = self._weights
        lexicon = self._generation.lexicon
        terms, named_terms = self._term_weights(query.terms), self._term_weights(query.names)
        words, named = lexicon.bm25(terms), lexicon.bm25(named_terms)
        most_words, most_named = self._highest(query.terms), self._highest(query.names)
        rows = self._candidates(query, weights.lexical / most_words * words + weights.names / most_named * named)
        looked_at = np.union1d(rows, self._sample)
        lexicon.complete(words, terms, looked_at)
        lexicon.complete(named, named_terms, looked_at)
        words, named = words / most_words, named / most_named
        channels = {
            "passage": self._passage_scores(query, rows),
            "sentence": self._sentence_scores(query, rows),
            "lexical": words[rows],
            "names": named[rows],
        }
        groups, sample_groups = self._language_of[rows], self._language_of[self._sample]
        loud = self._loudness(words)[groups]
        fused = (
            weights.passage
            * standardised(channels["passage"], groups, self._passage_scores(query, self._sample), sample_groups)
            + weights.sentence
            * standardised(channels["sentence"], groups, self._sentence_scores(query, self._sample), sample_groups)
            + weights.lexical * loud * centred(channels["lexical"], groups, words[self._sample], sample_groups)
            + weights.names * centred(channels["names"], groups, named[self._sample], sample_groups)
        ) / (1 + _SPREAD * loud)
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
        first, end = self._generation.contents.spans[self._generation.contents.row(passage)]
        vectors: Vectors = self._generation.contents.sentence_vectors[first:end]
        return vectors

    def background(self, query: Query) -> Callable[[Evidence], float]:
        """The mean cosine of the question and the best sentences of passages in a passage's language, in [-1, 1]."""
        if not len(self._sample):
            return lambda _: 0.0
        groups = self._language_of[self._sample]
        means = group_means(self._sentence_scores(query, self._sample), groups, int(self._language_of.max()) + 1)
        return lambda evidence: float(means[self._language_of[self._generation.contents.row(evidence.passage)]])

    def _candidates(self, query: Query, shares: Floats) -> Rows:
        """The rows worth scoring in every channel: all of a few, else the best of dense and lexical search."""
        rows = self._rows
        if len(rows) <= 2 * _CANDIDATES:
            return rows
        # Each language its share, as the nearest of all would all be in the question's language.
        most = max(_LEAST_CANDIDATES, _CANDIDATES // len(self._groups))
        nearest = self._generation.nearest.search(query.vector, self._groups.items(), most)
        # Zeros left out first: to part a million equal numbers takes a fifth of a second.
        shared = rows[shares[rows] > 0]
        if len(shared) > _CANDIDATES:
            shared = shared[np.argpartition(shares[shared], -_CANDIDATES)[-_CANDIDATES:]]
        candidates: Rows = np.union1d(nearest, shared)
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

    def _term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """What to multiply the index's BM25 of each term by: how often it is given, and its rarity where we search."""
        size, rarity = len(self._language_of), self._generation.lexicon.frequency
        return {term: times * self.idf(term) / _idf(rarity(term), size) for term, times in Counter(terms).items()}

    def _highest(self, terms: Sequence[str]) -> np.float32:
        """The highest BM25 that some terms could reach, above 0: their scores are given as shares of it."""
        return np.float32(sum(map(self.idf, terms)) or 1.0)

    def _loudness(self, words: Floats) -> Floats:
        """How far words are to be trusted in each language, by the best share among its passages: in [0, 1].

        A question in another language shares almost nothing with the passages, and the channel falls silent.
        """
        best = np.zeros(self._language_of.max() + 1, np.float32)
        if self._weights.lexical:
            np.maximum.at(best, self._language_of[self._rows], words[self._rows])
        loudness: Floats = np.clip((best - _SILENT) / (_LOUD - _SILENT), 0, 1)
        return loudness

    def _evidence(self, rank: int, row: int, score: float, channels: dict[str, float]) -> Evidence:
        passage = self._generation.contents.passages[row]
        document = self._generation.contents.document(passage.document_id)
        return Evidence(rank, passage, document, passage_text(document, passage), score, channels)


def _idf(frequency: int, passages: int) -> float:
    return math.log1p((passages - frequency + 0.5) / (frequency + 0.5))


def group_means(sample: Floats, groups: Rows, size: int) -> Floats:
    """Mean of each of ``size`` groups of a sample, drawn a little towards the mean of all: (size,) float32."""
    counts = np.bincount(groups, minlength=size)
    sums = np.bincount(groups, weights=sample, minlength=size)
    means: Floats = ((sums + _SHRINKAGE * sample.mean()) / (counts + _SHRINKAGE)).astype(np.float32)
    return means


def centred(scores: Floats, groups: Rows, sample: Floats, sample_groups: Rows) -> Floats:
    """Scores above the mean of a sample, each group about its own mean; arguments as of ``standardised``: (n,)."""
    means = group_means(sample, sample_groups, int(max(groups.max(initial=0), sample_groups.max())) + 1)
    result: Floats = scores - means[groups]
    return result


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
    deviation = centred(sample, sample_groups, sample, sample_groups).std()
    if deviation < _TINY:
        return np.zeros_like(scores)
    result: Floats = centred(scores, groups, sample, sample_groups) / deviation
    return result
