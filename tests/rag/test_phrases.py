"""The few words Sanad says itself."""

import pytest

from index.language import detect
from rag.phrases import FALLBACK, PHRASES, abstention


@pytest.mark.parametrize("language", PHRASES)
def test_each_frame_is_in_its_language(language: str):
    assert detect(PHRASES[language].not_said) == language


@pytest.mark.parametrize("language", PHRASES)
def test_titles_are_named_in_order(language: str):
    text = abstention(language, ("أول", "second", "третий"))
    assert text.startswith(PHRASES[language].not_said)
    assert text.index("أول") < text.index("second") < text.index("третий")
    assert "{" not in text


def test_without_titles_nothing_is_named():
    assert abstention("ar", ()) == PHRASES["ar"].not_said


@pytest.mark.parametrize("language", ["und", "it", "am", ""])
def test_other_languages_get_the_fallback(language: str):
    assert abstention(language, ("t",)) == abstention(FALLBACK, ("t",))


def test_a_title_is_no_template():
    hostile = "{titles} {0} %s {not_said.__class__}"
    assert hostile in abstention("en", (hostile,))
