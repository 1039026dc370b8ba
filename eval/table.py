"""A report as tables for the terminal."""

from collections.abc import Mapping, Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from eval.compare import Comparison
from eval.report import AMOUNTS, SECTIONS, Measures, Report, causes
from eval.statistics import Difference, Measure
from eval.summary import Baseline

_NAME = 14  # characters of a line of a system's name, so that names break between words


def to_table(report: Report) -> Group:
    """The report for a ``rich`` console, which leaves colours out where the output is no terminal."""
    parts: list[Text | Table] = [Text(_printable(report.title), style="bold")]
    parts.append(Text(", ".join(f"{name.replace('_', ' ')}: {n}" for name, n in report.counts.items())))
    parts.append(_measures_table(report.measures))
    if report.groups:
        parts.append(_groups_table(report.groups))
    if report.baselines:
        parts.append(_baselines_table(report.measures, report.baselines))
        parts += [Text(_printable(f"{found.name}: {found.verdict}")) for found in report.baselines]
        parts.append(Text("Baselines: value, interval, difference from ours, p of a paired randomisation test."))
    if report.conditions:
        parts.append(_conditions_table(report.conditions))
        parts.append(Text("Robustness: value, interval, difference from the easier way of asking the same questions."))
    parts += [Text(f"{cause}: {count}") for cause, count in causes(report.cases).items()]
    parts.append(Text("Intervals: bootstrap over documents; Wilson or 3/n for small counts."))
    return Group(*parts)


def comparison_table(comparison: Comparison, most: int) -> Group:
    """A comparison for a ``rich`` console, with at most ``most`` cases in each list."""
    parts: list[Text | Table] = [
        Text(f"{comparison.common} questions of both runs; only in the first: {comparison.only[0]}, in the second: "
             f"{comparison.only[1]}.")
    ]  # fmt: skip
    if comparison.settings:
        parts += [Text(_printable(f"{name}: {a} -> {b}")) for name, (a, b) in comparison.settings.items()]
    table = Table(box=None, pad_edge=False)
    table.add_column("measure", no_wrap=True)
    for heading in ("difference", "95 % interval", "p", "judged", "better", "worse"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, gap in comparison.differences.items():
        better, worse = comparison.moved(name)
        table.add_row(name, _signed(gap.value), f"{_signed(gap.low)} to {_signed(gap.high)}", _p(gap.p),
                      str(gap.judged), *(("", "") if name == "ms" else (str(better), str(worse))))  # fmt: skip
    parts.append(table)
    lists = {
        "Better": [c for c in comparison.changes if c.better and not c.worse],
        "Worse": [c for c in comparison.changes if c.worse and not c.better],
        "Better in one way, worse in another": [c for c in comparison.changes if c.better and c.worse],
    }
    for heading, changes in lists.items():
        parts.append(Text(f"{heading}: {len(changes)}", style="bold"))
        for change in changes[:most]:
            moved = (f"{name} {_number(name, a)} -> {_number(name, b)}" for name, (a, b) in change.scores.items())
            parts.append(Text(_printable(f"  {change.first.id}: {', '.join(moved)}")))
            parts.append(Text(_printable(f"      {change.first.question}")))
        if len(changes) > most:
            parts.append(Text(f"  and {len(changes) - most} more"))
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


def _baselines_table(ours: Measures, baselines: Sequence[Baseline]) -> Table:
    """Ours, then the baselines; each cell holds the value, its interval, and the difference from ours."""
    names = [name for _, section in SECTIONS.items() for name in section if name in baselines[0].measures]
    table = _wide_table(names)
    table.add_row(Text("ours"), *(_stacked(name, ours[name]) for name in names if name in ours))
    for found in baselines:
        table.add_row(Text(_printable(found.name)), *_row(found, names))
    return table


def _conditions_table(conditions: Sequence[Baseline]) -> Table:
    """A row for each condition, with how many questions were asked under it."""
    names = tuple(conditions[0].measures)
    table = _wide_table(("n", *names))
    for found in conditions:
        table.add_row(Text(_printable(found.name)), str(len(found.cases)), *_row(found, names))
    return table


def _wide_table(names: Sequence[str]) -> Table:
    """A table whose seven stacked columns fit 120 characters."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", min_width=_NAME)
    for name in names:
        table.add_column(name.removesuffix("_rate"), justify="right", no_wrap=True)
    return table


def _row(found: Baseline, names: Sequence[str]) -> list[str]:
    return [_stacked(name, found.measures[name], found.differences[name]) for name in names]


def _stacked(name: str, found: Measure, gap: Difference | None = None) -> str:
    lines = [_number(name, found.value), _span(name, found).replace(" to ", "-")]
    if gap is not None and gap.value is not None:
        lines.append(f"{_signed(gap.value)} p {_p(gap.p)}")
    return "\n".join(lines)


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{value:+.3f}"


def _p(value: float | None) -> str:
    return "-" if value is None else "<.001" if value < 0.001 else f"{value:.3f}"


def _number(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if name in AMOUNTS:
        return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
    return f"{value:.3f}"


def _span(name: str, found: Measure) -> str:
    if found.low is None:
        return "-"
    return f"{_number(name, found.low)} to {_number(name, found.high)}"


def _printable(text: str) -> str:
    """Text without characters that steer a terminal or reorder its line."""
    return "".join(c if c.isprintable() else "?" for c in text)
