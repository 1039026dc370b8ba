"""Countries and capitals in eight languages, and words that only look like them."""

import pytest

from index.places import around, compatible, places


def keys(text: str) -> list[str]:
    return [place.key for place in places(text)]


@pytest.mark.parametrize(
    "text",
    [
        "الصين", "والصين", "بالصين", "للصين", "وللصين", "الصيني", "صينية", "الصينيون", "للصينيين", "China", "china",
        "Chinese", "China's", "Китай", "Китаем", "китайских", "КНР", "چین", "چینی",
    ],
)  # fmt: skip
def test_one_country_in_many_forms(text: str):
    assert keys(text) == ["cn"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كوريا الشمالية", ["korea.north"]),
        ("كينيا", ["ke"]),  # غينيا has letters of which one may be written so
        ("the Scotsman", ["gb.scotland"]),
        ("на Каспии", ["caspian"]),
        ("دریای خزر", ["caspian"]),
        ("nach Moskau", ["ru.capital"]),
        ("لكوريا الشمالية", ["korea.north"]),
        ("الكوريين الشماليين", ["korea.north"]),
        ("كوري جنوبي", ["korea.south"]),
        ("الكوريون", ["korea"]),
        ("كورية", ["korea"]),
        ("North Koreans", ["korea.north"]),
        ("северокорейские", ["korea.north"]),
        ("Южную Корею", ["korea.south"]),
        ("КНДР", ["korea.north"]),
        ("کره شمالی", ["korea.north"]),
        ("la Corée du Sud", ["korea.south"]),
        ("nordkoreanischen Truppen", ["korea.north"]),
        ("tropas surcoreanas", ["korea.south"]),
        ("Güney Kore'de", ["korea.south"]),
        ("danoises", ["dk"]),
        ("Pyongyang", ["korea.north.capital"]),
        ("بيونغ يانغ", ["korea.north.capital"]),
        ("وبيونج يانج", ["korea.north.capital"]),
        ("Пхеньяне", ["korea.north.capital"]),
        ("Сеул и Москва", ["korea.south.capital", "ru.capital"]),
        ("أمريكا وأميركا والولايات المتحدة", ["us", "us", "us"]),
        ("اوکراینی و آمریکایی", ["ua", "us"]),
        ("أنجولا", ["ao"]),
        ("the US told us", ["us"]),
        ("U.S. troops", ["us"]),
        ("عمان", ["jo.capital", "om"]),
        ("الرياضة في مباراة كرة في ألابوجا", []),
        ("كيف وصل مصرع وين ترك غناء", []),
        ("того дела", []),
    ],
)
def test_places(text: str, expected: list[str]):
    assert sorted(keys(text)) == sorted(expected)


def test_places_are_spans_of_the_text():
    text = "سافر وفد من كوريا الشمالية إلى الصين."
    assert [text[p.start : p.end] for p in places(text)] == ["كوريا الشمالية", "الصين"]


def test_a_place_is_compatible_with_what_it_lies_in():
    assert compatible("korea", "korea.north")
    assert compatible("korea.north.capital", "korea")
    assert compatible("cn", "cn")
    assert not compatible("korea.south", "korea.north")
    assert not compatible("cn", "cnx")
    assert around("korea.north.capital") == ("korea", "korea.north", "korea.north.capital")
