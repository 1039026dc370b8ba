"""Whether a text holds a name as it is written or heard: in any script, short parts by their neighbours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index import sound
from index.lexical import Word, is_arabic, stem, words
from rag.heard import LEAST, RUSSIAN_CASE, alike, bare, evidence, grown_together, readings, skeletons
from rag.namelike import is_name

_SHORT = 6
# In nats, for a word that stands where the name should: far fewer words come into question there than in all of a text.
# Chosen on facts 1-180 of the support set.
_LEAST_IN_PLACE = 4.0
_VOWELS = "aeiouyаеёиоуыэюяьйاويw"
_SYLLABLE = re.compile(
    rf"(?P<onset>ch|sh|kh|ts|чж|дж|тч|تش|دج|[^\W{_VOWELS}]?)(?:h(?=[aeiou]))?[{_VOWELS}вhه]+"
    rf"(?P<coda>(?:ng|нг|نغ|نج|[^\W{_VOWELS}])?)[ьh]?\Z"
)
_CLASS = {
    letter: sound_class
    for sound_class, letters in {
        "C": "ch j ч чж дж тч تش ج دج ts ц",
        "K": "k g c q к г ك غ ق گ x",
        "P": "p b п б ب پ",
        "T": "t d т д ت د ط ض",
        "S": "s с س ص",
        "X": "sh ш ش",
        "H": "h х ه ح خ kh",
        "N": "n н ن",
        "M": "m м م",
        "L": "l r л р ل ر",
        "Z": "z з ز",
        "F": "f ф ف",  # в and v may be a w, which is heard as a vowel
    }.items()
    for letter in letters.split()
}


@dataclass(frozen=True, slots=True)
class Listened:
    """How the words of a text are written and heard.

    Attributes:
        forms: The words without particles, and their stems.
        sounds: Sound keys.
        bones: Consonants of all words.
        names: What may be names: where capitals tell, only words that have one.
        grown: Two neighbours among them as one word.
        short: Consonants of what is surely a name, where they are few.
        pairs: Short neighbours by what their syllables begin and end with.
        order: All words, as they follow each other.
        likely: What is written like a name.
    """

    forms: frozenset[str]
    sounds: frozenset[str]
    bones: frozenset[str]
    names: tuple[str, ...]
    grown: tuple[str, ...]
    short: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    order: tuple[str, ...]
    likely: tuple[str, ...]


def unheard(text: str, names: Sequence[Word], listened: Listened) -> list[Word]:
    """The names of a text that another text, listened to, does not hold."""
    every = words(text)
    return [word for word in names if not _is_held(word, _beside(word, every), names, listened)]


def listen(text: str) -> Listened:
    """Listen to a text."""
    every = words(text)
    capital = {word for word in every if text[word.start].isupper()}
    names = [word.form for word in every if word in capital or is_arabic(word.form)]
    likely = [word.form for word in every if word in capital or is_name(text, word)]
    sure = [*likely, *(one + two for one, two in pairwise(likely))]
    return Listened(
        frozenset(reading for word in every for reading in (*bare(word.form), stem(word.form))),
        frozenset(key for word in every for key in sounds(word.form)),
        frozenset(bone for word in every for bone in skeletons(word.form)),
        tuple(names),
        tuple(one + two for one, two in pairwise(names)),
        frozenset(bone for form in sure for bone in skeletons(form) if len(bone) < LEAST),
        frozenset(pair for first, second in pairwise(every) for pair in _pairs(first, second)),
        tuple(word.form for word in every),
        tuple(likely),
    )


def _beside(word: Word, every: Sequence[Word]) -> Sequence[Word]:
    """A word with its neighbours."""
    at = every.index(word)
    return every[max(0, at - 1) : at + 2]


def _is_heard(word: Word, beside: Sequence[Word], listened: Listened) -> bool:
    """Whether a text holds a word as it is written, or sounds alike, alone or grown together with a neighbour."""
    if not listened.forms.isdisjoint((*bare(word.form), stem(word.form))):
        return True
    if any(alike(word.form, other) for other in (*listened.names, *listened.grown)):
        return True
    return any(
        grown_together(one.form + two.form, (two if one == word else one).form, other)
        for one, two in pairwise(beside)
        for other in listened.names
    )


def _is_in_place(word: Word, beside: Sequence[Word], listened: Listened) -> bool:
    """Whether what may be a word in another script stands beside what its neighbours are heard in, or is a name."""
    others = [other.form for other in beside if other is not word]
    known = [at for at, form in enumerate(listened.order) if any(alike(other, form) for other in others)]
    there = {run for at in known for run in _runs_beside(listened.order, at)}
    return any(evidence(word.form, other) >= _LEAST_IN_PLACE for other in there.union(listened.likely))


def _runs_beside(forms: Sequence[str], at: int) -> Iterator[str]:
    """The word and the two words, as one, on either side of a word."""
    for run in (forms[at + 1 : at + 2], forms[at + 1 : at + 3], forms[max(0, at - 1) : at], forms[max(0, at - 2) : at]):
        if run:
            yield "".join(run)


def _is_held(word: Word, beside: Sequence[Word], names: Sequence[Word], listened: Listened) -> bool:
    near = [other for other in beside if other in names]
    if _is_heard(word, near, listened) or _is_in_place(word, near, listened):
        return True
    heard = not sounds(word.form).isdisjoint(listened.sounds)
    if len(word.form) > _SHORT:
        return heard
    if any(pair in listened.pairs for first, second in pairwise(beside) for pair in _pairs(first, second)):
        return True
    own = skeletons(word.form)
    others = [other for other in near if other is not word]
    # Oleg in "Oleg Kozhemyako" may be heard without its vowels; Yuri is known by the long name beside it, and one
    # consonant, as of Lee, by any name beside it.
    if others and any(len(bone) == LEAST - 1 and bone in listened.bones for bone in own):
        return True
    known = [other for other in others if _is_heard(other, (other,), listened)]
    if known and all(len(bone) < LEAST for bone in own) and (any(map(_is_long, known)) or own & listened.short):
        return True
    return heard or any(len(bone) == LEAST - 1 for bone in own & listened.short)


def _is_long(word: Word) -> bool:
    return any(len(bone) >= LEAST for bone in skeletons(word.form))


def sounds(form: str) -> frozenset[str]:
    """Sound keys of a word in all its readings."""
    return frozenset(key for reading in readings(form) for key in sound.keys(reading))


def _pairs(first: Word, second: Word) -> Iterator[tuple[str, str]]:
    """Two neighbours by the sounds that their short syllables begin and end with."""
    for opening in map(_syllable, (*bare(first.form), RUSSIAN_CASE.sub("", first.form))):
        for closing in map(_syllable, (second.form, RUSSIAN_CASE.sub("", second.form))):
            if opening and closing:
                yield opening, closing


def _syllable(form: str) -> str:
    """How a short word begins and ends, in classes that transcriptions of Korean and Chinese keep; "" for others.

    Jong, Чен and جونغ are one, as are Chol, Чоль and تشول.
    """
    if len(form) > _SHORT or form.startswith("ال"):
        return ""
    match = _SYLLABLE.match(form)
    if not match:
        return ""
    onset = match["onset"]
    coda = match["coda"]
    return f"{_CLASS.get(onset, _CLASS.get(onset[:1], '0'))}-{_CLASS.get(coda[:1], '0') if coda else '0'}"
