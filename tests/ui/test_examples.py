"""Example questions for the sample documents and for anybody's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.config import Settings
from index.embed import Embedder
from index.language import detect
from index.store import Generation
from index.types import Document
from rag import whole
from rag.engine import Engine
from rag.reader import Reader
from ui.examples import questions_for


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_sample_documents_answer_what_is_suggested(sample_index: Path, embedder: Embedder, language: str):
    engine = Engine(Generation.open(sample_index), embedder, reader=Reader.load(embedder, Settings()))
    shown = questions_for(engine.documents(), language)
    assert questions_for(engine.documents()[:3], language) == shown
    assert {detect(question) for question in shown} == {language}
    assert not any(engine.ask(question).abstained for question in shown)


def test_other_documents_are_asked_about_newest_first(make_document: Callable[..., Document]):
    made = [
        replace(make_document("x", path=f"{day}.txt", title=f"T{day}"), published=date(2031, 1, day))
        for day in (3, 9, 1, 7, 5)
    ]
    shown = questions_for([*made, replace(make_document("x", title="undated"), published=None)], "en")
    assert [next(d.title for d in made if d.title in question) for question in shown] == ["T9", "T7", "T5", "T3"]


@pytest.mark.parametrize(
    ("language", "asked_in"), [("ar", "ar"), ("fa", "fa"), ("ru", "ru"), ("en", "en"), ("am", "en"), ("und", "en")]
)
@pytest.mark.parametrize("interface", ["ar", "en"])
def test_they_are_in_the_interfaces_language_and_the_documents_in_turn(
    make_document: Callable[..., Document], language: str, asked_in: str, interface: str
):
    asked = questions_for([make_document("x", title="Gull 2031", language=language)] * 5, interface)
    assert {whole.topic(question) for question in asked} == {"Gull 2031"}
    assert [detect(question.replace("Gull 2031", "")) for question in asked] == [interface, asked_in] * 2


def test_a_title_is_no_template(make_document: Callable[..., Document]):
    (question,) = questions_for([make_document("x", title="{title} {0.__class__}")], "ar")
    assert "{title} {0.__class__}" in question


def test_nothing_to_ask_about(make_document: Callable[..., Document]):
    assert questions_for([], "ar") == ()
    for title in ("", "x" * 5000, "\u202efdp.exe", "a\x00b"):  # nor what is no question, or reads as another
        assert questions_for([make_document("x", title=title)], "ar") == ()
