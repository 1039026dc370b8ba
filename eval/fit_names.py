"""Fits ``rag/foreign_names.json``: ``python -m eval.fit_names xquad.ar.json xquad.en.json``.

Labels come by themselves from parallel paragraphs: an Arabic word that sounds like a capitalised word of the English
paragraph is a name, one that sounds like none of its words is not. XQuAD has few Russian and Korean names, so lists of
usual ones stand below.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.reader_data import paragraphs
from index import sound
from index.lexical import normalize, words
from rag import foreign

_ARABIC = re.compile(r"[\u0621-\u06d3]{2,}\Z")
_START = re.compile(r"[.!?:\n\"“(]\s*\Z")
_SKELETON = 3
_LEAST_SEEN = 5
_KEPT = 0.1
"""Weights below it are left out."""
USUAL = """
ايفانوف بيتروف سيدوروف سميرنوف كوزنتسوف بوبوف سوكولوف ليبيديف نوفيكوف موروزوف فولكوف سولوفيوف فاسيلييف زايتسيف بافلوف
سيمينوف غولوبيف فينوغرادوف بوغدانوف فوروبيوف فيودوروف ميخائيلوف بيلييف تاراسوف كوماروف اورلوف كيسيليوف ماكاروف اندرييف
ايلين غوسيف تيتوف كوزمين كودريافتسيف بارانوف كوليكوف الكسييف ستيبانوف ياكوفليف سوروكين سيرغييف رومانوف بوريسوف كوروليف
غيراسيموف بونوماريوف غريغورييف لازاريف يرشوف نيكيتين سوبوليف ريابوف بولياكوف تسفيتكوف دانيلوف جوكوف فرولوف جورافليوف
نيكولاييف كريلوف ماكسيموف اوسيبوف مالينين كوناشينكوف لوكاشينكو شيفتشينكو بوندارينكو تكاتشينكو كرافتشينكو بويكو
كوفالتشوك كليتشكو بوروشينكو يانوكوفيتش تيموشينكو دوستويفسكي تشايكوفسكي مالينوفسكي فيسوتسكي ترويتسكي الكسندر اليكسي
دميتري سيرغي سيرجي اندريه ميخائيل نيكولاي فلاديمير فاسيلي فيكتور يوري اوليغ ايغور ايفان كونستانتين رومان فاليري غينادي
بوريس انطون ارتيوم دينيس مكسيم يفغيني ستانيسلاف فياتشيسلاف رسلان ناتاليا تاتيانا سفيتلانا ايكاترينا اولغا ايرينا يلينا
مارينا فالنتينا لودميلا كسينيا داريا جونغ يونغ سونغ كيونغ هيون سيونغ هوانغ كانغ تشوي تشون تشول تشانغ مون يون بارك هونغ
جانغ تشو شين كوون سوك ميونغ غون هان اون سون مين هوا جين بينغ وانغ تشيانغ شنغهاي شينجيانغ كونغ نانجينغ تشنغدو هاربين
ياماموتو تاناكا ساتو سوزوكي ايشيبا كيشيدا كويزومي اوساكا هوكايدو ناغاساكي هيروشيما ايركوتسك نوفوسيبيرسك يكاترينبورغ
تشيليابينسك كراسنويارسك اومسك بريانسك روستوف فورونيج سمولينسك سمارا ساراتوف فولغوغراد كراسنودار تشيتا ياكوتسك ماغادان
سوتشي كازان اوفا تومسك تامبوف ليبيتسك كيروف سورغوت تيومين دوبنا دوناي خاسان ناخودكا ماغاس غروزني سخالين كامتشاتكا
كالينينغراد مورمانسك ارخانغلسك بسكوف ستافروبول دونباس خاركيف خاركوف لفيف اوديسا دنيبرو ميكولايف تشيرنيهيف باخموت
افدييفكا بوكروفسك كراماتورسك ماريوبول هامهونغ سينويجو كايسونغ تشونغجين كانغي سوهاي هواسونغ كيمتشايك بوسان انتشون دايغو
كازاخستان طشقند بيشكيك استانا تولا ريازان بيرم تفير كالوغا غوميل بريست نوفاك دونالد جوزيف انتوني بلينكن روبيو هيغسيث
اوستن ستولتنبرغ روته ماكرون شولتس ميرتس ستارمر ميلوني زالوجني كوليبا باك ري هو تشا تشين تايهي جيونغ سوهي كوجيمياكو
كوزلوف بيسكوف زاخاروفا ماتسيغورا سيارتو اوربان بوتين شويغو ميدفيديف لافروف بيلوسوف اوشاكوف فولودين ماتفيينكو ميشوستين
كيم بايدن ترامب اوباما اردوغان نتنياهو مودي فانس شاغيفالييف لانكوف تيرتيتسكي بودانوف زيلينسكي اومير ياماغوتشي كونو
"""

# Loanwords and verbal nouns, which have letters or vowels of foreign names and are none.
USUAL_WORDS = """
دبلوماسي كيلوغرام كيلومتر كيلوواط ميغاواط ميغابايت غيغاواط سنتيمتر ملليمتر مليمتر هكتار بروتوكول تكنولوجي استراتيجي
بالستي باليستي الكتروني اوتوماتيكي ديمقراطي برلماني برلمان جنرال كولونيل ماريشال ادميرال كوماندوس اولمبي بترول بترولي
فيدرالي فدرالي كونفدرالي لوجستي تكتيكي رادار راديو تلفزيون تلفزيوني تلفاز سينما سينمائي ميكانيكي هيدروجين هيدروجيني
بلوتونيوم يورانيوم كربون ديزل كيروسين بنزين دولار يورو روبل يوان فرنك بطاري كمبيوتر انترنت فيديو تلسكوب كورنيش مترو
ترام اوتوبيس تاكسي غرام جرام فيروس بكتيري اكاديمي كلاسيكي سيناريو كرنفال دكتاتور ديكتاتور امبريالي راسمالي ليبرالي
شيوعي ماركسي كونغرس سناتور سيناتور قنصل قنصلي كرملين بنتاغون ارشيف بورص مافيا ماراثون استوديو بانوراما طوربيد هاون
مدفع ايديولوجي فيزيائي كيميائي جغرافي جمهوري دكتور بروفيسور فيلسوف تليفون تلغراف تلغرام بوليس كابتن سكرتير بروباغاندا
ارستقراطي بيروقراطي تقني تكنيكي نووي ذري صاروخ صاروخي طاقم تسوي تجاري سياحي ثقافي اقتصادي سياسي عسكري بحري جوي فضائي
دولي وزاري رئاسي حكومي شعبي توريد تصدير تدريب تحرير تسليم توقيع تنفيذ تطوير تقرير تصريح تفجير تدمير تزويد تعزيز تمويل
توزيع تجهيز تسيير تشغيل تمديد ترحيل تهديد تحديد تعيين تنسيق ترميم تصنيع تجنيد تحالف تعاون تبادل تفاهم تضامن تقارب
تصاعد تراجع استيراد استقبال استخدام استهداف استئناف استخراج استيلاء استطلاع استخبارات انتخاب انسحاب انفجار انتشار
انضمام اجتماع احتفال احتلال ارتفاع انخفاض اعتراف اعتقال اغتيال افتتاح اقتراح التزام انتاج ارسال اعلان اطلاق انشاء
اعمار ايصال ايفاد مشاركه محادثات مفاوضات مناورات مساعدات معاهده مقاطعه محاكمه مراقبه متحدث مندوب مبعوث مستشار مهندس
مقاتل منتجع منظومه موازنه ميزانيه قذيفه دبابه مسيره طائره مروحيه غواصه سفينه حاويه قاذفه بطاريه راجمه بندقيه ذخيره
وقود قمح فحم حديد صلب نسيج ملابس مصنع مصانع ميناء موانئ سفير وزير رئيس زعيم نائب سكرتير امين مدير عضو قائد ضابط جندي
عقيد فريق لواء عميد دون بدون قرب نحو منذ خلال بعد قبل حول ضد عبر رغم سوى حتى مقابل سجل سجن نقل قصف ضرب هجوم حرب سلام
امن حدود جسر نهر بحر جزيره مدينه قريه منطقه اقليم مقاطعه محافظه موقع صحيفه وكاله قناه مجله مجلس هيئه لجنه منظمه شركه
بنك سوق سعر ثمن قيمه نسبه عدد حجم كميه شهر سنه اسبوع يوم ساعه دقيقه بيانات تصريحات لقاءات زيارات عقوبات قرارات صادرات
واردات مبيعات احتياطيات ايرادات نفقات روبوت روبوتات ديناميت رياضيات
"""
_BEFORE, _BEHIND = ("", "ل", "ب", "و"), ("", "ا", "ه", "يه", "ات", "ين", "ها")


def usual_words() -> frozenset[str]:
    """Words that are no names, with what Arabic grammar adds to them."""
    return frozenset(
        before + normalize(word) + behind for word in USUAL_WORDS.split() for before in _BEFORE for behind in _BEHIND
    )


def labelled(arabic: Sequence[str], english: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Arabic words that are names and words that are none, from parallel paragraphs."""
    capitals, small = Counter[str](), Counter[str]()
    for text in english:
        for word in words(text):
            if not text[word.start].isupper():
                small[word.form] += 1
            elif not opens_sentence(text, word.start):
                capitals[word.form] += 1
    named, plain = Counter[str](), Counter[str]()
    for text, parallel in zip(arabic, english, strict=True):
        heard = [(word.form, sound.keys(word.form)) for word in words(parallel)]
        every = {key for _, keys in heard for key in keys}
        names = {
            key
            for form, keys in heard
            if len(form) > _SKELETON and capitals[form] > small[form]
            for key in keys
            if sum(letter.isupper() for letter in key) >= _SKELETON
        }
        for word in words(text):
            keys = set(sound.keys(word.form))
            if _ARABIC.match(word.form) and not word.form.startswith("ال"):
                named[word.form] += bool(keys & names)
                plain[word.form] += keys.isdisjoint(every)
    usual = frozenset(USUAL.split())
    known = usual_words() - usual
    return (frozenset(form for form in named if named[form] > plain[form]) | usual) - known, (
        frozenset(form for form in plain if plain[form] and not named[form]) - usual
    ) | known


def fit(names: Sequence[str], plain: Sequence[str]) -> dict[str, float]:
    """Weights by letters, "" for the bias, of a logistic regression."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = CountVectorizer(analyzer=foreign.letters, min_df=_LEAST_SEEN, binary=True)
    features = vectorizer.fit_transform([*names, *plain])
    model = LogisticRegression(C=1.0, max_iter=3000).fit(features, [1] * len(names) + [0] * len(plain))
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {letters: round(float(weight), 2) for letters, weight in weights if abs(weight) >= _KEPT}
    return {"": round(float(model.intercept_[0]), 2), **dict(sorted(kept.items()))}


def main(arabic: Path, english: Path) -> None:
    """Fit on two parallel SQuAD files and write the weights."""
    names, plain = labelled(*([p["context"] for _, p in paragraphs(path)] for path in (arabic, english)))
    weights = fit(sorted(names), sorted(plain))
    target = Path(foreign.__file__).with_name(foreign.WEIGHTS)
    target.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{len(names)} names, {len(plain)} other words, {len(weights)} weights: {target}\n")


def opens_sentence(text: str, at: int) -> bool:
    """Whether a word that begins at a character has its capital from there."""
    return at == 0 or _START.search(text[:at]) is not None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
