"""Whether a sentence denies what a text affirms, or affirms what it denies."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from index import language
from index.embed import Vectors
from index.lexical import normalize, words
from index.numbers import numbers
from rag import wordlists

Nearest = Callable[[str, Sequence[str]], int]
"""Which of some texts is nearest in meaning to a text: its place."""
Likeness = Callable[[str, Sequence[str]], Vectors]
"""How near some texts are to a text: their cosines, (texts,) float32."""


def _either(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\W))(?:{normalize(listed)})(?=\W|$)")


# "ما" is left out: it is more often "what".
_DENYING = _either(
    r"[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|غير|دون|بدون|بلا|عدم)|[وف]?(?:سي|ست|[يتن])?(?:نف[يت]|نفي)|[وف]?(?:سي|ست|[يتن])?(?:رفض|انكر|نكر|استبعد)\w*"
    r"|(?:فشل|نج[ات]|نجوا)\w*"
    r"|not|no|never|neither|nor|none|without|cannot|\w+n[’']t|den(?:y|ies|ied|ying)|refus\w+|reject\w+|ruled out"
    r"|fail\w*|surviv\w+"
    r"|nobody|nothing|no-one|rebuff\w+|dismiss\w+|turn(?:s|ed|ing)?(?: \w+){0,3} down"
    r"|не|нет|ни|никогда|без|никто|никого|ничего|выжи\w*|уцелел\w*|опроверг\w*|отрица\w*|отказ\w*|отверг\w*|отклон\w*"
)
# These deny the noun behind them alone.
_WITH_NO = r"(?:at|with|for|in|of) no"
# Denied in words only: bounds ("no more than"), what goes on ("لا يزال"), and what is more ("not only").
_NO_DENIAL = _either(
    r"[وف]?(?:لا|لم|ما) (?:[يت]زال\w*|[يت]زل|زال\w*|[يت]تجاوز\w*|[يت]تعد\w*|[يت]زيد\w*|[يت]قل\w*)"
    r"|ما لا يقل|ليس فقط|لا سيما"
    rf"|{_WITH_NO}"
    r"|no(?:t)? (?:more|less|fewer|later|earlier|only|least|exceed\w*)|(?:do|does|did) not exceed|no doubt|nothing but"
    r"|не (?:более|больше|менее|меньше|превыша\w+|превыси\w+|только|позднее|позже|раньше|ранее)"
)
# To these a denial may be the same, but they are also said without one.
_STOPS = (
    r"\w{0,2}(?:منع|امتنع|توقف|اوقف|الغ[يت]|كذب|اغلق|غلق|فيتو|تراجع|غاب|غيب|غياب|قاطع|تنصل|حظر|سالم(?:ا|ه|ين|ون))\w*"
    r"|prevent\w*|ban(?:s|ned|ning)?|illegal|stop\w*|abst[ae]in\w*|halt\w*|veto\w*|unable|lack\w*|clos\w+|cancel\w*|exclud\w+|block\w*|un[a-z]{5,}|declin\w+"
    r"|ignor\w+|oppos(?:e|es|ed|ing)|object(?:s|ed|ing)? to|disput(?:e|es|ed|ing)|disagree\w*|insufficient|nothing"
    r"|\w{0,2}(?:تعذر|اختلف|تجاهل|عارض|اعترض|تخل[تي]|برات|براه)(?:ت|وا)?"
    r"|absen\w+|skip\w*|boycott\w*|miss(?:ed|es|ing)|stay(?:s|ed)? away|instead of"
    r"|unhurt|safe and sound|(?:fall|fell|falls) short|ke(?:ep|eps|pt) .{1,60} from \w+ing"
    r"|запре\w+|воздерж\w+|исключ\w+|прекра\w+|вето|закры\w+|отмен\w+|без[а-я]{5,}|недо\w+|невредим\w*|отсутств\w+|пропуст\w+|бойкот\w*"
)
_STOPPING = _either(_STOPS)
# "Did not close" denies what "closed" tells.
_NOT_STOPPING = _either(rf"(?:[وف]?(?:لا|لم|لن)|not|never|\w+n[’']t|не|никогда)(?: \w+)? (?:{_STOPS})")
# These deny only the noun behind them, which a sentence may leave out: "won without a reply".
_WITHOUT = _either(r"[وف]?(?:ب?دون|بلا)|without|без")
_MAY_DENY = _either(rf"{_WITH_NO}|{_STOPS}")
_CLAUSE = re.compile(
    r"[،,:](?!\d)|[;؛–—]|[.!?؟…](?=\s)"
    r"| (?:and|but|whereas|while|although|though|because|since|after|before|until|when|who|whose|which|where"
    r"|أما|بينما|لكن|فيما|غير أن|إلا أن|رغم أن|مع أن|لأن|بعد أن|بعدما|قبل أن|حتى|حين|عندما|حيث|إذ|الذي|التي|الذين"
    r"|وقال\w*|وأضاف\w*|وأكد\w*"
    r"|и|а|но|хотя|однако|потому что|так как|после того как|когда|котор(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ую)|где|пока) "
)
# A name of Korea.
_NAMED_NO = re.compile(r"\bNo (?=[A-Z])|\bНо (?=[А-Я])")
# In Persian no "she denied", but oil.
_OIL = re.compile(r"\bنفت\b")
_LEAST_WORDS = 3
# How much nearer than those of the other kind the clause must be that denies what a sentence affirms, and the other way
# round; chosen on the odd texts of eval/samples/claims.jsonl.
_DENIED_NEARER, _AFFIRMED_NEARER = 0.01, 0.05
_LANGUAGES = ("ar", "en", "ru")


def contradicts(sentence: str, text: str, likeness: Likeness) -> bool:
    """Whether a sentence denies what a text affirms, or affirms what a clause of the text denies.

    Told by negators and verbs of refusal in Arabic, English and Russian: a denied opposite ("did not fail") is taken
    for a contradiction, an affirmed one ("fell" for "rose") is not seen. What is in another language may deny in words
    that we do not know. A sentence may take one statement out of several, so a denial that it leaves out matters only
    where a clause of it speaks of the same.
    """
    sentence, text = (_OIL.sub("", one) if language.detect(one) == "fa" else one for one in (sentence, text))
    if _denies(sentence):
        if language.detect(text) not in _LANGUAGES:
            return False
        if not _denies(text):
            stops = bool(_STOPPING.search(normalize(text)))
            return stops is bool(_NOT_STOPPING.search(normalize(sentence)))
        denying = [clause for clause in clauses(sentence) if _denies(clause)]
        return any(_nearer(clause, clauses(text), _affirms, likeness) >= _AFFIRMED_NEARER for clause in denying)
    text = _WITHOUT.sub(" ", text)
    if not _denies(text) or _MAY_DENY.search(normalize(sentence)) or language.detect(sentence) not in _LANGUAGES:
        return False
    given = clauses(text)
    return any(
        _nearer(clause, _most_shared(clause, given), _denies, likeness) >= _DENIED_NEARER
        for clause in clauses(sentence)
    )


def _affirms(text: str) -> bool:
    return not (_denies(text) or _STOPPING.search(normalize(text)))


def _nearer(clause: str, given: Sequence[str], kind: Callable[[str], bool], likeness: Likeness) -> float:
    """By how much the nearest clause of a kind is nearer to one than the nearest of the others, in cosines.

    Infinite where there are no others, and less than 0 where there is none of the kind.
    """
    kinds = np.array([kind(other) for other in given])
    if kinds.all() or not kinds.any():
        return np.inf if kinds.all() else -np.inf
    alike = likeness(clause, given)
    return float(alike[kinds].max() - alike[~kinds].max())


def _most_shared(clause: str, given: Sequence[str]) -> list[str]:
    """The clauses that share most figures with one, and of these most events ("injured")."""
    figures, events = _figures(clause), _events(clause)
    shared = [(len(figures & _figures(other)), len(events & _events(other))) for other in given]
    return [other for other, count in zip(given, shared, strict=True) if count == max(shared)]


def _figures(text: str) -> frozenset[str]:
    return frozenset(number.value for number in numbers(text))


def _events(text: str) -> frozenset[str]:
    return frozenset(event for word in words(text) for event in wordlists.events(word.form))


def _denies(text: str) -> bool:
    return bool(_DENYING.search(_NO_DENIAL.sub(" ", normalize(_NAMED_NO.sub("", text)))))


def clauses(text: str) -> list[str]:
    """Parts of a text between the ends of sentences, commas and conjunctions, short ones with the part before them."""
    found: list[str] = []
    for part in _CLAUSE.split(text):
        if found and len(words(part)) < _LEAST_WORDS:
            found[-1] += " " + part
        else:
            found.append(part)
    return found
