"""Citations in a real browser: each leads to its sentence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import Open, Scripted, serve
from scripted import LENGTH

from index.config import Settings
from index.embed import Embedder
from index.markup import plain
from index.store import Generation
from rag.engine import Engine
from rag.reader import Reader
from ui.strings import ARABIC

ASKED = "كم يتقاضى العامل في الساعة في ألابوغا؟"


@pytest.fixture(scope="module")
def samples(sample_index: Path, embedder: Embedder) -> Engine:
    """The real engine; in this folder ``engine`` is the scripted one."""
    return Engine(Generation.open(sample_index), embedder, reader=Reader.load(embedder, Settings()))


@pytest.fixture(scope="module")
def url(samples: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over the sample documents."""
    with serve(lambda: samples, tmp_path_factory.mktemp("kept") / "conversations.db", [ASKED]) as address:
        yield address


def test_an_arabic_question_is_answered_with_numbered_citations(visit: Open, url: str, samples: Engine) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    expected = samples.ask(ASKED)
    assert not expected.abstained
    page = opened.page
    assert page.locator("#conversation .question").inner_text() == ASKED
    sentences = page.locator("#conversation .sentence")
    assert sentences.count() == len(expected.sentences)
    for number, sentence in enumerate(expected.sentences):
        shown = sentences.nth(number)
        assert sentence.text in shown.inner_text()
        assert shown.locator(".cite").all_inner_texts() == [f"[{c.number}]" for c in sentence.citations]
    assert page.locator("#sources .card .number").all_inner_texts() == [str(c.number) for c in expected.citations]
    assert page.locator("#conversation .facts strong").inner_text() == ARABIC.certainty(expected.confidence)
    assert opened.complaints == []


def test_a_citation_leads_to_its_highlighted_source(visit: Open, url: str, samples: Engine) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    last = samples.ask(ASKED).citations[-1]
    page = opened.page
    assert page.locator(".card.lit").count() == 0
    page.locator("#conversation .cite", has_text=f"[{last.number}]").first.click()
    card = page.locator(".card.lit")
    card.wait_for()
    assert card.get_attribute("id") == f"src-1-{last.number}"
    assert card.evaluate("card => card === document.activeElement")
    assert card.locator("mark").count() == 1
    marked = card.locator("mark").inner_text()
    assert marked.split() == plain(last.quote, last.document.format).split()
    around, highlighted = (
        part.evaluate("part => getComputedStyle(part).backgroundColor") for part in (card, card.locator("mark"))
    )
    assert highlighted != around
    assert highlighted.startswith("rgb(")  # and not transparent
    page.wait_for_function(
        "id => { const box = document.getElementById(id).querySelector('mark').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }",
        arg=f"src-1-{last.number}",
    )
    assert urlsplit(page.url).fragment == ""


def test_a_citation_of_an_earlier_answer_brings_its_sources_back(visit: Open, url: str) -> None:
    opened = visit(url)
    opened.ask(ASKED)
    opened.ask("وكم عددهم؟")
    page = opened.page
    assert page.locator("#sources-2").is_visible()
    assert not page.locator("#sources-1").is_visible()
    page.locator("#turn-1 .cite").first.click()
    page.locator("#src-1-1.lit").wait_for()
    assert page.locator("#sources-1").is_visible()
    assert not page.locator("#sources-2").is_visible()


def test_citations_are_walked_and_shown_by_keyboard(visit: Open, address: str) -> None:
    opened = visit(address)
    page = opened.page
    opened.ask(LENGTH)
    first = page.locator("#conversation .cite").first
    page.locator("#question textarea").press("Shift+Tab")  # out of the box, so that the next focus is seen
    first.focus()
    assert page.locator("#tip").inner_text() == page.locator("#src-1-1 mark").inner_text()
    assert page.locator("#tip").evaluate("tip => tip.dir") == "rtl"
    page.keyboard.press("Enter")
    page.locator("#src-1-1.lit").wait_for()
    page.keyboard.press("Escape")
    assert first.evaluate("link => link === document.activeElement")
    page.locator(".walk button").nth(1).press("Enter")
    page.locator("#src-1-2.lit").wait_for()
    page.locator(".walk button").nth(0).press("Enter")
    page.locator(".walk button").nth(0).press("Enter")
    page.locator("#src-1-3.lit").wait_for()
    dropped = page.locator("#src-1-3 .dropped")
    assert dropped.inner_text().startswith("اقرأ أيضًا")
    dim, ink = (
        part.evaluate("part => getComputedStyle(part).color") for part in (dropped, page.locator("#src-1-3 mark"))
    )
    assert dim != ink


def test_what_stands_behind_a_sentence_opens_to_lists_and_tables(visit: Open, address: str, script: Scripted) -> None:
    asked = "كم طوله بالضبط؟"
    known = script.script[LENGTH]
    length, other, wind = known.sentences
    several = replace(length, citations=(*length.citations, *other.citations, *wind.citations), independent=2)
    marked = replace(several.citations[0], marks=((several.citations[0].start + 5, several.citations[0].start + 8),))
    several = replace(several, citations=(marked, *several.citations[1:]))
    (differ,) = known.disagreements
    claims = (replace(differ.claims[0], citation=marked), *differ.claims[1:])
    differ = replace(differ, claims=claims)
    script.script[asked] = replace(known, question=asked, sentences=(several,), disagreements=(differ,))
    opened = visit(address)
    opened.ask(asked)
    page = opened.page
    backing = page.locator(".backing")
    assert not backing.locator("li").first.is_visible()
    backing.locator("summary").press("Enter")
    assert backing.locator("li").count() == 3
    backing.locator(".cite").nth(1).click()
    page.locator("#src-1-2.lit").wait_for()
    rows = page.locator(".disagreement tbody tr")
    assert rows.count() == 2
    assert "412 مترًا" in rows.nth(0).inner_text()
    assert "405 metres" in rows.nth(1).inner_text()
    assert "2031" in rows.nth(1).locator("time").inner_text()
    rows.nth(1).locator(".cite").click()
    page.locator("#src-1-2.lit").wait_for()
    assert page.locator("#src-1-1 mark strong").inner_text() == marked.document.text[slice(*marked.marks[0])]
    assert page.locator("#conversation .facts strong").inner_text() in ARABIC.confidence_words


def test_the_keys_n_and_p_walk_the_citations(visit: Open, address: str) -> None:
    opened = visit(address)
    page = opened.page
    opened.ask(LENGTH)
    page.locator("#conversation .cite").nth(1).click()
    page.locator("#src-1-2.lit .number").click()
    assert page.locator("#conversation .cite").nth(1).evaluate("link => link === document.activeElement")
    page.locator("#conversation .cite").first.click()
    for key, number in (("n", 2), ("n", 3), ("n", 1), ("p", 3)):
        page.keyboard.press(key)
        page.locator(f"#src-1-{number}.lit").wait_for()
    page.locator("#question textarea").press("n")  # there it is a letter
    assert page.locator("#question textarea").input_value() == "n"
    assert page.locator("#src-1-3.lit").count() == 1


def test_an_abstention_shows_what_is_nearest_and_why_it_is_no_answer(visit: Open, address: str) -> None:
    opened = visit(address)
    opened.ask("من رسم لوحة الجسر؟")
    page = opened.page
    assert page.locator("#sources h2").inner_text() == ARABIC.nearest
    assert page.locator("#sources .card").count() == 2
    page.locator(".why summary").press("Enter")
    assert ARABIC.why_uncertain in page.locator(".why").inner_text()
    assert page.locator(".why .words li").count() > 0
    opened.ask(LENGTH)
    assert page.locator("#turn-1 .why[open]").count() == 1  # although the transcript was made anew
