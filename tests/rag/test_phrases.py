"""The few words Sanad says itself."""

import pytest

from index.language import detect
from rag.phrases import FALLBACK, PHRASES, abstention, sources


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


@pytest.mark.parametrize(
    ("language", "count", "independent", "said"),
    [
        ("en", 3, 2, "3 sources, 2 independent"),
        ("en", 2, 1, "2 sources, 1 independent"),
        ("ar", 2, 1, "مصدران، واحد مستقل"),
        ("ar", 2, 2, "مصدران، اثنان مستقلان"),
        ("ar", 5, 3, "5 مصادر، 3 مستقلة"),
        ("ar", 11, 11, "11 مصدرًا، 11 مستقلًا"),
        ("ru", 2, 1, "2 источника, 1 независимый"),
        ("ru", 5, 2, "5 источников, 2 независимых"),
        ("ru", 21, 12, "21 источник, 12 независимых"),
        ("sw", 3, 2, "3 sources, 2 independent"),
    ],
)
def test_sources_are_counted_as_the_language_counts(language: str, count: int, independent: int, said: str):
    assert sources(language, count, independent) == said


def test_every_language_counts_sources():
    for language in PHRASES:
        assert "{" not in sources(language, 4, 2)
        assert "4" in sources(language, 4, 2)
