"""A conversation taken away: with its sources, and harmless wherever it is opened."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from scripted import CROWD, LENGTH

from index.types import Document
from rag.types import Answer, Citation
from ui.export import exported, file_name, plain
from ui.strings import ARABIC, ENGLISH
from ui.turns import Answerer, Turn


@pytest.fixture
def turns(engine: Answerer) -> list[Turn]:
    return [Turn(1, LENGTH, engine.ask(LENGTH)), Turn(2, "?", error="not a question"), Turn(3, "!", stopped=True)]


@pytest.mark.parametrize("form", ["md", "html"])
def test_every_quote_stands_under_its_number(turns: list[Turn], form: str) -> None:
    text = exported("عنوان", turns, form, ARABIC).replace("\\", "").replace("&#x27;", "'")
    assert turns[0].answer is not None
    for citation in turns[0].answer.citations:
        assert citation.quote in text
        assert f"[{citation.number}]" in text
        assert citation.document.path in text
    assert ARABIC.disagreement in text
    assert "8 أبريل 2031" in text
    assert "not a question" in text
    assert ARABIC.stopped in text


def test_json_holds_the_documented_form_of_each_answer(turns: list[Turn]) -> None:
    value = json.loads(exported("عنوان", turns, "json", ARABIC))
    assert value["title"] == "عنوان"
    first, second, third = value["turns"]
    assert first["answer"]["schema"] == 1
    assert first["answer"]["citations"][0]["quote"].startswith("يبلغ طول")
    assert (second["error"], third["stopped"]) == ("not a question", True)


def test_the_clipboard_gets_the_answer_and_its_sources(engine: Answerer) -> None:
    text = plain(Turn(1, CROWD, engine.ask(CROWD)), ENGLISH).splitlines()
    assert text[0] == CROWD
    assert text[2].endswith("the town council said. [1]")
    assert text[-1].startswith(
        "[1] Gull Bridge draws its first crowds (council/gull-bridge.txt · April 8, 2031): “Some"
    )


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_source_is_told_to_the_character_and_in_order_in_mixed_text(turns: list[Turn], form: str) -> None:
    text = exported("عنوان", turns, form, ARABIC).replace("\\", "")
    assert turns[0].answer is not None
    for citation in turns[0].answer.citations:
        assert ARABIC.characters.format(citation.start, citation.end) in text
    title, path = "Gull Bridge draws its first crowds", "council/gull-bridge.txt"
    assert f"\u2068{title}\u2069 (\u2068{path}\u2069 · 8 أبريل 2031" in text


@pytest.mark.parametrize("form", ["md", "html", "plain"])
def test_what_is_not_the_sources_own_is_told_as_on_the_page(turns: list[Turn], form: str) -> None:
    answer = turns[0].answer
    assert answer is not None
    first, second, *_ = answer.sentences
    sentences = replace(first, support="unsupported", reason="a number"), replace(second, support="supported")
    (differ,) = answer.disagreements
    differ = replace(differ, claims=(differ.claims[0], replace(differ.claims[1], superseded=True)))
    worded = replace(answer, sentences=sentences, disagreements=(differ,), worded_by="model-7", notice="take care")
    turn = Turn(1, LENGTH, worded)
    text = plain(turn, ENGLISH) if form == "plain" else exported("t", [turn], form, ENGLISH)  # type: ignore[arg-type]
    text = text.replace("\\", "").replace("&#x27;", "'")
    for told in (
        f"[1] ({ENGLISH.support['unsupported']}: a number)",
        f"[2] ({ENGLISH.support['supported']})",
        f"405 metres [2] ({ENGLISH.superseded})",
        ENGLISH.model_words.format("model-7"),
        "take care",
        f"{ENGLISH.confidence}: {ENGLISH.certainty(worded.confidence)}",
    ):
        assert told in text


HOSTILE = '<script>alert(1)</script> ![](http://192.0.2.1/x.png) [go](javascript:alert(1)) # "x" \u202e'


@pytest.mark.parametrize("form", ["md", "html"])
def test_nothing_in_it_runs_or_is_fetched(
    form: str,
    make_document: Callable[..., Document],
    make_citation: Callable[..., Citation],
    make_answer: Callable[..., Answer],
) -> None:
    document = make_document(f"{HOSTILE} quote", path=f"{HOSTILE}.txt", title=HOSTILE, language="en")
    answer = make_answer(make_citation(document, f"{HOSTILE} quote"))
    text = exported(HOSTILE, [Turn(1, HOSTILE, answer), Turn(2, HOSTILE, error=HOSTILE)], form, ENGLISH)
    assert "<script" not in text.replace("\\<script", "")
    assert "\u202e" not in text.split("\n## " if form == "md" else "<article>")[0]  # the title
    if form == "md":
        for opening in ("![](", "[go](", "<script>"):
            assert opening not in text
    else:
        assert "default-src 'none'" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd.md"),
        ("a\x00b<c>", "a b c.md"),
        ("؟", "sanad.md"),
        ("كم طول الجسر؟", "كم طول الجسر.md"),
    ],
)
def test_the_file_has_a_name_that_is_one_everywhere(title: str, name: str) -> None:
    assert file_name(title, "md") == name
    assert len(file_name("x" * 500, "html")) < 80
