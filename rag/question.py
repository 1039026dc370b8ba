"""What was asked: checked, its language told, a follow-up made whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from index import language, lexical
from index.errors import QuestionError
from index.lexical import Word, normalize

LONGEST_QUESTION = 4000
# A question of so few words that opens like these hangs on the one before it.
_FOLLOW_UP_WORDS = 6
_OPENINGS = (
    "و", "ف", "and", "but", "what about", "how about", "а ", "и ", "но ", "و ", "ve ", "y ", "und ", "et ",
)  # fmt: skip
_REFERENCES = frozenset(
    normalize(word)
    for line in (
        "هو هي هم هما ذلك تلك هذا هذه هناك منهم منها عنه عنها فيه فيها",
        "he she it they them his her their that this those there then why where when",
        "он она они это там его её их где когда почему",
        "آن او آنها کجا کی چرا",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be searched for.

    Attributes:
        text: As asked, white space collapsed, without lone surrogates.
        full: The text to search with: ``text``, with the question before it when it is a follow-up.
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
    earlier = [_tidy(q)[:LONGEST_QUESTION] for q in history if q.strip()]
    if earlier and _is_follow_up(text, words):
        full = f"{earlier[-1]} {text}"
        return Question(text, full, language.detect(text), lexical.words(full))
    return Question(text, text, language.detect(text), words)


def _tidy(text: str) -> str:
    """White space collapsed, and "?" for lone surrogates, which no tokenizer takes."""
    return " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")


def _is_follow_up(text: str, words: Sequence[Word]) -> bool:
    """Whether a question needs the one before it to be understood."""
    if len(words) > _FOLLOW_UP_WORDS:
        return False
    lowered = normalize(text)
    opens = any(lowered.startswith(opening) for opening in _OPENINGS)
    return opens or len(words) <= _FOLLOW_UP_WORDS // 2 or any(word.form in _REFERENCES for word in words)
