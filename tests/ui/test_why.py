"""Why the nearest passages are no answer."""

from collections.abc import Callable
from dataclasses import replace

from rag.types import Answer
from ui.turns import Answerer
from ui.why import missing_words


def test_words_that_no_passage_holds_are_named_as_typed(engine: Answerer) -> None:
    answer = engine.ask("Who painted the bridge?")
    asked = replace(answer, question="Who Painted the Bridges when councils stood, Painted?")
    assert missing_words(asked) == ("Painted", "Bridges", "councils", "stood")


def test_arabic_words_are_compared_by_their_stems(engine: Answerer) -> None:
    answer = engine.ask("من رسم لوحة الجسر؟")
    assert missing_words(replace(answer, question="لوحة الجسر والجزيرة متى")) == ("لوحة",)


def test_words_of_another_language_are_not_expected(engine: Answerer, make_abstention: Callable[..., Answer]) -> None:
    answer = engine.ask("Who painted the bridge?")
    assert missing_words(replace(answer, language="ru")) == ()
    assert missing_words(make_abstention("No.")) == ()
