"""Who acts in a text: its places and names, each marked as giving, receiving or being where something happens.

Actors are places and names. News puts the doer first in Arabic, English and Russian, unless a preposition says
otherwise: "from" and "by" mark who gives or does, "to", "for" and "against" who gets it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.lexical import Word, is_arabic, normalize, words
from index.numbers import numbers
from index.places import places
from rag import foreign
from rag.heard import bare
from rag.listened import sounds
from rag.namelike import is_generic

Mark = Literal["gives", "gets", "where", "with", "none", "aside"]
_REACH = 3
_SHORTEST_TO = 4
_SAYING_REACH = 4
_LIKENESS = 0.12


def _forms(listed: str) -> frozenset[str]:
    return frozenset(map(normalize, listed.split()))


_GIVES = _forms("from by من قبل يد بأيدي برصاص بنيران بقصف بغارة بغارات بضربة بضربات بهجوم из от از توسط")
_GETS = _forms("to for toward towards against into onto إلى على ضد نحو к ко для против во به برای علیه")
_WHERE = _forms("in at inside within في داخل в در")
_ASIDE = _forms(
    "on near with and between aboard over under since during despite رغم مع بين قرب خلال منذ عن на при с со и между "
    "под около у по"
)
_SAYING = _forms(
    "said says say told announced reported according قال قالت أعلن أعلنت ذكر ذكرت صرح صرحت بحسب وفق وفقا نقل نقلت "
    "يرى تقول يقول сказал сказала сообщил сообщила сообщило сообщили заявил заявила заявило словам данным согласно "
    "объявил"
)
_REPORTING = _SAYING | _forms(
    "confirmed confirms estimated estimate stressed added noted notes argued argues recalled claimed claims warned "
    "believes writes подтвердил подтвердила отметил отметила добавил добавила напомнил напомнила считает уточнил "
    "подчеркнул рассказал рассказала пояснил сообщает заявляет утверждает говорит пишет أوضح أوضحت أضاف أضافت يقول "
    "تقول يؤكد كما"
)
_LONGEST_SOURCE = 10
_THAT = _forms("that إن أن بأن что")
_INTO = _forms("в на")
_OUT_OF = _forms("из")
_AT = "у"
# Behind these "from" tells where somebody comes from.
_PEOPLE = _forms(
    "جندي جنديا جنديين جنود الجنود مواطن مواطنين مواطنا عامل عاملا عمال خبراء خبير مهندس مهندسين زعيم وفد وفدا رئيس "
    "soldiers soldier citizens citizen workers people visitors tourists tourist engineers"
)
# Of what make something is: "طائرة من طراز بوينغ".
_MAKES = _forms("طراز نوع فئة ماركة صنف type model kind make class")
# Behind these it tells of what something is a part.
_WHOLES = _forms(
    "المئة المائة بالمئة بالمائة أكثر أقل عدد عددا كل بعض نصف ثلث ربع جزء percent half some most many процентов часть"
)
_PLACE_NOUNS = _forms(
    "port city town region village district province state republic bay island airport ميناء مدينة بلدة منطقة "
    "مقاطعة إقليم قرية العاصمة городе городу город области край крае порт порту районе"
)
_VERBAL = "ing"
_ARTICLES = _forms("the a an")
_CLINGING_TO = re.compile(r"[وف]?(?:لل|ل)(?=\w{3})")
_CLINGING_IN = re.compile(r"[وف]?ب(?=\w{3})")
_STOP = re.compile(r"[.,،؛;:!?؟()«»\"“”]")


@dataclass(frozen=True, slots=True)
class Actor:
    """A place or name of a text: ``text[start:end]``.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        place: Key of a place, "" for a name.
        heard: Sound keys and forms of a name.
        mark: What the words before it make of it; "with" stands beside another, "aside" tells nothing.
    """

    start: int
    end: int
    place: str
    heard: frozenset[str]
    mark: Mark


def find(text: str) -> list[Actor]:
    """The actors of a text in order."""
    every = words(text)
    named = places(text)
    found: list[Actor] = []
    taken: set[tuple[int, int]] = set()
    for place in named:
        if (place.start, place.end) not in taken:
            taken.add((place.start, place.end))
            found.append(Actor(place.start, place.end, place.key, frozenset(), "none"))
    for word in every:
        if any(start < word.end and word.start < end for start, end in taken):
            continue
        if _may_act(text, word) and (heard := sounds(word.form)):
            found.append(Actor(word.start, word.end, "", heard | {*bare(word.form)}, "none"))
    found.sort(key=lambda actor: actor.start)
    return [_marked(actor, _mark(text, every, actor, found)) for actor in found]


def _marked(actor: Actor, mark: Mark) -> Actor:
    """An actor with its mark; a capital acts for its country unless it is where something happens."""
    place = actor.place if mark == "where" else actor.place.removesuffix(".capital")
    return replace(actor, place=place, mark=mark)


def _may_act(text: str, word: Word) -> bool:
    if not word.form.isalpha() or word.form in _GIVES | _GETS | _WHERE | _ASIDE or is_generic(word.form):
        return False
    if is_arabic(word.form):
        return not word.form.startswith("ال") and max(map(foreign.likeness, bare(word.form))) >= _LIKENESS
    return text[word.start].isupper()


def _mark(text: str, every: Sequence[Word], actor: Actor, actors: Sequence[Actor]) -> Mark:
    before = [w for w in every if w.end <= actor.start]
    near = [w for w in before[-_SAYING_REACH:] if not _STOP.search(text[w.end : actor.start])]
    near = near[max((at for at, w in enumerate(near, 1) if w.form in _THAT), default=0) :]
    behind = [w for w in every if w.start >= actor.end][:2]
    near += [w for w in behind if not _STOP.search(text[actor.end : w.start])]
    if any(w.form in _SAYING for w in near) or _is_source(text, every, actor):
        return "aside"
    if is_arabic(text[actor.start]) and _CLINGING_TO.match(text[actor.start : actor.end]):
        return "gets"
    inside = _CLINGING_IN.match(text, actor.start, actor.end) if actor.place else None
    if inside and any(place.key == actor.place for place in places(text[inside.end() : actor.end])):
        return "where"
    return _ruled(text, every, actor, actors)


def _ruled(text: str, every: Sequence[Word], actor: Actor, actors: Sequence[Actor]) -> Mark:
    """The mark that the nearest preposition in front of an actor, or of the name that it goes on, makes of it."""
    before = [w for w in every if w.end <= actor.start]
    moves = any(w.form in _OUT_OF and not _because(text, w) for w in every)
    edge = actor.start
    distance = -1
    for word in reversed([w for w in before if w.form not in _ARTICLES]):
        other = next((a for a in actors if a.start <= word.start < a.end), None)
        if other is not None and not (other.place and actor.place) and not text[other.end : edge].strip():
            edge = other.start  # the name goes on in front, or where its bearer is from
            continue
        distance += 1
        if is_generic(word.form) and not text[word.end : edge].strip():
            edge = word.start  # "by Polish director Marek"
        if distance == _REACH or other is not None or _STOP.search(text[word.end : actor.start]) or word.form in _THAT:
            break
        earlier = [w.form for w in before if w.end < word.start][-1:]
        found = _governs(text, word, distance, earlier[0] if earlier else "", moves=moves)
        if found == "gives" and actor.place and any(not a.place and text[a.end : word.start].isspace() for a in actors):
            return "aside"  # "Kozlov from Canada" comes from there
        if found == "where" and not actor.place:
            return "aside"
        if found is not None:
            return found
    return "none"


def _governs(text: str, word: Word, distance: int, earlier: str, *, moves: bool) -> Mark | None:
    """The mark that a word gives to an actor ``distance`` words behind it; None when the word before it decides."""
    form, arabic = word.form, is_arabic(word.form)
    if form in _MAKES:
        return "aside"
    if form in _GIVES:
        if earlier in _WHOLES or (arabic and distance > 1) or (arabic and distance and numbers(earlier)):
            return "none"  # "40 % of the army", "من حاجة الجيش الروسي", "اثنين من الجنود الروس"
        return "aside" if earlier in _PEOPLE or _because(text, word) else "gives"
    if form in _GETS or (form in _INTO and distance <= 1 and moves):
        return "gets"
    if form in _WHERE:
        return "where" if distance == 0 or (distance == 1 and _of_place(text, word)) else "aside"
    if form == _AT and distance == 0:
        return "gives"  # "купил у Индии"
    if form in _ASIDE:
        return "with"
    if arabic and (form.startswith("لل") or (form.startswith("ل") and distance == 0 and len(form) > _SHORTEST_TO)):
        return "gets"
    if form == "of":
        return None if earlier in _PLACE_NOUNS else "none"  # "to the port of Rajin", "citizens of South Korea"
    return "none" if form.endswith(_VERBAL) else None  # "of supplying Pyongyang"


def _of_place(text: str, word: Word) -> bool:
    following = next((w for w in words(text) if w.start >= word.end and w.form not in _ARTICLES), None)
    return following is not None and following.form in _PLACE_NOUNS


def _is_source(text: str, every: Sequence[Word], actor: Actor) -> bool:
    """Whether an actor is part of the source: before a "that", or between commas as in ", the general said"."""
    that = next((w for w in every if w.form in _THAT and w.start >= actor.end), None)
    if that is not None and any(
        w.form in _REPORTING and w.end <= that.start and not _STOP.search(text[w.end : that.start]) for w in every
    ):
        return True  # not "agreed to sell it, he said, adding that"
    start = max((m.end() for m in _STOP.finditer(text, 0, actor.start)), default=0)
    end = next((m.start() for m in _STOP.finditer(text, actor.end)), len(text))
    part = [word.form for word in every if start <= word.start < end]
    return start > 0 and len(part) <= _LONGEST_SOURCE and any(form in _REPORTING for form in part)


def _because(text: str, word: Word) -> bool:
    return text.startswith("-за", word.end)
