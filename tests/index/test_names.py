"""What a question and a text share in any spelling or script, and what the text does not hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names import find, matches, mentions, numbers, terms, unmatched

TEXT = "وعد شويغو بإرسال خمسة آلاف عامل من كوريا الشمالية إلى كورسك في يونيو 2025."


@pytest.mark.parametrize(
    "question",
    [
        "كم عاملا يرسل شويجو إلى كورسك؟",
        "كم عاملا ترسل بيونغ يانغ؟",
        "How many North Koreans will Shoigu send to Kursk?",
        "Will Pyongyang send 5,000 workers in June 2025?",
        "Сколько корейцев Шойгу отправит в Курск в июне?",
        "شویگو چند کارگر کره‌ای می‌فرستد؟",
        "هل يرسل ٥٠٠٠ عامل؟",
    ],
)
def test_a_text_holds_names_in_any_spelling(question: str):
    assert unmatched(question, TEXT) == ()


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("كم عاملا ترسل الصين إلى كورسك؟", ("الصين",)),
        ("How many workers will China send?", ("China",)),
        ("Сколько китайских рабочих?", ("китайских",)),
        ("چند کارگر ایرانی؟", ("ایرانی",)),
        ("هل ترسل كوريا الجنوبية عمالا؟", ("كوريا الجنوبية",)),
        ("هل يرسل ٦٠٠٠ عامل؟", ("٦٠٠٠",)),
        ("هل يرسل ستة آلاف عامل في يوليو؟", ("ستة آلاف", "يوليو")),
        ("What did Lavrov promise?", ("Lavrov",)),
        ("بماذا وعد لافروف؟", ("لافروف",)),
        ("Was hat Lawrow versprochen?", ()),  # every noun has a capital in German
    ],
)
def test_what_a_text_does_not_hold(question: str, missing: tuple[str, ...]):
    assert unmatched(question, TEXT) == missing


def test_the_koreans_beside_south_korea_are_not_the_north():
    assert unmatched("كم جنديا كوريا شماليا؟", "الكوريون في كوريا الجنوبية") == ("كوريا شماليا",)
    assert unmatched("كم جنديا كوريا شماليا؟", "الكوريون") == ()


def test_a_date_of_the_document_holds_the_year_and_month():
    assert unmatched("When in June 2025?", "Published 2025-06-18") == ()


def test_terms_are_free_of_language():
    arabic = mentions("زار شويغو الصين في يونيو ومعه ألفا جندي")
    assert {"=XwyKw", "@cn", "%6", "#2000"} <= arabic
    assert {"=XwyKw", "@cn", "%6", "#2000"} <= mentions("In June Shoigu went to China with 2,000 men")
    assert {"=XwyKw", "@cn", "%6", "#2000"} <= mentions("В июне Шойгу побывал в Китае, с ним 2000 солдат")


def test_a_place_brings_the_places_it_lies_in():
    assert terms("Pyongyang") == ["@korea", "@korea.north", "@korea.north.capital"]


def test_words_without_capitals_are_names_only_in_a_text_without_capitals():
    assert "=XwyKw" in mentions("who is shoigu")
    assert "=BLDRS" not in mentions("Five builders came")


def test_numbers_are_values():
    assert numbers("خمسة آلاف و٣٠ و1.5") == {"5000", "30", "1.5"}


def test_matches_mark_words_across_spellings_and_scripts():
    text = "Shoigu: 5000 عامل سيصلون إلى كورسك. والعمال من الصين."
    spans = matches("كم عامل وعد شويجو؟ خمسة آلاف إلى Kursk من China", text)
    assert [text[start:end] for start, end in spans] == ["Shoigu", "5000", "عامل", "إلى", "كورسك", "الصين"]


@given(st.text(st.sampled_from("شويغو كوريا الصين Shoigu China 5,000 خمسةآلاف.\u200c\ud800北"), max_size=60))
def test_mentions_and_matches_are_spans_of_the_text(text: str):
    assert all(0 <= m.start < m.end <= len(text) and m.terms for m in find(text))
    spans = matches("شويغو China 5000", text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
    assert unmatched(text, text) == ()


def test_the_word_that_opens_a_question_is_no_name():
    assert mentions("Did Shoigu come?") == {"=XwyKw"}
    assert mentions("Shoigu came.") == {"=XwyKw"}
