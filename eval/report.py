"""A report of an eval run: as a table for the terminal and as JSON for whatever compares runs."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Group
from rich.table import Table
from rich.text import Text

from eval.cases import RISK, Case
from eval.statistics import RESAMPLES, SEED, Measure
from index.errors import SanadError

SCHEMA = 1
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "retrieval": ("recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10"),
    "answer": (
        "sentence_hit@1",
        "sentence_hit@2",
        "shown_hit@1",
        "shown_hit@2",
        "citation_validity",
        "faithfulness",
        "key_facts",
    ),
    "abstention": (
        "hallucination_rate",
        "error_rate",
        "balanced_accuracy",
        "auroc",
        "calibration_error",
        "risk_coverage_area",
        f"coverage@{RISK:.0%}_risk",
    ),
    "cost": ("ms_p50", "ms_p95"),
}
"""Names of the measures by section, in the order they are shown; the JSON's names are these and stay so."""

Measures = Mapping[str, Measure]


class ReportError(SanadError):
    """A report cannot be written."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run measured.

    Attributes:
        title: What was run.
        measures: By name, see ``SECTIONS``.
        cases: What became of each question.
        settings: Everything needed to run it again.
        counts: Sizes of the run: questions, paragraphs, questions left out and why.
        groups: The same measures for parts of the questions, such as "language ar".
    """

    title: str
    measures: Measures
    cases: tuple[Case, ...]
    settings: Mapping[str, object]
    counts: Mapping[str, int]
    groups: Mapping[str, Measures] = field(default_factory=dict)


def to_json(report: Report) -> dict[str, object]:
    """The report in JSON's types; a measure that was not taken is null."""
    return {
        "schema": SCHEMA,
        "title": report.title,
        **_values(report.measures),
        "intervals": _intervals(report.measures),
        "counts": {**report.counts, **_counts(report.measures)},
        "groups": {
            name: {**_values(found), "intervals": _intervals(found), "counts": _counts(found)}
            for name, found in report.groups.items()
        },
        "settings": {**report.settings, "resamples": RESAMPLES, "seed": SEED},
        "cases": [_case(case) for case in report.cases],
    }


def write_json(report: Report, file: Path) -> None:
    """Write the report so that the file is either the old one or the whole new one.

    Raises:
        ReportError: The file cannot be written.
    """
    text = json.dumps(to_json(report), ensure_ascii=False, indent=1, allow_nan=False)
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as stream:
            stream.write(text.encode("utf-8", errors="replace") + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        msg = f"{file}: the report cannot be written ({error.strerror}); name a file in a folder with room"
        raise ReportError(msg) from error


def to_table(report: Report) -> Group:
    """The report for a ``rich`` console, which leaves colours out where the output is no terminal."""
    parts: list[Text | Table] = [Text(_printable(report.title), style="bold")]
    parts.append(Text(", ".join(f"{name.replace('_', ' ')}: {n}" for name, n in report.counts.items())))
    parts.append(_measures_table(report.measures))
    if report.groups:
        parts.append(_groups_table(report.groups))
    parts.append(Text("Intervals: bootstrap over documents; Wilson or 3/n for small counts."))
    return Group(*parts)


def _measures_table(measures: Measures) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("", "measure"):
        table.add_column(heading, no_wrap=True)
    for heading in ("value", "95 % interval", "judged", "excluded"):
        table.add_column(heading, justify="right", no_wrap=True)
    for section, names in SECTIONS.items():
        label = section
        for name in names:
            if name in measures and measures[name].judged:
                found = measures[name]
                table.add_row(
                    label, name, _number(name, found.value), _span(name, found),
                    str(found.judged), str(found.excluded),
                )  # fmt: skip
                label = ""
    return table


def _groups_table(groups: Mapping[str, Measures]) -> Table:
    """One row for each group, with the measures that any group could be judged by."""
    shown = (
        "recall@1",
        "recall@10",
        "citation_validity",
        "faithfulness",
        "key_facts",
        "hallucination_rate",
        "error_rate",
    )
    names = [n for n in shown if any(n in g and g[n].judged for g in groups.values())]
    table = Table(box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("n", *names):
        table.add_column(name.removesuffix("_rate").replace("_", " "), justify="right", no_wrap=True)
    for group, measures in groups.items():
        cells = [_number(name, measures[name].value if name in measures else None) for name in names]
        table.add_row(
            Text(_printable(group)), str(measures["error_rate"].judged + measures["hallucination_rate"].judged), *cells
        )
    return table


def _number(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if name.startswith("ms_") else f"{value:.3f}"


def _span(name: str, found: Measure) -> str:
    if found.low is None:
        return "-"
    return f"{_number(name, found.low)} to {_number(name, found.high)}"


def _values(measures: Measures) -> dict[str, dict[str, float | None]]:
    return {
        section: {name: measures[name].value if name in measures else None for name in names}
        for section, names in SECTIONS.items()
    }


def _intervals(measures: Measures) -> dict[str, dict[str, list[float] | None]]:
    def ends(found: Measure | None) -> list[float] | None:
        return None if found is None or found.low is None or found.high is None else [found.low, found.high]

    return {section: {name: ends(measures.get(name)) for name in names} for section, names in SECTIONS.items()}


def _counts(measures: Measures) -> dict[str, dict[str, dict[str, int]]]:
    return {
        section: {
            name: {"judged": measures[name].judged, "excluded": measures[name].excluded}
            for name in names
            if name in measures
        }
        for section, names in SECTIONS.items()
    }


def _case(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "question": case.question,
        "kind": case.kind or None,
        "language": case.language or None,
        "answerable": case.answerable,
        "gold": list(case.gold),
        "expected": list(case.expected),
        "rank": case.rank,
        "hits": {name: earned / possible for name, (earned, possible) in case.scores.items()},
        "answer": case.answer,
        "abstained": case.abstained,
        "confidence": case.confidence,
        "ms": case.ms,
    }


def _printable(text: str) -> str:
    """Text without characters that steer a terminal or reorder its line."""
    return "".join(c if c.isprintable() else "?" for c in text)
