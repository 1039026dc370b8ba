"""How old somebody is: whether a question asks it, and where a text tells an age."""

import re

from index.lexical import Word, normalize, words

Span = tuple[int, int]

# Words are compared normalised, one space between.
_ASKS = re.compile(
    normalize(
        r"\bhow old (?:is|are|was|were)\b|\bwhat (?:is|are|was|were) the ages? of\b"
        r"|(?:^| )و?(?:كم|ما|قديش)(?: هو| يبلغ| تبلغ| كان)?(?: من)?"
        r" (?:ال)?(?:عمر(?:ه|ها|هم|هما)?|سن(?:ها|هم|هما)?)(?: |$)"
        r"|\bсколько (?:\w+ )?лет (?!назад|длил|прошло)|\bкак\w+ возраст|\bwie alt (?:ist|sind|war|waren)\b"
        r"|\bquel age\b|\bcuantos anos ti\w+|\bkac yasında|چند سال(?:ه| دارد| دارند)"
    )
)
_CHINESE = re.compile("多大年纪|多大岁数|几岁|年龄")
_TOLD = re.compile(
    normalize(
        r"\b(?:aged|age of) \d{1,3}\b|\b\d{1,3} years? old\b"
        r"|(?:^| )[وفب]?(?:ال)?(?:عمر(?:ه|ها|هم|هما)?|سن) (?:نحو |حوالي )?\d{1,3}(?: (?:عاما|سنه))?"
        r"|\b\d{1,3} (?:ربيعا|من العمر)|\b\d{1,3} летн\w+|\bвозраст\w* (?:около )?\d{1,3}(?: (?:лет|года?))?"
        r"|\bim alter von \d{1,3}|\b\d{1,3} jahre alt\b|\bage de \d{1,3} ans|\bde \d{1,3} anos\b|\b\d{1,3} yasında"
    )
)


def asked(question: str) -> bool:
    """Whether a question asks for somebody's age, in Arabic or another language that questions are asked in."""
    return bool(_ASKS.search(_joined(words(question))) or _CHINESE.search(question))


def said(text: str) -> Span | None:
    """(start, end) of the first age that a text tells, with the words that tell it; None where it tells none."""
    found = words(text)
    forms = _joined(found)
    match = _TOLD.search(forms)
    if match is None:
        return None
    start, end = match.span()
    first = forms.count(" ", 0, start + (forms[start] == " "))
    return found[first].start, found[forms.count(" ", 0, len(forms[:end].rstrip()))].end


def _joined(found: tuple[Word, ...]) -> str:
    return " ".join(word.form for word in found)
