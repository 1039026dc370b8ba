"""What one line says that makes it furniture, whatever stands around it."""

import re
from collections.abc import Sequence
from typing import Literal

from index.phrases import WORD, bare, covered, fold, holds, opening, reasons, whole, words
from index.widgets import QUOTES, numbered, promoted

Role = Literal["", "list", "invitation"]

ENDED = re.compile(r"([.!?؟…۔。]+)[\"'”“»’)\]\s\u200e\u200f]*$")
INNER_STOP = re.compile(r"[^\s.!?؟…\"'”»]{3}[\"'”»)]?(?:[!?؟۔]|(?<!\.)\.(?!\.))[\"'”»)]*\s+\S")
YEAR = re.compile(r"(?:19|20)\d\d")

# Emphasis and brackets may close between a label and its colon ("**Share**:").
_SEPARATOR = re.compile(r"[\s*_\])]{0,9}(?:[:：|»›>←→–—-]|$)")
_COLON = re.compile(r"[\s*_\])]{0,9}[:：|]")
_ARCHIVED = re.compile(
    r"\((?:أرشيف\w{0,3}|من الأرشيف|file|archive|архив|آرشیو|archives|arşiv)\)[.\s]{0,3}$", re.IGNORECASE
)
_CRUMBS = re.compile(r"\s*[|•·»›>→]\s*|\s+/\s+")
_DASH = re.compile(r"[_|/–—,،-]")
_CREDIT = re.compile(r"\([^()]{2,60}(?:/|\bvia )[^()]{2,40}\)\.?$")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*")
_LABEL_WITHIN = re.compile(r"(\S{1,30}\s{0,3}\S{0,30})[:：]\s")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|[\w-]{2,63}\.(?:com|org|net|ru|ir|tr|fr|info)"
)
_SHORTCODE = re.compile(
    r"\[/?(?:ads?|adsense|adinserter|advert|caption|gallery|embed|sponsor)(?:[ _-][^\[\]\n]{0,120})?\]", re.IGNORECASE
)
_FONT = re.compile(r"[aаأا][+\-−–]?(?:[\s/|]*[aаأا][+\-−–]?){1,5}", re.IGNORECASE)
# What else than the labels may stand before a colon; of other buttons, "Live: ..." and the like may head an article.
_LABELLING = frozenset({"share bar", "subscription", "reader poll"})
_GLUED = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[ةى])(?=[\u0621-\u064a])")


def invitation(folded: str, ended: bool) -> int:
    """Return where the title begins in a text that invites to another story ("Read also: …"), 0 if it does not.

    Args:
        folded: The text, folded.
        ended: Whether it ends in a single full stop, as prose does and a link does not.
    """
    spans = [m.span() for m, _ in zip(WORD.finditer(folded), range(8), strict=False)]
    found = [folded[a:b] for a, b in spans]
    match = opening(found, "invitations")
    if match is None:
        listed = opening(found, "story_lists")
        end = spans[listed[0] - 1][1] if listed and listed[0] > 1 else 0
        labelled = end and _COLON.match(folded, end) and not holds(words(folded[end:400]), "reporting")
        return end if labelled else 0
    end = spans[match[0] - 1][1]
    if _SEPARATOR.match(folded, end):
        return end
    plain = opening(found, "plain_invitations")
    return spans[plain[0] - 1][1] if plain and not ended else 0


def calls(found: Sequence[str]) -> bool:
    """Return whether the words of a sentence only send the reader elsewhere ("Read more on …")."""
    return len(found) <= 14 and opening(found, "calls") is not None


def masthead(found: Sequence[str]) -> bool:
    """Return whether words look like the name of a news site: short, and "news" or the like at one end."""
    ends = [opening(end, name) for end in (found[:1], found[-1:]) for name in ("site_words", "mastheads")]
    return 2 <= len(found) <= 4 and any(ends)


def single_stop(text: str) -> bool:
    """Return whether a text ends in one full stop, as a sentence of prose does."""
    ended = ENDED.search(text[-80:])
    return ended is not None and ended.group(1) in {".", "۔", "。"}


def shortcodes(text: str) -> list[tuple[int, int]]:
    """Return the spans of advert markers like "[ad_1]" in ``text``."""
    return [m.span() for m in _SHORTCODE.finditer(text)] if "[" in text else []


def part(found: tuple[str, ...]) -> tuple[Role, str]:
    """Return the role of a line with these words, and the reason it is furniture for it."""
    unnumbered = bare(found)
    if whole(unnumbered, "story_lists") is not None:
        return "list", "related heading"
    if whole(unnumbered, "whole") == "comments":
        return "list", "comments"
    if whole(unnumbered, "invitations") is not None:
        return "invitation", "related link"
    return "", ""


def certain(text: str, prose: bool) -> str:
    """Return why a line is furniture wherever it stands, "" when nothing says so."""
    folded = fold(text)
    spans = [m.span() for m in WORD.finditer(folded)]
    found = tuple(folded[a:b] for a, b in spans)
    if not found:
        return "separator"
    if reason := whole(bare(found), "whole"):
        return reason
    if len(text) <= 200 and _CRUMBS.search(text):
        labels = [whole(bare(words(c)), "whole") for c in _CRUMBS.split(text) if c.strip()]
        if len(labels) > 1 and all(labels):
            return labels[0] or ""
    if _SHORTCODE.fullmatch(text):
        return "advert marker"
    if _ADDRESS.fullmatch(text):
        return "web address"
    if invitation(folded, single_stop(text)):
        return "related link"
    if calls(found) and not INNER_STOP.search(text) and QUOTES.isdisjoint(text):
        return "read more"
    if _published(found):
        return "date line"
    return (
        _labelled(text, folded, found, spans)
        or _opened(text, found)
        or promoted(text, found, single_stop(text))
        or _credited(folded, found)
        or numbered(text, found, single_stop(text))
        or (_counted(text, found) if len(found) <= 10 else "")
        or ("" if prose and single_stop(text) else _vocabulary(text, found, 4, 2))
    )


def doubtful(text: str, prose: bool) -> str:
    """Return why a line is furniture at the top, at the tail or beside furniture, "" when nothing says so."""
    found = words(text)
    if not found:
        return ""
    if holds(found[:60], "picture_words") and len(found) <= 40 and not holds(found, "reporting"):
        return "caption"
    if len(found) <= 40 and (_CREDIT.search(text) or (_ARCHIVED.search(text) and not holds(found, "reporting"))):
        return "caption"
    if prose or single_stop(text):
        return ""
    if len(found) <= 4 and opening(found, "logos"):
        return "site name"
    reason = _dated(found) or _byline(text, found)
    if reason:
        return reason
    return _crumbs(text) or _vocabulary(text, found, 1, 1)


def _crumbs(text: str) -> str:
    """Labels parted by bars or arrows: a path through the site, or a date beside its section."""
    crumbs = [c for c in _CRUMBS.split(text) if c.strip()]
    if len(crumbs) < 2 or text.startswith("|"):
        return ""
    reasons = [certain(c, False) or doubtful(c, False) for c in crumbs]
    if all(reasons):
        return reasons[0]
    days = [_dated(words(c)) == "date line" and YEAR.search(fold(c)) is not None for c in crumbs]
    short = [day or len(c.split()) <= 4 for c, day in zip(crumbs, days, strict=True)]
    if any(days) and len(crumbs) <= 3 and all(short):
        return "date line"
    return "menu" if len(crumbs) >= 3 and all(len(c.split()) <= 4 for c in crumbs[:-1]) else ""


def _labelled(text: str, folded: str, found: tuple[str, ...], spans: list[tuple[int, int]]) -> str:
    match = opening(found, "labels") or opening(found, "whole")
    if (
        match is None
        or match[1] not in reasons("labels") | _LABELLING
        or not _COLON.match(folded, spans[match[0] - 1][1])
    ):
        return ""
    count, reason = len(found) - match[0], match[1]
    digits = any(c.isdigit() for c in text)
    if reason == "tags":
        fits = not single_stop(text)
    elif reason == "caption":
        fits = count <= 40
    elif reason in {"counter", "date line", "rating"}:
        fits = digits and count <= (8 if reason == "rating" else 14)
    elif reason == "share bar":
        fits = count <= 12 and (digits or covered(found[match[0] :], "share_words")[0] >= 0.6 or "/" in text)
    elif reason == "previous/next link":
        fits = not single_stop(text)
    elif reason == "subscription":
        fits = count <= (4 if single_stop(text) else 16)
    else:
        fits = count <= (9 if single_stop(text) is False else 4)
    return reason if fits else ""


def _opened(text: str, found: tuple[str, ...]) -> str:
    if len(found) > 45 or (text[0] in QUOTES and holds(found, "reporting")):
        return ""
    match = opening(found, "openings")
    if match:
        return match[1]
    if holds(found, "rights") and len(found) <= 30:
        return "copyright"
    if ("©" in text or "(c)" in text.lower()) and (YEAR.search(text) or text.startswith("©")) and len(found) <= 25:
        return "copyright"
    if len(found) <= 4 and found[-1] == "logo" and not single_stop(text):
        return "site name"
    return ""


def _published(found: tuple[str, ...]) -> bool:
    """Whether a line is a label such as "published on", a whole date and nothing else."""
    match = opening(found, "labels")
    if match is None or match[1] != "date line":
        return False
    said = found[match[0] :]
    return _dated(said) != "" and sum(w[0].isdigit() for w in said) >= 2


def _credited(folded: str, found: tuple[str, ...]) -> str:
    """A caption that names its photographer ("... Photo: A. Name")."""
    if len(found) > 40 or not any(c in folded for c in ":："):
        return ""
    for match in _LABEL_WITHIN.finditer(folded):
        said = words(match[1])
        for count in (1, 2):
            label = opening(said[-count:], "labels")
            if label == (count, "caption") and len(WORD.findall(folded[match.end() :])) <= 10:
                return "caption"
    return ""


def _counted(text: str, found: tuple[str, ...]) -> str:
    controls = opening(found, "whole")
    if controls and controls[1] == "page control" and all(len(w) == 1 for w in found[controls[0] :]):
        return "page control"
    if _FONT.fullmatch(text):
        return "page control"
    rest = [w for w in found if not w[0].isdigit()]
    counters = sum(opening([w], "counter_words") is not None for w in rest)
    fillers = all(opening([w], "counter_words") or opening([w], "counter_fillers") for w in rest)
    return "counter" if len(rest) < len(found) and counters and fillers else ""


def _dated(found: tuple[str, ...]) -> str:
    rest = [w for w in found if not w[0].isdigit()]
    if len(rest) == len(found) or len(found) > 16 or not all(opening([w], "date_words") for w in rest):
        return ""
    return "date line" if rest else "counter"


def _byline(text: str, found: tuple[str, ...]) -> str:
    if any(YEAR.fullmatch(w) for w in found[2:]):  # "By the staff, May 2, 2025"
        while found and (found[-1][0].isdigit() or opening(found[-1:], "date_words")):
            found = found[:-1]
    if not 0 < len(found) <= 8:
        return ""
    tail = next((n for n in range(1, 4) if whole(found[-n:], "byline_endings") is not None), 0)
    if tail and (tail == len(found) or (len(found) - tail <= 2 and _DASH.search(text))):
        return "byline"
    agency = opening(found, "byline_endings")
    if agency and len(found) - agency[0] <= 2 and _DASH.search(text):
        return "byline"
    if len(found) <= 6 and whole(found[-1:], "byline_roles") is not None and "," in text:
        return "byline"
    label = opening(found, "labels")
    if label and label[1] == "byline" and _DASH.search(text) and len(found) - label[0] <= 4:
        return "byline"
    match = opening(found, "byline_openings")
    if match and (tail or whole(found[-1:], "byline_roles") is not None):
        return "byline"
    names = _NAME.findall(text)[match[0] :] if match else []
    named = all(n[0].isupper() or not n[0].islower() or n in {"and", "и", "et", "ve"} for n in names)
    return "byline" if 2 <= len(names) <= 6 and named else ""


def _vocabulary(text: str, found: tuple[str, ...], menu_items: int, share_items: int) -> str:
    share, shared = covered(bare(found), "share_words")
    if share >= 0.8 and shared >= share_items:
        return "share bar"
    unjoined = tuple(w[1:] if w[0] == "و" and opening([w[1:]], "menu_words") else w for w in found)  # "and" in Arabic
    menu, listed = covered(unjoined, "menu_words")
    if (menu >= 0.9 and listed >= menu_items) or (menu >= 0.65 and listed >= 4):
        return "menu"
    longest = max(text.split(), key=len)
    if len(longest) >= 20 and "/" not in longest and len(_GLUED.findall(longest)) >= 2 and len(found) <= 12:
        return "menu"
    return ""
