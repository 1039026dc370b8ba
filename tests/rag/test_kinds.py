"""What a question asks for, in many languages."""

import pytest

from rag.kinds import asked_for, holds


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("كم عدد الجنود؟", "number"),
        ("وكم منهم وصل؟", "number"),
        ("قديش عدد البيوت؟", "number"),
        ("How many shells were sent?", "number"),
        ("Сколько солдат погибло?", "number"),
        ("Wie viele Soldaten starben?", "number"),
        ("چند نفر کشته شدند؟", "number"),
        ("有多少士兵", "number"),
        ("متى وصل الوزير؟", "date"),
        ("في أي عام تأسست الشركة؟", "date"),
        ("When did he arrive?", "date"),
        ("Когда он приехал?", "date"),
        ("他什么时候到的", "date"),
        ("من وصل إلى وونسان؟", None),
        ("Who arrived, and whenever possible stayed?", None),
        ("أين كان المكان المتميز؟", None),
    ],
)
def test_asked_for(question: str, kind: str | None):
    assert asked_for(question) == kind


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("قتل ستة جنود", True, True),
        ("وصل ٤٠ عاملا", True, True),
        ("ستعمل الشركة في المدينة", False, False),
        ("Dozens of ships sailed", True, True),
        ("Тысячи солдат", True, True),
        ("The ships sailed away", False, False),
        ("وصل في يونيو من العام الماضي", False, False),
    ],
)
def test_holds(text: str, number: bool, date: bool):
    assert (holds("number", text), holds("date", text)) == (number, date)
