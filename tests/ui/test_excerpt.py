"""A quote in its surroundings: marked where it was cited, without markup, furniture told apart."""

from dataclasses import replace

import pytest
from html_tree import read
from scripted import CROWD, LENGTH, MakeAnswer, MakeCitation, MakeDocument

from index.types import Dropped
from ui.excerpt import REACH, excerpt
from ui.sources import sources
from ui.strings import ARABIC, ENGLISH
from ui.turns import Answerer, Turn


def test_a_quote_that_stands_twice_is_marked_where_it_was_cited(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    text = "First came rain.\nIt stopped.\nThen came snow.\nIt stopped.\n"
    document = make_document(text, language="en")
    again = text.rindex("It stopped.")
    citation = replace(make_citation(document, "It stopped."), start=again, end=again + len("It stopped."))
    blockquote = read(sources([Turn(1, "?", make_answer(citation))], ENGLISH)).one(tag="blockquote")
    before = blockquote.children[0]
    assert blockquote.one(tag="mark").text() == "It stopped."
    assert isinstance(before, str)
    assert before.endswith("Then came snow.\n")


def test_furniture_is_not_shown_as_quoted_text(engine: Answerer) -> None:
    answer = engine.ask(LENGTH)
    with_it, without = (
        read(sources([Turn(1, LENGTH, answer, dropped)], ARABIC)).one(id="src-1-1").one(tag="blockquote")
        for dropped in ({}, {"b": engine.dropped("b")})
    )
    assert "اقرأ أيضًا" in with_it.text()
    assert not with_it.find(css="dropped")
    dropped = without.one(css="dropped")
    assert dropped.attributes["title"] == ARABIC.removed
    assert dropped.text() == "اقرأ أيضًا: أفضل عشرة مقاهٍ على الشاطئ"
    assert without.text().count("اقرأ أيضًا") == 1
    assert "وقالت المهندسة" in without.text()


@pytest.mark.parametrize(
    ("markup", "text", "quote", "shown"),
    [
        (
            "markdown",
            "# Harbour\n\nThe *old* pier closed.\n\nThe **new** pier, see [the plan](http://x.example/p?a=1), is "
            "`90` metres long.\n\nA ~~bad~~ photo ![pier](http://x.example/p.png) follows.\n",
            "The **new** pier, see [the plan](http://x.example/p?a=1), is `90` metres long.",
            "The new pier, see the plan, is 90 metres long.",
        ),
        (
            "html",
            "<html><body><article><h1>Harbour</h1><p class='lead'>The <i>old</i> pier closed.</p>"
            '<p>The <b>new</b> pier, see <a href="http://x.example/p?a=1">the plan</a>, costs &lt;&nbsp;9 million.</p>'
            '<p onclick="x()">Boats <em>return</em> in May.</p></article></body></html>',
            'The <b>new</b> pier, see <a href="http://x.example/p?a=1">the plan</a>, costs &lt;&nbsp;9 million.',
            "The new pier, see the plan, costs < 9 million.",
        ),
    ],
)
def test_markup_is_not_shown(
    markup: str,
    text: str,
    quote: str,
    shown: str,
    make_document: MakeDocument,
    make_citation: MakeCitation,
    make_answer: MakeAnswer,
) -> None:
    citation = make_citation(make_document(text, markup=markup, language="en"), quote)
    card = read(sources([Turn(1, "?", make_answer(citation))], ENGLISH)).one(tag="blockquote")
    assert card.one(tag="mark").text() == shown
    assert "old pier closed." in card.text()
    for markings in ("**", "](", "`", "~~", "http", "<b", "<p", "href", "onclick", "&"):
        assert markings not in card.text()


@pytest.mark.parametrize("shift", range(0, 90, 3))
def test_context_is_never_cut_inside_a_tag(
    shift: int, make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    link = '<a class="wide link" href="http://x.example/a?b=1" title="two words">harbour</a> '
    body = "x" * shift + " " + link * 12
    document = make_document(f"<p>{body}It opens in May. {body}</p>", markup="html", language="en")
    citation = make_citation(document, "It opens in May.")
    card = read(sources([Turn(1, "?", make_answer(citation))], ENGLISH)).one(tag="blockquote")
    assert set(card.text().replace("x", "").replace("It opens in May.", "").split()) <= {"harbour", "…"}


def test_dropped_spans_of_other_documents_change_nothing(engine: Answerer) -> None:
    answer = engine.ask(CROWD)
    assert sources([Turn(1, CROWD, answer, {"b": (Dropped(0, 60, "x"),)})], ENGLISH) == sources(
        [Turn(1, CROWD, answer)], ENGLISH
    )


def test_what_is_not_text_of_a_page_never_surrounds_a_quote(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    text = (
        "<html><head><title>Site</title></head><body><nav>Home Sport</nav><p>Rain came first.</p>"
        "<script>track('x') && go()</script><!-- todo --><p>Then it stopped.</p><style>p{color:red}</style>"
        "<p>Snow came last.</p><footer>Imprint</footer></body></html>"
    )
    citation = make_citation(make_document(text, markup="html", language="en"), "Then it stopped.")
    card = read(sources([Turn(1, "?", make_answer(citation))], ENGLISH)).one(tag="blockquote")
    assert card.text() == "Rain came first.\nThen it stopped.\nSnow came last."


def test_long_surroundings_are_cut_at_whole_words(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    document = make_document("firstly " * 200 + "The quote. " + "second " * 200, language="en")
    card = read(sources([Turn(1, "?", make_answer(make_citation(document, "The quote.")))], ENGLISH))
    blockquote = card.one(tag="blockquote")
    assert set(blockquote.text().replace("The quote.", "").split()) == {"firstly", "second", "…"}
    assert 400 < len(blockquote.text()) < 2 * REACH + 30
    assert not blockquote.find(css="dropped")  # nothing was removed here


def test_the_words_that_answer_are_marked_inside_the_quote(make_document: MakeDocument) -> None:
    document = make_document("It was **long**. The bridge is *412* metres long. It ends.", markup="markdown")
    start, end = document.text.index("The bridge"), document.text.index(" It ends")
    number = document.text.index("*412*")
    (quote,) = (s for s in excerpt(document, start, end, (), [(number, number + 12)]) if s.kind == "quote")
    assert quote.text == "The bridge is 412 metres long."
    assert [quote.text[low:high] for low, high in quote.marks] == ["412 metres"]
    outside = excerpt(document, start, end, (), [(0, 5), (start - 3, start + 3), (end + 1, end + 4)])
    assert [s.text[low:high] for s in outside for low, high in s.marks] == ["The"]
