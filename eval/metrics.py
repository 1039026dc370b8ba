"""The field's metrics as pure functions; each says its range and direction."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import normalize
from index.markup import plain
from index.types import Document
from rag.types import Answer, AnswerSentence, Citation

RECALL_DEPTHS = (1, 5, 10)
DEPTH = 10
"""How many ranks nDCG and MRR look at."""
CALIBRATION_BINS = 10

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Supports = Callable[[str, Sequence[str]], bool]
"""The support check: do the quotes, taken together, support the sentence?"""

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_GROUPED = re.compile(r"(?<=\d)[,٬،](?=\d{3}(?!\d))")
_PROCLITICS = "(?:[وف]?(?:[بلك]?ال|لل|[بلكس])?)"
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_STEM_MIN = 3


# --- retrieval -------------------------------------------------------------------------------------------


def gold_ranks(ranked: Sequence[str], gold: Collection[str]) -> tuple[int, ...]:
    """Ranks (from 1) of the gold items in a ranking in which every item counts once, at its best rank."""
    return tuple(rank for rank, item in enumerate(dict.fromkeys(ranked), start=1) if item in gold)


def recall_at(ranks: Sequence[int], k: int) -> float:
    """1 when any gold item is among the first ``k``, else 0: the mean is the share of questions hit."""
    return float(any(rank <= k for rank in ranks))


def reciprocal_rank(ranks: Sequence[int], k: int = DEPTH) -> float:
    """1 / rank of the first gold item, 0 when none is among the first ``k``; in [0, 1], higher is better."""
    first = min(ranks, default=k + 1)
    return 1 / first if first <= k else 0.0


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


# --- answers ---------------------------------------------------------------------------------------------


def fold_answer(text: str) -> str:
    """Text as SQuAD's evaluation compares it, with Arabic folded as the index does.

    Lower case, without punctuation, English articles and surplus white space (Rajpurkar et al., 2016); dashes
    and slashes become spaces, so that the ends of a range stay two numbers.
    """
    folded = _fold_numbers(text)
    kept = "".join(
        " " if unicodedata.category(c) == "Pd" or c == "/" else c
        for c in folded
        if unicodedata.category(c)[0] not in "PS" or unicodedata.category(c) == "Pd" or c == "/"
    )
    return " ".join(_ARTICLES.sub(" ", kept).split())


def holds_answer(text: str, gold: str) -> bool:
    """Whether a text contains a gold answer, as it stands or with both folded; "12" is not in "2012"."""
    folded = fold_answer(gold)
    return _stands(gold.strip(), text) or _stands(folded, fold_answer(text))


def sentence_hit(sentences: Sequence[str], golds: Sequence[str], k: int) -> float:
    """1 when any of the first ``k`` sentences holds any of the gold answers, else 0."""
    return float(any(holds_answer(sentence, gold) for sentence in sentences[:k] for gold in golds))


def states_fact(text: str, variants: Sequence[str]) -> bool:
    """Whether a text states a fact: any of its variants stands in it as whole words.

    Digits of all scripts, grouped thousands, diacritics, Arabic letters and case are folded. Arabic particles
    and the article may stand before a variant; "1000" stands neither in "11000" nor in "1000.5".
    """
    folded = _fold_numbers(text)
    return any(re.search(_whole_words(_fold_numbers(v)), folded) for v in variants if v.strip())


def key_fact_recall(sentences: Sequence[str], facts: Sequence[Sequence[str]]) -> float:
    """Share of the facts that some sentence states; in [0, 1], higher is better; at least one fact."""
    stated = sum(any(states_fact(sentence, variants) for sentence in sentences) for variants in facts)
    return stated / len(facts)


def citation_valid(citation: Citation, answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether a citation can be trusted to the character.

    The document is one of the indexed ones, the quote is not empty and stands at its offsets, verbatim, and
    the cited passage is evidence of the answer or a copy of it, of that document, and holds the quote.
    """
    document = documents.get(citation.document.id)
    if document is None or not 0 <= citation.start < citation.end <= len(document.text):
        return False
    shown = [passage for e in answer.evidence for passage in (e.passage, *(copy.passage for copy in e.copies))]
    passages = [passage for passage in shown if passage.id == citation.passage_id]
    return document.text[citation.start : citation.end] == citation.quote and any(
        p.document_id == document.id and p.start <= citation.start and citation.end <= p.end for p in passages
    )


def faithful(sentence: AnswerSentence, supports: Supports) -> bool:
    """Whether what a sentence cites supports it.

    A sentence whose text stands in a cited quote is supported by it; one that calls itself verbatim must
    stand there; any other is put to the support check.
    """
    text = _spaced(sentence.text)
    quotes = [plain(c.quote, c.document.format) for c in sentence.citations]
    if text and any(text in _spaced(quote) for quote in quotes):
        return True
    return sentence.support != "verbatim" and bool(text and quotes) and supports(sentence.text, quotes)


# --- abstention ------------------------------------------------------------------------------------------


def balanced_accuracy(hallucination_rate: float, error_rate: float) -> float:
    """1 - (H + E) / 2 of NoMIRACL (Thakur et al., 2024); in [0, 1], higher is better, 0.5 is chance."""
    return 1 - (hallucination_rate + error_rate) / 2


def auroc(scores: Sequence[float] | Floats, labels: Sequence[bool] | Flags) -> float:
    """Probability that a positive scores above a negative, ties counting half (Mann and Whitney, 1947).

    Returns:
        In [0, 1], higher is better, 0.5 is chance; NaN when one of the classes is empty.
    """
    values, positive = np.asarray(scores, dtype=float), np.asarray(labels, dtype=bool)
    negatives = np.sort(values[~positive])
    if not len(negatives) or not positive.any():
        return float("nan")
    below = np.searchsorted(negatives, values[positive], side="left")
    upto = np.searchsorted(negatives, values[positive], side="right")
    return float((below + upto).mean() / 2 / len(negatives))


def calibration_error(probabilities: Sequence[float] | Floats, labels: Sequence[bool] | Flags) -> float:
    """Expected calibration error in 10 bins of equal mass (Nguyen and O'Connor, 2015).

    Equal probabilities share a bin, so the order of ties does not matter.

    Returns:
        Mean distance of probability and frequency, in [0, 1], lower is better; NaN without cases.
    """
    values = np.asarray(probabilities, dtype=float)
    if not len(values):
        return float("nan")
    bins = _mass_bins(values)
    gaps = np.bincount(bins, weights=values - np.asarray(labels, dtype=float), minlength=CALIBRATION_BINS)
    return float(np.abs(gaps).sum() / len(values))


def calibration_bins(
    probabilities: Sequence[float] | Floats, labels: Sequence[bool] | Flags
) -> list[tuple[float, float, int]]:
    """Mean probability, share of true labels and cases of each bin of ``calibration_error`` that holds any."""
    values, positive = np.asarray(probabilities, dtype=float), np.asarray(labels, dtype=bool)
    bins = _mass_bins(values)
    members = [bins == number for number in np.unique(bins)]
    return [(float(values[m].mean()), float(positive[m].mean()), int(m.sum())) for m in members]


def _mass_bins(values: Floats) -> NDArray[np.intp]:
    """The bin of each value, so that bins hold about as many values each and equal values share one."""
    return np.searchsorted(np.sort(values), values, side="left") * CALIBRATION_BINS // max(1, len(values))


def risk_coverage(confidences: Sequence[float] | Floats, wrong: Sequence[bool] | Flags) -> tuple[Floats, Floats]:
    """The risk-coverage curve of answering from the most confident down (El-Yaniv and Wiener, 2010).

    Args:
        confidences: (n,) higher is surer.
        wrong: (n,) whether answering the case is an error.

    Returns:
        Coverage and risk, both (t,) in [0, 1], one point for each distinct confidence, by falling threshold.
    """
    values = np.asarray(confidences, dtype=float)
    order = np.argsort(-values, kind="stable")
    errors = np.cumsum(np.asarray(wrong, dtype=float)[order])
    last = np.flatnonzero(np.append(np.diff(values[order]) != 0, len(order) > 0))
    answered = last + 1.0
    return answered / max(1, len(order)), errors[last] / answered


def risk_coverage_area(confidences: Sequence[float] | Floats, wrong: Sequence[bool] | Flags) -> float:
    """Area under the risk-coverage curve (a step function); in [0, 1], lower is better."""
    coverage, risk = risk_coverage(confidences, wrong)
    return float((np.diff(coverage, prepend=0.0) * risk).sum())


def coverage_at_risk(confidences: Sequence[float] | Floats, wrong: Sequence[bool] | Flags, risk: float) -> float:
    """Largest share of cases a threshold answers with at most ``risk`` errors among them, else 0."""
    coverage, risks = risk_coverage(confidences, wrong)
    return float(coverage[risks <= risk].max(initial=0.0))


# --- text ------------------------------------------------------------------------------------------------


def _spaced(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def _fold_numbers(text: str) -> str:
    """Normalised text with "1,000" as "1000", Arabic decimal signs as points and "5 %" as "5%"."""
    folded = _GROUPED.sub("", normalize(text)).replace("٫", ".").replace("٪", "%")
    return re.sub(r"(?<=\d)\s+%", "%", _spaced(folded))


def _stands(needle: str, text: str) -> bool:
    """Whether a string stands in a text without cutting a number in two."""
    return bool(needle) and re.search(_number_edges(needle), text) is not None


def _number_edges(needle: str) -> str:
    """Pattern of a string whose digits at either end are the end of the number."""
    left = r"(?<!\d)(?<!\d[.,])" if needle[0].isdigit() else ""
    right = r"(?![.,]?\d)" if needle[-1].isdigit() else ""
    return left + re.escape(needle) + right


def _whole_words(needle: str) -> str:
    """Pattern of a folded string as whole words, where its script has spaces between words."""
    if _ARABIC_LETTER.match(needle):
        # The article stands among the particles, so that "الكرملين" is found in "للكرملين".
        first = needle.split()[0]
        bare = needle[2:] if first.startswith("ال") and len(first) >= _STEM_MIN + 2 else needle
        left, needle = rf"(?<!\w){_PROCLITICS}", bare
    else:
        left = r"(?<!\w)" if needle[0].isalpha() and not _UNSPACED.match(needle) else ""
    right = r"(?!\w)" if needle[-1].isalpha() and not _UNSPACED.match(needle[-1]) else ""
    return left + _number_edges(needle) + right
