import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.decode import decode
from index.errors import DocumentError

ARABIC = "وصل الوفد إلى المدينة صباح اليوم، ثم غادر مساء بعد توقيع الاتفاق.\r\nوقال الوزير: «سنعمل معا»."
RUSSIAN = "Делегация прибыла в город утром, а вечером уехала.\r\nМинистр сказал: «Будем работать»."
PERSIAN = "وزیر خارجه صبح امروز به شهر رسید و شب بازگشت."
ENGLISH = "The delegation arrived in the morning.\r\nIt left at night.\n"
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
SHORT_ARABIC = ["السلام عليكم", "كم جنديا", "مرحبا", "نعم"]


@pytest.mark.parametrize("text", [ARABIC, RUSSIAN, PERSIAN, ENGLISH, "中文新闻报道，昨天在北京举行。", *SHORT_ARABIC])
@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode_round_trips(text: str, encoding: str):
    assert decode(text.encode(encoding), "text") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"),
        *((text, "cp1256") for text in SHORT_ARABIC),
        (ARABIC.replace("«", '"').replace("»", '"'), "iso8859-6"),
        (RUSSIAN, "cp1251"),
        ("МОСКВА", "cp1251"),
        ("Сколько", "cp1251"),
        ("Президент прибыл в город", "koi8-r"),
        ("Müller grüßt die Straße", "cp1252"),
        ("El niño llegó ayer", "cp1252"),
        ("Kaç asker öldü? İstanbul’da güneşli", "cp1254"),
        ("Zażółć gęślą jaźń", "cp1250"),
        ("中文新闻报道，昨天在北京举行。", "gb18030"),
        ("これは日本語の文章です。昨日、東京で。", "shift_jis"),
    ],
)
def test_older_encodings(text: str, encoding: str):
    assert decode(text.encode(encoding), "text") == text


WORDS = st.lists(st.sampled_from(ARABIC.replace("«", "").replace("»", "").split()), min_size=2, max_size=30)
RUSSIAN_WORDS = st.lists(st.sampled_from(RUSSIAN.split()), min_size=2, max_size=30)


@given(WORDS)
def test_any_arabic_words_in_windows_1256(words: list[str]):
    text = "قال الوزير " + " ".join(words)
    assert decode(text.encode("cp1256"), "text") == text


@given(RUSSIAN_WORDS)
def test_any_russian_words_in_windows_1251(words: list[str]):
    text = "Министр и " + " ".join(words)
    assert decode(text.encode("cp1251"), "text") == text


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc"))))
def test_any_utf8_text_comes_back_whole(text: str):
    # A leading mark is the encoding's; all that follows belongs to the text.
    assert decode(b"\xef\xbb\xbf" + text.encode(), "text") == text


def test_only_the_first_byte_order_mark_is_not_text():
    assert decode("\ufeff\ufeffword".encode(), "text") == "\ufeffword"


def test_a_page_is_read_in_the_encoding_it_declares():
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><p>Žluťoučký ñ'
    text = page.format("windows-1250").replace("ñ", "")
    assert decode(text.encode("cp1250"), "html") == text
    short = '<meta charset="iso-8859-5"><p>Да'  # two letters that nothing else could tell
    assert decode(short.encode("iso-8859-5"), "html") == short


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252", "windows-1251", "iso-8859-15", "koi8-r"])
def test_a_declared_encoding_in_which_nothing_is_a_word_is_ignored(name: str):
    text = f'<meta charset="{name}"><p>{ARABIC}'
    assert decode(text.encode("cp1256"), "html") == text


@pytest.mark.parametrize(
    ("name", "words"),
    [("iso-8859-7", "Η γέφυρα άνοιξε το πρωί"), ("windows-1255", "הגשר נפתח"), ("iso-8859-1", "© 25 °C")],
)
def test_a_declared_encoding_is_believed_where_likeness_tells_nothing(name: str, words: str):
    text = f'<meta charset="{name}"><p>{words}'
    assert decode(text.encode(name), "html") == text


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "rot13", "zlib", "utf-16", "no-such", "idna"])
def test_a_declared_encoding_that_cannot_be_right_is_ignored(name: str):
    text = f'<meta charset="{name}"><p>{ARABIC}'
    assert decode(text.encode("cp1256"), "html") == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00", "binary"),
        (b"word\x00word", "binary"),
        (bytes(range(1, 9)) * 20, "binary"),
        (b"\xef\xbb\xbfbad \xff\xfe", "UTF-8-SIG"),
        (b"\xff\xfe\x00\xd8\x00", "UTF-16"),
        (ARABIC.encode()[:40] + b"\xff\xfe\xc0" + b"\x81\x8d" * 9, "neither"),
        # Two encodings in one file: which part is right nobody can tell.
        (f"{ARABIC} ".encode() * 9 + ARABIC.encode("cp1256"), rf"byte {len(f'{ARABIC} '.encode()) * 9:,} is 0x"),
        (RUSSIAN.encode("cp1251") + b" " + ARABIC.encode("cp1256"), "neither"),
        ("Да ".encode("cp1251") + "مرحبا".encode("cp1256"), "neither"),
        ("نعم".encode("cp1256") + b" " + "да".encode(), "neither"),
        ("да ".encode() + "نعم ".encode("cp1256"), "neither"),
        ("سل".encode("utf-16-le") + "نعم".encode(), "binary"),
        ("سل ".encode("utf-16-le") + "نع".encode(), "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str):
    with pytest.raises(DocumentError, match=reason):
        decode(data, "text")


def test_noise_is_refused():
    random_bytes = random.Random(7).randbytes
    accepted = 0
    for _ in range(200):
        try:
            decode(random_bytes(400), "text")
        except DocumentError:
            continue
        accepted += 1
    assert accepted == 0


@given(st.binary(max_size=200), st.sampled_from(["text", "html"]))
def test_any_bytes_end_in_text_or_a_known_error(data: bytes, format: str):  # noqa: A002
    try:
        text = decode(data, "html" if format == "html" else "text")
    except DocumentError:
        return
    assert len(text) <= len(data)
