"""The fit finds what made the samples, and the command writes a model that the package reads."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval import fit_abstention
from eval.fit_abstention import Sample, false_premise, fit, held_out, samples, siblings
from eval.squad import PoolQuestion, document, load_pool
from index.build import build_from_documents
from index.config import Settings
from index.embed import Embedder
from index.names import unmatched
from index.store import Generation
from rag import abstain
from rag.abstain import Calibration
from rag.engine import Engine

PLACES = ("Tal Amar", "Wadi Nur", "Bir Zahra", "Kafr Lina", "Ras Jamil", "Ain Salma", "Deir Hala", "Burj Nadim")
THINGS = ("mill", "bridge", "school", "harbour", "library", "market", "tower", "bakery")


@pytest.fixture
def pool_file(tmp_path: Path) -> Path:
    def qa(name: str, question: str, answer: str) -> dict[str, object]:
        return {"id": name, "question": question, "answers": [{"text": answer, "answer_start": 0}]}

    paragraphs = [
        {
            "context": f"The {thing} of {place} was built by Nadir the {n}th. Beside it stands a {THINGS[n - 1]}.",
            "qas": [
                qa(f"{n}", f"Who built the {thing} of {place}?", "Nadir"),
                qa(f"{n}b", f"ما الذي يقع بجانب {n} {thing}؟", THINGS[n - 1]),
            ],
        }
        for n, (thing, place) in enumerate(zip(THINGS, PLACES, strict=True))
    ]
    file = tmp_path / "pool.json"
    file.write_text(json.dumps({"data": [{"title": "T", "paragraphs": paragraphs}]}))
    return file


def made(values: Sequence[tuple[float, bool]]) -> list[Sample]:
    return [Sample("0", {"a": value, "noise": float(n % 3)}, answered) for n, (value, answered) in enumerate(values)]


class TestFit:
    def test_finds_the_feature_that_tells(self):
        rng = np.random.default_rng(3)
        drawn = [(float(rng.normal(2.0 if answered else -2.0)), answered) for answered in [True, False] * 200]
        model = fit(made(drawn), 0.4)
        assert model.weights["a"] > 5 * abs(model.weights.get("noise", 0.0))
        assert model.probability({"a": 4.0, "noise": 1.0}) > 0.95
        assert model.probability({"a": -4.0, "noise": 1.0}) < 0.05
        assert model.probability({"a": 0.0, "noise": 1.0}) == pytest.approx(0.5, abs=0.1)

    def test_rare_answers_weigh_as_much_as_frequent_ones(self):
        """Balanced classes: the middle between both kinds stays the threshold however many there are of each."""
        model = fit(made([(1.0, True)] * 10 + [(-1.0, False)] * 90), 0.4)
        assert model.probability({"a": 0.0, "noise": 1.0}) == pytest.approx(0.5, abs=0.05)

    def test_weights_are_of_the_features_as_they_are(self):
        """Scaling a feature a thousandfold divides its weight by a thousand."""
        values = [(1.0, True), (0.5, True), (-1.0, False), (0.2, False)] * 10
        plain = fit(made(values), 0.4)
        large = fit(made([(value / 1000, answered) for value, answered in values]), 0.4)
        assert large.weights["a"] == pytest.approx(1000 * plain.weights["a"], rel=1e-3)

    def test_a_feature_that_never_varies_gets_no_weight(self):
        constant = [Sample("0", {"a": v, "same": 1.0}, v > 0) for v in (1.0, -1.0, 2.0, -2.0)]
        assert fit(constant, 0.4).weights["same"] == 0.0


def ids(engine: Engine) -> frozenset[str]:
    return frozenset(document.id for document in engine.documents())


def test_held_out_by_hand():
    # Probabilities are those of the logit a; one answered and one unanswered of two each lie on the wrong side.
    gathered = made([(3.0, True), (-1.0, True), (2.0, False), (-2.0, False)])
    found = held_out(Calibration({"a": 1.0}, 0.0, 0.4), gathered)
    assert found["auroc"] == 0.75  # (-1, 2) is the one pair the wrong way round
    assert found["balanced_accuracy"] == 0.5
    assert (found["hallucination_rate"], found["error_rate"]) == (0.5, 0.5)
    assert found["samples"] == 4
    assert held_out(Calibration({"a": 1.0}, 0.0, 0.2), gathered)["balanced_accuracy"] == 0.75  # of -1 it is .27


class TestFalsePremises:
    @pytest.mark.parametrize(
        "question", ["كم جنديا أرسلت كوريا الشمالية؟", "What did Japan sell in 1987?", "Кто живёт в Китае?"]
    )
    def test_another_place_or_number_is_asked_about(self, question: str):
        for seed in range(20):
            changed = false_premise(question, random.Random(seed))
            assert changed is not None
            assert unmatched(changed, question) != ()
            assert unmatched(question, question) == ()

    def test_what_names_nothing_stays(self):
        assert false_premise("Who painted the wall?", random.Random(1)) is None


class TestSamples:
    @pytest.fixture
    def engine(self, tmp_path: Path, pool_file: Path, embedder: Embedder) -> Engine:
        pool = load_pool([pool_file], lambda _: "en")
        build_from_documents(pool.documents, tmp_path / "index", Settings().index, embedder, lambda *_: None)
        return Engine(Generation.open(tmp_path / "index"), embedder)

    def test_with_and_without_the_gold_paragraph(self, engine: Engine, pool_file: Path):
        questions = load_pool([pool_file], lambda _: "en").questions[::2]
        gathered = list(samples(questions, engine, ids(engine), 100, {}))
        by_paragraph: dict[str, list[Sample]] = {}
        for sample in gathered:
            by_paragraph.setdefault(sample.paragraph, []).append(sample)
        assert len(by_paragraph) == len(questions)
        for pair in by_paragraph.values():
            present, absent, *_ = pair
            assert (present.answered, absent.answered) == (True, False)
            assert present.features["passage_cosine"] > absent.features["passage_cosine"]

    def test_no_more_than_asked_for_and_the_same_every_time(self, engine: Engine, pool_file: Path):
        questions = load_pool([pool_file], lambda _: "en").questions[::2]
        gathered = list(samples(questions, engine, ids(engine), 3, {}))
        assert len(gathered) >= 6
        assert [sample.answered for sample in gathered].count(True) == 3
        assert gathered == list(samples(questions, engine, ids(engine), 3, {}))

    def test_also_of_the_nearest_alone(self, engine: Engine, pool_file: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(fit_abstention, "NEAREST", 3)
        looked_in: list[int] = []
        features = engine.features

        def recorded(asked: str, **given: frozenset[str]) -> dict[str, float]:
            looked_in.extend(map(len, given.values()))
            return features(asked, **given)

        monkeypatch.setattr(engine, "features", recorded)
        question = load_pool([pool_file], lambda _: "en").questions[0]
        found = [sample.answered for sample in samples([question], engine, ids(engine), 1, {})]
        assert found[:4] == [True, False, True, False]
        assert looked_in == [len(THINGS), len(THINGS) - 1, 3, 3]

    def test_no_gold_is_taken_away_where_others_have_no_answer(self, engine: Engine, pool_file: Path):
        question = load_pool([pool_file], lambda _: "en").questions[0]
        beside = {question.paragraphs[0]: frozenset[str]()}
        assert all(sample.answered for sample in samples([question], engine, ids(engine), 1, beside))

    def test_impossible_questions_are_asked_without_what_may_answer_them(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ):
        first, second, *others = (document.id for document in engine.documents())
        looked_in: list[frozenset[str]] = []
        features = engine.features

        def recorded(asked: str, *, within: frozenset[str]) -> dict[str, float]:
            looked_in.append(within)
            return features(asked, within=within)

        monkeypatch.setattr(engine, "features", recorded)
        impossible = PoolQuestion("1", "Who built the mill of Tal Amar?", (first,), (), False)
        (sample,) = samples([impossible], engine, ids(engine), 5, {first: frozenset({second})})
        assert not sample.answered
        assert looked_in == [{first, *others}]


def test_siblings_are_the_other_paragraphs_of_an_article(tmp_path: Path):
    def written(name: str, *articles: str, impossible: bool) -> Path:
        qas = [{"id": "1", "question": "Who?", "is_impossible": impossible}]
        read = [{"paragraphs": [{"context": text, "qas": qas} for text in texts]} for texts in articles]
        (tmp_path / name).write_text(json.dumps({"data": read}))
        return tmp_path / name

    files = [written("two.json", "abc", "d", impossible=True), written("one.json", "ef", impossible=False)]
    a, b, c, d = (document(text, "").id for text in "abcd")
    assert siblings(files) == {a: {b, c}, b: {a, c}, c: {a, b}, d: set()}


def test_the_command_writes_a_model_that_the_package_reads(
    tmp_path: Path,
    pool_file: Path,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    shipped = (tmp_path / "rag", Path(abstain.__file__).with_name(abstain.MODEL_FILE).read_bytes())
    shipped[0].mkdir()
    monkeypatch.setattr(fit_abstention, "files", lambda _: shipped[0])
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    fit_abstention.main([str(pool_file)])
    assert Path(abstain.__file__).with_name(abstain.MODEL_FILE).read_bytes() == shipped[1]
    monkeypatch.setattr(abstain, "files", lambda _: shipped[0])
    abstain.calibration.cache_clear()
    try:
        models = [abstain.calibration(with_reader=with_reader) for with_reader in (True, False)]
    finally:
        abstain.calibration.cache_clear()
    assert [model.threshold for model in models] == [0.4, 0.5]  # with the reader, without
    assert models[0].weights.keys() - models[1].weights.keys() == {"read_passage", "read_sentence", "read_words", "met"}
    written = json.loads((shipped[0] / abstain.MODEL_FILE).read_text("utf-8"))
    assert "pool.json" in written["fitted_by"]
    assert all(written[name]["held_out"]["samples"] > 0 for name in (abstain.WITH_READER, abstain.WITHOUT_READER))
    assert capsys.readouterr().out == ""
