"""The shipped reader on the bundled encoder: what it reads, that it is the same each time, and what damages it."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.config import Settings
from index.embed import Embedder
from index.errors import ModelError
from index.types import Document
from rag import reader as reader_module
from rag.reader import CARD_FILE, PASSAGES, WEIGHTS_FILE, Reader, Reading, ReadSentence, met
from rag.types import Evidence

HARBOUR = "The harbour opened in 1931. Fishermen sell herring there. The lighthouse was painted by Salma Qadri."
MILL = "The mill grinds wheat. It was built by the river. Its owner lives in the village."
MINA = "افتتح الميناء عام 1931. يبيع الصيادون فيه السردين. طلت سلمى القادري المنارة باللون الأبيض."

TAHOUNA = "تطحن الطاحونة القمح. بنيت قرب النهر. يسكن صاحبها في القرية."


@pytest.fixture(scope="session")
def reader(embedder: Embedder) -> Reader:
    loaded = Reader.load(embedder, Settings())
    assert loaded is not None
    return loaded


@pytest.fixture
def evidence(
    make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
) -> Callable[..., list[Evidence]]:
    def make(*texts: str) -> list[Evidence]:
        return [
            make_evidence(make_document(f"d{n}", text), rank=n + 1, score=2.0 - n / 10) for n, text in enumerate(texts)
        ]

    return make


def words(found: Evidence, read: Reading) -> str:
    sentence, best = max(
        zip(found.passage.sentences, read.sentences, strict=True), key=lambda pair: pair[1].words_logit
    )
    return found.document.text[sentence.start : sentence.end][best.start : best.end].strip()


@pytest.mark.parametrize(
    ("question", "text", "sentence", "answer"),
    [
        ("When did the harbour open?", HARBOUR, 0, "1931"),
        ("Who painted the lighthouse?", HARBOUR, 2, "Salma Qadri"),
        ("متى افتتح الميناء؟", MINA, 0, "1931"),
        ("من طلى المنارة؟", MINA, 2, "سلمى القادري"),
        ("Who painted the lighthouse?", MINA, 2, "سلمى القادري"),
    ],
)
def test_reads_the_sentence_and_the_words_that_answer(
    reader: Reader,
    evidence: Callable[..., list[Evidence]],
    question: str,
    text: str,
    sentence: int,
    answer: str,
):
    found = evidence(text)
    read = reader.read(question, found)[0]
    logits = [each.logit for each in read.sentences]
    assert logits.index(max(logits)) == sentence
    assert answer in words(found[0], read)


def test_remembered_passages_are_not_looked_at_again(
    embedder: Embedder, evidence: Callable[..., list[Evidence]], monkeypatch: pytest.MonkeyPatch
):
    fresh, found = Reader.load(embedder, Settings()), evidence(HARBOUR, MILL)
    assert fresh is not None
    fresh.remember((each.document, each.passage) for each in found)
    tokenize, kinds = embedder.tokenize, list[str]()
    monkeypatch.setattr(embedder, "tokenize", lambda *given: kinds.append(given[1]) or tokenize(*given))
    fresh.read("When did the harbour open?", found)
    assert kinds == ["query"]


def test_the_passage_that_answers_is_likelier(reader: Reader, evidence: Callable[..., list[Evidence]]):
    mill, harbour = reader.read("When did the harbour open?", evidence(MILL, HARBOUR))
    assert harbour.here > mill.here + 1


@pytest.mark.parametrize(
    ("question", "about", "other"),
    [("Who painted the lighthouse?", HARBOUR, MILL), ("من طلى المنارة؟", MINA, TAHOUNA)],
)
def test_the_passage_and_the_sentence_of_the_same_words_meet_the_question_best(
    reader: Reader, evidence: Callable[..., list[Evidence]], question: str, about: str, other: str
):
    harbour, mill = reader.read(question, evidence(about, other))
    assert harbour.met > mill.met
    assert max(harbour.sentences, key=lambda sentence: sentence.met) is harbour.sentences[2]


def test_a_text_is_as_near_as_it_meets_the_tokens_it_meets_least():
    likeness = np.array([[0.9, 0.2], [0.5, 0.6], [0.0, 0.0], [0.3, 0.7], [0.8, 0.8]], np.float32)
    assert met(likeness) == pytest.approx((0.6 + 0.7) / 2)  # not 0.8 and 0.9; a row of zeros is no token
    assert met(likeness[2:3]) == 0
    assert met(likeness[:1]) == pytest.approx(0.9)


def test_the_same_again_whatever_was_read_before_and_in_many_threads(
    reader: Reader, embedder: Embedder, evidence: Callable[..., list[Evidence]]
):
    found = evidence(HARBOUR, MILL, MINA)
    first = reader.read("When did the harbour open?", found)
    fresh = Reader.load(embedder, Settings())
    assert fresh is not None
    fresh.read("من طلى المنارة؟", found[::-1])
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: fresh.read("When did the harbour open?", found), range(8)))
    assert again == [first] * 8


def test_sentences_beyond_the_models_window_answer_nothing(reader: Reader, evidence: Callable[..., list[Evidence]]):
    long = evidence(". ".join(f"Sentence {n} tells of wheat and of the river and of the mill" for n in range(80)) + ".")
    read = reader.read("What does it tell of?", long)[0]
    assert len(read.sentences) == 80
    assert read.sentences[0].logit > read.sentences[-1].logit == -20


def test_no_evidence_no_readings(reader: Reader):
    assert reader.read("When?", []) == ()
    assert reader.rerank("When?", []) == ((), ())


def test_no_reader_when_set_off_or_for_another_encoder(embedder: Embedder, monkeypatch: pytest.MonkeyPatch):
    assert Reader.load(embedder, Settings(reader="off")) is None
    monkeypatch.setattr(embedder, "fingerprint", "another")
    assert Reader.load(embedder, Settings()) is None


def test_damaged_weights_are_named(embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shipped = Path(reader_module.__file__).parent
    (tmp_path / CARD_FILE).write_bytes((shipped / CARD_FILE).read_bytes())
    data = bytearray((shipped / WEIGHTS_FILE).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / WEIGHTS_FILE).write_bytes(data)
    monkeypatch.setattr(reader_module, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match=rf"{WEIGHTS_FILE} are damaged .* Install Sanad again\."):
        Reader.load(embedder, Settings())


def test_the_card_tells_what_was_seen_and_what_came_of_it():
    card: dict[str, Any] = json.loads((Path(reader_module.__file__).parent / CARD_FILE).read_text("utf-8"))
    assert {"sha256", "encoder", "trained_on", "settings", "held_out"} <= card.keys()
    assert card["held_out"]
    assert all(0 < figures["f1"] <= 1 and figures["questions"] > 100 for figures in card["held_out"].values())


class Scripted(Reader):
    """A reader whose readings are written by hand."""

    def __init__(self, here: Sequence[float], met: Sequence[float] = (0.8,) * PASSAGES) -> None:
        self.here, self.met = here, met

    def read(self, _question: str, evidence: Sequence[Evidence]) -> tuple[Reading, ...]:
        assert len(evidence) <= PASSAGES
        sentences = (ReadSentence(0.0, 0, 1, 0.0, 0.0),)
        return tuple(Reading(self.here[found.rank - 1], self.met[found.rank - 1], sentences) for found in evidence)


class TestReranking:
    def test_what_answers_comes_first_and_what_was_not_read_last(self, evidence: Callable[..., list[Evidence]]):
        found = evidence(*(f"Text {n}." for n in range(PASSAGES + 2)))
        here = [-3.0] * PASSAGES
        here[2] = 4.0
        ranked, readings = Scripted(here).rerank("?", found)
        assert [each.document.id for each in ranked] == ["d2", "d0", "d1", *(f"d{n}" for n in range(3, PASSAGES + 2))]
        assert [each.rank for each in ranked] == list(range(1, PASSAGES + 3))
        assert [reading.here for reading in readings] == [4.0, *[-3.0] * (PASSAGES - 1)]
        scores = [each.score for each in ranked]
        assert scores == sorted(scores, reverse=True)

    def test_what_meets_the_question_better_comes_first(self, evidence: Callable[..., list[Evidence]]):
        found = evidence(*(f"Text {n}." for n in range(PASSAGES)))
        ranked, readings = Scripted([0.0] * PASSAGES, [0.8, 0.8, 0.9, 0.8, 0.7]).rerank("?", found)
        assert [each.document.id for each in ranked] == ["d2", "d0", "d1", "d3", "d4"]
        assert [each.channels["tokens"] for each in ranked] == [reading.met for reading in readings]
        assert sum(each.score for each in ranked) == pytest.approx(sum(each.score for each in found))

    def test_what_lies_far_behind_the_first_is_not_read(self, evidence: Callable[..., list[Evidence]]):
        found = evidence("Text 0.", "Text 1.", "Text 2.")
        found[2] = replace(found[2], score=found[0].score - 3)
        ranked, readings = Scripted([-2.0, 4.0]).rerank("?", found)
        assert [each.document.id for each in ranked] == ["d1", "d0", "d2"]
        assert [reading.here for reading in readings] == [4.0, -2.0]

    def test_what_it_made_of_a_passage_stays_visible(self, evidence: Callable[..., list[Evidence]]):
        ranked, _ = Scripted([1.5] * PASSAGES).rerank("?", evidence(*(f"Text {n}." for n in range(PASSAGES + 1))))
        assert [each.channels.get("reader") for each in ranked] == [1.5] * PASSAGES + [None]
