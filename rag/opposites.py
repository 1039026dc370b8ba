"""Whether a sentence says the opposite of a text in words that are no denial: "fell" for "rose", wounded for killed."""

import re

from index.lexical import normalize, words
from rag import wordlists

Pair = tuple[tuple[bool, bool], tuple[bool, bool]]
"""Whether each of two words that exclude each other stands in a sentence, and in a text."""


def _either(listed: str) -> re.Pattern[str]:
    """A pattern of words, those of Arabic behind any particle; "*" stands for any ending."""
    forms = "|".join(normalize(word).replace("*", r"\w*").replace("_", " ") for word in listed.split())
    return re.compile(rf"(?<!\w)(?:[وفبلسيتن]|ال|وال|بال|سي|ست|وسي|وست){{0,2}}(?:{forms})(?!\w)")


_PAIRS = tuple(
    (_either(one), _either(other))
    for one, other in (
        (
            "opened reopen* inaugurat* فتح* افتتح* افتتاح* تدشين* دشن* откры*",
            "closed shut* closure اغلق* اغلاق* غلق* закры*",
        ),
        (
            "prais* welcom* hail* applaud* backs backed رحب* اشاد* ايد* تاييد* приветств* похвал* одобр*",
            "condemn* criticis* criticiz* denounc* oppos* ادان* ندد* استنكر* عارض* انتقد* осуд* раскритик*",
        ),
        (
            "raise* raising hike* رفع* повы*",
            "lower* reduc* cut cuts cutting slash* خفض* تخفيض* сниз* снижа*",
        ),
        (
            "convict* sentenc* jail* guilty حكم* ادان* مذنب* приговор* осуд* осужд*",
            "acquit* exonerat* innocent برا* تبريه بري оправда*",
        ),
        (
            "allow* permit* legaliz* legalis* سمح* سماح اجاز* разреш*",
            "ban bans banned banning prohibit* forb* outlaw* حظر* منع* запре*",
        ),
        (
            "arrest* detain* imprison* اعتقل* اعتقال* احتجز* арест* задерж*",
            "releas* freed افرج* افراج* освобод*",
        ),
        (
            "more_than at_least no_less_than no_fewer_than اكثر_من ما_لا_يقل لا_يقل_عن يزيد_عن يزيد_على более свыше",
            "less_than fewer_than at_most no_more_than اقل_من لا_يتجاوز لا_يزيد_على لا_يزيد_عن менее меньше не_более",
        ),
    )
)
_WON, _LOST = (
    _either(listed)
    for listed in (
        "won win wins winning winner* victor* beat beats defeated فاز* فوز* تغلب* انتصر* انتصار* выигра* побед*",
        "lost lose* losing loser* خسر* خساره هزيمه انهزم* проигра* поражен*",
    )
)
"""Who beat somebody, and who lost to somebody: the same with both in each other's place."""
_EVENTS = (("rose", "fell"), ("began", "ended"), ("killed", "wounded"))
_EITHER = "losses"
"""Killed or wounded."""


def opposes(sentence: str, text: str) -> bool:
    """Whether a sentence has only one, and a text only the other, of two words that exclude each other."""
    said, given = normalize(sentence), normalize(text)
    found = [_standing(said, given, one, other) for one, other in (*_PAIRS, (_WON, _LOST))]
    here, there = _events(sentence), _events(text)
    found += [((one in here, other in here), (one in there, other in there)) for one, other in _EVENTS]
    return any(map(_excludes, found))


def turned(sentence: str, text: str) -> bool:
    """Whether one of a sentence and a text tells who won and the other who lost, so that names change places."""
    return _excludes(_standing(normalize(sentence), normalize(text), _WON, _LOST))


def _excludes(pair: Pair) -> bool:
    said, given = pair
    return said == given[::-1] and said[0] is not said[1]


def _standing(said: str, given: str, one: re.Pattern[str], other: re.Pattern[str]) -> Pair:
    return (bool(one.search(said)), bool(other.search(said))), (bool(one.search(given)), bool(other.search(given)))


def _events(text: str) -> frozenset[str]:
    events = frozenset(event for word in words(text) for event in wordlists.events(word.form))
    return events | {"killed", "wounded"} if _EITHER in events else events
