"""What kind of words a question asks for, and whether a text holds such words."""

import re
from typing import Literal

from index.lexical import normalize

Kind = Literal["number", "date"]

# How questions for a number and for a time open, in the languages people ask in; normalised when compiled.
_NUMBER_WORDS = (
    r"كم|بكم|قديش|قداش|قديه|ما عدد|ما هو عدد|ما هي كميه|how (?:many|much|long|far|old|tall|large|big)|what number"
    r"|what percentage|сколько|какое количество|چند|چقدر|kaç|ne kadar|wie ?viele?|wie (?:lange|hoch|weit)"
    r"|cu[aá]nt[oa]s?|combien|कितने|कितना|कितनी|скільки|کتنے|کتنا"
)
_DATE_WORDS = (
    r"متي|امتي|في اي (?:عام|سنه|يوم|شهر|تاريخ)|ما تاريخ|when|(?:what|which) (?:year|day|month|date)|когда"
    r"|в каком году|какого числа|چه زماني|کي|ne zaman|hangi (?:yil|tarih)|wann|in welchem jahr|cu[aá]ndo|en que ano"
    r"|quand|en quelle annee|कब|коли|کب"
)
_QUESTIONS: dict[Kind, re.Pattern[str]] = {
    "number": re.compile(rf"(?:^|\W)[وف]?(?:{normalize(_NUMBER_WORDS)})(?:\W|$)|多少|几"),
    "date": re.compile(rf"(?:^|\W)[وف]?(?:{normalize(_DATE_WORDS)})(?:\W|$)|何时|什么时候|哪一年"),
}
# Digits, and the number words that news writes out.
_NUMBER = re.compile(
    r"\d|\b[وبل]?(?:ال)?(?:الف|الاف|مئات|مائه|مئه|مليون|ملايين|مليار|عشرات|اثن|ثلاث|اربع|خمس|ست[هة]?\b|سبع|ثمان|تسع|عشر"
    r"|واحد|مرتين|hundred|thousand|million|billion|two\b|three|four|five|six|seven|eight|nine|ten\b|twenty|dozen"
    r"|один|одна|два\b|две\b|три\b|четыре|пять|шесть|семь|восемь|девять|десят|тысяч|сот|миллион|هزار|ميليون)"
)


def asked_for(question: str) -> Kind | None:
    """The kind of words a question asks for; None for any other kind of question."""
    folded = normalize(question)
    return next((kind for kind, pattern in _QUESTIONS.items() if pattern.search(folded)), None)


def holds_number(text: str) -> bool:
    """Whether a text holds a number, in digits or words: what answers "how many", and part of what answers "when"."""
    return bool(_NUMBER.search(normalize(text)))
