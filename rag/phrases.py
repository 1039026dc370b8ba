"""The frame of an answer in the question's language: the few words Sanad says itself."""

from dataclasses import dataclass

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts in one language."""

    not_said: str
    nearest: str


PHRASES = {
    "ar": Phrases("لا تذكر الوثائق جوابًا عن هذا السؤال.", "أقرب ما ورد فيها: {titles}."),
    "en": Phrases("The documents do not say.", "Nearest passages: {titles}."),
    "ru": Phrases("В документах об этом не говорится.", "Ближайшие отрывки: {titles}."),
    "fa": Phrases("اسناد در این باره چیزی نمی‌گویند.", "نزدیک‌ترین بخش‌ها: {titles}."),
    "tr": Phrases("Belgelerde bu sorunun yanıtı yok.", "En yakın bölümler: {titles}."),
    "es": Phrases("Los documentos no lo dicen.", "Pasajes más cercanos: {titles}."),
    "de": Phrases("Die Dokumente sagen dazu nichts.", "Nächstliegende Stellen: {titles}."),
    "fr": Phrases("Les documents ne le disent pas.", "Passages les plus proches : {titles}."),
    "zh": Phrases("文档中没有说明。", "最接近的段落：{titles}。"),
    "hi": Phrases("दस्तावेज़ों में इसका उल्लेख नहीं है।", "निकटतम अंश: {titles}."),
    "uk": Phrases("У документах про це не йдеться.", "Найближчі уривки: {titles}."),
    "ur": Phrases("دستاویزات میں اس کا ذکر نہیں۔", "قریب ترین اقتباسات: {titles}۔"),
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
