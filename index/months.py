"""Names of months in the languages of the documents, each to its number."""

import re

MARK = "[\u064b-\u065f\u0670\u0640]"  # Arabic vowel marks and the tatweel that stretches a word
_MARKS = re.compile(MARK)
_UNIFIED = str.maketrans("أإآٱیىکةё", "ااااييكهе")


def fold(name: str) -> str:
    """Bring a month's name to the spelling the tables use."""
    return " ".join(_MARKS.sub("", name).casefold().translate(_UNIFIED).rstrip(".").split())


def _table(rows: str) -> dict[str, int]:
    """Read twelve lines of names, parted by commas, January (or Farvardin) first."""
    return {
        fold(name): number for number, row in enumerate(rows.strip().splitlines(), start=1) for name in row.split(",")
    }


# Egyptian and Gulf, Levantine, Maghrebi Arabic; Persian; English; Russian in the cases dates use.
MONTHS = _table("""
يناير,كانون الثاني,جانفي,ژانویه,january,jan,январь,января,январе
فبراير,شباط,فيفري,فوریه,february,feb,февраль,февраля,феврале
مارس,آذار,march,mar,март,марта,марте
أبريل,نيسان,أفريل,آوریل,april,apr,апрель,апреля,апреле
مايو,أيار,ماي,مه,می,may,май,мая,мае
يونيو,يونيه,حزيران,جوان,ژوئن,june,jun,июнь,июня,июне
يوليو,يوليه,تموز,يوليوز,جويلية,ژوئیه,جولای,july,jul,июль,июля,июле
أغسطس,آب,غشت,أوت,اوت,آگوست,august,aug,август,августа,августе
سبتمبر,أيلول,شتنبر,سپتامبر,september,sept,sep,сентябрь,сентября,сентябре
أكتوبر,تشرين الأول,اکتبر,october,oct,октябрь,октября,октябре
نوفمبر,تشرين الثاني,نونبر,نوامبر,november,nov,ноябрь,ноября,ноябре
ديسمبر,كانون الأول,دجنبر,دسامبر,december,dec,декабрь,декабря,декабре
""")

# The Persian (Solar Hijri) calendar.
JALALI = _table("""
فروردین
اردیبهشت
خرداد
تیر
مرداد,امرداد
شهریور
مهر
آبان
آذر
دی
بهمن
اسفند
""")

# The Islamic (lunar Hijri) calendar; each month has epithets.
HIJRI = _table("""
محرم,المحرم,محرم الحرام
صفر,صفر الخير,صفر المظفر
ربيع الأول,ربيع اول,ربيع الأنور
ربيع الآخر,ربيع الثاني
جمادى الأولى,جمادى الأول
جمادى الآخرة,جمادى الثانية,جمادى الثاني
رجب,رجب الأصب,رجب الفرد,رجب المرجب
شعبان,شعبان المعظم
رمضان,رمضان المبارك,رمضان المعظم
شوال,شوال المكرم
ذو القعدة,ذي القعدة,ذو القعدة الحرام,ذي القعدة الحرام
ذو الحجة,ذي الحجة,ذو الحجة الحرام,ذي الحجة الحرام
""")

# Names that are words of their own as well.
AMBIGUOUS = frozenset(fold(name) for name in ("may", "march", "mar", "sep", "dec", "jan", "مه", "می", "جوان"))
