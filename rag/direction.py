"""What one country did to or in another, and a sentence that tells that the other did it to the first."""

import re

from index.places import compatible
from rag import actors, kinds, select, wordlists
from rag.actors import Actor, Mark
from rag.towns import towns

# Directly before whom something goes to or happens in; in Arabic a noun may stand between: "إلى الجيش الروسي".
_TOWARDS = re.compile(
    r"(?:\b(?:to|into|in|inside|within)(?: the)?|(?<!\w)(?:в|во|на|к)|(?<!\w)[وف]?(?:إلى|الى|نحو|في|داخل)(?: \w+)?) \Z",
    re.IGNORECASE,
)
_REACH = 40
# Many a town is called like an everyday word, so that it counts behind these only.
_TO_TOWN = re.compile(
    r"(?:\b(?:to|into) (?:the )?(?:town|city|port|region|province) of"
    r"|(?<!\w)[وف]?(?:إلى|الى|نحو) (?:مدينة|بلدة|منطقة|مقاطعة|إقليم|ميناء)) \Z",
    re.IGNORECASE,
)
_TO = "ل"
_GOALS: frozenset[Mark] = frozenset(("gets", "where"))
_UNTOLD: frozenset[Mark] = frozenset(("with", "aside"))
# Deeds that go from one to another, and the one that is done where another is.
_SENT, _TRAINED = frozenset(("sent", "fired", "trained")), "trained"


def is_reversed(question: str, sentence: str) -> bool:
    """Whether a question asks what one country did to or in another, and a sentence tells it the other way round.

    Both must tell of the same sending, firing or training, or of the same things where "how many" is asked: that
    Russia sells wheat to Egypt answers what Egypt pays for Russian wheat. "To the city of" a town is to its country.
    """
    asked = [actor for actor in actors.find(question) if actor.place]
    pairs = [
        (doer.place, goal.place) for doer in asked for goal in asked if doer.mark == "none" and _is_goal(question, goal)
    ]
    if not pairs or not (shared := _shared(question, sentence)):
        return False
    told = [actor for actor in actors.find(sentence) if actor.place]
    where: frozenset[Mark] = _GOALS if _TRAINED in shared else frozenset(("gets",))
    goals = {actor.place for actor in told if actor.mark in where} | _of_towns(sentence)
    return any(
        any(compatible(doer, place) for place in goals)
        and _marks(told, doer) <= _GOALS
        and "none" in _marks(told, goal)
        and _marks(told, goal).isdisjoint(_GOALS)
        for doer, goal in pairs
    )


def _shared(question: str, sentence: str) -> frozenset[str]:
    """The deeds, and where "how many" is asked the things, of which both tell; none where a reason is asked for."""
    kind = kinds.asked_for(question)
    if kind == "reason":
        return frozenset()  # what was done in return
    shared = select.concepts(question) & select.concepts(sentence)
    return shared & _SENT | (shared & wordlists.countable() if kind == "number" else frozenset())


def _is_goal(text: str, actor: Actor) -> bool:
    """Whether what goes, goes to an actor, or happens in it: "to supply Egypt" is none of these."""
    before = text[max(0, actor.start - _REACH) : actor.start]
    clings = text[actor.start] == _TO and actor.mark == "gets"
    return actor.mark in _GOALS and (clings or _TOWARDS.search(before) is not None)


def _of_towns(sentence: str) -> set[str]:
    """Countries of towns that something goes to."""
    return {
        country
        for town in towns(sentence)
        if len(town.countries) == 1 and _TO_TOWN.search(sentence[max(0, town.start - _REACH) : town.start])
        for country in town.countries
    }


def _marks(told: list[Actor], place: str) -> set[Mark]:
    return {actor.mark for actor in told if compatible(place, actor.place)} - _UNTOLD
