"""What page furniture says, in Arabic, English, Russian, Persian, French and Turkish: data only.

Phrases stand in ordinary spelling, parted by bars; ``index.lines`` folds them (case, diacritics, letter
variants) like the text they are compared with. A key is the reason a reader is shown.
"""

# A block that says this and nothing else, whatever its digits, bullets and punctuation.
WHOLE: dict[str, str] = {
    "advert marker": """
        ad | ads | advertisement | advertisements | advertising | advertisement continues below |
        story continues below advertisement | article continues after advertisement |
        article continues below | scroll to continue | skip advertisement | skip ad | sponsored |
        sponsored content | promoted | إعلان | إعلانات | اعلان ممول | إعلان مدفوع | محتوى ممول |
        مساحة إعلانية | تخطي الإعلان | реклама | на правах рекламы | продолжение после рекламы | آگهی |
        آگهی تبلیغاتی | تبلیغات | publicité | annonce | la suite après la publicité | reklam |
        continue reading after the advertisement | continue reading below | تابع القراءة بعد الإعلان |
        أكمل القراءة بعد الإعلان | يستمر المقال بعد الإعلان | تستمر القراءة بعد الإعلان |
        المقال مستمر بعد الإعلان | продолжение после рекламы | статья продолжается после рекламы |
        читать далее после рекламы | ادامه مطلب پس از آگهی | ادامه خبر پس از تبلیغات |
        la suite de l article après la publicité | haberin devamı reklamdan sonra
    """,
    "loading": """
        loading | loading more | load more | please wait | جاري التحميل | جار التحميل | جارٍ التحميل |
        تحميل المزيد | المزيد من التحميل | загрузка | загрузить еще | загрузить ещё | در حال بارگذاری |
        بارگذاری بیشتر | chargement | chargement en cours | yükleniyor
    """,
    "breaking-news label": """
        breaking | breaking news | live | live updates | developing | developing story | عاجل |
        أخبار عاجلة | خبر عاجل | خبر عاجل الآن | مباشر | срочно | срочная новость | молния | فوری |
        خبر فوری | flash info | en direct | son dakika
    """,
    "share bar": """
        share | share this | share this article | share this story | share this post | share article |
        share on | share via | share with friends | copy link | link copied | share to | شارك |
        شارك الخبر | شارك المقال | شارك هذا الخبر | شارك هذا المقال | شارك الموضوع | شاركها | شاركه |
        شارك على | شارك عبر | شارك مع أصدقائك | مشاركة | مشاركة الخبر | مشاركة المقال | مشاركة عبر |
        شارك هذه القصة | انسخ الرابط | نسخ الرابط | تم نسخ الرابط | رابط مختصر | поделиться |
        поделиться новостью | поделиться ссылкой | поделитесь | поделиться в соцсетях |
        скопировать ссылку | اشتراک گذاری | اشتراک‌گذاری | به اشتراک بگذارید | همرسانی | ارسال به دوستان |
        لینک کوتاه | کپی لینک | partager | partager cet article | copier le lien | paylaş |
        bu haberi paylaş | haberi paylaş | bağlantıyı kopyala | شاركوا الخبر | شاركوا المقال |
        شاركوها | أرسل إلى صديق | أرسل لصديق | send to a friend | email this article |
        отправить другу
    """,
    "page control": """
        print | print this | print article | print page | save | save article | bookmark | listen |
        listen to article | listen to this article | text size | font size | increase font size |
        decrease font size | reset font size | back to top | skip to content | skip to main content |
        close | show more | show less | view all | see all | report an error | report a typo | طباعة |
        اطبع | حفظ | استمع | استمع إلى المقال | استمع للمقال | حجم الخط | تكبير الخط | تصغير الخط |
        خط كبير | خط صغير | العودة للأعلى | العودة إلى الأعلى | إلى الأعلى | تخطى إلى المحتوى | إغلاق |
        عرض الكل | عرض المزيد | أبلغ عن خطأ | تبليغ عن خطأ | распечатать | печать | версия для печати |
        размер шрифта | наверх | показать еще | показать ещё | закрыть | сообщить об ошибке | слушать |
        چاپ | نسخه چاپی | نسخه قابل چاپ | اندازه قلم | اندازه متن | بازگشت به بالا | گزارش خطا |
        imprimer | taille du texte | retour en haut | yazdır | yazı boyutu | انتهای پیام |
        لینک کوتاه کپی شد | لینک کپی شد | purchase licensing rights | اطبع المقال | طباعة المقال |
        حفظ المقال
    """,
    "menu": """
        menu | main menu | search | sign in | log in | login | register | my account | home page |
        about us | contact us | privacy policy | terms of use | terms and conditions | terms of service |
        site map | القائمة | القائمة الرئيسية | بحث | ابحث | تسجيل الدخول | تسجيل | إنشاء حساب |
        الصفحة الرئيسية | الرئيسية | من نحن | اتصل بنا | سياسة الخصوصية | شروط الاستخدام |
        الشروط والأحكام | أعلن معنا | خريطة الموقع | меню | поиск | войти | регистрация | главная |
        о нас | о проекте | контакты | политика конфиденциальности | пользовательское соглашение |
        صفحه نخست | صفحه اصلی | خانه | جستجو | ورود | ثبت نام | درباره ما | تماس با ما | accueil |
        recherche | connexion | contactez nous | mentions légales | anasayfa | ana sayfa | giriş yap |
        iletişim | hakkımızda | künye | вход | log out | my profile
    """,
    "source line": """
        source | sources | المصدر | المصادر | مصدر الخبر | источник | источники | منبع | منبع خبر |
        kaynak | source link | link to source | original source | original article | رابط المصدر |
        رابط الخبر | رابط المقال | رابط الخبر الأصلي | المصدر الأصلي | ссылка на источник |
        ссылка на оригинал | оригинал статьи | لینک منبع | لینک خبر | منبع اصلی | lien source |
        lien vers la source | kaynak linki
    """,
    "reader poll": """
        what do you think | what s your opinion | what is your opinion | tell us what you think |
        have your say | poll | reader poll | take our poll | vote now | view results | see results |
        ما رأيك | ما رأيكم | ما هو رأيك | ما رأيك في هذا الخبر | ما رأيك بهذا الخبر | ما رأيك في الموضوع |
        شاركونا رأيكم | شاركنا برأيك | شاركونا آراءكم | استطلاع رأي | استطلاع الرأي | استطلاع القراء |
        صوت | صوت الآن | تصويت | نتائج التصويت | عرض النتائج | опрос | опрос читателей | голосовать |
        проголосовать | что вы думаете | что вы об этом думаете | а что думаете вы | что думаете вы |
        а вы как думаете | как вы считаете | результаты опроса | показать результаты | نظرسنجی |
        نظر شما چیست | نظر شما در این باره چیست | شما چه فکر می‌کنید | رای دهید | ثبت رای |
        مشاهده نتایج | sondage | votez | votre avis | qu en pensez vous | voir les résultats | anket |
        oy ver | sonuçları gör | siz ne düşünüyorsunuz | sizin görüşünüz nedir
    """,
    "read more": """
        read more | continue reading | keep reading | read full story | read the full story |
        read full article | read the full article | more | full story | more details | learn more |
        find out more | اقرأ المزيد | قراءة المزيد | للمزيد | المزيد | أكمل القراءة | تابع القراءة |
        التفاصيل | لمزيد من التفاصيل | إقرأ المزيد | اقرأ التفاصيل | اقرأ الخبر كاملا | читать далее |
        подробнее | читать полностью | далее | читать дальше | ادامه مطلب | بیشتر بخوانید | ادامه خبر |
        ادامه | lire la suite | en savoir plus | devamını oku | devamı | انظر الصور | شاهد الصور |
        شاهد الفيديو | see photos | watch the video | watch video | смотрите видео
    """,
    "subscription": """
        subscribe | subscribe now | follow | follow us | newsletter | newsletters | sign up | اشترك |
        اشترك الآن | تابعنا | تابعونا | النشرة البريدية | النشرة الإخبارية | اشتراك | подписаться |
        подписывайтесь | подпишитесь | рассылка | мы в соцсетях | ما را دنبال کنید | خبرنامه |
        عضویت در خبرنامه | abonnez vous | s abonner | suivez nous | abone ol | bizi takip edin |
        takip et
    """,
    "comments": """
        comments | comment | leave a comment | leave a reply | post a comment | add a comment |
        add comment | no comments | no comments yet | be the first to comment | join the conversation |
        view comments | show comments | post comment | cancel reply | التعليقات | تعليقات | أضف تعليق |
        أضف تعليقا | اترك تعليقا | اترك تعليقك | اترك رد | اترك ردا | إلغاء الرد | اكتب تعليقا |
        اكتب تعليقك | لا توجد تعليقات | لا تعليقات | لا يوجد تعليقات | شارك برأيك | شاركنا رأيك |
        إرسال التعليق | комментарии | комментировать | оставить комментарий | добавить комментарий |
        комментариев нет | комментариев пока нет | обсудить | نظرات | نظر شما | دیدگاه‌ها | دیدگاه ها |
        ارسال نظر | ارسال دیدگاه | نظرات کاربران | نظر بدهید | commentaires | laisser un commentaire |
        réagir | yorumlar | yorum yap | yorum yaz
    """,
    "copyright": """
        all rights reserved | جميع الحقوق محفوظة | كل الحقوق محفوظة | все права защищены |
        تمامی حقوق محفوظ است | کلیه حقوق محفوظ است | tous droits réservés | tüm hakları saklıdır
    """,
    "cookie notice": """
        accept | accept all | accept cookies | reject all | manage cookies | cookie settings | موافق |
        قبول الكل | принять | принять все | accepter | tout accepter | kabul et
    """,
    "previous/next link": """
        previous | next | previous article | next article | previous post | next post | previous story |
        next story | السابق | التالي | المقال السابق | المقال التالي | الخبر السابق | الخبر التالي |
        предыдущая | следующая | предыдущая статья | следующая статья | قبلی | بعدی | مطلب قبلی |
        مطلب بعدی | article précédent | article suivant | önceki haber | sonraki haber
    """,
    "tags": """
        tags | topics | keywords | labels | كلمات دلالية | الكلمات الدلالية | كلمات مفتاحية |
        الكلمات المفتاحية | وسوم | الوسوم | العلامات | مواضيع | теги | тэги | метки | ключевые слова |
        برچسب ها | برچسب‌ها | کلیدواژه ها | کلیدواژه‌ها | کلمات کلیدی | mots clés | étiquettes |
        etiketler
    """,
}

# A block that says one of these and nothing else heads a list of other stories.
STORY_LISTS = """
    related | related news | related articles | related stories | related posts | related topics |
    related content | related links | related coverage | more stories | more news | more articles |
    more on this story | more on this topic | more like this | more from this section | more from author |
    more from the author | similar articles | similar news | similar stories | similar posts | most read |
    most popular | most viewed | trending | trending now | popular | popular posts | popular now |
    latest | latest news | latest stories | latest articles | top stories | top news | recommended |
    recommended for you | recommended stories | recommended reading | you may also like |
    you might also like | you may like | you might like | you may be interested in |
    you might be interested in | editors picks | editor s picks | editor s choice | don t miss |
    in other news | what to read next | up next | read next | around the web | from around the web |
    other news | other stories | أخبار ذات صلة | مواضيع ذات صلة | مقالات ذات صلة | موضوعات ذات صلة |
    اخبار متعلقة | أخبار متعلقة | مواضيع متعلقة | موضوعات متعلقة | مقالات متعلقة | مقالات مشابهة |
    مواضيع مشابهة | أخبار مشابهة | الأخبار المتعلقة | الأكثر قراءة | الأكثر مشاهدة | الأكثر تداولا |
    الأكثر شعبية | آخر الأخبار | أحدث الأخبار | أهم الأخبار | أخبار أخرى | مقالات أخرى | مواضيع أخرى |
    المزيد من الأخبار | مزيد من الأخبار | المزيد من المقالات | قد يعجبك أيضا | قد يعجبك | ربما يعجبك |
    قد يهمك | قد يهمك أيضا | أخبار قد تهمك | مقالات قد تهمك | مواضيع قد تهمك | اخترنا لك | اخترنا لكم |
    نرشح لك | ننصحك بقراءة | ذات صلة | روابط ذات صلة | تقارير ذات صلة | الأخبار ذات الصلة |
    المقالات ذات الصلة | مختارات | الأكثر رواجا | похожие новости | похожие материалы | похожие статьи |
    новости по теме | материалы по теме | статьи по теме | по теме | другие новости | другие материалы |
    главные новости | главное сегодня | последние новости | самое читаемое | самое популярное |
    популярное | популярные новости | лента новостей | рекомендуем | рекомендуемое | новости партнеров |
    новости партнёров | новости сми2 | ещё по теме | еще по теме | ещё новости | еще новости |
    сюжеты по теме | вам может быть интересно | самое интересное | вам может понравиться |
    выбор редакции | اخبار مرتبط | خبرهای مرتبط | مطالب مرتبط | اخبار مشابه | مطالب مشابه |
    پربازدیدترین‌ها | پربازدیدترین ها | پربازدیدها | پربیننده ترین | پربازدیدترین | پربازدیدترین اخبار |
    آخرین اخبار | تازه‌ترین اخبار | تازه ترین اخبار | جدیدترین اخبار | مهم‌ترین اخبار | پیشنهاد ما |
    خبرهای پیشنهادی | اخبار پیشنهادی | مطالب پیشنهادی | شاید بپسندید | articles similaires |
    articles liés | sur le même sujet | à lire également | les plus lus | dernières nouvelles |
    vous aimerez aussi | à ne pas manquer | ilgili haberler | benzer haberler | diğer haberler |
    son haberler | en çok okunanlar | çok okunanlar | öne çıkanlar | ilginizi çekebilir | more about |
    الأكثر تعليقا | popular in the community
"""

# Invitations to one other story; its title stands behind the words, or below them.
INVITATIONS = """
    read also | also read | read next | see also | watch also | also watch | also see | more to read |
    don't miss | read more | related | related article | related story | recommended | اقرأ أيضا |
    إقرأ أيضا | اقرأ أيضاً | اقرا ايضا | شاهد أيضا | شاهد ايضا | طالع أيضا | طالع ايضا | انظر أيضا |
    تابع أيضا | اقرأ كذلك | اقرأ المزيد | اقرأ أيضا على | للمزيد | اقرئي أيضا | اقرؤوا أيضا | اقرأ أكثر |
    لقراءة المزيد | ذات صلة | موضوع ذو صلة | خبر ذو صلة | قد يهمك | قد يهمك أيضا | قد يعجبك أيضا |
    أخبار قد تهمك | مواضيع قد تهمك | مقالات قد تهمك | نرشح لك | لا يفوتك | читайте также | читайте еще |
    читайте ещё | читать также | смотрите также | смотрите еще | см также | также читайте | ещё по теме |
    еще по теме | по теме | материал по теме | читайте по теме | вам может быть интересно | подробнее |
    بیشتر بخوانید | همچنین بخوانید | این را هم بخوانید | این مطلب را هم بخوانید | مطالعه بیشتر | بخوانید |
    حتما بخوانید | در همین زمینه | در همین رابطه | خبر مرتبط | همچنین ببینید | lire aussi | à lire aussi |
    à lire | lire également | voir aussi | à voir aussi | ayrıca okuyun | ayrıca bakınız |
    şunu da okuyun | bunu da oku | ilgili haber | okumadan geçme | watch the video | watch video |
    شاهد الفيديو | شاهد بالفيديو | شاهدوا بالفيديو | شاهدوا أيضا | смотрите видео | видео по теме |
    ویدئوی مرتبط | ویدئو را ببینید | voir la vidéo | videoyu izle
"""

# Words that need no colon behind them to be an invitation; "اقرأ المزيد" or "related" would.
PLAIN_INVITATIONS = """
    read also | also read | see also | اقرأ أيضا | شاهد أيضا | طالع أيضا | أخبار قد تهمك |
    مواضيع قد تهمك | مقالات قد تهمك | قد يهمك أيضا | читайте также | смотрите также | همچنین بخوانید |
    بیشتر بخوانید | lire aussi | à lire aussi | ayrıca okuyun | قد يعجبك أيضا | ربما يعجبك أيضا |
    ربما يهمك أيضا | you may also like | you might also like | вам также может понравиться |
    вам может быть интересно | vous aimerez aussi
"""

# A label, its colon, and a short value.
LABELS: dict[str, str] = {
    "tags": """
        tags | topics | tagged | keywords | filed under | posted in | related topics | كلمات دلالية |
        الكلمات الدلالية | كلمات مفتاحية | الكلمات المفتاحية | وسوم | الوسوم | العلامات | مواضيع |
        التصنيف | القسم | تصنيفات | теги | тэги | метки | рубрика | ключевые слова | برچسب | برچسب ها |
        برچسب‌ها | کلیدواژه ها | کلیدواژه‌ها | کلمات کلیدی | دسته بندی | دسته‌بندی | mots clés |
        étiquettes | etiketler
    """,
    "source line": """
        source | sources | via | المصدر | المصادر | نقلا عن | مصدر الخبر | رابط المصدر | источник |
        источники | منبع | منبع خبر | منابع | kaynak | رابط الخبر | رابط المقال | source link |
        ссылка на источник | لینک خبر | لینک منبع
    """,
    "caption": """
        photo | photos | image | picture | photo credit | image credit | image source | image caption |
        photograph | photo by | caption | file photo | credit | صورة | الصورة | تصوير | مصدر الصورة |
        تعليق على الصورة | التعليق على الصورة | صورة أرشيفية | фото | изображение | подпись к фото |
        источник изображения | иллюстрация | عکس | تصویر | منبع تصویر | crédit photo | légende |
        fotoğraf
    """,
    "byline": """
        author | written by | edited by | reporter | editing | reporting | reported by | editor | الكاتب |
        بقلم | كتب | كتبت | تحرير | إعداد | المحرر | ترجمة | автор | авторы | редактор | корреспондент |
        текст | نویسنده | گزارشگر | خبرنگار | مترجم | auteur | yazar | editör | muhabir
    """,
    "share bar": """
        share | share this | share this article | share this story | شارك | شارك الخبر | شارك المقال |
        شارك هذا المقال | مشاركة | поделиться | اشتراک گذاری | اشتراک‌گذاری | به اشتراک بگذارید |
        لینک کوتاه | کد خبر | partager | paylaş | رابط مختصر | short link | short url | shortlink |
        permalink | الرابط المختصر | الرابط القصير | رابط قصير | رابط دائم | короткая ссылка |
        ссылка на статью | постоянная ссылка | لینک کوتاه خبر | پیوند کوتاه | lien court | kısa link
    """,
    "subscription": """
        follow us | newsletter | تابعنا | تابعونا | подписывайтесь | мы в соцсетях | ما را دنبال کنید |
        suivez nous | bizi takip edin | newsletters | النشرة البريدية | النشرة الإخبارية |
        القائمة البريدية | اشترك | اشتركوا | рассылка | خبرنامه | lettre d information | bülten
    """,
    "gallery": """
        gallery | photo gallery | picture gallery | image gallery | slideshow | slide | معرض الصور |
        معرض صور | ألبوم الصور | ألبوم صور | شريحة | фотогалерея | галерея | фоторепортаж | слайд |
        گالری | گالری عکس | گالری تصاویر | آلبوم عکس | galerie photo | diaporama | foto galeri
    """,
    "rating": """
        rating | ratings | user rating | users rating | reader rating | average rating | your rating |
        rate this | rate this article | تقييم | التقييم | تقييم المستخدمين | تقييم القراء |
        تقييم المقال | تقييمك | متوسط التقييم | معدل التقييم | рейтинг | ваша оценка |
        средняя оценка | рейтинг статьи | оценка читателей | امتیاز | امتیاز کاربران | امتیاز شما |
        میانگین امتیاز | évaluation | note moyenne | votre note | puan | puanınız | ortalama puan
    """,
    "previous/next link": """
        previous | previous article | previous post | next | next article | next post | السابق | التالي |
        المقال السابق | المقال التالي | الخبر السابق | الخبر التالي | предыдущая | следующая |
        предыдущая статья | следующая статья | مطلب قبلی | مطلب بعدی | قبلی | بعدی
    """,
    "date line": """
        published | published on | updated | last updated | last modified | posted | posted on | date |
        نشر | نشر في | تاريخ النشر | آخر تحديث | تحديث | التاريخ | опубликовано | обновлено |
        дата публикации | تاریخ انتشار | انتشار | زمان انتشار | به روز رسانی | publié le | mis à jour le |
        yayınlanma | güncelleme | yayın tarihi | first published | first published on | created |
        created on | modified | published at | date published | نشرت في | نشره في | تم نشره | تم نشره في |
        تم نشرها | تم نشرها في | تم النشر | تم النشر في | تم النشر بتاريخ | نشر بتاريخ | نشرت بتاريخ |
        تاريخ الإضافة | أضيف في | أضيف بتاريخ | تم التحديث | تم تحديثه | تم التحديث في | تاريخ التحديث |
        آخر تعديل | дата | дата обновления | опубликован | опубликована | размещено | добавлено |
        создано | изменено | منتشر شده | منتشر شده در | منتشر شد | تاریخ | تاریخ به روز رسانی |
        publié | mis à jour | date de publication | yayınlandı | eklenme tarihi | güncellendi
    """,
    "counter": """
        views | reads | hits | shares | comments | reading time | read time | المشاهدات | عدد المشاهدات |
        مشاهدات | عدد القراءات | وقت القراءة | مدة القراءة | التعليقات | просмотров | просмотры |
        время чтения | بازدید | تعداد بازدید | زمان مطالعه | vues | temps de lecture | görüntülenme |
        okunma
    """,
}

# Words that open a block of furniture whether or not it ends in a full stop.
OPENINGS: dict[str, str] = {
    "subscription": """
        subscribe to our | subscribe to the newsletter | subscribe to receive | subscribe for |
        sign up for our | sign up to our | sign up to the | sign up to receive | sign up here |
        get the latest news | get breaking news | join our telegram | join our whatsapp |
        join our channel | join us on | join our newsletter | follow us on | follow us | like us on |
        find us on | download our app | download the app | stay up to date with our |
        stay informed with our | enter your email | your email address | support our journalism |
        become a subscriber | already a subscriber | never miss a story | اشترك في النشرة |
        اشترك في نشرتنا | اشترك في قناتنا | اشترك في القائمة البريدية | اشترك الآن | اشترك ليصلك |
        اشترك معنا | سجل في النشرة | سجل بريدك | أدخل بريدك | تابع أحدث الأخبار | تابع آخر الأخبار |
        تابع أهم الأخبار | تابعوا آخر الأخبار | تابعوا أحدث الأخبار | تابعنا على | تابعنا عبر |
        تابعنا في | تابعونا على | تابعونا عبر | تابعوا صفحتنا | تابع صفحتنا | تابع قناتنا |
        تابعوا قناتنا | انضم إلى قناتنا | انضموا إلى قناتنا | انضم إلينا | انضم إلى قناة | حمل التطبيق |
        حمل تطبيق | حملوا تطبيق | احصل على آخر الأخبار | لمتابعة آخر الأخبار | لمتابعة أحدث الأخبار |
        لمتابعة أخبارنا | لتصلك آخر الأخبار | احصل على أهم الأخبار | ليصلك كل جديد |
        подписывайтесь на наш | подписывайтесь на | подпишитесь на | подписаться на | следите за нами |
        следите за нашими новостями | присоединяйтесь к нашему | читайте нас в | читайте нас на |
        мы в telegram | мы в телеграм | наш телеграм | наш telegram | оперативные новости в |
        самые важные новости в нашем | скачайте приложение | در تلگرام ما | کانال تلگرام | در خبرنامه ما |
        برای دریافت خبرنامه | برای عضویت در خبرنامه | اخبار لحظه‌ای را در | abonnez vous à |
        inscrivez vous à | recevez notre | suivez nous sur | rejoignez nous | bültenimize |
        bizi takip edin | abone olun | telegram kanalımıza | به کانال ما | ما را در تلگرام |
        ما را در اینستاگرام | ما را در شبکه | get our newsletter | get our app | get our free |
        sign up for the newsletter | sign up for the daily | become a member today | اشتركوا في النشرة |
        اشتركوا في قناتنا | اشتركوا في نشرتنا | در کانال تلگرام | با عضویت در کانال | get the morning |
        get the daily | get the weekly | our daily newsletter | our weekly newsletter |
        our free newsletter | больше новостей в | ещё больше новостей | تابعوا أخبارنا | تابع أخبارنا |
        لمتابعة المزيد من الأخبار
    """,
    "cookie notice": """
        we use cookies | this site uses cookies | this website uses cookies | our site uses cookies |
        our website uses cookies | we and our partners | by continuing to use this | by using this site |
        نستخدم ملفات تعريف الارتباط | يستخدم هذا الموقع ملفات | هذا الموقع يستخدم ملفات |
        نحن نستخدم ملفات | мы используем cookie | мы используем cookies | мы используем файлы cookie |
        этот сайт использует | сайт использует файлы cookie | продолжая использовать сайт |
        این سایت از کوکی | این وب سایت از کوکی | وب سایت ما از کوکی | ce site utilise des cookies |
        nous utilisons des cookies | çerez kullanıyoruz | bu site çerez | sitemizde çerez
    """,
    "comments": """
        your email address will not be published | required fields are marked | you must be logged in |
        log in to comment | save my name | notify me of | لن يتم نشر عنوان بريدك | الحقول الإلزامية |
        يجب تسجيل الدخول للتعليق | يجب أن تكون مسجلا | احفظ اسمي | ваш адрес email не будет опубликован |
        ваш e mail не будет опубликован | обязательные поля помечены | чтобы оставить комментарий |
        نشانی ایمیل شما منتشر نخواهد شد | بخش‌های موردنیاز علامت‌گذاری | دیدگاهتان را بنویسید |
        نظر خود را بنویسید | votre adresse e mail ne sera pas | e posta adresiniz yayınlanmayacak |
        join our commenting forum | join thought provoking conversations | войдите чтобы оставить |
        sign in to comment | login to comment | log in to leave a comment | sign in to leave a comment |
        log in to post a comment | register to comment | تسجيل الدخول للتعليق |
        تسجيل الدخول لإضافة تعليق | سجل الدخول للتعليق | سجل الدخول لإضافة تعليق | سجل دخولك للتعليق |
        سجل للتعليق | قم بتسجيل الدخول للتعليق | войдите чтобы комментировать |
        авторизуйтесь чтобы | зарегистрируйтесь чтобы оставить | برای ثبت نظر وارد شوید |
        برای ارسال نظر وارد | برای ثبت دیدگاه | برای نوشتن دیدگاه باید | connectez vous pour commenter |
        yorum yapmak için giriş | yorum yazmak için giriş | be the first to comment | كن أول من يعلق |
        كن أول المعلقين | будьте первым кто | اولین نفری باشید که نظر | ilk yorumu siz yapın |
        comments are closed | comments are now closed |
        comments closed | comments are off | التعليقات مغلقة | التعليقات مقفلة | باب التعليق مغلق |
        комментарии закрыты | комментарии отключены | نظرات بسته شده است | commentaires fermés |
        les commentaires sont fermés | yorumlar kapalı
    """,
    "rating": """
        did you like this article | did you like this story | did you enjoy this article |
        did you find this article | was this article helpful | was this article useful |
        was this page helpful | rate this article | rate this story | rate this post |
        how would you rate this | هل أعجبك المقال | هل أعجبك هذا المقال | هل أعجبك الخبر |
        هل أعجبك هذا الخبر | هل أعجبك الموضوع | هل أعجبتك المقالة | هل كان المقال مفيدا |
        هل كان هذا المقال مفيدا | هل وجدت هذا المقال | هل استفدت من المقال | قيم المقال | قيم هذا المقال |
        قيم الخبر | قيم هذا الخبر | قيم الموضوع | понравилась статья | вам понравилась статья |
        понравился материал | вам понравился материал | понравилась новость | оцените статью |
        оцените материал | оцените новость | статья была полезной | آیا این مطلب مفید بود |
        آیا این مقاله مفید بود | این مطلب را پسندیدید | به این مطلب امتیاز | به این خبر امتیاز |
        cet article vous a plu | cet article vous a t il | notez cet article | bu haberi beğendiniz mi |
        bu yazıyı beğendiniz mi | bu habere puan
    """,
    "copyright": """
        جميع الحقوق محفوظة | все права защищены | при использовании материалов | перепечатка материалов |
        использование материалов | تمامی حقوق | کلیه حقوق | استفاده از مطالب | tous droits réservés |
        tüm hakları saklıdır
    """,
    "page control": """
        spotted an error | found a mistake | ошибка в тексте | нашли ошибку | заметили ошибку |
        если вы нашли ошибку | если вы заметили ошибку | выделите ее и нажмите
    """,
    "byline": """
        reporting by | additional reporting by | writing by | editing by
    """,
    "site notice": """
        our standards | ملحوظة مضمون هذا الخبر | عزيزي الزائر لقد قرأت | عزيزي القارئ لقد قرأت |
        كانت هذه تفاصيل | كانت هذه تفاصيل خبر | نود أن نشير إلى أن هذا الخبر | تم نشر الخبر |
        الجدير بالذكر أن خبر | نشكر لكم متابعتكم | نشكركم على متابعة
    """,
}

# Closing words of a rights notice, whatever stands before them.
RIGHTS = """
    all rights reserved | جميع الحقوق محفوظة | كل الحقوق محفوظة | все права защищены | حقوق محفوظ است |
    حقوق این سایت | tous droits réservés | tüm hakları saklıdır
"""

# Sentences that send the reader elsewhere; the words open the sentence.
CALLS = """
    read more on | read more at | read more here | read more in our | read more about this |
    read the full | click here | click to read | tap here | find out more | learn more | discover more |
    follow the details | follow the exciting details | keep reading | continue reading |
    see the full story | get the full story | more details here | check out the details |
    explore the details | dive into the details | اقرأ المزيد | اقرا المزيد على | إقرأ المزيد |
    لقراءة المزيد | للمزيد من التفاصيل | للمزيد اضغط | اضغط هنا | انقر هنا | تابعوا التفاصيل |
    تابع التفاصيل | تابع القراءة | تابعوا القراءة | اكتشف المزيد | اكتشفوا المزيد | اكتشف التفاصيل |
    اكتشفوا التفاصيل | تعرف على المزيد | تعرفوا على المزيد | تعرف على التفاصيل | تعرفوا على التفاصيل |
    اقرأ التفاصيل | اقرأوا المزيد | اطلع على التفاصيل | شاهد التفاصيل | المزيد من التفاصيل على |
    читать далее | читайте подробнее | подробнее читайте | подробнее на | подробности читайте |
    подробности на | подробнее в материале | узнайте больше | узнайте подробности | нажмите здесь |
    больше подробностей | продолжение читайте | برای خواندن ادامه | برای مطالعه بیشتر |
    برای اطلاعات بیشتر | ادامه مطلب را | جزئیات بیشتر را | اینجا کلیک کنید | بیشتر بخوانید در |
    lire la suite | cliquez ici | en savoir plus | découvrez la suite | tıklayın | devamı için |
    haberin devamı | ayrıntılar için
"""

SHARE_WORDS = """
    facebook | twitter | linkedin | email | e-mail | mail | whatsapp | telegram | pinterest | reddit |
    messenger | viber | tumblr | instagram | youtube | tiktok | snapchat | threads | bluesky | mastodon |
    vk | vkontakte | odnoklassniki | skype | flipboard | pocket | print | copy link | copy | link |
    share | tweet | pin | rss | wechat | weibo | line | buffer | digg | x | فيسبوك | فيس بوك | تويتر |
    إكس | واتساب | واتس اب | تلغرام | تيليجرام | تليجرام | تيلجرام | لينكدإن | لينكد إن | بنترست |
    بينتيريست | ماسنجر | إنستغرام | انستجرام | يوتيوب | فايبر | سناب شات | تيك توك | ريديت | بريد |
    البريد الإلكتروني | بريد إلكتروني | طباعة | نسخ | الرابط | شارك | مشاركة | غرد | фейсбук | твиттер |
    вконтакте | одноклассники | телеграм | ватсап | вайбер | ютуб | дзен | почта | ссылка | скопировать |
    поделиться | فیسبوک | فیس بوک | توییتر | توئیتر | تلگرام | واتس‌اپ | واتساپ | اینستاگرام | لینکدین |
    ایتا | روبیکا | بله | سروش | ایمیل | چاپ | e posta | yazdır | imprimer | إرسال | ارسل | أرسل | تبليغ |
    إبلاغ | تعليق | طباعه
"""

MENU_WORDS = """
    home | news | world | politics | business | sport | sports | culture | opinion | opinions |
    technology | tech | science | health | economy | entertainment | lifestyle | travel | video | videos |
    photos | podcasts | podcast | weather | local | national | international | education | environment |
    markets | finance | money | arts | style | food | cars | auto | books | music | movies | analysis |
    features | magazine | archive | live | tv | radio | newsletters | subscribe | login | sign in |
    register | search | menu | contact | contact us | about | about us | careers | jobs | advertise |
    privacy | privacy policy | terms | terms of use | help | faq | sitemap | cookies | accessibility |
    more | asia | africa | europe | americas | middle east | us | uk | الرئيسية | أخبار | الأخبار |
    سياسة | السياسة | أعمال | رياضة | الرياضة | العالم | عالم | تكنولوجيا | التكنولوجيا | تقنية | اقتصاد |
    الاقتصاد | صحة | الصحة | تسلية | ترفيه | ثقافة | الثقافة | فن | فنون | منوعات | مجتمع | رأي | آراء |
    مقالات | تقارير | تحليلات | تحقيقات | حوارات | فيديو | صور | محليات | عربي | دولي | عربي ودولي |
    عربية | دولية | محلية | علوم | سفر | سياحة | طقس | الطقس | تعليم | بيئة | حوادث | اسواق | مال |
    سيارات | مرأة | المرأة | أسرة | دين | بودكاست | برامج | بث مباشر | مباشر | من نحن | اتصل بنا |
    تواصل معنا | أعلن معنا | سياسة الخصوصية | شروط الاستخدام | الشروط والأحكام | خريطة الموقع | بحث |
    تسجيل الدخول | أرشيف | الأرشيف | المزيد | وظائف | كتاب | كاريكاتير | الشرق الأوسط | أفريقيا | آسيا |
    أوروبا | أمريكا | главная | новости | политика | экономика | общество | мир | спорт | культура |
    наука | технологии | происшествия | бизнес | мнения | видео | фото | авто | здоровье | туризм |
    погода | армия | россия | в мире | интервью | аналитика | спецпроекты | подкасты | архив | контакты |
    реклама | о нас | о проекте | редакция | вакансии | поиск | войти | регистрация | подписка |
    рассылка | недвижимость | финансы | стиль | еда | кино | музыка | регионы | خانه | صفحه نخست |
    صفحه اصلی | اخبار | فضاء | الفضاء | سیاسی | سیاست | اقتصادی | اجتماعی | ورزشی | ورزش | فرهنگی | فرهنگ | بین الملل |
    بین‌الملل | جهان | ایران | علمی | علم | فناوری | دانش و فناوری | سلامت | هنر | فیلم | عکس | ویدئو |
    ویدیو | چندرسانه‌ای | استان‌ها | استان ها | یادداشت | گفت‌وگو | آرشیو | درباره ما | تماس با ما |
    پیوندها | جستجو | گردشگری | خودرو | بازار | accueil | actualités | politique | économie | société |
    monde | sciences | santé | vidéos | météo | anasayfa | ana sayfa | gündem | siyaset | ekonomi |
    dünya | spor | kültür | sanat | sağlık | teknoloji | magazin | yaşam | yazarlar | eğitim | bilim |
    iletişim | künye | shop | puzzles | games | crosswords | horoscopes | obituaries | property
"""

# Imperatives that bid the reader follow the site; with the name of a platform they are furniture.
JOINING = """
    subscribe now | subscribe to | subscribe on | subscribe via | join us | join now |
    follow us | انضموا | انضم الآن | انضم إلينا | اشتركوا | اشترك الآن | اشترك معنا | اشترك مجانا |
    تابعنا | تابعونا | подпишитесь | подписывайтесь | подписаться | присоединяйтесь | вступайте |
    читайте нас | смотрите нас | بپیوندید | عضو شوید | مشترک شوید | دنبال کنید | abonnez vous |
    rejoignez nous | suivez nous | katılın | abone olun | takip edin
"""

# Verbs that may tell of others as well; only with ``OURS`` they are furniture.
MAY_JOIN = """
    join | follow | sign up | get | انضم | للانضمام | اشترك | للاشتراك | تابع | تابعوا | لمتابعة | سجل |
    присоединиться | следите | читайте | смотрите | больше | rejoignez | suivez | inscrivez vous
"""

# What a site calls its own channels.
OURS = """
    our channel | our channels | our telegram | our whatsapp | our youtube | our facebook | our instagram |
    our newsletter | our free newsletter | our daily newsletter | our weekly newsletter | our group |
    our community | our app | our mailing list | قناتنا | قنواتنا | لقناتنا | بقناتنا | مجموعتنا |
    لمجموعتنا | مجموعاتنا | صفحتنا | صفحاتنا | نشرتنا | لنشرتنا | بنشرتنا | حسابنا | حساباتنا | تطبيقنا |
    наш канал | наши каналы | нашего канала | нашему каналу | нашем канале | наш телеграм | наш telegram |
    нашему телеграм | нашем телеграм | нашем telegram | нашу группу | нашей группе | наше сообщество |
    нашему сообществу | наш чат | нашу рассылку | наш youtube | کانال ما | کانال تلگرام ما |
    کانال تلگرامی ما | کانال خبری ما | کانال یوتیوب ما | گروه ما | گروه واتساپ ما | گروه تلگرام ما |
    صفحه ما | خبرنامه ما | notre chaîne | notre canal | notre groupe | notre newsletter | notre page |
    notre compte | kanalımıza | kanalımızı | grubumuza | sayfamızı | bültenimize | hesabımızı
"""

# Where sites are followed.
CHANNELS = """
    telegram | whatsapp | youtube | facebook | instagram | viber | tiktok | google news | newsletter |
    channel | واتساب | واتس اب | تلغرام | تيليغرام | تليغرام | تيليجرام | تليجرام | تلجرام | يوتيوب |
    فيسبوك | إنستغرام | انستغرام | جوجل نيوز | أخبار جوجل | النشرة البريدية | النشرة | قناة | القناة |
    телеграм | телеграме | ватсап | ютуб | ютьюб | вконтакте | канал | рассылку | تلگرام | واتساپ |
    یوتیوب | اینستاگرام | کانال | خبرنامه | ایتا | روبیکا | chaîne | lettre | kanal | kanalı
"""

# Labels of a picture show or a film, whose title stands behind the colon.
MEDIA_LABELS = """
    watch | video | in pictures | in photos | listen | podcast | تغطية مصورة | تغطية خاصة | بالفيديو |
    بالصور | بالصور والفيديو | فيديو | فيديوغراف | إنفوغراف | إنفوغرافيك | شاهد | شاهدوا | بودكاست |
    видео | в фотографиях | инфографика | подкаст | смотрите | ویدئو | ویدیو | فیلم | ببینید |
    اینفوگرافیک | en images | vidéo | izle | video haber
"""

# Answers of a reader poll.
ANSWERS = """
    yes | no | maybe | not sure | don t know | i don t know | no opinion | undecided | نعم | لا | ربما |
    لا أعرف | لا أدري | لا أعلم | لست متأكدا | لا رأي لي | غير متأكد | да | нет | не знаю | возможно |
    затрудняюсь ответить | мне все равно | بله | آری | خیر | نه | شاید | نمی‌دانم | نظری ندارم | oui | non |
    peut être | ne sais pas | sans opinion | evet | hayır | belki | bilmiyorum | kararsızım | fikrim yok
"""

# Words for the place of a picture among the others ("1 of 14").
GALLERY_WORDS = """
    of | out of | من | из | از | sur | de | photo | photos | picture | image | صورة | صور | фото | عکس
"""

# Words of counters ("1,204 views", "5 min read"); at least one of these and a number, and nothing but fillers.
COUNTER_WORDS = """
    views | view | reads | read | comments | comment | shares | share | likes | like | hits | مشاهدة |
    مشاهدات | المشاهدات | قراءة | القراءة | القراءات | تعليق | تعليقات | التعليقات | مشاركة | مشاركات |
    إعجاب | زيارة | просмотров | просмотра | просмотр | просмотры | чтения | чтение | читать |
    комментариев | комментария | комментарий | комментарии | بازدید | نظر | مطالعه | vues | vue |
    lecture | commentaires | görüntülenme | okunma | yorum | okuma
"""

COUNTER_FILLERS = """
    min | mins | minute | minutes | time | reading | estimated | total | number | of | k | m | عدد | مدة |
    وقت | زمن | دقيقة | دقائق | ثانية | ألف | تعداد | زمان | دقیقه | мин | минут | минуты | минута |
    время | на | тыс | temps | de | dk | dakika | dakikalık | süresi | sec | seconds
"""

# Words a line may hold that gives a date or a time and nothing else.
DATE_WORDS = """
    january | february | march | april | may | june | july | august | september | october | november |
    december | jan | feb | mar | apr | jun | jul | aug | sep | sept | oct | nov | dec | monday | tuesday |
    wednesday | thursday | friday | saturday | sunday | mon | tue | wed | thu | fri | sat | sun | am |
    pm | a | p | m | gmt | utc | est | edt | et | bst | msk | at | on | published | updated | last |
    posted | ago | hours | hour | minutes | mins | days | day | today | yesterday | st | nd | rd | th |
    يناير | فبراير | مارس | أبريل | إبريل | مايو | يونيو | يوليو | أغسطس | سبتمبر | أكتوبر | نوفمبر |
    ديسمبر | كانون | شباط | آذار | نيسان | أيار | حزيران | تموز | آب | أيلول | تشرين | الأول | الثاني |
    السبت | الأحد | الاثنين | الإثنين | الثلاثاء | الأربعاء | الخميس | الجمعة | صباحا | مساء | ظهرا | ص |
    نشر | نشرت | في | بتاريخ | الساعة | آخر | تحديث | تم | النشر | تاريخ | منذ | ساعة | ساعات | دقيقة |
    دقائق | يوم | أيام | قبل | بتوقيت | غرينتش | января | февраля | марта | апреля | мая | июня | июля |
    августа | сентября | октября | ноября | декабря | понедельник | вторник | среда | четверг | пятница |
    суббота | воскресенье | мск | г | года | в | опубликовано | обновлено | сегодня | вчера | назад |
    часов | часа | минут | فروردین | اردیبهشت | خرداد | تیر | مرداد | شهریور | مهر | آبان | آذر | دی |
    بهمن | اسفند | ژانویه | فوریه | آوریل | مه | ژوئن | ژوئیه | اوت | سپتامبر | اکتبر | دسامبر | شنبه |
    یکشنبه | دوشنبه | سه | چهارشنبه | پنجشنبه | جمعه | ساعت | انتشار | پیش | روز | به | روزرسانی |
    janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre |
    décembre | publié | mis | jour | le | h | lundi | mardi | mercredi | jeudi | vendredi | samedi |
    dimanche | ocak | şubat | mart | nisan | mayıs | haziran | temmuz | ağustos | eylül | ekim | kasım |
    aralık | güncelleme | م | بعد | الظهر | saat | tarihi
"""

# Words that close or open a line on who wrote it.
BYLINE_OPENINGS = """
    by | written by | from our correspondent | بقلم | автор | yazan
"""

BYLINE_ENDINGS = """
    متابعات | وكالات | مراسلون | مراسلنا | staff writer | staff reporter | news desk | newsroom |
    web desk | agencies | correspondent | رويترز | أ ف ب | د ب أ | reuters | afp | خاص |
    editorial team | news team | مراسل | مراسلتنا | متابعة | агентства | соб корр | سرویس خبر
"""

# What those are who sign an article.
BYLINE_ROLES = """
    correspondent | reporter | editor | writer | staff | desk | team | корреспондент | обозреватель |
    خبرنگار | محرر | muhabir
"""

# Said of pictures and hardly of anything else.
PICTURE_WORDS = """
    in the background | file photo | getty images | ap photo | afp via | via reuters | handout |
    pictured | poses for | pose for | photo by | photograph by | archive photo | stock photo |
    shutterstock | في الخلفية | صورة أرشيفية | أرشيفية | صورة من الأرشيف | غيتي | جيتي | на фото |
    на снимке | архивное фото | на заднем плане | фото из архива | عکس آرشیوی | عکس از | در پس زمینه |
    photo d archive | crédit photo | arka planda | arşiv fotoğrafı | фото пресс | фото предоставлено |
    фото из открытых источников | صورة تعبيرية | صورة توضيحية
"""

# Verbs a caption describes its picture with; they count only behind a comma.
PICTURE_VERBS = """
    تعكس | يعكس | تظهر | يظهر | حيث يظهر | حيث تظهر | مما يعكس | مما تعكس | ويظهر | وتظهر | تبرز | يبرز |
    مبتسما | reflecting | showing | with smoke | smiling | wearing | highlighting | depicting |
    symbolizing | отражая | на фоне | символизируя | نشان می | در حالی که لبخند
"""

# A sentence that reports is prose, not a picture.
REPORTING = """
    said | says | told | announced | reported | according | stated | added | confirmed | warned | denied |
    قال | قالت | وقال | وقالت | أعلن | أعلنت | وأعلن | وأعلنت | ذكر | ذكرت | وذكرت | أكد | أكدت | وأكد |
    وأكدت | أضاف | وأضاف | أضافت | صرح | وصرح | أفاد | أفادت | وأفادت | وفقا | وفق | بحسب | نقلت | ونقلت |
    نقل | حسبما | сказал | сказала | заявил | заявила | заявили | сообщил | сообщила | сообщили |
    сообщает | отметил | подчеркнул | добавил | گفت | گفته | افزود | اعلام | گزارش | déclaré | selon |
    annoncé | dedi | açıkladı | söyledi | göre
"""

# Words of a rights notice besides the name of who holds them.
RIGHTS_WORDS = """
    copyright | c | © | by | by the | لصحيفة | لموقع | صحيفة | موقع | شبكة | حقوق النشر | محفوظة | ل |
    для | права | газета | all rights | reserved | تمامی | متعلق به | می باشد | است
"""

LOGOS = """
    logo | شعار | لوغو | لوجو | логотип | لوگو | لوگوی
"""

# Words in the names of news sites.
SITE_WORDS = """
    news | times | post | daily | today | herald | tribune | online | gazette | نيوز | برس | اونلاين |
    أخبار | الإخبارية | الإخباري | новости | ньюс | ведомости | газета | نیوز | خبرگزاری | haber
"""

# Words that open or close a short line above a headline when it is the site's name.
MASTHEADS = """
    الأخبار | جريدة | صحيفة | بوابة | مجلة | وكالة | digest | monitor | observer | chronicle | telegraph |
    journal | wire | agency | сегодня | вестник | курьер | известия | агентство | روزنامه | پایگاه خبری |
    gazete | gazetesi | ajansı | journal | quotidien
"""

# One-word sentences that end a lead and name no site.
NOT_A_NAME = """
    لا | نعم | كلا | أبدا | مطلقا | ربما | قريبا | أخيرا | فقط | اليوم | غدا | أمس | حتما | بالتأكيد |
    انتهى | نه | بله | هرگز | شاید
"""

PREVIOUS = """
    السابق | previous | prev | предыдущая | назад | قبلی | précédent | önceki
"""

NEXT = """
    التالي | next | следующая | вперед | далее | بعدی | suivant | sonraki
"""
