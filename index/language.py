"""Which language a text is in, from a one-word question to a whole document."""

import re
import threading
from collections import Counter
from functools import cache
from typing import Any

UNKNOWN = "und"

# Documents are judged by their beginning: enough letters to be sure, few enough to stay fast.
_SAMPLE_CHARACTERS = 20_000

# First and last code point of the letters of a script, and the language it stands for unless a
# function below looks closer.
_SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0531, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "bo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x139F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "el"),
    (0x3040, 0x30FF, "kana"),
    (0x3130, 0x318F, "ko"),
    (0x31F0, 0x31FF, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "ko"),
    (0xF900, 0xFAFF, "han"),
    (0xFB1D, 0xFB4F, "he"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFC, "arabic"),
    (0xFF21, 0xFF5A, "latin"),
    (0x20000, 0x323AF, "han"),
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Few enough that a three-word question is told apart reliably.
_LATIN_LANGUAGES = ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "sv", "tr", "vi")

_WRITTEN = {
    **{language: language for *_, language in _SCRIPTS},
    **dict.fromkeys(_LATIN_LANGUAGES, "latin"),
    **dict.fromkeys(("ar", "fa", "ur"), "arabic"),
    **dict.fromkeys(("ru", "uk"), "cyrillic"),
    **dict.fromkeys(("ja", "zh"), "han"),
}

# Letters that only one of Arabic, Persian and Urdu uses, or uses in that code point.
_ARABIC_LETTERS = frozenset("ةىيكأإ")
_PERSIAN_LETTERS = frozenset("پچژگ")
_PERSIAN_AND_URDU_LETTERS = frozenset("کی")
_URDU_LETTERS = frozenset("ٹڈڑںےہھ")
_ARABIC_WORDS = _words(
    "في على إلى عن هل هو هي هذا هذه ذلك التي الذي كم متى أين كيف لماذا ماذا كان كانت قال لم لن إن مع منذ"
)
_PERSIAN_WORDS = _words(
    "از در را که كه است این با برای برای چه چند چرا آیا آيا شد شده شدند کرد كرد کردند كردند بود بودند "
    "می‌شود های می شود چگونه کجا كجا کی تا کشور"
)
_URDU_WORDS = _words("ہے ہیں کے کی کا کو میں نے سے اور کیا کتنے کہاں کب کون تھا تھے")
_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
_TASHKEEL = re.compile("[\u064b-\u065f\u0670\u0640]")

_UKRAINIAN_LETTERS = frozenset("іїєґІЇЄҐ")
_RUSSIAN_LETTERS = frozenset("ыэъёЫЭЪЁ")
_UKRAINIAN_WORDS = _words("хто що де коли чому як та це щоб або")

# Japanese mixes kana into every sentence; Chinese has next to none.
_KANA_SHARE_OF_JAPANESE = 0.1

_lock = threading.Lock()


def detect(text: str) -> str:
    """Name the language that most letters of a text belong to.

    The script decides first; within Arabic and Cyrillic script letters and frequent words decide, within
    Latin script py3langid (a naive Bayes classifier over byte n-grams) among twelve languages.

    Args:
        text: Plain text of any length; its first 20,000 characters are looked at.

    Returns:
        ISO 639-1 code, "und" where there is no letter of a known script.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    scripts: Counter[str] = Counter()
    for character, count in Counter(sample).items():
        script = _script(character)
        if script:
            scripts[script] += count
    ideographs = scripts.pop("han", 0) + scripts["kana"]
    kana = scripts.pop("kana", 0)
    if ideographs:
        scripts["ja" if kana >= _KANA_SHARE_OF_JAPANESE * ideographs else "zh"] = ideographs
    if not scripts:
        return UNKNOWN
    winner = min(scripts, key=lambda script: (-scripts[script], script))
    if winner == "arabic":
        return _arabic_script(sample)
    if winner == "cyrillic":
        return _cyrillic_script(sample)
    if winner == "latin":
        return _latin_script(sample)
    return winner


def written_alike(one: str, other: str) -> bool:
    """Whether two languages, given by their codes, may share a script; they may where it is not known."""
    return one not in _WRITTEN or other not in _WRITTEN or _WRITTEN[one] == _WRITTEN[other]


@cache
def _script(character: str) -> str:
    """Script or language of a letter, "" for anything else."""
    if not character.isalpha() or character == "\u0640":
        return ""
    code = ord(character)
    return next((script for first, last, script in _SCRIPTS if first <= code <= last), "")


def _arabic_script(text: str) -> str:
    scores = {"ar": 0, "fa": 0, "ur": 0}
    for word, times in Counter(_WORD.findall(_TASHKEEL.sub("", text))).items():
        letters = set(word)
        shared = len(letters & _PERSIAN_AND_URDU_LETTERS)
        arabic = word in _ARABIC_WORDS or (word.startswith("ال") and len(word) > 4)
        scores["ar"] += times * (len(letters & _ARABIC_LETTERS) + 3 * arabic)
        scores["fa"] += times * (3 * len(letters & _PERSIAN_LETTERS) + shared + 3 * (word in _PERSIAN_WORDS))
        scores["ur"] += times * (4 * len(letters & _URDU_LETTERS) + shared + 3 * (word in _URDU_WORDS))
    # Urdu shares پ چ گ with Persian, so those count for it as soon as it has letters of its own.
    if scores["ur"] and _URDU_LETTERS & set(text):
        scores["ur"] += scores["fa"] // 2
    return max(scores, key=lambda language: scores[language])


def _cyrillic_script(text: str) -> str:
    counts = Counter(text)
    ukrainian = sum(counts[letter] for letter in _UKRAINIAN_LETTERS)
    russian = sum(counts[letter] for letter in _RUSSIAN_LETTERS)
    if ukrainian == russian:
        ukrainian += sum(word in _UKRAINIAN_WORDS for word in _WORD.findall(text.lower()))
    return "uk" if ukrainian > russian else "ru"


def _latin_script(text: str) -> str:
    # Names in capitals mislead the classifier in short questions ("What did Lavrov say" became Indonesian),
    # and so do words of other scripts.
    words = (word for word in _WORD.findall(text.lower()) if _script(word[0]) == "latin")
    language: str = _identifier().classify(" ".join(words))[0]
    return language


def _identifier() -> Any:  # noqa: ANN401 - py3langid has no types
    """The classifier; only loading needs the lock, classifying reads and changes nothing."""
    with _lock:
        return _load_identifier()


@cache
def _load_identifier() -> Any:  # noqa: ANN401
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # An instance of our own: the module's global one is shared with whoever else restricts its languages.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LATIN_LANGUAGES)
    return identifier
