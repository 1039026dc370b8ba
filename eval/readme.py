"""Write the README's table of measures: ``python -m eval.readme RUN.json [README.md]``."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

START, END = "<!-- measures: written by python -m eval.readme -->", "<!-- end of measures -->"
_SHOWN = {
    "recall@1": "a passage with the answer comes first",
    "recall@10": "… is among the first ten",
    "key_facts": "key facts stated; silence states none",
    "citation_validity": "citations that stand at their offsets, verbatim",
    "faithfulness": "sentences that their citations support",
    "citation_precision": "citations of which none is idle (ALCE)",
    "hallucination_rate": "unanswerable questions answered",
    "error_rate": "answerable questions refused",
    "disagreement_precision": "pairs of sentences said to differ that do",
    "disagreement_recall": "pairs that differ and are said to",
}
_BASELINE = ("recall@1", "key_facts", "quote_f1", "hallucination_rate")


class _Measured(BaseModel):
    retrieval: dict[str, float | None]
    answer: dict[str, float | None]
    abstention: dict[str, float | None]
    disagreement: dict[str, float | None]
    intervals: dict[str, dict[str, list[float] | None]]


class _Baseline(_Measured):
    verdict: str


class _Condition(_Measured):
    robustness: dict[str, float | None]
    cases: list[object]


class _Run(_Measured):
    counts: dict[str, object]
    baselines: dict[str, _Baseline]
    conditions: dict[str, _Condition]


def table(text: str) -> str:
    """The Markdown of a run on the own set, from its JSON."""
    run = _Run.model_validate_json(text)
    values, intervals = _flat(run), _intervals(run)
    questions, documents = run.counts["questions"], run.counts["documents"]
    lines = [
        f"`sanad eval`: {questions} questions on {documents} sample documents, 95 % intervals.",
        "",
        "| measure | value | |",
        "| --- | --- | --- |",
    ]
    for name, meaning in _SHOWN.items():
        lines.append(f"| {name.replace('_', ' ')} | {_short(values[name])}{_span(intervals[name])} | {meaning} |")
    lines += [
        "",
        f"| beside it | {' | '.join(name.replace('_', ' ') for name in _BASELINE)} | than ours |",
        f"| {' | '.join(['---'] * (len(_BASELINE) + 2))} |",
        f"| Sanad | {_cells(run)} | |",
        *(f"| {name} | {_cells(found)} | {found.verdict} |" for name, found in run.baselines.items()),
        "",
        "| harder | questions | answered alike | key facts |",
        "| --- | --- | --- | --- |",
    ]
    for name, harder in run.conditions.items():
        alike, ends = _short(harder.robustness["alike"]), _span(_intervals(harder)["alike"])
        lines.append(f"| {name} | {len(harder.cases)} | {alike}{ends} | {_short(harder.answer['key_facts'])} |")
    return "\n".join(lines)


def replaced(readme: str, text: str) -> str:
    """A README with what stands between the marks replaced; ValueError when it has no marks."""
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"the README needs the lines {START!r} and {END!r}")
    return f"{before}{START}\n{text}\n{END}{after}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Rewrite the README from a run's JSON."""
    parser = argparse.ArgumentParser(prog="python -m eval.readme", description=__doc__)
    parser.add_argument("run", type=Path, help="JSON of 'sanad eval --json' on the project's own questions")
    parser.add_argument("readme", type=Path, nargs="?", default=Path("README.md"))
    given = parser.parse_args(arguments)
    text = replaced(given.readme.read_text("utf-8"), table(given.run.read_text("utf-8")))
    given.readme.write_text(text, "utf-8")


def _cells(run: _Measured) -> str:
    values = _flat(run)
    return " | ".join(_short(values[name]) for name in _BASELINE)


def _flat(run: _Measured) -> Mapping[str, float | None]:
    return {**run.retrieval, **run.answer, **run.abstention, **run.disagreement}


def _intervals(run: _Measured) -> Mapping[str, list[float] | None]:
    return {name: ends for found in run.intervals.values() for name, ends in found.items()}


def _span(ends: list[float] | None) -> str:
    return f" [{_short(ends[0])}, {_short(ends[1])}]" if ends else ""


def _short(value: float | None) -> str:
    """Three decimals without the leading zero, "-" for what was not measured."""
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
