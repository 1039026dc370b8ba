"""What a question asks for, in many languages."""

import pytest

from rag.kinds import asked_for, holds_number


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
    ("text", "number"),
    [
        ("قتل ستة جنود", True),
        ("وصل ٤٠ عاملا", True),
        ("ستعمل الشركة في المدينة", False),
        ("Dozens of ships sailed", True),
        ("Тысячи солдат", True),
        ("The ships sailed away", False),
        ("وصل في يونيو من العام الماضي", False),
    ],
)
def test_holds_number(text: str, number: bool):
    assert holds_number(text) == number
