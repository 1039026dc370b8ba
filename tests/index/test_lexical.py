"""Equal words get equal forms, and every form knows its characters."""

import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.lexical import is_arabic, normalize, stem, terms, word_terms, words

ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
SCRIPTS = st.text(
    st.sampled_from("ابةهىیيكکأإآٱءئؤ ًَّـ\u200c\u200d٠١٢012۰۱۲ abÀéİßﬁ²½①ﷺﺍﻻ東京都がパか\u3099ｶﾞ한국हिन्दी. ؟-_\n\ud800"),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("كوري", "کوری", id="Persian kaf and yeh"),
        pytest.param("موسكو", "موسکو", id="keheh"),
        pytest.param("على", "علي", id="alef maksura"),
        pytest.param("ﻻﻋﺐ", "لاعب", id="presentation forms"),
        pytest.param("الوَفْدُ", "الوفد", id="vowel signs"),
        pytest.param("محمّد", "محمد", id="shadda"),
        pytest.param("الرحمٰن", "الرحمن", id="dagger alef"),
        pytest.param("الـــوفد", "الوفد", id="tatweel"),
        pytest.param("می\u200cروم", "میروم", id="ZWNJ"),
        pytest.param("أحمد", "احمد", id="hamza above"),
        pytest.param("إعلان", "اعلان", id="hamza below"),
        pytest.param("آسيا", "اسيا", id="madda"),
        pytest.param("ا\u0653سيا", "آسيا", id="madda as a combining mark"),
        pytest.param("ٱلبيت", "البيت", id="wasla"),
        pytest.param("زيارة", "زياره", id="teh marbuta"),
        pytest.param("مسؤول", "مسوول", id="hamza on waw"),
        pytest.param("٠١٢", "012", id="Arabic digits"),
        pytest.param("۰۱۲", "012", id="Persian digits"),
        pytest.param("４２", "42", id="full width digits"),
        pytest.param("MOSCOW", "moscow", id="case"),
        pytest.param("Straße", "STRASSE", id="sharp s"),
        pytest.param("ёлка", "елка", id="yo"),
        pytest.param("cafe\u0301", "café", id="combining accent"),
        pytest.param("か\u3099く", "がく", id="voicing mark"),
        pytest.param("ｶﾞ", "ガ", id="half width kana"),
    ],
)
def test_spellings_of_a_word_have_one_form(one: str, other: str):
    assert normalize(one) == normalize(other)
    assert [w.form for w in words(one)] == [w.form for w in words(other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("كلب", "قلب"), ("سار", "صار"), ("12", "21"), ("بيت", "بنت"), ("한국", "한구"), ("かく", "がく")],
)
def test_different_words_keep_different_forms(one: str, other: str):
    assert normalize(one) != normalize(other)


@given(ANY_TEXT | SCRIPTS)
@example("İI\u0307\u0345ŉ\u1e9e")
@example("\u0958\u0929\u0340\u0344")
def test_normalizing_again_changes_nothing(text: str):
    assert normalize(normalize(text)) == normalize(text)


@given(ANY_TEXT | SCRIPTS)
def test_words_are_spans_of_the_text_in_order(text: str):
    found = words(text)
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert all(w.form and w.form == normalize(text[w.start : w.end]) for w in found)
    assert [w.start for w in found] == sorted({w.start for w in found})
    assert [w.end for w in found] == sorted(w.end for w in found)


@given(ANY_TEXT | SCRIPTS)
def test_every_letter_and_digit_is_in_a_word(text: str):
    covered = {at for w in words(text) for at in range(w.start, w.end)}
    assert all(at in covered for at, c in enumerate(text) if c.isalnum() and normalize(c))


@given(ANY_TEXT | SCRIPTS)
def test_terms_are_those_of_the_words(text: str):
    assert terms(text) == [term for w in words(text) for term in word_terms(w.form)]
    assert all(terms(text))


def test_offsets_stand_on_the_written_word():
    text = "زارَ الوَفْدُ، «مـوسكو» في ٢٠٢٤."
    assert [(text[w.start : w.end], w.form) for w in words(text)] == [
        ("زارَ", "زار"),
        ("الوَفْدُ", "الوفد"),
        ("مـوسكو", "موسكو"),
        ("في", "في"),
        ("٢٠٢٤", "2024"),
    ]


def test_digits_part_from_letters():
    assert [w.form for w in words("ميغ29 COVID19 ٢٥كم")] == ["ميغ", "29", "covid", "19", "25", "كم"]


def test_unspaced_scripts_give_overlapping_bigrams():
    assert [w.form for w in words("北京大学 東")] == ["北京", "京大", "大学", "東"]
    assert [w.form for w in words("Xi在北京x")] == ["xi", "在北", "北京", "x"]


@pytest.mark.parametrize("word", ["हिन्दी", "বাংলা", "தமிழ்", "שָׁלוֹם", "الرَّحۡمَٰن", "kö\u0308ln"], ids=ascii)
def test_marks_of_any_script_do_not_break_a_word(word: str):
    assert [(w.start, w.end) for w in words(f"({word})")] == [(1, 1 + len(word))]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("والوزير", "وزير"),  # the longest prefix first, and one prefix only
        ("بالمدينه", "مدين"),
        ("الصواريخ", "صواريخ"),
        ("للجيش", "جيش"),
        ("مهندسون", "مهندس"),
        ("اتفاقيات", "اتفاقي"),  # one ending only
        ("بيت", "بيت"),  # three letters stay
        ("ولد", "ولد"),
        ("moscow", "moscow"),
        ("2024", "2024"),
    ],
)
def test_light_stems(form: str, expected: str):
    assert stem(form) == expected


@given(SCRIPTS)
def test_stems_are_part_of_the_word_and_never_short(text: str):
    for word in words(text):
        base = stem(word.form)
        assert base in word.form
        assert base == word.form or len(base) >= 3


def test_terms_are_the_stem_and_its_three_grams():
    assert word_terms("الصواريخ") == ("صواريخ", "~صوا", "~وار", "~اري", "~ريخ")
    assert word_terms("مدن") == ("مدن", "~مدن")
    assert word_terms("من") == ("من",)
    assert word_terms("20240131") == ("20240131",)


def test_a_short_stem_meets_the_longer_words_it_is_part_of():
    assert set(word_terms("حرب")) & set(word_terms("حربيتان"))


def test_inflected_words_share_a_term():
    assert set(terms("والصاروخ")) & set(terms("صاروخ"))
    assert set(terms("بيونغيانغ")) & set(terms("لبيونغيانغ"))


def test_a_long_run_of_letters_is_not_kept_in_memory():
    tracemalloc.start()
    for number in range(20):
        assert len(terms(f"{'x' * 10_000}y{chr(ord('a') + number)}")) == 10_001
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000_000


@pytest.mark.parametrize(
    "hidden",
    ["\u202e", "\u2067", "\u200f", "\u00ad", "\u2060", "\ufeff", "\ufe0f", "\U000e0100", "\U000e0041\U000e007f"],
    ids=ascii,
)
def test_what_is_not_seen_hides_no_word(hidden: str):
    """Direction overrides, tag characters, variation selectors: the word is found, and marked where it stands."""
    (word,) = words(f"{hidden}الميـ{hidden}ناء{hidden}")
    assert word.form == normalize("الميناء")
    assert (word.start, word.end) == (len(hidden), len(hidden) + len(f"الميـ{hidden}ناء"))
    assert terms(f"Sho{hidden}igu") == terms("Shoigu")
    assert words(hidden * 3) == ()


@pytest.mark.parametrize(
    ("word", "arabic"), [("بيت", True), ("گل", True), ("ھر", True), ("house", False), ("5", False)]
)
def test_arabic_script_is_told_by_the_first_letter(word: str, arabic: bool):
    assert is_arabic(word) is arabic
    assert is_arabic(f"{word}ا") is arabic
    assert not is_arabic(f"x{word}")
