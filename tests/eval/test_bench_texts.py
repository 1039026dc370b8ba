"""Texts are recombined, never twice, until there is enough."""

from pathlib import Path

import pytest

from eval import bench_texts
from rag.engine import Engine

SENTENCES = ("One two three four.", "Red green blue black.", "Sun moon star sky.", "Too short.")


def words(texts: object) -> list[int]:
    assert isinstance(texts, list)
    return [len(text.split()) for text in texts]


class TestRecombined:
    def test_halves_of_different_sentences_and_nothing_twice(self):
        made = list(bench_texts.recombined(SENTENCES))
        heads = {"One two", "Red green", "Sun moon"}
        tails = {"three four.", "blue black.", "star sky."}
        assert len(made) == len(set(made)) == 6
        for text in made:
            first, second = " ".join(text.split()[:2]), " ".join(text.split()[2:])
            assert first in heads
            assert second in tails
            assert text not in SENTENCES

    def test_the_same_every_time(self):
        assert list(bench_texts.recombined(SENTENCES)) == list(bench_texts.recombined(SENTENCES))

    @pytest.mark.parametrize("few", [(), ("One two three four.",), ("Short.", "Also short.")])
    def test_of_too_little_nothing(self, few: tuple[str, ...]):
        assert list(bench_texts.recombined(few)) == []


def test_made_up_documents_end_when_there_is_enough():
    many = [f"w{i} x{i} y{i} z{i}" for i in range(40)]
    (document,) = bench_texts.made_up_documents(many, 100, words)
    assert len(document.split("\n\n")) == 8
    assert len(document.split()) == 128
    assert len(list(bench_texts.made_up_documents(many, 129, words))) == 2
    assert list(bench_texts.made_up_documents(many, 0, words)) == []
    assert len(" ".join(bench_texts.made_up_documents(SENTENCES, 10**9, words)).split()) == 24


def test_questions_are_different_openings():
    asked = bench_texts.questions_about(["a b c d e f g h i j", "a b c d e f g h x", "k l m", "n o"], 10)
    assert sorted(asked) == ["a b c d e f g h", "k l m"]
    assert len(bench_texts.questions_about([f"{i} b c" for i in range(90)], 60)) == 60


def test_sentences_and_passages_of_an_index(engine: Engine):
    texts, parts = bench_texts.passages(engine._generation), bench_texts.sentences(engine._generation)
    assert len(texts) == len(engine._generation.contents.passages)
    assert len(parts) == len(set(parts))
    assert all(any(part in text for text in texts) for part in parts[:10])


def test_the_pool_is_filled_up(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bench_texts, "LEAST_TOKENS", 6000)
    told = bench_texts.fill(tmp_path, engine._generation, words)
    files = sorted(tmp_path.iterdir())
    held = sum(len(file.read_text("utf-8").split()) for file in files)
    assert 6000 <= held < 8000
    assert told.startswith(f"{len(engine._generation.contents.passages)} passages and ")
    assert len(files) > len(engine._generation.contents.passages)
