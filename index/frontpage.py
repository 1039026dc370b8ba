"""What a document says about itself: its title, its language and the day it was published."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from index import mdtext, phrases, tags
from index.credits import read_credits
from index.dates import find_dates
from index.markup import plain
from index.rules import certain, doubtful, masthead
from index.types import Block, Document

_HEADLINE_CHARACTERS = 120
# A headline below the name of the site has at least this many words.
_HEADLINE_WORDS = 4
_TITLE_CHARACTERS = 200
_LEAD_CHARACTERS = 80
_BLOCKS_LOOKED_AT = 12
_RAW_CHARACTERS = 4000  # of a block, with its markup; a headline or a date is far shorter
_DATE_LINE_CHARACTERS = 90
_LEADS_ABOVE_DATE = 2
_MOON_DAYS = 2

# Lines above the headline that are no headline: labels of the page, bylines, leftovers of ads and logos.
_FURNITURE = re.compile(
    r"(?:أخبار عاجلة|عاجل|الرئيسية|أخبار|سياسة|العالم|إعلان|شارك الخبر|آخر الأخبار|خبر فوری|اخبار|صفحه اصلی"
    r"|breaking news|advertisement|home|menu|share|news|skip to (?:main )?content|срочно|главная|реклама|новости"
    r")[\s:!.|]*"
    r"|\[[^\]]*\]"
    r"|.{0,40}\blogo"
    r"|(?:كتبت?|بقلم|متابعة|ترجمة|تحرير|المصدر|by|photo|source|автор|источник|фото|منبع|نویسنده)\s?[:/ـ\-].*"
    r"|by [A-Z].{0,60}"
    r"|[^.؟!]{0,40}\s[_–—\-|/]\s?(?:متابعات?|متابعة|وكالات|خاص|ترجمات?|agencies|staff)"
    r"|(?:تابع|تابعوا|تابعنا|اشترك|follow|subscribe)\b.*"
    r"|(?:facebook|twitter|linkedin|email|whatsapp|telegram|[\W_\d])+",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:أخبار|مقالات|مواضيع)\s(?:قد\s)?(?:تهمك|ذات صلة|مشابهة)|شاهد\s|[اإ]قرأ\s|related|read (?:also|more)|читайте"
    r"|مطالب مرتبط",
    re.IGNORECASE,
)
_ENDS_SENTENCE = tuple(".؟?!:،,;؛…。！？")
_PUBLISHED_LABEL = re.compile(
    r"(?:(?:تم\s)?(?:نُ?شرت?|نشره|نشرها|النشر)\s?(?:في|بتاريخ|يوم)?(?=[\s:\d])|تاريخ\s(?:النشر|الإضافة)|(?:first\s)?published(?:\s(?:on|at))?|posted(?:\son)?|date\b"
    r"|опубликован[оа]?|размещено|дата(?:\sпубликации)?|تاریخ\s?انتشار|تاریخ|منتشر\sشده(?:\sدر)?|publié\sle"
    r"|yayınlan(?:dı|ma(?:\starihi)?))\s?[:：]?\s?",
    re.IGNORECASE,
)
# What may stand beside a date on a line of its own: weekday, time of day, zone, words for "at" and "year".
_BESIDE_DATE = re.compile(
    r"\b(?:(?:ال)?(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|ساعة)|(?:یک|دو|سه|چهار|پنج)?\s?شنبه|ساعت"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|gmt|utc|msk|am|pm|at|on"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|мск|года|год|г|в"
    r"|(?:ال)?موافق|هـ?|للهجرة|هجرية?|ميلادية?|صباحا|صباح[\u064b-\u0652]*ا?|مساء[\u064b-\u0652]*ا?|يوم|في|بتوقيت|غرينتش|غرينيتش|ص|م)\b"
    r"|T?\d{1,2}[:.٫]\d{2}(?:[:.]\d{2})?(?:Z\b|[+\-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
# "By the staff, " before a date; " | War economy" behind it.
_SIGNED = re.compile(r"(?:by|بقلم|автор)\s?:?\s[^,،\d]{3,60}[,،]\s", re.IGNORECASE)
_SECTION = re.compile(r"\s?[|•·]\s?[^\W\d][^|.؟?!:؛;\d]{0,40}")
# "Pyongyang, " before the date; " (agency) —" after it.
_PLACE = re.compile(r"[^\W\d_][^\d.؟?!:؛;«»\"]{1,50}[،,/(]\s?")
_AFTER_DATELINE = re.compile(r"\s?(?:م\b|هـ?\b|года|г\.)?\s?[.،,)]?\s?(?:\([^()]{1,40}\)|/[^/]{1,30}/\.?)?\s?[—–\-:/]")

_META_NAMES = ("property", "name", "itemprop", "http-equiv")
_META_DATES = (
    *("article:published_time", "og:published_time", "datepublished", "pubdate", "dc.date", "dcterms.date", "date"),
    *("dc.date.issued", "dcterms.issued"),
)
_JSON_DATE = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"<]{4,40})"')
_LANGUAGE_FIELDS = ("lang", "language", "content-language", "dc.language", "dcterms.language")
_FIELD = re.compile(
    r"(?m)^(title|date|published|author|source|url|lang|language)[^\S\n]*[:=][^\S\n]*([^\r\n]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a document says about itself.

    Attributes:
        title: Plain text on one line, "" when the document gives none.
        published: Day of publication, None when the document gives none.
        author: Who wrote it, "" when the document does not tell.
        source: Where it appeared, "" when the document does not tell.
        language: Tag of the language it says it is in, such as "ar-EG", "" when it does not say.
    """

    title: str
    published: date | None
    author: str = ""
    source: str = ""
    language: str = ""


def read_front_page(document: Document, found: Sequence[Block]) -> FrontPage:
    """Find title, day of publication, author, source and language where documents of this format keep them.

    Days are taken from metadata and datelines only: one in running text or under a link says when something
    happened, not when the document appeared.

    Args:
        document: Its ``text`` and ``format`` are read.
        found: Its blocks.
    """
    lines = [
        (
            block.kind == "heading",
            plain(document.text[block.start : min(block.end, block.start + _RAW_CHARACTERS)], document.format),
        )
        for block in found[:_BLOCKS_LOOKED_AT]
    ]
    title, published = "", None
    fields: dict[str, str] = {}
    if document.format == "html":
        title, published, fields = _html(document.text)
    elif document.format == "markdown":
        title, published, fields = _front_matter(document.text)
        title = title or next((line for heading, line in lines if heading), "")
    texts = [line for _, line in lines if line]
    return FrontPage(
        _shortened(title, _TITLE_CHARACTERS) or _headline(texts),
        published or _dateline(texts),
        *read_credits(texts, fields),
        next(filter(None, (fields.get(name, "").strip() for name in _LANGUAGE_FIELDS)), ""),
    )


def _headline(lines: Sequence[str]) -> str:
    """The first line that is not furniture, or its beginning where it is no headline but prose."""
    own = [line for line in lines if not _FURNITURE.fullmatch(line) and not _published_line(line)]
    own = [line for line in own if "menu" not in {certain(line, False), doubtful(line, False)}] or own
    named = len(own) > 1 and masthead(phrases.words(own[0])) and len(own[1].split()) >= _HEADLINE_WORDS
    line = next(iter(own[1:] if named else own), "")
    prose = len(line) > _HEADLINE_CHARACTERS or line.endswith(_ENDS_SENTENCE)
    return _shortened(line, _LEAD_CHARACTERS if prose else _TITLE_CHARACTERS)


def _shortened(line: str, length: int) -> str:
    line = " ".join(line.split())
    if len(line) <= length:
        return line
    return (line[:length].rsplit(maxsplit=1)[0] if " " in line[:length] else line[:length]) + "…"


def _dateline(lines: Sequence[str]) -> date | None:
    """The day on a line of its own near the top, or at the beginning of the first paragraph."""
    leads = 0
    for line in lines:
        if _RELATED.match(line) or leads == _LEADS_ABOVE_DATE:
            return None
        found = _published_line(line)
        if found is None and not leads:
            found = _opening_dateline(line)
        if found:
            return found
        leads += len(line) > _HEADLINE_CHARACTERS
    return None


def _published_line(line: str) -> date | None:
    """The day when the line is a date with at most a label, a weekday and a time around it."""
    label = _PUBLISHED_LABEL.match(line)
    signed = None if label else _SIGNED.match(line)
    opened = label or signed
    rest = line[opened.end() :] if opened else line
    if len(rest) > _DATE_LINE_CHARACTERS:
        return None
    spans = list(find_dates(rest))
    span = spans[0] if spans else None
    if span is None or span.date is None or _has_words(rest[: span.start]):
        return None
    day = span.date
    if len(spans) == 2 and spans[1].date and _same_day(span.date, spans[1].date):  # in two calendars
        if _has_words(rest[span.end : spans[1].start]):
            return None
        day = spans[1].date if span.converted else span.date
        span = spans[1]
    # After a label the author or the section may follow; the section also follows a bar.
    sectioned = _SECTION.fullmatch(rest, span.end)
    return day if label or sectioned or not _has_words(rest[span.end :]) else None


def _same_day(one: date, other: date) -> bool:
    """Whether two dates may be one: where the new moon is seen decides an Islamic day."""
    return abs((one - other).days) <= _MOON_DAYS


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in _BESIDE_DATE.sub(" ", text))


def _opening_dateline(line: str) -> date | None:
    place = _PLACE.match(line)
    span = next(iter(find_dates(line[: 2 * _DATE_LINE_CHARACTERS])), None)
    if place is None or span is None or _has_words(line[place.end() : span.start]):
        return None
    return span.date if _AFTER_DATELINE.match(line, span.end) else None


def _html(text: str) -> tuple[str, date | None, dict[str, str]]:
    metas: dict[str, str] = {}
    titles: dict[str, str] = {}
    times: list[tuple[bool, str]] = []
    opened: dict[str, int] = {}
    articles = 0
    for token in tags.tokens(text):
        if token.name in {"title", "h1"} and token.name not in titles:
            if token.kind == "open":
                opened[token.name] = token.end
            elif token.name in opened and (words := plain(text[opened.pop(token.name) : token.start], "html")):
                titles[token.name] = words
        elif token.name == "article":
            articles += {"open": 1, "close": -1}.get(token.kind, 0)
        elif token.name in {"html", "meta", "time"} and token.kind != "close":
            found = tags.attributes(text, token)
            if token.name == "html":
                metas.setdefault("lang", found.get("lang") or found.get("xml:lang") or "")
            elif token.name == "time":
                times.append((articles > 0, found.get("datetime", "")))
            else:
                name = next(filter(None, (found.get(kind) for kind in _META_NAMES)), "")
                metas.setdefault(name.strip().lower(), found.get("content", ""))
    json_date = _JSON_DATE.search(text)
    # Beside an article stand the times of other articles; a single time is the page's own.
    own_times = [value for inside, value in times if inside or len(times) == 1]
    stated = [*(metas.get(name, "") for name in _META_DATES), json_date[1] if json_date else "", *own_times[:1]]
    title, shorter = titles.get("title", ""), (titles.get("h1", ""), metas.get("og:title", ""))
    # A page's title often is the headline with the site's name behind it.
    headline = next((words for words in shorter if words and words in title), title)
    return headline or shorter[0] or shorter[1], first_day(stated), metas


def _front_matter(text: str) -> tuple[str, date | None, dict[str, str]]:
    span = mdtext.front_matter(text)
    fields = {
        name.lower(): value.strip().strip("\"'") for name, value in _FIELD.findall(text[slice(*span)] if span else "")
    }
    return fields.get("title", ""), first_day([fields.get("published", ""), fields.get("date", "")]), fields


def first_day(values: Iterable[str]) -> date | None:
    """The first complete date that one of some values begins with, None when none does."""
    days = (span.date for value in values for span in find_dates(value[:_DATE_LINE_CHARACTERS]))
    return next((day for day in days if day), None)
