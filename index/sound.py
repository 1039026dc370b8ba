"""How a name sounds, whatever script and spelling it is written in: شويغو, شويجو, Shoigu and Шойгу share a key.

A key is the word's consonants in classes that transliteration keeps apart (a skeleton, after the idea of Soundex:
Russell and Odell, US patent 1,261,167, 1918). Vowels are left out, as Arabic writes only the long ones and those not
always; where few consonants are left, the vowels near و and ي stand between them.
"""

import re
from itertools import pairwise

from index.lexical import remember_words

# The classes: B F H K L M N R S T D Z, X for sh and ch; w and y for vowels that Arabic may write. K takes in
# ج and j, as غ, ج, ق, ك and گ stand for one foreign g.
_ARABIC = {
    "ب": "B", "پ": "B", "ت": "T", "ث": "T", "ط": "T", "ٹ": "T", "ج": "K", "غ": "K", "ق": "K", "ك": "K", "گ": "K",
    "ڭ": "K", "ژ": "K", "چ": "X", "ش": "X", "ح": "H", "خ": "H", "ه": "H", "د": "D", "ض": "D", "ڈ": "D", "ذ": "Z",
    "ز": "Z", "ظ": "Z", "ر": "R", "ڑ": "R", "س": "S", "ص": "S", "ف": "F", "ڤ": "F", "ل": "L", "م": "M", "ن": "N",
    "ں": "N", "و": "w", "ي": "y", "ا": "", "ع": "",
}  # fmt: skip
_CYRILLIC = {
    "б": "B", "п": "B", "в": "F", "ф": "F", "г": "K", "ґ": "K", "к": "K", "ж": "K", "д": "D", "т": "T", "з": "Z",
    "с": "S", "ц": "TS", "х": "H", "л": "L", "м": "M", "н": "N", "р": "R", "ч": "X", "ш": "X", "щ": "X", "о": "w",
    "у": "w", "ю": "w", "ў": "w", "и": "y", "й": "y", "ы": "y", "і": "y", "ї": "y", "а": "", "е": "", "э": "",
    "я": "", "є": "", "ъ": "", "ь": "",
}  # fmt: skip
_LATIN = {
    "b": "B", "p": "B", "c": "K", "k": "K", "q": "K", "g": "K", "j": "K", "d": "D", "t": "T", "f": "F", "v": "F",
    "h": "H", "l": "L", "m": "M", "n": "N", "r": "R", "s": "S", "z": "Z", "x": "KS", "o": "w", "u": "w", "w": "w",
    "i": "y", "y": "y", "ı": "y", "a": "", "e": "", "ß": "S", "ø": "w", "æ": "", "œ": "w", "ł": "L", "đ": "D",
}  # fmt: skip
# Letters that are one sound together; longest first.
_TOGETHER = {
    "tsch": "X", "sch": "X", "tch": "X", "ch": "X", "sh": "X", "dzh": "K", "zh": "K", "dj": "K", "dg": "K", "kh": "H",
    "gh": "K", "ph": "F", "th": "T", "dh": "D", "ck": "K", "ce": "S", "ci": "Sy", "cy": "Sy", "oo": "w", "ou": "w",
    "ee": "y", "wh": "w", "дж": "K", "тч": "X", "دزه": "K", "دج": "K", "تش": "X", "تس": "TS",
}  # fmt: skip
_SOUNDS = {**_TOGETHER, **_ARABIC, **_CYRILLIC, **_LATIN}
_SPELLED = re.compile("|".join(map(re.escape, _TOGETHER)) + "|.", re.DOTALL)
_SILENT_END = re.compile(r"(?<=..)[hه]\Z")
# Arabic particles that grow together with a name; what is left begins with a consonant.
_PARTICLES = re.compile(r"(?:[وف]?(?:[بلك]|ال|بال|لل)|[وف])(?=[^\Wاويى]\w\w)")
# Russian cases that add a consonant: Путиным, Владимиром.
_CASE_END = re.compile(r"(?<=[а-я]{4})(?:[ыиоеая]м|[ая]х|[ая]ми)\Z")
_STARTS_ROUND = re.compile(r"[وвw]")
_SKELETON = 3


@remember_words
def keys(form: str) -> tuple[str, ...]:
    """Sound keys of a normalised word; none where it is too short to tell names apart or in a script not known.

    A word has more than one where its reading is open: شويغو in "وشويغو", V in "Wladimir" and "ولادیمیر".
    """
    readings = {form}
    if particle := _PARTICLES.match(form):
        readings.add(form[particle.end() :])
    if case := _CASE_END.search(form):
        readings.add(form[: case.start()])
    found = {_key(reading) for reading in readings}
    if _STARTS_ROUND.match(form):
        found |= {_key("f" + form[1:]), _key("w" + form[1:])}
    return tuple(sorted(found - {""}))


def skeleton(form: str) -> str:
    """The classes of a normalised word's consonants in order, however few; "" in a script not known."""
    return _consonants(voiced(form))


def voiced(form: str) -> str:
    """The classes of all sounds of a word, none twice in a row; "" in a script not known."""
    sounds = [_SOUNDS.get(part, "?") for part in _SPELLED.findall(_SILENT_END.sub("", form))]
    spelled = "".join(sounds)
    if "?" in sounds:
        return ""
    return spelled[:1] + "".join(after for before, after in pairwise(spelled) if before != after)


def _consonants(spelled: str) -> str:
    return "".join(sound for sound in spelled if sound.isupper())


def _key(form: str) -> str:
    once = voiced(form)
    consonants = _consonants(once)
    if len(consonants) >= _SKELETON:
        return consonants
    return once if len(consonants) == _SKELETON - 1 and len(once) > len(consonants) else ""
