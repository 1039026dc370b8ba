"""Who somebody is: the name that a question asks about, and where a text tells the name's post."""

import re
from collections.abc import Sequence

from index import names
from index.lexical import Word, normalize, words
from rag import heard, wordlists
from rag.happening import CLAUSE_END

_MOST_WORDS = 4
_LEAST_IN_A_ROW = 3
# "The Secretary of the Security Council of Russia, Sergei Shoigu"; "Shoigu, the secretary".
_BEFORE, _BEHIND = 7, 2
_ARTICLE = "ال"
_ASKED = tuple(
    re.compile(rf"\A{asks}\W*\Z", re.IGNORECASE)
    for asks in (
        r"و?(?:من (?:هو|هي|يكون|تكون)|ما (?:هو |هي )?(?:منصب|وظيفة|عمل)|ماذا [يت]عمل) (?P<name>.+?)",
        r"(?:who(?: is|'s|’s| was)|what is the (?:job|post|position) of) (?P<name>.+?)",
        r"(?:а )?(?:кто (?:такой|такая|это)|кем (?:является|работает)|какую должность занимает) (?P<name>.+?)",
        r"(?:wer (?:ist|war)|qui est|qui[eé]n es) (?P<name>.+?)",
        r"(?P<name>.+?) (?:کیست|چه کسی است|kim|kimdir)",
    )
)


def asked(question: str) -> str | None:
    """The name of whom a question asks about; None where it asks about no one, or for who holds a post."""
    for pattern in _ASKED:
        if found := pattern.match(question.strip()):
            name = found["name"]
            said = words(name)
            cased = [word for word in said if name[word.start].lower() != name[word.start].upper()]
            capital = all(name[word.start].isupper() for word in cased) or name.islower()
            if 0 < len(said) <= _MOST_WORDS and capital and not any(_is_post(word.form) for word in said):
                return name
    return None


def said(name: str, text: str) -> tuple[int, int] | None:
    """(start, end) of the words of a text that tell the post of a name, the name itself among them where it follows.

    None where it tells none.
    """
    spans = names.matches(name, text)
    found = words(text)
    last = normalize(name.split()[-1])
    held = [span for span in spans if len(spans) >= len(words(name)) or names.matches(last, text[slice(*span)])]
    held = held or _in_a_row(words(name), found)
    if not held:
        return None
    first, end = held[0][0], held[-1][1]
    before = [word for word in found if word.end <= first][-_BEFORE:]
    posts = [at for at, word in enumerate(before) if _is_post(word.form)]
    if posts and not CLAUSE_END.search(text[before[posts[-1]].end : first].rstrip(" ،,")):
        at = posts[-1]
        while at - 1 in posts and not before[at - 1].form.startswith(_ARTICLE):  # "deputy minister"
            at -= 1
        return before[at].start, end
    behind = [word for word in found if word.start >= end][:_BEHIND]
    for word in behind:
        if _is_post(word.form) and CLAUSE_END.search(text[end : word.start]):
            stop = CLAUSE_END.search(text, word.end)
            return word.start, stop.start() if stop else len(text)
    return None


def _in_a_row(name: Sequence[Word], found: Sequence[Word]) -> list[tuple[int, int]]:
    """Where a text writes a name of several words, too short each to be heard alone: Choe Son Hui is تشوي سون هوي."""
    if len(name) < _LEAST_IN_A_ROW:
        return []
    heard_as = [heard.skeletons(word.form) for word in name]
    for at in range(len(found) - len(name) + 1):
        row = found[at : at + len(name)]
        if all(not known.isdisjoint(heard.skeletons(word.form)) for known, word in zip(heard_as, row, strict=True)):
            return [(row[0].start, row[-1].end)]
    return []


def _is_post(form: str) -> bool:
    return any(wordlists.stands_in(kind, form) for kind in ("title", "post"))
