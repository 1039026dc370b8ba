"""What was asked: checked, its language told, a follow-up made whole."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index import language, lexical
from index.errors import QuestionError
from index.lexical import Word, is_arabic, normalize
from rag import kinds, whole

LONGEST_QUESTION = 4000
# A longer question says itself what it is about, whatever its words.
_FOLLOW_UP_WORDS = 9
_BARE_WORDS = 2
_MARKS = frozenset("?؟？.!。")
_CONNECTIVES = frozenset(
    word
    for line in ("و طيب كمان", "and but so or then also", "а и но", "ve ama", "und aber", "y pero", "et mais")
    for word in line.split()
)
# "وكم", "فمتى": the particle is written with the question word it opens.
_ARABIC_CONNECTED = re.compile(
    r"[وف](?:ب?كم|كام|قديش|متي|امتي|اين|[وف]ين|ل?من|منو|مين|كيف|لماذا|ليش|ليه|ماذا|ما|شو|ايش|هل|ب?اي|الي|عم)(?: |\Z)"
    r"|[وف](?:في|مع|علي|عن|منذ|حتي) (?:اي|كم|متي|اين|وين|من|ماذا)(?: |\Z)"
)
_ABOUT = re.compile(r"(?:what|how) about |(?:ماذا|شو) (?:عن|بخصوص) ")
# Words that stand for something named before; those that also open a sentence ("there are", "ما هي") are left out.
_REFERENCES = frozenset(
    normalize(word)
    for line in (
        "ذلك تلك منه منهم منها عنه عنها عنهم فيه فيها بها له لها لهم معه معها معهم اليه اليها اليهم",
        "عليه عليها عليهم لديه لديها لديهم عنده عندها عندهم غيره غيرها غيرهم",
        "he she it they him them his its their ones else",
        "он она оно они его её их ему ней них ним это оттуда",
        "آنها ایشان",
    )
    for word in line.split()
)
# Behind a relative pronoun, or deep in a question, an Arabic pronoun takes up a word of the question itself.
_ARABIC_RELATIVES = frozenset(normalize(word) for word in ("الذي", "التي", "الذين", "اللي", "اللذان", "اللتان"))
_ARABIC_PRONOUN_WITHIN = 3
# "كم أجرهم", "ما اسمها": "their pay", "its name".
_ARABIC_POSSESSED = re.compile(r"(?!ال)\w{3,}(?:ها|هم|هما)\Z")
# "When was that?", "Tell me more", "How many were killed?", "في أي مدينة التقيا؟": what it is about is left out.
_POINTS_BACK = re.compile(
    r"(?:\A| )(?:that|this|so|next|more|then|after|اخري|اخرون|اخرين|потом|дальше|еще)\Z"
    r"|\A(?:\w+ )?(?:is|was|did|does|will|has) (?:that|this)(?: \w+)?\Z"
    r"|\Ahow many (?:were|are|had|have|will|did|died|came|arrived|survived|remain)(?: \w+){0,2}\Z"
    r"|\A(?:ب|(?:في|من|الي|علي|عند|مع) )اي[هة]? \w+ \w+\Z"
)
# "Is it true that …": it stands for what follows.
_EXPLETIVE = re.compile(r"(?:is|was) it \w+ (?:that|to|if|whether) |это (?:правда|верно) что ")
_THE_ONE = re.compile(r"(?:\A| )the \w+ ones?(?: |\Z)")
_THERE_IS = frozenset(("is", "are", "was", "were"))
_PLACES = frozenset(normalize(word) for word in ("هناك", "there", "там", "آنجا", "dort", "orada", "allí", "là"))


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be searched for.

    Attributes:
        text: As asked, or as the documents spell it, with its question mark, white space collapsed, without lone
            surrogates.
        topic: What the questions that it follows up on are about, "" when it stands alone.
        language: ISO 639-1 code, "und" when unknown.
    """

    text: str
    topic: str
    language: str

    @property
    def full(self) -> str:
        """The text to search with: around its topic said twice, as what it asks must outweigh what was asked before."""
        return f"{self.text} {self.topic} {self.text}" if self.topic else self.text

    @property
    def said(self) -> str:
        """The text to read with: one question, of what it asks and then its topic."""
        asks = self.text.rstrip("".join(_MARKS))
        return f"{asks} {self.topic}{self.text[len(asks) :]}" if self.topic else self.text

    @property
    def words(self) -> tuple[Word, ...]:
        """Words of ``full``."""
        return lexical.words(self.full)

    def respelled(self, spell: Callable[[str], str]) -> "Question":
        """The question in another spelling of its words."""
        return Question(spell(self.text), spell(self.topic), self.language)


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
    before = [_tidy(earlier)[:LONGEST_QUESTION] for earlier in history]
    return Question(_marked(text), _topic_of(text, words, before), language.detect(text))


def _topic_of(text: str, words: Sequence[Word], history: Sequence[str]) -> str:
    """The topic that a question hangs on, "" when it stands alone.

    It is the question before it and, if that hangs too, the last one that does not, without their question words.
    """
    earlier = [(question, found) for question in history if (found := lexical.words(question))]
    if not earlier or not _is_follow_up(text, words):
        return ""
    last = earlier[-1][0]
    subject = next((asked for asked, found in reversed(earlier) if not _is_follow_up(asked, found)), earlier[0][0])
    return " ".join(dict.fromkeys((_topic(subject), _topic(last))))


def _topic(question: str) -> str:
    """A question without the words that ask; itself where nothing else is left."""
    question = whole.topic(question) or question
    kept = [word for word in question.split() if kinds.asked_for(word) is None]
    return " ".join(kept).rstrip("?؟") or question


def _marked(text: str) -> str:
    """A question with its question mark: without one the model reads it as a statement."""
    if text[-1] in _MARKS or kinds.asked_for(text) in (None, "list"):
        return text
    return text + ("؟" if any(map(is_arabic, text)) else "?")


def _tidy(text: str) -> str:
    """White space collapsed, and "?" for lone surrogates, which no tokenizer takes."""
    return " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")


def _is_follow_up(text: str, words: Sequence[Word]) -> bool:
    """Whether a question needs an earlier one to be understood."""
    if len(words) > _FOLLOW_UP_WORDS:
        return False
    said = " ".join(word.form for word in words)
    opens = words[0].form in _CONNECTIVES or _ARABIC_CONNECTED.match(said) or _ABOUT.match(said)
    if _EXPLETIVE.match(said):
        return False
    points_back = _POINTS_BACK.search(said) and not any(text[word.start].isupper() for word in words[1:])
    bare = len(words) <= _BARE_WORDS and kinds.asked_for(text) != "definition"
    return bool(opens or bare or points_back or _THE_ONE.search(said)) or _refers(text, words)


def _refers(text: str, words: Sequence[Word]) -> bool:
    """Whether a word stands for something that the question itself does not name."""
    forms = [word.form for word in words]
    if forms[-1] in _PLACES and not (len(forms) > 1 and forms[-2] in _THERE_IS):
        return True
    if len(forms) > 1 and _ARABIC_POSSESSED.match(forms[1]):
        return True
    first = next((n for n, form in enumerate(forms) if form in _REFERENCES), None)
    if first is None:
        return False
    if is_arabic(forms[first]):
        near = first < _ARABIC_PRONOUN_WITHIN or first == len(forms) - 1
        return near and _ARABIC_RELATIVES.isdisjoint(forms[:first])
    # A name before the pronoun is what it stands for: "When did Lavrov arrive and who met him?"
    return not any(text[word.start].isupper() for word in words[1:first])
