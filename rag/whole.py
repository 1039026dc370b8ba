"""Whether a question is about a document as a whole ("what is the article about the bridge about?"), and which."""

import re
from functools import lru_cache

from index import lexical
from index.lexical import normalize

_ARABIC_TEXT = r"(?:ال|لل|هذا ال|هذه ال)?(?:خبر|مقال|مقاله|نص|تقرير|وثيقه|مستند|ملف|قصه|صفحه)"
_ENGLISH_TEXT = (
    r"(?:the |this |that |an? )?(?:\w+ )?(?:article|news(?: story| item| report| piece)?|report|story|text|document"
    r"|piece|page|file|post)"
)
_RUSSIAN_TEXT = r"(?:эт\w+ )?(?:стать\w+|новост\w+|текст\w*|документ\w*|заметк\w+|репортаж\w*|отчет\w*|материал\w*)"
_PERSIAN_TEXT = r"(?:اين )?(?:خبر|مقاله|متن|گزارش|سند)"
_ABOUT = r"(?: (?:عن|حول|بشان|بخصوص|في|about|on|of|regarding|in|о|об|про|по|в|درباره|uber|zu|sur|sobre))?"
_PREFACE = (
    r"(?:(?:please|can you|could you|would you|tell me|i want|من فضلك|هل يمكنك|ممكن|اريد|ان|و|пожалуиста|какова|какая"
    r"|bitte|por favor|لطفا) )*"
)
# Words are compared normalised, one space between.
_FRAMES = (
    r"(?:ما|ماهو|ماهي|ماذا|شو|ايش|وش)(?: هو| هي)? (?:ال)?(?:موضوع|مضمون|محتوي|فحوي|مفاد|فكره)(?: ال\w+يه)? "
    + _ARABIC_TEXT,
    r"(?:عم|عما|عن (?:ماذا|ايش|شو|اي شي)|بماذا|ماذا|ايش|شو|بشو) (?:ب?[يت](?:تحدث|تكلم|دور|حكي|تناول|تعلق|عالج)) "
    + _ARABIC_TEXT,
    rf"(?:ما|ما هي|ماهي) (?:ال)?(?:اهم|ابرز) (?:ال)?(?:نقاط|افكار|ما (?:جاء|ورد))(?: في| ب)? {_ARABIC_TEXT}",
    r"(?:ما |ما هو |ما هي )?(?:لخصي?|الخص|اوجز|اختصر|تلخيص|ملخص|خلاصه|موجز)(?: لي| لنا)?"
    rf"(?: ما (?:جاء|ورد|قيل)(?: في)?)?(?: {_ARABIC_TEXT})?",
    rf"what(?: is| was| s)? {_ENGLISH_TEXT}(?=.* about(?: |$))",
    r"what(?: is| was| s)? (?:this|it) about$",
    rf"what does {_ENGLISH_TEXT}(?=.* (?:discuss|cover|talk about|deal with)(?: |$))",
    r"(?:summari[sz]e|sum up|(?:give (?:me )?)?(?:an? |the )?(?:short |brief )?(?:summary|overview) of)"
    rf"(?: {_ENGLISH_TEXT})?",
    r"(?:what (?:is|are) )?the (?:main |key |central )?(?:idea|point|topic|subject|theme|takeaway)s? (?:of|in|from) "
    + _ENGLISH_TEXT,
    rf"о чем (?:говорится в |рассказыва\w+ (?:в )?|идет речь в |сообщает |пишут в )?{_RUSSIAN_TEXT}",
    r"(?:(?:кратко )?(?:перескажи|изложи|резюмируй|обобщи)(?:те)?(?: кратко)?|краткое содержание|тема) "
    + _RUSSIAN_TEXT,
    rf"موضوع {_PERSIAN_TEXT}",
    rf"خلاصه(?: {_PERSIAN_TEXT})?",
    rf"{_PERSIAN_TEXT}(?=.* درباره چيست$)",
    r"worum geht es in (?:dem|der|diesem|dieser) (?:\w*artikel|meldung|text|bericht)|(?:fasse|fass)(?=.* zusammen$)",
    r"de quoi (?:parle|traite) (?:l|le|la|cet|cette|ce) (?:article|texte|document|depeche)",
    r"resume[zr]? (?:l|le|la) (?:article|texte|document)",
    r"de que (?:trata|habla) (?:el|la|este|esta) (?:articulo|noticia|texto|documento)",
    r"resum(?:e|en|a|ir) (?:el|la) (?:articulo|noticia|texto|documento)",
    r"(?:haber|makale|metin|belge|yaz[ıi])(?:nin)? (?:ne hakk[ıi]nda|konusu ne)|ozetle",
    r"(?:\w+ )*(?:किस बारे में|کس بارے میں)",
)
_CHINESE = re.compile(
    r"(?:文章|新闻|报道|文件|文本)(?:讲|说|谈)(?:了|的是)什么|主要内容(?:是什么)?|^(?:请)?(?:概括|总结)"
)
_REST = r" (?:about|discuss|cover|talk about|deal with|zusammen|(?:درباره )?چيست)$"


@lru_cache(maxsize=1)
def _frame() -> re.Pattern[str]:
    return re.compile(rf"{_PREFACE}(?:{'|'.join(normalize(frame) for frame in _FRAMES)}){_ABOUT}(?= |$)")


def topic(question: str) -> str | None:
    """What the document asked about as a whole deals with, "" where the question does not say; None for others.

    Args:
        question: A question; "Summarise the article on the bridge" gives "the bridge".
    """
    if _CHINESE.search(question):
        return _CHINESE.sub(" ", question).strip(" ?？的")
    words = lexical.words(question)
    said = " ".join(word.form for word in words)
    frame = _frame().match(said)
    if not frame:
        return None
    rest = re.search(_REST, said)
    end = rest.start() if rest else len(said)
    kept: list[str] = []
    at = 0
    for word in words:
        if frame.end() <= at < end:
            kept.append(question[word.start : word.end])
        at += len(word.form) + 1
    return " ".join(kept)
