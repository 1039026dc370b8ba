"""Conversations in SQLite: kept with their citations, each seen by its owner alone."""

import hashlib
import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from index.embed import encodable
from index.errors import SanadError
from index.lexical import normalize
from ui.excerpt import clipped
from ui.turns import Turn

TITLE = 80
"""Characters of a conversation's title."""
TURNS = 50
"""Turns of a conversation that stay on the page; the oldest leave it, and the archive, first."""
_LISTED = 300
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, changed REAL NOT NULL);
CREATE INDEX IF NOT EXISTS of_owner ON conversation (owner, changed);
CREATE TABLE IF NOT EXISTS turn (
    conversation TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE, number INTEGER NOT NULL,
    pending INTEGER NOT NULL, words TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (conversation, number));
CREATE TABLE IF NOT EXISTS document (
    conversation TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE, id TEXT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (conversation, id));
"""


class ArchiveError(SanadError):
    """The conversations cannot be read or kept."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as the list shows it."""

    id: str
    title: str


class Archive:
    """The conversations of all visitors in one file; safe to share between threads and processes.

    Every method takes the owner and knows nothing of others' conversations: theirs are as if they did not exist.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or begin it.

        Raises:
            ArchiveError: It cannot be opened, or is something else.
        """
        self._lock = threading.RLock()
        self._path = path
        with self._telling():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("PRAGMA foreign_keys = ON")
            self._base.execute("PRAGMA secure_delete = ON")
            self._base.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def conversations(self, owner: str, search: str = "") -> tuple[Conversation, ...]:
        """The owner's conversations, the last changed first.

        Args:
            owner: Whose.
            search: Words that must all stand in the title, the questions or the answers, however they are spelled.
        """
        with self._reading() as base:
            rows = base.execute(
                "SELECT id, title FROM conversation WHERE owner = ? ORDER BY changed DESC LIMIT ?", (owner, _LISTED)
            ).fetchall()
            wanted = normalize(encodable(search)).split()
            found = [
                Conversation(*row)
                for row in rows
                if not wanted or all(word in self._words(base, *row) for word in wanted)
            ]
        return tuple(found)

    def turns(self, owner: str, conversation: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first; none when the owner has no such conversation."""
        with self._reading() as base:
            if not self._owned(base, owner, conversation):
                return ()
            rows = base.execute(
                "SELECT number, body FROM turn WHERE conversation = ? ORDER BY number", (conversation,)
            ).fetchall()
            documents = {
                name: json.loads(body)
                for name, body in base.execute("SELECT id, body FROM document WHERE conversation = ?", (conversation,))
            }
        return tuple(_turn(number, body, documents) for number, body in rows)

    def begin(self, owner: str, conversation: str, question: str, replacing: int | None = None) -> tuple[str, Turn]:
        """Keep a question before it is answered.

        Args:
            owner: Who asks.
            conversation: Where; a new one is begun when the owner has no such conversation.
            question: As typed.
            replacing: Number of a turn that the question stands in place of, with all after it.

        Returns:
            The conversation's id and the pending turn.
        """
        with self._writing() as base:
            if not self._owned(base, owner, conversation):
                conversation = secrets.token_urlsafe(16)
                title = clipped(" ".join(encodable(question).split()), TITLE)
                base.execute("INSERT INTO conversation VALUES (?, ?, ?, ?)", (conversation, owner, title, time.time()))
            if replacing is not None:
                base.execute("DELETE FROM turn WHERE conversation = ? AND number >= ?", (conversation, replacing))
            (last,) = base.execute("SELECT max(number) FROM turn WHERE conversation = ?", (conversation,)).fetchone()
            turn = Turn((last or 0) + 1, encodable(question))
            body, _ = _folded(replace(turn, stopped=True))  # should nothing come of it
            base.execute(
                "INSERT INTO turn VALUES (?, ?, 1, ?, ?)", (conversation, turn.number, normalize(turn.question), body)
            )
            base.execute("DELETE FROM turn WHERE conversation = ? AND number <= ?", (conversation, turn.number - TURNS))
            base.execute("UPDATE conversation SET changed = ? WHERE id = ?", (time.time(), conversation))
        return conversation, turn

    def keep(self, owner: str, conversation: str, turn: Turn, *, pending: bool = False) -> None:
        """Keep what came of a pending turn, unless it was stopped, replaced or deleted meanwhile.

        Args:
            owner: Who asked.
            conversation: Where.
            turn: The turn with what came of it.
            pending: Whether more may come of it; should nothing more come, this is what stays.
        """
        body, documents = _folded(turn)
        with self._writing() as base:
            if not self._owned(base, owner, conversation):
                return
            changed = base.execute(
                "UPDATE turn SET pending = ?, words = ?, body = ? WHERE conversation = ? AND number = ? AND pending",
                (pending, _searched(turn), body, conversation, turn.number),
            )
            if changed.rowcount:
                base.executemany(
                    "INSERT OR IGNORE INTO document VALUES (?, ?, ?)",
                    [(conversation, name, document) for name, document in documents.items()],
                )

    def pending(self, owner: str, conversation: str, number: int) -> bool:
        """Whether something may still come of a turn: it was not stopped, replaced or deleted, nor is it whole."""
        with self._reading() as base:
            found = base.execute(
                "SELECT 1 FROM turn JOIN conversation ON conversation.id = turn.conversation"
                " WHERE owner = ? AND conversation = ? AND number = ? AND pending",
                (owner, conversation, number),
            )
            return found.fetchone() is not None

    def switch(self, owner: str, conversation: str, number: int) -> None:
        """Put the answer that stands beside a turn's answer in its place, and that one beside it."""
        turn = next((turn for turn in self.turns(owner, conversation) if turn.number == number), None)
        if turn is None or turn.beside is None:
            return
        turn = replace(turn, answer=turn.beside, beside=turn.answer)
        body, _ = _folded(turn)  # its documents are kept already
        with self._writing() as base:
            base.execute(
                "UPDATE turn SET words = ?, body = ? WHERE conversation = ? AND number = ? AND NOT pending",
                (_searched(turn), body, conversation, number),
            )

    def stop(self, owner: str, conversation: str) -> None:
        """Let nothing more come of the pending turns of a conversation."""
        with self._writing() as base:
            if self._owned(base, owner, conversation):
                base.execute("UPDATE turn SET pending = 0 WHERE conversation = ?", (conversation,))

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title; a blank one changes nothing."""
        title = clipped(" ".join(encodable(title).split()), TITLE)
        if title:
            with self._writing() as base:
                base.execute(
                    "UPDATE conversation SET title = ? WHERE id = ? AND owner = ?", (title, conversation, owner)
                )

    def delete(self, owner: str, conversation: str) -> None:
        """Forget a conversation with everything in it."""
        with self._writing() as base:
            base.execute("DELETE FROM conversation WHERE id = ? AND owner = ?", (conversation, owner))

    def _owned(self, base: sqlite3.Connection, owner: str, conversation: str) -> bool:
        found = base.execute("SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation, owner))
        return found.fetchone() is not None

    def _words(self, base: sqlite3.Connection, conversation: str, title: str) -> str:
        rows = base.execute("SELECT words FROM turn WHERE conversation = ?", (conversation,)).fetchall()
        return " ".join([normalize(title), *(words for (words,) in rows)])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._telling():
            yield self._base

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._telling():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(
                f"The conversations in {self._path} cannot be read or kept: {error}. Check the disk and its "
                "permissions; without the file a new one is begun."
            ) from error


@cache
def _adapter() -> TypeAdapter[Turn]:
    return TypeAdapter(Turn)


def _searched(turn: Turn) -> str:
    """What a search looks through."""
    return normalize(f"{turn.question} {encodable(turn.answer.answer) if turn.answer else ''}")


def _folded(turn: Turn) -> tuple[str, dict[str, str]]:
    """A turn as JSON, and apart from it, by their digests, the documents it names: each is kept once."""
    documents: dict[str, str] = {}

    def fold(value: Any, name: str = "") -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, Mapping):
            folded = {encodable(key): fold(part, key) for key, part in value.items()}
            if name != "document":
                return folded
            body = json.dumps(folded, default=str)  # dates
            digest = hashlib.sha256(body.encode()).hexdigest()[:32]
            documents[digest] = body
            return digest
        if isinstance(value, str):
            return encodable(value)
        return [fold(part) for part in value] if isinstance(value, list | tuple) else value

    return json.dumps(fold(_adapter().dump_python(turn)), default=str), documents


def _turn(number: int, body: str, documents: Mapping[str, Any]) -> Turn:
    """A turn as it was folded; when another version of Sanad wrote it in another form, its question at least."""

    def unfold(value: Any, name: str = "") -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, str) and name == "document":
            return documents[value]
        if isinstance(value, dict):
            return {key: unfold(part, key) for key, part in value.items()}
        return [unfold(part) for part in value] if isinstance(value, list) else value

    raw = json.loads(body)
    try:
        return _adapter().validate_python(unfold(raw))
    except (ValidationError, KeyError):
        return Turn(number, str(raw.get("question", "")), stopped=True)
