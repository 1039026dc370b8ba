"""What the words of a question let expect of a sentence that answers, and where one says it."""

from collections.abc import Callable
from dataclasses import dataclass

from rag import amount, identity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sentence is looked through for.

    Attributes:
        where: (start, end) of the figure or the post asked for in a sentence; None where it says none.
        against: Whether a sentence says of it what was not asked.
    """

    where: Callable[[str], Span | None]
    against: Callable[[str], bool] = lambda _: False


def expected(question: str) -> Expected | None:
    """What is expected; None where the question asks neither how many of a thing nor who somebody is."""
    wanted = amount.asked(question)
    if wanted is not None:
        return Expected(
            lambda sentence: next(((q.start, q.end) for q in amount.said(wanted, sentence)), None),
            lambda sentence: amount.fallen(wanted, sentence),
        )
    name = identity.asked(question)
    return None if name is None else Expected(lambda sentence: identity.said(name, sentence))
