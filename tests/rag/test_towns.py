"""Towns in a text, whatever they are called in it."""

import pytest

from rag.towns import placed, table, towns


def numbers(text: str) -> frozenset[int]:
    return frozenset().union(*(town.numbers for town in towns(text)))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("She lives in Gand.", "تعيش في غنت."),
        ("Сломался трамвай в Базеле.", "A tram broke down in Basel."),
        ("Le tramway de Bâle", "ترام بازل"),
        ("the road to Nouadhibou", "الطريق إلى نواذيبو"),
    ],
)
def test_one_town_by_many_names(text: str, other: str):
    assert numbers(text) & numbers(other)


def test_a_town_is_a_span_and_lies_in_a_country():
    text = "He left New Orleans for Busan."
    assert [text[town.start : town.end] for town in towns(text)] == ["New Orleans", "Busan"]
    assert [town.countries for town in towns(text)] == [{"us"}, {"korea.south"}]


def test_words_without_a_capital_are_no_towns():
    assert towns("a nice bath and some reading") == ()


def test_the_largest_town_comes_first():
    first = next(table())
    assert (first.country, first.names[0]) == ("cn", "shanghai")


def test_behind_a_word_for_where_a_name_is_a_town():
    for text in ("He works in Reading.", "жил в городе Киев", "سافر إلى منطقة كورسك", "وصل إلى مدينة غنت"):
        assert placed(text, towns(text)), text
    medina = "وصل الحجاج إلى المدينة."
    assert placed(medina, towns(medina))
    for text in ("Reading helps.", "سافر إلى مدينة كبيرة"):  # a town, not Medina
        assert not placed(text, towns(text)), text
