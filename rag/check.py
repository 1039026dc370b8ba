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
from rag import opposites, orders
from rag.counted import missing_numbers
from rag.dated import missing_dates
from rag.denial import clauses, contradicts
from rag.entail import Entails
from rag.named import unmatched
from rag.proper import Sense
from rag.roles import reversed_pair
from rag.swapped import swapped_number

Kind = Literal["address", "number", "date", "name", "negation", "roles", "meaning", "language", "uncited", "stray"]
Embed = Callable[[Sequence[str]], Vectors]

LONGEST_REWRITE = 400
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S*\w|\b[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|net|org|io|ru|info|example|test)\b",
    re.IGNORECASE,
)
# Sentences in two languages that say the same are less alike than two in one language on one topic.
_LEAST_ACROSS, _LEAST_WITHIN = 0.83, 0.9
# Sentences of so few words are alike to much.
_FEW_WORDS, _LEAST_ACROSS_FEW = 3, 0.85
# A short part of a long sentence is less like it, but is made of its words.
_LEAST_TAKEN, _TAKEN = 0.86, 0.6
# So many places, numbers and names in common tie a sentence to a text.
_ANCHORS, _EASED = 3, 0.03
_STEM = 5
# From how many letters on languages of one script are told apart, and words that show another script.
_LETTERS_ASKED, _LETTERS_SAID, _WORDS_ACROSS = 30, 60, 2
_QUOTED = re.compile(r"[\"“«„‘「][^\"”»“’」]*[\"”»“’」]")
_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}")


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
            cited: The texts it cites, at least one, in any languages. What they only want said supports nothing.
        """
        cited = [own for text in cited if (own := orders.stated(text))]
        if not cited:
            return Fault("meaning")
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
        if contradicts(sentence, text, self._alike):
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
        text = " ".join(cited)
        eased = _EASED if len(names.mentions(sentence) & names.mentions(text)) >= _ANCHORS else 0.0
        # Each text by its own language: what is cited beside it must not make it one of another.
        own = language.detect(sentence)
        within = [cited_text for cited_text in cited if language.detect(cited_text) == own]
        across = [cited_text for cited_text in cited if cited_text not in within]
        least = _LEAST_ACROSS_FEW if len(words(sentence)) <= _FEW_WORDS else _LEAST_ACROSS
        if across and self._likeness(sentence, across) >= least - eased:
            return True
        if not within:
            return False
        likeness = self._likeness(sentence, within, text)
        return likeness >= _LEAST_WITHIN - eased or (likeness >= _LEAST_TAKEN and _taken(sentence, text) >= _TAKEN)

    def _likeness(self, sentence: str, cited: Sequence[str], *more: str) -> float:
        """How near a sentence is to texts, together, each alone or a clause, and to more: cosine in [-1, 1]."""
        parts = [clause for text in cited if len(found := clauses(text)) > 1 for clause in found]
        texts = list(dict.fromkeys([*cited, " ".join(cited), *parts, *more]))
        vectors = self._embed([sentence, *texts])
        return float((vectors[1:] @ vectors[0]).max())

    def _nearest(self, text: str, others: Sequence[str]) -> int:
        return int(np.argmax(self._alike(text, others)))

    def _alike(self, text: str, others: Sequence[str]) -> Vectors:
        vectors = self._embed([text, *others])
        return np.asarray(vectors[1:] @ vectors[0], np.float32)


def is_in_another_language(sentence: str, asked: str) -> bool:
    """Whether a sentence is in another language than the question, where both are long enough to tell.

    What stands in quotation marks does not count. Names may be written in their own letters, so that in another script
    some words with a small letter, or of a script that has no capitals, must stand.

    Args:
        sentence: What was written.
        asked: The question, understood without others.
    """
    said = _QUOTED.sub(" ", sentence)
    wanted, found = language.detect(asked), language.detect(said)
    if language.UNKNOWN in (wanted, found) or wanted == found:
        return False
    if language.written_alike(wanted, found):
        return _letters(asked) >= _LETTERS_ASKED and _letters(said) >= _LETTERS_SAID
    plain = [word for word in _PLAIN_WORD.findall(said) if not word[0].isupper()]
    other = [word for word in plain if not language.written_alike(wanted, language.detect(word))]
    return len(other) >= _WORDS_ACROSS and 2 * len(other) > len(plain)


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


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
