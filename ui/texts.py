"""What texts the chat page has, in any language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rag.types import Support

Direction = Literal["rtl", "ltr"]


@dataclass(frozen=True, slots=True)
class Strings:
    """The interface in one language.

    Attributes:
        code: ISO 639-1 code, the key in ``TEXTS``.
        direction: Direction of the whole layout.
        name: The language's name in itself, for the switch.
        months: Twelve names, January first.
        languages: Names of document languages by ISO 639-1 code.
        support: Badge by support.
        working: Step of a build or an evaluation by its name.
        The others are the texts of the page, named by where they stand.
    """

    code: str
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
    removed: str
    tab_chat: str
    tab_library: str
    tab_evaluation: str
    conversations: str
    search_conversations: str
    no_conversations: str
    none_found: str
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
    asked: str
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
    too_many: str
    menu: str
    skip: str
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
    delete_document: str
    working: Mapping[str, str]
    time_left: str
    seconds: str
    minutes: str
    built: str
    unchanged: str
    cancelled: str
    evaluate: str
    evaluate_hint: str
    report: str
    support: Mapping[Support, str]
    months: tuple[str, ...]
    languages: Mapping[str, str]

    def day(self, day: dt.date) -> str:
        """A date in words: day, month name, year."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def certainty(self, confidence: float) -> str:
        """A probability in [0, 1] in words: high from 0.75, medium from 0.45, else low."""
        high, medium, low = self.confidence_words
        return high if confidence >= 0.75 else medium if confidence >= 0.45 else low

    def duration(self, seconds: float) -> str:
        """A span of time in words: whole seconds below two minutes, else whole minutes."""
        whole = max(1, round(seconds))
        return self.seconds.format(whole) if whole < 120 else self.minutes.format(round(whole / 60))
