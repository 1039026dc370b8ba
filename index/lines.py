"""How one line of a page reads: its folded words, whether it is prose, which furniture it resembles.

Only the first ``READ`` characters of a line are read, so that a line of any length costs the same.
"""

import re
from dataclasses import dataclass

from index.phrases import bare, holds, opening, whole, words
from index.rules import ENDED, INNER_STOP, YEAR, Role, calls, certain, doubtful, part, single_stop
from index.widgets import QUOTES

READ = 1200

_BULLET = re.compile(r"\s*(?:[•▪●◦‣·*+–—-]|\d{1,3}[.)])\s")


@dataclass(frozen=True, slots=True)
class Line:
    """One block as its reader sees it.

    Attributes:
        text: Its first ``READ`` characters, without markup.
        words: The folded words of ``text``.
        prose: True for a sentence or more, False for a title, a label or a list item.
        reason: The rule that finds it furniture wherever it stands, "" when none does.
        role: "list" when it heads a list of other stories, "invitation" when it invites to one other story
            whose title stands below it.
    """

    text: str
    words: tuple[str, ...]
    prose: bool
    reason: str
    role: Role

    @property
    def doubt(self) -> str:
        """The rule that finds it furniture at the top, at the tail and beside furniture, "" when none does."""
        return "" if self.reason else doubtful(self.text, self.prose)

    @property
    def lures(self) -> bool:
        """It ends by sending the reader elsewhere, or trails off."""
        if self.text.endswith(("…", "...", "[...]", "[…]")):
            return True
        if calls(words(re.split(r"[.!?؟]\s", self.text[:-1][-160:])[-1])):
            return True
        return whole(bare(self.words)[-2:], "whole") == "read more" and not single_stop(self.text)

    @property
    def bullet(self) -> bool:
        """It is marked as a list item."""
        return _BULLET.match(self.text) is not None

    @property
    def sentences(self) -> int:
        """Number of its sentences."""
        return 1 + len(INNER_STOP.findall(self.text))

    @property
    def reports(self) -> bool:
        """It says what somebody said, as captions do not."""
        return holds(self.words, "reporting") or not QUOTES.isdisjoint(self.text)

    @property
    def pictures(self) -> bool:
        """It describes what is to be seen."""
        clauses = re.split("[,،]", self.text)[1:]
        return holds(self.words, "picture_words") or any(opening(words(c), "picture_verbs") for c in clauses)

    @property
    def dated(self) -> bool:
        """It ends in a year, as a caption does that says when."""
        return bool(self.words) and YEAR.fullmatch(self.words[-1]) is not None

    @property
    def step(self) -> int:
        """-1 for a link to the previous story, 1 for one to the next, else 0."""
        if single_stop(self.text):
            return 0
        return (opening(self.words, "next") is not None) - (opening(self.words, "previous") is not None)


def read(text: str) -> Line:
    """Return how a line of plain ``text`` reads."""
    text = text[:READ].strip()
    found = words(text)
    prose = is_prose(text, len(found))
    role, reason = part(found)
    return Line(text, found, prose, reason or certain(text, prose), role)


def is_prose(text: str, count: int) -> bool:
    """Return whether a text of ``count`` words is a sentence or more rather than a title or a label."""
    if count >= 22:
        return True
    ended = ENDED.search(text[-80:])
    stop = ended.group(1) if ended else ""
    if count >= 3 and stop in {".", "۔", "。"}:
        return True
    return count >= (8 if stop else 10) and INNER_STOP.search(text) is not None


def overlap(title: Line, text: Line) -> float:
    """Return the share of a title's word stems that ``text`` holds, in [0, 1]."""
    wanted = {_stem(w) for w in title.words if len(w) > 3}
    return len(wanted & {_stem(w) for w in text.words}) / len(wanted) if wanted else 0.0


def _stem(word: str) -> str:
    for prefix in ("وال", "بال", "ال", "لل", "و", "ب", "ل"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    return word[:4]
