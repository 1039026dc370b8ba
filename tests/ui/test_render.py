"""The page's HTML: what others wrote stays text, and every citation leads to exactly what it cites."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest

from index.types import Document, Dropped
from rag.types import Answer, AnswerSentence, Citation, Claim, Disagreement, Evidence, Support
from ui.excerpt import REACH, excerpt
from ui.html import TITLE_CHARACTERS, direction
from ui.render import conversation
from ui.sources import NEAREST_CHARACTERS, sources
from ui.strings import ARABIC, ENGLISH, Strings
from ui.turns import NEAREST, Answerer, Turn

MakeDocument = Callable[..., Document]
MakeCitation = Callable[..., Citation]
MakeAnswer = Callable[..., Answer]
MakeEvidence = Callable[..., Evidence]

LENGTH = "كم يبلغ طول جسر النورس؟"
CROWD = "How many people crossed the bridge on its first weekend?"
PAINTER = "من رسم لوحة الجسر؟"
VOID = {"br", "hr", "img", "input"}
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '<a href="javascript:alert(1)">go</a>',
    "</blockquote></li></ol></section><iframe src=//evil.example></iframe>",
    "<style>body{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def elements(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def find(self, *, tag: str = "", css: str = "", **attributes: str) -> "list[Element]":
        return [
            e
            for e in self.elements()
            if (not tag or e.tag == tag)
            and (not css or css in e.attributes.get("class", "").split())
            and all(e.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, *, tag: str = "", css: str = "", **attributes: str) -> "Element":
        (found,) = self.find(tag=tag, css=css, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.at = Element("root", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.at.tag == "root", f"<{reader.at.tag}> is never closed"
    return reader.at


def skeleton(html: str) -> list[tuple[str, frozenset[str]]]:
    """Every element with the names of its attributes: what text can never change."""
    return [(e.tag, frozenset(e.attributes)) for e in read(html).elements()]


def both(turn: Turn, strings: Strings = ARABIC) -> str:
    return conversation([turn], strings) + sources([turn], strings)


@pytest.fixture
def hostile_turn(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> Callable[..., Turn]:
    """A turn with a disagreement in which every text that others write is the given one."""

    def make(text: str) -> Turn:
        quote = f"Words {text} words."
        document = make_document(f"Before {text}\n{quote}\nAfter {text}", path=f"{text}.txt", title=text, language="en")
        citation = make_citation(document, quote)
        differ = Disagreement(text, (Claim(text, citation), Claim(text, citation)))
        return Turn(1, text, make_answer(citation, question=text, disagreements=(differ,)))

    return make


@pytest.mark.parametrize("strings", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_becomes_an_element_or_an_attribute(
    text: str, strings: Strings, hostile_turn: Callable[..., Turn]
) -> None:
    html = both(hostile_turn(text), strings)
    # lang="en" document either way; a harmless word of letters keeps the same elements.
    assert skeleton(html) == skeleton(both(hostile_turn("harmless"), strings))
    shown = read(html)
    assert text in shown.one(css="question").text()
    assert text in shown.one(tag="h3").text()
    assert text in shown.one(tag="mark").text()
    assert text in shown.one(css="path").text()
    assert {e.text() for e in shown.find(tag="td")} >= {text}
    assert all(e.attributes["href"].startswith("#") for e in shown.find(tag="a"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_errors_and_abstentions_stays_text(
    text: str, make_abstention: Callable[..., Answer], make_document: MakeDocument, make_evidence: MakeEvidence
) -> None:
    def abstention(words: str) -> Turn:
        near = make_evidence(make_document(words, title=words, path=words, language="en"))
        return Turn(1, "?", make_abstention(words, near, language="en"))

    assert skeleton(both(abstention(text))) == skeleton(both(abstention("harmless")))
    assert text in read(both(abstention(text))).one(tag="blockquote").text()
    failed, harmless = (conversation([Turn(1, "?", error=words)], ENGLISH) for words in (text, "harmless"))
    assert skeleton(failed) == skeleton(harmless)
    assert text in read(failed).one(css="error").text()


def test_a_documents_language_cannot_bring_an_attribute(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    document = make_document("One sentence.", language='en" onclick="alert(1)')
    html = both(Turn(1, "?", make_answer(make_citation(document, "One sentence."))))
    assert not [e for e in read(html).elements() if "onclick" in e.attributes]


def test_links_in_quotes_do_not_become_links(hostile_turn: Callable[..., Turn]) -> None:
    for text in ("[1](http://evil.example/x)", "http://evil.example/x", "[1]", "javascript:alert(1)"):
        shown = read(both(hostile_turn(text)))
        assert {e.attributes["href"] for e in shown.find(tag="a")} == {"#src-1-1", "#turn-1"}
        assert text in shown.one(tag="mark").text()


def test_names_cannot_reorder_letters(
    make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    # U+202E makes this name read as if it ended in ".txt"; U+2066 would leave the isolation around it.
    name = "report\u202etxt.exe\u2066\x1b"
    document = make_document("One sentence.", path=name, title=name, language="en")
    shown = read(sources([Turn(1, "?", make_answer(make_citation(document, "One sentence.")))], ENGLISH))
    for label in (shown.one(css="path").one(tag="bdi"), shown.one(tag="h3").one(tag="bdi")):
        assert label.text() == "report�txt.exe��"
        assert label.attributes["dir"] == "ltr"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كم طول الجسر؟", "rtl"),
        ("How long is it?", "ltr"),
        ("ما هي NATO؟ وما دورها", "rtl"),
        ("NATO في شرق أوروبا", "rtl"),
        ("في means in", "ltr"),
        ("What does جسر mean in English?", "ltr"),
        ("אב ab", "rtl"),
        ("ab אב", "ltr"),
        ("412 … !", "rtl"),
        ("", "rtl"),
    ],
)
def test_direction_is_that_of_most_letters(text: str, expected: str) -> None:
    assert direction(text, "rtl") == expected


@pytest.mark.parametrize("strings", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_each_message_and_quote_has_its_own_direction(strings: Strings, engine: Answerer) -> None:
    turns = [Turn(1, LENGTH, engine.ask(LENGTH)), Turn(2, CROWD, engine.ask(CROWD))]
    shown = read(conversation(turns, strings))
    assert [e.attributes["dir"] for e in shown.find(css="question")] == ["rtl", "ltr"]
    assert [e.attributes["dir"] for e in shown.find(css="sentence")] == ["rtl", "ltr", "rtl", "ltr"]
    assert shown.one(css="log").attributes["dir"] == strings.direction
    panel = read(sources(turns, strings))
    quotes = [(e.attributes["lang"], e.attributes["dir"]) for e in panel.find(tag="blockquote")]
    assert quotes == [("ar", "rtl"), ("en", "ltr"), ("ar", "rtl"), ("en", "ltr")]
    assert {e.attributes["dir"] for e in panel.find(css="sources")} == {strings.direction}


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


@pytest.mark.parametrize("strings", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_an_abstention_is_labelled_as_no_answer(strings: Strings, engine: Answerer) -> None:
    answer = engine.ask(PAINTER)
    turn = Turn(1, PAINTER, answer)
    reply = read(conversation([turn], strings)).one(css="abstained")
    assert reply.one(css="sentence").text() == answer.answer
    assert reply.attributes["lang"] == "ar"  # the hint is in the question's language, not the interface's
    assert reply.one(css="hint").text() == ARABIC.nearest_hint
    panel = read(sources([turn], strings))
    assert panel.one(css="sources").attributes["class"].split() == ["sources", "muted", "current"]
    assert panel.one(tag="h2").text() == strings.nearest
    assert len(panel.find(css="card")) == 2
    assert not panel.find(tag="mark")
    assert not panel.find(css="number")
    assert not read(both(turn, strings)).find(css="cite")


def test_an_abstention_shows_few_short_passages(
    make_abstention: Callable[..., Answer], make_document: MakeDocument, make_evidence: MakeEvidence
) -> None:
    long = make_document("word " * 1000, language="en")
    turn = Turn(1, "?", make_abstention("Not in them.", *(make_evidence(long, n) for n in range(1, 9)), language="en"))
    quotes = read(sources([turn], ENGLISH)).find(tag="blockquote")
    assert len(quotes) == NEAREST
    assert all(len(quote.text()) <= NEAREST_CHARACTERS + 1 for quote in quotes)


def test_an_abstention_with_nothing_near_promises_no_sources(make_abstention: Callable[..., Answer]) -> None:
    turn = Turn(1, "?", make_abstention("Not in them.", language="en"))
    assert ENGLISH.nearest_hint not in conversation([turn], ENGLISH)
    assert not read(sources([turn], ENGLISH)).find(css="card")


def test_disagreeing_sources_stand_in_a_table(engine: Answerer) -> None:
    table = read(conversation([Turn(1, LENGTH, engine.ask(LENGTH))], ENGLISH)).one(css="disagreement").one(tag="table")
    assert table.one(tag="caption").text() == f"{ENGLISH.disagreement}: طول الجسر"
    assert [head.text() for head in table.find(tag="th", scope="col")] == ["Value", "Source", "Date"]
    rows = [[cell.text() for cell in row.find(tag="td")] for row in table.one(tag="tbody").find(tag="tr")]
    assert rows == [
        ["412 مترًا", "افتتاح جسر النورس في مرسى اللؤلؤ [1]", "April 8, 2031"],
        ["405 metres", "Gull Bridge draws its first crowds [2]", "April 8, 2031"],
    ]
    assert table.find(tag="time")[0].attributes["datetime"] == "2031-04-08"


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "high"), (0.75, "high"), (0.74, "medium"), (0.45, "medium"), (0.44, "low"), (0.0, "low")],
)
def test_confidence_is_said_in_words(confidence: float, words: str, engine: Answerer) -> None:
    turn = Turn(1, CROWD, replace(engine.ask(CROWD), confidence=confidence))
    facts = read(conversation([turn], ENGLISH)).one(css="facts")
    assert facts.text() == f"Confidence: {words}"


def test_sentences_appear_one_by_one_and_the_rest_at_the_end(engine: Answerer) -> None:
    answer = engine.ask(LENGTH)
    for shown, expected in ((1, 1), (2, 2), (None, 3)):
        page = read(conversation([Turn(1, LENGTH, answer, shown=shown)], ARABIC))
        assert len(page.find(css="sentence")) == expected
        assert bool(page.find(css="disagreement")) == bool(page.find(css="facts")) == (shown is None)


@pytest.mark.parametrize("support", ["supported", "unsupported"])
def test_a_sentence_that_is_not_a_quote_says_so(
    support: Support, make_document: MakeDocument, make_citation: MakeCitation, make_answer: MakeAnswer
) -> None:
    document = make_document("One sentence.", language="en")
    citation = make_citation(document, "One sentence.")
    answer = replace(make_answer(citation), sentences=(AnswerSentence("جملة بلغة أخرى.", (citation,), support),))
    sentence = read(conversation([Turn(1, "?", answer)], ENGLISH)).one(css="sentence")
    assert sentence.one(css="badge").text() == ENGLISH.support[support]
    assert sentence.attributes["dir"] == "rtl"
    assert "lang" not in sentence.attributes  # the quote's language is not the sentence's


def test_a_sentence_that_is_a_quote_says_so(engine: Answerer) -> None:
    badges = read(conversation([Turn(1, CROWD, engine.ask(CROWD))], ENGLISH)).find(css="badge")
    assert [badge.text() for badge in badges] == [ENGLISH.support["verbatim"]]


def test_waiting_error_and_welcome() -> None:
    assert read(conversation([Turn(1, "?")], ENGLISH)).one(css="searching").text() == ENGLISH.searching
    known = read(conversation([Turn(1, "?", error="the question is empty")], ENGLISH)).one(css="error")
    assert known.one(tag="p").text() == "the question is empty"
    unknown = read(conversation([Turn(1, "?", error="")], ARABIC)).one(css="error")
    assert unknown.one(tag="p").text() == ARABIC.error_unexpected
    assert read(conversation((), ARABIC)).one(tag="h1").text() == ARABIC.welcome
    assert read(sources([Turn(1, "?", error="")], ARABIC)).one(css="hint").text() == ARABIC.sources_empty


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
