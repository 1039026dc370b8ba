"""Question sets: one JSON object per line, each with the exact passages that answer it."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.metrics import states_fact
from eval.records import QuestionSetError, first_fault
from index.load import load as load_documents
from index.types import Document

KINDS = (
    "fact",
    "several-facts",
    "list",
    "multi-document",
    "cross-lingual",
    "follow-up",
    "topic-change",
    "dialect",
    "perturbed",
    "name-variant",
    "disagreement",
    "superseded",
    "injection",
    "unanswerable",
    "false-premise",
)
SILENT_KINDS = frozenset({"unanswerable", "false-premise"})
SEVERAL_DOCUMENTS = frozenset({"multi-document", "disagreement"})
AFTER_OTHERS = frozenset({"follow-up", "topic-change"})

_MOST_FAULTS = 10  # told at once


@dataclass(frozen=True, slots=True)
class Gold:
    """A passage that alone supports the answer, or one of its key facts.

    Attributes:
        document: Path of the document relative to the documents folder, with forward slashes.
        quote: The sentence or clause exactly as it stands in the decoded file.
        start: Offset of the quote's first character in the decoded file.
        end: Offset after its last character.
    """

    document: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what a right answer stands on.

    Attributes:
        id: Unique in its set.
        question: The question as a person would type it.
        language: ISO 639-1 code of the question.
        kind: One of ``KINDS``.
        history: Questions asked before it, oldest first; a follow-up and a topic change need at least one.
        answerable: False when the right answer is silence; then ``gold`` and ``facts`` are empty.
        gold: Every passage that supports the answer.
        facts: Key facts; each is the spellings of which any one counts as stating it.
        same_as: Wording that asks the same and needs no mending, "" when there is none: a follow-up's stand-alone
            question, a perturbed question's clean one, a cross-lingual one in the language of the text. Both should be
            answered alike.
    """

    id: str
    question: str
    language: str
    kind: str
    history: tuple[str, ...]
    answerable: bool
    gold: tuple[Gold, ...]
    facts: tuple[tuple[str, ...], ...]
    same_as: str = ""


class _GoldRecord(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    document: str
    quote: str
    start: int | None = None
    end: int | None = None


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    question: str
    language: str
    kind: str
    history: tuple[str, ...]
    answerable: bool
    gold: tuple[_GoldRecord, ...]
    facts: tuple[tuple[str, ...], ...]
    same_as: str = ""


def load(path: Path, documents_folder: Path | None = None) -> tuple[Question, ...]:
    """Read a question set on the documents of a folder, in whatever format they are; see ``read``.

    Args:
        path: The JSON Lines file.
        documents_folder: Folder that gold documents are relative to; ``documents`` beside ``path`` when None.

    Raises:
        DocumentError: The folder holds no documents.
        QuestionSetError: See ``read``.
    """
    folder = path.parent / "documents" if documents_folder is None else documents_folder
    return read(path, text_by_path(load_documents([folder]).documents))


def text_by_path(documents: Iterable[Document]) -> dict[str, str]:
    """The text of each document by its path, and by those of its copies."""
    return {path: document.text for document in documents for path in (document.path, *document.copies)}


def read(path: Path, texts: Mapping[str, str]) -> tuple[Question, ...]:
    """Read a question set, resolve its quotes to character offsets or check the offsets it gives, and validate it.

    Args:
        path: The JSON Lines file, UTF-8; empty lines are skipped.
        texts: Text of each document by its path.

    Returns:
        The questions in file order.

    Raises:
        QuestionSetError: The file is unreadable or empty, a line is no valid question, a quote does not stand at the
            offsets given with it or, given without, does not occur exactly once in its document, or ``validate`` finds
            a fault. The message names the file, and line and fault of the first ``_MOST_FAULTS``.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as UTF-8 text ({error}); give a JSON Lines file"
        raise QuestionSetError(msg) from error
    found: list[Question] = []
    faults: list[str] = []
    first_at: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _question(line, texts)
        except _LineError as fault:
            faults.append(f"{number}: {fault}")
            continue
        found.append(question)
        first = first_at.setdefault(question.id, number)
        repeated = [f"the id {question.id!r} stands in line {first} already; make it unique"] * (first < number)
        faults += [f"{number}: {fault}" for fault in (*repeated, *validate(question, texts))]
    if faults:
        more = f" (and {len(faults) - _MOST_FAULTS} more)" if len(faults) > _MOST_FAULTS else ""
        raise QuestionSetError(f"{path}:{'; line '.join(faults[:_MOST_FAULTS])}{more}")
    if not found:
        msg = f"{path}: holds no questions; write one JSON object per line"
        raise QuestionSetError(msg)
    return tuple(found)


def validate(question: Question, texts: Mapping[str, str]) -> list[str]:
    """Find what is broken in a question.

    Whether a quote lies in page furniture is not looked at here: that depends on the cleaning rules.

    Args:
        question: The question.
        texts: Text of each document by its path.

    Returns:
        One line per fault; empty when all is well.
    """
    return [*_shape(question), *_support(question, texts)]


class _LineError(Exception):
    """What is wrong with a line, in words."""


def _question(line: str, texts: Mapping[str, str]) -> Question:
    try:
        record = _Record.model_validate_json(line)
    except ValidationError as error:
        raise _LineError(f"{first_fault(error)}; see eval/questions.schema.json") from error
    return Question(
        id=record.id,
        question=record.question,
        language=record.language,
        kind=record.kind,
        history=record.history,
        answerable=record.answerable,
        gold=tuple(_resolve(gold, texts) for gold in record.gold),
        facts=record.facts,
        same_as=record.same_as,
    )


def _resolve(gold: _GoldRecord, texts: Mapping[str, str]) -> Gold:
    text = texts.get(gold.document)
    if text is None:
        near = difflib.get_close_matches(gold.document, texts, 1)
        mend = f"did you mean {near[0]!r}?" if near else "give its path inside the documents folder"
        raise _LineError(f"no document {gold.document!r} was read; {mend}")
    if gold.start is not None or gold.end is not None:
        start, end = gold.start or 0, gold.end or 0
        if start < 0 or text[start:end] != gold.quote:
            place = f"{start} to {end} in {gold.document}"
            raise _LineError(f"quote {gold.quote!r} does not stand at {place}; mend the offsets")
        return Gold(gold.document, gold.quote, start, end)
    found = text.count(gold.quote) if gold.quote else 0
    if found != 1:
        mend = "copy it exactly" if found == 0 else "give enough of it to be unique"
        raise _LineError(f"quote {gold.quote!r} occurs {found} times in {gold.document}; {mend}")
    start = text.index(gold.quote)
    return Gold(document=gold.document, quote=gold.quote, start=start, end=start + len(gold.quote))


def _shape(question: Question) -> Iterable[str]:
    if not question.question.strip():
        yield "the question is empty; write one"
    if question.kind not in KINDS:
        yield f"unknown kind {question.kind!r}; use one of {', '.join(KINDS)}"
    if question.kind in AFTER_OTHERS and not question.history:
        yield f"a {question.kind} without history; give the questions before it"
    if question.kind == "perturbed" and not question.same_as.strip():
        yield "a perturbed question without same_as; give its clean wording"
    if question.kind in SILENT_KINDS and question.answerable:
        yield f"kind {question.kind} cannot be answerable; change one of them"
    if question.answerable and not question.gold:
        yield "answerable without gold; quote what answers it"
    if question.answerable and not question.facts:
        yield "answerable without facts; list what the answer must state"
    if not question.answerable and (question.gold or question.facts):
        yield "unanswerable with gold or facts; remove them"
    documents = {gold.document for gold in question.gold}
    if question.kind in SEVERAL_DOCUMENTS and question.answerable and len(documents) < 2:
        yield f"kind {question.kind} with gold from {len(documents)} document(s); quote at least two"


def _support(question: Question, texts: Mapping[str, str]) -> Iterable[str]:
    for gold in question.gold:
        text = texts.get(gold.document)
        if text is None:
            yield f"gold names the unknown document {gold.document!r}; mend the name"
        elif text[gold.start : gold.end] != gold.quote or not gold.quote:
            yield f"quote {gold.quote!r} does not stand at {gold.start} in {gold.document}; copy it exactly"
    if not question.gold:
        return
    quotes = [gold.quote for gold in question.gold]
    for fact in question.facts:
        stated = any(states_fact(quote, fact) for quote in quotes)
        if not stated and not _other_script(fact, " ".join(quotes)):
            yield f"no variant of the fact {list(fact)} occurs in a gold quote; mend one of them"


def _other_script(fact: tuple[str, ...], quotes: str) -> bool:
    """Whether the fact is spelled only in scripts that the quotes do not use."""
    wanted = _scripts(" ".join(fact))
    return bool(wanted) and wanted.isdisjoint(_scripts(quotes))


def _scripts(text: str) -> frozenset[str]:
    """First words of the letters' Unicode names: ARABIC, LATIN, CYRILLIC and so on; digits have no script."""
    return frozenset(unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
