"""Where a sentence gives a reason or an aim: the clause behind "because of", "in order to" and the like."""

import re

from index.lexical import normalize, words

Span = tuple[int, int]

_BECAUSE = re.compile(
    r"(?:^| )(?P<reason>(?:"
    + normalize(
        "[وف]?(?:لأن|لأنه|لأنها|لأنهم|بسبب|نتيجة|جراء|بهدف|بغية|بغرض|بدافع|بفعل|لكي|كي|سعيا|خوفا|خشية|نظرا|بدعوى|بحجة)"
        "|من أجل|[تي]هدف إلى|في ظل|على خلفية|ردا على|من أن|من أنه|من أنها"
        "|زیرا|چون|به دلیل|به خاطر|به منظور"
        "|потому что|из за|чтобы|ради|с целью|в целях|поскольку|так как|вследствие|благодаря|в связи с|в ответ на|ввиду"
    )
    + r"|because|due to|owing to|in order to|so that|so as to|as a result of|thanks to|aimed at|aim(?:s|ed)? to"
    r"|for fear|in response to|to (?:prevent|avoid|deter)) .+)"
)
_LEAST_WORDS = 5
_STOP, _COMMA = re.compile(r"[;؛.!?؟]"), re.compile("[,،]")


def given(text: str) -> Span | None:
    """(start, end) of the first such clause of a sentence; None where no word tells of one.

    Told are reasons in Arabic, Persian, Russian and English.
    """
    found = words(text)
    forms = " ".join(word.form for word in found)
    match = _BECAUSE.search(forms)
    if match is None:
        return None
    first = forms.count(" ", 0, match.start("reason"))
    least = found[min(first + _LEAST_WORDS, len(found)) - 1]  # "because, as they say, the river rose"
    start = found[first].start
    ends = (_STOP.search(text, start), _COMMA.search(text, least.end))
    return start, min((end.start() for end in ends if end), default=len(text))
