"""Whether, in a pool of the same paragraphs in several languages, one language crowds the others out.

``python -m eval.languages xquad.ar.json xquad.en.json`` asks each file's questions of the pool of all and shows, for
each language of question and paragraph: which share of the first ten paragraphs are in that language, beside its share
of the relevant ones (a paragraph is relevant in every language), how many questions find their paragraph's version in
it among the first ten, and first of all paragraphs in it.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval import squad
from eval.metrics import ndcg
from eval.squad import PASSAGES, Pool
from eval.statistics import Measure, share
from index import build
from index.config import Settings
from index.embed import Embedder
from index.language import detect
from index.store import Generation
from rag import question
from rag.retrieve import Retriever

FIRST = 10
QUESTIONS = 300
"""Questions asked of each file, evenly spread."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one question found.

    Attributes:
        asked_in: ISO 639-1 code of the question's language.
        paragraph: Id of its paragraph in the first language, which stands for all its versions.
        found: Language of each of the first paragraphs, and whether it is a version of the question's; best first.
        relevant: Languages of the versions of its paragraph.
    """

    asked_in: str
    paragraph: str
    found: tuple[tuple[str, bool], ...]
    relevant: tuple[str, ...]


def rank(pool: Pool, files: Sequence[Path], retriever: Retriever, most: int = QUESTIONS) -> Iterator[Ranked]:
    """Ask the questions of each file, evenly spread, of the pool of all.

    Args:
        pool: The paragraphs of all files.
        files: SQuAD files whose questions share their ids.
        retriever: Over an index of the pool's documents.
        most: Questions to ask of each file.
    """
    languages = {document.id: document.language for document in pool.documents}
    for file in files:
        asked = squad.with_questions(pool, file).questions
        for each in asked[:: max(1, len(asked) // most)]:
            evidence = retriever.retrieve(retriever.query(question.read(each.question).full), PASSAGES)
            found = list(dict.fromkeys(e.document.id for e in evidence))[:FIRST]
            yield Ranked(
                detect(each.question),
                each.paragraphs[0],
                tuple((languages[paragraph], paragraph in each.paragraphs) for paragraph in found),
                tuple(languages[paragraph] for paragraph in each.paragraphs),
            )


def shares(ranked: Sequence[Ranked], language: str) -> Mapping[str, Measure]:
    """What questions find in one language, each a share in [0, 1].

    Returns:
        By name: "of the first ten", the share of them in this language; "of the relevant", that of the relevant
        paragraphs; "version found", questions whose paragraph's version in it is among the first ten; "nDCG@10" over
        all versions.
    """
    clusters = [one.paragraph for one in ranked]
    counted = [Counter(found for found, _ in one.found) for one in ranked]
    relevant = [Counter(one.relevant) for one in ranked]
    version = [float((language, True) in one.found) for one in ranked]
    gains = [
        ndcg([place for place, (_, gold) in enumerate(one.found, 1) if gold], len(one.relevant), FIRST)
        for one in ranked
    ]
    ones = [1.0] * len(ranked)
    return {
        "of the first ten": share(
            [float(count[language]) for count in counted], [float(count.total()) for count in counted], clusters
        ),
        "of the relevant": share(
            [float(count[language]) for count in relevant], [float(count.total()) for count in relevant], clusters
        ),
        "version found": share(version, ones, clusters),
        "nDCG@10": share(gains, ones, clusters),
    }


def to_table(ranked: Sequence[Ranked]) -> Table:
    """A row for each language of questions and of paragraphs."""
    table = Table("questions", "paragraphs", box=None, pad_edge=False)
    spoken = sorted({language for one in ranked for language in one.relevant})
    for asked_in in sorted({one.asked_in for one in ranked}):
        chosen = [one for one in ranked if one.asked_in == asked_in]
        for language in spoken:
            found = shares(chosen, language)
            if not table.rows:
                for name in found:
                    table.add_column(name, no_wrap=True)
            cells = (f"{m.value or 0:.3f} [{m.low or 0:.3f}, {m.high or 0:.3f}]" for m in found.values())
            table.add_row(f"{asked_in} ({len(chosen)})", language, *cells)
    return table


def main(arguments: Sequence[str] | None = None) -> None:
    """Index the pool, ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="SQuAD files in several languages, with the same ids")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="questions of each file")
    parsed = parser.parse_args(arguments)
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    pool = squad.load_pool(parsed.files, detect)
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build_from_documents(pool.documents, Path(folder), settings.index, embedder, lambda *_: None)
        retriever = Retriever(Generation.open(Path(folder)), embedder)
        ranked = list(rank(pool, parsed.files, retriever, parsed.questions))
    Console(width=140).print(to_table(ranked))


if __name__ == "__main__":
    main()
