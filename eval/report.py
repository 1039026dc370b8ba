"""A report of an eval run, and its JSON for whatever compares runs."""

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from eval.cases import Case
from eval.statistics import RESAMPLES, SEED, Difference, Measure
from eval.summary import RISK, Baseline
from eval.support import KINDS
from index.errors import SanadError

SCHEMA = 1
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "retrieval": ("recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10"),
    "answer": (
        "sentence_hit@1",
        "sentence_hit@2",
        "shown_hit@1",
        "shown_hit@2",
        "exact_match",
        "exact_match_as_written",
        "f1",
        "f1_as_written",
        "citation_validity",
        "citation_recall",
        "citation_precision",
        "faithfulness",
        "strict_faithfulness",
        "key_facts",
        "key_facts_as_written",
        "quote_f1",
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
    "disagreement": ("disagreement_shown", "disagreement_precision", "disagreement_recall"),
    "support": (
        "support_false_alarms",
        *(f"support_{rate}_{kind}" for rate in ("recall", "precision") for kind in KINDS),
    ),
    "robustness": ("alike", "answered"),
    "cost": ("ms_p50", "ms_p95", "questions_per_second", "build_tokens_per_second", "peak_memory_mb"),
}
"""Names of the measures by section, in the order they are shown; the JSON's names are these and stay so."""

Measures = Mapping[str, Measure]
AMOUNTS = frozenset(SECTIONS["cost"])
"""Measures that are no share in [0, 1]."""


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
        baselines: Other systems on the same questions.
        conditions: Ours on questions asked in a harder way; differences are from the easier way.
    """

    title: str
    measures: Measures
    cases: tuple[Case, ...]
    settings: Mapping[str, object]
    counts: Mapping[str, int]
    groups: Mapping[str, Measures] = field(default_factory=dict)
    baselines: tuple[Baseline, ...] = ()
    conditions: tuple[Baseline, ...] = ()


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
        "baselines": {found.name: {"verdict": found.verdict, **_baseline(found)} for found in report.baselines},
        "conditions": {found.name: _baseline(found) for found in report.conditions},
        "settings": {**report.settings, "resamples": RESAMPLES, "seed": SEED},
        "causes": causes(report.cases),
        "cases": [_case(case) for case in report.cases],
    }


def causes(cases: Sequence[Case]) -> dict[str, int]:
    """How many questions failed from each cause, the commonest first."""
    return dict(Counter(case.cause for case in cases if case.cause).most_common())


def write_json(report: Report, file: Path) -> None:
    """Write the report as JSON; see ``write_whole``."""
    write_whole(json.dumps(to_json(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n", file)


def write_whole(text: str, file: Path) -> None:
    """Write a text so that the file is either the old one or the whole new one.

    Raises:
        ReportError: The file cannot be written.
    """
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as stream:
            stream.write(text.encode("utf-8", errors="replace"))
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        msg = f"{file}: the report cannot be written ({error.strerror}); name a file in a folder with room"
        raise ReportError(msg) from error


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


def _baseline(found: Baseline) -> dict[str, object]:
    return {
        **_values(found.measures),
        "intervals": _intervals(found.measures),
        "differences": {name: _difference(gap) for name, gap in found.differences.items()},
        "cases": [_case(case) for case in found.cases],
    }


def _difference(gap: Difference) -> dict[str, object]:
    interval = None if gap.low is None or gap.high is None else [gap.low, gap.high]
    return {"value": gap.value, "interval": interval, "p": gap.p, "judged": gap.judged}


def _case(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "question": case.question,
        "cluster": case.cluster,
        "kind": case.kind or None,
        "language": case.language or None,
        "answerable": case.answerable,
        "gold": list(case.gold),
        "quotes": list(case.quotes),
        "expected": list(case.expected),
        "rank": case.rank,
        "hits": {name: case.score(name) for name in case.scores},
        "answer": case.answer,
        "sentences": [asdict(sentence) for sentence in case.said],
        "worded_by": case.worded_by or None,
        "abstained": case.abstained,
        "confidence": case.confidence,
        "ms": case.ms,
    }
