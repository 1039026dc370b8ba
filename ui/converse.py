"""A question of a visitor's conversation: kept, answered, shown as it grows."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.errors import QuestionError
from rag.question import LONGEST_QUESTION, read
from ui.archive import TURNS, Archive
from ui.limit import Allowance
from ui.texts import Strings
from ui.turns import Answerer, Turn, grown

if TYPE_CHECKING:
    from rag.worded import Worded
    from ui.library import Library
    from ui.measure import Evaluation

QUESTIONS_AT_ONCE = 60
QUESTIONS_A_SECOND = 1.0
"""Questions an address may ask at once and, beyond that, each second."""


@dataclass(frozen=True, slots=True)
class Service:
    """What the page stands on.

    Attributes:
        engine: Gives the engine of the moment: a rebuilt index brings another.
        archive: Everybody's conversations.
        suggestions: Gives questions to begin a conversation with, for the interface in a language (ISO 639-1).
        library: The documents, where the page shows them.
        evaluation: The project's own evaluation, where the page runs it.
        allowance: How often an address may ask.
        words: Gives the language model before the engine of the moment, where one words answers.
    """

    engine: Callable[[], Answerer]
    archive: Archive
    suggestions: Callable[[str], Sequence[str]] = lambda _: ()
    library: "Library | None" = None
    evaluation: "Evaluation | None" = None
    allowance: Allowance = field(default_factory=lambda: Allowance(QUESTIONS_AT_ONCE, QUESTIONS_A_SECOND))
    words: "Callable[[], Worded] | None" = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it reaches the page.

    Attributes:
        owner: Whose conversations it may join.
        conversation: Id of the one it joins; another begins when the owner has none of that id.
        question: As typed.
        replacing: Number of the turn it stands in place of.
        within: Ids of the only documents to look in; None for all.
        worded: Whether a language model may word the answer, where there is one.
    """

    owner: str
    conversation: str
    question: str
    replacing: int | None = None
    within: AbstractSet[str] | None = None
    worded: bool = True


def replies(service: Service, asked: Asked) -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """The conversation as it grows: the question alone, then sentence by sentence, then everything.

    What is yielded is kept already, so that a page that goes away loses nothing. Nothing is yielded any more once the
    new turn is stopped, replaced or deleted, and a language model's request ends then.

    Yields:
        The conversation's id and its turns, the new one last.

    Raises:
        ArchiveError: The conversations cannot be kept.
    """
    archive = service.archive
    conversation, turn = archive.begin(asked.owner, asked.conversation, asked.question, asked.replacing)
    earlier = archive.turns(asked.owner, conversation)[:-1][-(TURNS - 1) :]
    yield conversation, (*earlier, turn)
    words = service.words if asked.worded else None

    def wanted() -> bool:
        return archive.pending(asked.owner, conversation, turn.number)

    for at, step in enumerate(grown(service.engine, turn, earlier, asked.within, words, wanted)):
        if not wanted():
            return
        whole = step.shown is None
        if whole or not at:
            archive.keep(asked.owner, conversation, replace(step, shown=None), pending=not whole)
        yield conversation, (*earlier, step)


def unaskable(text: str, strings: Strings) -> str:
    """Why a question cannot be asked, in the interface's language; "" where it can."""
    try:
        read(text)
    except QuestionError:
        return strings.unaskable.format(strings.digits(f"{LONGEST_QUESTION:,}"))
    return ""
