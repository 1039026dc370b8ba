from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import DateSpan, find_dates, undated_numbers
from index.months import JALALI, fold

COMPLETE = [
    ("13 سبتمبر 2023", (2023, 9, 13)),
    ("١٣ سبتمبر ٢٠٢٣", (2023, 9, 13)),
    ("سِبْتَمْبَر 13, 2023", (2023, 9, 13)),
    ("13 سبتمـــبر 2023", (2023, 9, 13)),
    ("20 آذار 2024", (2024, 3, 20)),
    ("29 شتنبر 2020", (2020, 9, 29)),
    ("2 جويلية 2021", (2021, 7, 2)),
    ("18 ديسمبر/كانون الأول 2025", (2025, 12, 18)),
    ("18 كانون الأول (ديسمبر) 2025", (2025, 12, 18)),
    ("13 من شهر سبتمبر لعام 2023", (2023, 9, 13)),
    ("5 إبريل، 2022", (2022, 4, 5)),
    ("September 13, 2023", (2023, 9, 13)),
    ("Sept. 13, 2023", (2023, 9, 13)),
    ("13th of September 2023", (2023, 9, 13)),
    ("5 may 2021", (2021, 5, 5)),
    ("13 сентября 2023", (2023, 9, 13)),
    ("15 سپتامبر 2023", (2023, 9, 15)),
    ("۱۵ مهر ۱۴۰۲", (2023, 10, 7)),
    ("1 فروردین 1403", (2024, 3, 20)),
    ("30 اسفند 1403", (2025, 3, 20)),
    ("۱۴۰۲/۰۷/۱۵", (2023, 10, 7)),
    ("2023-09-13", (2023, 9, 13)),
    ("13/9/2023", (2023, 9, 13)),
    ("13.09.2023", (2023, 9, 13)),
    ("9/13/2023", (2023, 9, 13)),
    ("3/4/2023", (2023, 4, 3)),  # day first
]
PARTIAL = [
    ("أيلول 2023", (2023, 9, None)),
    ("September 2023", (2023, 9, None)),
    ("сентябрь 2023", (2023, 9, None)),
    ("May 2023", (2023, 5, None)),
    ("4 يونيو", (None, 6, 4)),
    ("July 4th", (None, 7, 4)),
    ("4 июля", (None, 7, 4)),
]


@pytest.mark.parametrize(("written", "parts"), COMPLETE + PARTIAL)
@pytest.mark.parametrize("around", [("", ""), ("وصل الوفد في ", "، ثم غادر."), ("(", ")"), ("It came on ", " at 6:30")])
def test_a_date_is_found_with_exact_offsets(written: str, parts: tuple[int | None, ...], around: tuple[str, str]):
    before, after = around
    found = find_dates(before + written + after)
    assert found == (DateSpan(len(before), len(before + written), *parts),)


def test_only_a_complete_date_names_a_day():
    assert [span.date for span in find_dates("13 سبتمبر 2023، مايو 2024، 4 يونيو")] == [
        date(2023, 9, 13),
        None,
        None,
    ]


def test_the_time_of_day_is_not_part_of_the_date():
    text = "13 سبتمبر 2023 - 6:30 صباحًا 12 سبتمبر 2023 - 11:17 صباحًا"
    assert [text[span.start : span.end] for span in find_dates(text)] == ["13 سبتمبر 2023", "12 سبتمبر 2023"]


def test_a_prefixed_letter_is_not_part_of_the_date():
    text = "بين أغسطس وسبتمبر 2023"
    assert [text[span.start : span.end] for span in find_dates(text)] == ["سبتمبر 2023"]


@pytest.mark.parametrize(
    "text",
    [
        "في عام 2023",
        "أرسلت 1000 من الخبراء و5000 من العمال",
        "قتل في سبتمبر 13 جنديا",
        "it may 5 times",
        "31/02/2023",
        "30 اسفند 1402",  # not a leap year
        "12/09/1445",  # a lunar Hijri date
        "1445/09/12",
        "12/9/1445 هـ.ش",  # a Persian one
        "12/9/1445 هدفا",
        "12/13/1445 هـ",
        "31/9/1445 هـ",
        "12/9/2023 هـ",
        "version 1.2.2023.4",
        "2,013 سبتمبر",
        "15 مهر",
        "3 جوان آمدند",
        "ساعت 5 می رود",
        "Lot 99/99/2023",
        "",
    ],
)
def test_what_is_not_a_date(text: str):
    assert find_dates(text) == ()


def test_an_impossible_day_leaves_the_month():
    assert [(d.year, d.month, d.day) for d in find_dates("45 سبتمبر 2023")] == [(2023, 9, None)]


def test_a_range_of_months_is_not_one_month():
    text = "June/July 2023"
    assert [text[d.start : d.end] for d in find_dates(text)] == ["July 2023"]


def test_persian_new_years_follow_each_other():
    # Lengths of Persian years from known new year days: 1399 and 1403 were leap years.
    known = {
        1399: (2020, 3, 20),
        1400: (2021, 3, 21),
        1403: (2024, 3, 20),
        1404: (2025, 3, 21),
        1380: (2001, 3, 21),
    }
    for year, day in known.items():
        assert find_dates(f"1 فروردین {year}")[0].date == date(*day)


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_reads_back(day: date):
    text = f"on {day.isoformat()}, {day.day}.{day.month}.{day.year}"
    assert [span.date for span in find_dates(text)] == [day, day]


def test_neighbouring_persian_days_are_neighbours():
    months = [name for name in JALALI if name != fold("امرداد")]
    days = [span.date for name in months for number in range(1, 32) for span in find_dates(f"{number} {name} 1403")]
    assert days == [date(2024, 3, 20) + timedelta(n) for n in range(366)]


@pytest.mark.parametrize("mark", ["ه.ش", "هـ ش", "هـ. ش.", "ه\u200d.ش", "هجري شمسي", "هجرية شمسية"])
def test_the_mark_of_the_persian_calendar_is_not_that_of_the_islamic_one(mark: str):
    assert [span.date for span in find_dates(f"1402/7/15 {mark}")] == [date(2023, 10, 7)]


@given(st.text(alphabet="0123456789 /.-:،سبتمبرMay ١٢٣ـ", max_size=80))
def test_spans_are_ordered_and_inside_the_text(text: str):
    position = 0
    for span in find_dates(text):
        assert position <= span.start < span.end <= len(text)
        position = span.end


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("28 صفر 1445 هـ", date(2023, 9, 13)),
        ("1 رمضان 1445", date(2024, 3, 11)),
        ("١٠ ذي الحجة ١٤٤٥هـ", date(2024, 6, 16)),
        ("12/9/1445 هـ", date(2024, 3, 22)),
        ("1445/09/12هـ", date(2024, 3, 22)),
        ("١٢-٩-١٤٤٥ ه", date(2024, 3, 22)),
        ("12.9.1445 للهجرة", date(2024, 3, 22)),
        ("1445-9-12 هجرية", date(2024, 3, 22)),
        ("12/9/1445 هـ شهد", date(2024, 3, 22)),
        ("1/1/1405 هـ", date(1984, 9, 26)),  # without its mark a Persian date
        ("الأول من محرم", None),
        ("في رمضان 1445", None),
        ("31 رجب 1445", None),
    ],
)
def test_days_of_the_islamic_calendar(written: str, day: date | None):
    spans = find_dates(written)
    assert [span.date for span in spans] == ([day] if day else [])
    assert all(span.converted for span in spans)


@pytest.mark.parametrize(
    ("month", "epithets"),
    [
        ("محرم", ["محرم الحرام"]),
        ("صفر", ["صفر الخير", "صفر المظفر"]),
        ("ربيع الأول", ["ربيع الأنور"]),
        ("رجب", ["رجب الأصب", "رجب الفرد", "رجب المرجب"]),
        ("شعبان", ["شعبان المعظم"]),
        ("رمضان", ["رمضان المبارك", "رمضان المعظّم"]),
        ("شوال", ["شوال المكرم"]),
        ("ذي القعدة", ["ذي القعدة الحرام", "ذو القعدة الحرام"]),
        ("ذي الحجة", ["ذي الحجة الحرام", "ذو الحجة الحرام"]),
    ],
)
def test_islamic_months_are_known_by_their_epithets(month: str, epithets: list[str]):
    (plain,) = find_dates(f"12 {month} 1445")
    for written in (f"12 {epithet} 1445" for epithet in epithets):
        (span,) = find_dates(f"في {written}هـ")
        assert (span.date, span.end - span.start) == (plain.date, len(written))


def test_numbers_of_dates_are_left_out():
    text = "في 13 سبتمبر 2023 وصل 40 جنديا، وفي 2024-01-02 سبعة، and 5 more on 3 May 2024"
    assert [number.value for number in undated_numbers(text)] == ["40", "7", "5"]
