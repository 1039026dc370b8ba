"""Copies leave the evidence and stay with what they copy; vectors are by hand, or the model's on the samples."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.types import Document, Passage
from rag.distinct import distinct, stories
from rag.engine import EVIDENCE, Engine
from rag.types import Answer, Evidence

Make = Callable[..., Evidence]
MakeDocument = Callable[..., Document]


def vectors(*directions: Sequence[int]) -> Callable[[Passage], NDArray[np.float32]]:
    """Sentence n of passage p points where ``directions[p][n]`` says, right-angled to all others."""
    return lambda passage: np.eye(32, dtype=np.float32)[list(directions[int(passage.document_id[1:].split("+")[0])])]


def texts(make_document: MakeDocument, make_evidence: Make, *counts: int) -> list[Evidence]:
    documents = [
        make_document(f"d{n}", ". ".join(f"Sentence {i}" for i in range(count)) + ".") for n, count in enumerate(counts)
    ]
    return [make_evidence(document, rank=rank) for rank, document in enumerate(documents, start=1)]


class TestDistinct:
    def test_a_copy_stays_with_the_better_passage(self, make_document: MakeDocument, make_evidence: Make):
        found = texts(make_document, make_evidence, 3, 3, 3)
        kept = distinct(found, 10, vectors([0, 1, 2], [5, 6, 7], [0, 1, 2]))
        assert [one.document.id for one in kept] == ["d0", "d1"]
        assert [one.rank for one in kept] == [1, 2]
        assert [copy.document.id for copy in kept[0].copies] == ["d2"]
        assert kept[0].copies[0].passage == found[2].passage

    def test_the_next_passage_takes_its_place(self, make_document: MakeDocument, make_evidence: Make):
        found = texts(make_document, make_evidence, 2, 2, 2, 2)
        kept = distinct(found, 2, vectors([0, 1], [0, 1], [0, 1], [5, 6]))
        assert [one.document.id for one in kept] == ["d0", "d3"]
        assert [copy.document.id for copy in kept[0].copies] == ["d1", "d2"]

    def test_what_says_more_is_no_copy(self, make_document: MakeDocument, make_evidence: Make):
        found = texts(make_document, make_evidence, 2, 4)
        assert len(distinct(found, 10, vectors([0, 1], [0, 1, 2, 3]))) == 2

    def test_a_passage_may_be_said_again_by_two_neighbours(self, make_document: MakeDocument, make_evidence: Make):
        first, _ = texts(make_document, make_evidence, 4, 4)
        halves = [
            replace(first, passage=replace(first.passage, id=f"d0-{n}", sentences=first.passage.sentences[n : n + 2]))
            for n in (0, 2)
        ]
        copied = texts(make_document, make_evidence, 4, 4)[1]

        def of(passage: Passage) -> NDArray[np.float32]:
            axes = np.eye(8, dtype=np.float32)
            own = 0.8 * axes[3] + 0.6 * axes[7]  # of the copy alone
            return {"d0-0": axes[:2], "d0-2": axes[2:4], "d1-0": np.array([*axes[1:4], own])}[passage.id]

        kept = distinct([*halves, copied], 10, of)
        assert [one.passage.id for one in kept] == ["d0-0", "d0-2"]
        assert [copy.document.id for copy in kept[1].copies] == ["d1"]  # it says most of the copy

    def test_neighbours_of_one_document_are_no_copies(self, make_document: MakeDocument, make_evidence: Make):
        (one,) = texts(make_document, make_evidence, 2)
        again = replace(one, passage=replace(one.passage, id="d0-1"))
        assert len(distinct([one, again], 10, vectors([0, 1]))) == 2

    def test_no_evidence_stays_none(self):
        assert distinct([], 10, vectors()) == ()


def test_documents_that_share_a_story_are_one_source(make_document: MakeDocument, make_evidence: Make):
    found = texts(make_document, make_evidence, 2, 2, 2)
    kept = distinct(found, 10, vectors([0, 1], [5, 6], [0, 1]))
    told = stories(kept)
    assert told["d0"] == told["d2"] != told["d1"]


class TestSamples:
    def test_evidence_holds_no_wire_story_twice(self, answers: Mapping[object, Answer]):
        pairs = [
            {"kursk-builders-sada.txt", "kursk-builders-naqil.txt"},
            {"direct-flight-midan.txt", "direct-flight-marsad.html"},
        ]
        linked: set[frozenset[str]] = set()
        for answer in answers.values():
            assert len(answer.evidence) == EVIDENCE
            for one in answer.evidence:
                linked |= {frozenset({one.document.path, copy.document.path}) for copy in one.copies}
        assert linked == set(map(frozenset, pairs))

    def test_both_translations_are_one_source(self, engine: Engine):
        answer = engine.ask("كم بنّاء عسكرياً سيصلح المنشآت المتضررة في كورسك؟", always_answer=True)
        told = stories(answer.evidence)
        ids = {document.path: document.id for document in engine.documents()}
        assert told[ids["kursk-builders-sada.txt"]] == told[ids["kursk-builders-naqil.txt"]]
        assert len(set(told.values())) == len(told) - len(told.keys() & {ids["kursk-builders-sada.txt"]})
