"""What kind of words a question asks for, told by its question words, and whether a text holds such words."""

import re
from typing import Literal

from index import names
from index.lexical import normalize

Kind = Literal["number", "date", "person", "place", "reason", "manner", "list", "yes/no", "definition"]
NUMERIC: frozenset[Kind | None] = frozenset({"number", "date"})
"""The kinds that an answer without a number, or a month or day, cannot serve."""

# Question words that stand anywhere: in these languages they open no relative or adverbial clause. Arabic (standard
# and dialect), Persian, Turkish, Hindi, Urdu, and what is unmistakable elsewhere; normalised when compiled.
_ANYWHERE: dict[Kind, str] = {
    "number": (
        r"كم|كام|بكم|بكام|قديش|قداش|قديه|شحال"
        r"|ما (?:هو |هي )?(?:ال)?(?:عدد|كميه|سعر|ثمن|نسبه|مساحه|مسافه|طول|ارتفاع|تكلفه|كلفه)"
        r"|how (?:many|much|long|far|old|tall|high|wide|deep|large|big)|what (?:number|percentage|share|amount)"
        r"|what(?: is| was|'s|’s) the (?:number|percentage|price|cost|length|height|width|depth|distance)"
        r"|сколько|какое количество|как\w+ (?:высот|длин|ширин|глубин|расстояни)\w*|скільки"
        r"|چند|چقدر|چه تعداد|kaç|kaça|ne kadar|wie ?viele?|wie (?:lange|hoch|weit)|cu[aá]nt[oa]s?|combien"
        r"|कितने|कितना|कितनी|کتنے|کتنا|کتنی"
    ),
    "date": (
        r"متي|امتي|ايمتي|ايمته|وقتاش|(?:في|ب)?اي (?:عام|سنه|يوم|شهر|تاريخ|ساعه)|ما (?:هو )?(?:تاريخ|موعد)"
        r"|(?:what|which) (?:year|day|month|date)|в каком (?:году|месяце)|какого числа|چه (?:زماني|سالي|روزي|موقع)"
        r"|ne zaman|hangi (?:yıl|gün|ay|tarih)(?:da|de|ta)?|in welchem (?:jahr|monat)|en que (?:ano|fecha|mes|dia)"
        r"|en quelle annee|कब|किस (?:साल|दिन)|коли|کب"
    ),
    "reason": (
        r"لماذا|ليش|ليه|علاش|لويش|عشان ايش|ما (?:هو |هي )?(?:ال)?(?:سبب|اسباب|دافع|دوافع)|چرا|به چه دليل"
        r"|neden|niye|nicin"
        r"|क्यों|کیوں|for what reason|what (?:was|is|were) the (?:reason|cause)s?|what caused"
    ),
    "place": (
        r"اين|وين|فين|منين"
        r"|(?:في|من|الي|ب)? ?اي(?:ه|ة)? (?:مدينه|بلد|بلده|دوله|مكان|منطقه|مطار|ميناء|محطه|مقاطعه|قريه|موقع)"
        r"|كجا|كدام (?:شهر|كشور|منطقه)|nerede|nereye|nereden|neresi|hangi (?:sehir|ulke|bolge)\w*|कहाँ|کہاں"
        r"|(?:which|what) (?:city|town|country|place|region|airport|port|harbour|harbor|station)"
    ),
    "person": (
        r"مين|منو|لمين|مع من|مع مين|چه كسي|چه كساني|kim[ei]|kimin(?:le)?|kimle|kimler|कौन|किसने|किसे|किसको|کون|کس نے"
        # Turkish "who", not the family name: its sentence ends in a Turkish verb.
        r"|kim(?= .*(?:[dt][iıuü]|yor|[ae]cak|m[iıuü]s)(?:l[ae]r)?\b[^\w]*$)"
    ),
    "manner": r"كيف|ازاي|شلون|كيفاش|(?:ب)?اي (?:طريقه|وسيله)|چگونه|چطور|nas[ıi]l|कैसे|کیسے|in what way",
    "list": (
        r"ما (?:هي )?(?:ال)?\w{3,}ات|ما \w+ (?:ال)?(?:ثلاث|اربع|خمس|ست|سبع|ثماني?|تسع|عشر)ه?|من هم"
        r"|اي (?:ال)?(?:دول|بلدان|مدن|مناطق)"
        r"|(?:which|what|who) (?:are|were) the \w+s|(?:which|what) (?:two|three|four|five|\w+ies)|كدام ها|hangileri"
    ),
    "yes/no": r"آیا|m[iıuü](?:d[iıuü]r|yd[iıuü])?(?=[^\w]*$)|(?<=\w )ли(?= )",
    "definition": (
        r"ما (?:هو |هي )?(?:معني|المقصود|تعريف)|ماذا (?:يعني|تعني)|شو (?:يعني|معني)|يعني (?:ماذا|ايه|ايش|شو)|ايش يعني"
        r"|what does [\w -]+ mean|what is meant|что (?:такое|значит|означает)|يعني چه|ne demek|was (?:ist ein|bedeutet)"
        r"|que (?:es un|significa)|qu['’]est[- ]ce qu['’ ]?(?:e|un)|que signifie"
    ),
}
# Words that ask only where a question or a clause opens; elsewhere they join clauses or mean something else.
_OPENING: dict[Kind, str] = {
    "date": r"when|когда|wann|كي|quand|cuando",
    "reason": r"why|почему|зачем|отчего|warum|wieso|weshalb|pourquoi|por que",
    "place": r"where|где|куда|откуда|wo|wohin|woher|ou|donde|adonde|in welche[mr] (?:stadt|land)",
    "person": (
        r"من(?! (?:اي|اين|وين|متي|كم|بين|خلال|قبل|بعد|هم)\b)|لمن|who|whom|whose|кто|кого|кому|кем"
        r"|wer|wen|wem|wessen|qui"
        r"|quien|quienes"
    ),
    "manner": r"how|как(?! (?:назыв|зовут))|wie(?! hei(?:ß|ss))|comment|como",
    "list": (
        r"اذكر|عدد|سم|list|name (?:the|all|three|two)|enumerate|перечисли(?:те)?|назови(?:те)?|какие|nenne|welche \w+en"
        r"|quels|quelles|cuales|enumera|citez|liste"
    ),
    "yes/no": (
        r"هل|ايا|is|are|was(?= (?:the|an?|any|there|it|he|she|this|that|\w+ (?:\w+ ){0,3}\w+ed) )"
        r"|were|do|does|did|has|have|had|can|could|will|would|should|правда ли|разве|ist|sind|waren"
        r"|hat|haben|wird|werden|kann|est[- ]ce|\w+-(?:t-)?(?:il|elle|ils|elles)|(?<=¿)(?:es|son|fue|fueron|hay|ha|han)"
        r"|क्या|کیا"
    ),
    "definition": (
        r"ما (?:هو|هي) \w+(?: ال\w+)?[^\w]*$|what (?:is|are) (?:an? )?\w+[^\w]*$|define"
        # "X nedir?": with more words it asks for X's name, capital or colour.
        r"|(?<!.)[^\s]+(?: [^\s]+)? (?:چيست|nedir|क्या है|کیا ہے)[^\w]*$"
    ),
}
# Chinese is written without spaces.
_CHINESE: dict[Kind, str] = {
    "number": "多少|几(?!乎)|多长|多远|多大",
    "date": "何时|什么时候|哪一年|哪年|哪天|几月",
    "reason": "为什么|为何|原因",
    "place": "哪里|哪儿|何处|在哪(?!一?[年天月日])|什么地方|哪个(?:国家|城市)",
    "person": "谁|何人|哪位",
    "list": "哪些|哪几|列出",
    "manner": "怎么|怎样|如何",
    "yes/no": "吗|是否|是不是|有没有",
    "definition": "什么是|是什么意思",
}
# What people say before the question itself.
_PREFACE = re.compile(
    r"\A\W*(?:please |can you |could you |would you |do you know |tell me |i (?:want|would like) to know "
    r"|هل (?:تعرف|تعلم) "
    r"|ممكن |(?:هل )?يمكنك? (?:ان )?|(?:ان )?تخبرني |قل لي |قلي |اخبرني |بدي اعرف |اريد ان اعرف "
    r"|скажите,? |пожалуиста,? )+"
)
_CLAUSE = (
    r"(?:^|[,;:،؛؟?!.¿¡]|(?<!\w)(?:and|but|so|or|и|а|но|ve|und|y|et|و)\s)[^\w]*"
    r"(?:(?:in|on|at|to|from|with|for|by|since|until|till|о|об|с|в|на|от|до|к|у|от|für|ab|seit|bis|von|mit|à|de|a|con|pour|por"
    r"|para|desde|depuis) +)?"
)


def _pattern(kind: Kind) -> re.Pattern[str]:
    """What asks for a kind; the group "word" begins at the word that asks."""
    anywhere = rf"(?<!\w)[وف]?(?P<word>{normalize(_ANYWHERE[kind])})(?!\w)|(?P<chinese>{_CHINESE[kind]})"
    opening = rf"{normalize(_CLAUSE)}[وف]?(?P<opening>{normalize(_OPENING[kind])})(?!\w)|" if kind in _OPENING else ""
    return re.compile(opening + anywhere)


_PATTERNS: dict[Kind, re.Pattern[str]] = {kind: _pattern(kind) for kind in _ANYWHERE}
# Digits, and the number words that news writes out; Tuesday and Wednesday are none.
_NUMBER = re.compile(
    r"\d|\b(?![وبل]?ال(?:ثلاثا|اربعا)\b)[وبل]?(?:ال)?(?:الف|الاف|مئات|مائه|مئه|مليون|ملايين|مليار|عشرات|اثن|ثلاث|اربع|خمس|ست[هة]?\b|سبع|ثمان|تسع|عشر"
    r"|واحد|مرتين|hundred|thousand|million|billion|two\b|three|four|five|six|seven|eight|nine|ten\b|twenty|dozen"
    r"|один|одна|два\b|две\b|три\b|четыре|пять|шесть|семь|восемь|девять|десят|тысяч|сот|миллион|هزار|ميليون)"
)


# Days of the week, and days and years told by their distance.
_DAY = re.compile(
    rf"\b(?:[وبل]?(?:{normalize('الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|أمس|البارحة|غدا')})"
    rf"|{normalize('(?:العام|السنة|الشهر|الأسبوع) (?:الماضي|المنصرم|الجاري|الحالي|المقبل|القادم)')}ه?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|(?:last|next|this) (?:week|month|year)|ago"
    rf"|{normalize('понедельник|вторник|сред[ауы]|четверг|пятниц[ауы]|суббот[ауы]|воскресенье|вчера|сегодня|завтра')}"
    rf"|(?:{normalize('прошл|следующ')})\w+ (?:недел|месяц|год)\w*|{normalize('شنبه|دیروز|امروز|فردا|پیش')})\b"
)

# "كم عدد الجنود", "how many of the soldiers": what is counted stands behind it.
_NUMBER_OF = re.compile(r"\A[^\w]*(?:(?:هو|هي|عدد|of|the|из) )*")


def asked_for(question: str) -> Kind | None:
    """The kind of words a question asks for; None when its words do not tell ("what did he say?").

    Words for "how many" decide wherever they stand; of others the first. Knows Arabic (standard and dialect), English,
    Russian, Persian, Turkish, German, French, Spanish, Chinese, Hindi and Urdu.
    """
    folded = _PREFACE.sub("", normalize(question))
    found = {kind: match for kind, pattern in _PATTERNS.items() if (match := pattern.search(folded))}
    if "number" in found:
        return "number"
    return min(found, key=lambda kind: found[kind].start(found[kind].lastgroup or 0), default=None)


def counted(question: str) -> str:
    """What stands behind the words that ask for a number, normalised; "" when a question asks for none."""
    folded = _PREFACE.sub("", normalize(question))
    match = _PATTERNS["number"].search(folded)
    return _NUMBER_OF.sub("", folded[match.end() :]) if match else ""


def holds(kind: Kind | None, text: str) -> bool:
    """Whether a text holds a number where one is asked for, a number, month or day where a date is; True for others."""
    if kind not in NUMERIC or _NUMBER.search(folded := normalize(text)):
        return True
    return kind == "date" and bool(_DAY.search(folded) or any(names.months(text)))
