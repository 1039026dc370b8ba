"""Sentences of documents that give orders to a language model instead of stating anything."""

import re

from index.lexical import normalize, words
from rag import prompts

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
            r"\b[وف]?(?:انس|اهمل|تخط|الغ)\w{0,2}\b.{0,30}(?:تعليمات|اوامر|قواعد|توجيهات|ما سبق|مصادر)",
            r"(?:انت|بصفتك|كنت)\b.{0,25}(?:نموذج|مساعد|ذكا اصطناعي|روبوت|وكيل)",
            r"\b(?:ايها|يا) (?:ال)?(?:نموذج|مساعد|ذكا|روبوت)",
            r"(?:رساله|تعليمات|ملاحظه|توجيه|تنبيه|امر|مهمه)\w* (?:جديد\w* )?(?:الي|ل|لل)\s?(?:ال)?(?:نموذج|مساعد"
            r"|ذكا|نظام|روبوت)",
            r"(?:تعليمات|اوامر|مهمتك|مهمه|قاعده) (?:ال)?جديده",
            r"(?:رساله|تعليمات|موجه|اوامر) النظام",
            r"\b[وف]?(?:قل|اكتب|اجب|رد|كرر|اذكر|اطبع|ارسل|افتح|زر|اعرض|اضف|ادرج|استشهد|ترجم|اكشف|انقر|اخبر)\b.{0,80}"
            r"(?:في اجابتك|في جوابك|في ردك|للمستخدم|المستخدم\b|مهما كان السؤال|بدلا من|كل اجابه|في كل جواب|رابط"
            r"|http|www|\[|\(\d{1,2}\))",
            r"(?:يجب|عليك|ينبغي) (?:ان |عليك ان )?(?:تقول|تكتب|تجيب|ترد|تكرر|تذكر|تطبع|ترسل|تفتح|تزور|تعرض|تضيف"
            r"|تدرج|تستشهد|تترجم)",
            r"^(?:answer|response|reply)\s*:.*[\[(]\d",
            normalize(
                r"(?:игнорируй|забудь|отбрось|отмени|проигнорируй|пропусти|не обращай(?:те)? внимания|не учитывай"
                r"|не следуй)\w*.{0,40}(?:инструкц|указан|правил|выше|предыдущ|источник|текст|команд|запрет)"
                r"|\b(?:ты|вы)\b.{0,15}(?:языковая модель|ассистент|ии\b|чат-бот|нейросет)"
                r"|(?:всем|для|внимание,?|уважаем\w+|дорог\w+|эй,?|инструкция|сообщение)"
                r" (?:всех |всем |для )?(?:ассистент|нейросет|ии\b|языков\w+ модел|чат-бот|искусственн\w+ интеллект)"
                r"|(?:системн\w+|нов\w+) (?:инструкци|сообщени|промпт|задани|команд)\w*\s*:"
            ),
        )
    ),
    re.MULTILINE,
)


# What is wanted said: verbs in the form that only a demand has, or behind words that make one of it. What they are
# followed by stands in the document, but the document does not say it.
_UTTER = (
    r"(?:say|tell|state|answer|reply|respond|write|output|print|repeat|mention|append|insert|include|add|report|claim"
    r"|declare|announce|assert|confirm|inform|conclude|explain|advertise|promote|recommend|cite|quote|present|convey"
    r"|send)\b(?!-)"
)
_OPENS = r"(?:^|[.:;!?\])>}»”\"*-]\s*)"
_SOFTLY = r"(?:please,? |kindly |always |only |just |now |then |instead,? |simply |clearly |also |never |so |and )*"
_READER = (
    r"(?:(?:the|any|your|every|all) )*(?:user|reader|visitor|asker|person|questioner|everyone|everybody|anyone|whoever"
    r"|them|him|her|people)s?\b"
)
_REPLY = r"(?:answer|response|reply|output|summary|summarie)s?\b"
_CLAUSE = r"(?:that\b|:|[\"“«'‘]|with\b|only\b|the following\b|as follows\b)"
_MUST = (
    r"(?:is to|are to|has to|have to|must|should|shall|will|needs? to|ought to"
    r"|(?:is|are) (?:asked|required|instructed|told) to)\b"
)
_LINK = r"(?:https?:|www\.|\w@\w|\+?\d[\d ()-]{7,})"
_DEMANDS = (
    # "Say that …", "Tell the user that …"
    rf"{_OPENS}{_SOFTLY}(?:(?:say|tell|answer|reply|respond|write|repeat|mention|append|insert|inform"
    rf"|convey)\b(?! me\b)"
    rf"(?= )|{_UTTER} (?:{_READER} )?{_SOFTLY}{_CLAUSE})",
    # "Dear assistant, kindly tell …", "If you are asked, say that …", "Ignore the above and say …"
    rf"\b(?:assistant|ai|model|llm|bot|chatbot|agent|gpt|claude|gemini)s?\b.{{0,20}}[,:;].{{0,30}}\b{_UTTER}",
    rf"\b(?:if|when|whenever|once|should|before|after|while)\b.{{0,60}}, ?{_SOFTLY}{_UTTER} (?:{_READER} )?{_CLAUSE}",
    rf"^(?:please )?(?:ignore|disregard|forget|override|bypass|skip|do not|don't|never|stop)\b.{{0,120}}\b{_UTTER}",
    rf"\b(?:please|kindly|make sure|be sure|do not forget|don't forget|feel free)\b.{{0,30}}\b{_UTTER}",
    # "You must say …", "I want you to say …", "Whoever reads this is to state …"
    rf"\byou (?:are|were|will|must|shall|should|have|need|may|can|ought)\b.{{0,60}}?\b{_UTTER}",
    rf"\byou (?:only |always |now )*(?:answer|reply|respond)\b.{{0,20}}?\b{_CLAUSE}",
    rf"\b(?:want|ask|order|command|instruct|require|need|tell|expect|request)s? you\b.{{0,40}}\b{_UTTER}",
    rf"\b(?:whoever|whosoever|anyone|anybody|everyone|everybody|any|every|each)\b.{{0,60}}\b{_MUST}.{{0,20}}\b{_UTTER}",
    # "Your reply should read …", "The correct answer to any question is …"
    rf"\b(?:your|every|each|any|final|only) {_REPLY}.{{0,60}}?\b{_MUST}",
    rf"\b{_REPLY} to (?:this|every|any|all|each) (?:\w+ )?(?:question|query)\b.{{0,40}}?(?:\bis\b|:)",
    rf"^.*\b(?:in|to|into|of|at) (?:your|every|each|any|all) (?:\w+ )?{_REPLY}",
    r"\byour (?:\w+ )?(?:task|job|instructions?|role|goal|mission|orders?|duty|purpose) (?:is|are)\b",
    normalize(
        # "قل إن …", "أجب بكلمة …", "أخبر السائل …"
        r"\b(?:[وف]?(?:قل|قولوا|قولي|اكتب|اكتبوا|اكتبي|اذكر|اذكروا|أضف|أضيفوا|اطبع|اختم|اختموا|انقل)|ف?(?:أجب|أجيبوا"
        r"|أجيبي)|وأجب (?=عن|على|ب|ال?مستخدم|ال?سائل|فقط))\b(?! عدد).{0,60}?(?:\b[بف]?[أإ]ن(?:ه|ها|هم|ك)?\b|:|«|\"|http"
        r"|\b[بف]?(?:ال)?(?:عبارة|كلمة|جملة|نص|رابط|تعليمات)\b)"
        r"|(?:^|[.:؛،,!؟?\])>»\"-]\s*|\b(?:ثم|فقط) )[وف]?(?:قل|قولوا|اكتب|اكتبوا|أجب|أجيبوا|اذكر|أضف|اطبع|أدرج|كرر"
        r"|كرروا|أخبر|أخبروا|أبلغ|أبلغوا|رد|ردوا|صرح|أعلن|أكد|لخص|أرسل)"
        r" (?:لل|ل|ال|على ال)?(?:مستخدم|سائل|قارئ|قراء\b|زائر|جمل|عبار|تالي)"
        # "عليك أن تقول …", "على من يلخص أن يكتب …"
        r"|(?:عليك|عليكم|على (?:من|كل|أي)|مهمتك|دورك|وظيفتك|مهمتكم|أريدك|نريدك|أطلب منك|الرجاء|يرجى|نرجو|رجاء)\b"
        r".{0,60}?\bأن (?:ت|ي)(?:قول|كتب|جيب|رد|ذكر|كرر|خبر|ضيف|درج|علن|ؤكد|بلغ|ختم|نقل|صرح|شير|فيد|لخص|طبع|رسل|روج"
        r"|دعي|زعم)\w*"
        r"|(?:عليك|عليكم|الرجاء|يرجى|نرجو|رجاء|من فضلك|لطفا|المطلوب) (?:فقط |دائما )?(?:ال)?(?:ذكر|كتابة|قول|إضافة"
        r"|إجابة"
        r"|رد|تصريح|تأكيد|إدراج|إخبار|إشارة|تكرار|ترديد)\b.{0,40}?(?:\b[بف]?[أإ]ن(?:ه|ها|هم)?\b|:|«)"
        # "الجواب الصحيح عن كل سؤال هو …", "في كل جواب"
        r"|\b(?:الإجابة|الجواب)(?: ال\w+)? (?:عن|على) (?:كل|أي|جميع) .{0,40}?(?:\bهو\b|\bهي\b|:|\bأن\b)"
        r"|^.*(?:في|إلى) (?:إجابتك|جوابك|ردك|إجاباتك|ملخصك|كل (?:جواب|إجابة|ملخص)|أي (?:جواب|إجابة|ملخص))\b"
    ),
    normalize(
        # the same in Russian
        r"\b(?:скажи|сообщи|ответь|отвечай|напиши|пиши|повтори|повторяй|добавь|добавляй|укажи|указывай|упомяни|упоминай"
        r"|выведи|передай|заяви|заявляй|утверждай|объяви|объявляй|расскажи|процитируй|подтверди|вставь|заверши|закончи"
        r"|начни|считай|притворись|цитируй)(?:те)?\b.{0,60}?(?:, что\b|:|«|\"|\bтолько\b|\bслов|\bфраз|\bссылк)"
        r"|\b(?:отвечать|ответить|писать|написать|говорить|сказать|сообщать)\b.{0,20}"
        r"\b(?:следует|нужно|надо|можно|необходимо|требуется|обязательно)\b.{0,20}(?:\bтолько\b|\bтак\b|:|, что\b)"
        r"|\b(?:кто|каждый|любой|все|всем|ты|вы|тебе|вам)\b.{0,60}\b(?:долж(?:ен|на|ны)|обязан\w*|следует|нужно|надо"
        r"|необходимо)\b.{0,30}?\b(?:сказать|сообщ[аи]ть|ответить|отвечать|написать|писать|указать|упомянуть|заявить"
        r"|повторить|добавить)\b"
        r"|\bответ(?:ом)? на (?:любой|каждый|все|всякий)\b.{0,30}?(?::|[—–-]|это|таков)"
        r"|^.*\b(?:в|во|на|к) (?:каждый|каждом|каждому|любой|любом|любому|твой|твоем|ваш|вашем|итоговый|итоговом) ответ"
    ),
)
# The same where it may well be said to others than a model, or in a list of questions and answers.
_ASIDES = (
    rf"\b{_MUST}.{{0,15}}\b{_UTTER} (?:{_READER} )?that\b",
    r"^.*\b(?:must|should|shall|is to|are to|has to|have to) be (?:said|stated|mentioned|told|written|reported|answered"
    r"|repeated|claimed|inserted|appended|cited|quoted)\b",
    rf"\b(?:correct|right|true|only|final|expected|proper|best|valid|approved|official|your) {_REPLY}"
    rf"(?: (?:to|for|here|now)\b.{{0,50}}?)?(?: is\b| are\b| reads\b|\s*:)",
    r"^[\"'*\s]*(?:answer|final answer|response|reply|assistant|ai|bot|a|system|user)\s*[:=]",
    rf"{_OPENS}(?:please )?(?:assume|pretend|suppose|imagine|believe|accept|treat|take it)\b.{{0,40}}(?:that|as)\b",
    rf"\b(?:visit|open|click|follow|call|go to|fetch|load|buy|send|contact|read more)\b.{{0,60}}{_LINK}",
    r"\[/?inst\]|<\|?/?(?:im_start|im_end|system|assistant|user)\|?>",
    normalize(
        r"(?:يجب|ينبغي|على ال\w+(?= أن)|لا بد|يلزم|يتعين|المطلوب)\b.{0,60}?\bأن (?:ت|ي)(?:قول|كتب|جيب|رد|ذكر|كرر"
        r"|خبر|علن|ؤكد|بلغ"
        r"|صرح|شير|فيد|رسل|زعم)\w*"
        r"|^[وف]?(?:كرر|أخبر|أبلغ|صرح|أعلن|أكد|رد|استشهد|افترض|تظاهر|تخيل)\b (?:فقط |دائما |بعدي |معي )*"
        r"(?:في (?:إجابتك|جوابك|ردك)|ب?هذا|ب?هذه|:|«|ما يلي)"
        r"|\b(?:الإجابة|الجواب|الرد) (?:الصحيح|الوحيد|النهائي|المطلوب|المعتمد|السليم)ة?(?: (?:هو|هي|أن)\b|:)"
        r"|^[\"'*\s]*(?:الإجابة|الجواب|الرد|ج|المساعد|النظام)\s*(?::|(?:هو|هي)\b)"
        rf"|\b(?:ادخل|افتح|زر|انقر|اتصل|اشتر|اضغط|راسل)\b.{{0,60}}{_LINK}"
    ),
    normalize(
        r"\b(?:долж(?:ен|на|ны|но)|обязан\w*|следует|нужно|надо|необходимо|требуется|прошу|просим|просьба|велено"
        r"|приказано|приказываю|пожалуйста)\b.{0,40}?\b(?:сказать|сообщ[аи]ть|ответить|отвечать|написать|писать"
        r"|повторить"
        r"|добавить|указ[аы]\w*ть|упомянуть|упоминать|вывести|передать|заявить|заявлять|утверждать|процитировать"
        r"|подтвердить|говорить)\b.{0,40}?(?:, что\b|:|«|\"|\bтак\b|\bтолько\b|\bслов|\bфраз)"
        r"|\bпусть\b.{0,60}?\b(?:скажет|ответит|напишет|сообщит|говорит|пишет|отвечает|повторит)"
        r"|\b(?:правильно|верно|лучше|стоит|достаточно)(?: было)?(?: бы)? (?:будет )?(?:сказать|ответить|отвечать"
        r"|написать)\b"
        r"|^(?:отвечать|ответить|писать|написать|сообщить|сообщать|сказать|указать|повторить|передать|считать)\b"
        r"|\b(?:правильный|верный|единственный|окончательный|итоговый|твой|ваш|нужный) ответ\b(?: на .{0,40}?)?\s*"
        r"(?::|[—–-]|это\b|таков\b|гласит\b)"
        r"|^[\"'*\s]*(?:ответ|ассистент|система)\s*(?::|[—–-])"
        rf"|\b(?:перейди|открой|посети|позвони|зайди|нажми|кликни|купи)(?:те)?\b.{{0,60}}{_LINK}"
    ),
)
_FORGED = re.compile(
    r"[\[(]\d{1,3}[\])]|(?:answer|final answer|response|reply|assistant|ai|bot|system|user)\s*:|"
    + normalize(r"(?:الإجابة|الجواب|الرد|المساعد|النظام|ответ|ассистент|система)\s*:")
)
_DEMANDED = re.compile("|".join(_DEMANDS), re.MULTILINE)
_TOLD = re.compile("|".join((*_DEMANDS, *_ASIDES)), re.MULTILINE)


# What has a word of each of these three wants something said, however it puts it: what must be, saying, and what only
# somebody means who speaks to those that read for others.
_DUTY = re.compile(
    r"\b(?:must|should|shall|let|best|required|requested|ordered|supposed|bound|obliged|expected|only|always|never|goal"
    r"|recommended|advised|wants?|correction|instead|do not|don't"
    r"|aim|mission|duty|worth|(?:have|has|need|needs|ought|is|are) to)\b|"
    + normalize(
        r"\b[وف]?(?:يجب|ينبغي|عليك|عليكم|فليكن|ليكن|لتكن|فلتكن|ملزم\w*|مطلوب\w*|المطلوب|لا بد|يرجى|الرجاء|نرجو"
        r"|واجب\w*|فقط"
        r"|دائما|هدف\w*|مهم(?:ة|تك|تكم)|على (?:كل|من|أي|جميع)|يلزم|يتعين|الأفضل|الصواب|الأهم|يود|يريد|لا ت\w+|يستحسن)\b"
        r"|\b(?:долж(?:ен|на|ны|но)|обязан\w*|следует|надо|нужно|полагается|положено|необходимо|требуется|правильно"
        r"|цель"
        r"|задача|пусть|только|всегда|никогда|единственн\w+|желательно|лучше|рекомендуется|стоит|главное|хочет)\b"
    )
)
_SAYING = re.compile(
    r"\b(?:say|says|saying|tell|told|state|answer|answers|reply|replies|respond|response|write|text|summari\w+|summary"
    r"|words?|mention|know|pass on|passing on|convey|persuade|convince|claim|report|read|open with|wording|output"
    r"|hear|announc\w+|replace)\b|"
    + normalize(
        r"\b[وفبل]?(?:ال)?(?:قول|قل|[تين]قول\w*|رد(?:ك|كم|ود)?|جواب\w*|إجاب\w*|[تين]جيب\w*|أجب|[تين]نقل\w*|إخبار"
        r"|[تين]خبر\w*"
        r"|[تين]كتب\w*|كتابة|[تين]ذكر\w*|ذكر|إقناع|[تين]قنع\w*|[تين]بلغ\w*|إبلاغ|ملخص\w*|أخبر|[تين]سمع\w*|الخبر)\b"
        r"|\b(?:говор\w+|сказа\w+|сообщ\w+|ответ\w*|отвеч\w+|напис\w+|писать|переда(?:ть|вать|вайте)|убе(?:дить"
        r"|ждать)|расска\w+"
        r"|резюме|пересказ\w*|упомян\w+)\b"
    )
)
_MACHINE = re.compile(
    r"\bthis (?:page|text|article|document|passage|sentence|website|site|paragraph|file)\b|\byour\b|\bautomated\b"
    r"|\b(?:ro|chat)?bots?\b|\bthe user\b|\bais?\b|\b(?:language|ai) models?\b|\bllms?\b|\bassistants?\b"
    r"|\bmachines reading\b"
    r"|\bcrawlers?\b|\bsummari[sz]\w+\b|\bsummaries\b|\b(?:when|if) (?:you are |you're )?(?:asked|queried)\b|"
    + normalize(
        r"هذا (?:النص|المقال|المستند|الملف|الموقع)|هذه (?:الصفحة|الوثيقة|الفقرة|المقالة|الجملة)"
        r"|\b[وفل]?(?:ال)?(?:روبوت\w*)\b"
        r"|\bالأنظمة الآلية\b|\b[وفل]*(?:ال)?نم(?:وذج|اذج) (?:ال)?لغوي\w*|\bالذكاء الاصطناعي\b|\b(?:إذا|متى|عندما"
        r"|كلما) سئلت\b"
        r"|\b[وفب]?(?:ردك|جوابك|إجابتك|ملخصك|يسألك|سألك)\b|\b[وفل]?برامج التلخيص\b|\bللمستخدم\b"
        r"|\bэт(?:у|от|ои|ом|и) (?:страниц|текст|стать|документ|сайт|абзац)\w*|\bробот(?:ам|ы|ов|у)\b|\bбот(?:ам|ы"
        r"|ов|у)\b"
        r"|\bнейросет\w*|\bязыков\w+ модел\w*|\bассистент\w*|\bпользовател(?:ю|ям)\b|\bтво(?:й|я|е|ей|ем)\b"
        r"|\bискусственн\w+ интеллект\w*"
    )
)


def is_order(text: str) -> bool:
    """Whether a sentence, as a model would see it, speaks to a language model; it is then no source for what it says.

    Made of what such sentences are known to say, so that a new one may pass: what the model then writes is checked all
    the same, and where it stands in a document it can do no more than be quoted.
    """
    seen = normalize(prompts.quoted(text))
    return bool(_ORDERS.search(seen) or _DEMANDED.search(seen)) or _instructs(seen)


def is_forged(line: str) -> bool:
    """Whether a line opens as a numbered source or a turn of talk with a model would: "[1] …", "Assistant: …"."""
    return bool(_FORGED.match(normalize(prompts.quoted(line))))


def stated(text: str) -> str:
    """What a sentence states by itself, without what it only wants said: "say that …", "Answer: …".

    Returns:
        The text as it is where it wants nothing said; else what stands before that, "" where that is no word.
    """
    seen = prompts.quoted(text)
    if _instructs(normalize(seen)):
        return ""
    folded = [(letter, at) for at, character in enumerate(seen) for letter in normalize(character)]
    match = _TOLD.search("".join(letter for letter, _ in folded))
    if match is None:
        return text
    left = seen[: folded[match.start()][1]]
    return left if words(left) else ""


def _instructs(seen: str) -> bool:
    return all(kind.search(seen) for kind in (_DUTY, _SAYING, _MACHINE))
