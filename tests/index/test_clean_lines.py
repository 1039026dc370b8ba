"""Cleaning, line by line: which lines around and within an article go, and which stay."""

import pytest
from articles import AR, AR_TITLE, BODIES, page, run

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
