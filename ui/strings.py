"""Every text of the chat page, once per language; a third language is one more entry in ``TEXTS``."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rag.types import Support

Direction = Literal["rtl", "ltr"]
DEFAULT_LANGUAGE = "ar"


@dataclass(frozen=True, slots=True)
class Strings:
    """The interface in one language.

    Attributes:
        code: ISO 639-1 code, the key in ``TEXTS``.
        direction: Direction of the whole layout.
        name: The language's name in itself, for the switch.
        months: Twelve names, January first.
        languages: Names of document languages by ISO 639-1 code.
        support: Badge by support; "verbatim" has none.
        The others are the texts of the page, named by where they stand.
    """

    code: str
    direction: Direction
    name: str
    tagline: str
    language_label: str
    new_conversation: str
    welcome: str
    welcome_more: str
    examples: str
    conversation: str
    question_label: str
    placeholder: str
    send: str
    searching: str
    error: str
    error_unexpected: str
    confidence: str
    confidence_words: tuple[str, str, str]
    source: str
    sources: str
    sources_of: str
    sources_empty: str
    nearest: str
    nearest_hint: str
    disagreement: str
    value: str
    date: str
    undated: str
    superseded: str
    removed: str
    support: Mapping[Support, str]
    months: tuple[str, ...]
    languages: Mapping[str, str]

    def day(self, day: dt.date) -> str:
        """A date in words: day, month name, year."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def certainty(self, confidence: float) -> str:
        """A probability in [0, 1] in words: high from 0.75, medium from 0.45, else low."""
        high, medium, low = self.confidence_words
        return high if confidence >= 0.75 else medium if confidence >= 0.45 else low


ARABIC = Strings(
    code="ar",
    direction="rtl",
    name="العربية",
    tagline="إجابات من وثائقك، ولكل جملة مصدرها",
    language_label="لغة الواجهة",
    new_conversation="محادثة جديدة",
    welcome="اسأل وثائقك",
    welcome_more="يجيب «سند» من وثائقك وحدها، ويضع بجانب كل جملة رقمًا يقودك إلى موضعها في النص. "
    "وإن لم يجد جوابًا قال ذلك.",
    examples="أسئلة للبدء",
    conversation="المحادثة",
    question_label="سؤالك",
    placeholder="اكتب سؤالك هنا…",
    send="اسأل",
    searching="يبحث في الوثائق…",
    error="تعذّرت الإجابة",
    error_unexpected="حدث خطأ غير متوقع؛ تفاصيله في نافذة الأوامر التي شُغّل منها «سند».",
    confidence="الثقة",
    confidence_words=("عالية", "متوسطة", "منخفضة"),
    source="المصدر",
    sources="المصادر",
    sources_of="عن السؤال",
    sources_empty="تظهر هنا المقاطع التي تستند إليها الإجابة، والجملة المستشهد بها مظلَّلة في سياقها.",
    nearest="أقرب المقاطع، وليست إجابة",
    nearest_hint="أقرب ما في الوثائق إلى السؤال معروض في لوحة المصادر، للاطلاع فقط.",
    disagreement="المصادر تختلف",
    value="القيمة",
    date="التاريخ",
    undated="بلا تاريخ",
    superseded="نُشر بعده تقرير أحدث",
    removed="حُذف هنا ما ليس من نص المقال",
    support={"supported": "مصوغة بعبارة أخرى", "unsupported": "لا يؤيدها مصدرها"},
    months=(
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ),
    languages={
        "ar": "العربية",
        "de": "الألمانية",
        "en": "الإنجليزية",
        "es": "الإسبانية",
        "fa": "الفارسية",
        "fr": "الفرنسية",
        "he": "العبرية",
        "ja": "اليابانية",
        "ko": "الكورية",
        "ru": "الروسية",
        "tr": "التركية",
        "uk": "الأوكرانية",
        "ur": "الأردية",
        "zh": "الصينية",
    },
)

ENGLISH = Strings(
    code="en",
    direction="ltr",
    name="English",
    tagline="Answers from your documents, every sentence with its source",
    language_label="Interface language",
    new_conversation="New conversation",
    welcome="Ask your documents",
    welcome_more="Sanad answers from your documents alone and puts a number beside each sentence that leads to its "
    "place in the text. When the documents do not say, it tells you so.",
    examples="Questions to start with",
    conversation="Conversation",
    question_label="Your question",
    placeholder="Write your question here…",
    send="Ask",
    searching="Searching the documents…",
    error="This could not be answered",
    error_unexpected="Something unexpected went wrong; the terminal that runs Sanad has the details.",
    confidence="Confidence",
    confidence_words=("high", "medium", "low"),
    source="Source",
    sources="Sources",
    sources_of="For the question",
    sources_empty="The passages an answer stands on appear here, the cited sentence highlighted in its context.",
    nearest="Nearest passages, not an answer",
    nearest_hint="What comes nearest to the question is shown among the sources, for reading only.",
    disagreement="The sources disagree",
    value="Value",
    date="Date",
    undated="No date",
    superseded="a later report replaces it",
    removed="Left out here: parts of the page that are not the article",
    support={"supported": "reworded", "unsupported": "not supported by its source"},
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    languages={
        "ar": "Arabic",
        "de": "German",
        "en": "English",
        "es": "Spanish",
        "fa": "Persian",
        "fr": "French",
        "he": "Hebrew",
        "ja": "Japanese",
        "ko": "Korean",
        "ru": "Russian",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "ur": "Urdu",
        "zh": "Chinese",
    },
)

TEXTS: Mapping[str, Strings] = {strings.code: strings for strings in (ARABIC, ENGLISH)}


def strings_for(language: str) -> Strings:
    """The interface in ``language``, or in the default one where there is no translation."""
    return TEXTS.get(language, TEXTS[DEFAULT_LANGUAGE])


def preferred(accept_language: str) -> str:
    """The first language a browser asks for that the page has, else the default.

    Args:
        accept_language: Value of the ``Accept-Language`` header; the order of the list is taken as the
            preference, which is how browsers send it.

    Returns:
        A key of ``TEXTS``.
    """
    for choice in accept_language.split(","):
        code = choice.split(";")[0].strip().split("-")[0].lower()
        if code in TEXTS:
            return code
    return DEFAULT_LANGUAGE
