"""The passages nearest to a question: exactly among few, by an inverted file of FAISS among many of one language."""

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
# Of the lists of an inverted file, as many as the square root of its vectors, one in so many is looked through.
_LOOKED_THROUGH = 8
_TRAINED_ON = 64  # vectors a list
_ADDED_AT_ONCE = 1 << 16

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nearest:
    """Search by vector.

    Each language has an inverted file of its own: the model puts texts of one language near each other, so the lists
    near to a question hold hardly anything in another.

    Attributes:
        vectors: (passages, dimension) float32, unit length.
        files: FAISS index of each language that has more than ``EXACT`` passages.
    """

    vectors: Vectors
    files: Mapping[str, Any]  # faiss has no type stubs

    @classmethod
    def read(cls, folder: Path, vectors: Vectors) -> Self:
        """Open what ``write`` wrote; RuntimeError when it cannot be read."""
        paths = (folder / FOLDER).glob("*.faiss")
        return cls(vectors, {path.stem: faiss.read_index(str(path), faiss.IO_FLAG_MMAP) for path in paths})

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
            elif len(rows) > EXACT:
                found.append(_search(self.files[language], vector, rows, most))
            else:
                own = self.vectors[rows] @ vector if cosines is None else cosines[rows]
                found.append(rows[np.argpartition(own, -most)[-most:]])
        return np.concatenate(found)


def write(folder: Path, vectors: Vectors, languages: Mapping[str, Rows]) -> None:
    """Write an inverted file for each language of many passages, given with their rows."""
    for language, rows in languages.items():
        if len(rows) > EXACT:
            (folder / FOLDER).mkdir(exist_ok=True)
            index = inverted_file(vectors, rows)
            # Not by FAISS itself: its way to tell of a full disk or an odd path is a RuntimeError.
            (folder / FOLDER / f"{language}.faiss").write_bytes(faiss.serialize_index(index).data)


def inverted_file(vectors: Vectors, rows: Rows) -> Any:  # noqa: ANN401 - faiss has no type stubs
    """An inverted file of some vectors in 8 bits a number (Jégou, Douze and Schmid, 2011), under their rows."""
    lists = 1 << round(np.log2(len(rows)) / 2)
    index: Any = faiss.index_factory(vectors.shape[1], f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    sample = np.linspace(0, len(rows) - 1, min(len(rows), lists * _TRAINED_ON)).astype(np.int64)
    index.train(vectors[rows[sample]])
    for start in range(0, len(rows), _ADDED_AT_ONCE):
        part = rows[start : start + _ADDED_AT_ONCE]
        index.add_with_ids(vectors[part], part)
    index.nprobe = max(1, lists // _LOOKED_THROUGH)
    return index


def _search(index: Any, vector: Vectors, rows: Rows, most: int) -> Rows:  # noqa: ANN401
    if len(rows) == index.ntotal:
        found: Rows = index.search(vector[None, :], most)[1][0]
    else:
        chosen = np.zeros(int(rows[-1]) + 1, bool)
        chosen[rows] = True
        selector = faiss.IDSelectorBitmap(np.packbits(chosen, bitorder="little"))  # type: ignore[call-arg, arg-type]
        parameters = faiss.SearchParametersIVF(sel=selector, nprobe=index.nprobe)  # type: ignore[call-arg]
        found = index.search(vector[None, :], most, params=parameters)[1][0]
    return found[found >= 0]
