"""Conditions: which questions are asked how, and what is made of both answers."""

from dataclasses import replace

import pytest

from eval.cases import Case
from eval.questions import Gold, Question
from eval.robustness import changed, surroundings, wordings
from index.types import Document
from rag.types import Answer, AnswerSentence, Citation, IndexInfo

TEXT = "The bridge was opened in 1932."
NEWS = Document("n1", "bridge.txt", "", TEXT, "en", None, "text")
COPY = Document("n2", "other.txt", "", "It cost much.", "en", None, "text", copies=("copy/bridge.txt",))
MILL = Document("n3", "mill.txt", "", "The mill grinds.", "en", None, "text")


def question(name: str, kind: str = "fact", **others: object) -> Question:
    fields = {"language": "en", "history": (), "answerable": True, "facts": (("1932",),)} | others
    gold = (Gold("bridge.txt", TEXT, 0, len(TEXT)),)
    return Question(id=name, question=name, kind=kind, gold=gold, **fields)  # type: ignore[arg-type]


def answer(said: str) -> tuple[Answer, float]:
    cited = Citation(1, NEWS, "p", 0, len(TEXT), 1.0)
    sentences = (AnswerSentence(said, (cited,), "verbatim"),) if said else ()
    return Answer("", "en", not said, 0.5, said or "silent", sentences, (), (), {}, IndexInfo("g", "m")), 1.0


def judge(asked: Question, given: Answer, ms: float) -> Case:
    stated = float("1932" in given.answer)
    return Case(asked.id, asked.question, asked.id, True, (), (), None, {"key_facts": (stated, 1.0)},
                abstained=given.abstained, ms=ms)  # fmt: skip


def echo(asked: str, history: tuple[str, ...]) -> tuple[Answer, float]:
    return answer("|".join((*history, asked)))


def test_wordings_are_held_against_what_needs_no_mending():
    asked = (
        *(question(f"and {n}?", "follow-up", history=("who?",), same_as=f"full {n}") for n in range(3)),
        question("new", "topic-change", history=("old",)),
        question("wrd", "perturbed", same_as="word"),
        question("mot", "cross-lingual", same_as="word"),
        question("mot sans jumeau", "cross-lingual"),
        question("plain"),
    )
    both = {
        c.name: [(c.easier(q)[0].answer, c.harder(q)[0].answer) for q in c.questions] for c in wordings(asked, echo)
    }
    assert both == {
        "follow-ups": [(f"full {n}", f"who?|and {n}?") for n in range(3)],
        "after another topic": [("new", "old|new")],
        "misspelt or in dialect": [("word", "wrd")],
        "in another language than the text": [("word", "mot")],
    }


def test_every_third_answerable_question_is_asked_of_other_documents():
    asked = [
        *(question(str(n), "superseded" if n == 3 else "fact") for n in range(7)),
        question("x", answerable=False),
    ]

    def within(name: str, _history: tuple[str, ...], ids: frozenset[str]) -> tuple[Answer, float]:
        return answer(f"{name} of {sorted(ids)}")

    copied = replace(COPY, copies=("bridge.txt",))
    made = surroundings(asked, (NEWS, copied, MILL), echo, within, lambda name, _: answer(f"furnished {name}"))
    alone, removed, furnished = made
    assert [[q.id for q in c.questions] for c in made] == [["0", "3", "6"], ["0", "6"], ["0", "3", "6"]]
    assert alone.easier(asked[0])[0].answer == "0 of ['n1', 'n2']"
    assert removed.harder(asked[0])[0].answer == "0 of ['n3']"
    assert furnished.harder(asked[0])[0].answer == "furnished 0"
    assert {c.harder(asked[0])[0].answer for c in (alone,)} == {removed.easier(asked[0])[0].answer} == {"0"}


def test_changes_by_hand():
    asked = [question("1932"), question("in 1932"), question(""), question("later")]
    (condition,) = wordings([replace(q, kind="perturbed", same_as="of 1932") for q in asked], echo)
    told: list[tuple[int, int]] = []
    found = changed(condition, judge, lambda *step: told.append(step))
    # Asked plainly all four state the year; the third is now silent, the last states nothing.
    assert found.measures["key_facts"].value == 0.5
    assert found.differences["key_facts"].value == -0.5
    assert found.measures["answered"].value == 0.75
    assert found.differences["answered"].value == -0.25
    # The script always cites the same characters, so all but the silence begin alike.
    assert found.measures["alike"].value == 0.75
    assert found.differences["alike"].judged == 0
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert found.differences["answered"].p == pytest.approx(1)
