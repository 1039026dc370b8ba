"""Whether a text holds an answer or states a fact, however digits, diacritics and particles are written."""

import re
import unicodedata
from collections.abc import Sequence

from index.lexical import is_arabic, normalize

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_GROUPED = re.compile(r"(?<=\d)[,٬،](?=\d{3}(?!\d))")
_PROCLITICS = "(?:[وف]?(?:[بلك]?ال|لل|[بلكس])?)"
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_STEM_MIN = 3


def fold_answer(text: str) -> str:
    """Text as SQuAD's evaluation compares it, with Arabic folded as the index does.

    Lower case, without punctuation, English articles and surplus white space (Rajpurkar et al., 2016); dashes
    and slashes become spaces, so that the ends of a range stay two numbers.
    """
    folded = _fold_numbers(text)
    kept = "".join(
        " " if unicodedata.category(c) == "Pd" or c == "/" else c
        for c in folded
        if unicodedata.category(c)[0] not in "PS" or unicodedata.category(c) == "Pd" or c == "/"
    )
    return " ".join(_ARTICLES.sub(" ", kept).split())


def holds_answer(text: str, gold: str) -> bool:
    """Whether a text contains a gold answer, as it stands or with both folded; "12" is not in "2012"."""
    folded = fold_answer(gold)
    return _stands(gold.strip(), text) or _stands(folded, fold_answer(text))


def states_fact(text: str, variants: Sequence[str]) -> bool:
    """Whether a text states a fact: any of its variants stands in it as whole words.

    Digits of all scripts, grouped thousands, diacritics, Arabic letters and case are folded. Arabic particles
    and the article may stand before a variant; "1000" stands neither in "11000" nor in "1000.5".
    """
    folded = _fold_numbers(text)
    return any(re.search(_whole_words(_fold_numbers(v)), folded) for v in variants if v.strip())


def spaced(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def _fold_numbers(text: str) -> str:
    """Normalised text with "1,000" as "1000", Arabic decimal signs as points and "5 %" as "5%"."""
    folded = _GROUPED.sub("", normalize(text)).replace("٫", ".").replace("٪", "%")
    return re.sub(r"(?<=\d)\s+%", "%", spaced(folded))


def _stands(needle: str, text: str) -> bool:
    """Whether a string stands in a text without cutting a number in two."""
    return bool(needle) and re.search(_number_edges(needle), text) is not None


def _number_edges(needle: str) -> str:
    """Pattern of a string whose digits at either end are the end of the number."""
    left = r"(?<!\d)(?<!\d[.,])" if needle[0].isdigit() else ""
    right = r"(?![.,]?\d)" if needle[-1].isdigit() else ""
    return left + re.escape(needle) + right


def _whole_words(needle: str) -> str:
    """Pattern of a folded string as whole words, where its script has spaces between words."""
    if is_arabic(needle):
        # The article stands among the particles, so that "الكرملين" is found in "للكرملين".
        first = needle.split()[0]
        bare = needle[2:] if first.startswith("ال") and len(first) >= _STEM_MIN + 2 else needle
        left, needle = rf"(?<!\w){_PROCLITICS}", bare
    else:
        left = r"(?<!\w)" if needle[0].isalpha() and not _UNSPACED.match(needle) else ""
    right = r"(?!\w)" if needle[-1].isalpha() and not _UNSPACED.match(needle[-1]) else ""
    return left + _number_edges(needle) + right
