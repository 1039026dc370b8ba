"""Fit the abstention model: ``python -m eval.fit_abstention POOL.json… --questions-from PARALLEL.json…``.

Each question of a SQuAD-format pool is asked with its gold paragraphs in the collection, and with them taken away, so
that what is left is near the topic but holds no answer; once in the whole pool, and once in a small collection about
one thing (neighbouring paragraphs of the file), where everything is near the topic. The fitted numbers replace
``rag/abstention.json``. Questions are split by paragraph: one half fits, the other is reported.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from eval import metrics, squad
from eval.squad import Pool, PoolQuestion
from index import build
from index.config import Settings
from index.embed import Embedder
from index.language import detect
from index.store import Generation
from rag.abstain import MODEL_FILE, Calibration
from rag.engine import Engine

SEED = 13
MOST_QUESTIONS = 900
NEIGHBOURS = 8
# Below one half: an answer that shows its source and misses is a smaller fault than silence about what is there.
THRESHOLD = 0.33


@dataclass(frozen=True, slots=True)
class Sample:
    """A question as the abstention model sees it, and whether the collection answered it."""

    paragraph: str
    features: dict[str, float]
    answered: bool


def samples(questions: Sequence[PoolQuestion], engine: Engine, most: int) -> Iterator[Sample]:
    """At most ``most`` of the questions, with and without their gold paragraphs.

    A question whose gold paragraph is not found is left out of the answered: nobody could answer it from the evidence.
    """
    everything = frozenset(document.id for document in engine.documents())
    answerable = [question for question in questions if question.answerable]
    for question in random.Random(SEED).sample(answerable, min(most, len(answerable))):  # noqa: S311 - no secrets
        gold = set(question.paragraphs)
        evidence = engine.retrieve(question.question, 5)
        for present in (True, False):
            features = engine.features(question.question, within=everything if present else everything - gold)
            if features and (not present or any(found.document.id in gold for found in evidence)):
                yield Sample(question.paragraphs[0], features, present)


def fit(gathered: Sequence[Sample]) -> Calibration:
    """Logistic regression with both classes weighing the same, as weights on the features as they are."""
    names = list(gathered[0].features)
    matrix = np.array([[sample.features[name] for name in names] for sample in gathered])
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(class_weight="balanced", C=0.3)
    model.fit(scaler.transform(matrix), [sample.answered for sample in gathered])
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    named = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    return Calibration(named, round(bias, 4), THRESHOLD)


def held_out(model: Calibration, gathered: Sequence[Sample]) -> dict[str, float]:
    """How a fitted model does on samples it has not seen."""
    found = np.array([model.probability(sample.features) for sample in gathered])
    answered: NDArray[np.bool_] = np.array([sample.answered for sample in gathered])
    hallucination, error = (found[~answered] >= THRESHOLD).mean(), (found[answered] < THRESHOLD).mean()
    return {
        "auroc": round(float(roc_auc_score(answered, found)), 3),
        "balanced_accuracy": round(metrics.balanced_accuracy(float(hallucination), float(error)), 3),
        "calibration_error": round(metrics.calibration_error(found, answered), 3),
        "samples": len(gathered),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Gather samples, fit on one half, report on the other, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", nargs="+", type=Path)
    parser.add_argument("--questions-from", nargs="*", type=Path, default=[])
    parsed = parser.parse_args(arguments)
    pool = squad.load_pool(parsed.pool, detect)
    pools = [pool, *(squad.with_questions(pool, file) for file in parsed.questions_from)]
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    gathered = list(_gather(pools, settings, embedder))
    first, second = ([sample for sample in gathered if _half(sample.paragraph) == half] for half in (0, 1))
    fitted = fit(first)
    model = {
        **asdict(fitted),
        "held_out": held_out(fitted, second),
        "fitted_by": f"python -m eval.fit_abstention {' '.join(file.name for file in parsed.pool)}"
        + (f" --questions-from {' '.join(f.name for f in parsed.questions_from)}" if parsed.questions_from else ""),
    }
    path = Path(str(files("rag").joinpath(MODEL_FILE)))
    path.write_text(json.dumps(model, indent=1) + "\n", "utf-8")
    sys.stderr.write(f"{json.dumps(model, indent=1)}\n-> {path}\n")


def _gather(pools: Sequence[Pool], settings: Settings, embedder: Embedder) -> Iterator[Sample]:
    """Samples of pools over the same documents: from the whole, and from collections of neighbouring paragraphs."""
    documents = pools[0].documents
    with tempfile.TemporaryDirectory() as folder:
        parts = [documents, *(documents[i : i + NEIGHBOURS] for i in range(0, len(documents), NEIGHBOURS))]
        for number, part in enumerate(parts):
            place = Path(folder) / str(number)
            build.build_from_documents(part, place, settings.index, embedder, lambda *_: None)
            engine = Engine(Generation.open(place), embedder)
            ids = {document.id for document in part}
            for pool in pools:
                questions = [q for q in pool.questions if ids.issuperset(q.paragraphs)]
                most = MOST_QUESTIONS if number == 0 else -(-MOST_QUESTIONS * len(part) // len(documents))
                yield from samples(questions, engine, most // len(pools))
            sys.stderr.write(f"{number + 1} of {len(parts)} collections\n")


def _half(paragraph: str) -> int:
    return int(paragraph, 16) % 2


if __name__ == "__main__":
    main()
