"""Ages that are asked for and told."""

import pytest

from rag import ages, amount


@pytest.mark.parametrize(
    "question",
    [
        "How old are the two drivers?",
        "and how old are they?",
        "كم عمر السائق؟",
        "ما عمره؟",
        "كم يبلغ عمر السائق؟",
        "Сколько лет водителю?",
        "Wie alt ist der Fahrer?",
        "Quel âge a le chauffeur ?",
        "¿Cuántos años tiene el conductor?",
        "两名司机多大年纪？",
    ],
)
def test_an_age_is_asked_for(question: str):
    assert ages.asked(question)
    assert amount.asked(question) is None  # the drivers are not counted


@pytest.mark.parametrize(
    "question",
    ["كم سنة تحتاج الطريق؟", "How many years did it last?", "Сколько лет длилась стройка?", "How many came?", ""],
)
def test_years_that_pass_are_no_age(question: str):
    assert not ages.asked(question)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The driver, aged 31, was unhurt.", "aged 31"),
        ("A 31-year-old driver was unhurt.", "31-year-old"),
        ("ونجا السائق وعمره 31 عاما من الحادث.", "وعمره 31 عاما"),
        ("ونجا السائق البالغ من العمر 31 عاما.", "العمر 31 عاما"),
        ("31-летний водитель не пострадал.", "31-летний"),
        ("Der Fahrer ist 31 Jahre alt.", "31 Jahre alt"),
        ("The road took 31 years.", None),
        ("استغرق الطريق 31 عاما.", None),
        ("", None),
    ],
)
def test_where_an_age_is_told(text: str, told: str | None):
    span = ages.said(text)
    assert (span and text[slice(*span)]) == told
