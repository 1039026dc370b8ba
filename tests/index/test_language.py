from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import detect, written_alike

QUESTIONS = [
    ("How many soldiers?", "en"),
    ("Who?", "en"),
    ("What did Lavrov say", "en"),
    ("WHERE IS THE BRIDGE?", "en"),
    ("Сколько?", "ru"),
    ("Когда приехал министр?", "ru"),
    ("Скільки солдатів?", "uk"),
    ("Хто?", "uk"),
    ("كم؟", "ar"),
    ("متى وصل الوزير؟", "ar"),
    ("كَمْ عَدَدُ الجُنود؟", "ar"),
    ("Kaç asker öldü?", "tr"),
    ("¿Cuántos?", "es"),
    ("Wie viele Soldaten?", "de"),
    ("Combien de soldats ?", "fr"),
    ("Quanti soldati?", "it"),
    ("Quantos soldados?", "pt"),
    ("چند سرباز کشته شدند؟", "fa"),
    ("وزیر خارجه روسیه کی به کره رفت؟", "fa"),
    ("وزير خارجه روسيه چه گفت؟", "fa"),  # typed with Arabic ي
    ("کتنے فوجی ہلاک ہوئے؟", "ur"),
    ("وزیر خارجہ کب آئے؟", "ur"),
    ("有多少士兵?", "zh"),
    ("何人の兵士がいますか?", "ja"),
    ("군인은 몇 명입니까?", "ko"),
    ("कितने सैनिक?", "hi"),
    ("כמה חיילים?", "he"),
    ("Πόσοι στρατιώτες;", "el"),
]


@pytest.mark.parametrize(("text", "language"), QUESTIONS)
def test_short_questions(text: str, language: str):
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   ", "1234 ٥٦٧", "😀🚀", "؟!.,", "\u0640\u0640", "ᚠᚢᚦ"])
def test_nothing_to_go_by_is_undetermined(text: str):
    assert detect(text) == "und"


def test_mixed_text_goes_by_the_larger_share_of_letters():
    assert detect("زار Shoigu العاصمة أمس وعاد Kim إلى المدينة") == "ar"
    assert detect("The word كتاب means book in the Arabic language") == "en"


def test_a_few_persian_letters_do_not_make_arabic_persian():
    assert detect("كلمات دلالية: الوزیر المدینة العاصمة فی القاعة الكبرى") == "ar"


def test_threads_share_one_classifier():
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(detect, [text for text, _ in QUESTIONS] * 4))
    assert found == [language for _, language in QUESTIONS] * 4


def test_a_language_is_written_in_its_script():
    assert written_alike("fa", "ar")
    assert written_alike("en", "de")
    assert not written_alike("en", "ar")
    assert not written_alike("ar", "ru")
    assert written_alike("ku", "ar")  # not known
    assert written_alike("en", "und")


@given(st.text())
def test_any_text_has_an_answer(text: str):
    assert detect(text) == "und" or len(detect(text)) == 2
