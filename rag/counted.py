"""The numbers of a sentence that a text gives in no words."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise, zip_longest

from index.dates import undated_numbers
from index.lexical import Word, normalize, words
from index.numbers import Number, definite_values, numbers, possible_values
from rag import derived, facts
from rag.hedges import admitted, ends_in

_DUAL = re.compile(r"\b\w{3,}(?:ان|ين|تي|تا)\b")
_AND_A_HALF = re.compile(r"\bونصف|\band a half\b|\bс половинои\b")  # "ثلاث سنوات ونصف السنة"
_TWO = "2"
_ONE = "1"  # mostly a pronoun
_CLOSE = 0.011  # of a measure in two units
_RANGE = re.compile(r"\s*(?:-|–|—|to|and|до|и|إلى|و|à|bis)\s*")
# Multiples of a hedged number that it may stand for.
_NEARLY, _ABOUT, _LESS, _MORE = 0.9, 0.9, 0.7, 1.5
_UP_TO = ends_in("nearly|almost|close to|почти|قرابة|ما يقارب|يقارب|ما يقرب من|يقرب من", 0)
_BETWEEN = re.compile(r"(?:\b(?:a|за|на|в|с) )?\Z", re.IGNORECASE)  # "over a hundred"
_COUNTED_IN = re.compile(r"\W(?:(?P<dozen>dozen|дюжин\w*)|decades|десят\w+|عقود|عقدا)(?!\w)")
_YEAR_DIGITS = 4
_REACH = 6  # characters before a year in which a word for it stands
_IN_YEAR = re.compile(r"(?:\b[Ii]n|\bв|عام|سنة) \Z")
_FIGURES = re.compile(r"\d[\d.,]*")


def _table(rows: str) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """Lines of "values: words", a word standing for all that begin with it when it ends in "*"."""
    table = []
    for row in rows.strip().splitlines():
        values, _, listed = row.partition(":")
        forms = "|".join(normalize(word).replace("*", r"\w*").replace("_", " ") for word in listed.split())
        table.append((re.compile(rf"(?<!\w)[وفب]?(?:ال)?(?:{forms})(?!\w)"), frozenset(values.split())))
    return tuple(table)


# What says a number without being one, and number words of languages whose numbers are not read.
_SAID_OTHERWISE = _table("""
0: دون بدون بلا لا لم nil no none without не нет без
0.5 50: نصف* half половин* пол
0.33 33 3: ثلث* third треть трети
0.25 25: ربع* quarter четверть четверти
66 67: ثلثا ثلثي ثلثين two_thirds two-thirds две_трети двух_третей
75: ثلاثة_ارباع three_quarters три_четверти
2: مرتين مرتان ضعف* تضاعف* يتضاعف مضاعف* كلا كلتا طرفان جانبان twice double* both couple pair second 2nd
2: двух* дважды вдвое удво* оба обе пара второ* вторы* ثان ثاني ثانيه
3: трех* ثلاثه_اضعاف ثلاث_مرات thrice triple* treble* threefold third 3rd трижды втрое утро* треть* ثالث ثالثه
2: zwei deux dos iki twee dois duas zweite* deuxieme* segundo segunda ikinci
3: drei trois tres tre drie üç três dritte* troisième* tercer* terzo terza üçüncü
4: vier quatre cuatro quattro quatro dört vierte* quatrième* cuarto cuarta quarto quarta dördüncü
5: fünf cinq cinco cinque vijf beş fünfte* cinquième* quinto quinta beşinci
6: sechs sei seis zes altı sechste* sixième* sexto sexta altıncı
7: sieben sept siete sette sete zeven yedi siebte* septième* séptimo séptima yedinci
8: acht huit ocho otto oito sekiz achte* huitième* octavo octava sekizinci
9: neun neuf nueve nove negen dokuz neunte* neuvième* noveno novena dokuzuncu
10: zehn dix diez dieci dez tien zehnte* dixième* décimo décima onuncu
11: elf onze undici
12: zwölf douze doce dodici doze twaalf
13: dreizehn treize trece tredici
14: vierzehn quatorze catorce quattordici
15: fünfzehn quinze quince quindici vijftien
16: sechzehn dieciséis sedici
17: siebzehn diecisiete
18: achtzehn dieciocho diciotto
19: neunzehn diecinueve
20: zwanzig vingt veinte venti vinte yirmi twintig
30: dreißig trente treinta trenta trinta otuz dertig
40: vierzig quarante cuarenta quaranta quarenta kırk veertig
50: fünfzig cinquante cincuenta cinquanta cinquenta elli vijftig
60: sechzig soixante sesenta sessanta altmış zestig
70: siebzig setenta settanta yetmiş zeventig
80: achtzig ochenta ottanta oitenta seksen tachtig
90: neunzig noventa novanta doksan negentig
100: hundert cent ciento cento yüz honderd
4: четырех* fourfold quadruple* fourth вчетверо четверт* رابع رابعه
5: пяти* خمس fivefold fifth впятеро пят* خامس خامسه
6: sixth шест* سادس سادسه
7: seventh week weeks седьм* недел* سابع سابعه اسبوع اسبوعا
8: eighth восьм* ثامن ثامنه
9: ninth девят* تاسع تاسعه
10: tenth tenfold decade* десят* عاشر عاشره عقد عقدا
11: eleventh одиннадцат*
12: dozen twelfth дюжин* двенадцат* دزينه
13: thirteenth тринадцат*
15: fifteenth пятнадцат*
16: sixteenth шестнадцат*
17: seventeenth семнадцат*
18: eighteenth восемнадцат*
19: nineteenth девятнадцат*
14: fortnight fourteenth четырнадцат* اسبوعين
20: twentieth двадцат* عقدين
100: century столет* قرن
1920: twenties عشرينيات عشرينات двадцаты*
1930: thirties ثلاثينيات ثلاثينات тридцаты*
1940: forties اربعينيات اربعينات сороковы*
1950: fifties خمسينيات خمسينات пятидесяты*
1960: sixties ستينيات ستينات шестидесяты*
1970: seventies سبعينيات سبعينات семидесяты*
1980: eighties ثمانينيات ثمانينات восьмидесяты*
1990: nineties تسعينيات تسعينات девяносты*
""")
_ORDINALS = {
    normalize(form): value
    for value, forms in {
        "3": "third ثالث ثالثة третий третья третье третьего третьей третьему третью третьим",
        "4": "fourth رابع رابعة четвёртый четвёртая четвёртое четвёртого четвёртой четвёртому",
        "5": "fifth خامس خامسة пятый пятая пятое пятого пятой пятому",
        "6": "sixth سادس سادسة шестой шестая шестое шестого шестому",
        "7": "seventh سابع سابعة седьмой седьмая седьмое седьмого седьмому",
        "8": "eighth ثامن ثامنة восьмой восьмая восьмое восьмого восьмому",
        "9": "ninth تاسع تاسعة девятый девятая девятое девятого девятому",
        "10": "tenth عاشر عاشرة десятый десятая десятое десятого десятому",
    }.items()
    for form in forms.split()
}
_TEEN = ("عشر", "عشره")
_TENS = frozenset(str(tens) for tens in range(20, 100, 10))
_AND_TENS = re.compile(r"و(?:ال)?(?=\w{4})")
_LEAST_DEFINITE, _MOST_DEFINITE = 3, 99
_ARTICLE = re.compile(r"[وفبل]?(?:ال|لل)(?=\w{3})")
# "The two", "two countries": those the text speaks of.
_THE_TWO = re.compile(r"(?:^|\W)(?:the|these|those|both|its|their|эти|этих|этими|обе|оба|все)\W+\Z", re.IGNORECASE)
_TWO_SIDES = re.compile(
    r"\W+(?:countr|side|part(?:y|ies)|nation|leader|state|president|capital|neighbou?r|men\b|women\b|стран|сторон|лидер"
    r"|государств|президент|сосед|столиц)",
    re.IGNORECASE,
)


def missing_numbers(sentence: str, text: str) -> tuple[str, ...]:
    """The numbers of a sentence, outside its dates, that a text gives in no way of writing them.

    A rounded number is given by one that it admits ("nearly 16,000" by 15,940), a measure in another unit by an equal
    one ("two tonnes" by 2,000 kg), an ordinal by its number, and what follows from others by them (``rag.derived``).
    """
    given = {number.value for number in numbers(text)}
    given |= set(_shared_scales(text))
    said = given | possible_values(text) | _otherwise(text) | _definite(text) | {value for _, value in _ordinals(text)}
    counts = _counts(text) | set(_shared_scales(text))
    ordinals = list(_ordinals(sentence))
    missing = [
        (number.start, number.end)
        for number in undated_numbers(sentence)
        if number.value not in said
        and not any(word.end + 1 == number.start for word, _ in ordinals)
        and number.value != _ONE
        and not _speaks_of_both(sentence, number)
        and not _rounds(sentence, number, counts)
        and not _measures(sentence, number, text)
        and not derived.follows(sentence, number, text)
    ]
    missing += [
        (word.start, word.end)
        for word, value in ordinals
        if value not in said and not derived.in_century(sentence, word.start, word.end, value, text)
    ]
    return tuple(dict.fromkeys(sentence[start:end] for start, end in sorted(missing)))


def _counts(text: str) -> set[str]:
    """Values of a text's numbers but for years and those in dates, of which "more than" another says nothing."""
    return {
        number.value
        for number in undated_numbers(text)
        if len(number.value) != _YEAR_DIGITS or not _IN_YEAR.search(text[max(0, number.start - _REACH) : number.start])
    }


def _otherwise(text: str) -> set[str]:
    """Values that a text gives without a number word: "half", "doubled", جنديين."""
    folded = normalize(text)
    said = {value for pattern, values in _SAID_OTHERWISE if pattern.search(folded) for value in values}
    if _AND_A_HALF.search(folded):
        said |= {f"{number.value}.5" for number in numbers(text) if "." not in number.value}
    return said | ({_TWO} if _DUAL.search(folded) else set())


def _definite(text: str) -> set[str]:
    """Values of Arabic number words with the article but for shares ("في المئة"), as of "the four"."""
    return {value for value in definite_values(text) if _LEAST_DEFINITE <= float(value) <= _MOST_DEFINITE}


def _shared_scales(text: str) -> Iterator[str]:
    """Values of numbers that share what the next one is counted in: 90,000 in "from 90 to 410 thousand"."""
    for one, two in pairwise(numbers(text)):
        figures = _FIGURES.match(text, two.start, two.end)
        if figures and figures.end() < two.end and _RANGE.fullmatch(text, one.end, two.start):
            scale = Decimal(two.value) / Decimal(numbers(figures.group())[0].value)
            yield f"{(Decimal(one.value) * scale).normalize():f}"


def _ordinals(text: str) -> Iterator[tuple[Word, str]]:
    every = words(text)
    for word, following in zip_longest(every, every[1:]):
        if value := _ORDINALS.get(_ARTICLE.sub("", word.form, count=1)):
            teen = following is not None and following.form in _TEEN
            tens = _tens(following.form) if following is not None else 0
            yield word, f"1{value}" if teen else str(int(value) + tens)


def _tens(form: str) -> int:
    """What "والعشرين" adds to an ordinal before it; 0 for other words."""
    joined = _AND_TENS.match(form)
    read = numbers(form[joined.end() :]) if joined else ()
    return int(read[0].value) if read and read[0].value in _TENS else 0


def _speaks_of_both(sentence: str, number: Number) -> bool:
    in_words = number.value == _TWO and sentence[number.start].isalpha()
    behind = _TWO_SIDES.match(sentence, number.end)
    return in_words and bool(behind or _THE_TWO.search(sentence[: number.start]))


def _rounds(sentence: str, number: Number, given: set[str]) -> bool:
    """Whether "about" or the like stands before a number, and a given one is what it admits."""
    start = number.start - len(_BETWEEN.search(sentence[: number.start])[0])  # type: ignore[index]
    least, most, _ = admitted(sentence, words(sentence), start, number.end)
    value = float(number.value) * _scale(sentence, number)
    # Who rewords is less exact than who counts: "more than two million" of 2.4, "about ten thousand" of 9,200.
    if least < 1.0 < most:
        least, most = (_NEARLY, 1.0) if _UP_TO.search(normalize(sentence[: number.start])) else (_ABOUT, 2 - _ABOUT)
    elif least != most:
        least, most = (1.0, _MORE) if most > 1.0 else (_LESS, 1.0)
    return any(least * value <= float(other) <= most * value for other in given)


def _scale(sentence: str, number: Number) -> int:
    """What a number counts in: 12 for "two dozen", 10 for "two decades"."""
    behind = _COUNTED_IN.match(sentence, number.end)
    return 1 if behind is None else 12 if behind["dozen"] else 10


def _measures(sentence: str, number: Number, text: str) -> bool:
    """Whether a text gives the same measure in another unit."""
    here = next((q for q in facts.read(sentence).quantities if q.start <= number.start < q.end and q.unit), None)
    return here is not None and any(
        there.unit == here.unit and abs(there.low - here.low) <= _CLOSE * max(there.low, here.low)
        for there in facts.read(text).quantities
    )
