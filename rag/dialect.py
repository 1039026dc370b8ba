"""An Arabic question in the words of news: the embedding model knows few dialect words and no vowel signs."""

import re

_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670]")
_WORD = re.compile(r"[\u0621-\u064a]+")
_HOW_MANY_ONES = re.compile(r"(?<!\w)كم واحد(?!\w)")
_HAMZA = str.maketrans("أإآ", "ااا")
# "Who", "where" and so on as Egyptians, Levantines, Gulf Arabs, Iraqis and Maghrebis write them.
_STANDARD = {
    dialect: standard
    for standard, written in (
        ("من", "مين منو منهو"),
        ("لمن", "لمين"),
        ("أين", "وين فين"),
        ("إلى أين", "لوين لفين"),
        ("من أين", "منين"),
        ("متى", "امتى امتا ايمتى ايمتا ايمته وقتاش"),
        ("لماذا", "ليش ليه علاش لويش"),
        ("ماذا", "شو ايش ايه شنو وش اش"),
        ("كم", "كام قديش قداش قديه شحال"),
        ("بكم", "بكام"),
        ("كيف", "ازاي شلون كيفاش"),
        ("الذي", "اللي"),
        ("من أجل", "عشان علشان"),
        ("ليس", "مش مو"),
        ("الآن", "دلوقتي هلق هلأ"),
    )
    for dialect in written.translate(_HAMZA).split()
}


def standard(question: str) -> str:
    """The question without vowel signs and tatweel, its dialect question words in standard Arabic."""
    said = _WORD.sub(_said, _SIGNS.sub("", question))
    return _HOW_MANY_ONES.sub("كم شخص", said)  # "how many of them" counts people


def _said(match: re.Match[str]) -> str:
    word = match[0]
    form = word.translate(_HAMZA)
    if form in _STANDARD:
        return _STANDARD[form]
    if form[0] in "وف" and form[1:] in _STANDARD:  # "وليش"
        return word[0] + _STANDARD[form[1:]]
    return word
