"""Sentences that cannot be understood without the one before."""

import pytest

from rag.leaning import leans


@pytest.mark.parametrize(
    "text",
    [
        'وأضاف: "سنعود في الربيع".',
        "وأوضح أن العمل يبدأ في مايو.",
        "كما أشارت إلى أن الجسر مغلق.",
        "وأكدت أنها لن توقع.",
        "وهو أطول جسر في البلاد.",
        "وهذه أول زيارة له منذ عام.",
        "ويأتي ذلك بعد شهر من الإعلان.",
        "He added that work starts in May.",
        '"They will be back in spring," the mayor said.',
        "But his brother stayed.",
        "This was the first visit in a year.",
        "Он добавил, что работы начнутся в мае.",
        "По его словам, мост закрыт.",
        "Это первый визит за год.",
        "این مسیر بسته شده بود.",
    ],
)
def test_leans(text: str):
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "وقال الوزير يوم الثلاثاء إن العمل يبدأ في مايو.",
        "وأضاف نادر سليم أن الجسر مغلق.",
        "إن الجسر مغلق منذ مايو.",
        "وأشارت وزارة النقل إلى تأخر العمل.",
        "هذا الأسبوع الذي بدأ أمس حافل بالزيارات.",
        "The mayor added that work starts in May.",
        "It rained for three days in the valley.",
        "Hester Moll opened the bridge.",
        "Theyn Bridge carries trams.",
        "Мэр добавил, что работы начнутся в мае.",
        "",
    ],
)
def test_stands_alone(text: str):
    assert not leans(text)
