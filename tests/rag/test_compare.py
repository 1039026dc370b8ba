"""Two sentences on one thing agree, differ or update each other; on different things they say nothing."""

from datetime import date

import pytest

from rag.compare import Comparison, Relation, Statement, compare, later_of

MARCH, APRIL = date(2031, 3, 1), date(2031, 4, 1)


def compared(
    first: str, second: str, cosine: float = 0.95, when: tuple[date | None, date | None] = (MARCH, MARCH)
) -> tuple[Comparison, ...]:
    return compare(Statement.of(first, when[0]), Statement.of(second, when[1]), cosine, same_language=True)


def relation(first: str, second: str, **options: tuple[date | None, date | None]) -> Relation | None:
    found = compared(first, second, **options)
    return found[0].relation if found else None


def test_figures_for_one_thing_differ():
    first, second = "قُتل 83 جنديًا في انهيار السد.", "بلغ عدد قتلى انهيار السد 140 جنديًا."
    (found,) = compared(first, second)
    assert found.relation == "differs"
    assert first[slice(*found.first)] == "83 جنديًا"
    assert second[slice(*found.second)] == "140 جنديًا"
    assert found.later is None


def test_a_measure_alone_is_of_one_thing_only_in_sentences_that_are_near():
    """Across languages no word of the subject can be compared, and anything takes some weeks."""
    notice, soup = Statement.of("Notice is two weeks.", None), Statement.of("تحفظ الشوربة ثلاثة أسابيع.", None)
    assert compare(notice, soup, 0.84, same_language=False) == ()
    (found,) = compare(notice, soup, 0.88, same_language=False)
    assert found.relation == "differs"


def test_more_dead_than_dead_and_wounded():
    assert relation("قُتل 6000 جندي.", "قُتل أو جُرح نحو 4000 جندي.") == "differs"
    assert relation("قُتل أو جُرح نحو 4000 جندي.", "قُتل 6000 جندي.") == "differs"
    assert relation("قُتل 3000 جندي.", "قُتل أو جُرح نحو 4000 جندي.") is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("وصل خمسة آلاف عامل إلى السد.", "وصل إلى السد 5000 عامل."),
        ("قُتل أكثر من 6000 جندي.", "قُتل نحو 6200 جندي."),
        ("يعمل بين 10 آلاف و15 ألف عامل في السد.", "يعمل 12 ألف عامل في السد."),
        ("استمرت المهمة أربعة أشهر.", "استمرت المهمة 120 يومًا."),
        ("وصلت 15,940 حاوية.", "وصلت 16 ألف حاوية."),
        ("وُقّعت المعاهدة في 19 يونيو 2030.", "وقّع البلدان المعاهدة في حزيران 2030."),
    ],
)
def test_the_same_in_other_words(first: str, second: str):
    assert relation(first, second) == relation(second, first) == "agrees"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("سترسل 5000 من عمال البناء إلى السد.", "سترسل 1000 من خبراء إزالة الألغام إلى السد."),
        ("قُتل 30 جنديًا في التفجير.", "أصيب 75 جنديًا في التفجير."),
        ("قُتل 600 جندي.", "بلغ مجموع القتلى والجرحى 4700 جندي."),
        ("قُتل 200 جندي كوري شمالي.", "قُتل 900 جندي روسي."),
        ("استقبل الميناء 300 سفينة في يناير 2031.", "استقبل الميناء 450 سفينة في مايو 2031."),
        ("ينتج المصنع 90 مسيّرة يوميًا.", "أنتج المصنع 2700 مسيّرة."),
        ("وصل 4000 جندي إلى الحدود.", "وصل الجنود إلى الحدود، بينهم 300 جندي من الاحتياط."),
        ("تعتزم إرسال 25 ألف جندي.", "أرسلت 11 ألف جندي."),
        ("أرسلت ثلاثة آلاف جندي.", "عاد من الجبهة 900 جندي."),
        ("يعمل في مصنع الإسمنت 400 عامل.", "يعمل في مصنع النسيج 1500 عامل."),
        ("نما الاقتصاد 1.2 في المئة في الربع الثالث.", "نما الاقتصاد 0.4 في المئة في الربع الأول."),
        ("طول الجسر 850 مترًا.", "كلفة الجسر 9 مليارات روبل."),
        ("وصل الرئيس في 11 يوليو.", "غادر الرئيس في 13 يوليو."),
        ("قُتل 1900 جندي.", "في الثكنة 5000 جندي."),
        ("انتقل ما يصل إلى 10 آلاف جندي.", "أرسلت نحو 10,400 جندي."),  # neither the same nor against it
        ("قُتل تسعة جنود من الفوج.", "قُتل 6000 جندي في الحرب."),  # too far apart to be of one thing
    ],
)
def test_traps(first: str, second: str):
    assert relation(first, second) is None
    assert relation(second, first) is None


def test_sentences_that_lie_apart_are_not_compared():
    assert compared("قُتل 83 جنديًا.", "قُتل 140 جنديًا.", 0.8) == ()
    assert compared("زرعوا 30 نخلة.", "زرعوا 90 نخلة.", 0.9) == ()  # a noun we do not know asks for more
    assert compared("زرعوا 30 نخلة.", "زرعوا 90 نخلة.", 0.93)


@pytest.mark.parametrize(
    ("first", "second", "later"),
    [
        ("قُتل 120 شخصًا، بحسب الشرطة.", "قُتل 310 أشخاص، بحسب الشرطة.", 1),
        ("قُتل 120 شخصًا، بحسب الشرطة.", "قُتل 310 أشخاص، بحسب الجيش.", None),
        ("قُتل 120 شخصًا.", "ارتفع عدد القتلى إلى 310 أشخاص.", 1),
        ("قُتل 120 شخصًا.", "قُتل 310 أشخاص.", None),
        ("قُتل 120 شخصًا حتى الآن.", "قُتل 310 أشخاص منذ الفيضان.", 1),
    ],
)
def test_later_reports(first: str, second: str, later: int | None):
    when = (MARCH, APRIL)
    (found,) = compared(first, second, when=when)
    assert (found.relation, found.later) == ("differs" if later is None else "updates", later)
    (turned,) = compared(second, first, when=when[::-1])
    assert turned.later == (None if later is None else 1 - later)


def test_without_dates_nothing_is_later():
    first, second = "قُتل 120 شخصًا، بحسب الشرطة.", "قُتل 310 أشخاص، بحسب الشرطة."
    for when in ((None, APRIL), (MARCH, None), (MARCH, MARCH)):
        assert later_of(Statement.of(first, when[0]), Statement.of(second, when[1])) is None


def test_one_name_differs():
    first, second = "عُقد اللقاء في مدينة بيلسان بعيدًا عن الصحافة.", "عُقد اللقاء في مدينة دارين بعيدًا عن الصحافة."
    (found,) = compared(first, second)
    assert found.relation == "differs"
    assert (first[slice(*found.first)], second[slice(*found.second)]) == ("بيلسان", "دارين")
    assert compared(first, first) == ()
    # Two names and two offices are two appointments.
    assert not compared("عيّن الرئيس كمال درويش وزيرًا للمالية.", "عيّن الرئيس سامي الحداد وزيرًا للصحة.")
