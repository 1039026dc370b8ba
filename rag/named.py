"""The names of a sentence that a text does not hold, in any of their spellings and scripts."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from index import months, sound
from index.lexical import Word, normalize, stem, words
from index.places import Place, around, compatible, places
from rag import foreign

_ARABIC = re.compile(r"[\u0621-\u06d3]")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n])[\s\"'«“(\[]*\Z")
_CAPITALISED = re.compile(r" [A-ZÀ-ÞА-ЯЁІЇЄҐ][a-zß-ÿа-яёіїєґ]")
_PARTICLES = re.compile(r"(?:[وف]?(?:[بلك]|لل)|[وف])(?=\w{3})")
_RUSSIAN_CASE = re.compile(r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ом|ем|ым|им|ой|ей|ах|ях|ов|ую|юю|ы|и|а|я|у|ю|е|о)\Z")
# From what likeness an Arabic word is taken for a name; chosen on half of eval/samples/support.jsonl.
_LIKENESS = 0.3
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
        "F": "f v ф в ف",
    }.items()
    for letter in letters.split()
}
_LETTERS_OF_KEY = 3


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
    i mr mrs ms dr sir natural resources environment transport trade economy finance interior state party
    workers communist eastern western northern southern east west north south central people's people republic
    federation democratic monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
    президент министр министерство совет совбез безопасности обороны кремль кремля государство партия союз
    область край республика федерация красная красной площадь площади верховный народный دولار دولارين دولارا
    كيلومتر كيلومترا متر مترا فيتو تلفزيون تلغرام كيلو غرام طن يورو روبل مليون مليار بليون ميناء ستوفد سينما بنك
    شركه انترنت دبلوماسي دبلوماسيين كونغرس كرملين الكرملين
    """
) | frozenset(map(normalize, months.MONTHS))
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


def unmatched(sentence: str, text: str) -> tuple[str, ...]:
    """The names of a sentence that a text does not hold, as written, in order.

    A place is held where the text names it, what it lies in or what lies in it. Another name is held where a word of
    the text is the same or sounds the same; short parts of Korean and Chinese names, which sound like too much, where
    neighbours in the text sound like them and their neighbour.
    """
    named = places(sentence)
    missing = _missing_places(named, places(text))
    taken = [(place.start, place.end) for place in named]
    candidates = [w for w in words(sentence) if not any(start < w.end and w.start < end for start, end in taken)]
    starts = {start for start, _ in taken}
    names = [word for word in candidates if _is_name(sentence, word, starts)]
    missing += [(word.start, word.end) for word in _missing_names(sentence, names, text)]
    return tuple(dict.fromkeys(sentence[start:end] for start, end in sorted(missing)))


def _missing_places(named: Sequence[Place], there: Sequence[Place]) -> list[tuple[int, int]]:
    keys = {place.key for place in there}
    keys -= {wider for key in keys for wider in around(key)[:-1]}  # beside "South Korea", "Korea" is that one
    held: dict[tuple[int, int], bool] = {}
    for place in named:
        span = place.start, place.end
        held[span] = held.get(span, False) or any(compatible(place.key, key) for key in keys)
    return [span for span, is_held in held.items() if not is_held]


def _is_name(text: str, word: Word, places_start: AbstractSet[int]) -> bool:
    """Whether a word is a name beyond reasonable doubt; the first of a sentence where a name or "'s" follows it."""
    if word.form in NO_NAMES or not word.form.isalpha():
        return False
    if _ARABIC.match(word.form):
        plain = bare(word.form)[-1]
        return not plain.startswith("ال") and foreign.likeness(plain) >= _LIKENESS
    written = text[word.start : word.end]
    if not written[0].isupper() or (len(written) > 1 and written.isupper()):  # an acronym may be written out elsewhere
        return False
    if not _SENTENCE_START.search(text[: word.start]):
        return True
    if word.form in _OPENERS:
        return False
    if text.startswith(("'s", "’s"), word.end):
        return True
    following = text[word.end : word.end + 3]
    return bool(_CAPITALISED.match(following)) and word.end + 1 not in places_start


def bare(form: str) -> tuple[str, ...]:
    """An Arabic word as it is, and without a particle that clings to it."""
    if form.startswith("ال"):
        return (form,)
    particle = _PARTICLES.match(form)
    return (form, form[particle.end() :]) if particle else (form,)


def _missing_names(sentence: str, names: Sequence[Word], text: str) -> list[Word]:
    there = words(text)
    forms = {reading for word in there for reading in (*bare(word.form), stem(word.form))}
    heard = {key for word in there for key in sounds(word.form)}
    bones = {_consonants(key) for key in heard}
    pairs = {pair for first, second in pairwise(there) for pair in _pairs(first, second)}
    every = words(sentence)
    at = {word.start: place for place, word in enumerate(every)}

    def is_held(word: Word) -> bool:
        if not forms.isdisjoint((*bare(word.form), stem(word.form))):
            return True
        keys = sounds(word.form)
        if any(len(_consonants(key)) >= _LETTERS_OF_KEY for key in keys & heard):
            return True
        if len(word.form) > _SHORT:
            return not keys.isdisjoint(heard)
        near = every[max(0, at[word.start] - 1) : at[word.start] + 2]
        if any(pair in pairs for first, second in pairwise(near) for pair in _pairs(first, second)):
            return True
        # A short name beside another, Oleg in "Oleg Kozhemyako", may be heard without its vowels.
        if any(other in near for other in names if other is not word):
            return any(len(_consonants(key)) >= _LETTERS_OF_KEY - 1 for key in keys) and not bones.isdisjoint(
                map(_consonants, keys)
            )
        return not keys.isdisjoint(heard)

    return [word for word in names if not is_held(word)]


def _consonants(key: str) -> str:
    return "".join(letter for letter in key if letter.isupper())


def sounds(form: str) -> frozenset[str]:
    """Sound keys of a word, of Russian ones also without what may be the ending of a case."""
    keys = set(sound.keys(form))
    if "\u0400" <= form[0] <= "\u052f" and len(base := _RUSSIAN_CASE.sub("", form)) >= _LETTERS_OF_KEY:
        keys |= set(sound.keys(base))
    return frozenset(keys)


def _pairs(first: Word, second: Word) -> Iterator[tuple[str, str]]:
    """Two neighbours by the sounds that their short syllables begin and end with."""
    for opening in map(_syllable, (*bare(first.form), _RUSSIAN_CASE.sub("", first.form))):
        for closing in map(_syllable, (second.form, _RUSSIAN_CASE.sub("", second.form))):
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
