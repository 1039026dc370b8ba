"""Which sentences of the evidence answer the question."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, repeat, zip_longest

import numpy as np
from numpy.typing import NDArray

from index import lexical
from index.chunk import sentence_text
from index.types import Sentence
from rag import kinds, wordlists
from rag.expected import Expected, Span
from rag.kinds import Kind
from rag.leaning import leans
from rag.reader import PASSAGES, Reading, ReadSentence
from rag.types import Evidence

MOST_SENTENCES = 3
# Weights chosen on one half of XQuAD-ar's and ARCD-train's articles, the reader's on those it was not trained on.
_COSINE_WEIGHT, _LEXICAL_WEIGHT, _PASSAGE_WEIGHT, _KIND_WEIGHT = 1.0, 0.7, 2.0, 1.0
_READ_WEIGHT, _WORDS_WEIGHT, _MET_WEIGHT = 0.6, 0.2, 0.75
# Of both in a follow-up: the reader is shown its topic as well, which another sentence may answer.
_FOLLOW_UP_READ = 0.5
# For the share of the question's things, events and deeds that a sentence tells, in whatever language.
_CONCEPTS_WEIGHT, _ACTS_WEIGHT = 2.0, 4.0
# What ends in no full stop is set back so many deviations, and a headline, which says less than the sentences below it
# but repeats the question's words, far more.
_FRAGMENT_WEIGHT, _HEADLINE_WEIGHT, _HEADLINE_WORDS = -1.0, -10.0, 12
# For each name of the question that a passage lacks and another of those read holds: it is about somebody else.
_LACKING_WEIGHT = 7.0
FULL_STOP = re.compile(r"[.!?؟。！？…۔।][\"'”’»)\]]*\Z")
"""What a whole sentence ends in."""
# A further sentence is worth reading when it scores within this many standard deviations of the first.
_SECOND_WITHIN, _THIRD_WITHIN = 3.0, 0.8
_SAME_WORDS = 0.7
_MOST_CONTEXT = 2
# Below this logit words are not marked: on held-out questions nearly all of them lay above it.
_SURE_OF_WORDS = 2.0
_AROUND_WORDS = " ,;:.!?؟،؛…\"'«»“”()[]"
# BM25's usual saturation and length normalisation.
_K1, _B = 1.2, 0.75

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        evidence: The passage it stands in.
        sentence: The sentence.
        text: The sentence without markup.
        cosine: Of question and sentence vectors, in [-1, 1].
        coverage: Share of the question's terms in the sentence, weighted by rarity, in [0, 1].
        read: What the reader makes of the sentence; None without a reader.
        score: Sum of standardised scores; higher is better, unbounded.
        expected: (start, end) in ``text`` of the figure, post, words or reason asked for (``rag.expected``), or None.
        context: Sentences right before it that are shown with it, as it cannot be understood without them.
    """

    evidence: Evidence
    sentence: Sentence
    text: str
    cosine: float
    coverage: float
    read: ReadSentence | None
    score: float
    expected: Span | None = None
    context: tuple[Sentence, ...] = ()

    @property
    def shown(self) -> Sentence:
        """The characters to show: the sentence, after its context."""
        return Sentence((*self.context, self.sentence)[0].start, self.sentence.end)


def rank_sentences(
    terms: Sequence[str],
    evidence: Sequence[Evidence],
    cosines: Callable[[Evidence], NDArray[np.float32]],
    idf: Callable[[str], float],
    kind: Kind | None = None,
    expected: Expected | None = None,
    background: Callable[[Evidence], float] = lambda _: 0.0,
    readings: Sequence[Reading] = (),
    lacking: Callable[[Evidence], int] = lambda _: 0,
    concepts: frozenset[str] = frozenset(),
    follows_up: bool = False,
) -> tuple[Candidate, ...]:
    """All distinct sentences with words in them of the best passages, best first.

    Args:
        terms: The question's index terms.
        evidence: Passages, best first.
        cosines: Cosine of the question and each sentence of a passage.
        idf: Rarity of a term.
        kind: The kind of words the question asks for.
        expected: What a sentence should say, and not; None where the question does not tell.
        background: What a cosine is worth nothing at in a passage's language: the model puts every sentence of the
            question's own language nearer to it.
        readings: What the reader makes of the first passages, in their order, the only ones that count then; none
            without a reader.
        lacking: How many of the question's names a passage lacks.
        concepts: What the question speaks of, as of ``concepts``.
        follows_up: Whether it was searched for with the topic of a conversation, which leads to a document: the passage
            that tells the topic again is then no better than another of that document.
    """
    rows: dict[tuple[str, Sentence], Candidate] = {}
    lacks: dict[str, int] = {}
    for found, reading in zip_longest(evidence[: len(readings) or PASSAGES], readings):
        lacks[found.passage.id] = lacking(found)
        read = reading.sentences if reading else repeat(None)
        for at, (sentence, cosine, seen) in enumerate(zip(found.passage.sentences, cosines(found), read, strict=False)):
            text = sentence_text(found.document, sentence)
            if lexical.words(text):
                before = [sentence_text(found.document, other) for other in _leads(found, at)] if expected else []
                said = expected.where(text, " ".join(before)) if expected else None
                row = Candidate(found, sentence, text, float(cosine), 0.0, seen, 0.0, said)
                rows.setdefault((found.document.id, sentence), row)
    if not rows:
        return ()
    unscored = list(rows.values())
    counts = [Counter(lexical.terms(row.text)) for row in unscored]
    weights = {term: idf(term) for term in terms}
    score = (
        _COSINE_WEIGHT * _standardised(np.array([row.cosine - background(row.evidence) for row in unscored]))
        + _LEXICAL_WEIGHT * _standardised(_bm25(counts, weights))
        + _PASSAGE_WEIGHT * np.array([_passage_score(row.evidence, evidence, follows_up) for row in unscored])
        + _FRAGMENT_WEIGHT * np.array([not FULL_STOP.search(row.text) for row in unscored])
        + _HEADLINE_WEIGHT * np.array([_is_headline(row) for row in unscored])
        + _KIND_WEIGHT * np.array([kind in kinds.NUMERIC and kinds.holds(kind, row.text) for row in unscored])
        + np.array([_expected(row, expected) for row in unscored])
        + (_FOLLOW_UP_READ if follows_up else 1.0) * np.array([_read(row.read) for row in unscored])
        + _CONCEPTS_WEIGHT * np.array([_share(concepts, row.text) for row in unscored])
        + _ACTS_WEIGHT * np.array([_share(concepts & wordlists.acts(), row.text) for row in unscored])
        + _MET_WEIGHT * _standardised(np.array([row.read.met if row.read else 0.0 for row in unscored]))
    )
    least = min(lacks.values())
    score -= _LACKING_WEIGHT * np.array([lacks[row.evidence.passage.id] - least for row in unscored])
    total = sum(weights.values())
    coverage = [sum(weights[t] for t in weights if t in count) / total if total else 0.0 for count in counts]
    candidates = [
        replace(row, coverage=share, score=float(value))
        for row, share, value in zip(unscored, coverage, score, strict=True)
    ]
    return tuple(sorted(candidates, key=lambda candidate: -candidate.score))


def concepts(text: str) -> frozenset[str]:
    """The things, events and deeds that a text speaks of, told by words in any of the languages that are known."""
    forms = [word.form for word in lexical.words(text)]
    found = frozenset[str]()
    joined = False
    for form, other in pairwise((*forms, "")):
        together = wordlists.concepts(f"{form}_{other}")  # "in return": nobody returns
        found |= together or (frozenset() if joined else wordlists.concepts(form))
        joined = bool(together)
    return found


def choose(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The one to three sentences to answer with, best first, each with the context it needs.

    None says again what one before it says, or stands there as context.
    """
    chosen: list[Candidate] = []
    for candidate in candidates:
        behind = candidates[0].score - candidate.score
        limit = (0.0, _SECOND_WITHIN, _THIRD_WITHIN)[len(chosen)]
        if behind > limit:
            break
        if chosen and chosen[0].expected and not (candidate.expected or leans(candidate.text)):
            continue  # what counts something else is no second answer to "how many"; who "added" is not known
        if not any(_repeats(candidate.text, other.text) or _holds(other, candidate) for other in chosen):
            chosen.append(replace(candidate, context=_context(candidate, chosen)))
        if len(chosen) == MOST_SENTENCES:
            break
    return tuple(chosen)


def _holds(one: Candidate, other: Candidate) -> bool:
    """Whether a sentence is shown as context of another."""
    return one.evidence.document.id == other.evidence.document.id and other.sentence in one.context


def _context(candidate: Candidate, chosen: Sequence[Candidate]) -> tuple[Sentence, ...]:
    """The sentences of its passage that a candidate leans on; none where they are shown before it anyway."""
    document = candidate.evidence.document
    shown = {(other.evidence.document.id, other.sentence) for other in chosen}
    leads = _leads(candidate.evidence, candidate.evidence.passage.sentences.index(candidate.sentence))
    return () if any((document.id, lead) in shown for lead in leads) else leads


def _leads(found: Evidence, at: int) -> tuple[Sentence, ...]:
    """The sentences of a passage that its sentence of this number leans on."""
    sentences = found.passage.sentences
    first = at
    while first > 0 and at - first < _MOST_CONTEXT and leans(sentence_text(found.document, sentences[first])):
        first -= 1
    return sentences[first:at]


def _is_headline(row: Candidate) -> bool:
    """Whether a sentence is a short line without a full stop among whole sentences; items of a list are not."""
    document, sentences = row.evidence.document, row.evidence.passage.sentences
    if FULL_STOP.search(row.text) or len(lexical.words(row.text)) > _HEADLINE_WORDS:
        return False
    at = sentences.index(row.sentence)
    beside = (*sentences[max(0, at - 1) : at], *sentences[at + 1 : at + 2])
    return bool(beside) and all(FULL_STOP.search(sentence_text(document, other)) for other in beside)


def _expected(row: Candidate, expected: Expected | None) -> float:
    """What a sentence gains by saying what is expected, and loses by what was not asked."""
    if expected is None:
        return 0.0
    return expected.weight * ((row.expected is not None) - expected.against(row.text))


def _passage_score(found: Evidence, evidence: Sequence[Evidence], follows_up: bool) -> float:
    """The score of a sentence's passage, or of the best passage of its document."""
    if not follows_up:
        return found.score
    return max(other.score for other in evidence if other.document.id == found.document.id)


def _share(asked: frozenset[str], text: str) -> float:
    """The share of some concepts that a text speaks of; 0 of none."""
    return len(asked & concepts(text)) / len(asked) if asked else 0.0


def _read(read: ReadSentence | None) -> float:
    """What a reading adds to a sentence's score; 0 without one."""
    return _READ_WEIGHT * read.logit + _WORDS_WEIGHT * read.words_logit if read else 0.0


def marks(candidate: Candidate) -> tuple[tuple[int, int], ...]:
    """(start, end) in the document of the words that answer; () where none are sure.

    Where the question tells what to expect, that; else what the reader takes for the answer.
    """
    read = candidate.read
    sure = (read.start, read.end) if read and read.words_logit >= _SURE_OF_WORDS else (0, 0)
    start, end = candidate.expected or sure
    words = candidate.text[start:end].strip(_AROUND_WORDS)
    before = candidate.text.count(words, 0, start) if words else 0
    # The text is the slice without markup, white space collapsed: its words are found again in the same turn.
    slice_ = candidate.evidence.document.text[candidate.sentence.start : candidate.sentence.end]
    found = list(re.finditer(r"\s+".join(map(re.escape, words.split())), slice_)) if words else []
    if len(found) <= before:
        return ()
    first, last = found[before].span()
    return ((candidate.sentence.start + first, candidate.sentence.start + last),)


def _bm25(counts: Sequence[Counter[str]], weights: dict[str, float]) -> Floats:
    """BM25 of each sentence, with rarity taken from the whole collection."""
    lengths = np.array([count.total() for count in counts], np.float64)
    norms = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1.0))
    scores = [
        sum(weight * count[term] / (count[term] + norm) for term, weight in weights.items() if term in count)
        for count, norm in zip(counts, norms, strict=True)
    ]
    return np.array(scores, np.float64)


def _standardised(scores: Floats) -> Floats:
    deviation = scores.std()
    return (scores - scores.mean()) / deviation if deviation > 0 else np.zeros_like(scores)


def _repeats(text: str, other: str) -> bool:
    """Whether most words of the shorter sentence stand in the other."""
    words, others = (frozenset(lexical.stem(word.form) for word in lexical.words(t)) for t in (text, other))
    shorter = min(len(words), len(others))
    return shorter == 0 or len(words & others) / shorter > _SAME_WORDS
