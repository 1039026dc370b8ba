"""Towns that a question names and a text does not, in made-up words of everyday news."""

import pytest

from rag import where

WORKERS = "أرسلت المدينة 300 عامل إلى مصنع قرب الميناء."


def rare(word: str) -> bool:
    return word in {"ألابوغا", "بيلغورود", "اجتماعات"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many workers go to Alabuga?", ("Alabuga",)),
        ("Сколько рабочих едет в Алабугу?", ("Алабугу",)),
        ("Combien d'ouvriers vont à Alabouga ?", ("Alabouga",)),
        ("How many workers visited Alabuga?", ("Alabuga",)),
        ("Сколько рабочих посетило Алабугу?", ("Алабугу",)),
        ("كم عاملا جاء بعد زيارة ألابوغا؟", ("ألابوغا",)),
        ("كم عاملا ذهب إلى ألابوغا؟", ("ألابوغا",)),
    ],
)
def test_a_town_that_no_list_holds_is_missing_in_every_script(question: str, names: tuple[str, ...]):
    assert where.missing(question, WORKERS, rare) == names


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many workers go to Alabuga?", "أرسلت المدينة 300 عامل إلى ألابوغا."),
        ("كم عاملا ذهب إلى ألابوغا؟", "300 workers were sent to Alabuga."),
        ("Сколько рабочих едет в Алабугу?", "300 workers were sent to Alabuga."),
        ("كم جنديا في بيلغورود؟", "دخل مئة جندي بيلجورود ليلا."),
    ],
)
def test_a_town_is_held_in_any_spelling(question: str, text: str):
    assert where.missing(question, text, rare) == ()


@pytest.mark.parametrize(
    "question",
    [
        "How many workers live in Northern Alabuga?",  # "northern" is translated
        "How many workers came to NASA in October?",
        "Wie viele Arbeiter sind in Betrieb?",
        "Что решили в Верховном суде?",
        "What do they write in Western media, and in Parliament?",
        "Что пишут в Европе?",
        "How many flew from Pyongyang to Brazil?",  # known places are looked for by what they are
        "كم عاملا سافر من بيونغ يانغ إلى الاجتماعات؟",
        "كم عاملا ذهب إلى مصانعهم؟",
        "How many workers came, according to Western officials?",
        "How many workers are there in Asia?",  # one consonant is too little to hear
    ],
)
def test_other_words_behind_in_and_to_are_no_towns(question: str):
    assert where.missing(question, WORKERS, lambda _: True) == ()


def test_a_name_is_held_or_too_short_to_tell():
    assert where.holds(WORKERS + " ألابوغا", "alabuga")
    assert not where.holds(WORKERS, "alabuga")
    assert where.holds(WORKERS, "asia")
