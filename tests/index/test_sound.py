"""Spellings of a name share a sound key; different names do not."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import normalize
from index.sound import keys

SPELLINGS = [
    "شويغو شويجو شويقو شويكو شویگو Shoigu Шойгу",
    "سيرغي سيرجي سيرجى سرگئی Sergei Sergey Сергей",
    "بوتين بوتن پوتین Putin Путин",
    "لافروف لاڤروف Lavrov Лавров",
    "خينشتاين خينشتين Khinshtein Хинштейн",
    "زاخاروفا Zakharova Захарова Захаровой",
    "كيم کیم Kim Ким",
    "جونغ جونج جونق Jong",
    "سودجا Sudzha Суджа",
    "غلوشكوفو جلوشكوفو Glushkovo Глушково",
    "وونسان ونسان Wonsan Вонсан",
    "فلاديمير ولادیمیر Vladimir Wladimir Владимир Владимиром",
    "تسيولكوفسكي Tsiolkovsky Циолковский",
    "نوردويند نوردوند Nordwind",
    "ألكسندر الكسندر Alexander Александр",
    "كورسك وكورسك لكورسك بكورسك Kursk Курск Курске",
    "شيريميتييفو شيرميتيفو Sheremetyevo Шереметьево",
    "ناكامورا Nakamura Накамура",
    "ألابوغا ألابوجا Alabuga Алабуга",
]


def shared(one: str, other: str) -> bool:
    return not set(keys(normalize(one))).isdisjoint(keys(normalize(other)))


@pytest.mark.parametrize(
    ("one", "other"), [pair for line in SPELLINGS for pair in combinations(line.split(), 2)], ids=ascii
)
def test_spellings_of_a_name_share_a_key(one: str, other: str):
    assert shared(one, other)


def test_different_names_share_no_key():
    for one, other in combinations(SPELLINGS, 2):
        assert not any(shared(a, b) for a in one.split() for b in other.split()), (one, other)


@pytest.mark.parametrize("word", ["في", "an", "Ли", "أون", "123", "北京", "한국", "हिन्दी", "a", ""])
def test_what_is_too_short_or_in_another_script_has_no_key(word: str):
    assert keys(normalize(word)) == ()


@given(st.text(st.sampled_from("وفبلكالشيغcshzwxвдӝß北 12"), max_size=12))
def test_keys_are_distinct_and_never_empty(text: str):
    found = keys(normalize(text))
    assert all(found)
    assert len(set(found)) == len(found)
