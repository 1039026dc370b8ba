"""Whether a sentence denies what a text affirms, or affirms what it denies."""

import re
from collections.abc import Callable, Sequence

from index.lexical import normalize, words

Nearest = Callable[[str, Sequence[str]], int]
"""Which of some texts is nearest in meaning to a text: its place."""


def _either(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\W))(?:{normalize(listed)})(?=\W|$)")


# "ما" is left out: it is more often "what".
_DENYING = _either(
    r"[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|غير|دون|بدون|بلا|عدم)|(?:سي|ست|[ويتن])?(?:نف[يت]|نفي)|[ويتن]?(?:رفض|انكر|نكر|استبعد)\w*"
    r"|(?:فشل|نج[ات]|نجوا)\w*"
    r"|not|no|never|neither|nor|none|without|cannot|\w+n[’']t|den(?:y|ies|ied|ying)|refus\w+|reject\w+|ruled out"
    r"|fail\w*|surviv\w+"
    r"|не|нет|ни|никогда|без|никто|опроверг\w*|отрица\w*|отказ\w*|отверг\w*"
)
# To these a denial may be the same, but they are also said without one.
_STOPPING = _either(
    r"\w{0,2}(?:منع|امتنع|توقف|اوقف|الغ[يت]|كذب|اغلق|غلق|فيتو|تراجع)\w*"
    r"|prevent\w*|ban\w*|stopp\w+|halt\w*|veto\w*|unable|lack\w*|clos\w+|cancel\w*|exclud\w+|block\w*|un[a-z]{5,}|declin\w+"
    r"|запре\w+|исключ\w+|прекра\w+|вето|закры\w+|отмен\w+|без[а-я]{5,}|недо\w+"
)
_CLAUSE = re.compile(r"[،,;؛:–—]| (?:but|whereas|while|أما|بينما|لكن|а|но|хотя) ")
# A name of Korea.
_NAMED_NO = re.compile(r"\bNo (?=[A-Z])|\bНо (?=[А-Я])")
_LEAST_WORDS = 4


def contradicts(sentence: str, text: str, nearest: Nearest) -> bool:
    """Whether a sentence denies what a text affirms, or affirms what a clause of the text denies.

    Told by negators and verbs of refusal in Arabic, English and Russian: a denied opposite ("did not fail") is taken
    for a contradiction, an affirmed one ("fell" for "rose") is not seen. A sentence may take one statement out of
    several, so a denial that it leaves out matters only where a clause of it speaks of the same.
    """
    if _denies(sentence):
        return not _denies(text) and not _STOPPING.search(normalize(text))
    if not _denies(text) or _STOPPING.search(normalize(sentence)):
        return False
    given = _clauses(text)
    return any(_denies(given[nearest(clause, given) if len(given) > 1 else 0]) for clause in _clauses(sentence))


def _denies(text: str) -> bool:
    return bool(_DENYING.search(normalize(_NAMED_NO.sub("", text))))


def _clauses(text: str) -> list[str]:
    """Parts of a text between commas, short ones with the part before them."""
    clauses: list[str] = []
    for part in _CLAUSE.split(text):
        if clauses and len(words(part)) < _LEAST_WORDS:
            clauses[-1] += " " + part
        else:
            clauses.append(part)
    return clauses
