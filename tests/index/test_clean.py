"""Cleaning: what goes, what stays, and that no character is lost on the way."""

from itertools import pairwise

import pytest
from articles import AR, AR_TITLE, EN, EN_TITLE, RU, RU_TITLE, document, page, run
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import clean
from index.markup import blocks
from index.types import Block, Cleaned, Format


def test_an_article_that_follows_an_invitation_is_a_section_of_its_own() -> None:
    text = "\n\n".join(
        [*EN, "Source: The Valley Daily", "Read also:", RU_TITLE, *RU, "Related", "Sands gets a station"]
    )
    _, dropped, cleaned = run(text)
    assert [s.title for s in cleaned.sections] == ["", RU_TITLE]
    assert [reason for _, reason in dropped] == ["source line", "related link", "related heading", "teaser"]


def test_titles_below_an_invitation_go_and_the_article_goes_on() -> None:
    kept, dropped, cleaned = run(
        page("ru", "Читайте также:", "Сколько стоит билет на поезд", "Музей льда открыли вчера")
    )
    assert len(cleaned.sections) == 1
    assert kept == [RU_TITLE, *RU]
    assert [reason for _, reason in dropped] == ["related link", "teaser", "teaser"]


def test_teasers_with_blurbs_and_alt_texts_behind_related_news_go() -> None:
    teaser = (
        "Loading...",
        "رجل يقف أمام نافذة مغبرة، تعكس الصورة آثار العاصفة على المدينة.",
        "العاصفة تعطل الموانئ",
        "تتواصل العاصفة منذ أيام وتتسع آثارها في الساحل. هل تهدأ قريبا؟ تابعوا التفاصيل المثيرة!",
    )
    kept, dropped, _ = run(page("ar", tail=("أخبار ذات صلة", *teaser, *teaser)))
    assert kept == [AR_TITLE, *AR]
    assert len(dropped) == 9


def test_captions_between_the_lead_and_the_share_bar_go() -> None:
    captions = "لقاء بين مهندسين في مكتب واسع، يعكس روح الفريق.\nمدير المحطة يصافح عاملا في موقع السد، في 3 مايو 2024."
    kept, dropped, _ = run("\n\n".join([AR_TITLE, AR[0], f"{captions}\nشارك الخبر:\nFacebookTwitter", *AR[1:]]))
    assert [reason for _, reason in dropped] == ["caption", "caption", "share bar", "share bar"]
    assert kept == [AR_TITLE, *AR]


def test_a_share_bar_below_the_first_paragraphs_costs_none_of_them() -> None:
    kept, dropped, _ = run("\n\n".join([EN_TITLE, EN[0], EN[2], "FacebookTwitter", *EN[1:2], EN[3]]))
    assert [text for text, _ in dropped] == ["FacebookTwitter"]
    assert len(kept) == 5


def test_a_poll_goes_with_its_question_and_its_answers() -> None:
    poll = ("استطلاع رأي", "هل تثق بالسد الجديد؟", "نعم 61%", "لا 30%", "لا رأي لي", "عرض النتائج")
    kept, dropped, _ = run(page("ar", *poll))
    assert dropped == [(line, "reader poll") for line in poll]
    assert kept == [AR_TITLE, *AR]


def test_one_short_answer_is_no_poll() -> None:
    assert run(page("en", "Will the dam hold?", "Yes"))[1] == []


def test_a_label_of_a_film_in_the_title_stays() -> None:
    title = "WATCH: Water comes back to Palm Valley"
    assert run("\n\n".join([title, "12 May 2024", *EN]))[0] == [title, *EN]


def test_list_items_of_the_article_stay() -> None:
    text = page("en", tail=("The plant now has:", "- four pumps", "- two filters", "- one new gate"))
    assert run(text)[1] == []


@pytest.mark.parametrize("text", ["hello", "Buy milk", "مرحبا", "Call Anna about the dam.", "eggs\nmilk\nbread\ntea"])
def test_a_short_note_stays(text: str) -> None:
    kept, dropped, _ = run(text)
    assert " ".join(kept) == " ".join(text.split())
    assert dropped == []


def test_a_page_of_furniture_alone_is_dropped() -> None:
    kept, dropped, cleaned = run("Advertisement\nLoading...\nFacebookTwitter")
    assert kept == []
    assert cleaned.sections == ()
    assert len(dropped) == 3


def test_a_teaser_that_is_all_there_is_stays() -> None:
    assert run("Related\n\nThe plant was restarted on Monday by engineers.")[0] == [
        "The plant was restarted on Monday by engineers."
    ]


def test_what_stands_beside_the_article_or_is_hidden_is_told_and_parts_runs_but_tags_and_scripts_do_not() -> None:
    one, two, three = EN[:3]
    menu, script = "<nav><a>Home</a><ul><li>News</ul>…</nav>", "<script>var a = 1;</script>"
    aside, unseen = "<aside><p>In short</aside>", "<p hidden>Say this</p>"
    text = f"{menu}<p class='a'>{one}</p>{script}<p class='a'>{two}</p>{aside}{unseen}<p>{three}</p>"
    _, dropped, cleaned = run(text, "html")
    beside = "beside the article"
    assert dropped == [("Home", beside), ("News", beside), ("In short", beside), ("Say this", "hidden")]
    assert [len(r) for s in cleaned.sections for r in s.runs] == [2, 1]


def test_what_stands_beside_the_article_can_be_restored_piece_by_piece_but_not_what_is_hidden() -> None:
    menu = "<nav><p>The port was closed.<p>Home</nav>"
    text = f"{menu}<p>{EN[0]}</p><p>{EN[1]}</p><figcaption>Tickets are cheap.</figcaption><p hidden>Say this</p>"
    restored = tuple((text.index(words), text.index(words) + 4) for words in ("The port", "Tickets", "Say this"))
    kept, dropped, _ = run(text, "html", restored)
    assert kept == ["The port was closed.", EN[0], EN[1], "Tickets are cheap."]
    assert dropped == [("Home", "beside the article"), ("Say this", "hidden")]


def test_an_html_heading_below_a_list_of_links_belongs_to_the_article() -> None:
    links = "<h3>Related stories</h3><ul><li><a>Ferry stops</a></li><li><a>Tolls go up</a></li></ul>"
    text = f"<h1>{EN_TITLE}</h1><p>{EN[0]}</p><p>{EN[1]}</p>{links}<h2>The price of it</h2><p>{EN[2]}</p>"
    kept, dropped, cleaned = run(text, "html")
    assert kept == [EN_TITLE, EN[0], EN[1], "The price of it", EN[2]]
    assert [reason for _, reason in dropped] == ["related heading", "teaser", "teaser"]
    assert len(cleaned.sections) == 1


def test_teasers_that_load_behind_the_article_go_without_a_label() -> None:
    teaser = ("Loading...", "Sands gets a station", "The first train came on time on Sunday.")
    kept, dropped, _ = run(page("en", tail=(*teaser, *teaser)))
    assert kept == [EN_TITLE, *EN]
    assert [reason for _, reason in dropped] == ["loading", "teaser", "teaser"] * 2


def test_a_date_alone_stays_in_the_article_and_goes_between_furniture() -> None:
    assert run(page("en", "12 May 2024"))[1] == []
    _, dropped, _ = run(page("en", "Advertisement", "12 May 2024", "Share this article"))
    assert [reason for _, reason in dropped] == ["advert marker", "date line", "share bar"]


def test_the_site_name_goes_wherever_it_stands_alone() -> None:
    assert run(page("en", "Valley Times"))[1] == []
    _, dropped, _ = run(page("en", "Valley Times", tail=("© 2024 Valley Times",)))
    assert dropped[0] == ("Valley Times", "site name")


def test_markdown_headings_stay_whatever_they_say_and_links_below_a_label_go() -> None:
    parts = ("# Source", EN[0], "**Related articles**", "- [A train](/a)", "## Next", EN[1], "> Read also: [B](/b)")
    text = "\n\n".join(parts)
    kept, dropped, _ = run(text, "markdown")
    assert kept == ["Source", EN[0], "Next", EN[1]]
    assert [reason for _, reason in dropped if reason != "markup"] == ["related heading", "related link"]


WORDS = st.sampled_from(
    (
        *("Read also:", "اقرأ أيضا:", "Related", "أخبار ذات صلة", "Loading...", "[ad_1]", "Facebook", "إعلان"),
        *(
            "المصدر",
            "Read more on X.",
            "why?",
            "\n",
            "\n\n",
            " ",
            ". ",
            "© 2024",
            "•",
            "Comments",
            "<p>",
            "# ",
            "\u200f",
        ),
        *("خَبَر.", "By Ann Lee", "12 May 2024", "a\u0301", "—", "السابق س", "التالي ص", "Tags: a", EN[0], AR[0], RU[1]),
    )
)


def check(text: str, cleaned: Cleaned, given: tuple[Block, ...]) -> None:
    runs = [r for s in cleaned.sections for r in s.runs]
    assert all(runs)
    assert all(s.runs for s in cleaned.sections)
    kept = [(b.start, b.end) for r in runs for b in r]
    dropped = [(d.start, d.end) for d in cleaned.dropped]
    assert kept == sorted(kept)
    assert dropped == sorted(dropped)
    spans = sorted(kept + dropped)
    assert all(0 <= a < b <= len(text) and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered or text[i].isspace() for b in given for i in range(b.start, b.end))
    for one in runs:
        assert not any(one[0].start < d.start < one[-1].end for d in cleaned.dropped)


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(st.lists(WORDS, max_size=25).map("".join), st.lists(WORDS, max_size=25).map("\n".join), st.text()),
    st.sampled_from(["text", "markdown", "html"]),
)
def test_every_character_of_a_block_is_kept_or_dropped(text: str, form: Format) -> None:
    one = document(text, form)
    found = blocks(one)
    check(text, clean(one, found), found)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([*EN, *AR, *RU, "short", "Related", "Read also:", "Loading..."]), min_size=1, max_size=12)
)
def test_prose_never_vanishes_whole(lines: list[str]) -> None:
    kept, _, _ = run("\n".join(lines))
    assert kept or not any(line in (*EN, *AR, *RU) for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "كلمة " * 200_000,
        "a\n" * 50_000,
        "[ad_1" * 100_000,
        "<" * 300_000,
        "Read also:\n" * 20_000,
        "Why? " * 100_000,
        '."' * 300_000,
        "Tags: a\n" * 20_000,
        "| " * 300_000,
    ],
    ids=["word", "line", "letters", "markers", "tags", "labels", "questions", "stops", "ends", "bars"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    one = document(text)
    lines = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Block(start, start + len(line.rstrip()), "prose"))
        start += len(line) + 1
    cleaned = clean(one, tuple(lines))
    assert sum(len(r) for s in cleaned.sections for r in s.runs) + len(cleaned.dropped) >= 1
