"""Retrieval sets in BEIR's folders (Thakur et al., 2021): corpus.jsonl, queries.jsonl and qrels/*.tsv."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.records import QuestionSetError, read_lines
from eval.squad import Pool, PoolQuestion, document
from index.types import Document


class _Text(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str = Field(alias="_id")
    text: str
    title: str = ""


def load_beir(folder: Path, language_of: Callable[[str], str]) -> Pool:
    """Read a BEIR folder: its texts become documents, its judged queries questions.

    Of several files of judgements "test.tsv" is read, else the first by name. A query without a relevant text in the
    corpus is left out and counted.

    Args:
        folder: Holds corpus.jsonl, queries.jsonl and qrels/.
        language_of: ISO 639-1 code of a text's language.

    Raises:
        QuestionSetError: A file is missing or not in the format, or no query has a relevant text.
    """
    documents: dict[str, Document] = {}
    ids: dict[str, str] = {}
    for read in _texts(folder / "corpus.jsonl"):
        context = f"{read.title}\n\n{read.text}".strip()
        if context:
            known = documents.setdefault(context, document(context, language_of(context)))
            ids[read.id] = known.id
    relevant: dict[str, list[str]] = {}
    for query, text, score in _judgements(folder / "qrels"):
        if score > 0:
            relevant.setdefault(query, []).append(text)
    wording = {read.id: read.text for read in _texts(folder / "queries.jsonl")}
    questions: list[PoolQuestion] = []
    for query, texts in relevant.items():
        gold = tuple(dict.fromkeys(ids[text] for text in texts if text in ids))
        if gold and query in wording:
            questions.append(PoolQuestion(query, wording[query], gold, (), answerable=True))
    if not questions:
        raise QuestionSetError(f"{folder}: no query of qrels/ has a relevant text in corpus.jsonl; give a BEIR folder")
    return Pool(tuple(documents.values()), tuple(questions), len(relevant) - len(questions))


def _texts(file: Path) -> Iterator[_Text]:
    return read_lines(file, _Text, "a BEIR folder, whose lines have _id and text")


def _judgements(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Query, text and score of each line but the heading."""
    files = sorted(folder.glob("*.tsv"), key=lambda file: (file.name != "test.tsv", file.name))
    if not files:
        raise QuestionSetError(f"{folder}: holds no .tsv file of judgements; give a BEIR folder")
    try:
        with files[0].open(encoding="utf-8-sig", newline="") as lines:
            for row in list(csv.reader(lines, delimiter="\t"))[1:]:
                query, text, score = row
                yield query, text, float(score)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise QuestionSetError(f"{files[0]}: {error}; give lines of query, text and score with tabs") from error
