"""Probability and features by hand; no fitted number is pinned."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from index.types import Document
from rag import identity, naming, question
from rag.abstain import Calibration, calibration, features, judge
from rag.engine import Engine
from rag.expected import expected
from rag.reader import Reading, ReadSentence
from rag.select import Candidate
from rag.types import Evidence


def common(_word: str) -> bool:
    """No Arabic word is as rare as a name."""
    return False


@pytest.fixture
def seen(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
) -> Callable[..., dict[str, float]]:
    """Features of a question whose best sentence is the first of the first text."""

    def see(
        asked: str, *texts: str, read: ReadSentence | None = None, readings: Sequence[Reading] = ()
    ) -> dict[str, float]:
        evidence = [
            make_evidence(make_document(f"d{n}", text), rank=n + 1, score=2.0 - n, cosine=0.9)
            for n, text in enumerate(texts)
        ]
        sentence = evidence[0].passage.sentences[0]
        best = Candidate(evidence[0], sentence, texts[0][sentence.start : sentence.end], 0.85, 0.0, read, 1.0)
        return features(question.read(asked), evidence, [best], readings, common)

    return see


def test_probability_by_hand():
    model = Calibration({"a": 2.0, "b": -1.0}, 0.5, 0.5)
    assert model.probability({"a": 1.0, "b": 0.5, "unused": 9.0}) == pytest.approx(1 / (1 + math.exp(-2.0)))
    assert model.probability({"a": 0.0, "b": 0.5}) == 0.5


@pytest.mark.parametrize("size", [1e6, 1e308])
def test_probability_never_overflows(size: float):
    model = Calibration({"a": 1.0}, 0.0, 0.5)
    assert 0 < model.probability({"a": -size}) < 1e-9
    assert 1 - 1e-9 < model.probability({"a": size}) < 1


def test_features_by_hand(seen: Callable[..., dict[str, float]]):
    found = seen("mill grind", "The mill burned. They grind.", "Another text.")
    expected = {
        "sentence_cosine": 0.5,
        "passage_cosine": 1.0,
        "margin": 1.0,
        "kind_missing": 0.0,
        "other_script": 0.0,
        "places_missing": 0.0,
        "names_missing": 0.0,
    }
    assert found == pytest.approx(expected)


def test_a_reader_adds_what_it_makes_of_the_best(seen: Callable[..., dict[str, float]]):
    best = ReadSentence(1.5, 0, 3, 2.5, 0.9)
    found = seen("mill", "The mill burned.", read=best, readings=[Reading(-1.0, 0.7, (best,)), Reading(0.5, 0.85, ())])
    assert (found["read_passage"], found["read_sentence"], found["read_words"]) == (0.5, 1.5, 2.5)
    assert found["met"] == pytest.approx(8.5)


@pytest.mark.parametrize(
    ("asked", "text", "missing"),
    [
        ("كم عامل إزالة ألغام سترسل الصين؟", "سترسل كوريا الشمالية ألف عامل لإزالة الألغام.", (1, 0)),
        ("كم عامل إزالة ألغام سترسل كوريا الشمالية؟", "سترسل كوريا الشمالية ألف عامل لإزالة الألغام.", (0, 0)),
        ("How many sappers will Pyongyang and Beijing send in 2031?", "سترسل موسكو ألف عامل.", (2, 1)),
    ],
)
def test_places_and_other_names_that_the_passage_does_not_hold(
    seen: Callable[..., dict[str, float]], asked: str, text: str, missing: tuple[int, int]
):
    found = seen(asked, text)
    assert (found["places_missing"], found["names_missing"]) == missing


def test_without_a_second_document_there_is_no_margin(seen: Callable[..., dict[str, float]]):
    assert seen("mill", "The mill burned.")["margin"] == 0.0


class TestScripts:
    def test_another_script(self, seen: Callable[..., dict[str, float]]):
        assert seen("ما طول الطاحونة؟", "The mill burned.")["other_script"] == 1.0
        assert seen("How long is the mill?", "احترقت الطاحونة.")["other_script"] == 1.0
        assert seen("ما طول الطاحونة؟", "احترقت الطاحونة.")["other_script"] == 0.0

    def test_persian_is_not_arabic(self, seen: Callable[..., dict[str, float]]):
        assert seen("طول آسیاب چقدر است؟", "يبلغ طول الطاحونة أربعين مترا.")["other_script"] == 1.0
        assert seen("طول آسیاب چقدر است؟", "طول این آسیاب چهل متر است.")["other_script"] == 0.0

    def test_a_number_is_no_script(self, seen: Callable[..., dict[str, float]]):
        """A year in both texts does not make an Arabic question an English one."""
        assert seen("ماذا حدث للطاحونة عام 2019؟", "In 2019 the mill burned.")["other_script"] == 1.0

    def test_a_bare_number_is_in_any_script(self, seen: Callable[..., dict[str, float]]):
        assert seen("2019", "In 2019 the mill burned.")["other_script"] == 0.0


class TestKind:
    @pytest.mark.parametrize(
        ("asked", "text", "missing"),
        [
            ("كم حبة قمح في الكيس؟", "في الكيس حبوب كثيرة.", 1.0),
            ("كم حبة قمح في الكيس؟", "في الكيس 40 حبة.", 0.0),
            ("كم حبة قمح في الكيس؟", "في الكيس ٤٠ حبة.", 0.0),
            ("كم حبة قمح في الكيس؟", "في الكيس خمسون حبة.", 0.0),
            ("How many mills grind?", "All of them grind.", 1.0),
            ("How many mills grind?", "Three of them grind.", 0.0),
            ("When did the mill burn?", "The mill did burn.", 1.0),
            ("When did the mill burn?", "The mill did burn in 1994.", 0.0),
            ("When did the mill burn?", "The mill did burn last year.", 0.0),
            ("When did the mill burn?", "The mill did burn on Tuesday.", 0.0),
            ("متى احترقت الطاحونة؟", "احترقت الطاحونة في نيسان.", 0.0),
            ("كم حبة قمح في الكيس؟", "وصل الكيس في نيسان.", 1.0),
            ("Who saw the mill burn?", "The mill did burn.", 0.0),
        ],
    )
    def test_a_number_or_a_date_is_asked_for(
        self, seen: Callable[..., dict[str, float]], asked: str, text: str, missing: float
    ):
        assert seen(asked, text)["kind_missing"] == missing


def test_the_shipped_calibration_fits_the_features(seen: Callable[..., dict[str, float]]):
    best = ReadSentence(1.5, 0, 3, 2.5, 0.9)
    for with_reader in (True, False):
        shipped = calibration(with_reader=with_reader)
        assert 0 < shipped.threshold < 1
        for asked in ("mill", "الطاحونة"):
            given = {"read": best, "readings": [Reading(0.5, 0.8, (best,))]} if with_reader else {}
            found = seen(asked, "The mill burned.", **given)
            assert found.keys() == shipped.weights.keys()
            assert 0 < shipped.probability(found) < 1


@pytest.mark.parametrize(
    ("things", "place", "answered"),
    [("deminers", "North Korea", True), ("deminers", "Belarus", False), ("tanks", "North Korea", False)],
)
def test_a_question_about_another_place_or_thing_is_not_answered_however_near_all_else_is(
    make_document: Callable[..., Document],
    make_evidence: Callable[..., Evidence],
    things: str,
    place: str,
    answered: bool,
):
    found = make_evidence(make_document("d", "North Korea will send 900 deminers."), score=9.0, cosine=0.99)
    best = Candidate(found, found.passage.sentences[0], "North Korea will send 900 deminers.", 0.99, 1.0, None, 9.0)
    probability, enough = judge(question.read(f"How many {things} will {place} send?"), [found], [best], [], common)
    assert enough == answered
    assert (probability > 0.5) == answered


@pytest.mark.parametrize(("things", "answered"), [("tanks", True), ("gulls", False), ("soldiers", False)])
def test_how_many_is_not_answered_by_what_counts_only_other_things(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence], things: str, answered: bool
):
    text = "The port sent 900 tanks to the soldiers."
    found = make_evidence(make_document("d", text), score=9.0, cosine=0.99)
    best = Candidate(found, found.passage.sentences[0], text, 0.99, 1.0, None, 9.0)
    assert judge(question.read(f"How many {things} did the port send?"), [found], [best], [], common)[1] == answered


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("How many deminers will North Korea send?", True),
        ("How many deminers will South Korea send?", False),
        ("كم خبير ألغام سترسل كوريا الجنوبية؟", False),
        ("How many deminers will arrive, as South Korea counts them?", True),
    ],
)
def test_what_one_country_did_is_not_told_of_another_that_the_passage_names(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence], asked: str, answered: bool
):
    text = "South Korea counted them. North Korea will send 900 deminers, according to South Korea."
    if not answered:
        text = text.replace(", according to South Korea", "")
    found = make_evidence(make_document("d", text), score=9.0, cosine=0.99)
    sentence = found.passage.sentences[1]
    best = Candidate(found, sentence, text[sentence.start : sentence.end], 0.99, 1.0, None, 9.0)
    assert judge(question.read(asked), [found], [best], [], common)[1] == answered


@pytest.mark.parametrize(("asked", "answered"), [("Who is Igor Petrov?", True), ("Who is Anna Weber?", False)])
def test_who_somebody_is_is_answered_where_a_post_stands_beside_the_name(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence], asked: str, answered: bool
):
    text = "قال مدير الميناء إيغور بتروف إن السفن عادت."
    found = make_evidence(make_document("d", text), score=0.1, cosine=0.6)
    said = identity.said(identity.asked(asked) or "", text)
    best = Candidate(found, found.passage.sentences[0], text, 0.6, 0.0, None, 0.1, said)
    assert judge(question.read(asked), [found], [best], [], common)[1] == answered


@pytest.mark.parametrize(
    ("asked", "text", "near", "answered"),
    [
        ("What is the ferry company called?", "تسير الرحلات شركة تدعى نوردبورغ مرتين في الأسبوع.", False, True),
        ("What is the ferry company called?", "تسير الرحلات شركة نوردبورغ مرتين في الأسبوع.", False, False),
        ("What is the ferry company called?", "تسير الرحلات شركة نوردبورغ مرتين في الأسبوع.", True, True),
        ("What is the ferry company called?", "تسير الرحلات شركة كبيرة مرتين في الأسبوع.", True, False),
        ("What is the process called?", "Salt is won by drying sea water.", True, True),  # it bears no name of its own
    ],
)
def test_what_is_asked_the_name_of_must_be_named_and_that_is_enough(
    make_document: Callable[..., Document],
    make_evidence: Callable[..., Evidence],
    asked: str,
    text: str,
    near: bool,
    answered: bool,
):
    cosine = 0.99 if near else 0.6
    found = make_evidence(make_document("d", text), score=9.0 if near else 0.1, cosine=cosine)
    wanted = naming.asked(asked)
    said = wanted and naming.said(wanted, text)
    best = Candidate(found, found.passage.sentences[0], text, cosine, 1.0 if near else 0.0, None, 9.0, said)
    assert judge(question.read(asked), [found], [best], [], common)[1] == answered


@pytest.mark.parametrize(
    ("asked", "history", "elsewhere", "answered"),
    [
        ("And how many trucks came?", ("When did the fair open?",), False, True),
        ("And how many trucks came?", ("When did the fair open?",), True, False),
        ("How many trucks came?", (), False, False),
        ("And why did trucks come?", ("When did the fair open?",), False, False),
    ],
)
def test_a_follow_up_needs_but_what_it_expects_in_the_document_of_its_topic(
    make_document: Callable[..., Document],
    make_evidence: Callable[..., Evidence],
    asked: str,
    history: Sequence[str],
    elsewhere: bool,
    answered: bool,
):
    text = "Because of the rain 40 trucks came."
    found = make_evidence(make_document("d", text), score=0.1, cosine=0.6)
    first = make_evidence(make_document("other", "The fair opened."), score=0.1, cosine=0.6) if elsewhere else found
    asks = question.read(asked, history)
    wanted = expected(asks.text, asks.topic)
    best = Candidate(found, found.passage.sentences[0], text, 0.6, 0.0, None, 0.1, wanted and wanted.where(text, ""))
    assert best.expected
    assert judge(asks, [first, found], [best], [], common)[1] == answered


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("What did Igor Petrov say about the ships?", True),
        ("What did Anna Weber say about the ships?", False),
        ("What did the governor say about the ships?", True),  # a common noun goes by many words
        ("What did the Dockers Union say about the ships?", True),  # as does what is translated
    ],
)
def test_the_words_of_somebody_the_passage_does_not_name_are_not_given(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence], asked: str, answered: bool
):
    text = "The harbour master Igor Petrov told reporters that the ships were back."
    found = make_evidence(make_document("d", text), score=9.0, cosine=0.99)
    best = Candidate(found, found.passage.sentences[0], text, 0.99, 1.0, None, 9.0)
    assert judge(question.read(asked), [found], [best], [], common)[1] == answered


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("What did Pak Min Ho open?", True),
        ("What did Pak Su Jin open?", False),
        ("When did Verhoeven meet the mayor?", False),
        ("Who is the mayor?", True),
        ("Who is the ambassador?", False),
        ("When did the mayor visit Italy?", True),
        ("When did the mayor visit Spain?", False),
        ("How old is the mayor?", False),
        ("What did Pak Min Ho open in 2019?", False),
        ("What did Pak Min Ho open in 2023?", True),
        ("When did the mayor leave?", False),
        ("How many trams did Kenya send to Finland?", False),
        ("How many trams did Finland send to Kenya?", True),
    ],
)
def test_another_person_post_visit_deed_direction_age_or_year_is_not_answered(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence], asked: str, answered: bool
):
    told = "The mayor arrived from Rome on 5 March as Finland sent 9 trams to Kenya."
    text = f"On 4 March Pak Min Ho opened the bridge to Spain. {told}"
    source = replace(make_document("d", text), published=date(2023, 3, 6))
    found = make_evidence(source, score=9.0, cosine=0.99)
    sentence = found.passage.sentences[1]
    best = Candidate(found, sentence, text[sentence.start : sentence.end], 0.99, 1.0, None, 9.0)
    assert judge(question.read(asked), [found], [best], [], common)[1] == answered


def test_an_age_is_told_of_somebody_named_in_the_sentence_before(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    text = "Two Norwegians were rescued. The younger, aged 31, had a card made out to a man from Sweden."
    found = make_evidence(make_document("d", text), score=9.0, cosine=0.99)
    sentence = found.passage.sentences[1]
    said = text[sentence.start : sentence.end]
    best = Candidate(found, sentence, said, 0.99, 1.0, None, 9.0, (13, 20))
    assert judge(question.read("How old are the two Norwegians?"), [found], [best], [], common)[1]


def test_an_answerable_question_is_likelier_than_one_about_something_else(engine: Engine):
    asked = engine.ask("كم أجر العامل في ألابوغا؟")
    unrelated = engine.ask("ما أفضل وصفة لتحضير كعكة الشوكولاتة بالبرتقال؟")
    assert unrelated.confidence < asked.confidence
