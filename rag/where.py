"""Names of a question that stand where a place does, as those of towns do that no list holds."""

import re
from collections.abc import Callable, Iterator, Set

from index.language import detect
from index.lexical import normalize, stem, words
from index.places import places
from rag import heard
from rag.namelike import is_generic

# Behind "in", "to", "from", "visit" in languages that write names, not all nouns, with capitals; with the letter that
# follows. Behind "according to" stands who says it.
_CAPITAL = re.compile(
    r"\b(?<!according )(?i:in|into|to|from|at|near|visit(?:s|ed|ing)?|в|во|из|на|із|à|en|посети\w+)"
    r"\s+(\w[\w’'-]+)(?:\s+(\w))?"
)
_NOUNS_TOO = "de"
_ARABIC = re.compile(r"(?<!\w)[وف]?(?:في|إلى|الى|من|نحو|قرب|زيارة)\s+([\u0621-\u06ff]{5,})(?!\w)")
# With the article or a possessive ending an Arabic word is no such name, nor without vowels, which these show.
_NO_NAME = re.compile(r"ال|.*(?:هم|ها|ه|نا|كم)\Z|[^اوي]*\Z")
_RUSSIAN_ADJECTIVE = re.compile(r".*(?:[оеыи][йхм]|[ую]ю|[ая]я|[ое]го)\Z")


def missing(question: str, text: str, rare: Callable[[str], bool]) -> tuple[str, ...]:
    """Names where a question puts a place that a text has in no spelling or script; known places are left out.

    Args:
        question: The question.
        text: What may answer it.
        rare: Whether a word is as rare as names are; asked of words in Arabic script, which has no capitals.
    """
    known = [(place.start, place.end) for place in places(question)]
    asked = [
        match[1] for match in _asked(question, rare) if not any(start <= match.start(1) < end for start, end in known)
    ]
    held = {word.form for word in words(text)} if asked else frozenset[str]()
    stems = frozenset(map(stem, held))
    return tuple(name for name in asked if _can_be_heard(normalize(name)) and not _holds(held, stems, normalize(name)))


def holds(text: str, name: str) -> bool:
    """Whether a text has a normalised name in any spelling or script; True for one too short to tell."""
    held = {word.form for word in words(text)}
    return not _can_be_heard(name) or _holds(held, frozenset(map(stem, held)), name)


def _can_be_heard(name: str) -> bool:
    """Whether a name has two consonants: Asia has one, which hardly tells whether آسيا is the same."""
    return any(len(bones) > 1 for bones in heard.skeletons(name))


def _holds(held: Set[str], stems: Set[str], name: str) -> bool:
    return stem(name) in stems or any(heard.alike(name, other) for other in held)


def _asked(question: str, rare: Callable[[str], bool]) -> Iterator[re.Match[str]]:
    """Matches whose first group is such a name."""
    for match in _CAPITAL.finditer(question) if detect(question) != _NOUNS_TOO else ():
        name, follows = match[1], match[2] or ""
        alone = name[0].isupper() and name[1:].islower() and not follows.isupper()  # not "Southern Alabuga", nor "NASA"
        if alone and not (_RUSSIAN_ADJECTIVE.match(name) or is_generic(normalize(name))):
            yield match
    for match in _ARABIC.finditer(question):
        if not _NO_NAME.match(match[1]) and rare(match[1]):
            yield match
