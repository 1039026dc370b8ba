"""What somebody said: the speaker that a question asks about, and where a text gives that one's words."""

import re
from collections.abc import Sequence

from index import names
from index.lexical import Word, normalize, words
from index.places import places
from rag import wordlists
from rag.leaning import leans

Span = tuple[int, int]

_REACH, _NEAR = 7, 3
# Verbs whose object is what is said, not who is told: "accused X" names no speaker behind it.
_ARABIC_SAID = (
    r"(?:قال|صرح|اعلن|اكد|اضاف|ذكر|اوضح|اشار|كشف|افاد|تعهد|وعد|اعتبر|راي|اشاد|نفي|اعترف|زعم|اقر|تابع|شدد|نقل|توقع)"
    r"(?:ت|وا|ا)?|[يت](?:قول|صرح|علن|وكد|ذكر|وضح|شير|كشف|فيد|عتبر|ري|نفي|زعم|توقع)(?:ون)?"
)
_ENGLISH_SAID = "says?|said|saying"
_ENGLISH_SAID_BEHIND = (
    "told|tells|states?|stated|announced?|added|claim(?:s|ed)?|reveal(?:s|ed)?|declared?|report(?:s|ed)?|wrote|writes"
    "|warn(?:s|ed)|promised|vowed|confirm(?:s|ed)|den(?:ies|ied)|noted"
)
_RUSSIAN_SAID = normalize(
    r"(?:сказа|заяви|сообщи|добави|отмети|подчеркну|рассказа|объяви|пообеща|уточни|повідоми|зазначи)(?:л[аои]?|в)"
    r"|говор(?:ит|ят|ил[аи]?)|счита[ею]т|утвержда\w+"
)
_SAID = re.compile(rf"[وف]?(?:{_ARABIC_SAID})|{_ENGLISH_SAID}|{_RUSSIAN_SAID}")
_SAID_BEHIND = re.compile(
    rf"[وف]?(?:{_ARABIC_SAID})|قول(?:ه|ها|هم)|قايلا|قايله|{_ENGLISH_SAID}|{_ENGLISH_SAID_BEHIND}|{_RUSSIAN_SAID}"
)
# "According to the Ministry", "بحسب الوزارة", "по данным министерства".
_SOURCE = re.compile(
    rf"[وفب]?(?:وفقا|وفق|بحسب|حسب|حسبما|نقلا)|according|{normalize('словам|данным|мнению|оценке|согласно')}"
)
# Between a verb and who says it stand no more than a title: what stands behind these is another.
_PARTS = re.compile(
    r"في|الي|مع|علي|عن|من|خلال|بعد|قبل|ان|انه|انها|بان|عبر|in|at|on|to|with|that|about|by|over|against|for|from"
    rf"|{normalize('в|на|с|о|об|что|к|от|по|из|перед')}"
)
_SOURCE_OF = frozenset(("to", "по"))  # "according to", "по словам"
_OPENS = re.compile(r"[:«\"“]")
_STOP = re.compile(r"[.;؛!?؟]|\s[-–—]\s")

_ABOUT = (
    r"(?= (?:عن|حول|بشان|بخصوص|في|خلال|بعد|قبل|علي|الي|ان|about|on|of|in|at|during|after|before|regarding|to|when|over"
    rf"|{normalize('о|об|обо|про|по|в|во|на|после|насчет')}|uber|zu|sur|sobre)(?: |$)|$)"
)
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"و?(?:ماذا|ما ?الذي|شو|ايش|وش) (?:{_ARABIC_SAID})ه? (?P<who>.+?){_ABOUT}",
        r"(?:and )?what (?:exactly )?(?:did|does|do|has|have|had) (?P<who>.+?)(?: first| also)? "
        r"(?:say|said|tell|told|stated?|announced?|claim(?:ed)?|reveal(?:ed)?|declared?|report(?:ed)?)(?: |$)",
        rf"(?:а |и )?(?:что|що) (?:{_RUSSIAN_SAID}) (?P<who>.+?){_ABOUT}",
        rf"(?:а |и )?(?:что|що) (?P<who>\w+(?: \w+)?) (?:{_RUSSIAN_SAID})(?: |$)",
        rf"was (?:sagte|sagt|erklarte|erklart) (?P<who>.+?){_ABOUT}",
        rf"qu (?:a dit|dit|a declare) (?P<who>.+?){_ABOUT}",
        rf"que (?:dijo|dice|dit|declaro) (?P<who>.+?){_ABOUT}",
    )
)
_MOST_WORDS = 5
# "And what did he say?": who is left out, or stands for somebody named before.
_OMITTED = re.compile(
    rf"(?:و|ف)?(?:ماذا|ما ?الذي|شو|ايش|وش) (?:{_ARABIC_SAID})ه?(?: (?:عن|حول|بشان) .*|$)"
    r"|(?:and )?what (?:exactly )?(?:did|does|do|has|have|had) (?:he|she|they) "
    r"(?:say|said|tell|told|state|announce|claim|reveal|declare|report)(?: |$)"
    rf"|(?:а |и )?(?:что|що) (?:(?:{_RUSSIAN_SAID}) (?:он|она|они)|(?:он|она|они) (?:{_RUSSIAN_SAID}))(?: |$)"
)
_TOPIC = re.compile(
    rf".* (?:عن|حول|بشان|بخصوص|about|regarding|{normalize('о|об|обо|про|насчет')}|uber|sur|sobre) (?P<topic>.+)"
)


def asked(question: str) -> str | None:
    """Whose words a question asks for; None where it asks for nobody's."""
    found = words(question)
    forms = " ".join(word.form for word in found)
    if _OMITTED.match(forms):
        return None
    for pattern in _ASKED:
        if match := pattern.match(forms):
            first = forms.count(" ", 0, match.start("who"))
            last = forms.count(" ", 0, match.end("who"))
            if last - first < _MOST_WORDS:
                return question[found[first].start : found[last].end]
    return None


def meant(question: str, topic: str) -> str | None:
    """Who may have said what a follow-up asks for ("What did he say?"): its topic but for places and deeds; or None."""
    if not topic or not _OMITTED.match(" ".join(word.form for word in words(question))):
        return None
    known = [(place.start, place.end) for place in places(topic)]
    apart = [word for word in words(topic) if not any(start <= word.start < end for start, end in known)]
    left = [word for word in apart if not wordlists.concepts(word.form)]
    return " ".join(topic[word.start : word.end] for word in left) or None


def about(question: str) -> str:
    """What the words asked for are about: "the aid" of "What did … say about the aid?"; "" where that is not told."""
    found = words(question)
    forms = " ".join(word.form for word in found)
    match = _TOPIC.match(forms)
    return question[found[forms.count(" ", 0, match.start("topic"))].start :] if match else ""


def speaks_of(topic: str, text: str) -> bool:
    """Whether a text shares a word, a name, or in any language a thing or deed, with a topic."""
    told, wanted = (
        frozenset[str]().union(*(wordlists.concepts(word.form) for word in words(t))) for t in (text, topic)
    )
    return not told.isdisjoint(wanted) or bool(names.matches(topic, text))


def said(speaker: str, text: str, before: str = "") -> Span | None:
    """(start, end) of the words of a sentence that are a speaker's; None where it gives none.

    Args:
        speaker: The name as a question gives it.
        text: The sentence.
        before: What the sentence leans on, "" where on nothing: "He added" is who spoke there.
    """
    found = words(text)
    if before and leans(text) and said(speaker, before):
        verb = next((word for word in found if _SAID_BEHIND.fullmatch(word.form)), None)
        return _speech(text, found, (0, verb.end if verb else 0))
    told = (_telling(text, found, *span) for span in _named(speaker, text))
    return next((_speech(text, found, span) for span in told if span), None)


def _named(speaker: str, text: str) -> list[Span]:
    """Where a text names somebody, each time from the first to the last word of the name."""
    runs: list[Span] = []
    for start, end in names.matches(speaker, text):
        if runs and start - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _telling(text: str, found: Sequence[Word], start: int, end: int) -> Span | None:
    """From the verb or preposition to the name that tell who is cited, of a name at ``text[start:end]``; or None."""
    for near, word in enumerate(reversed([word for word in found if word.end <= start][-_REACH:])):
        if _STOP.search(text[word.end : start]):
            break
        if _SAID.fullmatch(word.form) or (near < _NEAR and _SOURCE.fullmatch(word.form)):
            return word.start, end
        if _PARTS.fullmatch(word.form) and word.form not in _SOURCE_OF:
            break
    for word in [word for word in found if word.start >= end][:_NEAR]:
        if _SAID_BEHIND.fullmatch(word.form) and not _STOP.search(text[end : word.start]):
            return start, word.end
    return None


def _speech(text: str, found: Sequence[Word], told: Span) -> Span:
    """What is said: from a quotation mark or "that" behind who says it on, else the longer part beside that."""
    start, end = told
    that = next((word.end for word in found if word.start >= end and word.form in wordlists.listed("that")), len(text))
    opens = _OPENS.search(text, end)
    begins = min(that, opens.end() if opens else len(text))
    if begins == len(text):
        return (0, start) if start > len(text) - end else (end, len(text))
    sources = (word.start for word in found if word.start > begins and _SOURCE.fullmatch(word.form))
    return begins, next(sources, len(text))
