"""Plots: numbers at the right places, labels escaped."""

import re
from xml.etree import ElementTree as ET

import pytest

from eval.plots import Bar, bars, curve, dots, histogram


def shapes(svg: str, name: str) -> list[dict[str, str]]:
    """Attributes of the shapes of a class, in the order of the drawing."""
    return [element.attrib for element in ET.fromstring(svg).iter() if element.get("class") == name]


def test_a_bar_is_as_long_as_its_value_and_its_whisker_as_its_interval():
    found = bars("t", [Bar("a", 1.0, None, None, 3), Bar("b", 0.5, 0.25, 0.75, 3)])
    whole, half = (float(bar["width"]) for bar in shapes(found, "bar"))
    assert half == pytest.approx(whole / 2, abs=0.1)
    (whisker,) = shapes(found, "whisker")
    assert float(whisker["x2"]) - float(whisker["x1"]) == pytest.approx(whole / 2, abs=0.1)


def test_a_curve_goes_through_its_points_upwards():
    (path,) = shapes(curve("t", "x", "y", [(0.0, 0.0), (0.5, 1.0), (1.0, 1.0)]), "curve")
    (x0, y0), (x1, y1), (x2, y2) = [tuple(map(float, p)) for p in re.findall(r"[ML]([\d.]+) ([\d.]+)", path["d"])]
    assert x1 == pytest.approx((x0 + x2) / 2, abs=0.1)
    assert y1 == y2 < y0


def test_a_dot_of_more_cases_is_larger():
    few, many = shapes(dots("t", "x", "y", [(0.2, 0.3, 1), (0.8, 0.7, 9)]), "dot")
    assert float(few["r"]) < float(many["r"])
    assert float(few["cx"]) < float(many["cx"])


def test_histogram_counts_and_marks():
    found = histogram("t", "ms", [10.0] * 30 + [20.0] * 10, [("p50", 10.0), ("p95", 20.0)])
    tall = [float(bar["height"]) for bar in shapes(found, "bar")]
    assert tall[-1] == pytest.approx(tall[0] / 3, abs=0.1)
    first, last = (float(mark["x1"]) for mark in shapes(found, "mark"))
    assert first < last
    assert "p95 20" in found


def test_equal_values_are_one_column():
    assert sum(float(bar["height"]) > 0 for bar in shapes(histogram("t", "ms", [5.0], [("p50", 5.0)]), "bar")) == 1


def test_labels_are_escaped():
    found = bars("<b>", [Bar("<script>", 0.5, None, None, 1)])
    assert "<b>" not in found
    assert "<script>" not in found
