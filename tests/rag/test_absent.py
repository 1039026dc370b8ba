"""People, posts and places of a question that a text does not tell of, in made-up words of everyday news."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from index.types import Document
from rag import absent
from rag.types import AROUND, Evidence

CHAIRMAN = "افتتح باك مين هو الجسر، ثم قال باك إن العمل لم ينته."


@pytest.mark.parametrize(
    "question",
    [
        "What did Pak Su Jin say about the bridge?",
        "What did Pak Su-jin say about the bridge?",
        "Что сказала Пак Су Чжин?",
        "ماذا قالت باك سو جين عن الجسر؟",
        "When did Pak Su Jin open the bridge?",
    ],
)
def test_another_of_the_same_family_name_is_no_answer(question: str):
    assert absent.namesake(question, CHAIRMAN)


@pytest.mark.parametrize(
    "question",
    [
        "What did Pak Min Ho say?",
        "What did Pak Min-ho say?",
        "Что сказал Пак Мин Хо?",
        "ماذا قال باك مين هو؟",
        "What did Pak say?",  # no full name
        "ماذا قال مدير شركة الجسر؟",
        "Who opened the New River Bridge?",
        "كم جسرا في المدينة؟",
    ],
)
def test_a_name_is_heard_in_any_spelling_and_other_words_are_no_full_name(question: str):
    assert not absent.namesake(question, CHAIRMAN)


@pytest.mark.parametrize(
    "question",
    ["When did Verhoeven meet the mayor?", "Quand Verhoeven a-t-il rencontré le maire ?", "Whom did Verhoeven accuse?"],
)
def test_who_met_visited_or_accused_must_be_named(question: str):
    assert absent.stranger(question, "التقى العمدة مدير الميناء يوم الأحد.")
    assert not absent.stranger(question, "التقى العمدة فيرهوفن يوم الأحد.")


@pytest.mark.parametrize(
    "question",
    [
        "What did Verhoeven build?",  # a thing may have a name that is translated
        "When did the President meet the mayor?",
        "When did the mayor visit France?",  # countries are told elsewhere
    ],
)
def test_others_are_not_looked_for(question: str):
    assert not absent.stranger(question, "التقى العمدة مدير الميناء يوم الأحد.")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("من هو سفير البلاد في المدينة؟", True),
        ("ما اسم سفير البلاد؟", True),
        ("Who is the ambassador?", True),
        ("Кто посол?", True),
        ("Wie heißt der Botschafter?", True),
        ("من هو وزير الدفاع؟", True),
        ("Who is the defence minister?", True),
        ("من هو وزير النقل؟", False),
        ("Who is the minister?", False),
        ("Кто из послов прилетел?", False),
        ("من التقى الوزير مع السفير؟", False),
        ("Who appointed the ambassador?", False),
        ("Who is Pak Son Ho?", False),  # nobody's son
        ("When did the ambassador come?", False),
    ],
)
def test_the_post_asked_for_is_named_in_one_sentence(
    question: str,
    missing: bool,
    make_document: Callable[..., Document],
    make_evidence: Callable[..., Evidence],
):
    text = "زار الوزير الميناء. وقالت وزارة الدفاع إن الطريق مفتوح."
    assert absent.post(question, make_evidence(make_document("a", text))) is missing


@pytest.mark.parametrize(
    ("question", "away"),
    [
        ("When did the mayor visit Madrid?", True),
        ("متى زار العمدة إسبانيا؟", True),
        ("هل كانت زيارة العمدة إلى مدريد؟", True),
        ("When did the mayor visit Rome?", False),
        ("When did the mayor visit Italy?", False),  # a city lies in its country
        ("When did the mayor of Madrid pay a visit?", False),
        ("When was the bridge in Madrid built?", False),
    ],
)
def test_a_visit_elsewhere_is_not_the_one_asked_about(question: str, away: bool):
    assert absent.elsewhere(question, "وصل العمدة إلى روما يوم الأحد.") is away
    assert not absent.elsewhere(question, "وصل العمدة يوم الأحد.")


def test_in_a_book_somebody_is_looked_for_around_the_passage(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    weather = "وتحدث الناس عن الطقس طويلا. "
    met = "التقى العمدة فيرهوفن يوم الأحد. "
    for between, away in ((10, False), (AROUND // 10, True)):
        whole = make_evidence(make_document("a", weather * 3 + weather * between + met))
        found = replace(whole, passage=replace(whole.passage, sentences=whole.passage.sentences[:3]))
        assert found.surroundings.startswith(weather * 3)
        assert absent.stranger("When did Verhoeven meet the mayor?", found.surroundings) is away


@pytest.mark.parametrize(
    ("question", "away"),
    [
        ("When did the mill burn in 2019?", True),
        ("متى احترقت الطاحونة عام 2019؟", True),
        ("When did the mill burn in 2022?", False),  # "last year"
        ("When did the mill burn in 1994?", False),  # the text tells of it
        ("What became of the mill between 2019 and 2023?", False),
        ("When did the mill burn?", False),
        ("When were the 2500 sacks ground?", False),  # no year
    ],
)
def test_a_text_of_another_year_tells_nothing_of_the_one_asked_about(
    question: str, away: bool, make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    source = make_document("a", "The mill burned on Monday. It was built in 1994.")
    dated = make_evidence(replace(source, published=date(2023, 5, 1)))
    assert absent.another_year(question, dated, "The mill burned on Monday.") is away
    assert not absent.another_year(question, make_evidence(source), "The mill burned on Monday.")


@pytest.mark.parametrize(
    ("question", "away"),
    [
        ("How many sacks did the mill send in 2019?", True),
        ("كم كيسا أرسلت الطاحونة عام 2019؟", True),
        ("How many sacks did the mill send in 2024?", False),
        ("How many sacks did the mill send in 1994?", False),  # the text tells of it
        ("How many sacks did the mill send?", False),
    ],
)
def test_a_sentence_of_another_year_is_no_answer_in_a_document_without_a_date(
    question: str, away: bool, make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    sent = "The mill sent 40 sacks in 2024."
    found = make_evidence(make_document("a", f"{sent} It was built in 1994."))
    assert absent.another_year(question, found, sent) is away


@pytest.mark.parametrize(
    ("question", "sentence", "passage", "undone"),
    [
        ("When did the divers return?", "أرسلت المدينة الغواصين في مايو.", "", True),
        ("متى عاد الغواصون؟", "The city sent the divers in May.", "", True),
        ("When did the divers return?", "أرسلت المدينة الغواصين في مايو.", "وعادوا في يونيو.", False),
        ("When were the divers sent?", "أرسلت المدينة الغواصين في مايو.", "", False),
        ("When were the divers sent back on their return?", "أرسلت المدينة الغواصين.", "", False),
        ("How far did bread prices decline?", "Bread prices rose by 5 percent.", "", True),
        ("How long did the divers stay when the city sent them?", "Они вернулись через день.", "", False),
        ("Who denied the fire?", "The baker admitted the fire.", "", True),
        ("Did the baker deny the fire?", "The baker admitted the fire.", "", False),  # and so answers
    ],
)
def test_the_opposite_of_a_deed_is_not_told_for_it(question: str, sentence: str, passage: str, undone: bool):
    assert absent.undone(question, sentence, f"{sentence} {passage}") is undone
