"""A report as one HTML page that needs nothing else: no network, every text escaped, both directions of writing."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eval import metrics, plots
from eval.plots import Bar
from eval.report import AMOUNTS, SECTIONS, Measures, Report, causes, write_whole
from eval.summary import Baseline

_GROUPED = ("recall@1", "key_facts", "error_rate", "hallucination_rate")


@dataclass(frozen=True, slots=True)
class Wording:
    """The language that a page is in.

    Attributes:
        code: ISO 639-1 code.
        direction: Direction of the layout.
        phrases: What is said for each English phrase of the page, for the names that ``Report`` gives to measures,
            counts, baselines and conditions, and for the words of a verdict; what is missing stays English.
        languages: Names of languages by their codes.
    """

    code: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    phrases: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)

    def say(self, english: str) -> str:
        """A phrase, or the name of something, in this language."""
        return self.phrases.get(english) or english.replace("_", " ")

    def language(self, code: str) -> str:
        """A language, or a pair of languages such as "en-ar", by its code."""
        return "-".join(self.languages.get(part, part) for part in code.split("-"))

    def group(self, name: str) -> str:
        """What a group of questions is called: "fact" of "kind fact"."""
        kind, _, value = name.partition(" ")
        return self.say(value) if kind == "kind" else self.language(value)

    def verdict(self, baseline: Baseline) -> str:
        """Whether a baseline is better than ours, see ``Baseline.verdict``."""
        parts = ("worse", baseline.worse), ("better", baseline.better)
        comma = self.say(", ")
        told = " · ".join(f"{self.say(word)}: {comma.join(map(self.say, names))}" for word, names in parts if names)
        if baseline.worse and baseline.better:
            return f"{self.say('not better')} ({told})"
        return told or self.say("no difference seen")


ENGLISH = Wording()


def to_html(report: Report, wording: Wording = ENGLISH) -> str:
    """The report as a page."""
    environment = Environment(
        loader=PackageLoader("eval", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (Markup(files("eval").joinpath("html", name).read_text("utf-8")) for name in _ASSETS)  # noqa: S704
    return environment.get_template("report.html").render(
        report=report,
        wording=wording,
        say=wording.say,
        sections=_sections(report.measures),
        settings=_flat(report.settings),
        amounts=AMOUNTS,
        plots=_plots(report, wording),
        causes=causes(report.cases),
        verdicts=_counted([case.verdict for case in report.cases]),
        kinds=_counted([case.kind for case in report.cases if case.kind]),
        languages=_counted([case.language for case in report.cases if case.language]),
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'",
    )


_ASSETS = ("style.css", "script.js")


def write_html(report: Report, file: Path, wording: Wording = ENGLISH) -> None:
    """Write the page so that the file is either the old one or the whole new one.

    Raises:
        ReportError: The file cannot be written.
    """
    write_whole(to_html(report, wording), file)


def _hash(text: str) -> str:
    """What a content security policy calls an inline style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _sections(measures: Measures) -> dict[str, dict[str, object]]:
    """Judged measures by section."""
    judged = {
        section: {name: measures[name] for name in names if name in measures and measures[name].judged}
        for section, names in SECTIONS.items()
    }
    return {section: dict(found) for section, found in judged.items() if found}


def _flat(settings: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Settings with those of settings as dotted names."""
    found: dict[str, object] = {}
    for name, value in settings.items():
        found |= _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
    return found


def _counted(names: Sequence[str]) -> dict[str, int]:
    return {name: names.count(name) for name in sorted(set(names))}


def _plots(report: Report, wording: Wording) -> list[Markup]:
    say = wording.say
    drawn = [found for name in _GROUPED if (found := _group_plot(name, report.groups, wording))]
    cases = report.cases
    if "calibration_error" in report.measures:
        confidence, answerable = [c.confidence for c in cases], [c.answerable for c in cases]
        drawn.append(
            plots.dots(
                say("Calibration: confidence against the share that had an answer"),
                say("confidence"),
                say("answerable"),
                metrics.calibration_bins(confidence, answerable),
            )
        )
        coverage, risk = metrics.risk_coverage(confidence, ~np.array(answerable))
        drawn.append(
            plots.curve(
                say("Risk and coverage: unanswerable among the most confident"),
                say("coverage"),
                say("risk"),
                list(zip(coverage.tolist(), risk.tolist(), strict=True)),
            )
        )
    if "ms_p50" in report.measures:
        marks = [(name.removeprefix("ms_"), report.measures[name].value or 0.0) for name in ("ms_p50", "ms_p95")]
        title = say("Milliseconds from question to answer")
        drawn.append(plots.histogram(title, say("ms"), [c.ms for c in cases], marks))
    return drawn


def _group_plot(name: str, groups: Mapping[str, Measures], wording: Wording) -> Markup | None:
    rows = [
        Bar(wording.group(group), found.value, found.low, found.high, found.judged)
        for group, measures in groups.items()
        if (found := measures.get(name)) is not None and found.value is not None
    ]
    title = f"{wording.say(name)} {wording.say('by kind, language and pair of languages (questions)')}"
    return plots.bars(title, rows) if rows else None
