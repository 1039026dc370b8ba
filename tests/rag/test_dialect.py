"""Which words of an Arabic question are put into standard Arabic, and which stay."""

import pytest

from rag.dialect import standard


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("مين مدير الميناء؟", "من مدير الميناء؟"),
        ("وين صار الحريق؟", "أين صار الحريق؟"),
        ("ليه اتأخر القطار", "لماذا اتأخر القطار"),
        ("إمتى بيفتح الجسر؟", "متى بيفتح الجسر؟"),
        ("شو قال الوزير اللي زار المصنع؟", "ماذا قال الوزير الذي زار المصنع؟"),
        ("كام عامل و وليش رجعوا؟", "كم عامل و ولماذا رجعوا؟"),
        ("مَتَى اُفْتُتِحَ الجِسْرُ؟", "متى افتتح الجسر؟"),
        ("قديش واحد رجع؟", "كم شخص رجع؟"),
        ("كـــم طول الجسر؟", "كم طول الجسر؟"),
    ],
)
def test_dialect_question_words_and_vowel_signs_go(asked: str, meant: str):
    assert standard(asked) == meant


@pytest.mark.parametrize(
    "asked",
    ["ما الآية التي تلاها؟", "من زار فيينا؟", "كم كيلو من التين وصل؟", "أين تقع شوشة؟", "Who came?", "Кто приехал?"],
)
def test_words_that_only_look_like_them_stay(asked: str):
    assert standard(asked) == asked
