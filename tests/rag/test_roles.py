"""Who does what to whom."""

import pytest

from rag.roles import reversed_pair


@pytest.mark.parametrize(
    ("sentence", "text", "pair"),
    [
        ("Canada gave Mexico a ship.", "منحت كندا المكسيك سفينة.", ""),
        ("Canada covers half of the Mexican need.", "تغطي كندا 40 في المئة من حاجة الجيش المكسيكي.", ""),
        ("Canada, a Mexican general said, gave way.", "قال جنرال مكسيكي إن كندا تراجعت.", ""),
        ("The bridge is Canada's; Mexico opened it.", "افتتحت المكسيك الجسر؛ وهو لكندا.", ""),
        ("Mexican workers live in Canada.", "يعيش عمال كنديون في المكسيك.", "Mexican, Canada"),
        ("Mexico gave Canada a ship.", "منحت كندا المكسيك سفينة.", "Mexico, Canada"),
        ("Mexico got a ship from Canada.", "منحت كندا المكسيك سفينة.", ""),
        ("The ship sailed from Mexico to Canada.", "أبحرت السفينة من كندا إلى المكسيك.", "Mexico, Canada"),
        ("Мексика купила у Канады корабль.", "اشترت المكسيك سفينة من كندا.", ""),
        ("Канада купила у Мексики корабль.", "اشترت المكسيك سفينة من كندا.", "Канада, Мексики"),
        ("Canada expelled two Mexican envoys.", "طردت كندا اثنين من المبعوثين المكسيكيين.", ""),
        ("The ship sailed between Mexico and Canada.", "The ship sailed from Canada to Mexico.", ""),
        # a capital where something happens does not act for its country
        ("Canada beat Mexico in a friendly in Ottawa.", "هزم الكنديون المكسيك في مباراة ودية بأوتاوا.", ""),
        ("Ottawa wrote to Mexico.", "كتبت المكسيك إلى كندا.", "Ottawa, Mexico"),
        # first and last name are one actor
        ("Kevin bribed Laura Robertson.", "قال كيفن إنه دفع رشوة إلى روبرتسون، وهي لورا روبرتسون نفسها.", ""),
        ("Robertson from Canada greeted Mexico.", "استقبل المكسيكي روبرتسون الكندي.", ""),
        ("Canada launched a ship built by Mexico.", "أطلقت كندا سفينة صنعتها شركة مكسيكية.", ""),
        ("استعادت كندا سفينة كانت المكسيك قد صنعتها.", "أعيدت إلى كندا سفينة صنعتها المكسيك.", ""),
        ("Mexico closed the crossing with Canada.", "أغلقت كندا المعبر مع المكسيك.", "Mexico, Canada"),
        ("Canada closed the crossing with Mexico.", "أغلقت كندا المعبر مع المكسيك.", ""),
        ("Сборная Мексики по хоккею победила Канаду.", "فاز المنتخب الكندي على نظيره المكسيكي.", "Мексики, Канаду"),
        (
            "A film about Oleg Tarasov by Mexican director Kevin Robertson",
            "صور كيفن روبرتسون فيلما عن أوليغ تاراسوف.",
            "",
        ),
        ("Robertson thanked Stevenson.", "تقدم ستيفنسون على روبرتسون، وشكرته روبرتسون لاحقا.", ""),
        (
            "Stevenson broke the record of Robertson.",
            "Robertson sailed home, breaking Stevenson's record.",
            "Stevenson, Robertson",
        ),
        # where one mention of three tells otherwise, nothing is told
        ("Канада заняла у Мексики деньги на дорогу.", "Mexico lent Canada money for the road from Ottawa.", ""),
        ("أصيب كندي برصاص الشرطة المكسيكية.", "أطلقت الشرطة المكسيكية النار على كندي.", ""),
        (
            "Mexican investor Tarasov raised money from Canadian firm Nordwind.",
            "Canadian firm Nordwind raised money from Mexican investor Tarasov.",
            "Mexican, Canadian",
        ),
        ("أعادت كندا تمثالا إلى متحف تورونتو.", "The museum in Toronto returned a figure to Canada.", "كندا, تورونتو"),
        ("Kevin Robertson replaces Stefan Tarasov.", "Кевина Робертсона заменит Стефан Тарасов.", "Kevin, Stefan"),
        ("Stefan Tarasov replaces Kevin Robertson.", "Кевина Робертсона заменит Стефан Тарасов.", ""),
        ("Canada sent 1,150 boxes to Mexico.", "Mexico sent 1,150 boxes to Canada.", "Canada, Mexico"),
        (
            "باعت نوردويند مصنعها إلى تاراسوف.",
            "Tarasov agreed to sell its mill to Nordwind, he said, adding that it stands.",
            "نوردويند, تاراسوف",
        ),
        ("Nordwind bought ten Airbus jets.", "اشترت نوردويند عشر طائرات من طراز إيرباص.", ""),
    ],
)
def test_roles(sentence: str, text: str, pair: str):
    assert reversed_pair(sentence, text, lambda *_: 0) == pair


def test_who_acts_is_told_by_the_statement_that_is_nearest():
    text = "اتهمت كندا المكسيك بقطع الطريق، ورد وزير مكسيكي بأن بلاده أبلغت أوتاوا."
    first, second = (
        (lambda _, texts: texts.index(min(texts, key=text.index))),
        (lambda _, texts: texts.index(max(texts, key=text.index))),
    )
    assert reversed_pair("Mexico accused Canada of cutting the road.", text, first) == "Mexico, Canada"
    assert reversed_pair("Mexico told Canada before.", text, second) == ""
    # a name that stands in one of them alone tells more
    text = "طردت كندا دبلوماسيين مكسيكيين، واستدعت المكسيك القائم بالأعمال الكندي كيفن روبرتسون."
    assert reversed_pair("Mexico summoned the Canadian envoy Kevin Robertson.", text, first) == ""
