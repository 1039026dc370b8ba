"""The frame of an answer in the question's language: the few words Sanad says itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Plural = Literal["one", "two", "few", "many", "other"]

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts in one language."""

    not_said: str
    nearest: str
    sources: Mapping[Plural, str]
    independent: Mapping[Plural, str]


PHRASES = {
    "ar": Phrases(
        "لا تذكر الوثائق جوابًا عن هذا السؤال.",
        "أقرب ما ورد فيها: {titles}.",
        {"two": "مصدران", "few": "{n} مصادر", "many": "{n} مصدرًا", "other": "{n} مصدر"},
        {
            "one": "واحد مستقل",
            "two": "اثنان مستقلان",
            "few": "{n} مستقلة",
            "many": "{n} مستقلًا",
            "other": "{n} مستقل",
        },
    ),
    "en": Phrases(
        "The documents do not say.",
        "Nearest passages: {titles}.",
        {"other": "{n} sources"},
        {"other": "{n} independent"},
    ),
    "ru": Phrases(
        "В документах об этом не говорится.",
        "Ближайшие отрывки: {titles}.",
        {"one": "{n} источник", "few": "{n} источника", "other": "{n} источников"},
        {"one": "{n} независимый", "other": "{n} независимых"},
    ),
    "fa": Phrases(
        "اسناد در این باره چیزی نمی‌گویند.",
        "نزدیک‌ترین بخش‌ها: {titles}.",
        {"other": "{n} منبع"},
        {"other": "{n} منبع مستقل"},
    ),
    "tr": Phrases(
        "Belgelerde bu sorunun yanıtı yok.",
        "En yakın bölümler: {titles}.",
        {"other": "{n} kaynak"},
        {"other": "{n} bağımsız"},
    ),
    "es": Phrases(
        "Los documentos no lo dicen.",
        "Pasajes más cercanos: {titles}.",
        {"other": "{n} fuentes"},
        {"one": "{n} independiente", "other": "{n} independientes"},
    ),
    "de": Phrases(
        "Die Dokumente sagen dazu nichts.",
        "Nächstliegende Stellen: {titles}.",
        {"other": "{n} Quellen"},
        {"one": "{n} unabhängige", "other": "{n} unabhängige"},
    ),
    "fr": Phrases(
        "Les documents ne le disent pas.",
        "Passages les plus proches : {titles}.",
        {"other": "{n} sources"},
        {"one": "{n} indépendante", "other": "{n} indépendantes"},
    ),
    "zh": Phrases("文档中没有说明。", "最接近的段落：{titles}。", {"other": "{n}个来源"}, {"other": "{n}个独立来源"}),
    "hi": Phrases("दस्तावेज़ों में इसका उल्लेख नहीं है।", "निकटतम अंश: {titles}.", {"other": "{n} स्रोत"}, {"other": "{n} स्वतंत्र"}),
    "uk": Phrases(
        "У документах про це не йдеться.",
        "Найближчі уривки: {titles}.",
        {"one": "{n} джерело", "few": "{n} джерела", "other": "{n} джерел"},
        {"one": "{n} незалежне", "other": "{n} незалежних"},
    ),
    "ur": Phrases(
        "دستاویزات میں اس کا ذکر نہیں۔",
        "قریب ترین اقتباسات: {titles}۔",
        {"other": "{n} ذرائع"},
        {"one": "{n} آزاد ذریعہ", "other": "{n} آزاد ذرائع"},
    ),
}


def abstention(language: str, titles: tuple[str, ...]) -> str:
    """Say that the documents do not say, and name the nearest passages by their documents' titles.

    Args:
        language: ISO 639-1 code; English where there is no frame in it.
        titles: Titles of the nearest passages' documents, nearest first; may be empty.
    """
    phrases = PHRASES.get(language, PHRASES[FALLBACK])
    if not titles:
        return phrases.not_said
    return f"{phrases.not_said} {phrases.nearest.format(titles=' · '.join(titles))}"


def sources(language: str, count: int, independent: int) -> str:
    """How many documents say so, and how many of them by themselves: "3 sources, 2 independent".

    Args:
        language: ISO 639-1 code; English where there is no frame in it.
        count: Documents, at least 2.
        independent: Those that copy none of the others, at least 1.
    """
    known = language if language in PHRASES else FALLBACK
    phrases = PHRASES[known]
    said = [_counted(known, phrases.sources, count), _counted(known, phrases.independent, independent)]
    return ("، " if known in _ARABIC_COMMA else ", ").join(said)


_ARABIC_COMMA = frozenset(("ar", "fa", "ur"))


def _counted(language: str, forms: Mapping[Plural, str], number: int) -> str:
    return forms.get(plural(language, number), forms["other"]).format(n=number)


def plural(language: str, number: int) -> Plural:
    """The plural form a number takes (Unicode CLDR's rules for whole numbers from 1)."""
    tens, units = number % 100, number % 10
    if language == "ar":
        if number <= 2:
            return "one" if number == 1 else "two"
        return "few" if 3 <= tens <= 10 else "many" if tens >= 11 else "other"
    if language in ("ru", "uk"):
        if tens in range(11, 15):
            return "other"
        return "one" if units == 1 else "few" if units in range(2, 5) else "other"
    return "one" if number == 1 else "other"
