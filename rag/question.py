"""What was asked: checked, its language told, a follow-up made whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import language, lexical
from index.errors import QuestionError
from index.lexical import Word, normalize

LONGEST_QUESTION = 4000
# A longer question says itself what it is about, whatever its words.
_FOLLOW_UP_WORDS = 9
_BARE_WORDS = 2
_CONNECTIVES = frozenset(
    ("و", "and", "but", "so", "or", "а", "и", "но", "ve", "ama", "und", "aber", "y", "pero", "et", "mais")
)
# "وكم", "فمتى": the particle is written with the question word it opens.
_ARABIC_CONNECTED = re.compile(
    r"[وف](?:كم|متي|اين|من|منو|مين|كيف|لماذا|ليش|ماذا|ما|هل|باي|اي|بكم|لمن|الي|وين|شو|ايش|قديش|عم)\Z"
)
# Words that stand for something named before; those that also open a sentence ("there are", "ما هي") are left out.
_REFERENCES = frozenset(
    normalize(word)
    for line in (
        "ذلك تلك منهم منها عنه عنها عنهم فيه فيها بها به لها له لهم معه معها معهم",
        "he she it they them",
        "он она они его её их ним ней них",
        "آنها ایشان",
    )
    for word in line.split()
)
_PLACES = frozenset(normalize(word) for word in ("هناك", "there", "там", "آنجا", "dort", "orada", "allí", "là"))


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be searched for.

    Attributes:
        text: As asked, white space collapsed, without lone surrogates.
        full: The text to search with: ``text``, behind the questions it follows up on.
        language: ISO 639-1 code, "und" when unknown.
        words: Words of ``full``.
    """

    text: str
    full: str
    language: str
    words: tuple[Word, ...]


def read(question: str, history: Sequence[str] = ()) -> Question:
    """Read a question.

    Args:
        question: What was typed.
        history: Earlier questions of the conversation, oldest first.

    Raises:
        QuestionError: It is empty, holds no word, or is longer than 4,000 characters.
    """
    text = _tidy(question)
    if not text:
        raise QuestionError("The question is empty; type what you want to know.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(text):,} characters; ask in at most {LONGEST_QUESTION:,} and leave the text you "
            "want searched to the index."
        )
    words = lexical.words(text)
    if not words:
        raise QuestionError(f"The question {text[:40]!r} holds no word or number; ask in words.")
    full = _standalone(text, words, [_tidy(earlier)[:LONGEST_QUESTION] for earlier in history])
    return Question(text, full, language.detect(text), lexical.words(full))


def _standalone(text: str, words: Sequence[Word], history: Sequence[str]) -> str:
    """The question behind those it hangs on: the one before it and, if that hangs too, the last one that does not."""
    earlier = [(question, found) for question in history if (found := lexical.words(question))]
    if not earlier or not _is_follow_up(words):
        return text
    last = earlier[-1][0]
    subject = next((question for question, found in reversed(earlier) if not _is_follow_up(found)), earlier[0][0])
    return f"{subject} {text}" if subject == last else f"{subject} {last} {text}"


def _tidy(text: str) -> str:
    """White space collapsed, and "?" for lone surrogates, which no tokenizer takes."""
    return " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")


def _is_follow_up(words: Sequence[Word]) -> bool:
    """Whether a question needs an earlier one to be understood."""
    if len(words) > _FOLLOW_UP_WORDS:
        return False
    first = words[0].form
    opens = first in _CONNECTIVES or bool(_ARABIC_CONNECTED.match(first))
    refers = words[-1].form in _PLACES or any(word.form in _REFERENCES for word in words)
    return opens or refers or len(words) <= _BARE_WORDS
