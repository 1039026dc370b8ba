"""What the words of a question let expect of a sentence that answers, and where one says it."""

from collections.abc import Callable

from rag import amount, identity

Span = tuple[int, int]


def expected(question: str) -> Callable[[str], Span | None] | None:
    """How to find (start, end) of the figure or the post that a question asks for in a sentence.

    None where the question asks neither how many of a thing nor who somebody is.
    """
    wanted = amount.asked(question)
    if wanted is not None:
        return lambda sentence: next(((q.start, q.end) for q in amount.said(wanted, sentence)), None)
    name = identity.asked(question)
    return None if name is None else lambda sentence: identity.said(name, sentence)
