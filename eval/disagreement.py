"""How well sentences that contradict each other are told from those that only look alike: precision and recall.

``python -m eval.disagreement`` judges the project's own labelled pairs, half of which were used for tuning;
``--stance FILE`` the pairs of news sentences of Arabic News Stance (Khouja, 2020), which contradict each other in
words more often than in figures.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from eval.records import read_lines, read_stances
from eval.statistics import Measure
from eval.summary import flag_measures
from index.config import Settings
from index.embed import Embedder
from index.language import detect
from rag.compare import Comparison, Statement, compare

PAIRS = Path(str(files("eval").joinpath("samples", "disagreements.jsonl")))
Label = Literal["disagreement", "update", "agreement", "different"]
Embed = Callable[[Sequence[str]], NDArray[np.float32]]
ASKED: Mapping[str, frozenset[Label]] = {
    "differing": frozenset({"disagreement", "update"}),
    "updates": frozenset({"update"}),
    "agreeing": frozenset({"agreement"}),
}
"""What precision and recall are asked of: the labels of which any one counts."""


class Sentence(BaseModel):
    """A sentence and when its document was published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    published: date | None


class Pair(BaseModel):
    """Two sentences of two documents, labelled by hand.

    Attributes:
        id: Unique in the file.
        half: Whether it served for tuning, or only for reporting.
        label: "disagreement" and "update" give different values for one thing, an update in a later report of the same
            source or one that says so; "agreement" the same value; "different" speaks of different things.
        kind: What differs, or what makes it a trap.
        first: A sentence.
        second: Another document's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    half: Literal["tune", "report"]
    label: Label
    kind: str
    first: Sentence
    second: Sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a labelled pair: "update", "disagreement", "agreement" or, when nothing is, "different"."""

    id: str
    label: Label
    found: Label


def load(file: Path) -> tuple[Pair, ...]:
    """Read labelled pairs, one JSON object a line.

    Raises:
        QuestionSetError: The file cannot be read, or a line is no labelled pair.
    """
    return tuple(read_lines(file, Pair, "labelled pairs (docs/disagreement.md)"))


def load_stance(file: Path) -> tuple[Pair, ...]:
    """Read pairs of Arabic News Stance: columns s1, s2 and stance (agree, disagree, other).

    Raises:
        QuestionSetError: The file cannot be read or lacks a column.
    """
    labels: dict[str, Label] = {"disagree": "disagreement", "agree": "agreement"}
    return tuple(
        Pair(
            id=f"{number}",
            half="report",
            label=labels.get(stance, "different"),
            kind="stance",
            first=Sentence(text=first, published=None),
            second=Sentence(text=second, published=None),
        )
        for number, (first, second, stance) in enumerate(read_stances(file), start=1)
    )


def judge(pairs: Sequence[Pair], embed: Embed) -> tuple[Judged, ...]:
    """Compare the sentences of each pair.

    Args:
        pairs: Labelled pairs.
        embed: Vectors of texts: (n, dimension) float32, unit length.
    """
    if not pairs:
        return ()
    vectors = embed([sentence.text for pair in pairs for sentence in (pair.first, pair.second)])
    cosines = (vectors[::2] * vectors[1::2]).sum(axis=1)
    return tuple(Judged(p.id, p.label, _found(p, float(c))) for p, c in zip(pairs, cosines, strict=True))


def _found(pair: Pair, cosine: float) -> Label:
    first, second = (Statement.of(s.text, s.published) for s in (pair.first, pair.second))
    same_language = detect(pair.first.text) == detect(pair.second.text)
    return verdict(compare(first, second, cosine, same_language=same_language))


def verdict(comparisons: Sequence[Comparison]) -> Label:
    """What comparisons come to, the weightiest first."""
    relations = {comparison.relation for comparison in comparisons}
    if "updates" in relations:
        return "update"
    if "differs" in relations:
        return "disagreement"
    return "agreement" if relations else "different"


def rates(judged: Sequence[Judged], labels: frozenset[Label]) -> dict[str, Measure]:
    """The measures "precision" and "recall" of finding any of some labels where one of them is right."""
    return flag_measures([(one.id, one.found in labels, one.label in labels) for one in judged])


def measures(embed: Embed) -> dict[str, Measure]:
    """Precision and recall of telling that values differ, on the project's own pairs that did not serve for tuning."""
    judged = judge([pair for pair in load(PAIRS) if pair.half == "report"], embed)
    return {f"disagreement_{name}": found for name, found in rates(judged, ASKED["differing"]).items()}


def report(judged: Sequence[Judged]) -> Mapping[str, object]:
    """Rates of telling that values differ, that a later report replaces an earlier one, and that they agree."""
    return {name: {**_rounded(rates(judged, labels)), "pairs": len(judged)} for name, labels in ASKED.items()}


def _rounded(found: Mapping[str, Measure]) -> dict[str, object]:
    rounded: dict[str, object] = {}
    for name, one in found.items():
        rounded[name] = None if one.value is None else round(one.value, 3)
        rounded[f"{name}_interval"] = (
            None if one.low is None or one.high is None else [round(one.low, 3), round(one.high, 3)]
        )
    return rounded


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge pairs and write the rates as JSON to standard output, wrongly judged own pairs to standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stance", type=Path, help="pairs of Arabic News Stance, as CSV")
    parsed = parser.parse_args(arguments)
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    if parsed.stance:
        result: dict[str, object] = {"stance": report(judge(load_stance(parsed.stance), embedder.embed_documents))}
    else:
        pairs = load(PAIRS)
        judged = judge(pairs, embedder.embed_documents)
        halves = {pair.id: pair.half for pair in pairs}
        result = {half: report([one for one in judged if halves[one.id] == half]) for half in ("tune", "report")}
        for one in judged:
            if one.found != one.label:
                sys.stderr.write(f"{halves[one.id]} {one.id}: {one.label}, found {one.found}\n")
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
