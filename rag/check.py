"""Whether what a sentence cites supports it: what it names, counts, dates, denies, who does what, and what it means.

Each part tells a fault by itself, so a reader learns what is wrong. The thresholds were chosen on the
older facts of ``eval/samples/support.jsonl``; ``python -m eval.support`` measures on those written last.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index import language, names
from index.embed import Vectors
from index.lexical import normalize, stem, words
from rag import opposites
from rag.counted import missing_numbers
from rag.dated import missing_dates
from rag.denial import clauses, contradicts
from rag.entail import Entails
from rag.named import unmatched
from rag.proper import Sense
from rag.roles import reversed_pair
from rag.swapped import swapped_number

Kind = Literal["address", "number", "date", "name", "negation", "roles", "meaning", "uncited", "stray"]
Embed = Callable[[Sequence[str]], Vectors]

LONGEST_REWRITE = 400
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S*\w|\b[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|net|org|io|ru|info|example|test)\b",
    re.IGNORECASE,
)
# Sentences in two languages that say the same are less alike than two in one language on one topic.
_LEAST_ACROSS, _LEAST_WITHIN = 0.83, 0.9
# A short part of a long sentence is less like it, but is made of its words.
_LEAST_TAKEN, _TAKEN = 0.86, 0.6
# So many places, numbers and names in common tie a sentence to a text.
_ANCHORS, _EASED = 3, 0.03
_STEM = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence is not supported; ``detail`` is the part of it that is not, where one can be shown."""

    kind: Kind
    detail: str = ""


class Checker:
    """Checks sentences; safe to share between threads."""

    def __init__(self, embed: Embed, entails: Entails | None = None) -> None:
        """Join what compares meanings.

        Args:
            embed: Gives texts as (n, dimension) float32 vectors of unit length.
            entails: Judges meaning in place of vectors and shared words, where there is one.
        """
        self._embed = embed
        self._entails = entails
        self._sense = Sense(embed)

    def check(self, sentence: str, cited: Sequence[str]) -> Fault | None:
        """The first fault found in a sentence, None when what it cites supports it.

        Args:
            sentence: What was written.
            cited: The texts it cites, at least one, in any languages.
        """
        text = " ".join(cited)
        if normalize(sentence) == normalize(text):
            return None
        parts: dict[Kind, Callable[[str, str], tuple[str, ...]]] = {
            "address": _addresses,
            "number": missing_numbers,
            "date": missing_dates,
            "name": lambda said, given: unmatched(said, given, self._sense),
        }
        for kind, part in parts.items():
            if missing := part(sentence, text):
                return Fault(kind, ", ".join(missing))
        if contradicts(sentence, text, self._nearest):
            return Fault("negation")
        turned = reversed_pair(sentence, text, self._nearest)
        as_told = bool(turned) and opposites.turned(sentence, text)  # "Kim lost to Lee" is "Lee beat Kim"
        if swapped := (not as_told and turned) or swapped_number(sentence, text):
            return Fault("roles", swapped)
        opposed = not as_told and opposites.opposes(sentence, text)
        return None if self._means(sentence, cited) and not opposed else Fault("meaning")

    def _means(self, sentence: str, cited: Sequence[str]) -> bool:
        """Whether what a sentence cites says it, as far as meaning goes."""
        if self._entails:
            return self._entails(" ".join(cited), sentence)
        likeness = self._likeness(sentence, cited)
        text = " ".join(cited)
        eased = _EASED if len(names.mentions(sentence) & names.mentions(text)) >= _ANCHORS else 0.0
        if language.detect(sentence) != language.detect(text):
            return likeness >= _LEAST_ACROSS - eased
        return likeness >= _LEAST_WITHIN - eased or (likeness >= _LEAST_TAKEN and _taken(sentence, text) >= _TAKEN)

    def _likeness(self, sentence: str, cited: Sequence[str]) -> float:
        """How near a sentence is in meaning to what it cites, together, each alone or a clause: cosine in [-1, 1]."""
        parts = [clause for text in cited if len(found := clauses(text)) > 1 for clause in found]
        texts = [*cited, " ".join(cited), *parts] if len(cited) > 1 else [*cited, *parts]
        vectors = self._embed([sentence, *texts])
        return float((vectors[1:] @ vectors[0]).max())

    def _nearest(self, text: str, others: Sequence[str]) -> int:
        vectors = self._embed([text, *others])
        return int(np.argmax(vectors[1:] @ vectors[0]))


def is_rewrite(written: str, conversation: Sequence[str]) -> bool:
    """Whether a rewritten question may be asked in place of the last one: nothing in it is new to the conversation."""
    text = " ".join(conversation)
    return (
        0 < len(written) <= LONGEST_REWRITE
        and bool(words(written))
        and not _addresses(written, text)
        and not missing_numbers(written, text)
        and not missing_dates(written, text)
        and not unmatched(written, text)
    )


def _taken(sentence: str, text: str) -> float:
    """Share of a sentence's words that stand in a text, in [0, 1]."""
    said, given = ({stem(word.form)[:_STEM] for word in words(t) if len(word.form) > 2} for t in (sentence, text))
    return len(said & given) / len(said) if said else 0.0


def _addresses(sentence: str, text: str) -> tuple[str, ...]:
    """Web and mail addresses of a sentence that a text does not hold."""
    return tuple(address for address in _ADDRESS.findall(sentence) if address not in text)
