"""What a question asks how many of, and where texts in other languages say it."""

from collections.abc import Callable

import pytest

from index.types import Document
from rag import amount
from rag.expected import expected
from rag.types import Evidence


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("كم قذيفة وصلت إلى الميناء؟", {"shell"}),
        ("كم عدد خبراء إزالة الألغام الذين وصلوا؟", {"deminer"}),
        ("How many of the artillery shells were sent?", {"shell"}),
        ("Сколько баллистических ракет передали?", {"missile"}),
        ("How many tanks did the port receive?", {"tank"}),
        ("چند تانک به بندر رسید؟", {"tank"}),
        ("Wie viele Soldaten starben?", {"soldier"}),
        ("¿Cuántos soldados murieron?", {"soldier"}),
        ("Combien d'ouvriers militaires sont venus ?", {"worker"}),
        ("كم عدد المتاحف في المدينة؟", {"museum"}),
        ("كم كوريا شماليا وصل؟", {"person"}),
        ("How many North Koreans came?", {"person"}),
    ],
)
def test_a_question_tells_what_it_counts(question: str, things: set[str]):
    wanted = amount.asked(question)
    assert wanted is not None
    assert wanted.things == things


@pytest.mark.parametrize("question", ["متى وصلت السفينة؟", "Who sent 20 shells?", "How long did it take?", "كم؟", ""])
def test_other_questions_count_nothing(question: str):
    wanted = amount.asked(question)
    assert wanted is None or all(thing.startswith("=") for thing in wanted.things)


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How many shells arrived?", "وصلت 40 شاحنة تحمل 900 قذيفة إلى المرفأ.", ["900 قذيفة"]),
        ("كم شاحنة وصلت؟", "وصلت 40 شاحنة تحمل 900 قذيفة إلى المرفأ.", ["40 شاحنة"]),
        ("كم يوما استمر الإضراب؟", "The strike of 300 dockers lasted 12 days.", ["12 days"]),
        ("Grev kaç gün sürdü?", "استمر الإضراب 12 يوما.", ["12 يوما"]),
        ("كم استغرقت الرحلة؟", "شارك 40 بحارا في رحلة دامت 9 ساعات.", ["9 ساعات"]),
        ("كم دام الانتشار؟", "قتل 6 جنود في الانتشار الذي دام 9 أيام.", ["9 أيام"]),
        ("How long did the voyage take?", "دامت الرحلة 12 يوما.", ["12 يوما"]),
        ("كم كلف بناء المنتجع؟", "يعمل 300 عامل بناء، وبلغت الكلفة 7 ملايين دولار.", ["7 ملايين دولار"]),
        ("How tall is the lighthouse?", "للمنارة 142 درجة، ويبلغ ارتفاعها 36 مترا.", ["36 مترا"]),
        ("How long is the tunnel?", "The tunnel took 900 workers; it is 4 kilometres long.", ["4 kilometres"]),
        ("كم يبلغ طول الجسر؟", "The bridge has 12 arches and measures 850 metres.", ["850 metres"]),
        ("Какова длина моста?", "The bridge has 12 arches and measures 850 metres.", ["850 metres"]),
        ("Wie viele Tage dauerte der Streik?", "استمر الإضراب 12 يوما.", ["12 يوما"]),
        ("كم دبابة وصلت؟", "وصلت 40 شاحنة إلى المرفأ.", []),
        ("How many workers came?", "وصل 300 بنّاء.", ["300 بنّاء"]),
        ("How many aircraft came?", "Forty drones came.", ["Forty drones"]),
        ("How many drones came?", "وصلت 40 طائرة.", []),
        ("How many people died?", "قتل 6 جنود في الانفجار.", ["6 جنود"]),
        ("Kaç asker öldü?", "قتل 6 جنود في الانفجار.", ["6 جنود"]),
        (
            "How many deminers came?",
            "وصل 300 من عمال البناء و20 من خبراء إزالة الألغام.",
            ["20 من خبراء إزالة الألغام"],
        ),
        (
            "How many deminers came?",
            'قال: "لواءان - 300 شخص" و 20 من خبراء إزالة الألغام',
            ["20 من خبراء إزالة الألغام", "300 شخص"],
        ),
        ("How many soldiers are there?", "قتل 6 جنود في الانفجار.", []),
    ],
)
def test_amounts_of_it_are_found_in_any_language(question: str, text: str, found: list[str]):
    wanted = amount.asked(question)
    assert wanted is not None
    assert [text[quantity.start : quantity.end] for quantity in amount.said(wanted, text)] == found


def test_what_stands_behind_an_arabic_verb_is_not_counted():
    assert amount.asked("كم مرة أطلقت الفرقة قذائف؟") is None
    wanted = amount.asked("كم قتل من الجنود؟")
    assert wanted is not None
    assert wanted.things == {"soldier"}


def test_what_happened_to_them_decides_between_two():
    wanted = amount.asked("كم جنديا قتل؟")
    assert wanted is not None
    text = "أرسلت المدينة 300 جندي، وقتل 12 جنديا منهم."
    assert [quantity.low for quantity in amount.said(wanted, text)] == [12, 300]


@pytest.mark.parametrize(
    ("question", "text", "spoken_of"),
    [
        ("كم دبابة وصلت؟", "وصلت 40 شاحنة إلى المرفأ.", False),
        ("كم دبابة وصلت؟", "The tanks came by ship; 40 lorries followed.", True),
        ("كم شخصا مات؟", "لم تعلن أي أرقام.", True),  # people go by many names
        ("كم نورسا عاد؟", "وصلت 40 شاحنة إلى المرفأ.", True),  # nor is every word known
        ("كم يوما استمر؟", "وصلت 40 شاحنة إلى المرفأ.", True),
        ("كم كلف بناء المنتجع؟", "يتسع المنتجع لأربعين نزيلا.", False),
        ("How many soldiers did Ukraine lose?", "فقدت الفرقة 6 جنود كوريين شماليين.", False),
        ("كم جنديا خسرت كوريا الشمالية؟", "Six North Korean soldiers were lost.", True),
        ("How many Russian soldiers came?", "وصل 40 جنديا كوريا شماليا و6 جنود من روسيا.", True),
        ("How many Russian soldiers came?", "وصل 40 جنديا كوريا شماليا.", False),
        ("How many Russian soldiers came?", "وصل 40 جنديا كوريا شماليا، ثم بلغ مجموع الواصلين 90 جنديا.", False),
        ("How many soldiers are in Russia?", "وصل 40 جنديا كوريا شماليا.", True),
        ("كم ثمن تذكرة القطار؟", "دفع السائح 3 ملايين يورو مقابل الرحلة.", False),
        ("كم ثمن تذكرة القطار؟", "تكلف التذكرة 3 يورو.", True),
        ("How much did the parade cost?", "دفعت المدينة 3 ملايين يورو.", True),
        ("How many soldiers were captured?", "قتل 6 جنود في الانفجار.", False),
        ("How many soldiers were captured?", "أسر 6 جنود في الميناء.", True),
        ("How many soldiers were captured?", "تكبدت الفرقة خسائر فادحة.", False),
        ("Скільки солдатів потрапило в полон?", "قتل 6 جنود في الانفجار.", False),
        ("How much does a sailor earn?", "يعمل 40 بحارا في المرفأ.", False),
        ("How much does a sailor earn?", "يتقاضى البحار 900 دولار.", True),
        ("كم يتقاضى البحار؟", "يبلغ أجر البحار دولارين في الساعة.", True),
        ("How many aircraft came?", "وصلت المسيرات ليلا.", True),
        ("كم طائرة أسقطت؟", "شاركت 40 طائرة في العرض.", False),
        ("How many planes did they shoot down?", "دمرت 4 طائرات في الغارة.", True),
    ],
)
def test_whether_a_text_speaks_of_it(question: str, text: str, spoken_of: bool):
    wanted = amount.asked(question)
    assert wanted is not None
    assert amount.named(wanted, text) is spoken_of


@pytest.mark.parametrize(
    ("question", "text", "fallen"),
    [
        ("How many soldiers are there?", "قتل 6 جنود في الانفجار.", True),
        ("كم عدد الجنود في الميناء؟", "Six soldiers were wounded at the port.", True),
        ("كم جنديا قتل؟", "قتل 6 جنود في الانفجار.", False),
        ("How many soldiers are there?", "وصل 300 جندي إلى الميناء.", False),
        ("How many soldiers are there?", "وصل 300 جندي إلى الميناء، وقتل 6 جنود في الانفجار.", False),
        ("How many ships are there?", "قتل 6 جنود في الانفجار.", False),
    ],
)
def test_who_fell_is_told_from_who_is_there(question: str, text: str, fallen: bool):
    wanted = amount.asked(question)
    assert wanted is not None
    assert amount.fallen(wanted, text) == fallen


@pytest.mark.parametrize(
    ("question", "text", "others"),
    [
        ("How many soldiers came?", "وصلت 40 شاحنة إلى المرفأ.", True),
        ("How many soldiers came?", "وصلت 40 شاحنة تحمل 900 جندي.", False),
        ("How many soldiers came?", "وصل 40 بنّاء.", False),  # the same people go by many words
        ("How many soldiers came?", "وصلوا في 40 يوما.", False),  # a measure counts nothing else
        ("How many soldiers came?", "وصل 40 نورسا.", False),  # nobody knows what these are
        ("How many soldiers came?", "وصلوا ليلا.", False),
        ("كم نورسا وصل؟", "وصلت 40 شاحنة إلى المرفأ.", True),
        ("كم نورسا وصل؟", "وصل 40 بنّاء.", False),  # they may be people
        ("كم متحفا افتتح؟", "وصل 40 بنّاء.", True),
        ("How many drones came?", "وصلت 40 طائرة بدون طيار.", False),
        ("How many trucks came?", "وصلت 40 طائرة.", True),
        ("How many days did it last?", "وصلت 40 شاحنة.", False),
        ("How many Russian soldiers came?", "Korean troops came in May, and 9 soldiers fell ill.", True),
        ("كم جنديا روسيا وصل؟", "وصلت قوات كورية في مايو، ومرض 9 جنود.", True),
        ("How many Korean soldiers came?", "Korean troops came in May, and 9 soldiers fell ill.", False),
        ("How many Russian soldiers came?", "Korean ships came in May with 9 soldiers.", False),
        ("How many Russian soldiers came?", "Korean troops came in May with 9 Russian soldiers.", False),
        (
            "كم قديفة مدفعية بعثتها كوريا؟",
            "أرسلت ما لا يقل عن 100 صاروخ باليستي و9 ملايين قذيفة مدفعية",
            False,
        ),  # a slip
        ("كم درون أطلقت روسيا؟", "هاجمت بـ728 طائرة بدون طيار و13 صاروخا", False),
    ],
)
def test_what_counts_other_things_is_told_from_what_may_count_it(question: str, text: str, others: bool):
    wanted = amount.asked(question)
    assert wanted is not None
    assert amount.others(wanted, text) is others


def test_a_sentence_that_counts_other_things_goes_behind():
    wanted = expected("How many soldiers came?")
    assert wanted is not None
    assert wanted.against("وصلت 40 شاحنة إلى المرفأ.")
    assert wanted.against("قتل 6 جنود في الانفجار.")
    assert not wanted.against("وصل 300 جندي إلى الميناء.")


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Сколько сапёров прибыло в порт?", [2, 3, 1]),  # in one of them the words for it are two
        ("How many minutes did the parade take?", [1, 2, 3]),
        ("Who came to the port?", [1, 2, 3]),
    ],
)
def test_passages_that_speak_of_what_is_counted_go_first(
    question: str, order: list[int], make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]
):
    texts = "وصل 40 بحارا إلى المرفأ.", "وصل 30 من خبراء إزالة الألغام.", "The deminers left for the port."
    evidence = [make_evidence(make_document(str(rank), text), rank, -rank / 2) for rank, text in enumerate(texts, 1)]
    first = amount.first(question, evidence)
    assert [texts.index(found.text) + 1 for found in first] == order
    assert [found.rank for found in first] == [1, 2, 3]
