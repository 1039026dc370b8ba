"""Two stored runs on the same questions: what got better and what got worse, case by case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ValidationError

from eval.cases import Case
from eval.records import first_fault
from eval.report import SECTIONS, ReportError
from eval.statistics import Difference
from eval.summary import difference, gain


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its JSON holds it; every case's scores are shares of what could be earned."""

    title: str
    settings: Mapping[str, object]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A question that the runs did not treat alike.

    Attributes:
        first: The case of the first run.
        second: The case of the second.
        scores: Scores that changed, from the first value to the second.
        better: Whether any got better.
        worse: Whether any got worse.
    """

    first: Case
    second: Case
    scores: Mapping[str, tuple[float, float]]
    better: bool
    worse: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a second run differs from a first.

    Attributes:
        settings: Settings that differ: the first's value and the second's, None where one has none.
        differences: By measure, over the questions that both runs could judge.
        changes: Questions whose scores changed, in the order of the first run.
        common: Questions of both runs.
        only: Questions of the first run alone, and of the second.
    """

    settings: Mapping[str, tuple[object, object]]
    differences: Mapping[str, Difference]
    changes: tuple[Change, ...]
    common: int
    only: tuple[int, int]

    def moved(self, name: str) -> tuple[int, int]:
        """How many questions got better by a measure, and worse."""
        scores = [change.scores[name] for change in self.changes if name in change.scores]
        moves = [gain(name, after - before) for before, after in scores]
        return sum(move > 0 for move in moves), sum(move < 0 for move in moves)


class _Case(BaseModel):
    id: str
    question: str
    cluster: str
    answerable: bool
    hits: dict[str, float]
    answer: str
    abstained: bool
    ms: float


class _Run(BaseModel):
    title: str
    settings: dict[str, object]
    cases: list[_Case]


def read_run(file: Path) -> Run:
    """Read a run from the JSON that ``report.write_json`` wrote.

    Raises:
        ReportError: The file cannot be read or is no run.
    """
    try:
        read = _Run.model_validate_json(file.read_bytes())
    except OSError as error:
        raise ReportError(f"{file}: cannot be read ({error.strerror}); name a run's JSON file") from error
    except ValidationError as error:
        raise ReportError(f"{file}: {first_fault(error)}; write the run anew with --json") from error
    cases = tuple(
        Case(
            id=case.id,
            question=case.question,
            cluster=case.cluster,
            answerable=case.answerable,
            gold=(),
            expected=(),
            rank=None,
            scores={name: (value, 1.0) for name, value in case.hits.items()},
            answer=case.answer,
            abstained=case.abstained,
            ms=case.ms,
        )
        for case in read.cases
    )
    return Run(read.title, read.settings, cases)


def compare(first: Run, second: Run) -> Comparison:
    """Compare two runs question by question; a question is known by its id and its words.

    Raises:
        ReportError: They have no question in common.
    """
    known = {(case.id, case.question): case for case in second.cases}
    pairs = [(case, known[case.id, case.question]) for case in first.cases if (case.id, case.question) in known]
    if not pairs:
        raise ReportError("The runs have no question in common; compare runs of the same question set.")
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    shared = {name for a, b in pairs for name in a.scores.keys() & b.scores.keys()}
    names = [name for section in SECTIONS.values() for name in section if name in shared]
    earlier, later = ([replace(c, scores={"ms": (c.ms, 1.0)}) for c in cases] for cases in (ours, theirs))
    differences = {name: difference(ours, theirs, name) for name in names}
    return Comparison(
        settings=_changed_settings(first.settings, second.settings),
        differences={**differences, "ms": difference(earlier, later, "ms")},
        changes=tuple(_changes(pairs, names)),
        common=len(pairs),
        only=(len(first.cases) - len(pairs), len(second.cases) - len(pairs)),
    )


def _changes(pairs: Sequence[tuple[Case, Case]], names: Sequence[str]) -> list[Change]:
    found: list[Change] = []
    for a, b in pairs:
        both = [name for name in names if name in a.scores and name in b.scores]
        scores = {name: (a.score(name), b.score(name)) for name in both if a.score(name) != b.score(name)}
        if scores:
            gains = [gain(name, after - before) for name, (before, after) in scores.items()]
            found.append(Change(a, b, scores, better=max(gains) > 0, worse=min(gains) < 0))
    return found


def _changed_settings(first: Mapping[str, object], second: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    names = dict.fromkeys((*first, *second))
    return {name: (first.get(name), second.get(name)) for name in names if first.get(name) != second.get(name)}
