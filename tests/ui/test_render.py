"""The transcript: what is said, how sure it is, and where sources disagree."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from html_tree import read
from scripted import CROWD, LENGTH, PAINTER, MakeAnswer, MakeCitation, MakeDocument, both

from rag.types import Answer, AnswerSentence, Support
from ui.render import conversation
from ui.sources import sources
from ui.strings import ARABIC, ENGLISH, Strings
from ui.turns import Answerer, Turn


@pytest.mark.parametrize("strings", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_an_abstention_is_labelled_as_no_answer(strings: Strings, engine: Answerer) -> None:
    answer = engine.ask(PAINTER)
    turn = Turn(1, PAINTER, answer)
    reply = read(conversation([turn], strings)).one(css="abstained")
    assert reply.one(css="sentence").text() == answer.answer
    assert "dir" not in reply.one(css="sentence").attributes  # it is the frame's, whatever titles stand in it
    # The hint is in the question's language, not the interface's.
    assert (reply.attributes["lang"], reply.attributes["dir"]) == ("ar", "rtl")
    assert reply.one(css="hint").text() == ARABIC.nearest_hint
    panel = read(sources([turn], strings))
    assert panel.one(css="sources").attributes["class"].split() == ["sources", "muted", "current"]
    assert panel.one(tag="h2").text() == strings.nearest
    assert len(panel.find(css="card")) == 2
    assert not panel.find(tag="mark")
    assert not panel.find(css="number")
    assert not read(both(turn, strings)).find(css="cite")


def test_an_abstention_with_nothing_near_promises_no_sources(make_abstention: Callable[..., Answer]) -> None:
    turn = Turn(1, "?", make_abstention("Not in them.", language="en"))
    assert ENGLISH.nearest_hint not in conversation([turn], ENGLISH)
    assert not read(sources([turn], ENGLISH)).find(css="card")


def test_disagreeing_sources_stand_in_a_table(engine: Answerer) -> None:
    table = read(conversation([Turn(1, LENGTH, engine.ask(LENGTH))], ENGLISH)).one(css="disagreement").one(tag="table")
    assert table.one(tag="caption").text() == f"{ENGLISH.disagreement}: طول الجسر"
    assert [head.text() for head in table.find(tag="th", scope="col")] == ["Value", "Source", "Date"]
    rows = [[cell.text() for cell in row.find(tag="td")] for row in table.one(tag="tbody").find(tag="tr")]
    assert rows == [
        ["412 مترًا", "افتتاح جسر النورس في مرسى اللؤلؤ [1]", "April 8, 2031"],
        ["405 metres", "Gull Bridge draws its first crowds [2]", "April 8, 2031"],
    ]
    assert table.find(tag="time")[0].attributes["datetime"] == "2031-04-08"


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "high"), (0.75, "high"), (0.74, "medium"), (0.45, "medium"), (0.44, "low"), (0.0, "low")],
)
def test_confidence_is_said_in_words(confidence: float, words: str, engine: Answerer) -> None:
    turn = Turn(1, CROWD, replace(engine.ask(CROWD), confidence=confidence))
    facts = read(conversation([turn], ENGLISH)).one(css="facts")
    assert facts.text() == f"Confidence: {words}"


def test_sentences_appear_one_by_one_and_the_rest_at_the_end(engine: Answerer) -> None:
    answer = engine.ask(LENGTH)
    for shown, expected in ((1, 1), (2, 2), (None, 3)):
        page = read(conversation([Turn(1, LENGTH, answer, shown=shown)], ARABIC))
        assert len(page.find(css="sentence")) == expected
        assert bool(page.find(css="disagreement")) == bool(page.find(css="facts")) == (shown is None)


@pytest.mark.parametrize("support", ["supported", "unsupported"])
def test_a_sentence_that_is_not_a_quote_says_so(
    support: Support, make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    document = make_document("One sentence.", language="en")
    citation = make_citation(document, "One sentence.")
    answer = replace(make_answer(citation), sentences=(AnswerSentence("جملة بلغة أخرى.", (citation,), support),))
    sentence = read(conversation([Turn(1, "?", answer)], ENGLISH)).one(css="sentence")
    assert sentence.one(css="badge").text() == ENGLISH.support[support]
    assert sentence.attributes["dir"] == "rtl"
    assert "lang" not in sentence.attributes  # the quote's language is not the sentence's


def test_a_sentence_that_is_a_quote_says_so(engine: Answerer) -> None:
    badges = read(conversation([Turn(1, CROWD, engine.ask(CROWD))], ENGLISH)).find(css="badge")
    assert [badge.text() for badge in badges] == [ENGLISH.support["verbatim"]]


def test_waiting_error_and_welcome() -> None:
    assert read(conversation([Turn(1, "?")], ENGLISH)).one(css="searching").text() == ENGLISH.searching
    known = read(conversation([Turn(1, "?", error="the question is empty")], ENGLISH)).one(css="error")
    assert known.one(tag="p").text() == "the question is empty"
    unknown = read(conversation([Turn(1, "?", error="")], ARABIC)).one(css="error")
    assert unknown.one(tag="p").text() == ARABIC.error_unexpected
    assert read(conversation((), ARABIC)).one(tag="h2").text() == ARABIC.welcome
    assert read(sources([Turn(1, "?", error="")], ARABIC)).one(css="hint").text() == ARABIC.sources_empty
