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
        ("It was built in the eighteenth century.", FORT.replace("1751", "1760")),
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
        ("حوصر العمال الثلاثة عشر", "حوصر 14 عاملا", "عشر"),
        ("She taught for three decades.", "درّست 40 سنة", "three"),
    ],
)
def test_what_does_not_follow_is_missing(sentence: str, text: str, missing: str):
    assert missing_numbers(sentence, text) == (missing,)
