"""Bytes to text: which encoding a file is in."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from index.errors import DocumentError
from index.types import Format

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the two bytes of UTF-16's, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no text holds, white space and escape aside; as bytes they betray UTF-16.
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_SHARE = 0.05

# What a page declares is believed for these; others (UTF-7, escapes, compressions) are never right.
_DECLARABLE = re.compile(r"(?:windows|cp|iso-?8859|koi8|mac|euc|gb|big5|shift_jis|sjis|tis)[\w-]*", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARATION_BYTES = 4096
# These read any bytes as letters of scripts that likeness knows, and many a program declares one of them by habit.
_HABITUAL = {"cp1250", "cp1251", "cp1252", "cp1254", "cp1256", "koi8-r", *(f"iso8859-{n}" for n in (1, 2, 5, 6, 9, 15))}

_SAMPLE_BYTES = 65_536
_CANDIDATES = ("cp1256", "cp1251", "koi8-r", "iso8859-6", "cp1252", "cp1254", "cp1250")
_EAST_ASIAN = ("gb", "big5", "euc", "shift", "cp932", "cp949", "iso-2022", "johab")
_EAST_ASIAN_BYTES = 16  # any few bytes are a word in one of these
_PLAUSIBLE = 0.45
_FEW_LETTERS = 16  # of words beyond ASCII: so few may hide a word in a second encoding

# The letters that make up most of any text of the language.
_FREQUENT = {
    "arabic": frozenset("ايلمونرتبةعدسفهكقأحجى"),
    "cyrillic": frozenset("оеаинтсрвлкмдпуяыьгзб"),
    "latin": frozenset("éèàùâêîôûçñüöäßóíáúãõşğıœåøæ") | {"i̇"},
}
# Less usual than the western ones, so that Spanish is not read as Polish.
_CENTRAL_EUROPEAN = frozenset("šžčřěůąęłńśźżőűățș")
_USUAL_SIGNS = "’‘“”«»–—…،؛؟№°£€¿¡"
_RUN = re.compile(r"[^\W\d_]+")


def decode(data: bytes, format: Format) -> str:  # noqa: A002 - the field of Document is called so
    """Decode a file.

    In this order: a byte order mark; UTF-16 without one, which NULs and control bytes betray; UTF-8; the
    encoding an HTML page declares, if the result is like writing; the older 8-bit encodings, among which
    chardet's guess and the likeness of the result to Arabic, Cyrillic or Latin writing decide.

    Args:
        data: The file's bytes.
        format: "html" has its declared encoding read.

    Returns:
        The decoded text without the byte order mark, otherwise unchanged.

    Raises:
        DocumentError: The bytes are no text, or text in no encoding that can be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _try(data, encoding)
            if text is None:
                raise DocumentError(f"not valid {encoding.upper()} although it begins so; save it as UTF-8")
            return _checked(text)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _CONTROL_SHARE * len(data):
        text = _utf16(data)
        if text is None:
            raise DocumentError("binary data, not text; convert it to text first")
        return text
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        at = error.start
    text = _declared(data) if format == "html" else None
    if text is None:
        text = _guessed(data)
    if text is None:
        raise DocumentError(
            f"neither UTF-8 (byte {at:,} is 0x{data[at]:02X}) nor an encoding that can be told; save it as UTF-8"
        )
    return _checked(text)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _checked(text: str) -> str:
    if len(_CONTROL_CHARACTERS.findall(text)) > _CONTROL_SHARE * len(text):
        raise DocumentError("mostly control characters, not text; convert it to text first")
    return text


def _utf16(data: bytes) -> str | None:
    """UTF-16 in the byte order that looks like writing, None when neither does."""
    readings = [text for encoding in ("utf-16-le", "utf-16-be") if (text := _try(data, encoding))]
    best = max(readings, key=_likeness_of_utf16, default=None)
    return best if best is not None and _likeness_of_utf16(best) > 0.7 else None


def _likeness_of_utf16(text: str) -> float:
    """Mean over the characters of how usual each is in writing: at most 1, negative for controls and the like."""
    counts = Counter(text[:_SAMPLE_BYTES])
    sums = {"": 0.0, "alphabet": 0.0, "hangul": 0.0, "ideograph": 0.0}
    for character, count in counts.items():
        script, usual = _usual(character)
        sums[script] += usual * count
    # Half of all 16-bit numbers are Hangul or ideographs, so noise, and UTF-8 behind UTF-16, holds them beside others.
    return (sums[""] + max(sums["alphabet"], sums["hangul"], sums["ideograph"])) / counts.total()


def _usual(character: str) -> tuple[str, float]:
    code = ord(character)
    if character in "\t\n\r" or 0x20 <= code < 0x7F or 0xA0 <= code < 0x180 or 0x200C <= code < 0x2030:
        return "", 1.0
    if 0x370 <= code < 0x700:
        return "alphabet", 1.0
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900:
        return "", -2.0
    # The wrong byte order yields these too, so they count for less than what it would spoil.
    if 0x3000 <= code < 0x3100 or 0x4E00 <= code < 0xA000:
        return "ideograph", 0.8
    if 0xAC00 <= code < 0xD7A4:
        return "hangul", 0.8
    if 0x900 <= code < 0x1100 or 0x1E00 <= code < 0x2000 or 0xFB50 <= code < 0xFF00:
        return "alphabet", 0.8
    if 0xFF00 <= code < 0xFF60:  # what stands between ideographs: "，", "：", "１"
        return "", 0.8
    return "", 0.5 if 0x180 <= code < 0x370 else 0.0


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_DECLARATION_BYTES])
    if match is None:
        return None
    name = match[1].decode("ascii")
    if not _DECLARABLE.fullmatch(name):
        return None
    # Browsers read Latin-1 as its superset, and so are the pages written.
    text = _try(data, "cp1252" if name.lower() in {"iso-8859-1", "iso8859-1"} else name)
    return text if text is None or is_believable(text, name) else _guessed(data) or text


def is_believable(text: str, encoding: str) -> bool:
    """Whether what was read in the encoding that a file or message declares is like writing, where that can be told."""
    try:
        habitual = codecs.lookup(encoding).name in _HABITUAL
    except LookupError:
        return False
    return not habitual or _likeness(text[:_SAMPLE_BYTES]) > _PLAUSIBLE


def _guessed(data: bytes) -> str | None:
    """The reading most like writing; None when none is, as for a damaged file."""
    import chardet

    found = chardet.detect(data[:_SAMPLE_BYTES])
    guess = (found["encoding"] or "").lower()
    # Read as 8-bit letters East Asian text is a jumble, so it comes into play when nothing else is likely.
    east_asian = None
    if guess.startswith(_EAST_ASIAN) and len(data) >= _EAST_ASIAN_BYTES:
        east_asian = _try(data, guess)
    best, likeness = None, _PLAUSIBLE
    for encoding in dict.fromkeys((guess, *_CANDIDATES) if guess and east_asian is None else _CANDIDATES):
        text = _try(data, encoding)
        # Strictly better: among equals chardet's guess, which comes first, wins.
        if text is not None and (score := _likeness(text[:_SAMPLE_BYTES])) > likeness:
            best, likeness = text, score
    return east_asian if best is None or not _all_fit(best[:_SAMPLE_BYTES]) else best


def _all_fit(text: str) -> bool:
    """Whether each word of a short text is like writing, where two of its characters or more tell it."""
    words = [word for word in text.split() if not word.isascii()]
    if sum(map(len, words)) > _FEW_LETTERS:
        return True
    return all(_likeness(word) > _PLAUSIBLE for word in words if sum(not c.isascii() for c in word) > 1)


def _likeness(text: str) -> float:
    """Mean over the letters and signs beyond ASCII of how well each fits its word: from -1 to 1."""
    scores = [score for match in _RUN.finditer(text) if not match[0].isascii() for score in _fits(match[0])]
    # Quotation marks, dashes, Arabic punctuation and vowel marks are usual, other signs are not.
    scores += [
        0.5 if sign in _USUAL_SIGNS or "\u064b" <= sign <= "\u0652" else -0.7
        for sign in _RUN.sub("", text)
        if not sign.isascii() and not sign.isspace()
    ]
    return sum(scores) / len(scores) if scores else 0.0


def _fits(word: str) -> Iterator[float]:
    """For each letter of a word beyond ASCII how well it fits there."""
    scripts = {_script(letter) for letter in word}
    letters = [letter for letter in word if not letter.isascii()]
    cased = "arabic" in scripts or word.islower() or word.isupper() or word.istitle()
    accents_alone = scripts == {"latin"} and len(letters) == len(word) > 1
    if len(scripts) > 1 or not cased or accents_alone:
        yield from (-1.0 for _ in letters)
        return
    script = scripts.pop()
    for letter in letters:
        if letter.lower() in _FREQUENT[script]:
            yield 1.0
        else:
            yield 0.8 if letter.lower() in _CENTRAL_EUROPEAN else 0.3


def _script(letter: str) -> str:
    if "\u0600" <= letter <= "\u06ff":
        return "arabic"
    if "\u0400" <= letter <= "\u04ff":
        return "cyrillic"
    return "latin"
