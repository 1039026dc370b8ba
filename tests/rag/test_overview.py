"""The sentences that stand for a document, by hand and on the sample documents."""

from collections.abc import Callable

import numpy as np
import pytest

from index.types import Document
from rag import overview
from rag.engine import Engine
from rag.types import Evidence


def angle(degrees: float) -> list[float]:
    return [float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))]


def chosen(found: Evidence, degrees: list[float]) -> list[str]:
    vectors = np.array([angle(d) for d in degrees], np.float32)
    return [candidate.text for candidate in overview.choose([found], lambda _: vectors)]


def test_the_beginning_then_what_it_does_not_stand_for(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    """Two clusters: the opening speaks of one, and the middle of the other comes next; in order of the text."""
    text = " ".join(f"Sentence number {n} says a thing." for n in range(6))
    found = make_evidence(make_document("d", text))
    told = chosen(found, [0, 10, 20, 80, 90, 100])
    # Of the first three the one in the middle, then the middle of the others, then what lies furthest from both.
    assert {"Sentence number 1 says a thing.", "Sentence number 4 says a thing."} < set(told)
    assert told == sorted(told)
    assert len(told) == 3


def test_of_a_long_document_evenly_spaced_sentences_are_compared(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(overview, "_MOST_COMPARED", 3)
    text = " ".join(f"Sentence number {n} says a thing." for n in range(6))
    found = make_evidence(make_document("d", text))
    assert chosen(found, [0, 10, 20, 80, 90, 100]) == [f"Sentence number {n} says a thing." for n in (0, 2, 5)]


def test_fragments_and_leaning_sentences_are_left_out(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    text = "The mill of Tal Amar grinds wheat. He added that it is old. Photo. The wheel was replaced in 1994"
    found = make_evidence(make_document("d", text))
    assert chosen(found, [0, 1, 2, 3]) == ["The mill of Tal Amar grinds wheat."]
    alone = make_evidence(make_document("e", "A headline only"))
    assert chosen(alone, [0]) == ["A headline only"]
    assert overview.choose([], lambda _: np.zeros((0, 2), np.float32)) == ()


def test_the_share_of_a_topic_counts_rare_words_and_knows_names(make_document: Callable[..., Document]):
    document = make_document("d", "It was opened by Sergei Shoigu.", title="The bridge over the Tumen")

    def share(topic: str, asked_in: str = "en") -> float:
        return overview.share(topic, asked_in, document, lambda term: 3.0 if term == "bridge" else 1.0)

    assert share("bridge Tumen") == 1.0
    assert share("bridge moon") == pytest.approx(0.75)
    assert share("moon") == share("") == 0.0
    assert share("جسر تومين", "ar") == 1.0  # the name alone can tell
    assert share("جسر", "ar") == 0.0


def test_of_the_nearest_documents_the_one_that_holds_the_topic(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    mill = make_evidence(make_document("a", "The mill of Tal Amar."))
    bridge = make_evidence(make_document("b", "The bridge of Tal Amar."))
    assert overview.asked_about("bridge Tal Amar", "en", [mill, bridge], lambda _: 1.0) == (bridge.document, 1.0)
    assert overview.asked_about("Tal Amar", "en", [mill, bridge], lambda _: 1.0) == (mill.document, 1.0)
    assert overview.asked_about("penguins", "en", [mill, bridge], lambda _: 1.0) is None
    assert overview.asked_about("", "en", [mill, mill], lambda _: 1.0) == (mill.document, 1.0)
    assert overview.asked_about("", "en", [mill, bridge], lambda _: 1.0) is None
    assert overview.asked_about("", "en", [], lambda _: 1.0) is None


def test_names_that_all_documents_hold_tell_none_of_them(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    found = [make_evidence(make_document(letter, f"The mill of Tal Amar has number {letter}.")) for letter in "abcd"]
    shoigu = make_evidence(make_document("e", "The mill of Tal Amar was opened by Sergei Shoigu."))
    assert overview.asked_about("Тал Амар", "ru", found, lambda _: 1.0) is None
    assert overview.asked_about("Шойгу в Тал Амар", "ru", [shoigu, *found], lambda _: 1.0) == (shoigu.document, 1.0)
    assert overview.asked_about("Tal Amar", "en", found, lambda _: 1.0) == (found[0].document, 1.0)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("ما موضوع مقال عمال ألابوغا؟", "alabuga-workers.md"),
        ("Summarise the article on the Tumen bridge", "tumen-bridge-en.txt"),
        ("О чём статья про строителей в Курской области?", "kursk-rebuilding-ru.txt"),
    ],
)
def test_a_document_is_told_by_sentences_from_all_of_it(engine: Engine, asked: str, path: str):
    answer = engine.ask(asked)
    assert not answer.abstained
    assert {citation.document.path for s in answer.sentences for citation in s.citations[:1]} == {path}
    assert len(answer.sentences) == 3
    starts = [sentence.citations[0].start for sentence in answer.sentences]
    assert starts == sorted(starts)
    own = {passage.id for passage in engine.passages() if passage.document_id == answer.citations[0].document.id}
    assert {found.passage.id for found in answer.evidence} == own
    assert [found.rank for found in answer.evidence] == list(range(1, len(own) + 1))


def test_a_document_that_is_not_there_is_not_told(engine: Engine):
    answer = engine.ask("What is the article about penguins in Antarctica about?")
    assert answer.abstained
    assert answer.evidence
    forced = engine.ask("What is the article about penguins in Antarctica about?", always_answer=True)
    assert forced.sentences


def test_which_document_may_be_said_by_the_choice_or_by_the_conversation(engine: Engine):
    only = next(document for document in engine.documents() if document.path == "treaty-2024.txt")
    answer = engine.ask("ما موضوع الخبر؟", within=frozenset({only.id}))
    assert {citation.document.id for citation in answer.citations} == {only.id}
    assert engine.ask("ما موضوع الخبر؟").abstained
    follow_up = engine.ask("لخّص الخبر", ["كم يتقاضى العامل في ألابوغا؟"])
    assert follow_up.citations[0].document.path == "alabuga-workers.md"
    assert engine.ask("ما موضوع الخبر؟", within=frozenset()).evidence == ()
