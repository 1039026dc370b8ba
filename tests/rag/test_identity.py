"""Whom a question asks about, and where a text says who that is."""

import pytest

from rag import identity


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("من هو إيغور بتروف؟", "إيغور بتروف"),
        ("ما منصب بتروف؟", "بتروف"),
        ("Who is Igor Petrov?", "Igor Petrov"),
        ("who's petrov", "petrov"),
        ("Кто такой Петров?", "Петров"),
        ("Wer ist Petrow?", "Petrow"),
        ("پتروف کیست؟", "پتروف"),
    ],
)
def test_a_name_is_asked_about(question: str, name: str):
    assert identity.asked(question) == name


@pytest.mark.parametrize(
    "question",
    ["من هو مدير الميناء؟", "Who is the governor?", "Who is behind the attack?", "Who was hurt?", "Кто это видел?", ""],
)
def test_who_holds_a_post_or_did_something_is_another_question(question: str):
    name = identity.asked(question)
    assert name is None or identity.said(name, "قال مدير الميناء إيغور بتروف إن السفن عادت.") is None


@pytest.mark.parametrize(
    ("name", "text", "post"),
    [
        ("Petrov", "قال مدير الميناء إيغور بتروف إن السفن عادت.", "مدير الميناء إيغور بتروف"),
        ("بتروف", "The bridge was opened by Governor Igor Petrov on Monday.", "Governor Igor Petrov"),
        ("بتروف", "أعلن بتروف، مدير الميناء، عودة السفن.", "مدير الميناء"),
        ("Petrov", "قال نائب مدير الميناء إيغور بتروف إن السفن عادت.", "نائب مدير الميناء إيغور بتروف"),
        ("Cho Min Sung", "التقى الوزير بنظيرته تشو مين سونغ أمس.", "بنظيرته تشو مين سونغ"),
        ("Чхо Мин Сон", "التقى الوزير بنظيرته تشو مين سونغ أمس.", "بنظيرته تشو مين سونغ"),
        ("Петров", "التقى الوزير بنظيره إيغور بتروف أمس.", "بنظيره إيغور بتروف"),
        ("بتروف", "وصل بتروف أمس والتقى مدير الميناء.", None),
        ("بتروف", "قال مدير الميناء، وسأله بتروف عن السفن.", None),
        ("بتروف", "قال مدير الميناء إن السفن عادت.", None),
    ],
)
def test_the_post_beside_the_name(name: str, text: str, post: str | None):
    found = identity.said(name, text)
    assert (found and text[slice(*found)]) == post
