"""Which questions are about a document as a whole, and about which."""

import pytest

from rag.whole import topic


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("ما موضوع خبر لافروف في وونسان؟", "لافروف في وونسان"),
        ("عمّ يتحدث مقال متحف كورسك؟", "متحف كورسك"),
        ("عن ماذا يتحدث الخبر عن البنائين؟", "البنائين"),
        ("شو بيحكي المقال عن القطار؟", "القطار"),
        ("لخّص مقال جسر تومين", "جسر تومين"),
        ("لخص لي ما جاء في الخبر عن العرض العسكري", "العرض العسكري"),
        ("ما خلاصة التقرير عن ألابوغا؟", "ألابوغا"),
        ("ما أهم النقاط في مقال التجارة؟", "التجارة"),
        ("ما الفكرة الرئيسية للمقال عن المتحف؟", "المتحف"),
        ("What is the article about the Tumen bridge about?", "the Tumen bridge"),
        ("Summarise the article on the shell trade", "the shell trade"),
        ("Give me a short summary of the report about Alabuga", "Alabuga"),
        ("What does the article on the parade discuss?", "the parade"),
        ("What are the main points of the article on the museum?", "the museum"),
        ("О чём говорится в статье о мосте?", "мосте"),
        ("Кратко перескажи статью о мосте", "мосте"),
        ("خلاصه خبر قطار مسکو", "قطار مسکو"),
        ("موضوع خبر قطار مسکو چیست؟", "قطار مسکو"),
        ("Worum geht es in dem Artikel über die Brücke?", "die Brücke"),
        ("De quoi parle l'article sur le pont ?", "le pont"),
        ("¿De qué trata el artículo sobre el puente?", "el puente"),
        ("总结关于桥的新闻", "关于桥的新闻"),
        ("Can you please summarise the article on the bridge?", "the bridge"),
        ("هل يمكنك تلخيص خبر الجسر؟", "الجسر"),
    ],
)
def test_what_the_document_deals_with(question: str, about: str):
    assert topic(question) == about


@pytest.mark.parametrize(
    "question",
    ["عم تتحدث هذه الوثيقة؟", "ما موضوع الخبر؟", "What's this document about?", "Summarize", "文章讲了什么？"],
)
def test_a_question_that_does_not_say_which(question: str):
    assert topic(question) == ""


@pytest.mark.parametrize(
    "question",
    [
        "ما موضوع المحادثات بين لافروف وكيم؟",
        "ما مضمون رسالة كيم إلى بوتين؟",
        "ماذا يقول التقرير عن الخسائر؟",
        "متى نُشر الخبر؟",
        "What is the treaty about?",
        "When will the talks resume?",
        "Who is the subject of the report?",
        "Who wrote the summary of the treaty?",
        "متى نُشر ملخص الاتفاق؟",
        "How many soldiers does the article mention?",
        "What is the story of the third soldier?",
        "О чем договорились стороны?",
        "",
    ],
)
def test_questions_about_what_documents_tell(question: str):
    assert topic(question) is None
