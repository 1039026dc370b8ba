"""What a question asks for, in many languages."""

from typing import get_args

import pytest

from rag.kinds import NUMERIC, Kind, asked_for, holds

ASKS: dict[Kind | None, list[str]] = {
    "number": [
        "كم عدد الجنود؟", "وكم منهم وصل؟", "قديش عدد البيوت؟", "كام جندي مات؟", "ما عدد القتلى؟",
        "بكم التذكرة؟", "How many shells were sent?", "What is the price of a ticket?",
        "Сколько солдат погибло?", "Wie viele Soldaten starben?", "چند نفر کشته شدند؟", "有多少士兵",
        "Kaç asker öldü?", "¿Cuántos soldados murieron?", "Combien de soldats ?", "कितने सैनिक मारे गए?",
        "Shoigu قال كم بناء عسكري راح يروح Kursk؟", "When the war began, how many soldiers were there?",
        "كل قديش بتطير نوردويند", "How deep is the lake?", "What is the height of the tower?", "ما ارتفاع المنارة؟",
        "Какова длина моста?",
    ],
    "date": [
        "متى وصل الوزير؟", "امتى وصل؟", "في أي عام تأسست الشركة؟", "When did he arrive?", "and when?",
        "Can you tell me when he arrived?", "Когда он приехал?", "他什么时候到的", "Lavrov ne zaman geldi?",
        "Wann kam er an?", "¿Cuándo llegó?", "Quand est-il arrivé ?", "वह कब आया?",
        "In what year did it open?", "Since when has the bridge been open?", "هل تعرف متى وصل الوزير؟",
        "لافروف چه زمانی رسید؟", "С какого числа? Когда?",
    ],
    "person": [
        "من وقّع المعاهدة؟", "مين سافر على أول طيارة؟", "ومن كان معه؟", "من هو قائد الجيش الأوكراني؟",
        "لمن وجه رسالة شكر؟", "Who was the captain?", "and who else?", "With whom did he talk?",
        "Кто приехал?", "С кем он встретился?", "چه کسی آمد؟", "Kim geldi?", "Bakan kiminle görüştü?",
        "Wer kam?", "Qui est venu ?", "¿Quién vino?", "谁来了", "कौन आया?",
        "Who arrived, and whenever possible stayed?", "مع مين التقى؟",
    ],
    "place": [
        "أين أقاموا؟", "وين راح لافروف؟", "فين استقبل كيم لافروف؟", "من أين جاءت السفن؟",
        "من أي مطار انطلقت الرحلة؟", "في أي مدينة؟", "أين كان المكان المتميز؟", "Where did they meet?",
        "and where?", "From where did they sail?", "Which city was it?", "Где они встретились?",
        "Откуда он приехал?", "کجا دیدار کردند؟", "Nerede buluştular?", "Wo trafen sie sich?",
        "Où se sont-ils rencontrés ?", "¿Dónde se reunieron?", "他们在哪里见面", "वे कहाँ मिले?",
        "الى وين راح لافروف بعد ما خلص زيارته؟",
    ],
    "reason": [
        "لماذا تأخر؟", "وليش ما أخذوها؟", "ليه اتأخر؟", "ما سبب الحريق؟", "علاش؟", "Why was it late?",
        "What caused the fire?", "Почему он опоздал?", "چرا دیر کرد؟", "Neden gecikti?", "Warum?",
        "Pourquoi ?", "¿Por qué?", "为什么迟到", "वह क्यों आया?",
    ],
    "manner": [
        "كيف سافر؟", "شلون وصل؟", "ازاي سافر؟", "وبأي وسيلة سافر؟", "How did they travel?", "Как он приехал?",
        "چگونه سفر کرد؟", "Nasıl gitti?", "Wie reiste er?", "Comment est-il venu ?", "¿Cómo viajó?", "他怎么去的",
        "वह कैसे गया?",
    ],
    "list": [
        "من هم ضيوف المنتجع؟", "ما النواحي الثلاث التي ستبدأ منها الأعمال؟", "أي دول طلب منها ذلك؟",
        "ما هي الشركات المشاركة؟", "Name the three ships.", "Which countries protested?",
        "What are the names of the ships?", "Какие суда участвовали?", "Перечислите суда", "Quels navires ?",
        "¿Cuáles son los barcos?", "有哪些船",
    ],
    "yes/no": [
        "هل وصل الوزير؟", "Did the soldiers who arrived in May die?", "Is it true?", "Вернулся ли он?",
        "Правда ли это?", "آیا او آمد؟", "Lavrov geldi mi?", "Hat er unterschrieben?",
        "Est-ce qu’il est venu ?", "¿Hay muertos?", "他来了吗", "क्या वह आया?",
    ],
    "definition": [
        "ما هي معاهدة الشراكة؟", "ما معنى يد الأخ؟", "What is Alabuga?", "What does KCNA mean?",
        "Что такое Алабуга?", "آلابوگا چیست؟", "Alabuga nedir?", "Was bedeutet KCNA?", "¿Qué significa KCNA?",
        "什么是导弹",
    ],
    None: [
        "ماذا قال لافروف؟", "What did Kim say?", "What did Putin say when he met Kim?",
        "What happened to the men who died?", "ما اسم المصنع؟", "Что он сказал?", "کیم چه گفت؟",
        "Was sagte er?", "Wie heißt der Botschafter?", "Как называется мост?", "ماذا فعل كي يصل؟",
        "Which firm is building the bridge?", "الوزير وصل يوم الجمعة",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("question", "kind"), [(question, kind) for kind, asked in ASKS.items() for question in asked])
def test_asked_for(question: str, kind: Kind | None):
    assert asked_for(question) == kind


def test_every_kind_is_tried():
    assert set(ASKS) == {*get_args(Kind), None}
    assert set(get_args(Kind)) > NUMERIC


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("قتل ستة جنود", True, True),
        ("وصل ٤٠ عاملا", True, True),
        ("ستعمل الشركة في المدينة", False, False),
        ("Dozens of ships sailed", True, True),
        ("Тысячи солдат", True, True),
        ("The ships sailed away", False, False),
        ("وصل في يونيو من العام الماضي", False, True),
        ("غادرت السفن في نيسان", False, True),
        ("غادرت السفن يوم الثلاثاء", False, True),
        ("قال الأمين العام إن السفن غادرت", False, False),
        ("The ships sailed on Monday", False, True),
        ("Корабли ушли в прошлом году", False, True),
        ("Корабли ушли в среду", False, True),
    ],
)
def test_what_a_question_for_a_number_or_a_date_cannot_do_without(text: str, number: bool, date: bool):
    assert (holds("number", text), holds("date", text)) == (number, date)
    assert holds("person", text)
    assert holds(None, text)
