"""The interface's languages, and how each is written where the reader is."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from scripted import LENGTH

from ui.render import conversation
from ui.strings import ARABIC, ENGLISH, TEXTS, locales, strings_for
from ui.texts import latin_digits
from ui.turns import Answerer, Turn

if TYPE_CHECKING:
    from ui.texts import Strings

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


def test_a_third_language_is_one_more_entry(monkeypatch: pytest.MonkeyPatch, engine: Answerer) -> None:
    french: Strings = replace(ENGLISH, code="fr", locale="fr", name="Français", confidence="Confiance")
    monkeypatch.setitem(TEXTS, "fr", french)  # type: ignore[arg-type]
    assert list(locales("fr-CA, en").items()) == [("fr", "fr-CA"), ("en", "en"), ("ar", "ar")]
    strings = strings_for("fr-CA")
    assert (strings.name, strings.day(DAY)) == ("Français", "8 avril 2031")
    assert "Confiance" in conversation([Turn(1, LENGTH, engine.ask(LENGTH))], strings)
