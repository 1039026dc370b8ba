"""Phrases around figures, and how exact they say a figure is."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.lexical import Word, normalize

# What stands right before a number, and between which multiples of it the true value lies.
_EXACTNESS = (
    ("أقل من|دون|لم يتجاوز|لم يتجاوزوا|لم يتعد|less than|fewer than|under|менее|меньше", 0.8, 1.0),
    ("ما يصل إلى|up to|as many as|вплоть до", 0.9, 1.0),
    (
        "أكثر من|ما يزيد على|ما يزيد عن|يزيد على|يزيد عن|أزيد من|تجاوز|تجاوزت|يتجاوز|فاق|more than|over|above"
        "|upwards of|exceeded|более|более чем|свыше|больше",
        1.0,
        1.1,
    ),
    ("بين|ما بين|between", 1.0, 1.0),
    ("ما لا يقل عن|لا يقل عن|at least|не менее|не менее чем|как минимум", 1.0, 1.1),
    (
        "نحو|حوالي|قرابة|زهاء|ما يقارب|يقارب|ما يقرب من|يقرب من|ما يقدر|around|about|some|nearly|almost|close to"
        "|roughly|approximately|около|примерно|почти|порядка",
        0.95,
        1.05,
    ),
)
_AT_LEAST = "على الأقل|at least"
_HEDGE_WORDS = 3


def admitted(text: str, words: Sequence[Word], start: int, end: int) -> tuple[float, float, int | None]:
    """How exact the words around a figure say it is.

    Args:
        text: A sentence.
        words: Its words but for those of numbers.
        start: Offset of the number.
        end: Offset after its noun.

    Returns:
        The least and greatest multiple of the number that may be true, and where the words before it that say so begin.
    """
    before = [word for word in words if word.end <= start][-_HEDGE_WORDS:]
    folded = normalize(" ".join(text[max(0, start - 30) : start].split()))
    for phrases, low, high in _EXACTNESS:
        if before and (hedge := ends_in(phrases, 0).search(folded)):
            said = hedge["said"].split()
            first = before[-min(len(said), len(before))]
            return low, high, first.start + first.form.endswith(said[0]) * (len(first.form) - len(said[0]))
    behind = normalize(text[end : end + 40])
    at_least = re.match(rf"\W*(?:\w+ )?(?:{either(_AT_LEAST)})(?:\W|\Z)", behind)
    return 1.0, 1.1 if at_least else 1.0, None


@lru_cache(maxsize=64)
def either(phrases: str) -> str:
    """A pattern of phrases parted by "|", folded as text is."""
    return "|".join(re.escape(normalize(phrase)).replace(r"\ ", " ") for phrase in phrases.split("|"))


@lru_cache(maxsize=64)
def ends_in(phrases: str, gap: int) -> re.Pattern[str]:
    """Pattern of a text that ends in one of some phrases, with at most ``gap`` words behind it."""
    return re.compile(rf"(?:^|\W)[وفب]?(?P<said>{either(phrases)})(?:\W+\w+){{0,{gap}}}\W*\Z")


def holds(phrases: str, text: str) -> bool:
    """Whether a text holds one of some phrases as whole words."""
    return re.search(rf"(?:^|\W)(?:{either(phrases)})(?:\W|\Z)", normalize(text)) is not None
