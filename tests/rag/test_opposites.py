"""The opposite, said without a denial."""

import pytest

from rag.opposites import opposes


@pytest.mark.parametrize(
    ("sentence", "text", "opposite"),
    [
        ("Prices fell.", "ارتفعت الأسعار.", True),
        ("Цены выросли.", "Prices rose.", False),
        ("Prices fell.", "Rice rose while the won fell.", False),
        ("They were wounded.", "قُتل الجنود.", True),
        ("The losses were heavy.", "قُتل الجنود.", False),
        ("The crossing was closed.", "افتُتح المعبر.", True),
        ("He praised the plan.", "ندد الوزير بالخطة.", True),
        ("More than ten came.", "Пришло менее десяти.", True),
        ("Россия ответила.", "Prices fell.", False),
        ("The bank raised its rate.", "خفّض المصرف سعر الفائدة.", True),
        ("The bank raised its rate.", "رفع المصرف سعر الفائدة.", False),
        ("Суд оправдал директора.", "حكمت المحكمة على المدير بالسجن.", True),
        ("They won the match.", "خسر الفريق المباراة.", True),
        ("The police released two men.", "اعتقلت الشرطة رجلين.", True),
        ("Fishing is allowed there.", "حُظر الصيد هناك.", True),
    ],
)
def test_opposites(sentence: str, text: str, opposite: bool):
    assert opposes(sentence, text) is opposite
