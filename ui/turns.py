"""A question of a conversation and what came of it, as it grows on the page."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from index.errors import SanadError
from index.types import Document, Dropped
from rag import notices
from rag.llm import Wanted, always
from rag.types import Answer

if TYPE_CHECKING:
    from rag.worded import Worded

NEAREST = 3
"""Passages shown beside an abstention."""

logger = logging.getLogger(__name__)


class Answerer(Protocol):
    """What the page needs of an engine; ``rag.engine.Engine`` is one."""

    def ask(self, question: str, /, history: Sequence[str] = (), *, within: AbstractSet[str] | None = None) -> Answer:
        """Answer a question that may follow up on earlier ones; raises ``SanadError``."""
        ...

    def documents(self) -> Sequence[Document]:
        """All documents."""
        ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """Page furniture of a document."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation and what came of it.

    Attributes:
        number: Unique in the conversation, so that ids made from it are; 0 for what was refused and never asked.
        question: As typed.
        answer: None while the engine works, and when it refused or was stopped.
        dropped: Page furniture of each cited document, by document id.
        shown: How many sentences have appeared so far, 0 while a model begins to word them; None for all.
        error: The line of a known error, "" for an unexpected one, None when there is no error.
        stopped: True when the asker, or the end of the program, did not let it be answered.
        beside: The answer that a reader can switch to: the documents' own sentences where a language model worded
            ``answer``, or the other way round; None when there is but one.
    """

    number: int
    question: str
    answer: Answer | None = None
    dropped: Mapping[str, tuple[Dropped, ...]] = field(default_factory=dict)
    shown: int | None = None
    error: str | None = None
    stopped: bool = False
    beside: Answer | None = None

    @property
    def pending(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.answer is None and self.error is None and not self.stopped

    @property
    def worded(self) -> bool:
        """Whether a language model worded the answer, or is wording it."""
        return self.answer is not None and bool(self.answer.worded_by or self.shown == 0)


def grown(
    engine: Callable[[], Answerer],
    turn: Turn,
    earlier: Sequence[Turn],
    within: AbstractSet[str] | None = None,
    words: "Callable[[], Worded] | None" = None,
    wanted: Wanted = always,
) -> Iterator[Turn]:
    """A pending turn as its answer grows, sentence by sentence; the last one yielded is whole.

    The first one yielded holds a whole answer already, though not all of it is shown.

    Args:
        engine: Gives the engine of the moment; whatever it raises becomes an error of the turn.
        turn: A pending turn.
        earlier: The conversation so far, oldest first; its answered questions are the engine's history.
        within: Ids of the only documents to look in; None looks in all.
        words: Gives the language model that words the answer, over the engine of the moment; None words nothing.
        wanted: Ends the model's request once it is false.

    Yields:
        The turn; of the passages found it keeps what a reader sees: the nearest ones of an abstention.
    """
    history = [t.question for t in earlier if t.answer is not None]
    try:
        if words is None:
            now = engine()
            yield from steps(_with(turn, now, now.ask(turn.question, history, within=within)))
        else:
            yield from _worded(words(), turn, history, within, wanted)
    except SanadError as error:
        yield replace(turn, error=str(error))
    except Exception:
        logger.exception("the question could not be answered")
        yield replace(turn, error="")


def _worded(
    worded: "Worded", turn: Turn, history: Sequence[str], within: AbstractSet[str] | None, wanted: Wanted
) -> Iterator[Turn]:
    """The turn as a model words its answer; the engine's own answer stands beside it, or in its place."""
    found = worded.find(turn.question, history, within=within, wanted=wanted)
    own = _with(turn, worded, found.own)
    if found.own.abstained:
        yield own
        return
    yield replace(own, shown=0)
    answer = found.own
    try:
        for answer in worded.word(found, wanted):
            yield replace(_with(turn, worded, answer), shown=len(answer.sentences))
    except Exception as error:
        logger.exception("the language model's words could not be used")
        answer = replace(found.own, notice=notices.notice("failed", found.own.language, type(error).__name__))
    if not answer.worded_by:
        yield _with(turn, worded, answer)
        return
    whole = _with(turn, worded, answer)
    yield replace(whole, beside=own.answer, dropped={**own.dropped, **whole.dropped})


def _with(turn: Turn, engine: Answerer, answer: Answer) -> Turn:
    """The turn with its answer, and the furniture of what that cites."""
    dropped = {citation.document.id: engine.dropped(citation.document.id) for citation in answer.citations}
    seen = answer.evidence[:NEAREST] if answer.abstained else ()
    return replace(turn, answer=replace(answer, evidence=seen), dropped=dropped)


def steps(turn: Turn) -> Iterator[Turn]:
    """A whole turn as it appears: sentence by sentence, then everything."""
    for shown in range(1, len(turn.answer.sentences) if turn.answer else 0):
        yield replace(turn, shown=shown)
    yield turn
