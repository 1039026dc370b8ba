"""Plots of a report as inline SVG: pure functions from numbers to markup, every label escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from markupsafe import Markup

_WIDTH, _LABEL, _ROW = 440, 150, 24
_SIDE, _MARGIN = 260, 36
_COLUMNS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A value in [0, 1] with its interval, None where there is none."""

    label: str
    value: float
    low: float | None
    high: float | None
    judged: int


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """A bar for each row with its interval as a whisker."""
    height = _ROW * len(rows) + 26
    parts = [_frame(title, _WIDTH, height)]
    span = _WIDTH - _LABEL - 54
    for tick in (0.0, 0.5, 1.0):
        x = _LABEL + tick * span
        parts.append(Markup('<line class="grid" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1}"/>').format(x, height - 20))
        parts.append(_text(x, height - 6, f"{tick:g}", "middle"))
    for number, row in enumerate(rows):
        middle = number * _ROW + _ROW / 2
        parts.append(_text(_LABEL - 8, middle + 4, f"\u2068{row.label} ({row.judged})\u2069", "end"))
        parts.append(
            Markup('<rect class="bar" x="{}" y="{:.1f}" width="{:.1f}" height="12" rx="2"/>').format(
                _LABEL, middle - 6, max(1.0, row.value * span)
            )
        )
        if row.low is not None and row.high is not None:
            parts.append(
                Markup('<line class="whisker" x1="{:.1f}" x2="{:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>').format(
                    _LABEL + row.low * span, _LABEL + row.high * span, y=middle
                )
            )
        parts.append(_text(_WIDTH - 6, middle + 4, f"{row.value:.3f}", "end", "value"))
    return _closed(parts)


def curve(title: str, across: str, up: str, points: Sequence[tuple[float, float]]) -> Markup:
    """A curve through points in the unit square."""
    path = " ".join(f"{'M' if n == 0 else 'L'}{_x(x):.1f} {_y(y):.1f}" for n, (x, y) in enumerate(points))
    return _closed([*_square(title, across, up), Markup('<path class="curve" d="{}"/>').format(path)])


def dots(title: str, across: str, up: str, points: Sequence[tuple[float, float, int]]) -> Markup:
    """Points (x, y, cases) in the unit square beside its diagonal, on which they should lie."""
    parts = _square(title, across, up)
    parts.append(
        Markup('<line class="diagonal" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
            _x(0), _y(0), _x(1), _y(1)
        )
    )
    most = max((n for *_, n in points), default=1)
    parts += [
        Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle>').format(
            _x(x), _y(y), 3 + 4 * (n / most) ** 0.5, f"{x:.2f} / {y:.2f}, {n} cases"
        )
        for x, y, n in points
    ]
    return _closed(parts)


def histogram(title: str, unit: str, values: Sequence[float], marks: Sequence[tuple[str, float]]) -> Markup:
    """How often values occur, with marked values; the highest hundredth counts with the last column.

    Args:
        title: Of the plot.
        unit: Of the values.
        values: (n,) at least one.
        marks: Name and value of each line to draw.
    """
    low, high = float(np.min(values)), max(float(np.percentile(values, 99)), *(value for _, value in marks))
    counts, edges = np.histogram(np.minimum(values, high), bins=_COLUMNS, range=(low, max(high, low + 1e-6)))
    height, base, span = 200, 168, _WIDTH - 2 * _MARGIN

    def place(value: float) -> float:
        return float(_MARGIN + span * (value - edges[0]) / (edges[-1] - edges[0]))

    parts = [_frame(title, _WIDTH, height)]
    for (left, right), count in zip(pairwise(edges), counts, strict=True):
        tall = (base - 28) * count / counts.max()
        parts.append(
            Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
                place(left) + 0.5, base - tall, place(right) - place(left) - 1, tall
            )
        )
    for number, (name, value) in enumerate(marks):
        x = place(value)
        parts.append(Markup('<line class="mark" x1="{0:.1f}" x2="{0:.1f}" y1="12" y2="{1}"/>').format(x, base))
        late = x > _WIDTH / 2
        parts.append(
            _text(x - 4 if late else x + 4, 18 + 14 * number, f"{name} {value:.0f}", "end" if late else "start")
        )
    parts.append(_text(_MARGIN, base + 18, f"{edges[0]:.0f}", "middle"))
    parts.append(_text(_WIDTH - _MARGIN, base + 18, f"{edges[-1]:.0f} {unit}", "end"))
    return _closed(parts)


def _square(title: str, across: str, up: str) -> list[Markup]:
    parts = [_frame(title, _SIDE + 2 * _MARGIN, _SIDE + 2 * _MARGIN)]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(
            Markup('<path class="grid" d="M{:.1f} {:.1f}H{:.1f}M{:.1f} {:.1f}V{:.1f}"/>').format(
                _x(0), _y(tick), _x(1), _x(tick), _y(0), _y(1)
            )
        )
        parts.append(_text(_x(tick), _y(0) + 15, f"{tick:g}", "middle"))
        parts.append(_text(_x(0) - 6, _y(tick) + 4, f"{tick:g}", "end"))
    parts.append(_text(_x(0.5), _y(0) + 31, across, "middle"))
    parts.append(
        Markup('<text class="axis" transform="translate(10 {:.1f}) rotate(-90)" text-anchor="middle">{}</text>').format(
            _y(0.5), up
        )
    )
    return parts


def _x(value: float) -> float:
    return _MARGIN + 6 + value * _SIDE


def _y(value: float) -> float:
    return 8 + (1 - value) * _SIDE


def _frame(title: str, width: float, height: float) -> Markup:
    # Left to right whatever the page: axes are numbers.
    return Markup(
        '<figure class="plot" dir="ltr"><figcaption dir="auto">{0}</figcaption>'
        '<svg viewBox="0 0 {1} {2}" role="img"><title>{0}</title>'
    ).format(title, width, height)


def _text(x: float, y: float, text: str, anchor: str, kind: str = "axis") -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(kind, x, y, anchor, text)


def _closed(parts: Sequence[Markup]) -> Markup:
    return Markup("").join([*parts, Markup("</svg></figure>")])
