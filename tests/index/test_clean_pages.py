"""Whole pages of imaginary sites, laid out unlike each other.

A line begins with "+" when it is the article's and with "-" when it is the page's; "¦" parts a line that is both.
"""

import pytest

from index.clean import clean
from index.markup import read
from index.types import Document

ENGLISH_WIRE = """
- Skip to main content
- The Harbour Wire
- World | Business | Markets | Climate | More
- Sign In
- ASIA PACIFIC
+ Grain ships leave Port Velmar as harbour strike ends
- By Anna Kowalska and Tom Reeve
- March 3, 2025 9:14 AM UTC · Updated 2 hours ago
- A cargo ship is seen at the grain terminal in Port Velmar, February 28, 2025. REUTERS/Ivan Petrov/File Photo
+ PORT VELMAR, March 3 (Harbour Wire) - Eleven grain ships left on Monday after a strike, the port authority said.
+ The vote passed with 612 in favour and 318 against, according to the union.
+ "We got most of what we asked for," union leader Marta Silva told reporters.
- Advertisement · Scroll to continue
+ The port handles about a third of the region's wheat exports. Share prices of shipping firms rose by 4% on the news.
- Get the Morning Brief
- Our daily newsletter, straight to your inbox. Sign up here.
+ WAGES AND HOURS
+ The agreement raises hourly pay by 6.5% and caps shifts at ten hours. Follow-up talks on pensions are due in June.
+ The source of the dispute was a new rota that workers called unsafe.
- Reporting by Anna Kowalska and Tom Reeve; Editing by Lee Chang
- Our Standards: The Harbour Wire Trust Principles.
- Purchase Licensing Rights
- Suggested Topics:
- Asia Pacific
- Shipping
- Anna Kowalska
- Anna Kowalska covers trade and shipping from Velmar. She joined the wire in 2011.
- Read Next
- Velmar storm: what we know so far
- 5 hours ago
- Tariffs on steel pushed back again
- Business · February 27, 2025
- © 2025 Harbour Wire. All rights reserved
"""

RUSSIAN_AGENCY = """
- СЕВЕРНЫЙ КУРЬЕР
- Политика Экономика Общество Спорт Культура
- Главная / Новости / Экономика
- 12 мая 2025, 14:32
- 2 351
+ В порту Заозерска построят новый ледокол
+ Верфь обещает сдать судно через три года
- Ледокол «Полюс» на верфи в Заозерске. Фото: Иван Громов / Северный курьер
+ ЗАОЗЕРСК, 12 мая — Северный курьер. Ледокол заложили в понедельник на верфи Заозерска, сообщил директор Пётр Лавров.
+ По его словам, длина судна составит 173 метра, а экипаж — 54 человека. Источник в министерстве это подтвердил.
- Читайте также:
- Сколько стоит проход по северному пути
- Верфь наймёт ещё 400 рабочих
+ «Мы ждали этого заказа десять лет», — сказал Лавров журналистам.
- Подписывайтесь на наш канал в Telegram: https://t.me/sevkur
+ Строительство обойдётся в 48 миллиардов рублей. ¦ Читайте также: В Заозерске открыли музей льда
+ Финансирование поделят бюджет и банк. Поделиться рисками с подрядчиком завод не смог.
- Ошибка в тексте? Выделите её и нажмите Ctrl+Enter
- Теги: ледокол, Заозерск, верфь
- Обсудить (14)
- Самое интересное
- Почему чайки покинули остров
- Рецепт ухи от капитана
- Новости партнёров
- Врачи назвали пользу черники
- Этот гаджет изменил всё
- Редакция не несёт ответственности за мнения авторов. 16+
- Свидетельство о регистрации СМИ Эл № ФС77-00000
"""

PERSIAN_AGENCY = """
- خبرگزاری نیلوفر
- صفحه نخست سیاسی اقتصادی ورزشی فرهنگی
- کد خبر: ۴۵۸۷۱۲
- ۲۳ اردیبهشت ۱۴۰۴ - ۱۰:۲۰
+ ساخت پل تازه بر رودخانه سپیدرود آغاز شد
+ استاندار گفت پل تا دو سال دیگر آماده می‌شود و راه روستاها کوتاه‌تر خواهد شد.
+ به گزارش خبرگزاری نیلوفر، ساخت پل تازه بر رودخانه سپیدرود صبح امروز با حضور استاندار آغاز شد.
+ طول این پل ۳۲۰ متر است و هزینه آن ۹۰ میلیارد تومان برآورد شده است.
- بیشتر بخوانید:
- سیل به جاده‌های شمال آسیب زد
- راه‌آهن شمال دوباره باز شد
+ استاندار افزود: «مردم روستاها سال‌ها منتظر این پل بودند.»
+ منبع بودجه این طرح، درآمد استان است و منبع دیگری ندارد.
- انتهای پیام/
- لینک کوتاه کپی شد
- برچسب‌ها: پل سپیدرود استاندار
- به کانال تلگرام خبرگزاری نیلوفر بپیوندید
- ارسال نظرات
- نام
- ایمیل
- نظر شما
- پربیننده‌ترین
- قیمت برنج امروز چقدر است؟
- تیم شهر قهرمان شد
"""

ARABIC_DAILY = """
- الرئيسية » أخبار » محليات
+ افتتاح مكتبة عامة في حي السنابل بعد ترميم دام عامين
- كتب - سامر الحلبي
- الأحد 4 مايو 2025 - 11:20 ص
- 👁 1,532 مشاهدة
- حجم الخط: A- A A+
- المكتبة الجديدة في حي السنابل (تصوير: ليلى ناصر)
+ افتتحت بلدية السنابل صباح الأحد المكتبة العامة بعد أعمال ترميم استمرت عامين، بحضور مئات السكان.
+ وقال رئيس البلدية إن المكتبة تضم أربعين ألف كتاب وقاعة للأطفال.
- اقرأ أيضاً
- بلدية السنابل تطلق حملة لتشجير الشوارع
+ وشارك متطوعون في نقل الكتب من المستودع القديم، واقرأ أطفال الحي قصصا على الحضور.
+ وأضاف أن المصدر الرئيسي للتمويل كان تبرعات الأهالي.
- - انظر الصور -
+ وتفتح المكتبة أبوابها من الثامنة صباحا حتى العاشرة مساء.
- واتساب فيسبوك تويتر تلغرام
- التعليقات (3)
- أبو خالد
- ألف مبروك لأهالي الحي على هذا الإنجاز الجميل.
- رد
- سعاد
- أتمنى أن تفتح فروع أخرى في القرى القريبة قريبا.
- رد
- أضف تعليقك
- الاسم
- البريد الإلكتروني
- إرسال
- الأكثر تعليقا
- ارتفاع أسعار الخضار في السوق المركزي
- جميع الحقوق محفوظة © صحيفة السنابل 2025
"""

ENGLISH_DAILY = """
- BREAKING
- The Daily Lantern
- News  Sport  Weather  Shop  Puzzles
+ Council backs night buses after two-year trial
+ Riders had asked for the service since 2019
- Jane Okafor, Transport Correspondent
- Tuesday 4 February 2025 07:45 GMT
- Comments (27)
- Bookmark
- Night buses run every twenty minutes on four lines (Lena Fox/PA)
+ The city council voted on Monday night to keep the night buses that it had tested for two years.
+ Councillors heard that 41,000 people used them last winter, twice the number planned for.
- RECOMMENDED
- Rail fares to rise in March
- Why the tram line is still late
+ "I can get home from my shift without walking," said nurse Amy Brandt, 34.
+ Follow the money and the case is clear, said treasurer Paul Dunn. Print costs fell too.
- More about
- Buses
- City Council
- Join our commenting forum
- Join thought-provoking conversations, follow other readers and see their replies
- Most Popular
- Cat found after nine years in a bakery
- Popular in the community
- Sponsored
- Terms | Privacy | Cookies | Contact
"""

ARABIC_AGGREGATOR = """
- صحيفة المرفأ
- الأحد، 9 فبراير 2025
- عاجل
- الرئيسية
- محليات
- عالم
- رياضة
+ المرفأ الجديد يستقبل أول سفينة حاويات
- المرفأ - وكالات
- 0 تعليق ارسل طباعة تبليغ
+ دخلت أول سفينة حاويات صباح السبت المرفأ الجديد بعد عشر سنوات من أعمال البناء، وسط احتفال شعبي.
+ وتبلغ طاقة المرفأ مليون حاوية في السنة
+ وأوضح المدير أن العمل سيجري في ثلاث نوبات يوميا، وأن الرافعات تعمل بالكهرباء.
- قد يهمك ايضا
- تأخر وصول الرافعات إلى المرفأ
- صيادون يطالبون بتعويضات
+ وذكر أن تفاصيل التعرفة ستعلن لاحقا، مضيفا: "سنعلن المزيد على موقعنا".
- ملحوظة: مضمون هذا الخبر تم كتابته بواسطة جريدة الساحل ولا يعبر عن وجهة نظر الموقع.
- تم نشر الخبر اليوم الأحد 9 فبراير 2025 الساعة 10:15 مساء
- عزيزي الزائر لقد قرأت خبر المرفأ الجديد يستقبل أول سفينة حاويات في موقعنا
- كانت هذه تفاصيل المرفأ الجديد يستقبل أول سفينة حاويات نرجو بأن نكون قد وفقنا بإعطائك التفاصيل والمعلومات الكاملة.
- تابعوا أخبارنا عبر جوجل نيوز
"""

RUSSIAN_LOCAL = """
- Вход
- Лента новостей
+ Школа в Берёзовке получила новый спортзал
- Сегодня, 09:12 | Общество
- Поделиться: VK OK Telegram
- Фото пресс-службы района
+ Открытие зала прошло в понедельник. На нём побывали ученики, учителя и родители.
+ — Мы долго ждали, — рассказал директор школы Олег Сомов. — Теперь дети будут заниматься круглый год.
+ Зал построили за восемь месяцев. Работы обошлись бюджету в 64 миллиона рублей.
+ Ранее сообщалось, что в районе отремонтируют ещё три школы.
- Больше новостей в нашем телеграм-канале «Берёзовка сегодня».
- Автор: Нина Орлова
- Источник: https://berezovka.example
- Оцените материал
- 0
- 0
- Комментарии
- Чтобы оставить комментарий, войдите на сайт.
- Ещё по теме
- В Берёзовке открыли библиотеку
"""

ARABIC_PORTAL = """
- بوابة الواحة
- الرئيسية | محليات | اقتصاد | رياضة
+ إعادة افتتاح سوق الحرفيين في الواحة بعد ترميم سقفه
- 14 مارس 2025 | أحوال المدينة
- وكالات - الواحة
- *شاركوا الخبر*: فيسبوك - تلغرام - واتساب
+ أعادت بلدية الواحة صباح الجمعة افتتاح سوق الحرفيين بعد عام كامل من ترميم سقفه الخشبي القديم.
- لتصلكم أخبار الواحة أولا بأول اشتركوا في قناتنا على تلغرام 📲
+ وقالت المهندسة سلمى النجار إن الورشة استخدمت خشب الأرز، وإن كلفة العمل بلغت مليوني درهم.
- معرض الصور: 4 من 18
+ وانضم إلى مجموعة المتطوعين على واتساب أكثر من مئتي شاب من الحي القديم للمساعدة في النقل.
- انضموا إلى مجموعة «الواحة الآن» على واتساب
+ ونُشر تقرير البلدية عن السوق في 12 مارس 2025، وفيه أن عدد المحال ارتفع إلى تسعين محلا.
- بالفيديو: جولة بين دكاكين النحاسين
- استطلاع الرأي
- هل زرت السوق بعد ترميمه؟
- نعم
- لا
- لا أعرف
- صوّت الآن
+ وتعمل القناة المحلية على يوتيوب على بث يوميات السوق، كما ذكر مديرها للصحفيين.
- قيّم المقال: ★★★★☆
- متوسط التقييم: 4.3 من 5
- رابط مختصر: https://example.org/w/77
- رابط المصدر
- ما رأيك في هذا الخبر؟
- سجل دخولك للتعليق
"""

ENGLISH_BLOG = """
- The Lantern Digest
- By our harbour desk
- First published on 3 June 2025, 08:15
+ Lighthouse keepers of Cape Marl hand over the lamp
+ The last two keepers of Cape Marl left the tower on Tuesday after forty years of service.
- WATCH: The last night in the tower
+ Visitors may join a tour of the tower from July, the harbour trust announced.
- You might also like: Ten coves for a rainy day
+ A YouTube channel run by the keepers' children has shown the lamp to a million viewers.
- Join our WhatsApp community for harbour news!
- Photo 2 of 11
+ "Join our channel, they kept telling me," said keeper Ole Brandt, who never did.
+ The lamp itself was rated at 400 watts and could be seen from 18 miles.
- Did you find this article useful?
- User rating: 4.6 / 5
- Short link: https://example.org/l/9
- Comments are closed.
"""

RUSSIAN_CITY = """
- Вестник Заречья
- Опубликовано 8 апреля 2025 в 09:40
+ В Заречье после ремонта открылась старая водонапорная башня
+ Башню открыли в воскресенье: внутри теперь музей и смотровая площадка на сорок человек.
- **Подписывайтесь** на наш канал в Telegram — там всё раньше
+ Директор музея Вера Лосева рассказала, что ремонт длился два года и обошёлся в 30 миллионов.
- Вам может быть интересно: Почему молчат куранты
+ Канал музея в Telegram читают шесть тысяч человек, и многие из них приносили старые снимки.
- Фото 3 из 15
+ Опубликованный в марте отчёт показал, что фундамент простоит ещё столетие.
- Вступайте в нашу группу ВКонтакте
- Опрос
- Пойдёте ли вы в музей?
- Да
- Нет
- Затрудняюсь ответить
- Понравилась статья? Оцените её: ★★★★★
- Рейтинг: 4,8 из 5
- Короткая ссылка: https://example.org/z/3
- Ссылка на источник
- Войдите, чтобы комментировать
"""


def _page(source: str) -> tuple[str, list[str], list[str]]:
    """The page's text, what is to be kept and what is to go."""
    kept: list[str] = []
    dropped: list[str] = []
    text: list[str] = []
    for line in source.strip().split("\n"):
        first, *rest = line[2:].split(" ¦ ")
        (kept if line[0] == "+" else dropped).append(first)
        dropped += rest
        text.append(" ".join((first, *rest)))
    return "\n".join(text), kept, dropped


@pytest.mark.parametrize(
    "source",
    [
        ENGLISH_WIRE,
        RUSSIAN_AGENCY,
        PERSIAN_AGENCY,
        ARABIC_DAILY,
        ENGLISH_DAILY,
        ARABIC_AGGREGATOR,
        RUSSIAN_LOCAL,
        ARABIC_PORTAL,
        ENGLISH_BLOG,
        RUSSIAN_CITY,
    ],
    ids=[
        "english wire",
        "russian agency",
        "persian agency",
        "arabic daily",
        "english daily",
        "arabic aggregator",
        "russian local",
        "arabic portal",
        "english blog",
        "russian city",
    ],
)
def test_a_page_parts_into_article_and_furniture(source: str) -> None:
    text, kept, dropped = _page(source)
    document = Document("0" * 16, "page.txt", "", text, "und", None, "text")
    cleaned = clean(document, *read(document))
    assert [text[b.start : b.end] for s in cleaned.sections for r in s.runs for b in r] == kept
    assert [text[d.start : d.end] for d in cleaned.dropped] == dropped
    assert len(cleaned.sections) == 1
