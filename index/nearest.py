"""The passages nearest to a question: of many in one language, coded vectors first choose which to compare exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors

FOLDER = "nearest"
EXACT = 100_000
"""Most passages of a language that are compared one by one."""
# Product quantisation with 4 bits for two numbers. All codes are compared, as lists of an inverted file miss too much:
# of the ten nearest of some 3,200 real sentences an eighth of the lists held 0.80, the 100 nearest by codes 0.999.
_NUMBERS_A_CODE = 2
_COMPARED_EXACTLY = 1000
_TRAINED_ON = 1 << 15
_AT_ONCE = 1 << 16

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nearest:
    """Search by vector.

    Each language has codes of its own: the model puts texts of one language near each other, so the nearest to a
    question are hardly ever in another.

    Attributes:
        vectors: (passages, dimension) float32, unit length.
        codes: FAISS index of each language that has more than ``EXACT`` passages.
    """

    vectors: Vectors
    codes: Mapping[str, Any]  # faiss has no type stubs

    @classmethod
    def read(cls, folder: Path, vectors: Vectors) -> Self:
        """Open what ``write`` wrote; RuntimeError when it cannot be read."""
        paths = (folder / FOLDER).glob("*.faiss")
        return cls(vectors, {path.stem: faiss.read_index(str(path)) for path in paths})

    def search(self, vector: Vectors, groups: Iterable[tuple[str, Rows]], most: int) -> Rows:
        """Rows of the nearest passages of each group.

        Args:
            vector: (dimension,) float32, unit length.
            groups: Language and rows, rising, of the passages to choose from, all of that language.
            most: Most rows of a group.
        """
        # Rows one by one cost more than all in one go, as long as these are not too many.
        cosines = self.vectors @ vector if len(self.vectors) <= EXACT else None
        found: list[Rows] = []
        for language, rows in groups:
            if len(rows) <= most:
                found.append(rows)
                continue
            if len(rows) > EXACT and len(rows) == self.codes[language].ntotal:
                near = self.codes[language].search(vector[None, :], max(_COMPARED_EXACTLY, most))[1][0]
                rows = np.sort(rows[near[near >= 0]])  # noqa: PLW2901
            own = self._cosines(vector, rows) if cosines is None else cosines[rows]
            found.append(rows[np.argpartition(own, -most)[-most:]])
        return np.concatenate(found)

    def _cosines(self, vector: Vectors, rows: Rows) -> Vectors:
        parts = [self.vectors[rows[at : at + _AT_ONCE]] @ vector for at in range(0, len(rows), _AT_ONCE)]
        return np.concatenate(parts)


def write(folder: Path, vectors: Vectors, languages: Mapping[str, Rows]) -> None:
    """Write the codes of each language of many passages, given with their rows."""
    for language, rows in languages.items():
        if len(rows) > EXACT:
            (folder / FOLDER).mkdir(exist_ok=True)
            index = coded(vectors, rows)
            # Not by FAISS itself: its way to tell of a full disk or an odd path is a RuntimeError.
            (folder / FOLDER / f"{language}.faiss").write_bytes(faiss.serialize_index(index).data)


def coded(vectors: Vectors, rows: Rows) -> Any:  # noqa: ANN401 - faiss has no type stubs
    """Some vectors as 4-bit codes (André, Kermarrec and Le Scouarnec, "Cache locality is not enough", 2015)."""
    codes = vectors.shape[1] // _NUMBERS_A_CODE
    index = faiss.index_factory(vectors.shape[1], f"PQ{codes}x4fs", faiss.METRIC_INNER_PRODUCT)
    sample = np.linspace(0, len(rows) - 1, min(len(rows), _TRAINED_ON)).astype(np.int64)
    index.train(vectors[rows[sample]])
    for start in range(0, len(rows), _AT_ONCE):
        index.add(vectors[rows[start : start + _AT_ONCE]])
    return index
