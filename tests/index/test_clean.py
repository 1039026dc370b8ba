"""Cleaning: what goes, what stays, and that no character is lost on the way."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import clean
from index.markup import blocks
from index.types import Block, Cleaned, Document, Format

AR_TITLE = "مهندسون يعيدون تشغيل محطة المياه في وادي النخيل"
AR = (
    "أعاد مهندسون محليون تشغيل محطة المياه في وادي النخيل بعد توقف دام ثلاثة أشهر كاملة.",
    "وقال مدير المحطة إن الضخ سيعود إلى طبيعته خلال أسبوع، وإن الشبكة فُحصت مرتين.",
    "وتخدم المحطة نحو أربعين ألف نسمة في سبع قرى تقع على ضفتي الوادي.",
    "وكانت السيول قد جرفت جزءا من السد الترابي في مطلع العام الجاري.",
)
EN_TITLE = "Engineers restart the water plant of Palm Valley"
EN = (
    "Local engineers restarted the water plant of Palm Valley after a stop of three months.",
    "The plant's director said that pumping would be back to normal within a week.",
    "The plant serves some forty thousand people in seven villages on both banks.",
    "Floods had carried off part of the earth dam at the beginning of the year.",
)
RU_TITLE = "Инженеры вновь запустили станцию в Пальмовой долине"
RU = (
    "Местные инженеры вновь запустили водную станцию долины после трёх месяцев простоя.",
    "Директор станции рассказал, что подача воды наладится в течение недели.",
    "Станция снабжает водой около сорока тысяч человек в семи сёлах по обоим берегам.",
    "В начале года паводок унёс часть земляной плотины выше по течению.",
)
FA_TITLE = "مهندسان ایستگاه آب دره نخل را دوباره به کار انداختند"
FA = (
    "مهندسان محلی پس از سه ماه ایستگاه آب دره نخل را دوباره به کار انداختند.",
    "مدیر ایستگاه گفت جریان آب تا یک هفته دیگر به حال عادی بازمی‌گردد.",
    "این ایستگاه به حدود چهل هزار نفر در هفت روستا آب می‌رساند.",
    "سیل در آغاز سال بخشی از سد خاکی بالادست را با خود برده بود.",
)
BODIES = {"ar": (AR_TITLE, AR), "en": (EN_TITLE, EN), "ru": (RU_TITLE, RU), "fa": (FA_TITLE, FA)}


def document(text: str, form: Format = "text") -> Document:
    return Document("0" * 16, "page.txt", "", text, "und", None, form)


def run(text: str, form: Format = "text") -> tuple[list[str], list[tuple[str, str]], Cleaned]:
    page = document(text, form)
    cleaned = clean(page, blocks(page))
    kept = [text[b.start : b.end] for s in cleaned.sections for r in s.runs for b in r]
    return kept, [(text[d.start : d.end], d.reason) for d in cleaned.dropped], cleaned


def page(language: str, *middle: str, tail: tuple[str, ...] = (), head: tuple[str, ...] = ()) -> str:
    title, body = BODIES[language]
    return "\n\n".join([*head, title, *body[:2], *middle, *body[2:], *tail])


MIDDLE = [
    ("ar", "شاهد ايضاً: وصول أول قطار إلى مدينة الرمال", "related link"),
    ("ar", "اقرأ أيضًا: كيف عاد الماء إلى القرى؟", "related link"),
    ("ar", "◄ إقرأ أيضـــاً | سبعة أسئلة عن السد الجديد", "related link"),
    ("ar", "أخبار قد تهمك “الوادي” يفيض مجددا 3 مارس 2024 - 5:10 مساءً", "related link"),
    ("ar", "إعلان", "advert marker"),
    ("ar", "[ad_1]", "advert marker"),
    ("ar", "شارك الخبر:", "share bar"),
    ("ar", "فيسبوكتويترواتساب", "share bar"),
    ("ar", "تابعنا على فيسبوك وتلغرام", "subscription"),
    ("ar", "اشترك في النشرة البريدية ليصلك الجديد كل صباح.", "subscription"),
    ("ar", "كلمات دلالية: الوادي السد المياه", "tags"),
    ("ar", "1٬204 مشاهدة", "counter"),
    ("en", "Read also: First train reaches the town of Sands", "related link"),
    ("en", "FacebookTwitterLinkedInEmail", "share bar"),
    ("en", "Share | Tweet | WhatsApp | Copy link", "share bar"),
    ("en", "Advertisement", "advert marker"),
    ("en", "Loading...", "loading"),
    ("en", "Follow us on Facebook and Telegram for more stories.", "subscription"),
    ("en", "4 min read", "counter"),
    ("en", "We use cookies to improve your visit and to count readers.", "cookie notice"),
    ("en", "A+ A-", "page control"),
    ("en", "HomeNewsPoliticsBusinessSport", "menu"),
    ("en", "Read more on Valley Times.", "read more"),
    ("ru", "Читайте также: Первый поезд пришёл в город Песков", "related link"),
    ("ru", "РЕКЛАМА", "advert marker"),
    ("ru", "Подписывайтесь на наш канал в Telegram", "subscription"),
    ("ru", "Просмотров: 1 532", "counter"),
    ("ru", "Фото: Пётр Иванов / Долина", "caption"),
    ("fa", "بیشتر بخوانید: نخستین قطار به شهر ریگ رسید", "related link"),
    ("fa", "همچنین بخوانید: هفت پرسش درباره سد تازه", "related link"),
    ("fa", "برچسب‌ها: دره نخل آب", "tags"),
    ("ar", "**شاركوها**: فيسبوك - واتساب", "share bar"),
    ("ar", "**النشرة الإخبارية:** اشترك ليصلك جديد الوادي", "subscription"),
    ("ar", "لمتابعة أخبار الوادي انضم إلى مجموعتنا على تلغرام", "subscription"),
    ("ar", "قناة الوادي على يوتيوب - اشترك الآن", "subscription"),
    ("ar", "متوسط التقييم: 3.8 من 5", "rating"),
    ("ar", "قيّم هذا الخبر: ★★★☆☆", "rating"),
    ("ar", "ما رأيكم؟", "reader poll"),
    ("ar", "سجّل الدخول للتعليق", "comments"),
    ("ar", "التعليقات مغلقة.", "comments"),
    ("ar", "[ألبوم الصور: 3 من 9]", "gallery"),
    ("ar", "تغطية خاصة: شاهد لحظة عودة المياه", "media link"),
    ("ar", "الرابط القصير: https://example.org/s/1", "share bar"),
    ("ar", "رابط الخبر الأصلي", "source line"),
    ("ar", "» أكمل القراءة بعد الإعلان «", "advert marker"),
    ("ar", "تم النشر في 12 مايو 2024 - 10:30", "date line"),
    ("ar", "قد يعجبك أيضا المدينة تفتح متحف الملح 3 مارس 2024 - 5:10 مساءً", "related link"),
    ("en", "Join our WhatsApp group for news of the valley.", "subscription"),
    ("en", "Valley Times on YouTube: subscribe now", "subscription"),
    ("en", "You might also like: The museum of salt opens", "related link"),
    ("en", "Average rating: 4.5 / 5 of 12", "rating"),
    ("en", "Photo 3 of 12", "gallery"),
    ("en", "WATCH: The moment the water came back", "media link"),
    ("en", "What do you think?", "reader poll"),
    ("en", "Updated on 12 May 2024, 10:30", "date line"),
    ("en", "Sign in to comment", "comments"),
    ("ru", "Вступайте в нашу группу ВКонтакте", "subscription"),
    ("ru", "А что думаете вы?", "reader poll"),
    ("ru", "Фото 2 из 7", "gallery"),
    ("ru", "Рейтинг статьи: 4,2 из 5", "rating"),
    ("ru", "Войдите, чтобы комментировать", "comments"),
    ("ru", "Опубликовано 12 мая 2024", "date line"),
    ("ru", "Короткая ссылка: https://example.org/s/1", "share bar"),
    ("fa", "اخبار مرتبط: موزه نمک در شهر باز شد", "related link"),
    ("fa", "در گروه واتساپ ما عضو شوید", "subscription"),
    ("fa", "نظر شما چیست؟", "reader poll"),
    ("fa", "منتشر شده در ۱۲ خرداد ۱۴۰۳", "date line"),
    ("en", "Abonnez-vous à notre chaîne WhatsApp", "subscription"),
    ("en", "Telegram kanalımıza katılın", "subscription"),
]
TAIL = [
    ("ar", ("المصدر",), "source line"),
    ("ar", ("المصدر: صحيفة الوادي اليومية",), "source line"),
    ("ar", ("السابق فريق المدينة يفوز بالكأس", "التالى أمطار متوقعة على الساحل"), "previous/next link"),
    ("ar", ("مقالات مشابهة", "• السد الترابي يصمد أمام السيول", "• القرى تنتظر الماء"), "teaser"),
    ("ar", ("الرئيسيةأخبارسياسةرياضةصحة",), "menu"),
    ("ar", ("جميع الحقوق محفوظة © الوادي 2024",), "copyright"),
    ("en", ("Related", "Sands gets a station", "The first train came on time. Follow the details!"), "teaser"),
    ("en", ("Leave a reply", "Your email address will not be published.", "Name", "Website"), "comments"),
    ("en", ("© 2024 Valley Times. All rights reserved.",), "copyright"),
    ("ru", ("Похожие новости", "Плотина выдержала паводок", "Сёла ждут воду"), "teaser"),
    ("fa", ("اخبار مرتبط", "سد خاکی در برابر سیل ایستاد", "روستاها چشم به راه آب"), "teaser"),
]
HEAD = [
    ("ar", "أخبار عاجلة", "breaking-news label"),
    ("ar", "الرئيسية » أخبار » محليات", "menu"),
    ("ar", "الوادي _ متابعات", "byline"),
    ("ar", "شعار الوادي", "site name"),
    ("en", "Valley Times logo", "site name"),
    ("en", "By Mona Hale and Peter Brook", "byline"),
    ("en", "Published 12 May 2024 10:30", "date line"),
    ("en", "Home | World | Water", "menu"),
    ("ru", "Главная / Новости / Общество", "menu"),
    ("ar", "الوادي نيوز", "site name"),
    ("ar", "12 مايو 2024 | أحوال الوادي", "date line"),
    ("ar", "وكالات - الوادي", "byline"),
    ("ar", "مدير المحطة أمام المضخة الكبرى. (أرشيف)", "caption"),
    ("en", "By our water desk", "byline"),
    ("en", "By Valley Times staff, May 12, 2024", "byline"),
]
TRAPS = [
    ("ar", "شارك الجنود في إصلاح السد مع أهالي القرى طوال الليل."),
    ("ar", "وقال المصدر إن العمل سيكتمل قبل نهاية الشهر المقبل."),
    ("ar", "المصدر الوحيد للماء في القرى هو هذه المحطة القديمة."),
    ("ar", "اقرأ كتابك أولا، هكذا قال المعلم لتلاميذه في قاعة الصف."),
    ("ar", "تابع الوزير أحدث الأخبار الواردة من السد وأمر بإرسال مضخات."),
    ("ar", "اشترك في القتال ضد السيول مئات المتطوعين من المدن المجاورة."),
    ("ar", "إعلان حالة الطوارئ في القرى"),
    ("ar", "تحرير مجرى النهر"),
    ("ar", "المزيد من الدعم للقرى"),
    ("ar", "شاهد أيضا المهندسون آثار السيول على الجسر القديم قبل عودتهم."),
    ("en", "Follow-up talks on the dam are planned for next month."),
    ("en", "Share prices of the pump maker rose by four percent on Monday."),
    ("en", "Source of the trouble"),
    ("en", "Related talks between the two districts were held in spring."),
    ("en", "Read more books, the teacher told the class, and they did."),
    ("en", "Next steps for the plant"),
    ("en", "Politics and economy"),
    ("en", '"Read more on the subject before you vote," she told the council.'),
    ("en", "Copyright law was changed in the same year by the parliament."),
    ("en", "Subscribe rates fell while the plant stood still last winter."),
    ("ru", "Поделиться водой с соседями село не смогло из-за засухи."),
    ("ru", "Источник в министерстве подтвердил эти сведения агентству."),
    ("ru", "Читайте вслух, просила учительница детей на каждом уроке."),
    ("fa", "منبع اصلی آب روستاها همین ایستگاه قدیمی است و بس."),
    ("fa", "به کانال آبیاری خسارت زیادی وارد شده است، مدیر گفت."),
    ("ar", "انضم إلى مجموعة المتطوعين على واتساب أكثر من مئتي شاب من أهل القرى."),
    ("ar", "وقال المدير: اشتركوا في قناتنا على يوتيوب لتروا العمل."),
    ("ar", "ونُشر التقرير في 12 مايو 2024 على موقع المحطة."),
    ("ar", "وأضاف أن القناة على يوتيوب جمعت تبرعات للسد."),
    ("ar", "رابط المصدر بالشبكة انقطع مرتين في الشتاء الماضي."),
    ("ar", "سجل الوادي أمطارا غزيرة لم تعرفها القرى من قبل."),
    ("ar", "عاجل: السد يصمد"),
    ("en", "Join forces or lose the dam, the engineers told both villages."),
    ("en", "Thousands joined our channel on Telegram, the director said."),
    ("en", "The YouTube channel of the plant has four thousand followers."),
    ("en", "The report was published on 12 May 2024 by the council."),
    ("en", "Photo 3 of the twelve in the file shows the broken gate."),
    ("en", "What do you think the engineers found below the old dam?"),
    ("en", "Rating agencies cut the debt of the water company to junk."),
    ("en", "Live: the dam holds"),
    ("ru", "Канал в Telegram собрал для станции деньги и добровольцев."),
    ("ru", "В опросе приняли участие двести жителей долины и города."),
]


@pytest.mark.parametrize(("language", "line", "reason"), MIDDLE)
def test_furniture_between_paragraphs_goes(language: str, line: str, reason: str) -> None:
    kept, dropped, cleaned = run(page(language, line))
    assert dropped == [(line, reason)]
    assert kept == [BODIES[language][0], *BODIES[language][1]]
    assert [len(r) for r in cleaned.sections[0].runs] == [3, 2]


@pytest.mark.parametrize(("language", "lines", "reason"), TAIL)
def test_furniture_behind_the_article_goes(language: str, lines: tuple[str, ...], reason: str) -> None:
    kept, dropped, _ = run(page(language, tail=lines))
    assert [text for text, _ in dropped] == list(lines)
    assert dropped[-1][1] == reason
    assert kept == [BODIES[language][0], *BODIES[language][1]]


@pytest.mark.parametrize(("language", "line", "reason"), HEAD)
def test_furniture_above_the_article_goes(language: str, line: str, reason: str) -> None:
    kept, dropped, cleaned = run(page(language, head=(line,)))
    assert dropped == [(line, reason)]
    assert kept == [BODIES[language][0], *BODIES[language][1]]
    assert cleaned.sections[0].title == BODIES[language][0]


@pytest.mark.parametrize(("language", "line"), TRAPS)
def test_article_text_that_looks_like_furniture_stays(language: str, line: str) -> None:
    kept, dropped, _ = run(page(language, line))
    assert dropped == []
    assert line in kept
    assert run(page(language, tail=(line,)))[1] == []


@pytest.mark.parametrize(
    ("lead", "gone"),
    [
        ("أعاد مهندسون تشغيل المحطة بعد توقف طويل. نبض الوادي.", []),
        ("أعاد مهندسون تشغيل المحطة بعد توقف طويل. وَادِينَا.", ["وَادِينَا."]),
        (
            "أعاد مهندسون تشغيل المحطة بعد توقف طويل. هل يعود الماء إلى القرى؟ اقرأ المزيد على وَادِينَا.",
            ["هل يعود الماء إلى القرى؟", "اقرأ المزيد على وَادِينَا."],
        ),
        (
            "Engineers restarted the plant on Monday. Will the water last? Read more on Valley Times.",
            ["Will the water last?", "Read more on Valley Times."],
        ),
        ("Engineers restarted the plant on Monday. Will the water last?", []),
        ("The order was signed by Gen. Kim and by Mr. John Smith.", []),
    ],
)
def test_calls_behind_a_lead_go_and_its_sentence_stays(lead: str, gone: list[str]) -> None:
    kept, dropped, _ = run("\n\n".join([AR_TITLE, lead, *AR]))
    assert [text for text, _ in dropped] == gone
    assert kept[1] == lead[: lead.index(gone[0])].strip() if gone else lead


def test_an_article_that_follows_an_invitation_is_a_section_of_its_own() -> None:
    text = "\n\n".join(
        [*EN, "Source: The Valley Daily", "Read also:", RU_TITLE, *RU, "Related", "Sands gets a station"]
    )
    _, dropped, cleaned = run(text)
    assert [s.title for s in cleaned.sections] == ["", RU_TITLE]
    assert [reason for _, reason in dropped] == ["source line", "related link", "related heading", "teaser"]


def test_titles_below_an_invitation_go_and_the_article_goes_on() -> None:
    kept, dropped, cleaned = run(
        page("ru", "Читайте также:", "Сколько стоит билет на поезд", "Музей льда открыли вчера")
    )
    assert len(cleaned.sections) == 1
    assert kept == [RU_TITLE, *RU]
    assert [reason for _, reason in dropped] == ["related link", "teaser", "teaser"]


def test_teasers_with_blurbs_and_alt_texts_behind_related_news_go() -> None:
    teaser = (
        "Loading...",
        "رجل يقف أمام نافذة مغبرة، تعكس الصورة آثار العاصفة على المدينة.",
        "العاصفة تعطل الموانئ",
        "تتواصل العاصفة منذ أيام وتتسع آثارها في الساحل. هل تهدأ قريبا؟ تابعوا التفاصيل المثيرة!",
    )
    kept, dropped, _ = run(page("ar", tail=("أخبار ذات صلة", *teaser, *teaser)))
    assert kept == [AR_TITLE, *AR]
    assert len(dropped) == 9


def test_captions_between_the_lead_and_the_share_bar_go() -> None:
    captions = "لقاء بين مهندسين في مكتب واسع، يعكس روح الفريق.\nمدير المحطة يصافح عاملا في موقع السد، في 3 مايو 2024."
    kept, dropped, _ = run("\n\n".join([AR_TITLE, AR[0], f"{captions}\nشارك الخبر:\nFacebookTwitter", *AR[1:]]))
    assert [reason for _, reason in dropped] == ["caption", "caption", "share bar", "share bar"]
    assert kept == [AR_TITLE, *AR]


def test_a_share_bar_below_the_first_paragraphs_costs_none_of_them() -> None:
    kept, dropped, _ = run("\n\n".join([EN_TITLE, EN[0], EN[2], "FacebookTwitter", *EN[1:2], EN[3]]))
    assert [text for text, _ in dropped] == ["FacebookTwitter"]
    assert len(kept) == 5


def test_a_poll_goes_with_its_question_and_its_answers() -> None:
    poll = ("استطلاع رأي", "هل تثق بالسد الجديد؟", "نعم 61%", "لا 30%", "لا رأي لي", "عرض النتائج")
    kept, dropped, _ = run(page("ar", *poll))
    assert dropped == [(line, "reader poll") for line in poll]
    assert kept == [AR_TITLE, *AR]


def test_one_short_answer_is_no_poll() -> None:
    assert run(page("en", "Will the dam hold?", "Yes"))[1] == []


def test_a_label_of_a_film_in_the_title_stays() -> None:
    title = "WATCH: Water comes back to Palm Valley"
    assert run("\n\n".join([title, "12 May 2024", *EN]))[0] == [title, *EN]


def test_list_items_of_the_article_stay() -> None:
    text = page("en", tail=("The plant now has:", "- four pumps", "- two filters", "- one new gate"))
    assert run(text)[1] == []


@pytest.mark.parametrize("text", ["hello", "Buy milk", "مرحبا", "Call Anna about the dam.", "eggs\nmilk\nbread\ntea"])
def test_a_short_note_stays(text: str) -> None:
    kept, dropped, _ = run(text)
    assert " ".join(kept) == " ".join(text.split())
    assert dropped == []


def test_a_page_of_furniture_alone_is_dropped() -> None:
    kept, dropped, cleaned = run("Advertisement\nLoading...\nFacebookTwitter")
    assert kept == []
    assert cleaned.sections == ()
    assert len(dropped) == 3


def test_a_teaser_that_is_all_there_is_stays() -> None:
    assert run("Related\n\nThe plant was restarted on Monday by engineers.")[0] == [
        "The plant was restarted on Monday by engineers."
    ]


def test_content_outside_html_blocks_is_dropped_as_markup_and_parts_runs_but_tags_do_not() -> None:
    one, two, three = EN[:3]
    menu, script = "<nav><a>Home</a></nav>", "<script>var a = 1;</script>"
    text = f"{menu}<p class='a'>{one}</p><p class='a'>{two}</p>{script}<p>{three}</p>"
    _, dropped, cleaned = run(text, "html")
    assert [reason for _, reason in dropped] == ["markup", "markup"]
    assert [len(r) for s in cleaned.sections for r in s.runs] == [2, 1]


def test_an_html_heading_below_a_list_of_links_belongs_to_the_article() -> None:
    links = "<h3>Related stories</h3><ul><li><a>Ferry stops</a></li><li><a>Tolls go up</a></li></ul>"
    text = f"<h1>{EN_TITLE}</h1><p>{EN[0]}</p><p>{EN[1]}</p>{links}<h2>The price of it</h2><p>{EN[2]}</p>"
    kept, dropped, cleaned = run(text, "html")
    assert kept == [EN_TITLE, EN[0], EN[1], "The price of it", EN[2]]
    assert [reason for _, reason in dropped] == ["related heading", "teaser", "teaser"]
    assert len(cleaned.sections) == 1


def test_teasers_that_load_behind_the_article_go_without_a_label() -> None:
    teaser = ("Loading...", "Sands gets a station", "The first train came on time on Sunday.")
    kept, dropped, _ = run(page("en", tail=(*teaser, *teaser)))
    assert kept == [EN_TITLE, *EN]
    assert [reason for _, reason in dropped] == ["loading", "teaser", "teaser"] * 2


def test_a_date_alone_stays_in_the_article_and_goes_between_furniture() -> None:
    assert run(page("en", "12 May 2024"))[1] == []
    _, dropped, _ = run(page("en", "Advertisement", "12 May 2024", "Share this article"))
    assert [reason for _, reason in dropped] == ["advert marker", "date line", "share bar"]


def test_the_site_name_goes_wherever_it_stands_alone() -> None:
    assert run(page("en", "Valley Times"))[1] == []
    _, dropped, _ = run(page("en", "Valley Times", tail=("© 2024 Valley Times",)))
    assert dropped[0] == ("Valley Times", "site name")


def test_markdown_headings_stay_whatever_they_say_and_links_below_a_label_go() -> None:
    parts = ("# Source", EN[0], "**Related articles**", "- [A train](/a)", "## Next", EN[1], "> Read also: [B](/b)")
    text = "\n\n".join(parts)
    kept, dropped, _ = run(text, "markdown")
    assert kept == ["Source", EN[0], "Next", EN[1]]
    assert [reason for _, reason in dropped if reason != "markup"] == ["related heading", "related link"]


WORDS = st.sampled_from(
    (
        *("Read also:", "اقرأ أيضا:", "Related", "أخبار ذات صلة", "Loading...", "[ad_1]", "Facebook", "إعلان"),
        *(
            "المصدر",
            "Read more on X.",
            "why?",
            "\n",
            "\n\n",
            " ",
            ". ",
            "© 2024",
            "•",
            "Comments",
            "<p>",
            "# ",
            "\u200f",
        ),
        *("خَبَر.", "By Ann Lee", "12 May 2024", "a\u0301", "—", "السابق س", "التالي ص", "Tags: a", EN[0], AR[0], RU[1]),
    )
)


def check(text: str, cleaned: Cleaned, given: tuple[Block, ...]) -> None:
    runs = [r for s in cleaned.sections for r in s.runs]
    assert all(runs)
    assert all(s.runs for s in cleaned.sections)
    kept = [(b.start, b.end) for r in runs for b in r]
    dropped = [(d.start, d.end) for d in cleaned.dropped]
    assert kept == sorted(kept)
    assert dropped == sorted(dropped)
    spans = sorted(kept + dropped)
    assert all(0 <= a < b <= len(text) and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered or text[i].isspace() for b in given for i in range(b.start, b.end))
    for one in runs:
        assert not any(one[0].start < d.start < one[-1].end for d in cleaned.dropped)


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(st.lists(WORDS, max_size=25).map("".join), st.lists(WORDS, max_size=25).map("\n".join), st.text()),
    st.sampled_from(["text", "markdown", "html"]),
)
def test_every_character_of_a_block_is_kept_or_dropped(text: str, form: Format) -> None:
    one = document(text, form)
    found = blocks(one)
    check(text, clean(one, found), found)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([*EN, *AR, *RU, "short", "Related", "Read also:", "Loading..."]), min_size=1, max_size=12)
)
def test_prose_never_vanishes_whole(lines: list[str]) -> None:
    kept, _, _ = run("\n".join(lines))
    assert kept or not any(line in (*EN, *AR, *RU) for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "كلمة " * 200_000,
        "a\n" * 50_000,
        "[ad_1" * 100_000,
        "<" * 300_000,
        "Read also:\n" * 20_000,
        "Why? " * 100_000,
        '."' * 300_000,
        "Tags: a\n" * 20_000,
        "| " * 300_000,
    ],
    ids=["word", "line", "letters", "markers", "tags", "labels", "questions", "stops", "ends", "bars"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    one = document(text)
    lines = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Block(start, start + len(line.rstrip()), "prose"))
        start += len(line) + 1
    cleaned = clean(one, tuple(lines))
    assert sum(len(r) for s in cleaned.sections for r in s.runs) + len(cleaned.dropped) >= 1
