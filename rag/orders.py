"""Sentences of documents that give orders to a language model instead of stating anything."""

import re

from index.lexical import normalize

# Each pattern needs a verb of command and what only somebody who writes for a model would name.
_SAY = (
    r"say|write|answer|reply|respond|repeat|output|print|tell|state|include|append|add|insert|cite"
    r"|translate|reveal|show|send|render|visit|open|call|fetch|click"
)
_ORDERS = re.compile(
    "|".join(
        (
            r"\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:above|previous|prior|earlier"
            r"|preceding|other|all|any|your|these|system)\b"
            r".{0,40}(?:instruction|prompt|rule|order|message|context|guideline|source|sentence|passage|polic"
            r"|text|document|restriction)",
            r"\b(?:system|developer|hidden|initial)[ _-]?(?:prompt|message|instruction)s?\b",
            r"\b(?:you are|act as|pretend to be|you must now act|behave as)\b.{0,30}\b(?:assistant|model|ai"
            r"|chatbot|bot|dan|system|agent|pirate)\b",
            r"\b(?:ai|llm|language model|chatbot|assistant|gpt|claude|gemini)\b.{0,20}[:,].{0,30}"
            rf"\b(?:{_SAY}|must|should|please|ignore)\b",
            r"\b(?:if|when) you are (?:an? )?(?:ai|llm|language model|assistant|chatbot)",
            r"\b(?:note|message|instructions?|attention|important|reminder|task|command) (?:to|for) (?:the |any "
            r"|all )?(?:ai|llm|language model|assistant|model|chatbot|bot)s?\b",
            r"\bnew (?:instruction|task|rule|order|system)s?\b\s*[:.\-]",
            r"\b(?:your|the) (?:new )?(?:instruction|task|rule|order)s? (?:is|are|now|has|have)\b",
            rf"\b(?:{_SAY})\b.{{0,60}}\b(?:in your (?:answer|reply|response|output)|to the user"
            rf"|the user'?s question|regardless of the question|every answer|instead of answering)",
            rf"\b(?:you must|you should|you have to|please|always|only|now|instead)\b,? (?:only |always |now "
            rf"|instead )?(?:{_SAY})\b.{{0,80}}",
            r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext|begin_of_text)\|?>|\[/?inst\]|<<sys>>"
            r"|#{2,} ?(?:system|instruction|response)|^(?:system|assistant|user)\s*:",
            r"تجاهل\w*.{0,40}(?:تعليمات|اوامر|سابق|اعلاه|قواعد|مصادر|جمل|نص|سياق|توجيهات)",
            r"(?:انس|اهمل|تخط|الغ)\w*.{0,30}(?:تعليمات|اوامر|قواعد|توجيهات|ما سبق|مصادر)",
            r"(?:انت|بصفتك|كنت)\b.{0,25}(?:نموذج|مساعد|ذكا اصطناعي|روبوت|وكيل)",
            r"(?:ايها|يا) (?:ال)?(?:نموذج|مساعد|ذكا|روبوت)",
            r"(?:رساله|تعليمات|ملاحظه|توجيه|تنبيه|امر|مهمه)\w* (?:جديد\w* )?(?:الي|ل|لل)\s?(?:ال)?(?:نموذج|مساعد"
            r"|ذكا|نظام|روبوت)",
            r"(?:تعليمات|اوامر|مهمتك|مهمه|قاعده) (?:ال)?جديده",
            r"(?:رساله|تعليمات|موجه|اوامر) النظام",
            r"(?:قل|اكتب|اجب|رد|كرر|اذكر|اطبع|ارسل|افتح|زر|اعرض|اضف|ادرج|استشهد|ترجم|اكشف|انقر|اخبر)\b.{0,80}"
            r"(?:في اجابتك|في جوابك|في ردك|للمستخدم|المستخدم|مهما كان السؤال|بدلا من|كل اجابه|في كل جواب|رابط"
            r"|http|www|\[)",
            r"(?:يجب|عليك|ينبغي) (?:ان |عليك ان )?(?:تقول|تكتب|تجيب|ترد|تكرر|تذكر|تطبع|ترسل|تفتح|تزور|تعرض|تضيف"
            r"|تدرج|تستشهد|تترجم)",
            r"(?:игнорируй|забудь|не обращай внимания)\w*.{0,40}(?:инструкц|указан|правил|выше|предыдущ)",
            r"(?:ты|вы)\b.{0,10}(?:языковая модель|ассистент|ии\b|чат-бот)",
        )
    ),
    re.MULTILINE,
)


def is_order(text: str) -> bool:
    """Whether a sentence speaks to a language model; it is then no source for what it says.

    Made of what such sentences are known to say, so that a new one may pass: what the model then writes is checked all
    the same, and where it stands in a document it can do no more than be quoted.
    """
    return bool(_ORDERS.search(normalize(text)))
