"""Dates with what happened then, and what else a sentence states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.compare import Statement, compare
from rag.facts import read
from rag.wordlists import events, spellings, stands_in, things, unit


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "events"),
    [
        ("وصل الوزير إلى الميناء يوم 14 مايو.", None, 5, 14, {"sent"}),
        ("وُقّع الاتفاق في 3 فبراير 2029.", 2029, 2, 3, {"signed"}),
        ("تأسست الشركة عام 1987.", 1987, None, None, {"founded"}),
        ("Мост откроют 19 июня 2032 года.", 2032, 6, 19, {"opened"}),
        ("غادر الرئيس في 13 يوليو.", None, 7, 13, {"returned"}),
        ("The firm was founded in 1992.", 1992, None, None, {"founded"}),
    ],
)
def test_dates(text: str, year: int | None, month: int | None, day: int | None, events: set[str]):
    (found,) = read(text).dates
    assert (found.year, found.month, found.day, found.events) == (year, month, day, events)
    assert text[found.start : found.end] in text


def test_counted_years_are_no_dates():
    assert read("زار المعرض في 2030 شخص.").dates == ()


def test_a_sentence_as_a_whole():
    facts = read("لم تصل إلى روسيا حتى الآن أي سفينة.")
    assert facts.negated
    assert facts.cumulative
    assert not facts.corrects
    assert read("ارتفعت الحصيلة إلى 310 قتلى.").corrects


def test_words_are_looked_up_without_particles_and_endings():
    assert things("وبالجنود") == {"soldier"}
    assert events("سترسل"[1:]) == {"sent"}
    assert events("погибших") == {"killed"}
    assert unit("كيلومترا") == ("metre", 1000.0)
    assert unit("جندي") is None
    assert stands_in("source", "الاستخبارات") == "استخبارات"
    assert events("وزاره") == frozenset()  # a ministry is no visit
    assert spellings("") == ()


PIECES = (
    "قُتل",
    "نحو",
    "بين",
    "و",
    "إلى",
    "5",
    "10 آلاف",
    "ألف",
    "جندي",
    "جنديًا",
    "في",
    "المئة",
    "%",
    "$",
    "،",
    ".",
    "-",
    "من",
)
PIECES += (
    "3 مايو",
    "2029",
    "about",
    "six",
    "million",
    "soldiers",
    "لم",
    "سترسل",
    "ست",
    "\u200f",
    "٣",
    "1,000",
    "الألغام",
    "نزع",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=60), st.booleans())
def test_any_text_is_read(text: str, same_language: bool):
    facts = read(text)
    for figure in (*facts.quantities, *facts.dates):
        assert 0 <= figure.start < figure.end <= len(text)
    for quantity in facts.quantities:
        assert 0 <= quantity.least <= quantity.low <= quantity.high <= quantity.most
    statement = Statement.of(text, None)
    assert all(found.relation == "agrees" for found in compare(statement, statement, 1.0, same_language=same_language))
