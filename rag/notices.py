"""What is said about an answer that a language model worded, in the reader's language."""

from rag.phrases import FALLBACK

# What failed: {model} is its name, {detail} what it did; "" in front of what stands in no sentence's way.
_NOTICES = {
    "failed": {
        "en": "The language model did not answer ({detail}). These are the documents' own sentences.",
        "ar": "لم يُجب النموذج اللغوي ({detail}). هذه جمل الوثائق نفسها.",
        "ru": "Языковая модель не ответила ({detail}). Это предложения самих документов.",
        "fa": "مدل زبانی پاسخ نداد ({detail}). این‌ها جمله‌های خود اسناد هستند.",
    },
    "room": {
        "en": "The question leaves no room for passages in the language model's context, so it was not asked. These "
        "are the documents' own sentences.",
        "ar": "لا يترك السؤال مكانًا للمقاطع في سياق النموذج اللغوي، فلم يُسأل. هذه جمل الوثائق نفسها.",
        "ru": "Вопрос не оставляет места для отрывков в контексте языковой модели, и её не спрашивали. Это предложения "
        "самих документов.",
        "fa": "پرسش در ظرفیت مدل زبانی جایی برای متن‌ها نمی‌گذارد و از آن پرسیده نشد. این‌ها جمله‌های خود اسناد هستند.",
    },
    "nothing": {
        "en": "The language model found no answer in the passages. These are the documents' own sentences.",
        "ar": "لم يجد النموذج اللغوي جوابًا في المقاطع. هذه جمل الوثائق نفسها.",
        "ru": "Языковая модель не нашла ответа в отрывках. Это предложения самих документов.",
        "fa": "مدل زبانی پاسخی در متن‌ها نیافت. این‌ها جمله‌های خود اسناد هستند.",
    },
    "unsupported": {
        "en": "Nothing that the language model wrote is supported by what it cites. These are the documents' own "
        "sentences.",
        "ar": "لا شيء مما كتبه النموذج اللغوي تسنده الجمل التي استشهد بها. هذه جمل الوثائق نفسها.",
        "ru": "Ничто из написанного языковой моделью не подтверждается её ссылками. Это предложения самих документов.",
        "fa": "هیچ‌یک از نوشته‌های مدل زبانی را منابعش تأیید نمی‌کنند. این‌ها جمله‌های خود اسناد هستند.",
    },
    "dropped": {
        "en": "Sentences left out because what they cite does not support them: {detail}.",
        "ar": "جمل حُذفت لأن ما تستشهد به لا يسندها: {detail}.",
        "ru": "Опущено предложений, не подтверждённых ссылками: {detail}.",
        "fa": "جمله‌هایی که به سبب نبود پشتوانه حذف شدند: {detail}.",
    },
    "withheld": {
        "en": "Sentences of the documents that give orders to a language model were kept from it: {detail}.",
        "ar": "جمل في الوثائق تُصدر أوامر لنموذج لغوي حُجبت عنه: {detail}.",
        "ru": "От языковой модели скрыты предложения документов с приказами для неё: {detail}.",
        "fa": "جمله‌هایی از اسناد که به مدل زبانی فرمان می‌دهند از آن پنهان شدند: {detail}.",
    },
}
_REASONS = {
    "uncited": {
        "en": "It cites nothing.",
        "ar": "لا تستشهد بشيء.",
        "ru": "Нет ссылки.",
        "fa": "به چیزی استناد نمی‌کند.",
    },
    "stray": {
        "en": "It cites {detail}, which was not among the sources.",
        "ar": "تستشهد بالرقم {detail} الذي ليس بين المصادر.",
        "ru": "Ссылка {detail} не входит в число источников.",
        "fa": "به {detail} استناد می‌کند که در میان منابع نیست.",
    },
    "address": {
        "en": "The address {detail} is not in what it cites.",
        "ar": "العنوان {detail} ليس فيما تستشهد به.",
        "ru": "Адреса {detail} нет в источнике.",
        "fa": "نشانی {detail} در منبع نیست.",
    },
    "number": {
        "en": "The number {detail} is not in what it cites.",
        "ar": "العدد {detail} ليس فيما تستشهد به.",
        "ru": "Числа {detail} нет в источнике.",
        "fa": "عدد {detail} در منبع نیست.",
    },
    "date": {
        "en": "The date {detail} is not in what it cites.",
        "ar": "التاريخ {detail} ليس فيما تستشهد به.",
        "ru": "Даты {detail} нет в источнике.",
        "fa": "تاریخ {detail} در منبع نیست.",
    },
    "name": {
        "en": "The name {detail} is not in what it cites.",
        "ar": "الاسم {detail} ليس فيما تستشهد به.",
        "ru": "Имени {detail} нет в источнике.",
        "fa": "نام {detail} در منبع نیست.",
    },
    "negation": {
        "en": "It denies what its source affirms, or the other way round.",
        "ar": "تنفي ما يثبته مصدرها أو تثبت ما ينفيه.",
        "ru": "Она отрицает то, что утверждает источник, или наоборот.",
        "fa": "آنچه را منبع تأیید می‌کند نفی می‌کند، یا برعکس.",
    },
    "roles": {
        "en": "Who does what to whom differs from its source: {detail}.",
        "ar": "يختلف الفاعل والمفعول عما في مصدرها: {detail}.",
        "ru": "Кто что и с кем делает, расходится с источником: {detail}.",
        "fa": "اینکه چه کسی با چه کسی چه می‌کند با منبع فرق دارد: {detail}.",
    },
    "language": {
        "en": "It is not in the question's language.",
        "ar": "ليست بلغة السؤال.",
        "ru": "Она не на языке вопроса.",
        "fa": "به زبان پرسش نیست.",
    },
    "meaning": {
        "en": "What it cites does not say this.",
        "ar": "ما تستشهد به لا يقول ذلك.",
        "ru": "В источнике этого нет.",
        "fa": "منبع چنین چیزی نمی‌گوید.",
    },
}


def notice(kind: str, language: str, detail: str = "") -> str:
    """A line about the whole answer.

    Args:
        kind: "failed", "room", "nothing", "unsupported", "dropped" or "withheld".
        language: ISO 639-1 code.
        detail: What the line tells of it.
    """
    return _said(_NOTICES[kind], language, detail)


def reason(kind: str, language: str, detail: str = "") -> str:
    """Why a sentence is unsupported; ``kind`` is a ``check.Fault``."""
    return _said(_REASONS[kind], language, detail)


def _said(texts: dict[str, str], language: str, detail: str) -> str:
    return texts.get(language, texts[FALLBACK]).format(detail=detail)
