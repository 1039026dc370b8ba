"""What texts the chat page has, in any language."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_date

from rag.types import Support

Direction = Literal["rtl", "ltr"]
_DIGITS = {"arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")}
"""Digits of numbering systems (Unicode CLDR's names) other than the Latin one."""
_ISOLATE, _END = "\u2068", "\u2069"
"""Around a value in a line of another direction (Unicode's FSI and PDI)."""


def latin_digits(text: str) -> str:
    """What somebody typed, with the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)


@dataclass(frozen=True, slots=True)
class Strings:
    """The interface in one language.

    Attributes:
        code: ISO 639-1 code, the key in ``TEXTS``.
        locale: BCP 47 tag of the language as it is written somewhere, such as "ar-EG"; decides on digits and months.
        direction: Direction of the whole layout.
        name: The language's name in itself, for the switch.
        support: Badge by support.
        working: Step of a build or an evaluation by its name.
        cancelled: What came of a piece of work that was cancelled, by its name.
        furniture: Name of a kind of page furniture by the English one.
        measures: Name of a measure of the evaluation by the report's.
        phrases: Phrase of the evaluation's report by the English one.
        errors: Line of a known error by the English one; {} there stands for a value, {0} here for the first.
        The others are the texts of the page, named by where they stand.
    """

    code: str
    locale: str
    direction: Direction
    name: str
    tagline: str
    language_label: str
    new_conversation: str
    welcome: str
    welcome_more: str
    examples: str
    conversation: str
    question_label: str
    placeholder: str
    send: str
    searching: str
    understood: str
    wording: str
    words: str
    model_words: str
    own_words: str
    let_model_word: str
    error: str
    error_unexpected: str
    confidence: str
    confidence_words: tuple[str, str, str]
    source: str
    sources: str
    sources_of: str
    sources_empty: str
    nearest: str
    nearest_hint: str
    disagreement: str
    value: str
    date: str
    undated: str
    back: str
    removed: str
    tab_chat: str
    tab_library: str
    tab_evaluation: str
    conversations: str
    search_conversations: str
    no_conversations: str
    none_found: str
    search_documents: str
    no_document_found: str
    actions: str
    rename: str
    delete: str
    sure: str
    save_as: str
    stop: str
    stopped: str
    retry: str
    edit: str
    editing: str
    cancel: str
    copy: str
    copied: str
    previous: str
    next: str
    why: str
    why_uncertain: str
    why_words: str
    superseded: str
    filter: str
    filter_documents: str
    filter_languages: str
    filter_from: str
    filter_to: str
    filter_none: str
    filter_date: str
    unaskable: str
    too_many: str
    busy: str
    lost: str
    too_large: str
    close: str
    menu: str
    page: str
    characters: str
    title: str
    language: str
    passages: str
    state: str
    state_ready: str
    state_copies: str
    upload: str
    upload_hint: str
    folder: str
    folder_add: str
    rebuild: str
    places: str
    remove: str
    uploads: str
    library_empty: str
    library_fixed: str
    failed: str
    removed_here: str
    removed_none: str
    restore: str
    restored_here: str
    drop_again: str
    state_near: str
    delete_document: str
    working: Mapping[str, str]
    time_left: str
    rate: str
    seconds: str
    minutes: str
    built: str
    unchanged: str
    cancelled: Mapping[str, str]
    evaluate: str
    evaluate_hint: str
    report: str
    compared: str
    measure: str
    difference: str
    interval: str
    better: str
    worse: str
    changed_questions: str
    support: Mapping[Support, str]
    furniture: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def day(self, day: dt.date) -> str:
        """A date in words: day, month name and year as the locale writes them."""
        return self.digits(format_date(day, "long", self._locale))

    def digits(self, text: object) -> str:
        """A number, or a text of our own with numbers in it, in the locale's digits."""
        return str(text).translate(_DIGITS.get(self._locale.default_numbering_system, {}))

    def language_name(self, code: str) -> str:
        """A language's name by its ISO 639-1 code, the code itself where it has none, "" for "und"."""
        return "" if code == "und" else self.languages.get(code, code)

    @property
    def languages(self) -> Mapping[str, str]:
        """Names of languages by their codes."""
        return self._locale.languages

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.locale, sep="-")  # kept by babel

    def certainty(self, confidence: float) -> str:
        """A probability in [0, 1] in words: high from 0.75, medium from 0.45, else low."""
        high, medium, low = self.confidence_words
        return high if confidence >= 0.75 else medium if confidence >= 0.45 else low

    def told(self, error: str) -> str:
        """The line of a known error in this language, and that of an error it quotes; as it is where there is none."""
        for english, said in self.errors.items():
            if found := _pattern(english).fullmatch(error):
                return said.format(*(value and f"{_ISOLATE}{self.told(value)}{_END}" for value in found.groups()))
        return error

    def duration(self, seconds: float) -> str:
        """A span of time in words: whole seconds below two minutes, else whole minutes."""
        whole = max(1, round(seconds))
        said = self.seconds.format(whole) if whole < 120 else self.minutes.format(round(whole / 60))
        return self.digits(said)


@cache
def _pattern(english: str) -> re.Pattern[str]:
    """What matches an error's line, with a group for each {}."""
    return re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL)
