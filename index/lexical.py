"""Words of Arabic-script and other text as index terms, each mapped back to the characters it came from.

Light stemming follows Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007);
character n-grams of the stems follow McNamee and Mayfield, "Character N-Gram Tokenization" (2004).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from itertools import pairwise
from typing import TypeVar

# Not seen, and no part of a word: soft hyphen, direction marks and overrides, joiners that do not shape letters,
# variation selectors, tag characters.
_HIDDEN = "".join(
    chr(code)
    for first, last in (
        *((0xAD, 0xAD), (0x61C, 0x61C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069)),
        *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0000, 0xE007F), (0xE0100, 0xE01EF)),
    )
    for code in range(first, last + 1)
)
# Letters that differ between keyboards, countries and habits but not in the word they write.
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "",
        "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۂ": "ه", "ۃ": "ه",
        "ۆ": "و", "ۇ": "و", "ё": "е", "Ё": "е", "ـ": "", "\u200c": "", "\u200d": "",
        **dict.fromkeys(_HIDDEN, ""),
    }
)  # fmt: skip
# The voicing marks of kana make another letter of it (か is ka, が is ga); other marks only tell how a letter is read.
_VOICING = "\u3099\u309a"
# Vowel signs and accents of the living scripts: a word goes on through them.
_MARKS = _VOICING + "".join(c for c in map(chr, range(0x300, 0x1B00)) if unicodedata.category(c) in {"Mn", "Mc"})
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}\u200c\u200d]|[{_HIDDEN}]+(?=[^\W_]))*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_UNSPACED_LETTER = re.compile(rf".[{_VOICING}]?")
_DIGITS_OR_LETTERS = re.compile(r"\d+|\D+")
_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف")
_SUFFIXES = ("هما", "تان", "تين", "يه", "ات", "ون", "ين", "ان", "ها", "هم", "نا", "ه", "ي")
_STEM_MIN = 3
_GRAM = 3
_LONGEST_WORD = 64
_LONGEST_REMEMBERED = 2000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: ``text[start:end]`` are its characters, ``form`` is how it is compared."""

    start: int
    end: int
    form: str


def remember_words(function: Callable[[str], _T]) -> Callable[[str], _T]:
    """Cache results for words; what is too long to be one (encoded data, whole texts) would fill the memory."""
    remembered = lru_cache(maxsize=1 << 16)(function)

    @wraps(function)
    def call(text: str) -> _T:
        return remembered(text) if len(text) <= _LONGEST_WORD else function(text)

    return call


@remember_words
def normalize(text: str) -> str:
    """Fold spellings of the same word together; lengths are not kept.

    NFKC (presentation forms, full width), no diacritics, tatweel or joiners, one letter for each set of Arabic,
    Persian and Urdu variants, digits of all scripts as ASCII, case folded.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_LETTERS))
    bare = "".join(c for c in decomposed if c in _VOICING or not unicodedata.combining(c))
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in bare)
    return unicodedata.normalize("NFC", digits).translate(_LETTERS).casefold()


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order; text written without spaces (Chinese, Japanese) gives overlapping bigrams."""
    return _sentence_words(text) if len(text) <= _LONGEST_REMEMBERED else _words(text)


def _words(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    for match in _WORD.finditer(text):
        at = match.start()
        pieces = ((at + offset, piece) for offset, piece in _pieces(match.group()))
        found += (Word(start, start + len(piece), form) for start, piece in pieces if (form := normalize(piece)))
    return tuple(found)


# A question has the same few sentences looked at from many sides, a build each passage.
_sentence_words = lru_cache(maxsize=1024)(_words)


def is_arabic(form: str) -> bool:
    """Whether a word begins in Arabic script, as Persian and Urdu words do, too."""
    return bool(_ARABIC.match(form))


def stem(form: str) -> str:
    """Strip one Arabic article or particle in front and one ending behind a normalised word; others stay."""
    if not _ARABIC.search(form):
        return form
    for prefix in _PREFIXES:
        if form.startswith(prefix) and len(form) - len(prefix) >= _STEM_MIN:
            form = form[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if form.endswith(suffix) and len(form) - len(suffix) >= _STEM_MIN:
            return form[: -len(suffix)]
    return form


@remember_words
def word_terms(form: str) -> tuple[str, ...]:
    """The index terms of one normalised word: its stem and the stem's character 3-grams.

    A stem of three letters is a gram as well, so that it meets the words it is part of.
    """
    base = stem(form)
    if len(base) < _GRAM or base.isdigit():
        return (base,)
    return (base, *(f"~{base[i : i + _GRAM]}" for i in range(len(base) - _GRAM + 1)))


def terms(text: str) -> list[str]:
    """The index terms of a text, with repetitions, in order."""
    return [term for word in words(text) for term in word_terms(word.form)]


def _pieces(token: str) -> list[tuple[int, str]]:
    """Split a token where digits meet letters and unspaced scripts into bigrams: (offset, piece)."""
    pieces: list[tuple[int, str]] = []
    for run in _DIGITS_OR_LETTERS.finditer(token):
        at, text = run.start(), run.group()
        last = 0
        for unspaced in _UNSPACED.finditer(text):
            if unspaced.start() > last:
                pieces.append((at + last, text[last : unspaced.start()]))
            letters = [
                (at + unspaced.start() + m.start(), m.group()) for m in _UNSPACED_LETTER.finditer(unspaced.group())
            ]
            pieces += [(one_at, one + two) for (one_at, one), (_, two) in pairwise(letters)] or letters
            last = unspaced.end()
        if last < len(text):
            pieces.append((at + last, text[last:]))
    return pieces
