"""The library as HTML."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.types import Document, Dropped, Passage, Sentence
from ui import shelf
from ui.job import State
from ui.library import Rebuilt
from ui.strings import ARABIC, ENGLISH
from ui.texts import Strings

HOSTILE = "<img src=x onerror=alert(1)> \"'>"


@pytest.mark.parametrize("strings", [ARABIC, ENGLISH])
def test_a_document_is_shown_with_its_facts(make_document: Callable[..., Document], strings: Strings) -> None:
    document = replace(make_document("One. Two.", language="en", title="Grey Point"), copies=("b/copy.txt",))
    passages = [Passage(f"{n}", document.id, "", (Sentence(0, 4),)) for n in range(3)]
    html = shelf.shelf([document], passages, True, strings)
    for fact in ("Grey Point", "news/a.txt", strings.languages["en"], "<td>3</td>", "b/copy.txt", "2031-04-08"):
        assert fact in html
    assert html.count('data-act="delete"') == 1
    assert 'data-act="delete"' not in shelf.shelf([document], passages, False, strings)
    assert strings.library_empty in shelf.shelf([], [], True, strings)


def test_nothing_that_others_wrote_is_markup(make_document: Callable[..., Document]) -> None:
    document = make_document(f"{HOSTILE} text", path=HOSTILE, title=HOSTILE)
    html = "".join(
        (
            shelf.shelf([document], [], True, ENGLISH),
            shelf.removed(document, [Dropped(0, len(document.text), HOSTILE)], ENGLISH),
            shelf.failures([(HOSTILE, HOSTILE)], ENGLISH),
            shelf.places([Path(HOSTILE)], 1, True, ENGLISH),
            shelf.progress(State("x", "failed", result=HOSTILE), ENGLISH),
            shelf.progress(State("x", "running", HOSTILE, 1, 2), ENGLISH),
        )
    )
    assert "<img" not in html
    assert html.count("&lt;img") >= 6


def test_what_was_left_out_is_shown_with_its_rule(make_document: Callable[..., Document]) -> None:
    document = make_document("Read also: cafes\nThe bridge is long.")
    html = shelf.removed(document, [Dropped(0, 16, "read also")], ENGLISH)
    assert "Read also: cafes" in html
    assert "The bridge" not in html
    assert ENGLISH.removed_none in shelf.removed(document, [], ENGLISH)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State("x", "running"), ENGLISH.working["start"]),
        (State("x", "running", "embed", 30, 90, 61.0), "30 / 90"),
        (State("x", "running", "embed", 30, 90, 61.0), "about 61 s left"),
        (State("x", "running", "embed", 30, 90, 600.0), "about 10 min left"),
        (State("x", "running", "embed", 30, 90), 'max="90" value="30"'),
        (State("x", "done", result=Rebuilt(True, 4, 9)), "Documents: 4, passages: 9"),
        (State("x", "done", result=Rebuilt(False, 4, 9)), ENGLISH.unchanged),
        (State("x", "cancelled"), ENGLISH.cancelled),
        (State("x", "failed", result="the disk is full"), "the disk is full"),
        (State("x", "failed", result=""), ENGLISH.error_unexpected),
    ],
)
def test_progress_is_told_in_words(state: State, said: str) -> None:
    assert said in shelf.progress(state, ENGLISH)
    assert shelf.progress(State(), ENGLISH) == ""
