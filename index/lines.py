"""How one line of a page reads: its folded words, whether it is prose, and which furniture it resembles.

Everything here judges a line by itself; ``index.clean`` judges it by where it stands. Only the first
``READ`` characters of a line are read, so that a line of any length costs the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.phrases import WORD, covered, fold, holds, opening, words

READ = 1200
Role = Literal["", "list", "invitation"]

_SEPARATOR = re.compile(r"\s*[:：|»›>←→–—-]|\s*$")
_COLON = re.compile(r"\s*[:：|]")
_ENDED = re.compile(r"([.!?؟…۔。]+)[\"'”“»’)\]\s\u200e\u200f]*$")
_INNER_STOP = re.compile(r"[^\s.!?؟…\"'”»]{3}[\"'”»)]?(?:[!?؟۔]|(?<!\.)\.(?!\.))[\"'”»)]*\s+\S")
_BULLET = re.compile(r"\s*(?:[•▪●◦‣·*+–—-]|\d{1,3}[.)])\s")
_BREADCRUMB = re.compile(r"\s*[|•·»›>→]\s*|\s+/\s+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|[\w-]{2,63}\.(?:com|org|net|ru|ir|tr|fr|info)"
)
_SHORTCODE = re.compile(
    r"\[/?(?:ads?|adsense|adinserter|advert|caption|gallery|embed|sponsor)(?:[ _-][^\[\]\n]{0,120})?\]", re.IGNORECASE
)
_FONT = re.compile(r"[aаأا][+\-−–]?(?:[\s/|]*[aаأا][+\-−–]?){1,5}", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[ةى])(?=[\u0621-\u064a])")
_QUOTES = frozenset('"«»“”')
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Line:
    """One block as its reader sees it.

    Attributes:
        text: Its first ``READ`` characters, without markup.
        words: The folded words of ``text``.
        prose: True for a sentence or more, False for a title, a label or a list item.
        reason: The rule that finds it furniture wherever it stands, "" when none does.
        doubt: The rule that finds it furniture at the top, at the tail and beside furniture, "" when none does.
        role: "list" when it heads a list of other stories, "invitation" when it invites to one other story
            whose title stands below it.
    """

    text: str
    words: tuple[str, ...]
    prose: bool
    reason: str
    doubt: str
    role: Role

    @property
    def lures(self) -> bool:
        """It ends by sending the reader elsewhere, or trails off."""
        if self.text.endswith(("…", "...", "[...]", "[…]")):
            return True
        if calls(words(re.split(r"[.!?؟]\s", self.text[:-1][-160:])[-1])):
            return True
        return _whole(_bare(self.words)[-2:], "WHOLE") == "read more" and not single_stop(self.text)

    @property
    def bullet(self) -> bool:
        """It is marked as a list item."""
        return _BULLET.match(self.text) is not None

    @property
    def sentences(self) -> int:
        """Number of its sentences."""
        return 1 + len(_INNER_STOP.findall(self.text))

    @property
    def reports(self) -> bool:
        """It says what somebody said, as captions do not."""
        return holds(self.words, "REPORTING") or not _QUOTES.isdisjoint(self.text)

    @property
    def pictures(self) -> bool:
        """It describes what is to be seen."""
        clauses = re.split("[,،]", self.text)[1:]
        return holds(self.words, "PICTURE_WORDS") or any(opening(words(c), "PICTURE_VERBS") for c in clauses)

    @property
    def dated(self) -> bool:
        """It ends in a year, as a caption does that says when."""
        return bool(self.words) and _YEAR.fullmatch(self.words[-1]) is not None

    @property
    def step(self) -> int:
        """-1 for a link to the previous story, 1 for one to the next, else 0."""
        if single_stop(self.text):
            return 0
        return (opening(self.words, "NEXT") is not None) - (opening(self.words, "PREVIOUS") is not None)


def read(text: str) -> Line:
    """Return how a line of plain ``text`` reads."""
    text = text[:READ].strip()
    folded = fold(text)
    spans = [m.span() for m in WORD.finditer(folded)]
    found = tuple(folded[a:b] for a, b in spans)
    prose = is_prose(text, len(found))
    role, reason = _role(found)
    reason = reason or _reason(text, folded, found, spans, prose)
    return Line(text, found, prose, reason, "" if reason else _doubt(text, found, prose), role)


def is_prose(text: str, count: int) -> bool:
    """Return whether a text of ``count`` words is a sentence or more rather than a title or a label."""
    if count >= 22:
        return True
    ended = _ENDED.search(text[-80:])
    stop = ended.group(1) if ended else ""
    if count >= 4 and stop in {".", "۔", "。"}:
        return True
    return count >= 8 and bool(stop) and _INNER_STOP.search(text) is not None


def invitation(folded: str, ended: bool) -> int:
    """Return where the title begins in a text that invites to another story ("Read also: …"), 0 if it does not.

    Args:
        folded: The text, folded.
        ended: Whether it ends in a single full stop, as prose does and a link does not.
    """
    spans = [m.span() for m, _ in zip(WORD.finditer(folded), range(8), strict=False)]
    found = [folded[a:b] for a, b in spans]
    match = opening(found, "INVITATIONS")
    if match is None:
        return 0
    end = spans[match[0] - 1][1]
    if _SEPARATOR.match(folded, end):
        return end
    plain = opening(found, "PLAIN_INVITATIONS")
    return spans[plain[0] - 1][1] if plain and not ended else 0


def calls(found: Sequence[str]) -> bool:
    """Return whether the words of a sentence only send the reader elsewhere ("Read more on …")."""
    return len(found) <= 14 and opening(found, "CALLS") is not None


def single_stop(text: str) -> bool:
    """Return whether a text ends in one full stop, as a sentence of prose does."""
    ended = _ENDED.search(text[-80:])
    return ended is not None and ended.group(1) in {".", "۔", "。"}


def shortcodes(text: str) -> list[tuple[int, int]]:
    """Return the spans of advert markers like "[ad_1]" in ``text``."""
    return [m.span() for m in _SHORTCODE.finditer(text)] if "[" in text else []


def overlap(title: Line, text: Line) -> float:
    """Return the share of a title's word stems that ``text`` holds, in [0, 1]."""
    wanted = {_stem(w) for w in title.words if len(w) > 2}
    return len(wanted & {_stem(w) for w in text.words}) / len(wanted) if wanted else 0.0


def _stem(word: str) -> str:
    for prefix in ("وال", "بال", "ال", "لل", "و", "ب", "ل"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    return word[:4]


def _bare(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in found if not w.isdigit())


def _whole(found: Sequence[str], name: str) -> str | None:
    match = opening(found, name)
    return match[1] if match and match[0] == len(found) else None


def _role(found: tuple[str, ...]) -> tuple[Role, str]:
    bare = _bare(found)
    if _whole(bare, "STORY_LISTS") is not None:
        return "list", "related heading"
    if _whole(bare, "WHOLE") == "comments":
        return "list", "comments"
    if _whole(bare, "INVITATIONS") is not None:
        return "invitation", "related link"
    return "", ""


def _reason(text: str, folded: str, found: tuple[str, ...], spans: list[tuple[int, int]], prose: bool) -> str:
    if not found:
        return "separator"
    if whole := _whole(_bare(found), "WHOLE"):
        return whole
    if _SHORTCODE.fullmatch(text):
        return "advert marker"
    if _ADDRESS.fullmatch(text):
        return "web address"
    if invitation(folded, single_stop(text)):
        return "related link"
    if calls(found) and not _INNER_STOP.search(text) and _QUOTES.isdisjoint(text):
        return "read more"
    return (
        _labelled(text, folded, found, spans)
        or _opened(text, found)
        or (_counted(text, found) if len(found) <= 10 else "")
        or ("" if prose and single_stop(text) else _vocabulary(text, found, 4, 2))
    )


def _labelled(text: str, folded: str, found: tuple[str, ...], spans: list[tuple[int, int]]) -> str:
    match = opening(found, "LABELS")
    if match is None or not _COLON.match(folded, spans[match[0] - 1][1]):
        return ""
    count, reason = len(found) - match[0], match[1]
    digits = any(c.isdigit() for c in text)
    if reason == "tags":
        fits = not single_stop(text)
    elif reason == "caption":
        fits = count <= 40
    elif reason in {"counter", "date line"}:
        fits = digits and count <= 14
    elif reason == "share bar":
        fits = count <= 12 and (digits or covered(found[match[0] :], "SHARE_WORDS")[0] >= 0.6 or "/" in text)
    elif reason == "previous/next link":
        fits = not single_stop(text)
    else:
        fits = count <= (9 if single_stop(text) is False else 4)
    return reason if fits else ""


def _opened(text: str, found: tuple[str, ...]) -> str:
    if len(found) > 45:
        return ""
    match = opening(found, "OPENINGS")
    if match:
        return match[1]
    if holds(found, "RIGHTS") and len(found) <= 30:
        return "copyright"
    if ("©" in text or "(c)" in text.lower()) and (_YEAR.search(text) or text.startswith("©")) and len(found) <= 25:
        return "copyright"
    if len(found) <= 4 and found[-1] == "logo" and not single_stop(text):
        return "site name"
    return ""


def _counted(text: str, found: tuple[str, ...]) -> str:
    if _FONT.fullmatch(text):
        return "page control"
    rest = [w for w in found if not w[0].isdigit()]
    counters = sum(opening([w], "COUNTER_WORDS") is not None for w in rest)
    if (
        len(rest) < len(found)
        and counters
        and all(opening([w], "COUNTER_WORDS") or opening([w], "COUNTER_FILLERS") for w in rest)
    ):
        return "counter"
    return ""


def _doubt(text: str, found: tuple[str, ...], prose: bool) -> str:
    if holds(found[:60], "PICTURE_WORDS") and len(found) <= 40 and not holds(found, "REPORTING"):
        return "caption"
    if prose or single_stop(text):
        return ""
    if (
        any(w[0].isdigit() for w in found)
        and len(found) <= 16
        and all(w[0].isdigit() or opening([w], "DATE_WORDS") for w in found)
    ):
        return "date line"
    if len(found) <= 4 and opening(found, "LOGOS"):
        return "site name"
    if _byline(text, found):
        return "byline"
    crumbs = [c for c in _BREADCRUMB.split(text) if c.strip()]
    if len(crumbs) >= 3 and all(len(c.split()) <= 4 for c in crumbs[:-1]) and not text.startswith("|"):
        return "menu"
    return _vocabulary(text, found, 1, 1)


def _byline(text: str, found: tuple[str, ...]) -> bool:
    if len(found) > 8:
        return False
    tail = next((n for n in range(1, 4) if _whole(found[-n:], "BYLINE_ENDINGS") is not None), 0)
    if tail and (tail == len(found) or re.search(r"[_|/–—,،-]", text)):
        return True
    match = opening(found, "BYLINE_OPENINGS")
    names = re.findall(r"[^\W\d_][\w'’.-]*", text)[match[0] :] if match else []
    return 2 <= len(names) <= 6 and all(n[0].isupper() or not n[0].islower() or n in {"and", "и"} for n in names)


def _vocabulary(text: str, found: tuple[str, ...], menu_items: int, share_items: int) -> str:
    share, shared = covered(found, "SHARE_WORDS")
    if share >= 0.8 and shared >= share_items:
        return "share bar"
    menu, listed = covered(found, "MENU_WORDS")
    if menu >= 0.7 and listed >= menu_items:
        return "menu"
    longest = max(text.split(), key=len)
    if len(longest) >= 20 and "/" not in longest and len(_GLUED.findall(longest)) >= 2 and len(found) <= 12:
        return "menu"
    return ""
