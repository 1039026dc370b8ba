"""The interface's languages, and how each is written where the reader is."""

import datetime as dt

import pytest

from ui.strings import ARABIC, ENGLISH, locales, strings_for
from ui.texts import latin_digits

DAY = dt.date(2031, 4, 8)


@pytest.mark.parametrize(
    ("header", "offered"),
    [
        ("ar-EG,ar;q=0.9,en-GB;q=0.8", {"ar": "ar-EG", "en": "en-GB"}),
        ("fr-FR, en;q=0.5, ar-MA;q=0.4", {"en": "en", "ar": "ar-MA"}),
        ("EN-us", {"en": "en-US", "ar": "ar"}),
        ("", {"ar": "ar", "en": "en"}),
        ("zh,,;q=,ar-<script>,*", {"ar": "ar", "en": "en"}),
    ],
)
def test_a_browsers_languages_are_offered_as_it_asks_for_them(header: str, offered: dict[str, str]) -> None:
    assert list(locales(header).items()) == list(offered.items())


@pytest.mark.parametrize(
    ("tag", "day", "number"),
    [
        ("ar", "8 أبريل 2031", "12"),
        ("ar-EG", "٨ أبريل ٢٠٣١", "١٢"),
        ("ar-IQ", "٨ نيسان ٢٠٣١", "١٢"),
        ("ar-DZ", "8 أفريل 2031", "12"),
        ("en-GB", "8 April 2031", "12"),
        ("en-US", "April 8, 2031", "12"),
    ],
)
def test_digits_and_months_are_those_of_the_region(tag: str, day: str, number: str) -> None:
    strings = strings_for(tag)
    assert (strings.day(DAY), strings.digits(12)) == (day, number)


def test_what_is_no_locale_is_the_language_or_the_default_one() -> None:
    assert strings_for("en-") is ENGLISH
    assert strings_for("en-QQQQ-<b>") is ENGLISH
    assert strings_for("fr-FR") is strings_for("") is strings_for("../ar") is ARABIC
    assert strings_for("ar-EG").welcome == ARABIC.welcome


def test_languages_are_named_in_the_interfaces_own() -> None:
    assert (ENGLISH.language_name("ko"), ARABIC.language_name("ko")) == ("Korean", "الكورية")
    assert (ENGLISH.language_name("und"), ENGLISH.language_name("qqq")) == ("", "qqq")


def test_digits_of_any_script_are_read() -> None:
    assert latin_digits("٢٠٣١-۰۴-08, May") == "2031-04-08, May"
