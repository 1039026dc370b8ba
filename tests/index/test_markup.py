import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markup import blocks, plain
from index.types import Document, Format

PROSE = (
    "The delegation arrived in the harbour town on Monday and stayed for three days of talks, "
    "after which both ministers signed a protocol about the railway bridge over the river. "
    "A spokesman said that work would begin in spring and that eighty engineers were ready."
)


def read(text: str, format: Format) -> list[tuple[str, str]]:  # noqa: A002
    document = Document("0" * 16, "a.txt", "a", text, "und", None, format)
    return [(block.kind, text[block.start : block.end]) for block in blocks(document)]


def shown(text: str, format: Format) -> list[str]:  # noqa: A002
    return [plain(block, format) for _, block in read(text, format)]


# text


def test_each_line_of_text_is_a_block():
    assert read("وصل الوفد صباحا.\r\n\r\n  ثم غادر مساء. \n", "text") == [
        ("prose", "وصل الوفد صباحا."),
        ("prose", "ثم غادر مساء."),
    ]


@pytest.mark.parametrize(
    "text",
    ["عنوان قصير\nوصل الوفد صباحا.", "جملة سابقة تنتهي هنا.\n\nعنوان قصير\n\nسطر آخر", "عنوان قصير\r\n\r\nسطر.\r\n"],
)
def test_a_short_line_above_prose_is_a_heading(text: str):
    assert ("heading", "عنوان قصير") in read(text, "text")


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوفد.\nثم غادر.",  # ends like a sentence
        "هل وصل الوفد؟\nنعم.",
        "وقال الوزير:\nوصلنا.",
        "أحمد\nمحمود\nسعيد",  # a list
        "- بند أول\nوصل الوفد.",
        "2023\nوصل الوفد.",  # no letter
        "آخر سطر في الملف",
        "ك" * 130 + "\nوصل الوفد.",
    ],
)
def test_what_is_not_a_heading(text: str):
    assert all(kind == "prose" for kind, _ in read(text, "text"))


def test_wrapped_lines_are_joined_into_paragraphs():
    paragraphs = [PROSE, PROSE.replace("Monday", "Tuesday")]
    text = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)
    assert shown(text, "text") == paragraphs
    assert all(block in text for _, block in read(text, "text"))


def test_wrapped_paragraphs_without_a_blank_line_between_stay_apart():
    first, second = f"{PROSE} It was late.", PROSE
    text = f"{textwrap.fill(first, 72)}\n{textwrap.fill(second, 72)}\n"
    assert shown(text, "text") == [first, second]


def test_lines_broken_by_hand_are_joined_too():
    lines = [
        "The delegation arrived in the harbour town on the Monday of that week,",
        "so that both ministers had three whole days to speak about the bridge",
        "before their ship left the town again with all of the eighty engineers",
        "on board.",
    ]
    assert shown("A heading\n\n" + "\n".join(lines), "text") == ["A heading", " ".join(lines)]


def test_lines_that_are_paragraphs_are_not_joined():
    lines = [f"{PROSE[: 60 + 9 * n].rsplit(' ', 1)[0]}." for n in range(6)]
    assert shown("\n".join(lines), "text") == lines


# markdown

MARKDOWN = """---
title: not content
---
# A *heading* ##
One line
and **another** with [words](http://x.test/a_(b) "title").
<!-- not
content -->
- first item
  goes on
- [only a link](http://x.test)
- [x] done

> quoted
> twice

Underlined
==========
![image](a.png)
https://x.test/only

| a | b |
|---|---|
| 1 | 2 |

```
code
```
[ref]: http://x.test
1. ordered
"""


def test_markdown_blocks():
    assert [(kind, plain(text, "markdown")) for kind, text in read(MARKDOWN, "markdown")] == [
        ("heading", "A heading"),
        ("prose", "One line and another with words."),
        ("prose", "first item goes on"),
        ("prose", "done"),
        ("prose", "quoted twice"),
        ("heading", "Underlined"),
        ("prose", "a | b"),
        ("prose", "1 | 2"),
        ("prose", "code"),
        ("prose", "ordered"),
    ]


def test_a_markdown_heading_leaves_its_marks_out():
    assert read("## عنوان ##\n", "markdown") == [("heading", "عنوان")]


def test_markdown_notes_are_read_and_their_marks_are_not():
    found = read("انتهى البناء[^1] أمس.\n\n[^1]: بدأ قبل\n    عامين.\n[link]: http://x.test\n", "markdown")
    assert [" ".join(plain(text, "markdown").split()) for _, text in found] == ["انتهى البناء أمس.", "بدأ قبل عامين."]


def test_prose_above_a_line_of_dashes_is_not_lost_to_headings():
    assert read(f"{PROSE}\n---\nmore", "markdown")[0] == ("prose", PROSE)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("**bold** and *thin* and __both__", "bold and thin and both"),
        ("half of a **bold sentence.", "half of a bold sentence."),
        ("2 * 3 = 6, 2*3, snake_case_name", "2 * 3 = 6, 2*3, snake_case_name"),
        (r"\*not\* \_emphasis\_", "*not* _emphasis_"),
        ("`code` ~~gone~~", "code gone"),
        ("![alt](a.png) [![alt](b.png) text](http://x.test)", "text"),
        ("AT&amp;T <b>x</b> <https://x.test/y>", "AT&T x https://x.test/y"),
        ("في **2023** وصل", "في 2023 وصل"),
    ],
)
def test_markdown_as_seen(source: str, seen: str):
    assert plain(source, "markdown") == seen


# html


def test_html_blocks():
    page = """<!DOCTYPE html><html><head><title>Site</title><style>p{}</style></head><body>
    <header><a>Menu</a></header><nav>Home</nav>
    <article><header><h1>The <em>bridge</em></h1></header>
    <p>First&nbsp;<a href="x>y">words</a> here.<p>Second<br>line &lt;3<br> <br/>Third
    <div hidden>no</div><div aria-hidden="true">no</div><div style="color:red; DISPLAY : none">no</div>
    <script>var a = "<p>no</p>";</script><template><p>no</p></template><svg><text>no</text></svg>
    <table><tr><td>a<td>b<tr><td>c</table><figure><figcaption>no</figcaption></figure>
    <ul><li>one<li>two</ul><button>no</button><form><p>no</form></article>
    <aside>no</aside><footer>no</footer> tail &nbsp; </body></html>"""
    assert [(kind, plain(text, "html")) for kind, text in read(page, "html")] == [
        ("heading", "The bridge"),
        ("prose", "First words here."),
        ("prose", "Second line <3"),
        ("prose", "Third"),
        ("prose", "a b"),
        ("prose", "c"),
        ("prose", "one"),
        ("prose", "two"),
        ("prose", "tail"),
    ]


def test_an_html_span_runs_from_its_first_to_its_last_character():
    assert read("<p> <b>وصل</b> الوفد&nbsp;</p>", "html") == [("prose", "وصل</b> الوفد")]


def test_a_page_that_is_one_form_is_still_read():
    assert shown("<body><form><p>Words.</p><nav>no</nav></form></body>", "html") == ["Words."]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Words.",
        "<div><aside>no</div><p>Words.",
        "</p></div></aside><p>Words.</q>",
        '<p title="a > b">Words.',
        "<!-- a <p>no</p> --><p>Words.",
        "<head><title>no</title><body><p>Words.",
        "<P CLASS=x>Words.</P>",
        "<title>no<p>Words.",
        "<title>no</title><p>Words.",
        "<div><style>no</div><p>Words.",
        "<data-hidden><p data-x='a hidden b'>Words.",
    ],
)
def test_sloppy_html(page: str):
    assert shown(page, "html") == ["Words."]


def test_html_as_seen():
    assert plain("a<b>b</b>c<br>d<!-- x --><script>e</script> &amp;&#1583;", "html") == "abc d &د"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "words" + "</div>" * 100_000,
        "<p>words</p>" + "<div>" * 100_000 + "</span>" * 100_000,
        "words" + "<a " * 200_000,
        "words" + "<!" * 200_000,
        "words" + "<script>" * 200_000,
        "words" + '<a "' * 200_001,
        "words " + "< " * 200_000,
    ],
    ids=["deep", "stray end tags", "open tags", "declarations", "scripts", "quotes", "signs"],
)
def test_hostile_html_is_read_in_one_go(page: str):
    # A reader that backtracks or recurses would run into the suite's timeout, or the recursion limit.
    assert shown(page, "html")[0].startswith("words")


@pytest.mark.parametrize(
    "unit", ["[a](", "![", "**", "<!--", "| ", "> ", "- ", "# ", "` ", '[a](b "', "__a", "-|", "\\"]
)
def test_hostile_markdown_is_read_in_one_go(unit: str):
    text = unit * 50_000
    blocks(Document("0" * 16, "a.md", "a", text, "und", None, "markdown"))
    plain(text, "markdown")


MARKS = st.sampled_from(
    [
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "# ",
        "---",
        "```",
        "> ",
        "- ",
        "|",
        "**",
        "[",
        "](x)",
        "<!--",
        "-->",
        "<p>",
        "</p>",
        "<br>",
        "<div hidden>",
        "</div>",
        "<script>",
        "&nbsp;",
        "<",
        ">",
        "\u00a0",
        "\u200f",
        "ة",
        "كلمة",
        "\u0085",
        "\u2028",
        '"',
    ]
)
SOURCES = st.one_of(st.text(), st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=40).map("".join))


@given(SOURCES, st.sampled_from(["text", "markdown", "html"]))
def test_blocks_are_ordered_apart_trimmed_and_not_empty(text: str, format: Format):  # noqa: A002
    position = 0
    for block in blocks(Document("0" * 16, "a", "a", text, "und", None, format)):
        assert position <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        position = block.end


@given(SOURCES)
def test_all_words_of_text_stand_in_blocks(text: str):
    assert "".join("".join(block for _, block in read(text, "text")).split()) == "".join(text.split())


@given(SOURCES, st.sampled_from(["text", "markdown", "html"]))
def test_what_is_seen_is_one_trimmed_line(text: str, format: Format):  # noqa: A002
    seen = plain(text, format)
    assert seen == " ".join(seen.split())
