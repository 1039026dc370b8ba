"""Names across scripts and habits of transliteration."""

import pytest

from rag.heard import alike, readings, skeletons


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
        ("kang", "جونغ"),  # the g of "ng" is no consonant of its own
    ],
)
def test_another_name(name: str, other: str):
    assert not alike(name, other)


def test_what_grammar_adds_is_left_out():
    assert "كورسك" in readings("بكورسك")
    assert "курск" in readings("курском")
