"""Questions become cited answers or abstentions, with the real model on the sample documents."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from eval import questions
from eval.run import DOCUMENTS, QUESTIONS
from index import build, deleted
from index.config import IndexSettings, Settings
from index.embed import Embedder
from index.errors import IndexFileError, ModelError, QuestionError
from index.language import detect
from index.store import Generation
from index.types import Document
from rag import abstain
from rag.engine import EVIDENCE, Engine
from rag.reader import Reader
from rag.retrieve import Retriever
from rag.types import Answer

ASKED = tuple(question.question for question in questions.load(QUESTIONS, DOCUMENTS))[::4]
ABOUT_CAKE = {
    "ar": "ما أفضل وصفة لتحضير كعكة الشوكولاتة بالبرتقال في البيت؟",
    "en": "What is the best recipe for an orange and chocolate cake at home?",
    "ru": "Каков лучший рецепт шоколадного торта с апельсином в домашних условиях?",
    "fa": "بهترین دستور پخت کیک شکلاتی با پرتقال در خانه چیست؟",
}
WEATHER = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."


def silent(*_step: object) -> None:
    """Progress nobody watches."""


def gist(answer: Answer) -> tuple[object, ...]:
    """All of an answer but how long it took."""
    evidence = tuple((found.rank, found.passage.id, found.score) for found in answer.evidence)
    return answer.answer, answer.abstained, answer.confidence, answer.sentences, evidence


@pytest.fixture
def engine_of(tmp_path: Path, embedder: Embedder, make_document: Callable[..., Document]) -> Callable[..., Engine]:
    """Makes an engine over one document."""

    def make(text: str, title: str = "", reader: Reader | None = None) -> Engine:
        document = make_document("d", text, title=title)
        build.build_from_documents([document], tmp_path, IndexSettings(), embedder, silent)
        return Engine(Generation.open(tmp_path), embedder, reader=reader)

    return make


class TestAbstention:
    @pytest.mark.parametrize("language", ABOUT_CAKE)
    def test_says_so_in_the_questions_language_and_names_the_nearest(
        self, engine: Engine, language: str, monkeypatch: pytest.MonkeyPatch
    ):
        never = replace(abstain.calibration(with_reader=True), threshold=1.0)
        monkeypatch.setattr(abstain, "calibration", lambda **_: never)
        answer = engine.ask(ABOUT_CAKE[language])
        assert answer.abstained
        assert answer.language == language
        assert answer.sentences == answer.citations == ()
        assert len(answer.evidence) == EVIDENCE
        frame = answer.answer
        for found in answer.evidence:
            frame = frame.replace(found.document.title, "")
        assert detect(frame) == language
        assert answer.evidence[0].document.title in answer.answer
        assert "[" not in frame

    def test_something_else_entirely_is_not_answered(self, engine: Engine):
        assert engine.ask(ABOUT_CAKE["ar"]).abstained

    def test_can_be_overridden_for_measuring(self, engine: Engine):
        forced = engine.ask(ABOUT_CAKE["ar"], always_answer=True)
        assert not forced.abstained
        assert forced.sentences
        assert forced.confidence == engine.ask(ABOUT_CAKE["ar"]).confidence

    def test_documents_without_a_title_are_not_named(
        self, engine_of: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
    ):
        never = replace(abstain.calibration(with_reader=False), threshold=1.0)
        monkeypatch.setattr(abstain, "calibration", lambda **_: never)
        answer = engine_of(WEATHER).ask(ABOUT_CAKE["en"])
        assert answer.abstained
        assert answer.answer == "The documents do not say."

    def test_nothing_to_look_in(self, engine: Engine):
        answer = engine.ask("من بنى الجسر؟", within=frozenset(), always_answer=True)
        assert answer.abstained
        assert answer.evidence == ()
        assert answer.confidence == 0.0
        assert engine.features("من بنى الجسر؟", within=frozenset()) == {}


class TestWithin:
    def test_only_the_named_documents_are_searched(self, engine: Engine):
        by_path = {document.path: document.id for document in engine.documents()}
        named = frozenset({by_path["treaty-2024.txt"], by_path["wonsan-resort.txt"]})
        for question in ASKED[:10]:
            answer = engine.ask(question, within=named, always_answer=True)
            assert {found.document.id for found in answer.evidence} <= named
            assert {citation.document.id for citation in answer.citations} <= named
            assert answer.evidence

    def test_as_if_the_index_held_no_others(self, engine: Engine, embedder: Embedder, tmp_path: Path):
        named = ("alabuga-workers.md", "treaty-2024.txt", "tumen-bridge-en.txt", "wonsan-resort.txt")
        build.build([DOCUMENTS / name for name in named], tmp_path, IndexSettings(), embedder, silent)
        alone = Retriever(Generation.open(tmp_path), embedder)
        whole = Retriever(engine._generation, embedder)
        narrowed = whole.within(frozenset(d.id for d in engine.documents() if d.path in named))
        for asked in ASKED[::8]:
            query = whole.query(asked)
            one, other = narrowed.retrieve(query, 100), alone.retrieve(query, 100)
            # BM25 compares the length of a passage to the mean of the whole index.
            scores = {found.passage.id: found.score for found in other}
            assert one[0].passage.id == other[0].passage.id
            assert {f.passage.id: f.score for f in one} == pytest.approx(scores, abs=0.35)
            assert [narrowed.idf(term) for term in query.terms] == [alone.idf(term) for term in query.terms]

    def test_a_document_far_down_the_ranking_is_still_found(self, engine: Engine):
        question = "كم يتقاضى العامل في الساعة في ألابوغا؟"
        first = {found.document.id for found in engine.retrieve(question, EVIDENCE)}
        far = next(document.id for document in engine.documents() if document.id not in first)
        assert engine.ask(question, within=frozenset({far})).evidence[0].document.id == far


class TestQuestions:
    def test_known_answers_are_found(self, engine: Engine):
        answer = engine.ask("كم يتقاضى العامل في الساعة في ألابوغا؟", always_answer=True)
        assert "دولارين ونصف" in answer.answer
        assert answer.citations[0].document.path == "alabuga-workers.md"
        assert answer.language == "ar"

    @pytest.mark.parametrize("asked", ["", "  \n", "😀", "\0", "؟", "\ud800", "م" * 1_000_000, "سؤال " * 200_000])
    def test_refused_in_one_line(self, engine: Engine, asked: str):
        with pytest.raises(QuestionError) as refused:
            engine.ask(asked)
        assert len(str(refused.value).splitlines()) == 1
        with pytest.raises(QuestionError):
            engine.retrieve(asked, 3)

    @pytest.mark.parametrize(
        "asked",
        [
            "متى \udcff وقعت\0المعاهدة؟",
            "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ",
            "ሰላም ለዓለም",
            "😀 treaty 😀",
            "x" * 4000,
            "2024",
            "\u202eytaert\u202c",
            "'; DROP TABLE passages; --",
            "谁负责重建？",
        ],
    )
    def test_answered_or_not_but_without_harm(self, engine: Engine, asked: str):
        answer = engine.ask(asked)
        assert answer.question == asked
        assert answer.answer
        assert len(answer.evidence) == EVIDENCE
        assert all(np.isfinite(found.score) for found in answer.evidence)

    def test_a_follow_up_is_searched_with_the_question_before_it(self, engine: Engine):
        before = "كم يتقاضى العامل في الساعة في ألابوغا؟"
        answer = engine.ask("وكم تبعد عن الحدود؟", [before], always_answer=True)
        assert answer.question == "وكم تبعد عن الحدود؟"
        assert answer.evidence[0].document.path == "alabuga-workers.md"
        assert gist(answer) != gist(engine.ask("وكم تبعد عن الحدود؟", always_answer=True))

    def test_a_follow_up_is_answered_by_another_passage_of_its_topics_document(self, engine: Engine):
        history = ["متى أقامت بيونغ يانغ عرض الذكرى الثمانين؟", "وليش تأخر؟"]
        assert "ستة عشر ألف عسكري" in engine.ask("طيب وكم عسكري شارك فيه؟", history).answer

    def test_the_same_question_has_the_same_answer(self, engine: Engine):
        assert gist(engine.ask(ASKED[0])) == gist(engine.ask(ASKED[0]))

    def test_timings_add_up(self, engine: Engine):
        timings = dict(engine.ask(ASKED[0]).timings_ms)
        total = timings.pop("total")
        assert timings.keys() == {"embed", "retrieve", "read", "select", "compare"}
        assert all(value >= 0 for value in timings.values())
        assert sum(timings.values()) <= total + 0.01


def test_twenty_threads_answer_as_one(engine: Engine):
    asked = ASKED[:10]
    alone = [gist(engine.ask(question)) for question in asked]
    with ThreadPoolExecutor(20) as pool:
        together = list(pool.map(lambda question: gist(engine.ask(question)), asked * 2))
    assert together == alone * 2


class TestSmallIndexes:
    def test_what_a_sentence_leans_on_is_cited_with_it(self, engine_of: Callable[..., Engine]):
        text = f"{WEATHER} He added that flour costs three dinars a bag. The road is closed in winter."
        answer = engine_of(text).ask("How much does flour cost?", always_answer=True)
        wheel = "Its wheel was replaced in 1994 by Nadir Salim."
        assert answer.sentences[0].text == f"{wheel} He added that flour costs three dinars a bag."
        assert answer.citations[0].quote == answer.sentences[0].text

    def test_one_document(self, engine_of: Callable[..., Engine]):
        engine = engine_of(WEATHER, "The mill")
        answer = engine.ask("Who replaced the wheel of the mill?", always_answer=True)
        assert len(answer.evidence) == 1
        assert "Nadir Salim" in answer.answer
        assert [(document.title, document.text) for document in engine.documents()] == [("The mill", WEATHER)]

    def test_one_sentence(self, engine_of: Callable[..., Engine]):
        text = "The old mill of Tal Amar grinds wheat for four villages."
        answer = engine_of(text).ask("What does the mill grind?", always_answer=True)
        assert answer.answer == f"{text} [1]"
        assert answer.citations[0].quote == text
        assert np.isfinite(answer.confidence)


class TestOpening:
    def test_an_index_of_another_model_is_refused_in_one_line(self, tmp_path: Path, embedder: Embedder):
        other: Any = OtherModel()
        build.build([DOCUMENTS / "treaty-2024.txt"], tmp_path, IndexSettings(), other, silent)
        with pytest.raises(ModelError) as refused:
            Engine(Generation.open(tmp_path), embedder)
        message = str(refused.value)
        assert len(message.splitlines()) == 1
        assert "other-model" in message
        assert embedder.name in message
        assert "sanad index" in message

    def test_a_missing_index_is_told_before_a_model_is_loaded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(Embedder, "load", lambda *_: pytest.fail("a model was loaded"))
        with pytest.raises(IndexFileError, match="no index"):
            Engine.open(tmp_path / "none", Settings())

    def test_open_joins_index_and_model(self, sample_index: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
        engine = Engine.open(sample_index, Settings())
        assert engine.model.fingerprint == embedder.fingerprint
        info = engine.ask(ASKED[0]).index
        assert (info.generation, info.model) == (Generation.open(sample_index).name, embedder.name)

    def test_open_leaves_out_what_was_deleted(
        self,
        tmp_path: Path,
        embedder: Embedder,
        make_document: Callable[..., Document],
        monkeypatch: pytest.MonkeyPatch,
    ):
        harbour, mill = "a" * 16, "b" * 16
        told = {harbour: "harbour", mill: "mill"}
        made = [make_document(name, f"The {thing} of Grey Point was painted red.") for name, thing in told.items()]
        build.build_from_documents(made, tmp_path, IndexSettings(), embedder, silent)
        deleted.write(tmp_path, frozenset({mill}))
        monkeypatch.setattr(Embedder, "for_questions", lambda *_: embedder)
        answer = Engine.open(tmp_path, Settings()).ask("What colour is the mill of Grey Point?")
        assert [found.document.id for found in answer.evidence] == [harbour]

    def test_documents_can_be_looked_up(self, engine: Engine):
        paths = [document.path for document in engine.documents()]
        assert paths == sorted(path.name for path in DOCUMENTS.iterdir())
        for document in engine.documents():
            assert engine.document(document.id) is document
        with pytest.raises(KeyError):
            engine.document("none")
        with pytest.raises(KeyError):
            engine.dropped("none")


class CancelledError(Exception):
    """Raised by who watches a build and wants it to end."""


def test_a_build_that_is_cancelled_at_any_step_leaves_the_old_index_answering(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Embedder, "for_questions", lambda *_: embedder)
    documents, folder = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()

    def answer() -> str:
        return Engine.open(folder, Settings()).ask("When was the wheel of the old mill replaced?").answer

    (documents / "mill.txt").write_text(WEATHER)
    build.build([documents], folder, IndexSettings(), embedder, silent)
    (documents / "mill.txt").write_text(WEATHER.replace("1994", "2003"))
    for last in ("read", "split", "embed", "write"):

        def cancel(step: str, *_told: int, last: str = last) -> None:
            if step == last:
                raise CancelledError

        with pytest.raises(CancelledError):
            build.build([documents], folder, IndexSettings(), embedder, cancel)
        assert "1994" in answer()
        assert not list(folder.glob("building-*"))
    build.build([documents], folder, IndexSettings(), embedder, silent)
    assert "2003" in answer()


class OtherModel:
    """An embedder that is not the bundled one."""

    name = "other-model"
    fingerprint = "0123456789abcdef"
    precision = "float32"
    dimension = 4
    max_tokens = 512

    def embed_documents(self, texts: list[str], progress: Callable[[int, int], None]) -> NDArray[np.float32]:
        progress(len(texts), len(texts))
        return np.tile(np.array([0.5, 0.5, 0.5, 0.5], np.float32), (len(texts), 1))

    def count_tokens(self, texts: list[str]) -> list[int]:
        return [len(text.split()) for text in texts]


@pytest.mark.parametrize("title", ["The mill of Tal Amar", "— … —"])
def test_a_warm_engine_has_looked_at_its_passages(
    engine_of: Callable[..., Engine], embedder: Embedder, monkeypatch: pytest.MonkeyPatch, title: str
):
    warm = engine_of(WEATHER, title, Reader.load(embedder, Settings()))
    warm.warm_up()
    tokenize, kinds = embedder.tokenize, list[str]()
    monkeypatch.setattr(embedder, "tokenize", lambda *given: kinds.append(given[1]) or tokenize(*given))
    warm.ask("When was the wheel of the mill replaced?")
    assert kinds == ["query"]


@pytest.mark.parametrize(
    ("text", "question", "town"),
    [
        (WEATHER, "How many villages does the old mill grind wheat for?", " in Karkhuna"),
        ("تبيع مزرعة الوادي 40 خروفا كل شهر في سوق المدينة.", "كم خروفا تبيع مزرعة الوادي كل شهر؟", " في ألابوغا"),
    ],
)
def test_a_town_that_no_document_names_is_not_answered_about(
    engine_of: Callable[..., Engine], text: str, question: str, town: str
):
    mill = engine_of(text)
    assert not mill.ask(question).abstained
    assert mill.ask(f"{question[:-1]}{town}{question[-1]}").abstained


def test_warming_up_ends_with_the_program(
    engine_of: Callable[..., Engine], embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    warm = engine_of(WEATHER, "—", Reader.load(embedder, Settings()))
    monkeypatch.setattr(threading, "main_thread", lambda: SimpleNamespace(is_alive=lambda: False))
    tokenize, kinds = embedder.tokenize, list[str]()
    monkeypatch.setattr(embedder, "tokenize", lambda *given: kinds.append(given[1]) or tokenize(*given))
    warm.warm_up()
    assert kinds == []
