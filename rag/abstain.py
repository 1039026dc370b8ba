"""How likely the evidence answers the question: logistic regression on features a person can read.

The numbers stand in ``abstention.json``; ``python -m eval.fit_abstention`` fits them.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index import lexical
from index.lexical import normalize
from rag import kinds
from rag.question import Question
from rag.select import Candidate
from rag.types import Evidence

MODEL_FILE = "abstention.json"
OTHER_SCRIPT = "other_script"


@dataclass(frozen=True, slots=True)
class Regression:
    """Logistic regression: a weight for each named feature, and a constant term."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability in (0, 1) that the evidence answers the question."""
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two regressions, since words can only be compared within one script.

    Attributes:
        same_script: For a question in the script of its best passage.
        other_script: For a question in another script than its best passage.
        threshold: Probability below which to abstain, in (0, 1).
    """

    same_script: Regression
    other_script: Regression
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability in (0, 1) that the evidence answers the question."""
        regression = self.other_script if features[OTHER_SCRIPT] else self.same_script
        return regression.probability(features)


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The calibration shipped with the package."""
    raw = json.loads(files("rag").joinpath(MODEL_FILE).read_text("utf-8"))
    same, other = (Regression(raw[name]["weights"], raw[name]["bias"]) for name in ("same_script", OTHER_SCRIPT))
    return Calibration(same, other, raw["threshold"])


def features(
    question: Question, evidence: Sequence[Evidence], candidates: Sequence[Candidate], idf: Callable[[str], float]
) -> dict[str, float]:
    """What the evidence looks like from the question's side.

    Returns:
        By name: ``sentence_cosine`` and ``passage_cosine`` (of the best, in units of 0.1 above 0.8), ``passage_score``
        (standard deviations above the collection's mean), ``margin`` (to the second document's passage),
        ``sentence_coverage`` and ``passage_coverage`` (share of the question's words by rarity, 0 to 1),
        ``rarest_missing`` (1 when the rarest word of the question is not in the passage), each of the last three 0 and
        ``other_script`` 1 when question and passage are written in different scripts; ``kind_missing`` (1 when the
        question asks for a number or a date and the best sentence holds none); ``words`` (logarithm of the question's
        length).
    """
    best, first = candidates[0], evidence[0]
    kind = kinds.asked_for(question.text)
    rivals = [found.score for found in evidence if found.document.id != first.document.id]
    stems = {lexical.stem(word.form) for word in question.words}
    asked_in = _script(question.text)
    shares_script = asked_in is None or asked_in == _script(first.text)
    weights = {stem: idf(stem) for stem in stems}
    in_passage = _stems(first.text)
    rarest = max(weights, key=lambda stem: (weights[stem], stem))
    return {
        "sentence_cosine": 10 * (best.cosine - 0.8),
        "passage_cosine": 10 * (first.channels["passage"] - 0.8),
        "passage_score": first.score,
        "margin": first.score - rivals[0] if rivals else 0.0,
        "sentence_coverage": _coverage(weights, _stems(best.text)) if shares_script else 0.0,
        "passage_coverage": _coverage(weights, in_passage) if shares_script else 0.0,
        "rarest_missing": float(shares_script and rarest not in in_passage),
        OTHER_SCRIPT: float(not shares_script),
        "kind_missing": float(kind is not None and not kinds.holds_number(best.text)),
        "words": math.log(len(question.words)),
    }


def _stems(text: str) -> frozenset[str]:
    return frozenset(lexical.stem(word.form) for word in lexical.words(text))


def _coverage(weights: Mapping[str, float], stems: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in stems) / total if total else 0.0


def _script(text: str) -> int | None:
    """The script most letters of a text are in, as the block of 256 characters it stands in; None without letters."""
    blocks = Counter(ord(c) >> 8 for c in normalize(text) if c.isalpha())
    return blocks.most_common(1)[0][0] if blocks else None
