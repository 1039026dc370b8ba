"""Figures in sentences: what they count, how exact they are, what happened, and which numbers count nothing."""

import pytest

from rag.facts import read
from rag.quantities import Quantity


def only(text: str) -> Quantity:
    (quantity,) = read(text).quantities
    return quantity


@pytest.mark.parametrize(
    ("text", "said", "low", "high", "counted"),
    [
        ("قُتل 17 جنديًا في الكمين.", "17 جنديًا", 17, 17, {"soldier"}),
        ("وصل خمسة آلاف بنّاء عسكري إلى السد.", "خمسة آلاف بنّاء", 5000, 5000, {"builder"}),
        ("أرسلت 5000 من عمال البناء إلى السد.", "5000 من عمال البناء", 5000, 5000, {"builder"}),
        ("سترسل ألف خبير في نزع الألغام.", "ألف خبير في نزع الألغام", 1000, 1000, {"deminer"}),
        ("وصلت ٤٠٠ حاوية إلى الميناء.", "٤٠٠ حاوية", 400, 400, {"container"}),
        ("بلغ عدد القتلى 600 حتى الآن.", "600", 600, 600, {"person"}),
        ("عدد من أرسلتهم العاصمة يبلغ 900، وفق الوزارة.", "900", 900, 900, {"person"}),
        ("سقط منهم 5 آلاف بين قتيل وجريح.", "5 آلاف", 5000, 5000, {"person"}),
        ("The port took 1,200 containers of wheat.", "1,200 containers", 1200, 1200, {"container"}),
        ("About 900 North Korean soldiers died.", "About 900 North Korean soldiers", 900, 900, {"soldier"}),
        ("Прибыли две тысячи рабочих.", "две тысячи рабочих", 2000, 2000, {"worker"}),
        ("يعمل بين 10 آلاف و15 ألف عامل في الحوض.", "بين 10 آلاف و15 ألف عامل", 10000, 15000, {"worker"}),
        ("They got between four and six million shells.", "between four and six million shells", 4e6, 6e6, {"shell"}),
        ("دفعت بخمسة عشر ألف مقاتل إلى الجبهة.", "خمسة عشر ألف مقاتل", 15000, 15000, {"soldier"}),
        ("سيطرت القوات على ست قرى.", "ست قرى", 6, 6, {"village"}),
        ("رُصدت سبع سفن شحن.", "سبع سفن", 7, 7, {"ship"}),
        ("قُتل ما يقدّر بنحو 4000 جندي.", "نحو 4000 جندي", 4000, 4000, {"soldier"}),
        ("زرع المزارع 30 نخلة.", "30 نخلة", 30, 30, {"=نخل"}),
    ],
)
def test_counts(text: str, said: str, low: float, high: float, counted: set[str]):
    found = only(text)
    assert text[found.start : found.end] == said
    assert (found.low, found.high, found.unit) == (low, high, "")
    assert found.things == counted


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("بلغ التضخم 7 في المئة.", "%", 7),
        ("Inflation was 7%.", "%", 7),
        ("طول النفق 14 كيلومترًا.", "metre", 14000),
        ("استمرت المهمة أربعة أشهر.", "day", 120),
        ("احترق 12 ألف هكتار.", "hectare", 12000),
        ("It cost $45 million.", "dollar", 45e6),
        ("Мост обойдётся в 9 миллиардов рублей.", "rouble", 9e9),
    ],
)
def test_measures(text: str, unit: str, value: float):
    found = only(text)
    assert (found.unit, found.low) == (unit, value)
    assert not found.things


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("قُتل 100 جندي.", 100, 100),
        ("قُتل أكثر من 100 جندي.", 100, 110),
        ("قُتل نحو 100 جندي.", 95, 105),
        ("قُتل 100 جندي على الأقل.", 100, 110),
        ("قُتل أقل من 100 جندي.", 80, 100),
        ("Up to 100 soldiers died.", 90, 100),
    ],
)
def test_how_exact(text: str, least: float, most: float):
    assert (only(text).least, only(text).most) == pytest.approx((least, most))


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("قُتل 30 جنديًا في تفجير.", {"killed"}),
        ("أصيب 75 جنديًا في تفجير.", {"wounded"}),
        ("سقط 6000 جندي بين قتيل وجريح.", {"losses"}),
        ("قُتل أو جُرح نحو 4000 جندي.", {"losses"}),
        ("نقل النائب أن نحو 600 جندي لقوا مصرعهم.", {"killed"}),
        ("The regiment lost 45 soldiers killed in the crossing.", {"killed"}),
        ("أرسلت العاصمة 300 جندي.", {"sent"}),
        ("عاد من الجبهة 900 جندي.", {"returned"}),
        ("في الحقل 40 دبابة.", set()),
    ],
)
def test_what_happened(text: str, events: set[str]):
    assert only(text).events == events


def test_each_figure_has_its_own_fate():
    killed, hurt = read("قُتل 10 جنود وأصيب 20 جنديًا في القصف.").quantities
    assert (killed.events, hurt.events) == ({"killed"}, {"wounded"})
    dead, losses = read("لقي 600 جندي مصرعهم، وأن مجموع القتلى والجرحى يقارب 4700.").quantities
    assert (dead.events, losses.events) == ({"killed"}, {"losses"})


def test_marks_of_a_figure():
    assert only("ينتج المصنع 90 مسيّرة يوميًا.").rate
    assert not only("أنتج المصنع 2700 مسيّرة.").rate
    assert only("تعتزم إرسال 25 ألف جندي.").planned
    assert only("سترسل 5000 من عمال البناء.").planned
    assert not only("أرسلت 11 ألف جندي.").planned
    assert only("نشرت 3000 جندي إضافي.").more
    whole, part = read("وصل 4000 جندي، بينهم 300 ضابط.").quantities
    assert (whole.part, part.part) == (False, True)
    assert only("قُتل 200 جندي كوري شمالي.").owners == {"korea.north"}
    assert only("قُتل 900 جندي روسي.").owners == {"ru"}


@pytest.mark.parametrize(
    "text",
    [
        "وعاد اللواء 93 إلى العاصمة.",
        "نُشر الخبر في 10:42 صباحًا.",
        "تأسست الشركة عام 1987.",
        "وقّع الاتفاق في 3 فبراير 2029.",
        "قالت أثناء المهمة إن الجسر آمن.",
        "طائرة من طراز سو-25 تحطمت.",
        "جاء آلاف الجنود.",
        "ست الدار في المطبخ.",
    ],
)
def test_numbers_that_count_nothing(text: str):
    assert read(text).quantities == ()
