"""How likely the evidence answers the question: logistic regression on features a person can read.

The numbers stand in ``abstention.json``; ``python -m eval.fit_abstention`` fits them.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index import names
from index.chunk import sentence_text
from index.language import detect
from index.lexical import normalize, words
from index.places import compatible, places
from rag import absent, actors, ages, amount, direction, heard, identity, kinds, naming, saying, where
from rag.naming import Unnamed
from rag.question import Question
from rag.reader import Reading
from rag.select import Candidate
from rag.types import Evidence

MODEL_FILE = "abstention.json"
_MOST_MISSING = 2
_ARABIC_BLOCK = 0x06
# A question about another country or city, for what it did, or for how many of other things, has all else in common
# with what the text says; a sum of features does not keep silent then. Of 115 questions whose place the passage did not
# name 5 were answered by it (the fit's samples).
_ANOTHER = 0.04
# What answers these names other places than the question.
_FOR_PLACES = ("place", "list")
# A sentence that gives the name asked about a post beside it says who that is, unlike the question though it be. One
# that says what the bridge asked about is called answers likewise, and one with the figure or name that a follow-up
# asks for, whose topic need not stand in it.
_TOLD = 0.7
WITH_READER, WITHOUT_READER = "with_reader", "without_reader"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression over named features.

    Attributes:
        weights: Weight by feature name.
        bias: Constant term.
        threshold: Probability below which to abstain, in (0, 1).
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability in (0, 1) that the evidence answers the question."""
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@lru_cache(maxsize=2)
def calibration(*, with_reader: bool) -> Calibration:
    """The calibration shipped with the package, for features with or without those of the reader."""
    raw = json.loads(files("rag").joinpath(MODEL_FILE).read_text("utf-8"))
    model = raw[WITH_READER if with_reader else WITHOUT_READER]
    return Calibration(model["weights"], model["bias"], model["threshold"])


def judge(
    question: Question,
    evidence: Sequence[Evidence],
    candidates: Sequence[Candidate],
    readings: Sequence[Reading],
    rare: Callable[[str], bool],
) -> tuple[float, bool]:
    """Probability that the evidence answers the question, and whether that is enough to answer; see ``features``."""
    if not candidates:
        return 0.0, False
    model = calibration(with_reader=bool(readings))
    seen = features(question, evidence, candidates, readings, rare)
    probability = model.probability(seen)
    best = candidates[0]
    if _tells_who(question, best) or _tells_name(question, best) or _goes_on(question, evidence[0], best):
        probability = max(probability, _TOLD)
    spoken_of = _speaks_of_it(question, best) and _names_whom(question, best) and not _another_did_it(question, best)
    if seen["places_missing"] or not spoken_of or _asks_after_another(question, best):
        probability = min(probability, _ANOTHER)
    return probability, probability >= model.threshold


def features(
    question: Question,
    evidence: Sequence[Evidence],
    candidates: Sequence[Candidate],
    readings: Sequence[Reading],
    rare: Callable[[str], bool],
) -> dict[str, float]:
    """What the evidence looks like from the question's side.

    The share of the question's words in the passage is left out: on Wikipedia it tells answers from near misses, but
    in a collection about one thing every passage holds those words, and it misleads.

    Args:
        question: The question.
        evidence: Passages, best first.
        candidates: Sentences, best first.
        readings: What the reader makes of the first passages; none without a reader.
        rare: Whether an Arabic word is as rare as names are.

    Returns:
        By name: ``sentence_cosine`` and ``passage_cosine`` of the best, in units of 0.1 above 0.8; ``margin``, how far
        the best passage stands above that of the next document, in standard deviations; ``kind_missing``, 1 when the
        question asks for a number or a date and the best sentence holds no number; ``other_script``, 1 when question
        and passage are written in different scripts, or one is Persian, where all cosines are lower; ``places_missing``
        and ``names_missing``, how many places, and how many other names and numbers of the question, up to two of
        each, the best sentence's passage and its document's title and date hold in no spelling (countries and cities
        are known in every language, other towns stand behind "in" or "to" and are looked for in all that surrounds
        it, so that their absence says more). With a reader also its logits: ``read_passage``, that
        the likeliest passage answers, ``read_sentence``, that the best sentence does, ``read_words``, that its words
        do; and ``met``, how well the question's tokens are met by the passage that meets them best, in units of 0.1.
    """
    best, first = candidates[0], evidence[0]
    rivals = [found.score for found in evidence if found.document.id != first.document.id]
    asked_in = _script(question.text)
    missing = names.unmatched(question.full, best.evidence.context)
    towns = set(where.missing(question.full, best.evidence.surroundings, rare))
    missing_places = len(towns) + sum(bool(places(name)) for name in missing if name not in towns)
    found = {
        "sentence_cosine": 10 * (best.cosine - 0.8),
        "passage_cosine": 10 * (first.channels["passage"] - 0.8),
        "margin": first.score - rivals[0] if rivals else 0.0,
        "kind_missing": float(not kinds.holds(kinds.asked_for(question.text), best.text)),
        "other_script": float(asked_in != "" and asked_in != _script(first.text)),
        "places_missing": float(min(_MOST_MISSING, missing_places)),
        "names_missing": float(min(_MOST_MISSING, len(towns.union(missing)) - missing_places)),
    }
    if readings and best.read:
        found["read_passage"] = max(reading.here for reading in readings)
        found["read_sentence"] = best.read.logit
        found["read_words"] = best.read.words_logit
        found["met"] = 10 * max(reading.met for reading in readings)
    return found


def _speaks_of_it(question: Question, best: Candidate) -> bool:
    """Whether the best sentence's passage tells the age or name asked for, or speaks of what is counted."""
    if ages.asked(question.text):
        return ages.said(best.evidence.context) is not None
    unnamed = _named_kind(question)
    if unnamed is not None:
        found = best.evidence
        return any(naming.said(unnamed, sentence_text(found.document, one)) for one in found.passage.sentences)
    wanted = amount.asked(question.text)
    return wanted is None or (amount.named(wanted, best.evidence.context) and not amount.others(wanted, best.text))


def _tells_who(question: Question, best: Candidate) -> bool:
    """Whether a sentence tells the post of whom a question asks about."""
    return best.expected is not None and identity.asked(question.text) is not None


def _tells_name(question: Question, best: Candidate) -> bool:
    """Whether a sentence says outright what is called how, where a question asks for that."""
    unnamed = _named_kind(question)
    return unnamed is not None and naming.called(unnamed, best.text) is not None


def _goes_on(question: Question, first: Evidence, best: Candidate) -> bool:
    """Whether a sentence gives the figure, name or words that a follow-up expects, in the document of its topic."""
    if not question.topic or best.expected is None or kinds.asked_for(question.text) == "reason":
        return False  # many a sentence gives a reason, of something
    return first.document.id == best.evidence.document.id


def _named_kind(question: Question) -> Unnamed | None:
    """What a question asks the name of, where it is of a kind that bears names: a bridge, not a process."""
    unnamed = naming.asked(question.text, question.topic)
    return unnamed if unnamed and unnamed.kinds else None


def _names_whom(question: Question, best: Candidate) -> bool:
    """Whether the best sentence's passage names, in any spelling, whom a question asks about or for the words of."""
    whom = saying.asked(question.text) or identity.asked(question.text)
    if whom is None or best.expected:
        return True
    context = best.evidence.context
    # "the Dockers Union" and "BBC" are translated, not spelled: only a person's name must be heard.
    person = not any(word.islower() or word.isupper() for word in whom.split())
    missing = any(name in whom for name in names.unmatched(question.text, context))
    if not (person and missing) or names.matches(whom, context):
        return True
    held = [word.form for word in words(context)]
    return any(heard.alike(word.form, other) for word in words(whom) for other in held)


def _asks_after_another(question: Question, best: Candidate) -> bool:
    """Whether the best sentence, its passage or document tells of another person, post or visit than is asked about."""
    found = best.evidence
    shown = sentence_text(found.document, best.shown)
    return (
        absent.namesake(question.text, found.surroundings)
        or absent.stranger(question.text, found.surroundings)
        or absent.post(question.text, found)
        or absent.another_year(question.full, found, shown)
        or absent.elsewhere(question.text, shown)
        or absent.undone(question.text, shown, found.text)
        or direction.is_reversed(question.text, shown)
    )


def _another_did_it(question: Question, best: Candidate) -> bool:
    """Whether the best sentence tells what a country did that the question does not name, and not what its own did."""
    if kinds.asked_for(question.text) in _FOR_PLACES or (best.expected and ages.asked(question.text)):
        return False  # "the younger, aged 20" names nobody
    known, held = ({place.key for place in places(text)} for text in (question.full, best.text))
    asked = [actor.place for actor in actors.find(question.text) if actor.place and actor.mark == "none"]
    did = [actor.place for actor in actors.find(best.text) if actor.place and actor.mark == "none"]
    return any(_is_absent(place, held) for place in asked) and any(_is_absent(place, known) for place in did)


def _is_absent(place: str, held: Set[str]) -> bool:
    """Whether a place is compatible with none of others, by their keys."""
    return not any(compatible(place, other) for other in held)


def _script(text: str) -> str:
    """What most letters of a text are written in, "" without letters: the block of 256 characters they stand in.

    Of what is in Arabic letters it is the language: Persian is as far from Arabic as Russian is.
    """
    blocks = Counter(ord(c) >> 8 for c in normalize(text) if c.isalpha())
    block = blocks.most_common(1)[0][0] if blocks else None
    return detect(text) if block == _ARABIC_BLOCK else "" if block is None else str(block)
