"""Vectors and terms of all texts of an index: known ones are taken over, each other text is embedded once."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from index import chunk, lexicon
from index.embed import Embedder, Vectors
from index.lexicon import Lexicon
from index.split import Split

_AT_ONCE = 1 << 14  # texts; sorted by length among so many, batches hold little padding


class Embeddings:
    """The vectors of splits, in order, made while they are asked for: more than memory holds can be written.

    Attributes:
        texts: Texts that had to be embedded so far.
        tokens: Tokens of these.
    """

    def __init__(
        self,
        embedder: Embedder,
        splits: Sequence[Split],
        before: Mapping[str, Split],
        progress: Callable[[int, int, int], None],
    ) -> None:
        """Find out what is to be embedded.

        Args:
            embedder: The model.
            splits: Those with vectors keep them.
            before: Splits of the previous generation, with vectors of the same model.
            progress: Told the texts embedded, of how many, and their tokens.
        """
        self._embedder, self._splits, self._progress = embedder, splits, progress
        self._uses = Counter(_key(text) for one in splits if one.vectors is None for text in one.texts())
        self._known: dict[bytes, Vectors] = {}
        for one in before.values() if self._uses else ():
            for text, vector in zip(one.texts(), _all(one), strict=True):
                if (key := _key(text)) in self._uses:
                    self._known[key] = vector
        self._total = len(self._uses) - len(self._known)
        self.texts = self.tokens = 0

    def __iter__(self) -> Iterator[tuple[Vectors, Vectors]]:
        """Vectors of passages and of sentences of one split after the other, each (n, dimension) float32."""
        self._progress(0, self._total, 0)
        waiting: list[tuple[Split, list[str]]] = []
        count = 0
        for one in self._splits:
            texts = list(one.texts()) if one.vectors is None else []
            waiting.append((one, texts))
            count += len(texts)
            if count >= _AT_ONCE:
                yield from self._embedded(waiting)
                waiting, count = [], 0
        yield from self._embedded(waiting)

    def _embedded(self, splits: Sequence[tuple[Split, list[str]]]) -> Iterator[tuple[Vectors, Vectors]]:
        fresh = {key: text for _, texts in splits for text in texts if (key := _key(text)) not in self._known}
        vectors = self._embedder.embed_documents(list(fresh.values()), self._count)
        self._known.update(zip(fresh, vectors, strict=True))
        for one, texts in splits:
            rows = _all(one) if one.vectors is not None else self._taken(texts)
            yield rows[: len(one.passages)], rows[len(one.passages) :]
        for key in fresh:
            if key in self._known:  # what is needed again must not keep the others in memory
                self._known[key] = self._known[key].copy()

    def _taken(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts, forgotten where no other text needs them."""
        rows = np.empty((len(texts), self._embedder.dimension), np.float32)
        for row, key in enumerate(map(_key, texts)):
            rows[row] = self._known[key]
            self._uses[key] -= 1
            if not self._uses[key]:
                del self._known[key], self._uses[key]
        return rows

    def _count(self, texts: int, tokens: int) -> None:
        self.texts, self.tokens = self.texts + texts, self.tokens + tokens
        self._progress(self.texts, self._total, self.tokens)


def terms(splits: Sequence[Split], before: Lexicon | None) -> Iterator[list[str]]:
    """Index terms of all passages in order.

    Args:
        splits: Those with a row were taken from the generation before.
        before: Lexicon of that generation; None where there is none.
    """
    spelled = list(before.columns) if before else []
    for one in splits:
        for at, passage in enumerate(one.passages):
            if before and one.row is not None:
                start, end = before.firsts[one.row + at :][:2]
                yield [spelled[column] for column in before.occurrences[start:end].tolist()]
            else:
                yield lexicon.terms(chunk.passage_text(one.document, passage))


def _all(one: Split) -> Vectors:
    return np.concatenate(one.vectors) if one.vectors is not None else np.empty((0, 0), np.float32)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
