"""Numbers in other words than the text's."""

import pytest

from rag.counted import missing_numbers
from rag.swapped import swapped_number


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Nearly 16,000 boxes came.", "وصل 15940 صندوقا."),
        ("وصل أكثر من 4000 صندوق.", "4,100 boxes came."),
        ("It is 2 km long.", "يبلغ طوله 2000 متر."),
        ("50 percent left.", "غادر نصفهم."),
        ("It rose threefold.", "Он вырос втрое."),
        ("The two countries agreed.", "Canada and Mexico agreed."),
        ("Two launchers burned.", "احترقت قاذفتا صواريخ."),
        ("It was the third bridge.", "Это был мост № 3."),
        ("21 500 рублей", "21,500 roubles"),
        ("3 млрд долларов", "$3 billion"),
        ("half a million boxes", "500 ألف صندوق"),
        ("It was built in the 1970s.", "بُني في السبعينيات."),
        ("Four boxes came.", "وصلت الصناديق الأربعة."),
        ("He is 24 years old.", "هو في الرابعة والعشرين."),
        ("Three men left.", "Drei Männer gingen."),
        ("It grew from 90,000 to 410,000.", "Выросло с 90 до 410 тысяч."),
    ],
)
def test_what_a_text_says_in_its_own_way(sentence: str, text: str):
    assert missing_numbers(sentence, text) == ()


@pytest.mark.parametrize(
    ("sentence", "text", "missing"),
    [
        ("Nearly 18,000 boxes came.", "وصل 15940 صندوقا.", ("18,000",)),
        ("It is 3 km long.", "يبلغ طوله 2000 متر.", ("3",)),
        ("Two boxes came.", "Three boxes came.", ("Two",)),
        ("It was the third bridge.", "Это был второй мост.", ("third",)),
        ("четверть миллиона", "نصف مليون صندوق", ("четверть миллиона",)),
        ("It was built in the 1980s.", "بُني في السبعينيات.", ("1980",)),
        ("100 boxes came.", "وصل 18 في المئة.", ("100",)),
        ("Five boxes came.", "وصلت الصناديق الأربعة.", ("Five",)),
        ("Three men left.", "Vier Männer gingen.", ("Three",)),
        ("90,000 came.", "90 came, and 410 thousand left.", ("90,000",)),
    ],
)
def test_what_it_does_not_say(sentence: str, text: str, missing: tuple[str, ...]):
    assert missing_numbers(sentence, text) == missing


@pytest.mark.parametrize(
    ("sentence", "text", "number"),
    [
        ("90 were killed and 40 wounded.", "سقط 40 قتيلا و90 جريحا.", "90"),
        ("40 were killed and 90 wounded.", "سقط 40 قتيلا و90 جريحا.", ""),
        ("It sent 90 men to Canada and 40 to Mexico.", "أرسلت 40 رجلا إلى كندا و90 إلى المكسيك.", "90"),
        ("It sent 40 men to Canada and 90 to Mexico.", "أرسلت 40 رجلا إلى كندا و90 إلى المكسيك.", ""),
    ],
)
def test_numbers_that_changed_places_across_languages(sentence: str, text: str, number: str):
    assert swapped_number(sentence, text) == number


@pytest.mark.parametrize(
    ("sentence", "text", "missing"),
    [
        ("5,000 men came.", "جاء خمسة آلاف رجل.", ()),
        ("Пять тысяч человек.", "5000 men came.", ()),
        ("6,000 men came.", "جاء خمسة آلاف رجل.", ("6,000",)),
        ("Two soldiers fell.", "سقط جنديان.", ()),
        ("3 million shells", "three thousand shells", ("3 million",)),
        ("one of them", "some of them", ()),
        ("Six ships came.", "وصلت ست سفن.", ()),  # a word that also means a lady
        ("The third line opened.", "خط سه افتتاح شد.", ()),
        ("1,8 milliard", "1.8 مليار", ()),
        ("a four-day week", "четырёхдневная неделя", ()),
        ("They won 2-0.", "فازوا بهدفين دون رد.", ()),
        ("36 milyar lira", "36 مليار ليرة", ()),
        ("46 Millionen Euro", "36 million euros", ("46 Millionen",)),
        ("on 5 May 2031", "in spring", ()),  # a date, not a number
    ],
)
def test_numbers(sentence: str, text: str, missing: tuple[str, ...]):
    assert missing_numbers(sentence, text) == missing


def test_numbers_that_changed_places():
    text = "It sent 40 teachers and 90 farmers."
    assert swapped_number("It sent 90 teachers and 40 farmers.", text) == "90"
    assert swapped_number("It sent 40 teachers and 90 farmers.", text) == ""
