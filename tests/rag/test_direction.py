"""Sentences that tell a deed the other way round than it is asked for."""

import pytest

from rag.direction import is_reversed

SHIPPED = "وذكر التقرير أن كينيا أرسلت 40 دبابة إلى فنلندا في الربيع."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("كم دبابة أرسلت فنلندا إلى كينيا؟", SHIPPED),
        ("How many tanks did Finland send to Kenya?", SHIPPED),
        ("How many tanks is Finland sending to Kenya?", "سترسل كينيا 40 دبابة إلى منطقة تامبيري."),
        (
            "When did Finland send doctors to Kenya?",
            "Kenya sent doctors to Finland in May, the report on Finland says.",
        ),
        ("Сколько финских строителей поедет работать в Кению?", "كينيا سترسل 90 من عمال البناء إلى فنلندا."),
        ("في كم قاعدة يتدرب الجنود الفنلنديون داخل كينيا؟", "يتدرب الجنود الكينيون في 3 قواعد داخل فنلندا."),
        ("كم دبابة أرسلت فنلندا للكينيين؟", SHIPPED),
        ("كم دبابة أرسلت فنلندا إلى الجيش الكيني؟", SHIPPED),
    ],
)
def test_the_same_deed_the_other_way_round(question: str, sentence: str):
    assert is_reversed(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("كم دبابة أرسلت كينيا إلى فنلندا؟", SHIPPED),
        ("How many tanks did Finland get from Kenya?", SHIPPED),
        ("How many tanks did Finland send?", SHIPPED),  # no other country
        ("How many tanks did Finland send to Kenya?", "أرسلت كينيا دبابات إلى فنلندا، وفنلندا 3 دبابات إلى كينيا."),
        ("How many tanks did Finland send to Kenya?", "Kenya sent 40 tanks to Finland; Finland sent 3 back."),
        ("How many tanks did Finland send to Kenya?", "Kenya sent 40 tanks to Finland. Sweden sent 9 tanks to Kenya."),
        ("How many tanks did Finland send to Kenya?", "Sweden sent 40 tanks to Finland."),
        ("How many tanks were sent to Finland in Kenya?", "Kenya sent 40 tanks to Finland."),
        ("How many tanks did Britain send to Kenya?", "Kenya sent 40 tanks to the town of Birmingham."),  # or Alabama
        ("When did Finland sell its tanks to Kenya?", "Kenya returned the tanks to Finland in May."),
        ("When was the Finnish ambassador to Kenya arrested?", "Kenya arrested him in May and let him go to Finland."),
        ("How many tanks did Finland send to Kenya?", "وصلت 40 دبابة في الربيع إلى كينيا."),
        ("How many tanks did Finland send to Kenya?", "Kenya paid Finland for 40 tanks, which were sent to it."),
        ("How many tanks did Finland send to Kenya?", "Kenya counted 40 tanks in Reading, as sent."),  # in Britain
        ("How many tanks did Britain send to Kenya?", "Kenya got 40 tanks, sent in Reading week."),  # no town there
        ("How many missiles did Kenya supply to Finland?", "Finland fired 60 missiles made in Kenya."),
        ("How many tanks did Finland buy for Kenya?", SHIPPED),
        ("How much did Finland pay for Kenyan wheat?", "Kenya sent wheat to Finland at 250 dollars a ton."),
        ("When did Finland begin to import Kenyan oil?", "Kenya began to send oil to Finland in 2022."),
        ("Why did Finland send a letter to Kenya?", "Kenya had sent a letter to Finland before."),
        ("How did Finland react to tariffs in Kenya?", "Tariffs of Kenya led to protests in Finland."),
        ("Сколько финских беженцев в Кении?", "Кения приняла 3000 беженцев с начала войны в Финляндии."),
        ("كم سودانيا وصل إلى تشاد؟", "تستضيف تشاد 900 ألف شخص هربوا من القتال في السودان."),
        ("In which month did Finland and Kenya sign the agreement?", "وقع وزيرا كينيا وفنلندا الاتفاق في مايو."),
        (
            "How many soldiers of Korea went to South Korea?",
            "South Korea sent 40 soldiers to Korea.",
        ),  # one of the other
    ],
)
def test_what_may_answer_is_not_reversed(question: str, sentence: str):
    assert not is_reversed(question, sentence)
