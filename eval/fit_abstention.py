"""Fit the abstention model: ``python -m eval.fit_abstention POOL.json… --questions-from PARALLEL.json``.

Each question of a SQuAD-format pool is asked twice: with its gold paragraphs in the collection, and with them taken
away, so that what is left is near the topic but holds no answer. The fitted numbers replace ``rag/abstention.json``.
Articles are split by half: one fits, the other is reported.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
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
from rag.abstain import MODEL_FILE
from rag.engine import Engine

SEED = 13
MOST_QUESTIONS = 900
Sample = tuple[dict[str, float], bool]


def samples(pool: Pool, engine: Engine, most: int) -> Iterator[Sample]:
    """Features of at most ``most`` questions, with and without their gold paragraphs, and whether those were there."""
    everything = frozenset(document.id for document in pool.documents)
    answerable = [question for question in pool.questions if question.answerable]
    chosen = random.Random(SEED).sample(answerable, min(most, len(answerable)))  # noqa: S311 - not for secrets
    for question in chosen:
        for present in (True, False):
            within = everything if present else everything - set(question.paragraphs)
            features = engine.features(question.question, within=within)
            if features and (not present or _found(question, engine)):
                yield features, present


def fit(gathered: Sequence[Sample]) -> dict[str, object]:
    """Logistic regression as weights on the features as they are; the threshold balances both kinds of error."""
    names = list(gathered[0][0])
    matrix = np.array([[features[name] for name in names] for features, _ in gathered])
    labels = np.array([present for _, present in gathered])
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(class_weight="balanced", C=0.3).fit(scaler.transform(matrix), labels)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    return {
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        "bias": round(bias, 4),
        "threshold": 0.5,
    }


def probabilities(model: dict[str, object], gathered: Sequence[Sample]) -> NDArray[np.float64]:
    """What a fitted model says of each sample: (n,) in (0, 1)."""
    weights, bias = model["weights"], model["bias"]
    if not isinstance(weights, dict) or not isinstance(bias, float):
        raise TypeError(f"not a fitted model: {model!r}")
    logits = [bias + sum(weight * features[name] for name, weight in weights.items()) for features, _ in gathered]
    return 1 / (1 + np.exp(-np.array(logits)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on one half of the questions, report on the other, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", nargs="+", type=Path)
    parser.add_argument("--questions-from", nargs="*", type=Path, default=[])
    parsed = parser.parse_args(arguments)
    pool = squad.load_pool(parsed.pool, detect)
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    gathered: list[Sample] = []
    with tempfile.TemporaryDirectory() as folder:
        build.build_from_documents(pool.documents, Path(folder), settings.index, embedder, lambda *_: None)
        engine = Engine(Generation.open(Path(folder)), embedder)
        pools = [pool, *(squad.with_questions(pool, file) for file in parsed.questions_from)]
        for asked in pools:
            gathered += samples(asked, engine, MOST_QUESTIONS // len(pools))
            sys.stderr.write(f"{len(gathered)} samples\n")
    middle = len(gathered) // 2
    order = random.Random(SEED).sample(range(len(gathered)), len(gathered))  # noqa: S311 - not for secrets
    first, second = [gathered[i] for i in order[:middle]], [gathered[i] for i in order[middle:]]
    model = fit(first)
    found, labels = probabilities(model, second), np.array([present for _, present in second])
    hallucination, error = float((found[~labels] >= 0.5).mean()), float((found[labels] < 0.5).mean())
    report = {
        "auroc": round(float(roc_auc_score(labels, found)), 3),
        "balanced_accuracy": round(metrics.balanced_accuracy(hallucination, error), 3),
        "calibration_error": round(metrics.calibration_error(found, labels), 3),
        "samples": len(second),
    }
    command = f"python -m eval.fit_abstention {' '.join(path.name for path in parsed.pool)}"
    path = Path(str(files("rag").joinpath(MODEL_FILE)))
    path.write_text(json.dumps({**model, "held_out": report, "command": command}, indent=1) + "\n", "utf-8")
    sys.stderr.write(f"{json.dumps(report)} -> {path}\n")


def _found(question: PoolQuestion, engine: Engine) -> bool:
    """Whether a gold paragraph is among the evidence: what was not found cannot be answered."""
    return any(found.document.id in question.paragraphs for found in engine.retrieve(question.question, 5))


if __name__ == "__main__":
    main()
