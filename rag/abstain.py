"""How likely the evidence answers the question: logistic regression on features a person can read.

The numbers stand in ``abstention.json``; ``sanad eval --fit-abstention`` fits them.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index import lexical
from rag.question import Question
from rag.select import Candidate
from rag.types import Evidence

MODEL_FILE = "abstention.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression over named features.

    Attributes:
        weights: Weight by feature name.
        bias: Constant term.
        threshold: Probability below which to abstain, in (0, 1).
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability in (0, 1) that the evidence answers the question."""
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The calibration shipped with the package."""
    raw = json.loads(files("rag").joinpath(MODEL_FILE).read_text("utf-8"))
    return Calibration(raw["weights"], raw["bias"], raw["threshold"])


def features(
    question: Question, evidence: Sequence[Evidence], candidates: Sequence[Candidate], idf: Callable[[str], float]
) -> dict[str, float]:
    """What the evidence looks like from the question's side.

    Returns:
        By name: ``sentence_cosine`` and ``passage_cosine`` (of the best, in units of 0.1 above 0.8), ``passage_score``
        (standard deviations above the collection's mean), ``margin`` (to the second document's passage),
        ``sentence_coverage`` and ``passage_coverage`` (share of the question's words by rarity, 0 to 1),
        ``rarest_missing`` (1 when the rarest word of the question is not in the passage), each of the last three 0 and
        ``other_script`` 1 when question and passage share no script; ``words`` (logarithm of the question's length).
    """
    best, first = candidates[0], evidence[0]
    rivals = [found.score for found in evidence if found.document.id != first.document.id]
    stems = {lexical.stem(word.form) for word in question.words}
    shares_script = bool({_script(s) for s in stems} & {_script(word.form) for word in lexical.words(first.text)})
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
        "other_script": float(not shares_script),
        "words": math.log(len(question.words)),
    }


def _stems(text: str) -> frozenset[str]:
    return frozenset(lexical.stem(word.form) for word in lexical.words(text))


def _coverage(weights: Mapping[str, float], stems: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in stems) / total if total else 0.0


def _script(form: str) -> str:
    """Coarse script of a word: its first letter's block; digits belong to none."""
    first = next((c for c in form if c.isalpha()), None)
    return f"{ord(first) >> 8:x}" if first else ""
