"""How many of what a question asks for, and where a text says it."""

from functools import lru_cache

from rag import facts, kinds, wordlists
from rag.happening import FATES
from rag.quantities import Quantity

_PERSON = "person"
_UNKNOWN = "="
_FATES = frozenset(FATES)


@lru_cache(maxsize=256)
def asked(question: str) -> Quantity | None:
    """What a question counts or measures; None where it does not ask for a number, or its words do not tell of what.

    The question is read as a statement with a number in place of the words that ask: "how many shells were sent" as
    "2 shells were sent".
    """
    rest = kinds.counted(question)
    found = facts.read(f"2 {rest}").quantities if rest else ()
    return found[0] if found and found[0].start == 0 else None


def said(wanted: Quantity, text: str) -> tuple[Quantity, ...]:
    """The counts and measures in a text that are of what is asked for, the likeliest first."""
    found = (quantity for quantity in facts.read(text).quantities if _alike(wanted, quantity))
    return tuple(sorted(found, key=lambda q: (not q.things & wanted.things, -len(q.events & wanted.events))))


def named(wanted: Quantity, text: str) -> bool:
    """Whether a text speaks of the things that are asked for; True where that cannot be told, as of people."""
    things = wanted.things
    if not things or things & _people() or any(thing.startswith(_UNKNOWN) for thing in things):
        return True
    return any(wordlists.things(word.form) & things for word in facts.read(text).words)


def fallen(wanted: Quantity, text: str) -> bool:
    """Whether a text counts what is asked for only as dead, hurt, missing or caught, though nobody asked for those."""
    counted = [quantity for quantity in facts.read(text).quantities if _same(wanted, quantity)]
    return bool(counted) and all(_another_fate(wanted, quantity) for quantity in counted)


def _alike(wanted: Quantity, other: Quantity) -> bool:
    return _same(wanted, other) and not _another_fate(wanted, other)


def _another_fate(wanted: Quantity, other: Quantity) -> bool:
    return bool(other.events & _FATES) and not wanted.events & _FATES


def _same(wanted: Quantity, other: Quantity) -> bool:
    if wanted.unit or other.unit:
        return wanted.unit == other.unit
    one, both = wanted.things & other.things, wanted.things | other.things
    return bool(one) or (_PERSON in both and both <= _people())  # any people may be counted as persons


def _people() -> frozenset[str]:
    return wordlists.listed("human")
