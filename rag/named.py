"""The names of a sentence that a text does not hold, in any of their spellings and scripts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index import months, sound
from index.dates import find_dates
from index.lexical import Word, normalize, stem, words
from index.numbers import numbers
from index.places import Place, around, compatible, places
from rag import foreign
from rag.heard import LEAST, RUSSIAN_CASE, alike, bare, grown_together, readings, skeletons
from rag.proper import Sense

_ARABIC = re.compile(r"[\u0621-\u06d3]")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n])[\s\"'«“(\[]*\Z")
# From what likeness an Arabic word is taken for a name; chosen on half of eval/samples/support.jsonl.
_LIKENESS = 0.3
_LIKENESS_OF_SHORT, _SHORTEST = 0.5, 3
_LIKENESS_OF_CLEAR = 0.7
_SHORT = 6
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


def _forms(listed: str) -> frozenset[str]:
    return frozenset(map(normalize, listed.split()))


# Capitalised in mid-sentence, and no name; loanwords that are written like names.
NO_NAMES = _forms(
    """
    the and president prime minister deputy secretary general foreign defence defense ministry council security
    chief leader commander colonel major lieutenant captain admiral governor mayor director head chairman
    spokesman spokeswoman spokesperson kremlin army navy force forces region oblast province city river sea port
    bridge square red island university institute centre center agency television news telegram parliament
    senate congress union european nations united world war treaty agreement comprehensive strategic partnership
    al el i mr mrs ms dr sir natural resources environment transport trade economy finance interior state party
    workers communist eastern western northern southern east west north south central people's people republic
    federation democratic monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
    ambassador consul envoy senator deputy governor mayor king queen prince princess emperor sultan sheikh pope
    patriarch bishop imam judge professor doctor academician general marshal officer sergeant private cosmonaut
    first second vice chief senior junior acting honorary supreme high grand great new old big little upper lower
    street avenue boulevard lane road highway railway railways station airport airfield airbase base port harbour
    harbor bay gulf strait ocean lake mountain mount hill valley desert forest park garden gardens district county
    village town capital territory peninsula border line zone plant factory works shipyard depot mine dam canal
    museum theatre theater gallery library church cathedral mosque temple palace castle tower house hall gate
    stadium arena hotel resort hospital clinic school academy college faculty laboratory observatory cosmodrome
    spaceport duma rada knesset senate cabinet court tribunal prosecutor police guard militia brigade division
    corps regiment battalion squadron fleet command staff headquarters pentagon kremlin administration office
    department bureau committee commission agency authority organisation organization association federation
    foundation fund bank company corporation group holding concern consortium exchange stock market website site
    newspaper magazine journal post times herald tribune radio channel broadcaster press service daily weekly
    online news report forum summit conference session congress festival exhibition fair games cup league
    championship olympic olympics prize award order medal hero title honour honor day night week month year
    january christmas easter ramadan eid victory liberation independence revolution memorial monument pact accord
    charter convention protocol memorandum declaration constitution law act bill resolution sanctions project
    operation plan programme program mission initiative belt silk iron golden white black blue green
    far middle near arctic antarctic pacific atlantic asian african european american western
    christian muslim islamic orthodox jewish buddhist soviet nazi
    дума думы госдума госдумы мид минобороны генштаб совбез роскосмос посол посольство институт университет
    академия завод фабрика музей театр парк проспект улица улице улицы вокзал аэропорт аэродром космодром
    тихоокеанский балтийский черноморский каспийский атлантический северный южный западный восточный
    первый дальний дальнего дальневосточный центр центральный трудовая трудовой партии
    президент министр министерство совет совбез безопасности обороны кремль кремля государство партия союз
    область край республика федерация красная красной площадь площади верховный народный دولار دولارين دولارا
    كيلومتر كيلومترا متر مترا فيتو تلفزيون تلغرام كيلو غرام طن يورو روبل مليون مليار بليون ميناء ستوفد سينما بنك
    دون سفن شركه انترنت دبلوماسي دبلوماسيين كونغرس كرملين الكرملين
    """
) | frozenset(map(normalize, months.MONTHS))
_ADJECTIVE = re.compile(
    r"(?:ыи|ии|ои|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ых|их|ыми|ими|а|у|е|ы|и|еи)\Z"
)
_STEMS = frozenset(_ADJECTIVE.sub("", form) for form in NO_NAMES if "\u0400" <= form[0] <= "\u052f" and len(form) > 4)
_OPENERS = _forms(
    """
    then a an the in on at by for from with to of as and but or if when while since because despite under over about
    after before during between according more most nearly some several many few all both no not there it he she
    they we you this that these those his her their its who what which where how why also however meanwhile
    later earlier в на с со по к из у о об от до за при для и но а или если когда хотя после перед во через
    между более около почти согласно это эти тот та те он она они мы вы его её их что где как также однако позже
    ранее против бывший трое двое
    """
)


def unmatched(sentence: str, text: str, sense: Sense | None = None) -> tuple[str, ...]:
    """The names of a sentence that a text does not hold, as written, in order.

    A place is held where the text names it, what it lies in or what lies in it. Another name is held where a word of
    the text is the same or sounds the same; short parts of Korean and Chinese names, which sound like too much, where
    neighbours in the text sound like them and their neighbour.

    Args:
        sentence: What was written.
        text: What it cites.
        sense: Takes out what is no name or is translated by a word of the text, and finds Arabic names that letters
            do not tell; without it letters and capitals decide alone.
    """
    named = places(sentence)
    missing = _missing_places(named, places(text))
    spans = [(word.start, word.end) for word in _missing_names(sentence, _outside_places(sentence), text, sense)]
    return tuple(dict.fromkeys(sentence[start:end] for start, end in sorted((*missing, *spans))))


def _outside_places(text: str) -> list[Word]:
    """The words of a text that are parts of no place, number or date."""
    taken = [(found.start, found.end) for found in places(text)]
    taken += [(found.start, found.end) for found in numbers(text)]
    taken += [(found.start, found.end) for found in find_dates(text)]
    return [w for w in words(text) if not any(start < w.end and w.start < end for start, end in taken)]


def _missing_places(named: Sequence[Place], there: Sequence[Place]) -> list[tuple[int, int]]:
    keys = {place.key for place in there}
    keys -= {wider for key in keys for wider in around(key)[:-1]}  # beside "South Korea", "Korea" is that one
    held: dict[tuple[int, int], bool] = {}
    for place in named:
        span = place.start, place.end
        held[span] = held.get(span, False) or any(compatible(place.key, key) for key in keys)
    return [span for span, is_held in held.items() if not is_held]


def is_generic(form: str) -> bool:
    """Whether a normalised word, in any case and behind any particle, is none though it may be written like a name."""
    return any(reading in NO_NAMES or _ADJECTIVE.sub("", reading) in _STEMS for reading in readings(form))


def _is_name(text: str, word: Word) -> bool:
    """Whether a word is a name beyond reasonable doubt; the first of a sentence only where "'s" follows it."""
    if not word.form.isalpha() or is_generic(word.form):
        return False
    if _ARABIC.match(word.form):
        plain = bare(word.form)[-1]
        least = _LIKENESS if len(plain) > _SHORTEST else _LIKENESS_OF_SHORT
        return not plain.startswith("ال") and foreign.likeness(plain) >= least
    written = text[word.start : word.end]
    if not written[0].isupper() or (len(written) > 1 and written.isupper()):  # an acronym may be written out elsewhere
        return False
    if not _SENTENCE_START.search(text[: word.start]):
        return True
    # At the start of a sentence every word is capitalised; the surname behind a first name tells by itself.
    return word.form not in _OPENERS and text.startswith(("'s", "’s"), word.end)


@dataclass(frozen=True, slots=True)
class _Listened:
    """How the words of a text are written and heard.

    Attributes:
        forms: The words without particles, and their stems.
        sounds: Sound keys.
        bones: Consonants of all words.
        names: What may be names: where capitals tell, only words that have one.
        grown: Two neighbours among them as one word.
        short: Consonants of what is surely a name, where they are few.
        pairs: Short neighbours by what their syllables begin and end with.
    """

    forms: frozenset[str]
    sounds: frozenset[str]
    bones: frozenset[str]
    names: tuple[str, ...]
    grown: tuple[str, ...]
    short: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def _listen(text: str) -> _Listened:
    every = words(text)
    capital = {word for word in every if text[word.start].isupper()}
    names = [word.form for word in every if word in capital or _ARABIC.match(word.form)]
    sure = [word.form for word in every if word in capital or _is_name(text, word)]
    sure += [one + two for one, two in pairwise(sure)]
    return _Listened(
        frozenset(reading for word in every for reading in (*bare(word.form), stem(word.form))),
        frozenset(key for word in every for key in sounds(word.form)),
        frozenset(bone for word in every for bone in skeletons(word.form)),
        tuple(names),
        tuple(one + two for one, two in pairwise(names)),
        frozenset(bone for form in sure for bone in skeletons(form) if len(bone) < LEAST),
        frozenset(pair for first, second in pairwise(every) for pair in _pairs(first, second)),
    )


def _missing_names(sentence: str, candidates: Sequence[Word], text: str, sense: Sense | None) -> list[Word]:
    names = [word for word in candidates if _is_name(sentence, word)]
    missing = _unheard(sentence, names, _listen(text))
    if sense is not None:
        missing = sense.untranslated(sentence, missing, text)
    if any(_is_clear(word) for word in missing) or (missing and _leaves_out(text, sentence)):
        return missing
    return _replaced(sentence, candidates, text, sense) if sense is not None else []


def _unheard(text: str, names: Sequence[Word], listened: _Listened) -> list[Word]:
    every = words(text)
    return [word for word in names if not _is_held(word, _beside(word, every), names, listened)]


def _replaced(sentence: str, candidates: Sequence[Word], text: str, sense: Sense) -> list[Word]:
    """Arabic words with the sense of names where the text has a name that the sentence leaves out."""
    arabic = [word for word in candidates if _ARABIC.match(word.form) and not is_generic(word.form)]
    new = sense.names(sentence, _unheard(sentence, arabic, _listen(text)), text, sure=True)
    given = [w for w in _outside_places(text) if _may_be_name(text, w)]
    return new if new and sense.names(text, _unheard(text, given, _listen(sentence)), sentence, sure=False) else []


def _may_be_name(text: str, word: Word) -> bool:
    """Whether a word is written as a name may be, in Arabic script as any word is."""
    if is_generic(word.form):
        return False
    if _ARABIC.match(word.form):
        return True
    return text[word.start].isupper() and not _SENTENCE_START.search(text[: word.start])


def _is_clear(word: Word) -> bool:
    """Whether a word is a name beyond doubt, as capitals tell, or Arabic letters that hardly another word has."""
    return not _ARABIC.match(word.form) or foreign.likeness(bare(word.form)[-1]) >= _LIKENESS_OF_CLEAR


def _leaves_out(text: str, sentence: str) -> bool:
    """Whether a text has a name that a sentence does not: where one was put in the place of another, one is left."""
    return bool(_unheard(text, [word for word in words(text) if _is_name(text, word)], _listen(sentence)))


def _beside(word: Word, every: Sequence[Word]) -> Sequence[Word]:
    """A word with its neighbours."""
    at = every.index(word)
    return every[max(0, at - 1) : at + 2]


def _is_heard(word: Word, beside: Sequence[Word], listened: _Listened) -> bool:
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


def _is_held(word: Word, beside: Sequence[Word], names: Sequence[Word], listened: _Listened) -> bool:
    if _is_heard(word, [other for other in beside if other in names], listened):
        return True
    heard = not sounds(word.form).isdisjoint(listened.sounds)
    if len(word.form) > _SHORT:
        return heard
    if any(pair in listened.pairs for first, second in pairwise(beside) for pair in _pairs(first, second)):
        return True
    own = skeletons(word.form)
    others = [other for other in beside if other in names and other is not word]
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
