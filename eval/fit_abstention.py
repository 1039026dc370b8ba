"""Fit the abstention model: ``python -m eval.fit_abstention POOL.json… --questions-from PARALLEL.json…``.

Each question of a SQuAD-format pool is asked with its gold paragraphs in the collection, also among the ten nearest
alone, and about another place or number. Where a file has no questions without an answer, its own are asked with their
gold paragraphs taken away, too, so that what is left is near the topic but holds no answer. Where it has some (SQuAD
2), all are asked without the other paragraphs of their article, which may answer them. All this once in the whole pool,
and once in small collections about one thing (neighbouring paragraphs of the file), where everything is near the topic.
Questions the reader was trained on are left out. The others are split by paragraph: one half fits, the other is
reported. The fitted numbers replace ``rag/abstention.json``: one model for the engine with its reader, one for the
engine without.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from eval import metrics, reader_data, squad
from eval.squad import Pool, PoolQuestion
from index import build
from index.config import Settings
from index.embed import Embedder
from index.language import detect
from index.lexical import is_arabic
from index.numbers import numbers
from index.places import compatible, places
from index.store import Generation
from index.types import Document
from rag.abstain import MODEL_FILE, WITH_READER, WITHOUT_READER, Calibration
from rag.engine import Engine
from rag.reader import PASSAGES, Reader, card

SEED = 13
_ARABIC_PLACES = ("البرازيل", "كينيا", "نيوزيلندا", "الصين", "فنلندا", "المكسيك")
_LATIN_PLACES = ("Brazil", "Kenya", "New Zealand", "China", "Finland", "Mexico")
MOST_QUESTIONS, MOST_OF_FEW = 160, 2
NEIGHBOURS, NEAREST = 8, 10
# The best balanced accuracy on the half that is fitted, of .3, .4, .45 and .5.
THRESHOLDS = {WITH_READER: 0.4, WITHOUT_READER: 0.5}


@dataclass(frozen=True, slots=True)
class Sample:
    """A question as the abstention model sees it, and whether the collection answered it.

    Attributes:
        paragraph: Id of its gold paragraph.
        features: By name.
        answered: Whether the collection answers it.
    """

    paragraph: str
    features: dict[str, float]
    answered: bool


def siblings(given: Sequence[Path]) -> dict[str, frozenset[str]]:
    """For the id of each paragraph those of the other paragraphs of its article, in the SQuAD 2 files of some."""
    articles: dict[tuple[Path, int], set[str]] = {}
    for file in given:
        read = list(reader_data.paragraphs(file))
        if any(qa.get("is_impossible") for _, paragraph in read for qa in paragraph["qas"]):
            for number, paragraph in read:
                articles.setdefault((file, number), set()).add(squad.document(paragraph["context"], "").id)
    return {one: frozenset(members - {one}) for members in articles.values() for one in members}


def samples(
    asked: Sequence[PoolQuestion],
    engine: Engine,
    everything: frozenset[str],
    most: int,
    beside: Mapping[str, frozenset[str]],
) -> Iterator[Sample]:
    """Of the questions: with and without their gold paragraphs, with another place or number, and those without answer.

    A question whose gold paragraph is not found is left out of the answered: nobody could answer it from the evidence.

    Args:
        asked: The questions.
        engine: Over the collection, and others perhaps.
        everything: Ids of the documents of the collection.
        most: At most so many of those that have an answer, and of those that have none.
        beside: Paragraphs that may answer what a paragraph does not, as of ``siblings``; a question whose paragraphs it
            lacks is also asked with them taken away.
    """
    few = len(everything) <= NEAREST
    answerable = [question for question in asked if question.answerable]
    rng = random.Random(SEED)  # noqa: S311 - no secrets
    for question in rng.sample(answerable, min(most, len(answerable))):
        gold = frozenset(question.paragraphs)
        without = everything.difference(*(beside.get(paragraph, ()) for paragraph in gold))
        nearest = engine.retrieve(question.question, NEAREST + len(gold), within=without)
        found = [evidence.document.id for evidence in nearest]
        others = [name for name in found if name not in gold]
        collections = [(without, True), (without - gold, False)]
        if not few:
            collections += [(gold.union(others[: NEAREST - len(gold)]), True), (frozenset(others[:NEAREST]), False)]
        for within, present in collections:
            if not present and not gold.isdisjoint(beside):
                continue
            features = engine.features(question.question, within=within)
            if features and (not present or not gold.isdisjoint(found[:PASSAGES])):
                yield Sample(question.paragraphs[0], features, present)
        changed = false_premise(question.question, rng)
        if changed and (features := engine.features(changed, within=without)):
            yield Sample(question.paragraphs[0], features, False)
    unanswerable = [question for question in asked if not question.answerable]
    for question in rng.sample(unanswerable, min(most, len(unanswerable))):
        within = everything.difference(*(beside[paragraph] for paragraph in question.paragraphs))
        if features := engine.features(question.question, within=within):
            yield Sample(question.paragraphs[0], features, False)


def false_premise(question: str, rng: random.Random) -> str | None:
    """The question about another place or number, which no passage answers; None where it names neither."""
    spans = [(found.start, found.end, _another_place(question, found.key, rng)) for found in places(question)]
    spans += [
        (found.start, found.end, str(int(found.value) + rng.randint(3, 19)))
        for found in numbers(question)
        if found.value.isdigit() and question[found.start : found.end].isdecimal()
    ]
    if not spans:
        return None
    start, end, other = rng.choice(spans)
    return f"{question[:start]}{other}{question[end:]}"


def _another_place(question: str, key: str, rng: random.Random) -> str:
    names = _ARABIC_PLACES if any(map(is_arabic, question)) else _LATIN_PLACES
    return rng.choice([name for name in names if not any(compatible(key, place.key) for place in places(name))])


def fit(gathered: Sequence[Sample], threshold: float) -> Calibration:
    """Logistic regression with both classes weighing the same, as weights on the features as they are."""
    names = list(gathered[0].features)
    matrix = np.array([[sample.features[name] for name in names] for sample in gathered])
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(class_weight="balanced", C=0.3)
    model.fit(scaler.transform(matrix), [sample.answered for sample in gathered])
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    named = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    return Calibration(named, round(bias, 4), threshold)


def held_out(model: Calibration, gathered: Sequence[Sample]) -> dict[str, float]:
    """How a fitted model does on samples it has not seen."""
    found = np.array([model.probability(sample.features) for sample in gathered])
    answered: NDArray[np.bool_] = np.array([sample.answered for sample in gathered])
    hallucination, error = (found[~answered] >= model.threshold).mean(), (found[answered] < model.threshold).mean()
    return {
        "auroc": round(float(roc_auc_score(answered, found)), 3),
        "hallucination_rate": round(float(hallucination), 3),
        "error_rate": round(float(error), 3),
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
    unseen = reader_data.unread_questions(parsed.pool, card()["trained_on"])
    pools = [replace(each, questions=tuple(q for q in each.questions if q.id in unseen)) for each in pools]
    models: dict[str, object] = {}
    beside = siblings(parsed.pool)
    with tempfile.TemporaryDirectory() as folder:
        build.build_from_documents(pool.documents, Path(folder), settings.index, embedder, lambda *_: None)
        generation = Generation.open(Path(folder))
        for name, reader in ((WITH_READER, Reader.load(embedder, settings)), (WITHOUT_READER, None)):
            gathered = list(_gather(pools, beside, generation, embedder, reader))
            first, second = ([sample for sample in gathered if _half(sample.paragraph) == half] for half in (0, 1))
            fitted = fit(first, THRESHOLDS[name])
            models[name] = {**asdict(fitted), "held_out": held_out(fitted, second)}
    models["fitted_by"] = f"python -m eval.fit_abstention {' '.join(file.name for file in parsed.pool)}" + (
        f" --questions-from {' '.join(f.name for f in parsed.questions_from)}" if parsed.questions_from else ""
    )
    path = Path(str(files("rag").joinpath(MODEL_FILE)))
    path.write_text(json.dumps(models, indent=1) + "\n", "utf-8")
    sys.stderr.write(f"{json.dumps(models, indent=1)}\n-> {path}\n")


def _gather(
    pools: Sequence[Pool],
    beside: Mapping[str, frozenset[str]],
    generation: Generation,
    embedder: Embedder,
    reader: Reader | None,
) -> Iterator[Sample]:
    """Samples of pools over the same documents: from the whole, and from collections of neighbouring paragraphs."""
    engine = Engine(generation, embedder, reader=reader)
    documents = pools[0].documents
    parts = [documents[i : i + NEIGHBOURS] for i in range(0, len(documents), NEIGHBOURS)]
    asked = [(part, questions) for pool in pools for part in parts if (questions := _within(pool, part))]
    collections: list[tuple[Sequence[Document], Sequence[PoolQuestion], int]]
    collections = [(documents, pool.questions, MOST_QUESTIONS // len(pools)) for pool in pools]
    collections += [(part, questions, MOST_OF_FEW) for part, questions in asked]
    for number, (part, questions, most) in enumerate(collections, 1):
        yield from samples(questions, engine, frozenset(document.id for document in part), most, beside)
        sys.stderr.write(f"{number} of {len(collections)} collections\n")


def _within(pool: Pool, part: Sequence[Document]) -> Sequence[PoolQuestion]:
    """The questions of a pool whose gold paragraphs are all among some documents."""
    ids = {document.id for document in part}
    return [question for question in pool.questions if ids.issuperset(question.paragraphs)]


def _half(paragraph: str) -> int:
    return int(paragraph, 16) % 2


if __name__ == "__main__":
    main()
