"""What a file says about itself, and what its text does."""

import pytest

from index.formats.parts import Part
from index.parse import parse
from index.types import Format

GERMAN = "Hotel Berlin"  # read as Indonesian
KURDISH = "پردەکە کرایەوە"  # as Persian
FRENCH = "Le pont a été ouvert lundi par le ministre, qui a salué le travail des ouvriers. " * 3


def language(text: str, stated: str = "", format: Format = "text") -> str:  # noqa: A002
    return parse("0" * 16, "a", Part(text, format, language=stated)).language


@pytest.mark.parametrize("stated", ["de", "DE", " de-AT", "de_CH.UTF-8", "de, en"])
def test_a_short_text_is_in_the_language_stated(stated: str):
    assert language(GERMAN, stated) == "de"
    assert language(f"<html lang='{stated}'><p>{GERMAN}", format="html") == "de"
    assert language(f"---\nlang: {stated}\n---\n{GERMAN}", format="markdown") == "de"


def test_a_language_that_no_text_is_told_to_be_in_can_be_stated():
    assert language(KURDISH, "ku") == language(f"<html lang=ku><p>{KURDISH}", format="html") == "ku"
    assert language(FRENCH, "ca") == "ca"


def test_what_the_file_says_goes_before_its_text():
    assert language(f"<html lang=sv><p>{GERMAN}", "de", "html") == "de"


@pytest.mark.parametrize("stated", ["", "german", "deu", "d", "-", "und", "ألمانية"])
def test_what_is_no_tag_of_a_language_says_nothing(stated: str):
    assert language(FRENCH, stated) == "fr"


def test_nothing_is_written_in_another_script_than_its_language():
    assert language(f"<html lang='en-US'><p>{KURDISH}", format="html") == language(KURDISH)


def test_english_is_stated_by_habit():
    assert language(GERMAN, "en-US") == "en"
    assert language(FRENCH, "en-US") == language(f"<html lang=en><p>{FRENCH}", format="html") == "fr"
    assert language("1234 " * 99, "en") == "en"
