"""Questions as lines of input: plain text, or a JSON object with its history and the documents to ask."""

import json
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.errors import QuestionError
from index.types import Document
from rag.answer_json import error_json, to_json
from rag.engine import Engine
from rag.scope import Scope
from rag.worded import Worded


@dataclass(frozen=True, slots=True)
class Line:
    """What a line asks.

    Attributes:
        question: The question.
        history: Earlier questions, oldest first.
        scope: The documents to ask.
    """

    question: str
    history: tuple[str, ...]
    scope: Scope


def answers(
    lines: Iterable[bytes], engine: Engine | Worded, scope: Scope
) -> Iterator[tuple[dict[str, Any], QuestionError | None]]:
    """The answer to each line as JSON holds it, in order; where it cannot be asked, what it says instead, and why.

    Args:
        lines: UTF-8; see ``read``.
        engine: Answers.
        scope: For what a line does not say of documents, languages and dates.
    """
    for line in lines:
        text = line.decode("utf-8", "replace").lstrip("\ufeff").strip()
        question = text
        try:
            asked = read(text, scope)
            question = asked.question
            chosen = within(asked.scope, engine.documents())
            yield to_json(engine.ask(question, asked.history, within=chosen)), None
        except QuestionError as error:
            yield error_json(question, error), error


def read(line: str, scope: Scope) -> Line:
    """Read a line.

    Args:
        line: Plain text, or a JSON object with "question" and, as need be, "history", "documents", "languages", "from"
            and "to".
        scope: For what the line does not say of documents, languages and dates.

    Raises:
        QuestionError: It opens like a JSON object but is not one with a question, or a field of it is of another form.
    """
    if not line.startswith("{"):
        return Line(line, (), scope)
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"The line {line[:60]!r} is not valid JSON: {error}.") from None
    if not isinstance(given.get("question"), str):
        raise QuestionError(f'The line {line[:60]!r} needs a text "question".')
    return Line(
        given["question"],
        _texts(given, "history"),
        Scope(
            frozenset(_texts(given, "documents")) or scope.documents,
            frozenset(_texts(given, "languages")) or scope.languages,
            _day(given, "from") or scope.since,
            _day(given, "to") or scope.until,
        ),
    )


def within(scope: Scope, documents: Sequence[Document]) -> AbstractSet[str] | None:
    """Ids of the documents to ask; None for all.

    Raises:
        QuestionError: A document that was named does not exist, or no document fits.
    """
    if unknown := scope.unknown(documents):
        raise QuestionError(f"The index holds no document {unknown[0]!r}; 'sanad index --explain' shows their paths.")
    chosen = scope.within(documents)
    if chosen is not None and not chosen:
        held = ", ".join(sorted({document.language for document in documents}))
        raise QuestionError(
            f"No document of the index is in the language and of the dates asked for; ask more of them, in {held}."
        )
    return chosen


def _texts(given: dict[str, Any], name: str) -> tuple[str, ...]:
    value = [] if given.get(name) is None else given[name]
    if not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
        raise QuestionError(f'"{name}" of a line is {str(value)[:40]!r}; give a list of texts.')
    return tuple(value)


def _day(given: dict[str, Any], name: str) -> date | None:
    value = given.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise QuestionError(f'"{name}" of a line is {str(value)[:40]!r}; give a day as 2026-01-31.') from None
