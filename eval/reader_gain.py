"""What the reader adds: ``python -m eval.reader_gain POOL.json… [--questions-from PARALLEL.json]``.

The questions of a SQuAD-format pool that the reader was not trained on are asked of the engine with its reader and of
the engine without, and paired by question. All paragraphs stay in the pool.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval import reader_data, squad
from eval.cases import RETRIEVAL
from eval.report import Report
from eval.statistics import Difference, Measure
from eval.summary import difference
from index import build
from index.config import Settings
from index.embed import Embedder
from index.language import detect
from index.store import Generation
from rag.engine import Engine
from rag.reader import Reader, card

_MEASURES = (*RETRIEVAL, *squad.HITS)


def unread(pool: squad.Pool, files: Sequence[Path]) -> squad.Pool:
    """The pool with only those questions that the shipped reader was not trained on."""
    known = reader_data.unread_questions(files, card()["trained_on"])
    return replace(pool, questions=tuple(question for question in pool.questions if question.id in known))


def to_table(without: Report, with_reader: Report) -> Table:
    """A row for each measure: without and with the reader, and what it adds."""
    table = Table("measure", "without", "with the reader", "difference", "p", "judged", box=None, pad_edge=False)
    for name in _MEASURES:
        if name in with_reader.measures:
            gap = difference(without.cases, with_reader.cases, name)
            table.add_row(
                name,
                _interval(without.measures[name]),
                _interval(with_reader.measures[name]),
                _interval(gap),
                f"{gap.p or 0:.3f}",
                str(gap.judged),
            )
    return table


def main(arguments: Sequence[str] | None = None) -> None:
    """Index the pool, ask twice, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.reader_gain", description=__doc__)
    parser.add_argument("pool", nargs="+", type=Path)
    parser.add_argument("--questions-from", type=Path, help="the questions of a parallel file, in another language")
    parsed = parser.parse_args(arguments)
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    pool = squad.load_pool(parsed.pool, detect)
    asked = unread(squad.with_questions(pool, parsed.questions_from) if parsed.questions_from else pool, parsed.pool)
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build_from_documents(pool.documents, Path(folder), settings.index, embedder, lambda *_: None)
        generation = Generation.open(Path(folder))
        without, with_reader = (
            squad.run_squad(asked, Engine(generation, embedder, reader=reader), _unchecked, {}, _progress)
            for reader in (None, Reader.load(embedder, settings))
        )
    Console(width=140).print(to_table(without, with_reader))


def _interval(found: Measure | Difference) -> str:
    if found.value is None or found.low is None or found.high is None:
        return "-"
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _unchecked(_sentence: str, _cited: Sequence[str]) -> bool:
    """Support is not what is measured here."""
    return True


def _progress(done: int, total: int) -> None:
    if done % 50 == 0 or done == total:
        sys.stderr.write(f"{done} of {total} questions\n")


if __name__ == "__main__":
    main()
