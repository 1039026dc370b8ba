"""Nearest passages: exact among few, nearly so among many, in every language."""

from pathlib import Path

import numpy as np
import pytest

from index import nearest
from index.embed import Vectors
from index.nearest import Nearest

COUNT, DIMENSION = 4000, 32


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Clusters about a common direction, as embeddings lie."""
    rng = np.random.default_rng(5)
    centres = rng.standard_normal((40, DIMENSION))
    made = 4 * rng.standard_normal(DIMENSION) + centres[rng.integers(40, size=COUNT)]
    made += 0.7 * rng.standard_normal((COUNT, DIMENSION))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "EXACT", 500)
    monkeypatch.setattr(nearest, "_COMPARED_EXACTLY", 400)


def exactly(vectors: Vectors, question: Vectors, rows: np.ndarray, most: int) -> set[int]:
    return set(rows[np.argsort(-(vectors[rows] @ question))[:most]].tolist())


def test_among_few_it_is_exact(tmp_path: Path, vectors: Vectors):
    even, odd = np.arange(0, COUNT, 2), np.arange(1, COUNT, 2)
    nearest.write(tmp_path, vectors, {"ar": even, "en": odd})
    assert list(tmp_path.iterdir()) == []
    search = Nearest.read(tmp_path, vectors)
    found = search.search(vectors[7], [("ar", even), ("en", odd[:9]), ("ru", odd[100:900])], 10)
    wanted = exactly(vectors, vectors[7], even, 10) | set(odd[:9].tolist())
    assert set(found.tolist()) == wanted | exactly(vectors, vectors[7], odd[100:900], 10)
    assert len(found) == 29


@pytest.mark.usefixtures("many")
def test_among_many_hardly_any_is_missed(tmp_path: Path, vectors: Vectors):
    ar, en = np.arange(0, 3000), np.arange(3000, COUNT)
    nearest.write(tmp_path, vectors, {"ar": ar, "en": en, "ru": ar[:400]})
    assert sorted(path.name for path in (tmp_path / nearest.FOLDER).iterdir()) == ["ar.faiss", "en.faiss"]
    search = Nearest.read(tmp_path, vectors)
    rng = np.random.default_rng(6)
    hits = wanted = 0
    for question in vectors[::80] + 0.02 * rng.standard_normal((50, DIMENSION)).astype(np.float32):
        for language, rows in (("ar", ar), ("en", en), ("ar", ar[ar % 3 > 0])):
            found = search.search(question, [(language, rows)], 50)
            assert set(found.tolist()) <= set(rows.tolist())
            best = exactly(vectors, question, rows, 10)
            hits, wanted = hits + len(best & set(found.tolist())), wanted + 10
    assert hits >= 0.99 * wanted


@pytest.mark.usefixtures("many")
def test_a_few_of_many_are_compared_one_by_one(tmp_path: Path, vectors: Vectors):
    everything = np.arange(COUNT)
    nearest.write(tmp_path, vectors, {"ar": everything})
    few = np.arange(3, 400, 4)
    found = Nearest.read(tmp_path, vectors).search(vectors[0], [("ar", few)], 10)
    assert set(found.tolist()) == exactly(vectors, vectors[0], few, 10)


@pytest.mark.usefixtures("many")
def test_the_same_vectors_give_the_same_file(tmp_path: Path, vectors: Vectors):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        nearest.write(tmp_path / name, vectors, {"ar": np.arange(COUNT)})
    one, other = ((tmp_path / name / nearest.FOLDER / "ar.faiss").read_bytes() for name in ("one", "other"))
    assert one == other
