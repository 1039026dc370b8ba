"""The chat page's languages; a third is one more module like ``ui.english`` and one more entry in ``TEXTS``."""

from collections.abc import Mapping
from dataclasses import replace

from babel import Locale, UnknownLocaleError

from ui.arabic import ARABIC
from ui.english import ENGLISH
from ui.texts import Direction, Strings

__all__ = ["ARABIC", "DEFAULT_LANGUAGE", "ENGLISH", "TEXTS", "Direction", "Strings", "locales", "strings_for"]

DEFAULT_LANGUAGE = "ar"

TEXTS: Mapping[str, Strings] = {strings.code: strings for strings in (ARABIC, ENGLISH)}


def strings_for(tag: str) -> Strings:
    """The interface in the language of a tag such as "ar-EG", written as there; else in the default language."""
    code, _, region = tag.partition("-")
    strings = TEXTS.get(code.lower(), TEXTS[DEFAULT_LANGUAGE])
    if not region or code.lower() != strings.code:
        return strings
    try:
        known = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return strings
    return replace(strings, locale=str(known).replace("_", "-"))


def locales(accept_language: str) -> dict[str, str]:
    """A locale for each language of the page: the first that a browser asks for, else the language itself.

    Args:
        accept_language: Value of the ``Accept-Language`` header; the order of the list is taken as the
            preference, which is how browsers send it.

    Returns:
        BCP 47 tags by the keys of ``TEXTS``; what the browser prefers comes first, and without any such the default.
    """
    found: dict[str, str] = {}
    for choice in accept_language.split(","):
        tag = choice.split(";")[0].strip()
        code = tag.split("-")[0].lower()
        if code in TEXTS:
            found.setdefault(code, strings_for(tag).locale)
    rest = (DEFAULT_LANGUAGE, *TEXTS)
    return {**found, **{code: TEXTS[code].locale for code in rest if code not in found}}
