"""What a sentence should say to answer a question of these words, and where one says it."""

from collections.abc import Callable
from dataclasses import dataclass

from rag import ages, amount, identity, kinds, naming, reasons, saying

Span = tuple[int, int]

# Chosen on 78 questions for a known thing (XQuAD and ARCD on Arabic text): 66 right first sentences, without it 62.
_WEIGHT = 4.5
# What tells nobody's post hardly says who that is, however often it names them.
_IDENTITY_WEIGHT = 10.0
# Of 4.5, 6 and 8 the least that brings a sentence that names the ships asked about before those that tell much of them.
_NAMING_WEIGHT = 6.0


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sentence is looked through for.

    Attributes:
        where: (start, end) of the figure, name, post, words or reason asked for in a sentence, given with what it
            leans on; None where it says none.
        against: Whether a sentence says of it what was not asked.
        weight: Deviations that a sentence gains by saying it and loses by what was not asked; 0 only marks it.
    """

    where: Callable[[str, str], Span | None]
    against: Callable[[str], bool] = lambda _: False
    weight: float = _WEIGHT


def expected(question: str, topic: str = "") -> Expected | None:
    """What is expected; None where a question asks neither how many or old, nor for a name, a post, words or a reason.

    Args:
        question: The question.
        topic: What it hangs on, "" where on nothing: who "he" is that said something, what "they" are called.
    """
    if ages.asked(question):
        return Expected(lambda sentence, _: ages.said(sentence))
    wanted = amount.asked(question)
    if wanted is not None:
        return Expected(
            lambda sentence, _: next(((q.start, q.end) for q in amount.said(wanted, sentence)), None),
            lambda sentence: amount.fallen(wanted, sentence) or amount.others(wanted, sentence),
        )
    unnamed = naming.asked(question, topic)
    if unnamed is not None:
        return Expected(lambda sentence, _: naming.said(unnamed, sentence), weight=_NAMING_WEIGHT)
    name = identity.asked(question)
    if name is not None:
        return Expected(lambda sentence, _: identity.said(name, sentence), weight=_IDENTITY_WEIGHT)
    speaker = saying.asked(question) or saying.meant(question, topic)
    if speaker is not None:
        about = saying.about(question)
        return Expected(
            lambda sentence, before: saying.said(speaker, sentence, before),
            lambda sentence: bool(about) and not saying.speaks_of(about, sentence),
        )
    if kinds.asked_for(question) == "reason":
        return Expected(lambda sentence, _: reasons.given(sentence), weight=0.0)
    return None
