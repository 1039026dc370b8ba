"""Measure what a rebuild costs against a full build: ``python -m eval.rebuild [--documents N]``; keeps nothing."""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from eval.bench_texts import recombined
from eval.run import DOCUMENTS
from index import build, chunk, load, split
from index.config import Settings
from index.embed import Embedder

COUNT = 10_000
CHANGED = 100  # one document of so many is changed
_SENTENCES = 6  # the sample documents give some 70,000 different ones
_PARAGRAPH = 3


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Seconds of a build, and the texts and documents it was given."""

    what: str
    seconds: float
    embedded: int


def fill(folder: Path, count: int, sentences: Iterator[str]) -> int:
    """Write made-up documents as files; returns how many there were sentences for."""
    for number in range(count):
        own = list(islice(sentences, _SENTENCES))
        if len(own) < _SENTENCES:
            return number
        paragraphs = (" ".join(own[at : at + _PARAGRAPH]) for at in range(0, _SENTENCES, _PARAGRAPH))
        (folder / f"{number:06d}.txt").write_text("\n\n".join(paragraphs), "utf-8")
    return count


def change(folder: Path, sentences: Iterator[str]) -> int:
    """Give one file of ``CHANGED`` a new sentence at its end; returns how many there were sentences for."""
    changed = 0
    for file, sentence in zip(sorted(folder.iterdir())[::CHANGED], sentences, strict=False):
        file.write_text(f"{file.read_text('utf-8')} {sentence}", "utf-8")
        changed += 1
    return changed


def measure(count: int, settings: Settings, embedder: Embedder) -> list[Rebuilt]:
    """Time a full build of ``count`` made-up documents, one of nothing new, and one of a hundredth new."""
    splits = (split.split(document, settings.index, embedder) for document in load.load([DOCUMENTS]).documents)
    known = [chunk.sentence_text(one.document, sentence) for one in splits for sentence in one.sentences]
    fresh = recombined(known)
    with tempfile.TemporaryDirectory(prefix="sanad-rebuild-") as scratch:
        files, folder = Path(scratch, "files"), Path(scratch, "index")
        files.mkdir()
        kept = iter(list(islice(fresh, -(-count // CHANGED))))  # for what is changed, before all are used up
        made = fill(files, count, fresh)
        found = [_timed(f"full build of {made:,} documents", files, folder, settings, embedder)]
        found.append(_timed("nothing changed", files, folder, settings, embedder))
        changed = change(files, kept)
        found.append(_timed(f"{changed:,} documents changed", files, folder, settings, embedder))
    return found


def _timed(what: str, files: Path, folder: Path, settings: Settings, embedder: Embedder) -> Rebuilt:
    start = perf_counter()
    built = build.build([files], folder, settings.index, embedder, lambda *_: None)
    return Rebuilt(what, perf_counter() - start, built.counts["embedded"])


def table(found: Sequence[Rebuilt]) -> Table:
    """The measurements for a terminal."""
    shown = Table(box=None, pad_edge=False)
    for heading in ("build", "seconds", "texts embedded", "of the full build"):
        shown.add_column(heading, justify="left" if heading == "build" else "right", no_wrap=True)
    for one in found:
        share = f"{one.seconds / found[0].seconds:.1%}"
        shown.add_row(one.what, f"{one.seconds:.1f}", f"{one.embedded:,}", share)
    return shown


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.rebuild", description=__doc__)
    parser.add_argument("--documents", type=int, default=COUNT, help=f"how many [default: {COUNT}]")
    count: int = parser.parse_args(arguments).documents
    settings = Settings.from_environment()
    Console().print(table(measure(count, settings, Embedder.load(settings.index.model, settings.cache))))


if __name__ == "__main__":
    main()
