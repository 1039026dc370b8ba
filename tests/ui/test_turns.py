"""A question and what came of it."""

import logging
from collections.abc import Sequence

import pytest

from index.types import Document, Dropped
from rag.types import Answer
from ui.turns import Answerer, Turn, answered, steps

LENGTH = "كم يبلغ طول جسر النورس؟"
CROWD = "How many people crossed the bridge on its first weekend?"
PAINTER = "من رسم لوحة الجسر؟"
SECRET = "a secret of the inside"  # what the scripted engine raises on "broken"


def test_a_reply_appears_sentence_by_sentence(engine: Answerer) -> None:
    turn = answered(lambda: engine, Turn(1, LENGTH), ())
    assert turn.answer == engine.ask(LENGTH)
    assert turn.dropped["b"] == engine.dropped("b") != ()
    assert set(turn.dropped) == {"b", "t"}
    assert [step.shown for step in steps(turn)] == [1, 2, None]
    assert list(steps(turn))[-1] == turn


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
    answered(Listening, Turn(4, PAINTER), earlier)
    assert asked == [(LENGTH,)]


def test_a_known_error_is_one_line(engine: Answerer, caplog: pytest.LogCaptureFixture) -> None:
    turn = answered(lambda: engine, Turn(1, "   "), ())
    assert turn == Turn(1, "   ", error="the question is empty: write one")
    assert list(steps(turn)) == [turn]
    assert not caplog.records


def test_an_unknown_error_is_logged_and_not_shown(engine: Answerer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        turn = answered(lambda: engine, Turn(1, "broken"), ())
    assert turn == Turn(1, "broken", error="")
    assert SECRET in caplog.text


def test_an_error_while_reading_the_furniture_is_an_error_of_the_turn(engine: Answerer) -> None:
    class Torn:
        def ask(self, question: str, /, history: Sequence[str] = (), *, within: object = None) -> Answer:  # noqa: ARG002
            return engine.ask(question, history)

        def documents(self) -> tuple[Document, ...]:
            return ()

        def dropped(self, document_id: str) -> tuple[Dropped, ...]:
            raise KeyError(document_id)

    turn = answered(Torn, Turn(1, LENGTH), ())
    assert (turn.answer, turn.error) == (None, "")


def test_of_an_abstention_the_nearest_passages_stay(engine: Answerer) -> None:
    answer = answered(lambda: engine, Turn(1, PAINTER), ()).answer
    assert answer is not None
    assert answer.abstained
    assert answer.evidence == engine.ask(PAINTER).evidence
