"""The library as HTML."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import phrases
from index.clean import FIXED
from index.store import Generation
from index.types import Document, Dropped, Passage, Sentence
from ui import shelf
from ui.job import State
from ui.library import Rebuilt
from ui.strings import ARABIC, ENGLISH, strings_for
from ui.texts import Strings

HOSTILE = "<img src=x onerror=alert(1)> \"'>"


@pytest.mark.parametrize("strings", [ARABIC, ENGLISH])
def test_a_document_is_shown_with_its_facts(make_document: Callable[..., Document], strings: Strings) -> None:
    document = replace(make_document("One. Two.", language="en", title="Grey Point"), copies=("b/copy.txt",))
    passages = [Passage(f"{n}", document.id, "", (Sentence(0, 4),)) for n in range(3)]
    html = shelf.shelf([document], passages, {}, True, strings)
    for fact in ("Grey Point", "news/a.txt", strings.language_name("en"), "<td>3</td>", "b/copy.txt", "2031-04-08"):
        assert fact in html
    assert html.count('data-act="delete"') == 1
    assert 'data-act="delete"' not in shelf.shelf([document], passages, {}, False, strings)
    assert strings.library_empty in shelf.shelf([], [], {}, True, strings)


def test_a_near_copy_stands_below_what_it_repeats(make_document: Callable[..., Document]) -> None:
    names = ("b", "a", "c")
    documents = [make_document("One.", name=name, title=f"Story {name}") for name in names]
    html = shelf.shelf(documents, [], {"b": "c"}, True, ENGLISH)
    assert sorted(names, key=lambda name: html.index(f"Story {name}")) == ["a", "c", "b"]
    assert html.count(ENGLISH.state_near) == html.count('class="near"') == 1


def test_many_documents_stand_on_pages(make_document: Callable[..., Document]) -> None:
    documents = [make_document("One.", name=f"d{n}", title=f"Story {n:04}") for n in range(2 * shelf.ROWS + 1)]
    first, second, last, beyond = (shelf.shelf(documents, [], {}, True, ENGLISH, page=page) for page in (0, 1, 2, 9))
    assert [html.count("<tr>") - 1 for html in (first, second, last)] == [shelf.ROWS, shelf.ROWS, 1]
    assert "Story 0000" in first
    assert f"Story {shelf.ROWS:04}" in second
    assert beyond == last
    assert 'data-act="page" data-id="1"' in first
    assert [html.count('data-act="page"') for html in (first, second, last)] == [1, 2, 1]
    assert f"{shelf.ROWS + 1}–{2 * shelf.ROWS} / {len(documents)}" in second
    assert "<nav" not in shelf.shelf(documents[: shelf.ROWS], [], {}, True, ENGLISH)


def test_documents_are_found_by_title_and_path(make_document: Callable[..., Document]) -> None:
    bridge = make_document("One.", name="b", title="إفتتاح الجسر", path="news/b.txt")
    ferry = replace(make_document("One.", name="f", title="Ferry", path="old/f.txt"), copies=("kept/Winter.txt",))
    for search, found in (("الجسر افتتاح", "b"), ("FERRY old", "f"), ("winter", "f"), (" ", "bf"), ("ferry news", "")):
        html = shelf.shelf([bridge, ferry], [], {}, True, ENGLISH, search)
        assert {name for name in "bf" if f'data-act="show" data-id="{name}"' in html} == set(found)
    assert ENGLISH.no_document_found in shelf.shelf([bridge, ferry], [], {}, True, ENGLISH, "\ud800<b>")


def test_failures_are_told_in_the_interfaces_language() -> None:
    html = shelf.failures([("a.txt", "the file is empty (0 bytes)"), ("b.pdf", "something new")], ARABIC)
    assert '<p dir="rtl">الملف فارغ</p>' in html
    assert "something new" in html
    html = shelf.failures([("c.exe", "the ending .exe is not understood; understood are .txt, .text")], ARABIC)
    assert '<p dir="rtl">' in html  # however much of it is names


def test_numbers_and_dates_are_written_as_in_the_readers_country(make_document: Callable[..., Document]) -> None:
    document = make_document("One.")
    passages = [Passage(f"{n}", document.id, "", (Sentence(0, 4),)) for n in range(12)]
    egypt, lebanon = (shelf.shelf([document], passages, {}, True, strings_for(tag)) for tag in ("ar-EG", "ar-LB"))
    assert "<td>١٢</td>" in egypt
    assert "٨ أبريل ٢٠٣١" in egypt
    assert "٨ نيسان ٢٠٣١" in lebanon
    assert 'datetime="2031-04-08"' in egypt
    assert "8 أفريل 2031" in shelf.shelf([document], passages, {}, True, strings_for("ar-DZ"))
    assert "8 April 2031" in shelf.shelf([document], passages, {}, True, strings_for("en-GB"))


def test_nothing_that_others_wrote_is_markup(make_document: Callable[..., Document]) -> None:
    document = make_document(f"{HOSTILE} text", path=HOSTILE, title=HOSTILE)
    html = "".join(
        (
            shelf.shelf([document], [], {}, True, ENGLISH),
            shelf.removed(
                replace(document, restored=((0, 30),)), [Dropped(0, len(document.text), HOSTILE)], True, ENGLISH
            ),
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
    cut = Dropped(0, 16, "read also")
    html = shelf.removed(document, [cut], False, ENGLISH)
    assert "Read also: cafes" in html
    assert "The bridge" not in html
    assert "<button" not in html
    assert ENGLISH.removed_none in shelf.removed(document, [], True, ENGLISH)
    assert 'data-act="restore" data-id="d1" data-text="0-16"' in shelf.removed(document, [cut], True, ENGLISH)
    for reason in FIXED:
        assert "<button" not in shelf.removed(document, [replace(cut, reason=reason)], True, ENGLISH)


def test_kinds_of_furniture_are_named_in_arabic(make_document: Callable[..., Document], sample_index: Path) -> None:
    document = make_document("Read also: cafes\nThe bridge is long.")
    assert ">رابط ذو صلة</span>" in shelf.removed(document, [Dropped(0, 16, "related link")], False, ARABIC)
    assert 'dir="ltr">made up</span>' in shelf.removed(document, [Dropped(0, 16, "made up")], False, ARABIC)
    met = {cut.reason for dropped in Generation.open(sample_index).contents.dropped for cut in dropped}
    known = {kind for table in ("whole", "labels", "openings") for kind in phrases.reasons(table)}
    assert met | known | FIXED | {"beside the article"} <= set(ARABIC.furniture)


def test_what_was_restored_can_be_left_out_again(make_document: Callable[..., Document]) -> None:
    document = replace(make_document("Read also: cafes\nThe bridge is long."), restored=((0, 16),))
    html = shelf.removed(document, [], True, ENGLISH)
    assert ENGLISH.restored_here in html
    assert 'data-act="drop" data-id="d1" data-text="0-16"' in html
    assert "<button" not in shelf.removed(document, [], False, ENGLISH)
    assert shelf.read_span("0-16") == (0, 16)
    assert [shelf.read_span(text) for text in ("", "0", "a-3", "-3-4", "0-16-2")] == [None] * 5


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State("x", "running"), ENGLISH.working["start"]),
        (State("x", "running", "embed", 30, 90, 61.0), "30 / 90"),
        (State("x", "running", "embed", 30, 90, 61.0), "about 61 s left"),
        (State("x", "running", "embed", 30, 90, 600.0), "about 10 min left"),
        (State("x", "running", "embed", 30, 90, 61.0, 1234.5), "1234 tokens/s · about 61 s left"),
        (State("x", "running", "embed", 30, 90), 'max="90" value="30"'),
        (State("x", "done", result=Rebuilt(True, 4, 9)), "Documents: 4, passages: 9"),
        (State("x", "done", result=Rebuilt(False, 4, 9)), ENGLISH.unchanged),
        (State("rebuild", "cancelled"), "the index that was there is unchanged"),
        (State("evaluate", "cancelled"), "the report that was there is unchanged"),
        (State("x", "failed", result="the disk is full"), "the disk is full"),
        (State("x", "failed", result=""), ENGLISH.error_unexpected),
    ],
)
def test_progress_is_told_in_words(state: State, said: str) -> None:
    assert said in shelf.progress(state, ENGLISH)
    assert shelf.progress(State(), ENGLISH) == ""
