"""A question and what came of it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from scripted import CROWD, LENGTH, PAINTER

from index.types import Document, Dropped
from rag.types import Answer
from rag.worded import Found
from ui.turns import Answerer, Turn, grown

SECRET = "a secret of the inside"  # what the scripted engine raises on "broken"


def test_a_reply_appears_sentence_by_sentence(engine: Answerer) -> None:
    steps = list(grown(lambda: engine, Turn(1, LENGTH), ()))
    assert [step.shown for step in steps] == [1, 2, None]
    turn = steps[-1]
    assert turn.answer == steps[0].answer == engine.ask(LENGTH)
    assert turn.dropped["b"] == engine.dropped("b") != ()
    assert set(turn.dropped) == {"b", "t"}


def test_answered_questions_are_the_history(engine: Answerer) -> None:
    asked: list[tuple[str, ...]] = []

    class Listening:
        def ask(self, question: str, /, history: Sequence[str] = (), *, within: object = None) -> Answer:  # noqa: ARG002
            asked.append(tuple(history))
            return engine.ask(question)

        def documents(self) -> tuple[Document, ...]:
            return ()

        def dropped(self, document_id: str) -> tuple[Dropped, ...]:
            return engine.dropped(document_id)

    earlier = [Turn(1, LENGTH, engine.ask(LENGTH)), Turn(2, "broken", error=""), Turn(3, CROWD, stopped=True)]
    assert list(grown(Listening, Turn(4, PAINTER), earlier))
    assert asked == [(LENGTH,)]


def test_a_known_error_is_one_line(engine: Answerer, caplog: pytest.LogCaptureFixture) -> None:
    turns = list(grown(lambda: engine, Turn(1, "   "), ()))
    assert turns == [Turn(1, "   ", error="the question is empty: write one")]
    assert not caplog.records


def test_an_unknown_error_is_logged_and_not_shown(engine: Answerer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        turns = list(grown(lambda: engine, Turn(1, "broken"), ()))
    assert turns == [Turn(1, "broken", error="")]
    assert SECRET in caplog.text


def test_an_error_while_reading_the_furniture_is_an_error_of_the_turn(engine: Answerer) -> None:
    class Torn:
        def ask(self, question: str, /, history: Sequence[str] = (), *, within: object = None) -> Answer:  # noqa: ARG002
            return engine.ask(question, history)

        def documents(self) -> tuple[Document, ...]:
            return ()

        def dropped(self, document_id: str) -> tuple[Dropped, ...]:
            raise KeyError(document_id)

    (turn,) = grown(Torn, Turn(1, LENGTH), ())
    assert (turn.answer, turn.error) == (None, "")


def test_of_an_abstention_the_nearest_passages_stay(engine: Answerer) -> None:
    *_, turn = grown(lambda: engine, Turn(1, PAINTER), ())
    answer = turn.answer
    assert answer is not None
    assert answer.abstained
    assert answer.evidence == engine.ask(PAINTER).evidence


class Words:
    """A language model that words answers as its script says, then fails if there is something to raise."""

    def __init__(self, engine: Answerer, *answers: Answer, fault: Exception | None = None) -> None:
        self._engine, self._answers, self._fault = engine, answers, fault

    def find(self, question: str, history: Sequence[str] = (), **_: object) -> Found:
        return Found(self._engine.ask(question, history), question, "", 0.0)

    def word(self, *_: object) -> Iterator[Answer]:
        yield from self._answers
        if self._fault:
            raise self._fault

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        return self._engine.dropped(document_id)


def test_a_models_words_appear_as_they_come_and_the_documents_own_stand_beside_them(engine: Answerer) -> None:
    own = engine.ask(LENGTH)
    first = replace(own, sentences=own.sentences[1:2], worded_by="m")
    both = replace(own, sentences=own.sentences[1:3], worded_by="m")
    steps = list(grown(lambda: engine, Turn(1, LENGTH), (), words=lambda: Words(engine, first, both)))
    assert [(step.shown, step.answer) for step in steps] == [(0, own), (1, first), (2, both), (None, both)]
    assert [step.worded for step in steps] == [True] * 4
    assert steps[-1].beside == own
    assert set(steps[-1].dropped) == {"b", "t"}  # of what either answer cites
    assert steps[-1].dropped["b"] == engine.dropped("b")


def test_without_the_models_words_the_answer_is_the_documents_own(
    engine: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    own = engine.ask(LENGTH)
    noticed = replace(own, notice="it failed")
    partial = replace(own, sentences=own.sentences[:1], worded_by="m")
    *_, turn = grown(lambda: engine, Turn(1, LENGTH), (), words=lambda: Words(engine, partial, noticed))
    assert (turn.answer, turn.beside, turn.worded) == (noticed, None, False)
    *_, turn = grown(lambda: engine, Turn(1, LENGTH), (), words=lambda: Words(engine, partial, fault=KeyError(SECRET)))
    assert turn.answer is not None
    assert turn.answer.sentences == own.sentences
    assert "KeyError" in turn.answer.notice
    assert SECRET not in turn.answer.notice
    assert SECRET in caplog.text
    turns = list(grown(lambda: engine, Turn(1, PAINTER), (), words=lambda: Words(engine, partial)))
    assert [(turn.shown, turn.answer) for turn in turns] == [(None, engine.ask(PAINTER))]
