"""Example questions for the sample documents and for anybody's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from eval import questions
from eval.run import DOCUMENTS, QUESTIONS
from index import load
from index.language import detect
from index.types import Document
from rag import whole
from ui.examples import MOST, questions_for


def test_the_sample_documents_have_questions_of_the_projects_own_set():
    samples = load.load([DOCUMENTS]).documents
    own = {question.question: question.kind for question in questions.load(QUESTIONS, DOCUMENTS)}
    shown = questions_for(samples)
    assert len(shown) == len(set(shown)) == MOST
    assert {own[question] for question in shown} >= {"fact", "unanswerable"}
    assert questions_for(samples[:3]) == shown


def test_other_documents_are_asked_about_newest_first(make_document: Callable[..., Document]):
    made = [
        replace(make_document("x", path=f"{day}.txt", title=f"T{day}"), published=date(2031, 1, day))
        for day in (3, 9, 1, 7, 5)
    ]
    shown = questions_for([*made, replace(make_document("x", title="undated"), published=None)])
    assert [next(d.title for d in made if d.title in question) for question in shown] == ["T9", "T7", "T5", "T3"]


@pytest.mark.parametrize(
    ("language", "asked_in"), [("ar", "ar"), ("fa", "fa"), ("ru", "ru"), ("en", "en"), ("am", "en"), ("und", "en")]
)
def test_they_are_in_the_documents_language(make_document: Callable[..., Document], language: str, asked_in: str):
    (question,) = questions_for([make_document("x", title="Gull 2031", language=language)])
    assert whole.topic(question) == "Gull 2031"
    assert detect(question.replace("Gull 2031", "")) == asked_in


def test_a_title_is_no_template(make_document: Callable[..., Document]):
    (question,) = questions_for([make_document("x", title="{title} {0.__class__}")])
    assert "{title} {0.__class__}" in question


def test_nothing_to_ask_about(make_document: Callable[..., Document]):
    assert questions_for([]) == ()
    assert questions_for([make_document("x", title="")]) == ()
