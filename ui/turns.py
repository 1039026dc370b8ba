"""A question of a conversation and what came of it, as it grows on the page."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Protocol

from index.errors import SanadError
from index.types import Document, Dropped
from rag.types import Answer

NEAREST = 3
"""Passages shown beside an abstention."""

logger = logging.getLogger(__name__)


class Answerer(Protocol):
    """What the page needs of an engine; ``rag.engine.Engine`` is one."""

    def ask(self, question: str, /, history: Sequence[str] = (), *, within: AbstractSet[str] | None = None) -> Answer:
        """Answer a question that may follow up on earlier ones; raises ``SanadError``."""
        ...

    def documents(self) -> tuple[Document, ...]:
        """All documents."""
        ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """Page furniture of a document."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation and what came of it.

    Attributes:
        number: Unique in the conversation, so that ids made from it are.
        question: As typed.
        answer: None while the engine works, and when it refused or was stopped.
        dropped: Page furniture of each cited document, by document id.
        shown: How many sentences have appeared so far; None for all.
        error: The line of a known error, "" for an unexpected one, None when there is no error.
        stopped: True when the asker, or the end of the program, did not let it be answered.
    """

    number: int
    question: str
    answer: Answer | None = None
    dropped: Mapping[str, tuple[Dropped, ...]] = field(default_factory=dict)
    shown: int | None = None
    error: str | None = None
    stopped: bool = False

    @property
    def pending(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.answer is None and self.error is None and not self.stopped


def answered(
    engine: Callable[[], Answerer], turn: Turn, earlier: Sequence[Turn], within: AbstractSet[str] | None = None
) -> Turn:
    """The turn with its answer, or with the error that came instead.

    Args:
        engine: Gives the engine of the moment; whatever it raises becomes an error of the turn.
        turn: A pending turn.
        earlier: The conversation so far, oldest first; its answered questions are the engine's history.
        within: Ids of the only documents to look in; None looks in all.

    Returns:
        The turn; of the passages found it keeps what a reader sees: the nearest ones of an abstention.
    """
    try:
        now = engine()
        answer = now.ask(turn.question, [t.question for t in earlier if t.answer is not None], within=within)
        dropped = {citation.document.id: now.dropped(citation.document.id) for citation in answer.citations}
    except SanadError as error:
        return replace(turn, error=str(error))
    except Exception:
        logger.exception("the question could not be answered")
        return replace(turn, error="")
    seen = answer.evidence[:NEAREST] if answer.abstained else ()
    return replace(turn, answer=replace(answer, evidence=seen), dropped=dropped)


def steps(turn: Turn) -> Iterator[Turn]:
    """A whole turn as it appears: sentence by sentence, then everything."""
    for shown in range(1, len(turn.answer.sentences) if turn.answer else 0):
        yield replace(turn, shown=shown)
    yield turn
