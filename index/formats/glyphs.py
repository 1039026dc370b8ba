"""Glyphs on a page become lines of text in the order they are read.

A PDF holds glyphs at places, not text in an order. Arabic is drawn left to right or right to left, as the program that
wrote the file pleased; so the places decide, and the Unicode bidirectional algorithm (UAX #9) is undone from what is
seen: letters of right-to-left scripts run from the right, words of other scripts and numbers from the left.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_SAME_LINE = 0.35  # baselines that differ by less, in heights of the letters, are one line; superscripts fit in
_SPACE = 0.18  # a wider gap, in heights of the letters, is a space although none is drawn
_CELL = 8  # a wider gap, in heights of the letters, parts columns and cells
_FOREIGN = 2  # so many letters from the left for each from the right still stand in a line from the right
_STOPS = tuple(".!?:;,")
_JOINS_DIGITS = frozenset(".,:/\u066b\u066c\u00a0")
_OPENING, _CLOSING = "([{«‹⟨", ")]}»›⟩"
_MIRRORED = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)


@dataclass(frozen=True, slots=True)
class Glyph:
    """Letters drawn as one.

    Attributes:
        text: The letters in the order they are read; more than one for a ligature.
        x0: Left edge, in points from the left of the page.
        x1: Right edge; a mark above or below a letter has no width of its own.
        y: Baseline, in points from the bottom of the page.
        size: Height of the letters, in points.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it is read; ``x0``, ``x1``, ``y`` and ``size`` as of a glyph."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


def read_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines of a page.

    Args:
        glyphs: In the order they are drawn.

    Returns:
        Lines with some text from top to bottom; where there are columns, in the order they are drawn.
    """
    rows = [part for row in _rows(_with_marks(list(glyphs))) for part in _cells(row)]
    from_right, from_left = _counts([glyph for row in rows for glyph in row])
    towards_left = from_right > from_left
    orders = [_in_reading_order(row) for row in rows]
    # Some programs say which bracket was written, others which was drawn.
    drawn = _unpaired(_joined(order, mirror=True) for order in orders) < _unpaired(
        _joined(order, mirror=False) for order in orders
    )
    lines = []
    for row, order in zip(rows, orders, strict=True):
        text = " ".join(_normalised(_joined(order, mirror=drawn)).split())
        if towards_left and "R" not in map(_strong, text) and text[:1] in _STOPS and text[-1] not in _STOPS:
            text = text[1:] + text[0]  # a sentence from the left in a paragraph from the right ends on its left
        if text:
            size = max(glyph.size for glyph in row)
            x0, x1 = min(glyph.x0 for glyph in row), max(glyph.x1 for glyph in row)
            lines.append(Line(text, x0, x1, row[0].y, size))
    return lines if _has_columns(lines) else sorted(lines, key=lambda line: -line.y)


def _has_columns(lines: Sequence[Line]) -> bool:
    """Whether lines stand beside each other, so that their heights are not the order they are read in."""
    ordered = sorted(lines, key=lambda line: -line.y)
    return any(abs(a.y - b.y) < _SAME_LINE * a.size and (a.x1 < b.x0 or b.x1 < a.x0) for a, b in pairwise(ordered))


def _with_marks(glyphs: list[Glyph]) -> list[Glyph]:
    """Letters with the marks that belong to them.

    A mark is drawn next to its letter, but after it only where a program draws in reading order; where Arabic is
    drawn from the left, the letter follows.
    """
    done: list[Glyph] = []
    waiting, drawn_at = "", 0.0
    for glyph in glyphs:
        if all(unicodedata.combining(letter) for letter in glyph.text):
            waiting, drawn_at = glyph.text + waiting, glyph.y
        elif not waiting:
            done.append(glyph)
        else:
            last = done[-1] if done else None
            if last is None or _belongs_to_next(drawn_at, last, glyph):
                done.append(replace(glyph, text=glyph.text + waiting))
            else:
                done[-1] = replace(last, text=last.text + waiting[::-1])
                done.append(glyph)
            waiting = ""
    if waiting and done:
        done[-1] = replace(done[-1], text=done[-1].text + waiting[::-1])
    return done


def _belongs_to_next(drawn_at: float, last: Glyph, following: Glyph) -> bool:
    """Whether a mark between two letters belongs to the second."""
    if abs(last.y - following.y) > _SAME_LINE * following.size:  # drawn from the left, a line may begin with a mark
        return abs(drawn_at - following.y) < abs(drawn_at - last.y)
    if _strong(following.text) != "R":
        return False
    return _strong(last.text) not in {"R", "L"} or following.x0 > last.x0 - 0.01  # figures and signs bear no marks


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs drawn on one baseline one after the other, each row from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in glyphs:
        same = rows and abs(rows[-1][0].y - glyph.y) < _SAME_LINE * max(rows[-1][0].size, glyph.size)
        if same:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda glyph: (glyph.x0 + glyph.x1, glyph.x0)) for row in rows]


def _cells(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """A row parted where a column ends, the parts in the order they are drawn from the side it begins at."""
    drawn = [glyph for glyph in row if not glyph.text.isspace()]
    parts = [drawn[:1]] if drawn else []
    for left, right in pairwise(drawn):
        if right.x0 - left.x1 > _CELL * max(left.size, right.size):
            parts.append([])
        parts[-1].append(right)
    spaces = [glyph for glyph in row if glyph.text.isspace()]
    for part in parts:
        part += [space for space in spaces if part[0].x0 < space.x0 < part[-1].x1]
        part.sort(key=lambda glyph: (glyph.x0 + glyph.x1, glyph.x0))
    from_right, from_left = _counts(drawn)
    return parts[::-1] if from_right > from_left else parts


def _counts(glyphs: Sequence[Glyph]) -> tuple[int, int]:
    """Letters read from the right and from the left."""
    strong = [_strong(glyph.text) for glyph in glyphs]
    return strong.count("R"), strong.count("L")


def _strong(text: str) -> str:
    """What a text is: "R" or "L" letters, "N" digits, "" signs and spaces."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"R", "AL"}:
            return "R"
        if kind == "L":
            return "L"
        if kind in {"EN", "AN"}:
            return "N"
    return ""


def _in_reading_order(row: Sequence[Glyph]) -> list[tuple[str, bool]]:
    """Texts of a row's glyphs as they are read, each with whether it stands among right-to-left text."""
    pieces = _spaced(row)
    kinds = [_strong(piece) for piece in pieces]
    if "R" not in kinds:
        return [(piece, False) for piece in pieces]
    ends_left = pieces[0] in _STOPS and pieces[-1] not in _STOPS
    if ends_left or _FOREIGN * kinds.count("R") >= kinds.count("L"):
        return _leftwards(pieces, kinds)
    first, last = kinds.index("R"), len(kinds) - 1 - kinds[::-1].index("R")
    # Between its first and last letter from the right, a row that runs from the left is read from the right.
    inner = _leftwards(pieces[first : last + 1], kinds[first : last + 1])
    return [(p, False) for p in pieces[:first]] + inner + [(p, False) for p in pieces[last + 1 :]]


def _spaced(row: Sequence[Glyph]) -> list[str]:
    """Texts of a row from left to right, with the spaces that are only gaps."""
    pieces = [row[0].text]
    for left, right in pairwise(row):
        if right.x0 - left.x1 > _SPACE * max(left.size, right.size):
            pieces.append(" ")
        pieces.append(right.text)
    return pieces


def _leftwards(pieces: Sequence[str], kinds: Sequence[str]) -> list[tuple[str, bool]]:
    """Read pieces from the right, but each run of words from the left, and each number, as it stands."""
    found: list[tuple[str, bool]] = []
    at = len(pieces) - 1
    while at >= 0:
        start = _run_start(pieces, kinds, at)
        run = pieces[start : at + 1]
        words = "L" in kinds[start : at + 1]
        found += [(piece, not words) for piece in run]
        at = start - 1
    return found


def _run_start(pieces: Sequence[str], kinds: Sequence[str], end: int) -> int:
    """Where the run that is read from the left and ends at ``end`` begins; ``end`` itself where there is none."""
    start = end
    if kinds[end] not in {"L", "N"}:
        return end
    for at in range(end - 1, -1, -1):
        if kinds[at] == "R":
            break
        if kinds[at] == "L" or (kinds[at] == "N" and _joined_digits(pieces[at + 1 : start])):
            start = at
    # A number to the right of words belongs to them, a number to the left was read after them.
    return start


def _joined_digits(between: Sequence[str]) -> bool:
    return not between or (len(between) == 1 and between[0] in _JOINS_DIGITS)


def _joined(order: Sequence[tuple[str, bool]], *, mirror: bool) -> str:
    return "".join(piece.translate(_MIRRORED) if mirror and leftwards else piece for piece, leftwards in order)


def _unpaired(lines: Iterable[str]) -> int:
    """Brackets without a partner in the lines together."""
    open_brackets: list[str] = []
    unpaired = 0
    for line in lines:
        for letter in line:
            if letter in _OPENING:
                open_brackets.append(letter)
            elif letter in _CLOSING:
                if open_brackets and open_brackets[-1].translate(_MIRRORED) == letter:
                    open_brackets.pop()
                else:
                    unpaired += 1
    return unpaired + len(open_brackets)


def _normalised(text: str) -> str:
    """Letters drawn in a certain form become the letters themselves."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    code = ord(letter)
    if 0xFB00 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFD:
        # A mark alone is encoded as one above a space.
        return unicodedata.normalize("NFKC", letter).lstrip(" ")
    return letter
