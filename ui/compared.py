"""Two runs of the evaluation side by side as HTML, by pure functions."""

from html import escape

from eval.compare import Change, Comparison
from ui.html import frame, label, safe
from ui.texts import Strings

MOST_CHANGES = 30


def compared(comparison: Comparison | None, strings: Strings) -> str:
    """What got better and worse since the run before; "" where there is nothing to compare."""
    if comparison is None:
        return ""
    heads = (strings.measure, strings.difference, strings.interval, strings.better, strings.worse)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    rows = "".join(
        _row(name, gap.value, (gap.low, gap.high), comparison.moved(name), strings)
        for name, gap in comparison.differences.items()
    )
    changes = "".join(_change(change, strings) for change in comparison.changes[:MOST_CHANGES])
    summary = f"{escape(strings.changed_questions)}: {strings.digits(len(comparison.changes))}"
    listed = f"<details><summary>{summary}</summary><ul>{changes}</ul></details>"
    settings = "".join(
        f'<li lang="en" dir="ltr">{escape(f"{name}: {a} → {b}")}</li>' for name, (a, b) in comparison.settings.items()
    )
    return safe(
        f'<section class="compared" {frame(strings)}><h2>{escape(strings.compared)}</h2><ul>{settings}</ul>'
        f'<div class="shelf"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{listed if changes else ''}</section>"
    )


def _row(
    name: str,
    value: float | None,
    interval: tuple[float | None, float | None],
    moved: tuple[int, int],
    strings: Strings,
) -> str:
    form = "+.0f" if name.startswith("ms") else "+.3f"
    low, high = interval
    known = f"{low:{form}} … {high:{form}}" if low is not None and high is not None else "–"
    cells = ("–" if value is None else f"{value:{form}}", known, *(strings.digits(n) for n in moved))
    shown = "".join(f'<td><bdi dir="ltr">{escape(cell)}</bdi></td>' for cell in cells)
    named = strings.measures.get(name)
    told = escape(named) if named else f'<bdi lang="en" dir="ltr">{escape(name.replace("_", " "))}</bdi>'
    return f'<tr><th scope="row">{told}</th>{shown}</tr>'


def _change(change: Change, strings: Strings) -> str:
    kinds = (strings.better, change.better), (strings.worse, change.worse)
    words = " · ".join(escape(word) for word, is_so in kinds if is_so)
    return f'<li>{label(change.first.question)} <span class="badge">{words}</span></li>'
