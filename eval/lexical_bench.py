"""bm25s beside tantivy: ``python -m eval.lexical_bench [--pool FILE…] [PASSAGES…]``; prints tables and keeps nothing.

Both index the terms of ``index.lexical`` and ``index.names``; tantivy's BM25 has its fixed k1 of 1.2. Quality is
measured on a pool in SQuAD's format, time and memory on made-up text as in ``eval.scale``.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from eval import metrics, scale
from eval.bench import Spread, spread
from eval.squad import load_pool
from index import lexical, lexicon
from index.language import detect
from index.lexicon import Lexicon

SIZES = scale.SIZES
QUESTIONS, LIMIT = 200, 10
_QUESTION_WORDS = 10
_HEAP = 256 << 20

Rank = Callable[[Sequence[str]], list[int]]
"""Terms to rows of passages, best first."""


@dataclass(frozen=True, slots=True)
class Library:
    """One way to index terms: builds in a folder, and opens what it built."""

    name: str
    write: Callable[[Path, Iterable[str]], None]
    open: Callable[[Path], Rank]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and bytes of memory to build, bytes on disk, milliseconds of a question."""

    building: float
    memory: int
    disk: int
    asking: Spread


def write_bm25s(folder: Path, texts: Iterable[str]) -> None:
    """As the product does it."""
    lexicon.write(folder, map(lexicon.terms, texts))


def open_bm25s(folder: Path) -> Rank:
    """As the product does it."""
    opened = Lexicon.read(folder)

    def rank(terms: Sequence[str]) -> list[int]:
        scores = opened.bm25(terms)
        best = np.argpartition(scores, -LIMIT)[-LIMIT:] if len(scores) > LIMIT else np.arange(len(scores))
        opened.complete(scores, terms, best)
        found: list[int] = best[np.argsort(-scores[best], kind="stable")].tolist()
        return [row for row in found if scores[row] > 0]

    return rank


def write_tantivy(folder: Path, texts: Iterable[str]) -> None:
    """Terms parted by spaces, with how often they stand in a passage."""
    import tantivy

    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for row, text in enumerate(texts):
        terms = " ".join(lexicon.terms(text))
        writer.add_document(tantivy.Document(terms=terms, row=row))
    writer.commit()
    writer.wait_merging_threads()


def open_tantivy(folder: Path) -> Rank:
    """A boolean query of all terms."""
    import tantivy

    schema = _schema()
    searcher = tantivy.Index.open(str(folder)).searcher()

    def rank(terms: Sequence[str]) -> list[int]:
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(schema, "terms", term), times))
            for term, times in Counter(terms).items()
        ]
        hits = searcher.search(tantivy.Query.boolean_query(clauses), LIMIT).hits
        return [int(searcher.doc(address)["row"][0]) for _, address in hits]

    return rank


LIBRARIES = {
    "bm25s": Library("bm25s", write_bm25s, open_bm25s),
    "tantivy": Library("tantivy", write_tantivy, open_tantivy),
}


def quality(library: Library, pool: Sequence[Path]) -> tuple[float, float, int]:
    """Recall@1 and nDCG@10 in [0, 1] of the paragraphs of a pool, and the number of questions."""
    read = load_pool(pool, detect)
    rows = [document.id for document in read.documents]
    with tempfile.TemporaryDirectory(prefix="sanad-lexical-") as folder:
        library.write(Path(folder, "index"), (document.text for document in read.documents))
        rank = library.open(Path(folder, "index"))
        scores = []
        for asked in read.questions:
            if asked.answerable:
                terms = lexicon.terms(asked.question)
                ranked = [rows[row] for row in rank(terms)]
                ranks = metrics.gold_ranks(ranked, asked.paragraphs)
                scores.append(metrics.retrieval_scores(ranks, len(asked.paragraphs)))
    return fmean(s["recall@1"] for s in scores), fmean(s["ndcg@10"] for s in scores), len(scores)


def build(name: str, folder: Path, passages: int) -> tuple[float, int]:
    """Index made-up passages: seconds, most bytes of memory."""
    texts = list(_texts(passages))
    start = perf_counter()
    LIBRARIES[name].write(folder, texts)
    return perf_counter() - start, scale.memory()


def ask(name: str, folder: Path, passages: int) -> Spread:
    """Milliseconds of questions that open some of the passages."""
    rank = LIBRARIES[name].open(folder)
    chosen = set(np.random.default_rng(scale.SEED).choice(passages, min(QUESTIONS, passages), replace=False).tolist())
    times = []
    for text in (text for row, text in enumerate(_texts(passages)) if row in chosen):
        terms = lexical.terms(" ".join(text.split()[:_QUESTION_WORDS]))
        start = perf_counter()
        rank(terms)
        times.append((perf_counter() - start) * 1000)
    return spread(times)


def measure(name: str, passages: int) -> Cost:
    """Build and ask, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="sanad-lexical-") as scratch:
        folder = Path(scratch, "index")
        seconds, memory = scale.alone(build, name, folder, passages)
        return Cost(seconds, memory, scale.disk(folder), scale.alone(ask, name, folder, passages))


def table(found: Sequence[tuple[str, int, Cost]]) -> Table:
    """What both cost, for a terminal."""
    shown = Table(box=None, pad_edge=False)
    for heading in ("library", "passages", "build, s", "its memory, MiB", "disk, MiB", "question, ms", "p95"):
        shown.add_column(heading, justify="left" if heading == "library" else "right", no_wrap=True)
    for name, passages, cost in found:
        sizes = (f"{cost.memory >> 20:,}", f"{cost.disk / 2**20:,.1f}")
        times = (f"{cost.asking.median:.1f}", f"{cost.asking.p95:.1f}")
        shown.add_row(name, f"{passages:,}", f"{cost.building:.1f}", *sizes, *times)
    return shown


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.lexical_bench", description=__doc__)
    parser.add_argument("passages", nargs="*", type=int, default=SIZES, help=f"how many [default: {SIZES}]")
    parser.add_argument("--pool", nargs="+", type=Path, default=(), help="files in SQuAD's format, for quality")
    given = parser.parse_args(arguments)
    try:
        import tantivy  # noqa: F401
    except ImportError:
        parser.error("tantivy is not installed: pip install -e '.[bench]'")
    console = Console(width=120)
    for name, library in LIBRARIES.items() if given.pool else ():
        recall, ndcg, count = quality(library, given.pool)
        console.print(f"{name}: recall@1 {recall:.3f}, nDCG@10 {ndcg:.3f} of {count} questions")
    console.print(table([(name, size, measure(name, size)) for size in given.passages for name in LIBRARIES]))


def _texts(passages: int) -> Iterable[str]:
    """As many made-up passages."""
    return (" ".join(sentences) for sentences in scale.passages(passages))


def _schema() -> Any:  # noqa: ANN401 - tantivy is not always there
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("row", stored=True)
    return builder.build()


if __name__ == "__main__":
    main()
