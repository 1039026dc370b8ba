"""Which elements of a page are not seen, as far as their own attributes tell: sheets of styles are not read."""

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIZE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)")
_COLOURS = {"white": "ffffff", "black": "000000", "red": "ff0000", "blue": "0000ff", "yellow": "ffff00"}
_SEE_THROUGH = re.compile(r"transparent|(?:rgb|hsl)a?\([^()]*[,/]\s*0?\.?0+%?\s*\)|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)")
_CLIPPED = re.compile(r"rect\(\s*+(?:[01](?:px)?[\s,]*+){4}\)|inset\(\s*(?:[5-9]\d|100)%|(?:circle|ellipse)\(\s*0")
_MOVED_AWAY = re.compile(r"scale[xy]?\(\s*0\.?0*\s*[,)]|translate(?:x|y|3d)?\([^()]*-\d{3,}(?:px|%|vw|vh|em|rem)")
_LONGEST_VALUE = 200
_FAINTEST = 0.05
"""Opacity up to which a text is taken for unseen."""
_SMALLEST = 1.0
"""Pixels or points up to which letters are taken for unseen."""
_FARTHEST = -900.0
"""Pixels from an edge at which an element is taken for off the page."""


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes, names in lower case, is not shown.

    Told are the attributes ``hidden`` and ``aria-hidden``, and in a style of its own: no display, no opacity, no size,
    a place off the page, clipping, and letters that are see-through or of their background's colour.
    """
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    return "style" in attributes and _is_unseen(_declared(attributes["style"]))


def _declared(style: str) -> dict[str, str]:
    """The declarations of a style in lower case; of two for one property the later counts."""
    text = _COMMENT.sub("", style).lower().replace("!important", "")
    parted = (declaration.partition(":") for declaration in text.split(";"))
    return {name.strip(): value.strip()[:_LONGEST_VALUE] for name, _, value in parted}


def _is_unseen(style: Mapping[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or _is_faint(style.get("opacity", ""))
        or _is_tiny(style.get("font-size", "") or _font_size(style.get("font", "")))
        or _is_off_page(style)
        or any(_CLIPPED.search(style.get(name, "")) for name in ("clip", "clip-path"))
        or _is_boxed_away(style)
        or _is_uncoloured(style)
    )


def _is_faint(opacity: str) -> bool:
    size = _size(opacity)
    return size is not None and size / (100 if opacity.endswith("%") else 1) <= _FAINTEST


def _is_tiny(size: str) -> bool:
    number = _size(size)
    return number is not None and (number <= 0 or (size.endswith(("px", "pt")) and number <= _SMALLEST))


def _font_size(font: str) -> str:
    """The size in the shorthand "italic 0/0 serif", "" where there is none."""
    return next((part.split("/")[0] for part in font.split() if re.match(r"[\d.]+(?:/|px|pt|em|rem|%|\Z)", part)), "")


def _is_off_page(style: Mapping[str, str]) -> bool:
    places = ["text-indent", "margin-left", "margin-top", "margin-inline-start"]
    if style.get("position") in ("absolute", "fixed", "relative"):
        places += ["left", "right", "top", "bottom", "inset"]
    sizes = [_far(part) for place in places for part in style.get(place, "").split()]
    return any(sizes) or _MOVED_AWAY.search(style.get("transform", "")) is not None


def _far(length: str) -> bool:
    size = _size(length)
    if size is None:
        return False
    return size * (16 if length.endswith("em") else 8 if length.endswith(("%", "vw", "vh")) else 1) <= _FARTHEST


def _is_boxed_away(style: Mapping[str, str]) -> bool:
    """Whether an element has no room for its text and does not let it out."""
    if style.get("overflow") not in ("hidden", "clip"):
        return False
    sides = (style.get(name, "") for name in ("width", "height", "max-width", "max-height"))
    sizes = [_size(side) for side in sides if side in ("0", "0%") or side.endswith("px")]
    return any(size is not None and size <= _SMALLEST for size in sizes)


def _is_uncoloured(style: Mapping[str, str]) -> bool:
    letters = style.get("-webkit-text-fill-color") or style.get("color", "")
    if _SEE_THROUGH.fullmatch(letters):
        return True
    behind = style.get("background-color") or style.get("background", "")
    colour = _colour(letters)
    return colour is not None and colour in map(_colour, [behind, *behind.split()])


def _colour(written: str) -> str | None:
    """Six hexadecimal digits of a colour, None where it is written in another way."""
    if match := _RGB.fullmatch(written):
        return "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    digits = _COLOURS.get(written, written.removeprefix("#") if written.startswith("#") else "")
    if re.fullmatch("[0-9a-f]{3}", digits):
        return "".join(2 * digit for digit in digits)
    return digits if re.fullmatch("[0-9a-f]{6}", digits) else None


def _size(written: str) -> float | None:
    match = _SIZE.match(written)
    return float(match.group()) if match else None
