"""Numbers in digits of any script and in words of four languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numbers import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5000 ٥٠٠٠ ۵۰۰۰ ５０００", ["5000"] * 4),
        ("5,000; 5.000; ٥٬٠٠٠; 5\u00a0000; 5\u202f000; 5'000", ["5000"] * 6),
        ("1,234,567", ["1234567"]),
        ("1.5 ١٫٥ 1,50 1.25", ["1.5", "1.5", "1.5", "1.25"]),
        ("12.345,6", ["12345.6"]),
        ("2024-06-19", ["2024", "6", "19"]),
        ("13/07/2025", ["13", "7", "2025"]),
        ("007", ["7"]),
        ("COVID19 152ملم", ["19", "152"]),
        ("خمسة آلاف بحار", ["5000"]),
        ("وخمسة آلاف", ["5000"]),
        ("بخمسة عشر ألف بحار", ["15000"]),
        ("خمسة عشر ألفا", ["15000"]),
        ("ثلاثين ألف بيت", ["30000"]),
        ("ألفا بحار", ["2000"]),
        ("مئتي قارب", ["200"]),
        ("مائتا قارب", ["200"]),
        ("ثلاث وعشرين مادة", ["23"]),
        ("أحد عشر ألف بحار", ["11000"]),
        ("مئة وعشرون ألفا", ["120000"]),
        ("ألفين وخمسة وعشرين", ["2025"]),
        ("25 ألف بحار", ["25000"]),
        ("مليون ونصف مليون", ["1500000"]),
        ("في المئة", []),
        ("آلاف البحارة ومئات القوارب", []),
        ("رجل واحد", []),
        ("من صفوف جنود البحرية", []),
        ("twenty-five thousand", ["25000"]),
        ("three hundred and twelve", ["312"]),
        ("nine million", ["9000000"]),
        ("1.5 million", ["1500000"]),
        ("half a million", ["500000"]),
        ("a quarter of a million", ["250000"]),
        ("two and a half million", ["2500000"]),
        ("مليون ونصف المليون", ["1500000"]),
        ("полмиллиона", ["500000"]),
        ("полторы тысячи", ["1500"]),
        ("3 млрд, 40 тыс.", ["3000000000", "40000"]),
        ("$3bn", ["3000000000"]),
        ("half of them, a quarter", []),
        ("between four and six million", ["4", "6000000"]),
        ("one of them, thousands of boats", []),
        ("пять тысяч человек", ["5000"]),
        ("около пяти тысяч", ["5000"]),
        ("двадцать один", ["21"]),
        ("700 миллиардов", ["700000000000"]),
        ("тысячи людей", []),
        ("بیست و پنج هزار", ["25000"]),
        ("نه، سی سال", []),
        ("ثلاثة، أربعة", ["3", "4"]),
        ("three four", ["3", "4"]),
        ("5 ثلاثة", ["5", "3"]),
        ("1 840 mètres", ["1840"]),
        ("12 mil euros, 7 Millionen", ["12000", "7000000"]),
        ("1234567890123456", []),
        ("", []),
    ],
)
def test_values(text: str, expected: list[str]):
    assert [number.value for number in numbers(text)] == expected


def test_numbers_are_spans_of_the_text():
    text = "حضر خمسة وعشرون ألف متفرج و٣٬٠٠٠ حارس"
    assert [text[n.start : n.end] for n in numbers(text)] == ["خمسة وعشرون ألف", "٣٬٠٠٠"]


@given(st.text(st.sampled_from("12٣.,٬٫ \u00a0ألفخمسةعشروnineو-5تد"), max_size=40))
def test_numbers_stand_in_order_and_do_not_overlap(text: str):
    found = numbers(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
