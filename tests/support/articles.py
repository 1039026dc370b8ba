"""Articles of an imaginary valley in four languages, laid out as pages, and what cleaning makes of a page."""

from dataclasses import replace

from index.clean import clean
from index.markup import read
from index.types import Cleaned, Document, Format, Span

AR_TITLE = "مهندسون يعيدون تشغيل محطة المياه في وادي النخيل"
AR = (
    "أعاد مهندسون محليون تشغيل محطة المياه في وادي النخيل بعد توقف دام ثلاثة أشهر كاملة.",
    "وقال مدير المحطة إن الضخ سيعود إلى طبيعته خلال أسبوع، وإن الشبكة فُحصت مرتين.",
    "وتخدم المحطة نحو أربعين ألف نسمة في سبع قرى تقع على ضفتي الوادي.",
    "وكانت السيول قد جرفت جزءا من السد الترابي في مطلع العام الجاري.",
)
EN_TITLE = "Engineers restart the water plant of Palm Valley"
EN = (
    "Local engineers restarted the water plant of Palm Valley after a stop of three months.",
    "The plant's director said that pumping would be back to normal within a week.",
    "The plant serves some forty thousand people in seven villages on both banks.",
    "Floods had carried off part of the earth dam at the beginning of the year.",
)
RU_TITLE = "Инженеры вновь запустили станцию в Пальмовой долине"
RU = (
    "Местные инженеры вновь запустили водную станцию долины после трёх месяцев простоя.",
    "Директор станции рассказал, что подача воды наладится в течение недели.",
    "Станция снабжает водой около сорока тысяч человек в семи сёлах по обоим берегам.",
    "В начале года паводок унёс часть земляной плотины выше по течению.",
)
FA_TITLE = "مهندسان ایستگاه آب دره نخل را دوباره به کار انداختند"
FA = (
    "مهندسان محلی پس از سه ماه ایستگاه آب دره نخل را دوباره به کار انداختند.",
    "مدیر ایستگاه گفت جریان آب تا یک هفته دیگر به حال عادی بازمی‌گردد.",
    "این ایستگاه به حدود چهل هزار نفر در هفت روستا آب می‌رساند.",
    "سیل در آغاز سال بخشی از سد خاکی بالادست را با خود برده بود.",
)
BODIES = {"ar": (AR_TITLE, AR), "en": (EN_TITLE, EN), "ru": (RU_TITLE, RU), "fa": (FA_TITLE, FA)}


def document(text: str, form: Format = "text") -> Document:
    return Document("0" * 16, "page.txt", "", text, "und", None, form)


def run(
    text: str, form: Format = "text", restored: tuple[Span, ...] = ()
) -> tuple[list[str], list[tuple[str, str]], Cleaned]:
    """What is kept of a page, what is dropped and why, and all that cleaning says."""
    page = replace(document(text, form), restored=restored)
    cleaned = clean(page, *read(page))
    kept = [text[b.start : b.end] for s in cleaned.sections for r in s.runs for b in r]
    return kept, [(text[d.start : d.end], d.reason) for d in cleaned.dropped], cleaned


def page(language: str, *middle: str, tail: tuple[str, ...] = (), head: tuple[str, ...] = ()) -> str:
    """The article of a language with lines above, between and behind its paragraphs."""
    title, body = BODIES[language]
    return "\n\n".join([*head, title, *body[:2], *middle, *body[2:], *tail])
