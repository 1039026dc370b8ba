"""How an index grows: ``python -m eval.scale [PASSAGES…]``; prints time, memory and disk, and keeps nothing.

Text is made up of words that are made up of halves of the sample documents' words, as often as words are in a language
(Zipf's law). Vectors are drawn in clusters about one direction, as embeddings lie, so that only questions are embedded.
"""

import argparse
import hashlib
import math
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from eval.bench import Spread, spread
from eval.run import DOCUMENTS
from index import build, lexical, load
from index.chunk import passage_text
from index.config import IndexSettings, Settings
from index.embed import Embedder, Vectors
from index.store import Generation
from index.types import Document
from rag.retrieve import Query, Retriever

SIZES = (1_000, 10_000, 100_000)
SEED = 20_261_122
QUESTIONS, WARM_UP = 200, 20
DIMENSION = 384
_PASSAGES, _SENTENCES = 3, 3  # of a document, of a passage
_LEAST_WORDS, _MOST_WORDS = 8, 16  # of a sentence
_CENTRES = 5_000
# About one direction lie the centres, about each its texts: so cosines spread between about 0.7 and 0.95.
_COMMON, _CENTRE, _OWN, _ASKED = 1.7, 0.6, 0.6, 0.3
_WORDS, _QUESTION_WORDS = 200_000, 10
_LIMIT, _AT_ONCE = 30, 1 << 15
# Without limit but the model's, so that a passage comes out about as it was made.
_SETTINGS = IndexSettings(passage_tokens=4096, overlap_sentences=0)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """What a build took: seconds, bytes of memory at most, bytes on disk."""

    seconds: float
    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What an index gives.

    Attributes:
        passages: How many it holds.
        opening: Seconds until it can be asked.
        memory: Bytes of memory at most.
        retrieval: Milliseconds for a question whose vector is known.
        embedded: Milliseconds for a question that the embedding model reads first.
        recall: Share of the exactly nearest 10 passages that are candidates, in [0, 1].
        search: How nearest passages are found.
    """

    passages: int
    opening: float
    memory: int
    retrieval: Spread
    embedded: Spread
    recall: float
    search: str


class Drawn:
    """Draws vectors for texts: equal ones for equal batches."""

    name, fingerprint, precision = "drawn", "d" * 16, "float32"
    dimension, max_tokens = DIMENSION, _SENTENCES * _MOST_WORDS

    def __init__(self) -> None:
        rng = np.random.default_rng(SEED)
        self._centres = _COMMON * _unit(rng.standard_normal((1, DIMENSION)))
        self._centres = self._centres + _CENTRE * _unit(rng.standard_normal((_CENTRES, DIMENSION)))

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors about centres: (n, dimension) float32, unit length."""
        rng = np.random.default_rng(int.from_bytes(hashlib.sha256("\n".join(texts).encode()).digest()[:8]))
        noise = _unit(rng.standard_normal((len(texts), DIMENSION), np.float32))
        if progress is not None:
            progress(len(texts), 0)
        return _unit(self._centres[rng.integers(_CENTRES, size=len(texts))] + _OWN * noise)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words, for tokens."""
        return [len(text.split()) for text in texts]


def passages(count: int) -> Iterator[list[str]]:
    """The sentences of made-up passages."""
    words = np.array(vocabulary([document.text for document in load.load([DOCUMENTS]).documents], _WORDS))
    rng = np.random.default_rng(SEED)
    shares = 1 / np.arange(1, len(words) + 1)
    sums = np.cumsum(shares / shares.sum())
    for _ in range(count):
        lengths = rng.integers(_LEAST_WORDS, _MOST_WORDS + 1, _SENTENCES)
        chosen = words[np.minimum(np.searchsorted(sums, rng.random(lengths.sum())), len(words) - 1)]
        yield [" ".join(own) + "." for own in np.split(chosen, np.cumsum(lengths)[:-1])]


def documents(count: int) -> Iterator[Document]:
    """Made-up documents of so many passages in all."""
    made = passages(count)
    for number in range(math.ceil(count / _PASSAGES)):
        paragraphs = [" ".join(sentences) for sentences in islice(made, _PASSAGES)]
        text = "\n\n".join(paragraphs)
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        yield Document(name, f"{number:07d}.txt", paragraphs[0][:40], text, "ar", None, "text")


def vocabulary(texts: Sequence[str], count: int) -> list[str]:
    """Words of texts, the most frequent first, and then halves of two of them, in all at most ``count``."""
    known, times = np.unique([word.form for text in texts for word in lexical.words(text)], return_counts=True)
    words = [str(word) for word in known[np.argsort(-times, kind="stable")] if len(word) > 3]
    made = dict.fromkeys(words)
    for shift in range(1, len(words)):
        for at, word in enumerate(words):
            if len(made) >= count:
                return list(made)
            other = words[(at + shift) % len(words)]
            made[word[: len(word) // 2] + other[len(other) // 2 :]] = None
    return list(made)


def make(folder: Path, count: int) -> Made:
    """Build an index of made-up documents."""
    made = tuple(documents(count))
    start = perf_counter()
    build.build_from_documents(made, folder, _SETTINGS, Drawn(), lambda *_: None)  # type: ignore[arg-type]
    seconds = perf_counter() - start
    return Made(seconds, memory(), disk(folder))


def ask(folder: Path, settings: Settings) -> Asked:
    """Open an index and ask it; the model of the settings reads the questions, for the time that takes."""
    start = perf_counter()
    generation = Generation.open(folder)
    retriever = Retriever(generation, Drawn())  # type: ignore[arg-type]
    opening = perf_counter() - start
    asked = list(_queries(generation))
    retrieval = _timed(asked, lambda _, query: retriever.retrieve(query, _LIMIT))
    most = memory()
    embedder = Embedder.for_questions(settings.index.model, settings.cache)

    def read_and_retrieve(text: str, query: Query) -> None:
        embedder.embed_queries([text])
        retriever.retrieve(query, _LIMIT)

    embedded = _timed(asked, read_and_retrieve)
    search = "codes" if generation.nearest.codes else "exact"
    recall = recall_at_10(generation, np.array([query.vector for _, query in asked]))
    return Asked(len(generation.contents.passages), opening, most, retrieval, embedded, recall, search)


def _timed(asked: Sequence[tuple[str, Query]], work: Callable[[str, Query], object]) -> Spread:
    times: list[float] = []
    for text, query in (*asked[:WARM_UP], *asked):
        start = perf_counter()
        work(text, query)
        times.append((perf_counter() - start) * 1000)
    return spread(times[WARM_UP:])


def recall_at_10(generation: Generation, questions: Vectors) -> float:
    """Share of the 10 nearest passages of each of (n, dimension) questions that search finds."""
    vectors = generation.contents.passage_vectors
    best = np.empty((len(questions), 0))
    rows = np.empty((len(questions), 0), np.int64)
    for start in range(0, len(vectors), _AT_ONCE):
        part = questions @ vectors[start : start + _AT_ONCE].T
        best = np.hstack([best, part])
        rows = np.hstack([rows, np.broadcast_to(np.arange(start, start + part.shape[1]), part.shape)])
        first = np.argsort(-best, axis=1)[:, :10]
        best, rows = np.take_along_axis(best, first, axis=1), np.take_along_axis(rows, first, axis=1)
    groups = generation.contents.by_language()
    hits = 0
    for question, exact in zip(questions, rows, strict=True):
        hits += len(np.intersect1d(generation.nearest.search(question, groups.items(), 200), exact))
    return hits / rows.size


def alone(work: Callable[..., T], *given: object) -> T:
    """What work gives in a process of its own, so that its memory is known."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *given).result()


def memory() -> int:
    """Most bytes that this process had in memory, with what it read of files that are mapped."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most << 10


def disk(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(count: int) -> tuple[Made, Asked]:
    """Build and ask, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="sanad-scale-") as folder:
        return alone(make, Path(folder), count), alone(ask, Path(folder), Settings.from_environment())


def table(found: Sequence[tuple[Made, Asked]]) -> Table:
    """The measurements for a terminal."""
    shown = Table(box=None, pad_edge=False)
    heads = ("passages", "build, s", "its memory, GiB", "disk, GiB", "opening, s", "memory asked, GiB")
    for heading in (*heads, "retrieval, ms", "p95", "with embedding", "p95", "recall@10", "search"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for made, asked in found:
        numbers = (made.memory / 2**30, made.disk / 2**30, asked.opening, asked.memory / 2**30)
        times = (asked.retrieval.median, asked.retrieval.p95, asked.embedded.median, asked.embedded.p95)
        shown.add_row(
            f"{asked.passages:,}",
            f"{made.seconds:,.0f}",
            *(f"{number:.2f}" for number in numbers),
            *(f"{number:.0f}" for number in times),
            f"{asked.recall:.3f}",
            asked.search,
        )
    return shown


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.scale", description=__doc__)
    parser.add_argument("passages", nargs="*", type=int, default=SIZES, help=f"how many [default: {SIZES}]")
    sizes: Sequence[int] = parser.parse_args(arguments).passages
    Console(width=160).print(table([measure(size) for size in sizes]))


def _queries(generation: Generation) -> Iterator[tuple[str, Query]]:
    """Questions about passages: the first words of each, and a vector near its own."""
    rng = np.random.default_rng(SEED)
    contents = generation.contents
    for row in rng.integers(len(contents.passages), size=QUESTIONS):
        passage = contents.passages[int(row)]
        text = " ".join(passage_text(contents.document(passage.document_id), passage).split()[:_QUESTION_WORDS])
        noise = _ASKED * _unit(rng.standard_normal((1, DIMENSION)))[0]
        vector = _unit((contents.passage_vectors[row] + noise)[None, :])[0]
        yield text, Query(tuple(lexical.terms(text)), vector)


def _unit(vectors: np.ndarray) -> Vectors:
    found: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


if __name__ == "__main__":
    main()
