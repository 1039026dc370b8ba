"""Fusion by hand on tiny collections, and its properties on a large one."""

from collections.abc import Callable, Iterable
from dataclasses import replace
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


IDF = float(np.log1p(2.5 / 1.5))  # of a term in one of three passages


def test_fusion_by_hand(build: Callable[..., Retriever]):
    sentences = [[[0.0, 1.0], [0.8, 0.6]], [[1.0, 0.0]], [[0.0, 1.0], [0.0, 1.0], [0.6, 0.8]]]
    bm25 = {"w": [0.0, 0.0, 0.6 * IDF], "@n": [0.0, 0.3 * IDF, 0.0]}
    found = build(THREE, sentences, bm25).retrieve(Query(("w",), EAST, ("@n",)), 3)
    cosines = zip(z([1.0, 0.6, 0.0]), z([0.8, 1.0, 0.6]), strict=True)
    shares = zip([-0.2, -0.2, 0.4], [-0.1, 0.2, -0.1], strict=True)  # 0.6 and 0.3, above their means
    weights = DEFAULT_WEIGHTS
    expected = [
        # At a share of 0.6 words are loud, and all scores are drawn together.
        (weights.passage * p + weights.sentence * s + weights.lexical * w + weights.names * n) / (1 + retrieve._SPREAD)
        for (p, s), (w, n) in zip(cosines, shares, strict=True)
    ]
    by_document = {evidence.document.id: evidence for evidence in found}
    for number, score in enumerate(expected):
        assert by_document[f"d{number}"].score == pytest.approx(score, abs=1e-5)
    first, last = by_document["d0"].channels, by_document["d2"].channels
    assert first == pytest.approx({"passage": 1.0, "sentence": 0.8, "lexical": 0.0, "names": 0.0})
    assert last == pytest.approx({"passage": 0.0, "sentence": 0.6, "lexical": 0.6, "names": 0.0})
    assert [evidence.rank for evidence in found] == [1, 2, 3]
    assert [evidence.score for evidence in found] == pytest.approx(sorted(expected, reverse=True), abs=1e-5)


def test_the_lexical_channel_speaks_as_loud_as_it_knows(build: Callable[..., Retriever]):
    flat = [[[1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]]]
    same = [[1.0, 0.0]] * 3
    between = (retrieve._SILENT + retrieve._LOUD) / 2
    for share, loud in ((0.0, 0.0), (retrieve._SILENT, 0.0), (between, 0.5), (retrieve._LOUD, 1.0), (1.0, 1.0)):
        found = build(same, flat, {"w": [0.0, 0.0, share * IDF]}).retrieve(Query(("w",), EAST), 3)
        best = max(found, key=lambda e: e.channels["lexical"])
        expected = DEFAULT_WEIGHTS.lexical * loud * (share - share / 3) / (1 + retrieve._SPREAD * loud)
        assert best.score == pytest.approx(expected, abs=1e-4)
        assert best.channels["lexical"] == pytest.approx(share)


def test_names_speak_where_words_are_silent(build: Callable[..., Retriever]):
    flat = [[[1.0, 0.0]]] * 3
    retriever = build([[1.0, 0.0]] * 3, flat, {"@cn": [0.0, 0.9 * IDF, 0.0]})
    found = retriever.retrieve(Query(("no", "such", "words"), EAST, ("@cn",)), 3)
    assert found[0].document.id == "d1"
    assert found[0].score == pytest.approx(DEFAULT_WEIGHTS.names * 0.6, abs=1e-5)


def test_words_are_loud_only_in_their_language(make_generation: Callable[..., Any], make_embedder: Callable[..., Any]):
    """Two languages: the words of the question stand in the passages of one; the other keeps the scores of vectors."""
    vectors = [[1.0, 0.0], [0.6, 0.8], [0.8, 0.6], [0.0, 1.0]]
    generation = make_generation(vectors, [[v] for v in vectors], {"w": [0.9, 0.0, 0.0, 0.0]})
    generation.contents = replace(generation.contents, languages=np.array(["en", "en", "ar", "ar"]))
    retriever = Retriever(generation, make_embedder(EAST))
    spoken = {e.document.id: e.score for e in retriever.retrieve(Query(("w",), EAST), 4)}
    silent = {e.document.id: e.score for e in retriever.retrieve(Query((), EAST), 4)}
    assert spoken["d0"] > silent["d0"]
    assert all(abs(spoken[d] - silent[d]) < 1e-5 for d in ("d2", "d3"))


def test_weights_choose_the_channels(make_generation: Callable[..., Any], make_embedder: Callable[..., Any]):
    # Passage vectors prefer d0, sentence vectors and names d1, words d2.
    generation = make_generation(
        THREE, [[[0.0, 1.0]], [[1.0, 0.0]], [[0.6, 0.8]]], {"w": [0.0, 0.0, 0.9], "@n": [0, 0.9, 0]}
    )

    def first(weights: Weights) -> str:
        return names(Retriever(generation, make_embedder(EAST), weights).retrieve(Query(("w",), EAST, ("@n",)), 1))[0]

    assert first(Weights(1, 0, 0, 0)) == "d0"
    assert first(Weights(0, 1, 0, 0)) == "d1"
    assert first(Weights(0, 0, 1, 0)) == "d2"
    assert first(Weights(0, 0, 0, 1)) == "d1"


def test_a_silent_lexical_channel_leaves_the_order_to_the_vectors(build: Callable[..., Retriever]):
    sentences = [[vector] for vector in THREE]
    silent = build(THREE, sentences, {}).retrieve(Query(("unknown", "words"), EAST), 3)
    assert names(silent) == ["d0", "d1", "d2"]
    spoken = build(THREE, sentences, {"w": [0.0, 0.0, 90.0]}).retrieve(Query(("unknown",), EAST), 3)
    assert [(e.document.id, e.score) for e in spoken] == [(e.document.id, e.score) for e in silent]


def test_within_is_decided_before_ranking(build: Callable[..., Retriever]):
    retriever = build(THREE, [[vector] for vector in THREE], {})
    query = Query((), EAST)
    assert names(retriever.within(frozenset({"d2"})).retrieve(query, 1)) == ["d2"]
    assert names(retriever.within(frozenset({"d1", "d2", "no such"})).retrieve(query, 9)) == ["d1", "d2"]
    nothing = retriever.within(frozenset())
    assert nothing.retrieve(query, 9) == ()
    assert nothing.background(query)(retriever.retrieve(query, 1)[0]) == 0.0
    assert len(retriever.retrieve(query, 9)) == 3  # it looks at all, as before


def test_within_some_documents_is_as_if_there_were_no_others(build: Callable[..., Retriever]):
    """Means, deviations, rarity and loudness are those of the documents chosen."""
    sentences = [[[0.0, 1.0], [0.8, 0.6]], [[1.0, 0.0]], [[0.6, 0.8]], [[0.0, 1.0]]]
    passages = [*THREE, [0.8, 0.6]]
    # What the index stores is BM25 times the rarity in its passages: a saturation of 0.5 in each.
    of_four = {1: np.log1p(3.5 / 1.5), 2: np.log1p(2.5 / 2.5)}
    of_two = {1: np.log1p(1.5 / 1.5), 2: np.log1p(0.5 / 2.5)}
    query = Query(("w", "v", "w"), EAST, ("@n",))
    whole = build(passages, sentences, {
        "w": [0.0, 0.5 * of_four[2], 0.0, 0.5 * of_four[2]],
        "v": [0.5 * of_four[2], 0.5 * of_four[2], 0.0, 0.0],
        "@n": [0.0, 0.5 * of_four[1], 0.0, 0.0],
    })  # fmt: skip
    alone = build(passages[:2], sentences[:2], {
        "w": [0.0, 0.5 * of_two[1]], "v": [0.5 * of_two[2], 0.5 * of_two[2]], "@n": [0.0, 0.5 * of_two[1]],
    })  # fmt: skip
    narrowed = whole.within(frozenset({"d0", "d1"}))
    for one, other in zip(narrowed.retrieve(query, 9), alone.retrieve(query, 9), strict=True):
        assert one.document.id == other.document.id
        assert one.score == pytest.approx(other.score, abs=1e-5)
        assert one.channels == pytest.approx(other.channels, abs=1e-5)
        assert narrowed.background(query)(one) == pytest.approx(alone.background(query)(other))
    assert all(narrowed.idf(term) == alone.idf(term) for term in ("w", "v", "@n", "none"))
    assert narrowed.idf("v") < whole.idf("v")


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
        found = retriever.within(allowed).retrieve(self.question(retriever, "w"), 50)
        assert len(found) == 50
        assert set(names(found)) <= allowed


def test_a_question_in_another_language_silences_the_lexical_channel(sample_index: Path, embedder: Embedder):
    """Chinese shares no term with the sample documents."""
    question = "谁负责重建这个地区"
    found = Engine(Generation.open(sample_index), embedder).retrieve(question, 20)
    assert all(evidence.channels["lexical"] == 0.0 for evidence in found)
    alone = Engine(Generation.open(sample_index), embedder, Weights(lexical=0, names=0)).retrieve(question, 20)
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
