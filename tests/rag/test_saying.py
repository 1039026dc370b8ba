"""Whose words a question asks for, and where a text gives them."""

import pytest

from rag import saying


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("ماذا قال بتروف عن الجسر؟", "بتروف"),
        ("وماذا قالت وزيرة النقل في المؤتمر؟", "وزيرة النقل"),
        ("ما الذي قاله مدير الميناء بعد الحريق؟", "مدير الميناء"),
        ("What did Governor Petrov say about the bridge?", "Governor Petrov"),
        ("what does the harbour master claim", "the harbour master"),
        ("Что сказал Петров о мосте?", "Петров"),
        ("Что Петров сказал о мосте?", "Петров"),
        ("Was sagte Petrow über die Brücke?", "Petrow"),
    ],
)
def test_a_speaker_is_asked_about(question: str, speaker: str):
    assert saying.asked(question) == speaker


@pytest.mark.parametrize(
    "question",
    [
        "من قال إن الجسر آمن؟",
        "ماذا بنى بتروف؟",
        "What did Petrov build?",
        "When did Petrov say so?",
        "Что построил Петров?",
        "",
    ],
)
def test_other_questions_ask_for_nobodys_words(question: str):
    assert saying.asked(question) is None


@pytest.mark.parametrize(
    ("speaker", "text", "words"),
    [
        ("بتروف", "وقال مدير الميناء إيغور بتروف يوم الأحد إن السفن عادت.", " السفن عادت."),
        ("Petrov", 'ونقلت صحيفة "الجسر" عن مدير الميناء إيغور بتروف قوله إن السفن عادت.', " السفن عادت."),
        ("بتروف", "صرح بتروف: «عادت السفن».", " «عادت السفن»."),
        ("بتروف", "Governor Igor Petrov said that the ships were back.", " the ships were back."),
        ("Petrov", "“The ships are back,” said Petrov.", "“The ships are back,” "),
        ("Harbour Ministry", "According to the Harbour Ministry, the ships are back.", ", the ships are back."),
        ("Петрова", "По словам Петрова, суда вернулись.", ", суда вернулись."),
        ("Orlov", "Petrov said that Orlov had left.", None),
        ("Orlov", "Petrov told Orlov that the ships were back.", None),
        ("أورلوف", "قال بتروف في رسالته إلى أورلوف إن السفن عادت.", None),
        ("أورلوف", "عادت السفن.", None),
    ],
)
def test_the_words_of_a_speaker(speaker: str, text: str, words: str | None):
    span = saying.said(speaker, text)
    assert (span and text[slice(*span)]) == words


def test_he_added_is_said_by_who_spoke_before():
    before = "قال بتروف إن السفن عادت."
    added = 'وأضاف: "سنفتح الجسر غدا".'
    span = saying.said("Petrov", added, before)
    assert span is not None
    assert added[slice(*span)] == ' "سنفتح الجسر غدا".'
    assert saying.said("Orlov", added, before) is None
    assert saying.said("Petrov", added) is None


@pytest.mark.parametrize(
    ("question", "topic", "speaker"),
    [
        ("وماذا قال؟", "زار بتروف إيطاليا", "بتروف"),
        ("What did he announce?", "Petrov visit Rome", "Petrov"),
        ("А что он сказал?", "Петров посетил Рим", "Петров"),
        ("ماذا قال بتروف؟", "زار العمدة إيطاليا", None),
        ("وماذا قال؟", "", None),
        ("ومتى وصل؟", "زار بتروف إيطاليا", None),
    ],
)
def test_who_is_left_out_was_named_before(question: str, topic: str, speaker: str | None):
    assert saying.meant(question, topic) == speaker
    assert speaker is None or saying.asked(question) is None


def test_what_the_words_are_about():
    assert saying.about("ماذا قال بتروف عن الجسر القديم؟") == "الجسر القديم؟"
    assert saying.about("What did Petrov say about the aid?") == "the aid?"
    assert saying.about("What did Petrov say?") == ""
    assert saying.speaks_of("the aid?", "وأضاف أن هذه مساعدة مؤقتة.")
    assert saying.speaks_of("الجسر القديم؟", "وأضاف أن الجسر متين.")
    assert not saying.speaks_of("the aid?", "وأضاف أن الجسر متين.")


def test_giving_a_statement_gives_no_words():
    assert saying.said("بتروف", "وأدلى بتروف بهذه التصريحات خلال زيارة.") is None
