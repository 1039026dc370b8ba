"""The measurement of growth, on next to nothing."""

import io
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from eval import scale
from eval.bench import spread
from eval.scale import Asked, Drawn, Made
from index import nearest
from index.config import Settings
from index.embed import Embedder
from index.store import Generation


def test_words_are_the_known_ones_and_halves_of_two():
    assert scale.vocabulary(["moscow summit moscow"], 3) == ["moscow", "summit", "mosmit"]
    assert scale.vocabulary(["moscow summit moscow"], 2) == ["moscow", "summit"]


def test_passages_are_the_same_every_time_and_all_different():
    made = [" ".join(sentences) for sentences in scale.passages(40)]
    assert made == [" ".join(sentences) for sentences in scale.passages(40)]
    assert len(set(made)) == 40


def test_vectors_are_drawn_in_clusters():
    vectors = Drawn().embed_documents([str(number) for number in range(300)])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    cosines = (vectors @ vectors.T)[np.triu_indices(300, 1)]
    assert 0.6 < cosines.mean() < 0.9
    np.testing.assert_array_equal(vectors, Drawn().embed_documents([str(number) for number in range(300)]))


@pytest.mark.parametrize("exact", [100_000, 100])
def test_an_index_is_made_and_asked(exact: int, tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nearest, "EXACT", exact)
    monkeypatch.setattr(scale, "QUESTIONS", 20)
    monkeypatch.setattr(Embedder, "for_questions", lambda *_: embedder)
    made = scale.make(tmp_path, 450)
    asked = scale.ask(tmp_path, Settings())
    assert 0.9 * 450 <= asked.passages <= 1.1 * 450
    assert (asked.search, asked.retrieval.count) == ("exact" if exact > 450 else "codes", 20)
    assert asked.embedded.median > asked.retrieval.median
    assert asked.recall == 1.0
    assert made.disk == sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert min(made.seconds, made.memory, asked.opening, asked.memory) > 0
    generation = Generation.open(tmp_path)
    monkeypatch.setattr(nearest.Nearest, "search", lambda *_: np.array([0]))
    assert scale.recall_at_10(generation, generation.contents.passage_vectors[:1]) == 0.1  # itself, and no other


def test_the_table():
    out = io.StringIO()
    row = (
        Made(63.2, 3 << 29, 1 << 30),
        Asked(1234, 0.25, 1 << 29, spread([10.0, 20.0]), spread([30.0, 40.0]), 0.998, "exact"),
    )
    Console(file=out, width=200).print(scale.table([row]))
    numbers = ["1,234", "63", "1.50", "1.00", "0.25", "0.50", "15", "20", "35", "40", "0.998", "exact"]
    assert out.getvalue().split()[-12:] == numbers
