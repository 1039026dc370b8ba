"""Who does what to whom: whether a sentence and a text put the same two actors in opposite places.

Actors are places and names that both hold. News puts the doer first in Arabic, English and Russian, unless a
preposition says otherwise: "from" and "by" mark who gives or does, "to", "for" and "against" who gets it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from index.lexical import Word, normalize, stem, words
from index.numbers import numbers
from index.places import compatible, places
from rag import foreign
from rag.named import NO_NAMES, bare, sounds

Mark = Literal["gives", "gets", "none", "aside"]
_REACH = 3
_SAYING_REACH = 4
_LIKENESS = 0.12
_ARABIC = re.compile(r"[\u0621-\u06d3]")


def _forms(listed: str) -> frozenset[str]:
    return frozenset(map(normalize, listed.split()))


_GIVES = _forms("from by من قبل يد из от")
_GETS = _forms("to for toward towards against into onto إلى على ضد نحو к ко для против во")
_ASIDE = _forms(
    "in at on near of with and between within inside aboard over under since during despite "
    "في رغم مع بين داخل قرب خلال منذ عن "
    "в на при с со и между под около у по aboard"
)
_SAYING = _forms(
    "said says say told announced reported according قال قالت أعلن أعلنت ذكر ذكرت صرح صرحت بحسب وفق وفقا نقل نقلت يرى "
    "تقول يقول сказал сказала сообщил сообщила сообщило сообщили заявил заявила заявило словам данным согласно объявил"
)
_THAT = _forms("that إن أن بأن что")
_INTO = _forms("в на")
_OUT_OF = _forms("из с")
# Behind these "from" tells where somebody comes from.
_PEOPLE = _forms(
    "جندي جنديا جنديين جنود الجنود مواطن مواطنين مواطنا عامل عاملا عمال خبراء خبير مهندس مهندسين زعيم وفد وفدا رئيس "
    "soldiers soldier citizens citizen workers people visitors tourists tourist engineers"
)
_CLINGING_TO = re.compile(r"[وف]?(?:لل|ل)(?=\w{3})")
_STOP = re.compile(r"[.,،؛;:!?؟()«»\"“”]")
_NOUN_REACH = 3
_LEAST_NOUN = 4
_MEASURES = _forms(
    "الف آلاف مليون ملايين thousand million billion тысяч тысячи тысячу миллионов миллиона more than over about"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A place or name of a text: ``text[start:end]``.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        place: Key of a place, "" for a name.
        heard: Sound keys and forms of a name.
        mark: What the words before it make of it.
    """

    start: int
    end: int
    place: str
    heard: frozenset[str]
    mark: Mark


def reversed_pair(sentence: str, text: str) -> str:
    """Two actors of a sentence that stand the other way round in a text, as "A, B"; "" when there are none."""
    said, given = _actors(sentence), _actors(text)
    known = [(actor, other) for actor in said if (other := next((o for o in given if _same(actor, o)), None))]
    for (first, first_there), (second, second_there) in combinations(known, 2):
        if first_there is second_there or _same(first, second) or bool(first.place) != bool(second.place):
            continue  # "the Korean minister Kim" and "Kim, the Korean minister" are one actor
        if "gives" in (first.mark, second.mark) and any(first.start < a.start < second.start for a, _ in known):
            continue  # "Kyiv did not get the shells lent to Washington by Seoul"
        here, there = _order(first, second), _order(first_there, second_there)
        if here and there and here != there:
            return f"{sentence[first.start : first.end]}, {sentence[second.start : second.end]}"
    return swapped_number(sentence, text)


def swapped_number(sentence: str, text: str) -> str:
    """A number of a sentence that a text gives for another thing, where both texts count the same things."""
    said, given = dict(_counted(sentence)), dict(_counted(text))
    for noun, value in said.items():
        if noun in given and given[noun] != value and value in given.values():
            return value
    return ""


def _counted(text: str) -> Iterator[tuple[str, str]]:
    """Stems of counted things with their numbers; a noun that is counted twice by different numbers tells nothing."""
    every = words(text)
    found: dict[str, set[str]] = {}
    for number in numbers(text):
        behind = [w for w in every if w.start >= number.end][:_NOUN_REACH]
        noun = next(
            (w for w in behind if len(w.form) >= _LEAST_NOUN and not w.form.isdigit() and w.form not in _MEASURES), None
        )
        if noun is not None and not _STOP.search(text[number.end : noun.start]):
            found.setdefault(stem(noun.form)[:5], set()).add(number.value)
    for noun_stem, values in found.items():
        if len(values) == 1:
            yield noun_stem, values.pop()


def _actors(text: str) -> list[Actor]:
    every = words(text)
    named = places(text)
    found: list[Actor] = []
    taken: set[tuple[int, int]] = set()
    for place in named:
        if (place.start, place.end) not in taken:
            taken.add((place.start, place.end))
            found.append(Actor(place.start, place.end, place.key.removesuffix(".capital"), frozenset(), "none"))
    for word in every:
        if any(start < word.end and word.start < end for start, end in taken):
            continue
        if _may_act(text, word) and (heard := sounds(word.form)):
            found.append(Actor(word.start, word.end, "", heard | {*bare(word.form)}, "none"))
    found.sort(key=lambda actor: actor.start)
    return [
        Actor(actor.start, actor.end, actor.place, actor.heard, _mark(text, every, actor, found)) for actor in found
    ]


def _may_act(text: str, word: Word) -> bool:
    if not word.form.isalpha() or word.form in NO_NAMES:
        return False
    if _ARABIC.match(word.form):
        last = bare(word.form)[-1]
        return not last.startswith("ال") and foreign.likeness(last) >= _LIKENESS
    return text[word.start].isupper()


def _mark(text: str, every: Sequence[Word], actor: Actor, actors: Sequence[Actor]) -> Mark:
    before = [w for w in every if w.end <= actor.start]
    after = [w for w in every if w.start >= actor.end]
    near = [w for w in before[-_SAYING_REACH:] if not _STOP.search(text[w.end : actor.start])]
    that = max((at for at, w in enumerate(near, 1) if w.form in _THAT), default=0)
    near = near[that:]
    near += [w for w in after[:2] if not _STOP.search(text[actor.end : w.start])]
    if any(w.form in _SAYING for w in near):
        return "aside"
    if _ARABIC.match(text[actor.start]) and _CLINGING_TO.match(text[actor.start : actor.end]):
        return "gets"
    for distance, word in enumerate(reversed(before[-_REACH:])):
        between = text[word.end : actor.start]
        if _STOP.search(between) or any(word.end <= a.start < actor.start and a.place != actor.place for a in actors):
            break
        form = word.form
        if form in _THAT:
            break
        if form in _GIVES:
            earlier = before[-distance - 2].form if len(before) > distance + 1 else ""
            return "aside" if earlier in _PEOPLE else "gives"
        if form in _GETS or (form in _INTO and any(w.form in _OUT_OF for w in every)):
            return "gets"
        if form in _ASIDE:
            return "aside"
        if form.startswith("لل") or (form.startswith("ل") and _ARABIC.match(form) and distance == 0 and len(form) > 4):
            return "gets"
    return "none"


def _same(actor: Actor, other: Actor) -> bool:
    if actor.place or other.place:
        return bool(actor.place and other.place) and compatible(actor.place, other.place)
    return not actor.heard.isdisjoint(other.heard)


def _order(first: Actor, second: Actor) -> int:
    """-1 when the first does and the second gets, 1 the other way round, 0 when nothing tells."""
    ranks = {"gives": 0, "none": 1, "gets": 2}
    if first.mark == "aside" or second.mark == "aside":
        return 0
    one, two = ranks[first.mark], ranks[second.mark]
    if one == two:
        return (-1 if first.start < second.start else 1) if one == 1 else 0
    return -1 if one < two else 1
