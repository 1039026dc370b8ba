"""Whether a text holds an answer or states a fact."""

import pytest

from eval import metrics


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("The Blue Bridge, built in 1932.", "1932"),
        ("افتُتِح الجسر في عام ١٩٣٢م.", "1932"),
        ("تقع المدرسة في أبها.", "ابها"),
        ("The mayor of the U.S.A. came.", "USA"),
        ("It cost 1,200 dinars", "1200"),
        ("بين 1914-1918", "1914"),
        ("It rose by 5%.", "5%"),
        ("共有12人参加", "12"),
        ("THE RIVER ran dry", "a river"),
        ("C++ is older", "C++"),
    ],
)
def test_text_holds_the_answer(text: str, gold: str):
    assert metrics.holds_answer(text, gold)


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("built in 1932", "32"),
        ("built in 1932", "193"),
        ("it cost 11,200 dinars", "200"),
        ("it cost 3.5 dinars", "5"),
        ("The mayor came", "..."),
        ("The mayor came", " "),
        ("The mayor came", "bridge"),
    ],
)
def test_text_does_not_hold_the_answer(text: str, gold: str):
    assert not metrics.holds_answer(text, gold)


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("كلف البناء ١٢٠٠ دينار", "1200"),
        ("كلف البناء 1٬200 دينار", "1200"),
        ("بلغت الكلفة 12,500,000 دينار", "12500000"),
        ("وصل إلى مُوسكو مساءً", "موسكو"),
        ("غادر لموسكو", "موسكو"),
        ("قال للمدير إن الجسر آمن", "المدير"),
        ("قرر المدير", "مدير"),
        ("في مدرسةٍ قديمة", "مدرسه"),
        ("BRIDGE closed", "bridge"),
        ("shipped 1200kg", "1200"),
        ("ارتفع 5 ٪", "5%"),
        ("在东京举行", "东京"),
        ("نحو ألف رجل", "ألف"),
    ],
)
def test_fact_is_stated(text: str, variant: str):
    assert metrics.states_fact(text, [variant])


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("كلف البناء 11000 دينار", "1000"),
        ("كلف البناء 10000 دينار", "1000"),
        ("كلف البناء 11,000 دينار", "1000"),
        ("كلف 1000.5 دينار", "1000"),
        ("كلف 2.1000 دينار", "1000"),
        ("نحو ألفين من الرجال", "ألف"),
        ("درس الكيمياء", "كيم"),
        ("the bridges", "bridge"),
        ("لم يقل شيئا", "  "),
        ("", "1000"),
    ],
)
def test_fact_is_not_stated(text: str, variant: str):
    assert not metrics.states_fact(text, [variant])


def test_any_variant_states_a_fact():
    assert metrics.states_fact("opened in May", ["مايو", "May"])
