"""What something is called: what a question asks the name of, and where a text gives that name."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index import names
from index.lexical import Word, is_arabic, normalize, stem, words
from index.places import places
from rag import foreign, wordlists
from rag.happening import CLAUSE_END
from rag.heard import bare

Span = tuple[int, int]

# Of the forms of a question's words, one space between; what is to be named, which may have gone before, opens with the
# noun for it, or ends in it ("last").
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"[وف]?(?:ما|شو|ايش|وش|ماذا|اذكر)(?: هو| هي| كان| كانت)? (?:ال)?(?:اسم|اسما[وي]?)(?:ه|ها|هم|هما)?"
        r"(?P<of>(?: .+)?)$",
        r"[وف]?(?:كيف|ماذا|بماذا|ما)(?: كان| كانت)? [يت](?:سمي|دعي|لقب)(?P<of>(?: .+)?)$",
        r"(?:and |but |so )?what(?: is| was| are| were| s) the (?:\w+ )?names? of (?P<last>.+)$",
        r"(?:and |but |so )?what(?: is| was| are| were| s) (?P<last>its|his|her|their) names?$",
        r"(?:and |but |so )?what (?:is|was|are|were|do they call|did they call) (?P<last>.+?)"
        r" (?:originally )?(?:called|named|nicknamed|codenamed|known as)$",
        r"(?:а |и )?(?:как|як) (?:называ|назива|зовут|звать|звали)\w*(?P<of>(?: .+)?)$",
        r"(?:а |и )?(?:как|як) (?P<of>они|она|оно|он|их|его|ее) (?:называ|назива|зовут|звать|звали)\w*$",
        r"(?:und )?wie hei(?:ß|ss)(?:t|en) (?P<of>.+)$",
        r"(?:et )?comment (?:s appelle|s appellent|se nomme|se nomment) (?P<of>.+)$",
        r"(?:y )?como se llaman? (?P<of>.+)$",
        r"(?:ve )?(?P<last>.+) ad(?:ı|i|ları|lari)(?: ne| nedir)$",
        r"(?:و )?نام (?P<of>.+) چيست$",
    )
)
_ITS = frozenset(
    normalize(word)
    for line in ("they it he she them its his her their", "они она оно он их его её", "sie er es", "ils elles il elle")
    for word in line.split()
)
# What stands behind these tells of it, and is not what it is.
_STOP = frozenset(
    normalize(word)
    for line in (
        "الذي التي الذين اللذين اللتين اللي في من على إلى عن مع بين قرب ضد حول قبل بعد عند هناك هنا",
        "a an the that which who with in of on at for from to by near between during after before used made sold there",
        "который которая которое которые в во на с со из от для между через по у под над при там",
        "der die das den dem in von mit auf aus an bei zu dort le la les l qui que dans de du des avec sur en par pour",
        "el los las con por para که در از با به",
    )
    for word in line.split()
)
_SUPERLATIVE = re.compile(r"(?:اول|اخر|ثاني|ثالث|اكبر|اصغر|اطول|اعلي|اشهر|احد|احدي|جميع|كل)\Z")
# Words in which a name stands behind what it names, behind a post, and before it; and around "called".
_REACH, _REACH_OF_POST, _BEFORE = 3, 7, 2
_MARKED_WITHIN, _AROUND_MARK = 6, 3
_LONGEST_NAME = 6
# From what likeness to a foreign name an Arabic word is one, and one beside what it names or another word of it.
_LIKENESS, _LIKENESS_BESIDE = 0.2, 0.1
_SURE = 1.0
_QUOTE = re.compile(r"[«\"“]([^«»\"“”\n]{2,60})[»\"”]")
_COMMA = ", "
_ARTICLES = frozenset(("a", "an", "the"))
_SPOKESMAN = "spokesman"
_FIELDS = frozenset(("defence", "foreign", "interior", "finance"))


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What a question asks the name of.

    Attributes:
        question: The question, after what it hangs on: what it names itself is no answer.
        kinds: What it is, in any language (``wordlists.kinds``); empty where no list knows.
        stems: The stems of the words for it.
        posts: The post that whom it asks about holds, and of what a minister is one.
        place: Whether it is a city, a region or the like, whose name is a place's.
    """

    question: str
    kinds: frozenset[str]
    stems: frozenset[str]
    posts: frozenset[str]
    place: bool


def asked(question: str, topic: str = "") -> Unnamed | None:
    """What a question asks the name of; None where it asks for no name.

    Knows Arabic, English, Russian, Ukrainian, German, French, Spanish, Turkish and Persian.

    Args:
        question: The question.
        topic: What it hangs on, "" where on nothing: what "they" are whose names are asked for.
    """
    found = words(question)
    forms = " ".join(word.form for word in found)
    match = next((match for pattern in _ASKED if (match := pattern.match(forms))), None)
    if match is None:
        return None
    group = str(match.lastgroup)
    first = len(forms[: match.start(group)].split())
    rest = found[first : first + len(match[group].split())]
    head = _head(question, rest, last=group == "last")
    if all(word.form in _ITS for word in rest):
        head = [word for word in words(topic) if wordlists.kinds(word.form)]
    if not head:
        return None
    posts = _all(wordlists.posts, head)
    posts |= _all(wordlists.posts, rest) & _FIELDS if posts else frozenset()
    place = any(wordlists.stands_in("which", word.form) for word in head)
    return Unnamed(f"{topic} {question}", _all(wordlists.kinds, head), _stems(head), posts, place)


def _head(question: str, rest: Sequence[Word], *, last: bool) -> list[Word]:
    """The words that tell what is to be named: what stands before what tells of it."""
    kept: list[Word] = []
    for word in rest:
        if kept and (word.form in _STOP or CLAUSE_END.search(question[kept[-1].end : word.start])):
            break
        if word.form not in _STOP:
            kept.append(word)
    if kept and is_arabic(kept[0].form):
        at = 1 if _SUPERLATIVE.match(kept[0].form) and len(kept) > 1 else 0
        return kept[at : at + 1]
    known = [word for word in kept if wordlists.kinds(word.form)]
    return (known[-1:] if last else known[:1]) or kept


def _all(told: Callable[[str], frozenset[str]], found: Sequence[Word]) -> frozenset[str]:
    return frozenset[str]().union(*(told(word.form) for word in found))


def _stems(found: Sequence[Word]) -> frozenset[str]:
    return frozenset(stem(word.form) for word in found)


def called(wanted: Unnamed, text: str) -> Span | None:
    """(start, end) of the name that a sentence gives what is asked for by "called", "باسم" and the like; or None."""
    found = words(text)
    return next((span for at in _of_it(wanted, found) if (span := _marked(text, found, at))), None)


def said(wanted: Unnamed, text: str) -> Span | None:
    """(start, end) of the name that a sentence gives what is asked for, however it does; None where it gives none."""
    if span := called(wanted, text):
        return span
    found = words(text)
    of_it = _of_it(wanted, found)
    if not of_it:
        return None
    asked_by = [*names.matches(wanted.question, text)]
    if not wanted.place:
        asked_by += [(place.start, place.end) for place in places(text)]
    reach = _REACH_OF_POST if wanted.posts else _REACH
    named = (_behind(text, found, at, reach, asked_by) or _before(text, found, at, asked_by) for at in of_it)
    return next((span for span in named if span), None)


def _of_it(wanted: Unnamed, found: Sequence[Word]) -> list[int]:
    """Where words of a sentence mean what is asked for; nowhere if it does not tell the post."""
    if not wanted.posts <= _all(wordlists.posts, found):
        return []
    kinds, stems = wanted.kinds, wanted.stems
    return [at for at, word in enumerate(found) if wordlists.kinds(word.form) & kinds or stem(word.form) in stems]


def _marked(text: str, found: Sequence[Word], at: int) -> Span | None:
    """The words behind "called", "باسم" and the like near a word."""
    for near in range(max(0, at - _AROUND_MARK), min(len(found) - 1, at + _MARKED_WITHIN)):
        if near == at or not wordlists.stands_in("naming", found[near].form):
            continue
        if near and _SPOKESMAN in wordlists.posts(found[near - 1].form):
            continue  # "المتحدث باسم الوزارة"
        behind = found[near + 1 : near + 1 + _AROUND_MARK]
        if is_arabic(behind[0].form) or any(_is_written_as_name(text, word) for word in behind):
            last = found[min(near + _LONGEST_NAME, len(found) - 1)]
            stop = CLAUSE_END.search(text, behind[0].end)
            return behind[0].start, min(last.end, stop.start() if stop else last.end)
    return None


def _behind(text: str, found: Sequence[Word], at: int, reach: int, asked_by: Sequence[Span]) -> Span | None:
    """The name that follows a word, or what follows it in quotation marks."""
    quote = _QUOTE.search(text, found[at].end)
    for near in range(at + 1, min(len(found), at + 1 + reach)):
        word = found[near]
        if quote and quote.start() < word.start and not CLAUSE_END.search(text[found[at].end : quote.start()]):
            return quote.span(1)
        between = text[found[at].end : word.start]
        if CLAUSE_END.search(between[: -len(_COMMA)] if between.endswith((", ", "، ")) else between):
            break
        if _is_name(text, word, asked_by, _LIKENESS if near > at + 1 else _LIKENESS_BESIDE):
            return word.start, _end(text, found, near)
    return None


def _before(text: str, found: Sequence[Word], at: int, asked_by: Sequence[Span]) -> Span | None:
    """The name that stands before a word: "the Oak tower", or "the Oak, an old tower"."""
    for near in range(at - 1, max(-1, at - 1 - _BEFORE), -1):
        if _is_name(text, found[near], asked_by, _SURE):
            return found[near].start, _end(text, found, near)
    for near in range(at - 1, max(0, at - 1 - _REACH), -1):
        if found[near].form in _ARTICLES and text[found[near - 1].end : found[near].start] == ", ":
            return _ending_at(text, found, near - 1, asked_by)
    return None


def _ending_at(text: str, found: Sequence[Word], at: int, asked_by: Sequence[Span]) -> Span | None:
    first = at
    while (
        first and _goes_on(text, found[first - 1]) and not CLAUSE_END.search(text[found[first - 1].end : found[at].end])
    ):
        first -= 1
    named = any(_is_name(text, word, asked_by, _SURE) for word in found[first : at + 1])
    return (found[first].start, found[at].end) if named else None


def _end(text: str, found: Sequence[Word], at: int) -> int:
    """The end of the name that begins with a word."""
    end = found[at].end
    for word in found[at + 1 : at + _LONGEST_NAME]:
        if text[end : word.start].strip(" -–‑") or not _goes_on(text, word):
            break
        end = word.end
    return end


def _is_name(text: str, word: Word, asked_by: Sequence[Span], least: float) -> bool:
    """Whether a word is written like a name that the question does not hold."""
    if any(start < word.end and word.start < end for start, end in asked_by):
        return False
    if not is_arabic(word.form):
        return _is_written_as_name(text, word)
    return not _is_common(word) and foreign.likeness(bare(word.form)[-1]) >= least


def _goes_on(text: str, word: Word) -> bool:
    """Whether a word beside a name may belong to it."""
    if not is_arabic(word.form):
        return _is_written_as_name(text, word) or word.form.isdigit()
    return not _is_common(word) and foreign.likeness(word.form) >= _LIKENESS_BESIDE


def _is_common(word: Word) -> bool:
    """Whether an Arabic word has the article, or is known to be no name."""
    form = bare(word.form)[-1]
    return form.startswith("ال") or form in wordlists.listed("function") or bool(wordlists.concepts(word.form))


def _is_written_as_name(text: str, word: Word) -> bool:
    """Whether a word has a capital, or letters and digits together."""
    return text[word.start].isupper() or (not word.form.isdigit() and any(letter.isdigit() for letter in word.form))
