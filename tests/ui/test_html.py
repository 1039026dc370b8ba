"""Text of others stays text, and reads in its own direction."""

from collections.abc import Callable

import pytest
from html_tree import read, skeleton
from scripted import CROWD, LENGTH, MakeAnswer, MakeCitation, MakeDocument, MakeEvidence, both

from rag.types import Answer, Claim, Disagreement
from ui.html import direction
from ui.render import conversation
from ui.sources import sources
from ui.strings import ARABIC, ENGLISH, Strings
from ui.turns import Answerer, Turn

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
        ("الملف \u2068a long name of a file.txt\u2069 فارغ", "rtl"),
        ("\u2067في\u2069 is \u2066in \u2068على\u2069\u2069 and \u2069 so on", "ltr"),
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
