from datetime import date

import pytest

from index.frontpage import FrontPage, read_front_page
from index.markup import blocks
from index.types import Document, Format

BODY = (
    "وصل الوفد إلى المدينة صباح الاثنين في 5 مايو 2024، وبحث مع الوزير بناء جسر جديد فوق النهر "
    "قبل أن يغادر في المساء إلى العاصمة."
)


def read(text: str, format: Format = "text") -> FrontPage:  # noqa: A002
    document = Document("0" * 16, "a", "a", text, "und", None, format)
    return read_front_page(document, blocks(document))


@pytest.mark.parametrize(
    "above",
    [
        "",
        "أخبار عاجلة\n\n",
        "[ad_1]\n",
        "الجسر logo\n\n",
        "الضفة _ متابعات\n",
        "13 سبتمبر 2023\n",
        "Facebook Twitter\n",
        "***\n",
        "بقلم: سعيد\n",
        "By Jane Roe\n",
        "كتب - سعيد أحمد\n",
        "تم نشره 2023-09-13\n",
    ],
)
def test_the_first_headline_is_the_title(above: str):
    assert read(f"{above}افتتاح  الجسر\tالجديد\n\n{BODY}").title == "افتتاح الجسر الجديد"


def test_the_name_of_the_site_above_a_headline_is_no_title():
    assert read(f"الضفة نيوز\n\nافتتاح الجسر الجديد فوق النهر\n\n{BODY}").title == "افتتاح الجسر الجديد فوق النهر"
    assert read(f"بوابة الضفة\nالرئيسية | محليات | رياضة\n\nافتتاح الجسر فوق النهر\n\n{BODY}").title.startswith(
        "افتتاح"
    )
    assert read(f"الضفة نيوز\n\nصوت المدينة\n\n{BODY}").title == "الضفة نيوز"


def test_prose_gives_its_beginning_as_title():
    title = read(f"[ad_1]\n{BODY}\nعنوان لاحق\n{BODY}").title
    assert title.endswith("…")
    assert BODY.startswith(title[:-1])
    assert 60 < len(title) <= 81


def test_no_lines_no_title():
    assert read("***\n---") == FrontPage("", None)


@pytest.mark.parametrize(
    "line",
    [
        "13 سبتمبر 2023",
        "الأربعاء 13 سبتمبر 2023 - 6:30 صباحًا",
        "نُشر في: 13 سبتمبر 2023",
        "تاريخ النشر: 13/9/2023 | الكاتب سعيد",
        "Published: September 13, 2023 at 6:30 pm",
        "Wednesday, 13 September 2023, 06:30 GMT",
        "Опубликовано: 13 сентября 2023 года",
        "تاریخ انتشار: ۲۲ شهریور ۱۴۰۲",
        "2023-09-13T06:30:00+03:00",
        "تم نشره 2023-09-13",
        "13 سبتمبر 2023 | أحوال المدينة",
        "By Bridge Times staff, September 13, 2023",
        "۲۲ شهریور ۱۴۰۲ - ۱۳ سپتامبر ۲۰۲۳",
        "الأربعاء 28 صفر 1445 هـ",
        "الأربعاء 28/2/1445 هـ",
        "1445/02/28هـ",
        "نُشر في: 28 صفر الخير 1445هـ",
        "28-2-1445 هجرية",
        "27/2/1445هـ - 13/9/2023م",
        "28 صفر 1445هـ - 13 سبتمبر 2023م",
        "الأربعاء 27 صفر 1445 هـ الموافق 13 سبتمبر 2023 م",
        "الأربعاء 13 سبتمبر 2023 الموافق 27 صفر 1445 هـ",
    ],
)
@pytest.mark.parametrize("layout", ["{}\n\n{body}", "عنوان قصير\n{}\n\n{body}", "عنوان\n\n{body}\n\n{}\n\n{body}"])
def test_a_date_line_near_the_top_dates_the_document(line: str, layout: str):
    assert read(layout.format(line, body=BODY)).published == date(2023, 9, 13)


@pytest.mark.parametrize(
    "opening",
    [
        "بيونغ يانغ، 13 سبتمبر 2023 — قال الوزير إن الجسر سيفتح.",
        "بيونغ يانغ، 13 سبتمبر 2023 (وكالة) - قال الوزير إن الجسر سيفتح.",
        "SEOUL, Sept. 13, 2023 (Agency) — The bridge will open.",
        "МОСКВА, 13 сентября 2023. /Агентство/. Мост откроется.",
        "الرياض، 28/2/1445 هـ - قال الوزير إن الجسر سيفتح.",
    ],
)
def test_a_dateline_opens_the_first_paragraph(opening: str):
    assert read(f"عنوان\n\n{opening}").published == date(2023, 9, 13)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"عنوان\n\n{BODY}",
        "عنوان\n\nقال الوزير في 13 سبتمبر 2023 إن الجسر سيفتح.",
        "عنوان\n\nقال الوزير في 28/2/1445هـ إن الجسر سيفتح.",
        "عنوان\n\nافتتح الجسر، 28 صفر الخير 1445 هـ كان يوم الافتتاح.",
        "اجتماع 28/2/1445 هـ",
        "عنوان\n\nافتتح الجسر، 13 سبتمبر 2023 كان يوم الافتتاح.",
        "عنوان\n\nنشرت الوزارة في 13 سبتمبر 2023 بيانا عن الجسر.",
        "اجتماع 13 سبتمبر 2023",
        f"عنوان\n\n{BODY}\n\nأخبار قد تهمك جسر آخر 13 سبتمبر 2023 - 6:30 صباحًا جسر ثالث 12 سبتمبر 2023",
        f"عنوان\n\n{BODY}\n\nأخبار قد تهمك\nجسر آخر\n13 سبتمبر 2023\n",
        f"عنوان\n\n{BODY}\n{BODY}\n{BODY}\n13 سبتمبر 2023\n",
        "عنوان\n4 يونيو\n\nوصل الوفد.",
    ],
)
def test_a_date_elsewhere_does_not(text: str):
    assert read(text).published is None


def test_markdown_front_matter():
    text = '---\ntitle: "الجسر"\ndate: 2023-09-13\n---\n# عنوان آخر\n\nنص.'
    assert read(text, "markdown") == FrontPage("الجسر", date(2023, 9, 13))


def test_markdown_heading():
    assert read("نص أول.\n\n## الجسر *الجديد*\n", "markdown").title == "الجسر الجديد"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>الجسر &amp; النهر</title>", "", "الجسر & النهر"),
        ("<title>The bridge | Agency</title>", "<h1>The <b>bridge</b></h1>", "The bridge"),
        ('<title>The bridge - Agency</title><meta property="og:title" content="The bridge">', "", "The bridge"),
        ("", "<h1><img></h1><h1>The\n bridge</h1>", "The bridge"),
        ('<meta property="og:title" content="The &quot;bridge&quot;">', "", 'The "bridge"'),
        ("<title></title>", "", "Words."),
        ("<title>never closed", "", "never closed"),
    ],
)
def test_html_title(head: str, body: str, title: str):
    assert read(f"<html><head>{head}</head><body>{body}<p>Words.</p></body></html>", "html").title == title


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:published_time" content="2023-09-13T06:30:00Z">',
        '<meta itemprop="datePublished" content="2023-09-13">',
        '<meta name="dcterms.date" content="2023-09-13">',
        '<script type="application/ld+json">{"datePublished": "2023-09-13T06:30"}</script>',
        '<time datetime="2023-09-13">yesterday</time>',
        '<nav><time datetime="2021-01-01"></time></nav><article><time datetime="2023-09-13"></time></article>',
        "<p>Published: 13 September 2023</p>",
    ],
)
def test_html_date(markup: str):
    assert read(f"<title>x</title>{markup}<p>Words.</p>", "html").published == date(2023, 9, 13)


@pytest.mark.parametrize(
    ("text", "format", "language"),
    [
        ("<!doctype html><html dir=rtl lang='ar-EG'><p>Words.", "html", "ar-EG"),
        ("<html xmlns='http://www.w3.org/1999/xhtml' xml:lang='ku'><p>Words.", "html", "ku"),
        ("<html lang=''><meta http-equiv='Content-Language' content='de, en'><p>Words.", "html", "de, en"),
        ("<meta name='dc.language' content='fr'><p>Words.", "html", "fr"),
        ("<p lang='de'>Words.", "html", ""),
        ("---\ntitle: a\nlang: 'de'\n---\n\nWords.", "markdown", "de"),
        ('+++\nlanguage = "de-AT"\n+++\n\nWords.', "markdown", "de-AT"),
        ("Words.\n\nlang: de\n", "markdown", ""),
        ("lang: de\n\nWords.", "text", ""),
    ],
)
def test_the_language_a_document_says_it_is_in(text: str, format: Format, language: str):  # noqa: A002
    assert read(text, format).language == language


def test_times_of_other_articles_do_not_date_a_page():
    page = '<time datetime="2021-01-01"></time><p>Words.</p><time datetime="2022-01-01"></time>'
    assert read(page, "html").published is None


@pytest.mark.parametrize(
    ("text", "format", "author", "source"),
    [
        ("عنوان الخبر\nبقلم: سعيد أحمد\nالمصدر: وكالة الضفة\n\n{body}", "text", "سعيد أحمد", "وكالة الضفة"),
        ("The bridge\nBy Jane Roe\nSource: River Times\n\n{body}", "text", "Jane Roe", "River Times"),
        ("---\ntitle: a\nauthor: سعيد\nsource: الضفة\n---\n\n{body}", "markdown", "سعيد", "الضفة"),
        (
            "<meta name=author content='سعيد أحمد'><meta property='og:site_name' content='بوابة الضفة'><p>{body}",
            "html",
            "سعيد أحمد",
            "بوابة الضفة",
        ),
        ("عنوان الخبر\n\n{body}\n\nقال سعيد إن المصدر: معروف.", "text", "", ""),
    ],
)
def test_author_and_source(text: str, format: Format, author: str, source: str):  # noqa: A002
    front = read(text.format(body=BODY), format)
    assert (front.author, front.source) == (author, source)
