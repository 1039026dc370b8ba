"""Fusion by hand on tiny collections, and its properties on a large one."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embed import Embedder
from index.store import Generation
from rag import retrieve
from rag.engine import Engine
from rag.retrieve import DEFAULT_WEIGHTS, Query, Retriever, Weights, standardised
from rag.types import Evidence

EAST = np.array([1.0, 0.0], np.float32)
# Cosines with EAST: 1, 0.6 and 0.
THREE = [[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]]


def z(values: list[float]) -> list[float]:
    mean = sum(values) / len(values)
    deviation = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
    return [(v - mean) / deviation for v in values]


def names(found: Iterable[Evidence]) -> list[str]:
    return [evidence.document.id for evidence in found]


@pytest.fixture
def build(make_generation: Callable[..., Any], make_embedder: Callable[..., Any]) -> Callable[..., Retriever]:
    return lambda *parts: Retriever(make_generation(*parts), make_embedder(EAST))


def test_fusion_by_hand(build: Callable[..., Retriever]):
    sentences = [[[0.0, 1.0], [0.8, 0.6]], [[1.0, 0.0]], [[0.0, 1.0], [0.0, 1.0], [0.6, 0.8]]]
    found = build(THREE, sentences, {"w": [0.0, 0.0, 3.0]}).retrieve(Query(("w",), EAST), 3)
    # One of three passages holds "w": idf ln(1 + 2.5 / 1.5) = 0.98; a BM25 of 3 covers all of it.
    dense = zip(z([1.0, 0.6, 0.0]), z([0.8, 1.0, 0.6]), z([0.0, 0.0, 3.0]), strict=True)
    weights = (DEFAULT_WEIGHTS.passage, DEFAULT_WEIGHTS.sentence, DEFAULT_WEIGHTS.lexical)
    expected = [sum(w * score for w, score in zip(weights, scores, strict=True)) for scores in dense]
    by_document = {evidence.document.id: evidence for evidence in found}
    for number, score in enumerate(expected):
        assert by_document[f"d{number}"].score == pytest.approx(score, abs=1e-5)
    assert by_document["d0"].channels == pytest.approx({"passage": 1.0, "sentence": 0.8, "lexical": 0.0})
    assert by_document["d2"].channels == pytest.approx({"passage": 0.0, "sentence": 0.6, "lexical": 3.0})
    assert [evidence.rank for evidence in found] == [1, 2, 3]
    assert [evidence.score for evidence in found] == pytest.approx(sorted(expected, reverse=True), abs=1e-5)


def test_the_lexical_channel_speaks_as_loud_as_it_knows(build: Callable[..., Retriever]):
    flat = [[[1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]]]
    same = [[1.0, 0.0]] * 3
    idf = float(np.log1p(2.5 / 1.5))
    for share in (0.0, 0.25 * retrieve._FULL_COVERAGE, retrieve._FULL_COVERAGE, 1.0):
        scores = {"w": [0.0, 0.0, share * idf]}
        best = max(build(same, flat, scores).retrieve(Query(("w",), EAST), 3), key=lambda e: e.channels["lexical"])
        loud = min(1.0, share / retrieve._FULL_COVERAGE)
        expected = DEFAULT_WEIGHTS.lexical * loud * z([0.0, 0.0, 3.0])[2] if share else 0.0
        assert best.score == pytest.approx(expected, abs=1e-4)


def test_weights_choose_the_channels(make_generation: Callable[..., Any], make_embedder: Callable[..., Any]):
    # Passage vectors prefer d0, sentence vectors d1, words d2.
    generation = make_generation(THREE, [[[0.0, 1.0]], [[1.0, 0.0]], [[0.6, 0.8]]], {"w": [0.0, 0.0, 3.0]})

    def first(weights: Weights) -> str:
        return names(Retriever(generation, make_embedder(EAST), weights).retrieve(Query(("w",), EAST), 1))[0]

    assert first(Weights(1, 0, 0)) == "d0"
    assert first(Weights(0, 1, 0)) == "d1"
    assert first(Weights(0, 0, 1)) == "d2"


def test_a_silent_lexical_channel_leaves_the_order_to_the_vectors(build: Callable[..., Retriever]):
    sentences = [[vector] for vector in THREE]
    silent = build(THREE, sentences, {}).retrieve(Query(("unknown", "words"), EAST), 3)
    assert names(silent) == ["d0", "d1", "d2"]
    spoken = build(THREE, sentences, {"w": [0.0, 0.0, 90.0]}).retrieve(Query(("unknown",), EAST), 3)
    assert [(e.document.id, e.score) for e in spoken] == [(e.document.id, e.score) for e in silent]


def test_within_is_decided_before_ranking(build: Callable[..., Retriever]):
    retriever = build(THREE, [[vector] for vector in THREE], {})
    query = Query((), EAST)
    assert names(retriever.retrieve(query, 1, frozenset({"d2"}))) == ["d2"]
    assert names(retriever.retrieve(query, 9, frozenset({"d1", "d2", "no such"}))) == ["d1", "d2"]
    assert retriever.retrieve(query, 9, frozenset()) == ()
    everywhere = {e.document.id: e.score for e in retriever.retrieve(query, 3)}
    alone = retriever.retrieve(query, 3, frozenset({"d1"}))
    assert alone[0].score == pytest.approx(everywhere["d1"])  # the sample stays the collection's
    assert alone[0].rank == 1


def test_one_passage_has_a_neutral_score(build: Callable[..., Retriever]):
    (found,) = build([[0.6, 0.8]], [[[0.6, 0.8]]], {"w": [2.0]}).retrieve(Query(("w",), EAST), 10)
    assert found.score == 0.0
    assert found.channels["passage"] == pytest.approx(0.6)


def test_rare_terms_weigh_more(build: Callable[..., Retriever]):
    retriever = build(THREE, [[v] for v in THREE], {"all": [1, 1, 1], "one": [0, 0, 1]})
    assert 0 < retriever.idf("all") < retriever.idf("one") < retriever.idf("none")
    assert retriever.idf("none") == pytest.approx(np.log(2 * 3 + 2))


def test_sentence_cosines_are_the_passages_own(build: Callable[..., Retriever]):
    retriever = build(THREE, [[[1, 0]], [[0, 1], [0.6, 0.8]], [[0, 1]]], {})
    query = Query((), EAST)
    found = next(e for e in retriever.retrieve(query, 3) if e.document.id == "d1")
    assert retriever.sentence_cosines(query, found) == pytest.approx([0.0, 0.6])


class TestManyPassages:
    """More passages than are scored one by one."""

    COUNT = 2 * retrieve._CANDIDATES + 300

    @pytest.fixture
    def retriever(self, build: Callable[..., Retriever]) -> Retriever:
        rng = np.random.default_rng(7)
        vectors = rng.normal(size=(self.COUNT, 8))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        lexical = np.zeros(self.COUNT)
        lexical[self.COUNT - 1] = 9.0  # found by its word alone
        vectors[self.COUNT - 1] = -vectors[0]
        return build(vectors.tolist(), [[vector.tolist()] for vector in vectors], {"w": lexical.tolist()})

    def question(self, retriever: Retriever, *terms: str) -> Query:
        vector = retriever._generation.contents.passage_vectors[0]
        return Query(terms, vector)

    def test_candidates_lose_nothing_that_ranks_high(self, retriever: Retriever, monkeypatch: pytest.MonkeyPatch):
        query = self.question(retriever)
        found = retriever.retrieve(query, 10)
        monkeypatch.setattr(retrieve, "_CANDIDATES", self.COUNT)
        everything = retriever.retrieve(query, 10)
        assert [(e.document.id, e.score) for e in found] == [
            (e.document.id, pytest.approx(e.score, abs=1e-5)) for e in everything
        ]
        assert found[0].document.id == "d0"

    def test_a_word_alone_makes_a_candidate(self, retriever: Retriever):
        found = retriever.retrieve(self.question(retriever, "w"), self.COUNT)
        assert f"d{self.COUNT - 1}" in names(found)
        assert f"d{self.COUNT - 1}" not in names(retriever.retrieve(self.question(retriever), self.COUNT))

    def test_within(self, retriever: Retriever):
        allowed = frozenset(f"d{n}" for n in range(100, self.COUNT))
        found = retriever.retrieve(self.question(retriever, "w"), 50, allowed)
        assert len(found) == 50
        assert set(names(found)) <= allowed


def test_a_question_in_another_language_silences_the_lexical_channel(
    engine: Engine, sample_index: Path, embedder: Embedder
):
    """Chinese shares no term with the sample documents."""
    question = "谁负责重建这个地区"
    found = engine.retrieve(question, 20)
    assert all(evidence.channels["lexical"] == 0.0 for evidence in found)
    alone = Engine(Generation.open(sample_index), embedder, Weights(lexical=0)).retrieve(question, 20)
    assert [(e.passage.id, e.score) for e in found] == [(e.passage.id, pytest.approx(e.score)) for e in alone]


def test_no_language_crowds_the_others_out():
    """The model puts every English passage nearer to an English question; above its own mean each language may lead."""
    cosines = {"en": [0.90, 0.89, 0.88, 0.89, 0.90, 0.88], "ar": [0.80, 0.74, 0.73, 0.72, 0.73, 0.74]}
    groups = np.array([0] * 6 + [1] * 6)
    scores = np.array([*cosines["en"], *cosines["ar"]], np.float32)
    found = standardised(scores, groups, scores, groups)
    assert int(np.argmax(scores)) == 0
    assert int(np.argmax(found)) == 6


def test_standardised_by_hand():
    """One group of two: its mean 1 is also the mean of all, so shrinking leaves it; its deviation is 1."""
    sample, group = np.array([0.0, 2.0], np.float32), np.array([0, 0])
    assert standardised(np.array([4.0], np.float32), np.array([0]), sample, group) == pytest.approx([3.0])
    # Group 1 has one of three: mean (9 + 2 * 4) / (1 + 2) = 17 / 3; group 0 (3 + 2 * 4) / (2 + 2) = 11 / 4.
    sample, groups = np.array([1.0, 2.0, 9.0], np.float32), np.array([0, 0, 1])
    means = np.array([11 / 4, 11 / 4, 17 / 3])
    deviation = np.std(sample - means)
    found = standardised(np.array([5.0, 5.0], np.float32), np.array([0, 1]), sample, groups)
    assert found == pytest.approx([(5 - 11 / 4) / deviation, (5 - 17 / 3) / deviation], abs=1e-5)


def test_a_sample_that_does_not_vary_says_nothing():
    sample, group = np.array([2.0, 2.0], np.float32), np.array([0, 0])
    assert standardised(np.array([4.0], np.float32), np.array([0]), sample, group).tolist() == [0.0]


def test_limit_and_ranks(engine: Engine):
    question = "كم أجر العامل في ألابوغا؟"
    found = engine.retrieve(question, 7)
    assert [evidence.rank for evidence in found] == [1, 2, 3, 4, 5, 6, 7]
    assert len({evidence.passage.id for evidence in found}) == 7
    scores = [evidence.score for evidence in found]
    assert scores == sorted(scores, reverse=True)
    assert [e.passage.id for e in engine.retrieve(question, 3)] == [e.passage.id for e in found[:3]]
