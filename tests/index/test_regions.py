"""Which elements of a page are furniture: by name, by links, by their place beside the article."""

from time import perf_counter

import pytest

from index.regions import furniture, is_called_furniture

PROSE = (
    "<p>" + "The delegation arrived in the town on Monday and met the mayor before noon, officials said. " * 2 + "</p>"
)
LINKS = "".join(f'<li><a href="/{n}">A headline of another story, number {n}</a></li>' for n in range(4))


def dropped(page: str) -> list[str]:
    """The first words of the tags that are furniture, in text order."""
    return [page[start + 1 : start + 25].split(">")[0] for start in sorted(furniture(page))]


@pytest.mark.parametrize(
    "given",
    [
        {"class": "site-nav"},
        {"class": "post-tags clearfix"},
        {"class": "relatedPosts"},
        {"id": "comments"},
        {"class": "mostRead box"},
        {"class": "sidebar_read_also"},
        {"role": "navigation"},
        {"role": " Banner "},
        {"class": "article widgets"},
    ],
)
def test_names_of_furniture(given: dict[str, str]):
    assert is_called_furniture(given)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"class": "article-body"},
        {"class": "shareholders"},
        {"id": "content"},
        {"class": "reading most"},
        {"class": "post category-newsletter tag-banner"},
        {"class": "css-1ad2kw"},
    ],
)
def test_other_names(given: dict[str, str]):
    assert not is_called_furniture(given)


def test_what_is_called_furniture_goes_unless_most_of_the_prose_is_in_it():
    assert dropped(f"<div class=body>{PROSE * 3}<div class=promo>{PROSE}</div></div>") == ["div class=promo"]
    assert dropped(f"<div class='page with-sidebar'><h1>Title</h1>{PROSE * 3}</div>") == []


def test_the_only_title_stays_whatever_is_around_it_called():
    assert dropped(f"<div class=masthead><h1>The title</h1></div><div>{PROSE * 3}</div>") == []
    page = f"<div class=masthead><h1>The paper</h1></div><div><h1>The title</h1>{PROSE * 3}</div>"
    assert dropped(page) == ["div class=masthead"]
    links = "<a href=/p>Politics</a> <a href=/w>World</a> <a href=/b>By the editors of the paper</a>"
    assert dropped(f"<div class=top>{links}<h1>Short</h1></div><div>{PROSE * 3}</div>") == []


def test_names_that_would_leave_little_prose_say_nothing():
    paragraphs = "".join(f"<div class=promo-text>{PROSE}</div>" for _ in range(4))
    assert dropped(f"<div><h1>Title</h1>{paragraphs}</div>") == []
    assert dropped(f"<div><h1>Title</h1>{PROSE * 5}{paragraphs}</div>") == ["div class=promo-text"] * 4


def test_words_of_a_sentence_stay_whatever_they_are_called():
    page = f"<div>{PROSE}<p>He met <a class=keyword href=/k>the mayor</a> and <span class=share>left</span>.</p></div>"
    assert dropped(page) == []


def test_what_is_not_seen_is_no_prose():
    unseen = f"<div style='display:none'>{PROSE * 9}</div><footer>{PROSE * 9}</footer><title>{PROSE}</title>"
    assert dropped(f"{unseen}<div class=menu>Home</div><div id=x>{PROSE * 2}</div>") == ["div class=menu"]


def test_what_the_page_breaks_off_in_is_prose():
    unclosed = f"<div class=promo>{PROSE}</div><div id=main><h1>Title</h1><p>{PROSE[3:-4]}"
    assert dropped(f"{unclosed} and more of it") == ["div class=promo"]


def test_a_run_of_words_goes_on_in_tags_for_words():
    words = " ".join(f"<span lang=ar>word{n} <b>more</b></span>" for n in range(20))
    page = f"<div id=main><h1>Title</h1><p>{words}</p></div><div class=promo>{PROSE}</div>"
    assert dropped(page) == ["div class=promo"]  # of the page's prose more than half stands in main


def test_a_list_of_links_goes_and_a_list_of_facts_stays():
    facts = "<ul><li>1,200 soldiers</li><li>30 engineers</li><li>4 <a href=/x>trains</a></li></ul>"
    assert dropped(f"<div>{PROSE}<ul class=x>{LINKS}</ul>{facts}{PROSE}</div>") == ["ul class=x"]


def test_short_elements_alike_in_a_row_are_teasers():
    card = "<div class=c><h4>Another story</h4><p>What happened there, in a sentence.</p></div>"
    assert dropped(f"<div><h1>T</h1>{PROSE * 2}{card * 2}</div>") == ["div class=c", "div class=c"]
    assert dropped(f"<div><h1>T</h1>{PROSE * 2}{card}</div>") == []
    day = f"<div class=c><h4>Some news</h4>{PROSE}</div>" * 9
    assert dropped(f"<div class=day>{day}</div>") == []
    linked = f"<div class=c><p>{PROSE[3:150]}<a href=/x>him</a></p></div>"
    assert dropped(f"<div><h1>T</h1>{PROSE * 4}{linked * 2}</div>") == []  # paragraphs with a link
    assert dropped(f"<div><h1>T</h1>{PROSE * 4}{card}<div class=c>A line</div>{card}</div>") == []
    parts = f"<div class=part>{PROSE}</div>" * 3
    assert dropped(f"<div><h1>T</h1>{parts}</div>") == []


def test_behind_the_article_only_plain_prose_stays():
    page = (
        f"<div id=main><h1>Title</h1>{PROSE * 8}</div><div class=x>Short words</div>"
        f"<div class=y>{PROSE[:-4]} <a href=/z>{'Read the other story about it here ' * 2}</a></p></div>"
        f"<div class=z>{PROSE}</div>"
    )
    assert dropped(page) == ["div class=x", "div class=y"]
    facts = "<table class=t><tr><td>Engineers</td><td>30</td></tr></table>"
    assert dropped(f"<div id=main><h1>Title</h1>{PROSE * 8}</div>{facts}") == []


def test_before_the_article_the_title_and_the_date_stay():
    page = (
        "<div class=a><a href=/>Home</a> <a href=/w>World</a></div><h1>Title</h1><div class=date>3 May 2025</div>"
        f"<div class=text>{PROSE * 4}</div>"
    )
    assert dropped(page) == ["div class=a"]


def test_a_page_without_prose_loses_only_what_is_called_furniture():
    assert dropped("<div class=menu><a href=/>Home</a></div><div>Short words</div>") == ["div class=menu"]


@pytest.mark.parametrize(
    "page", ["<div class=card><a href=x>y", f"<div class=x>{PROSE}", "<p>a<b>", "<li class=k><h3>b</h3>"]
)
def test_unclosed_and_deep_markup_costs_its_length(page: str):
    began = perf_counter()
    furniture(page * 20_000 + "</b>" * 20_000)
    assert perf_counter() - began < 30  # quadratic, it would take many minutes
