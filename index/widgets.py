"""What a line of a widget says: calls to follow the site, places in a gallery, what readers gave an article."""

import re

from index.phrases import holds, opening, whole, words

QUOTES = frozenset('"«»“”')

_QUOTE = re.compile(f"[{''.join(sorted(QUOTES))}]")
_CLAUSE = re.compile(r"[-–—|:：،,;؛!؟?.…•]+")
_STARS = re.compile("[★☆⭐✩✭]{3}")
_GALLERIES = {"rating": "rating", "gallery": "gallery", "caption": "gallery"}


def promoted(text: str, found: tuple[str, ...], stopped: bool) -> str:
    """Return "subscription" for a call to follow the site elsewhere ("Join our group on ..."), else "".

    A report that somebody joined a channel is none: it names no channel of ours and ends in a full stop, or
    it says who said so.

    Args:
        text: The line.
        found: Its folded words.
        stopped: Whether it ends in a single full stop.
    """
    if len(found) > 24 or holds(found, "reporting"):
        return ""
    unquoted = _QUOTE.split(text, maxsplit=1)[0]
    bidden = any(_bids(words(clause)) for clause in _CLAUSE.split(unquoted))
    if unquoted != text and (stopped or not bidden):  # only the name of a channel may stand in quotes
        return ""
    ours, elsewhere = holds(found, "ours"), holds(found, "channels")
    if ours and (bidden or holds(found, "joining") or ((elsewhere or not stopped) and holds(found, "may_join"))):
        return "subscription"
    if elsewhere and not stopped and (bidden or (len(found) <= 6 and opening(found, "ours"))):
        return "subscription"
    return ""


def numbered(text: str, found: tuple[str, ...], stopped: bool) -> str:
    """Return "gallery" for a picture's place in its gallery ("Photo 3 of 12"), "rating" for stars, else "".

    Args:
        text: The line.
        found: Its folded words.
        stopped: Whether it ends in a single full stop.
    """
    match = opening(found, "labels")
    if match is None or match[1] not in _GALLERIES or len(found) > 10 or stopped:
        return ""
    rest = found[match[0] :]
    if match[1] == "rating" and _STARS.search(text):
        return "rating"
    counted = sum(w.isdigit() for w in rest) >= 2 and all(w.isdigit() or opening([w], "gallery_words") for w in rest)
    return _GALLERIES[match[1]] if counted else ""


def _bids(clause: tuple[str, ...]) -> bool:
    """Whether a clause opens with an imperative to join, or closes with one, as in Persian and Turkish."""
    if not clause:
        return False
    closes = any(whole(clause[-n:], "joining") is not None for n in (1, 2))
    return closes or opening(clause, "joining") is not None or whole(clause, "whole") == "subscription"
