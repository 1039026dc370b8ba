"""Names across scripts and habits of transliteration."""

import pytest

from rag.heard import alike, grown_together, readings, skeletons


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ussuriysk", "باوسورييسك"),
        ("даньдун", "داندونغ"),
        ("szijjarto", "سيارتو"),
        ("сииярто", "szijjarto"),
        ("вонсан", "ونسان"),
        ("kozhemyako", "كوجيمياكو"),
        ("путиным", "بوتين"),
        ("mahmoud", "المحمود"),
        ("oran", "وهران"),
        ("montreal", "مونتريال"),
        ("petrovsky", "بيتروفسكي"),
        ("haddad", "الحداد"),
    ],
)
def test_the_same_name(name: str, other: str):
    bones = skeletons(name) & skeletons(other)
    assert alike(name, other) or bones


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("smirnov", "semenov"),
        ("kovalenko", "كوفالتشوك"),
        ("belousov", "борисов"),
        ("donetsk", "لوغانسك"),
        ("petrovsky", "بيلينسكي"),
        ("tarasov", "كوليشوف"),
        ("kang", "جونغ"),  # the g of "ng" is no consonant of its own
    ],
)
def test_another_name(name: str, other: str):
    assert not alike(name, other)


def test_what_grammar_adds_is_left_out():
    assert "كورسك" in readings("بكورسك")
    assert "курск" in readings("курском")


def test_two_words_grown_together_tell_more_than_one_of_them():
    assert grown_together("novysad", "sad", "نوفيساد")
    assert alike("kimyo", "كيم")
    assert not grown_together("kimyo", "kim", "كيم")
