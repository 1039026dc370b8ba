"""Question sets: one JSON object per line, each with the exact passages that answer it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.metrics import states_fact
from index.decode import decode
from index.errors import DocumentError, SanadError

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

_HTML = frozenset({".htm", ".html", ".xhtml"})


class QuestionSetError(SanadError):
    """A question set cannot be read: broken JSON, a wrong field, or gold that its document does not hold."""


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
    """Read a question set and resolve its quotes to character offsets, or check the offsets it gives.

    Args:
        path: The JSON Lines file, UTF-8; empty lines are skipped.
        documents_folder: Folder that gold documents are relative to; ``documents`` beside ``path`` when None.

    Returns:
        The questions in file order.

    Raises:
        QuestionSetError: The file is unreadable or empty, a line is no valid question, a quote does not stand at the
            offsets given with it, or, given without, does not occur exactly once in its document. The message
            names the file and the line.
    """
    folder = path.parent / "documents" if documents_folder is None else documents_folder
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as UTF-8 text ({error}); give a JSON Lines file"
        raise QuestionSetError(msg) from error
    texts: dict[str, str] = {}
    questions = tuple(
        _question(line, f"{path}:{number}", folder, texts) for number, line in enumerate(lines, start=1) if line.strip()
    )
    if not questions:
        msg = f"{path}: holds no questions; write one JSON object per line"
        raise QuestionSetError(msg)
    return questions


def validate(questions: Sequence[Question], texts: Mapping[str, str]) -> list[str]:
    """Find what is broken in a question set.

    Whether a quote lies in page furniture is not looked at here: that depends on the cleaning rules.

    Args:
        questions: The set.
        texts: Decoded text of each document by its path.

    Returns:
        One line per fault, in question order, beginning with the question's id; empty when all is well.
    """
    count = Counter(question.id for question in questions)
    faults = [f"{id_}: id is used {n} times; make it unique" for id_, n in count.items() if n > 1]
    for question in questions:
        faults += [f"{question.id}: {fault}" for fault in (*_shape(question), *_support(question, texts))]
    return faults


def _question(line: str, where: str, folder: Path, texts: dict[str, str]) -> Question:
    try:
        record = _Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "line"
        msg = f"{where}: {field}: {first['msg']}; see eval/questions.schema.json"
        raise QuestionSetError(msg) from error
    return Question(
        id=record.id,
        question=record.question,
        language=record.language,
        kind=record.kind,
        history=record.history,
        answerable=record.answerable,
        gold=tuple(_resolve(gold, where, folder, texts) for gold in record.gold),
        facts=record.facts,
        same_as=record.same_as,
    )


def _resolve(gold: _GoldRecord, where: str, folder: Path, texts: dict[str, str]) -> Gold:
    if gold.document not in texts:
        texts[gold.document] = _read(gold.document, where, folder)
    text = texts[gold.document]
    if gold.start is not None or gold.end is not None:
        start, end = gold.start or 0, gold.end or 0
        if start < 0 or text[start:end] != gold.quote:
            place = f"{start} to {end} in {gold.document}"
            msg = f"{where}: quote {gold.quote!r} does not stand at {place}; mend the offsets"
            raise QuestionSetError(msg)
        return Gold(gold.document, gold.quote, start, end)
    found = text.count(gold.quote) if gold.quote else 0
    if found != 1:
        mend = "copy it exactly" if found == 0 else "give enough of it to be unique"
        msg = f"{where}: quote {gold.quote!r} occurs {found} times in {gold.document}; {mend}"
        raise QuestionSetError(msg)
    start = text.index(gold.quote)
    return Gold(document=gold.document, quote=gold.quote, start=start, end=start + len(gold.quote))


def _read(document: str, where: str, folder: Path) -> str:
    file = folder / document
    if not file.resolve().is_relative_to(folder.resolve()):
        msg = f"{where}: document {document!r} lies outside {folder}; give a path inside it"
        raise QuestionSetError(msg)
    try:
        return decode(file.read_bytes(), "html" if file.suffix.lower() in _HTML else "text")
    except (OSError, ValueError, DocumentError) as error:
        msg = f"{where}: document {document!r} cannot be read in {folder} ({error}); mend the name"
        raise QuestionSetError(msg) from error


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
