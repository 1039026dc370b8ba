"""Numbers that follow from a text are not missing; those that do not, are."""

import pytest

from rag.counted import missing_numbers

TREATY = "وقعت المعاهدة عام 1874 وانتهى العمل بها عام 1911."
FORT = "The fort was built in 1736; the Dutch took it in 1751 and the Danes bought it back ten years later."
SHELTERS = "Of the 22 shelters seven closed in the first night. The bank lent 1.8 billion and holds 75 percent."
RIFLES = "اختفت 46 بندقية من المستودع وعثر على نصفها بعد شهرين."
TANKS = "Фирма купила 60 танков и перепродала 45 из них."


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("ظلت المعاهدة سارية سبعة وثلاثين عاما", TREATY),
        ("The Danes had the fort again in 1761.", FORT),
        ("The Dutch took it fifteen years after it was built.", FORT),
        ("It was built in the 1730s.", FORT),
        ("It was built in the 18th century.", FORT),
        ("The fort changed hands by ten years and three points.", "It was 27 to 24, ten years later."),
        ("He married a year earlier, in 1949.", "He went there in 1950. He had married the previous year."),
        ("بُني الحصن في القرن الثامن عشر", FORT),
        ("Fifteen shelters stayed open.", SHELTERS),
        ("The bank holds three quarters.", SHELTERS),
        ("The bank lent nearly two billion.", SHELTERS),
        ("The bank lent well over a billion.", SHELTERS.replace("1.8", "1.4")),
        ("عثر على ثلاث وعشرين بندقية", RIFLES),
        ("Three quarters of the tanks were sold on.", TANKS),
        ("باعت الشركة خمسا وأربعين دبابة", TANKS),
        ("حوصر العمال الأربعة عشر", "حوصر 14 عاملا"),
        ("She taught for four decades.", "درّست 40 سنة"),
        ("The crew waited for two dozen days.", "The crew waited for 24 days."),
    ],
)
def test_what_follows_is_given(sentence: str, text: str):
    assert missing_numbers(sentence, text) == ()


@pytest.mark.parametrize(
    ("sentence", "text", "missing"),
    [
        ("ظلت المعاهدة سارية ثمانية وثلاثين عاما", TREATY, "ثمانية وثلاثين"),
        ("The Danes had the fort again in 1762.", FORT, "1762"),
        ("It was built in the 1740s.", FORT, "1740"),
        ("بُني الحصن في القرن السابع عشر", FORT, "السابع"),
        ("Sixteen shelters stayed open.", SHELTERS, "Sixteen"),
        ("The bank holds two thirds.", SHELTERS.replace("22", "21"), "two"),
        ("The bank lent nearly three billion.", SHELTERS, "three billion"),
        ("The bank lent more than two billion.", SHELTERS, "two billion"),
        ("عثر على أربع وعشرين بندقية", RIFLES, "أربع وعشرين"),
        ("حوصر العمال الثلاثة عشر", "حوصر 14 عاملا", "الثلاثة عشر"),
        ("She taught for three decades.", "درّست 40 سنة", "three"),
        ("It was built in the 17th century.", FORT, "17"),
        ("The fire killed 18 people.", "The fire killed 12 people and hurt 30.", "18"),
        ("Nine people died.", "On 14 May 2019 five people died.", "Nine"),
        ("The fire killed ten people.", "The third fire in a month killed 30 people.", "ten"),
        ("It burnt in 1737.", "It was built in 1736 and burnt the same year.", "1737"),
        ("The Danes bought it back in 1741.", FORT, "1741"),
        ("Twenty women were killed.", "قتلت خمس نساء في الحريق.", "Twenty"),
        ("حوصر العمال الثلاثة عشر", "حوصر أربعة عشر عاملا", "الثلاثة عشر"),
        ("Fourteen people were killed.", "قتل يوم الأربعاء عشرة أشخاص.", "Fourteen"),
        ("She is 37 years old.", "The treaty of 1874 ended in 1911.", "37"),
        ("More than 1,500 soldiers came.", "In 2011 the town had 300 soldiers.", "1,500"),
    ],
)
def test_what_does_not_follow_is_missing(sentence: str, text: str, missing: str):
    assert missing_numbers(sentence, text) == (missing,)
