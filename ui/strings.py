"""The chat page's languages; a third is one more module like ``ui.english`` and one more entry in ``TEXTS``."""

from collections.abc import Mapping

from ui.arabic import ARABIC
from ui.english import ENGLISH
from ui.texts import Direction, Strings

__all__ = ["ARABIC", "DEFAULT_LANGUAGE", "ENGLISH", "TEXTS", "Direction", "Strings", "preferred", "strings_for"]

DEFAULT_LANGUAGE = "ar"

TEXTS: Mapping[str, Strings] = {strings.code: strings for strings in (ARABIC, ENGLISH)}


def strings_for(language: str) -> Strings:
    """The interface in ``language``, or in the default one where there is no translation."""
    return TEXTS.get(language, TEXTS[DEFAULT_LANGUAGE])


def preferred(accept_language: str) -> str:
    """The first language a browser asks for that the page has, else the default.

    Args:
        accept_language: Value of the ``Accept-Language`` header; the order of the list is taken as the
            preference, which is how browsers send it.

    Returns:
        A key of ``TEXTS``.
    """
    for choice in accept_language.split(","):
        code = choice.split(";")[0].strip().split("-")[0].lower()
        if code in TEXTS:
            return code
    return DEFAULT_LANGUAGE
