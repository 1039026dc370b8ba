"""A running chat follows the index between questions, never within one."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from index import build, deleted
from index.config import IndexSettings, Settings
from index.embed import Embedder
from index.errors import IndexFileError
from index.manifest import checksum
from index.store import Generation
from index.types import Document
from rag import live
from rag.engine import Engine
from rag.live import LiveEngine
from rag.types import Answer

BRIDGE = "The bridge at Wadi Nur carries trams. It was opened on 3 May 1987 by the mayor of the town."
A, B, C = ("a" * 16, "b" * 16, "c" * 16)  # ids as those of real documents
MILL = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994."


@pytest.fixture
def rebuild(tmp_path: Path, embedder: Embedder, make_document: Callable[..., Document]) -> Callable[..., str]:
    def make(**texts: str) -> str:
        documents = [make_document(name, text) for name, text in texts.items()]
        return build.build_from_documents(documents, tmp_path, IndexSettings(), embedder, lambda *_: None).name

    return make


def test_a_rebuilt_index_answers_the_next_question(rebuild: Any, tmp_path: Path, embedder: Embedder):
    first = rebuild(a=BRIDGE)
    engine = LiveEngine(tmp_path, Generation.open(tmp_path), embedder)
    assert engine.ask("When was the bridge opened?").index.generation == first
    second = rebuild(b=MILL)
    answer = engine.ask("When was the wheel of the mill replaced?")
    assert answer.index.generation == second
    assert {found.document.id for found in answer.evidence} == {"b"}
    assert [document.id for document in engine.documents()] == ["b"]


def test_a_question_ends_in_the_generation_it_began_in(
    rebuild: Any, tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    first = rebuild(a=BRIDGE)
    engine = LiveEngine(tmp_path, Generation.open(tmp_path), embedder)
    ask = Engine.ask

    def slow(self: Engine, *args: Any) -> Any:
        monkeypatch.setattr(Engine, "ask", ask)
        rebuild(b=MILL)
        engine.ask("When was the wheel of the mill replaced?")  # another one's question switches meanwhile
        return ask(self, *args)

    monkeypatch.setattr(Engine, "ask", slow)
    answer = engine.ask("When was the bridge opened?")
    assert answer.index.generation == first
    assert {found.document.id for found in answer.evidence} == {"a"}


def test_who_asks_while_the_new_index_is_opened_does_not_wait(
    rebuild: Any, tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    first = rebuild(a=BRIDGE)
    engine = LiveEngine(tmp_path, Generation.open(tmp_path), embedder)
    second = rebuild(b=MILL)
    opening, go_on = threading.Event(), threading.Event()
    real = live.Generation.open

    def slow(folder: Path) -> Any:
        opening.set()
        assert go_on.wait(60)
        return real(folder)

    monkeypatch.setattr(live.Generation, "open", slow)
    answers: list[Any] = []
    opener = threading.Thread(target=lambda: answers.append(engine.ask("Which mill?")))
    opener.start()
    assert opening.wait(60)
    assert engine.ask("When was the bridge opened?").index.generation == first
    go_on.set()
    opener.join()
    assert answers[0].index.generation == second


@pytest.mark.parametrize("fault", ["damaged", "pointer", "model"])
def test_an_index_that_cannot_be_used_leaves_the_old_one(
    fault: str, rebuild: Any, tmp_path: Path, embedder: Embedder, caplog: pytest.LogCaptureFixture
):
    first = rebuild(a=BRIDGE)
    engine = LiveEngine(tmp_path, Generation.open(tmp_path), embedder)
    second = rebuild(b=MILL)
    manifest = tmp_path / "generations" / second / "manifest.json"
    if fault == "damaged":
        (tmp_path / "generations" / second / "passages.jsonl").write_text("{")
    elif fault == "pointer":
        (tmp_path / "current").write_text("nonsense")
    else:
        manifest.write_text(manifest.read_text().replace(embedder.fingerprint, "f" * 16))
        manifest.with_suffix(".xxh3").write_text(checksum(manifest))
    with caplog.at_level(logging.WARNING):
        assert engine.ask("When was the bridge opened?").index.generation == first
    assert "is not used" in caplog.text
    third = rebuild(a=BRIDGE, b=MILL)
    assert engine.ask("When was the bridge opened?").index.generation == third


def test_what_was_deleted_answers_no_more_though_no_rebuild_followed(rebuild: Any, tmp_path: Path, embedder: Embedder):
    asked = "When was the wheel of the mill replaced?"
    rebuild(**{A: BRIDGE, B: MILL, C: f"{MILL} A fifth village asks for flour."})
    engine = LiveEngine(tmp_path, Generation.open(tmp_path), embedder)
    everything = engine.newest()
    assert everything.near_copies == {B: C}
    deleted.write(tmp_path, frozenset({C, "0" * 16}))
    left = engine.newest()
    assert {found.document.id for found in left.ask(asked).evidence} == {A, B}
    assert {found.document.id for found in left.ask(asked, within={B, C}).evidence} == {B}
    assert [document.id for document in left.documents()] == [A, B]
    assert {passage.document_id for passage in left.passages()} == {A, B}
    assert left.near_copies == {}
    assert engine.newest() is left
    deleted.write(tmp_path, frozenset())
    assert engine.newest() is everything
    deleted.write(tmp_path, frozenset({A, B, C}))
    for question in (asked, "What is the article about?", "What is the article about the mill of Tal Amar about?"):
        answer = engine.ask(question)
        assert (answer.abstained, answer.evidence) == (True, ())
    assert engine.documents() == []


def test_a_damaged_list_of_what_was_deleted_brings_nothing_back(
    rebuild: Any, tmp_path: Path, embedder: Embedder, caplog: pytest.LogCaptureFixture
):
    rebuild(**{A: BRIDGE, B: MILL})
    deleted.write(tmp_path, frozenset({B}))
    engine = LiveEngine(tmp_path, Generation.open(tmp_path), embedder)
    (tmp_path / "deleted.json").write_text("{")
    with caplog.at_level(logging.WARNING):
        assert [document.id for document in engine.documents()] == [A]
    assert "deleted.json is damaged" in caplog.text
    with pytest.raises(IndexFileError, match=r"deleted\.json is damaged"):
        LiveEngine(tmp_path, Generation.open(tmp_path), embedder)


def test_fifty_readers_get_whole_answers_during_twenty_rebuilds(rebuild: Any, tmp_path: Path, embedder: Embedder):
    def build_of(year: int) -> tuple[str, str]:
        return rebuild(a=BRIDGE.replace("1987", str(year)), b=MILL.replace("1994", str(year))), str(year)

    years = dict([build_of(1900)])
    engine = LiveEngine(tmp_path, Generation.open(tmp_path), embedder)
    done = threading.Event()

    def read() -> list[Answer]:
        answers = [engine.ask("When was the bridge opened?")]
        while not done.wait(1.0):
            answers.append(engine.ask("When was the bridge opened?"))
        return answers

    with ThreadPoolExecutor(50) as pool:
        readers = [pool.submit(read) for _ in range(50)]
        try:
            years.update(build_of(1900 + number) for number in range(1, 21))
        finally:
            done.set()
    answers = [answer for reader in readers for answer in reader.result()]
    assert len({answer.index.generation for answer in answers}) > 1
    for answer in answers:
        year = years[answer.index.generation]
        assert f"3 May {year}" in answer.answer
        assert {evidence.document.id for evidence in answer.evidence} == {"a", "b"}
        assert all(year in evidence.document.text for evidence in answer.evidence)
        for sentence in answer.sentences:
            assert any(sentence.text in citation.quote for citation in sentence.citations)


def test_without_an_index_it_does_not_open(tmp_path: Path):
    with pytest.raises(IndexFileError, match="There is no index"):
        LiveEngine.open(tmp_path, Settings())
