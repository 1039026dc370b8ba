"""The panel of sources: every citation leads to exactly what it cites."""

from collections.abc import Callable
from dataclasses import replace

from html_tree import read
from scripted import CROWD, LENGTH, PAINTER, MakeAnswer, MakeCitation, MakeDocument, MakeEvidence, both

from rag.types import Answer
from ui.html import TITLE_CHARACTERS
from ui.render import conversation
from ui.sources import NEAREST_CHARACTERS, sources
from ui.strings import ARABIC, ENGLISH
from ui.turns import NEAREST, Answerer, Turn


def test_every_citation_link_has_its_card(engine: Answerer) -> None:
    turns = [Turn(n, q, engine.ask(q)) for n, q in enumerate((LENGTH, PAINTER, CROWD, LENGTH), start=1)]
    shown = read(conversation(turns, ARABIC) + sources(turns, ARABIC))
    ids = [e.attributes["id"] for e in shown.elements() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    links = shown.find(css="cite")
    assert [link.text() for link in links[:5]] == ["[1]", "[2]", "[3]", "[1]", "[2]"]  # the last two in the table
    for link in links:
        card = shown.one(id=link.attributes["href"].removeprefix("#"))
        assert "card" in card.attributes["class"].split()
        number = link.text().strip("[]")
        assert card.one(css="number").text() == number
        assert link.attributes["aria-label"] == f"{ARABIC.source} {number}"
    for link in shown.find(tag="a"):
        assert link.attributes["href"].removeprefix("#") in ids


def test_a_card_names_the_page_where_there_are_pages(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    document = make_document("First page.\nOn the second it says 12.", language="en")
    for pages, number in (((0, 12), "page 2"), ((), None)):
        citation = make_citation(replace(document, pages=pages), "On the second it says 12.")
        facts = read(sources([Turn(1, "?", make_answer(citation))], ENGLISH)).one(css="facts").text()
        assert facts.endswith(number or "news/a.txt")


def test_only_the_last_answers_sources_are_current(engine: Answerer) -> None:
    turns = [Turn(1, LENGTH, engine.ask(LENGTH)), Turn(2, CROWD, engine.ask(CROWD)), Turn(3, "x", error="no")]
    panel = read(sources(turns, ARABIC))
    assert [e.attributes["id"] for e in panel.find(css="current")] == ["sources-2"]
    assert len(panel.find(css="sources")) == 2


def test_the_highlight_is_the_cited_characters_marked_once(engine: Answerer) -> None:
    answer = engine.ask(LENGTH)
    dropped = {c.document.id: engine.dropped(c.document.id) for c in answer.citations}
    panel = read(sources([Turn(1, LENGTH, answer, dropped)], ARABIC))
    for citation in answer.citations:
        card = panel.one(id=f"src-1-{citation.number}")
        assert card.one(tag="mark").text() == citation.document.text[citation.start : citation.end]
        assert card.one(tag="blockquote").text().count(citation.quote) == 1


def test_an_abstention_shows_few_short_passages(
    make_abstention: Callable[..., Answer], make_document: MakeDocument, make_evidence: MakeEvidence
) -> None:
    long = make_document("word " * 1000, language="en")
    turn = Turn(1, "?", make_abstention("Not in them.", *(make_evidence(long, n) for n in range(1, 9)), language="en"))
    quotes = read(sources([turn], ENGLISH)).find(tag="blockquote")
    assert len(quotes) == NEAREST
    assert all(len(quote.text()) <= NEAREST_CHARACTERS + 1 for quote in quotes)


def test_long_titles_and_blank_questions(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    document = make_document("One sentence.", title="title " * 200, language="en")
    document = replace(document, published=None)
    turn = Turn(1, " \n ", make_answer(make_citation(document, "One sentence.")))
    page = read(both(turn, ENGLISH))
    assert len(page.one(tag="h3").text()) <= TITLE_CHARACTERS + 1
    assert not page.find(css="question")
    assert ENGLISH.undated in page.one(css="card").text()
