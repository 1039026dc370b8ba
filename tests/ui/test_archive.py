"""Conversations that are kept: whole, findable, and their owner's alone."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from scripted import CROWD, LENGTH, PAINTER

from ui.archive import TITLE, TURNS, Archive, ArchiveError
from ui.turns import Answerer, Turn, grown


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "conversations.db")
    yield opened
    opened.close()


def whole(engine: Answerer, turn: Turn, earlier: Sequence[Turn] = ()) -> Turn:
    """A turn with its answer."""
    *_, last = grown(lambda: engine, turn, earlier)
    return last


def ask(archive: Archive, engine: Answerer, question: str, conversation: str = "", owner: str = "me") -> str:
    conversation, turn = archive.begin(owner, conversation, question)
    earlier = archive.turns(owner, conversation)[:-1]
    archive.keep(owner, conversation, whole(engine, turn, earlier))
    return conversation


def test_a_conversation_comes_back_whole_after_a_restart(tmp_path: Path, engine: Answerer) -> None:
    before = Archive(tmp_path / "conversations.db")
    conversation = ask(before, engine, LENGTH)
    ask(before, engine, PAINTER, conversation)
    before.close()
    archive = Archive(tmp_path / "conversations.db")
    first, second = archive.turns("me", conversation)
    answer = engine.ask(LENGTH)
    assert first == Turn(1, LENGTH, answer, {c.document.id: engine.dropped(c.document.id) for c in answer.citations})
    assert first.answer is not None
    assert [c.quote for c in first.answer.citations] == [c.quote for c in answer.citations]
    assert first.answer.citations[0].document.published == date(2031, 4, 8)
    assert second.answer is not None
    assert second.answer.evidence == engine.ask(PAINTER).evidence
    archive.close()


def test_a_document_is_kept_once_and_goes_with_its_conversation(
    archive: Archive, engine: Answerer, tmp_path: Path
) -> None:
    conversation = ask(archive, engine, LENGTH)
    ask(archive, engine, LENGTH, conversation)
    base = sqlite3.connect(tmp_path / "conversations.db")
    assert base.execute("SELECT count(*) FROM document").fetchone() == (2,)
    archive.delete("me", conversation)
    assert [
        base.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("conversation", "turn", "document")
    ] == [(0,)] * 3
    base.close()


def test_nobody_sees_or_changes_anothers_conversation(archive: Archive, engine: Answerer) -> None:
    mine = ask(archive, engine, LENGTH)
    before = archive.turns("me", mine)
    assert archive.conversations("you") == archive.turns("you", mine) == ()
    archive.rename("you", mine, "stolen")
    archive.delete("you", mine)
    archive.stop("you", mine)
    archive.keep("you", mine, Turn(1, "forged"))
    yours = ask(archive, engine, CROWD, mine, owner="you")
    assert yours != mine
    assert archive.turns("me", mine) == before
    assert [talk.title for talk in archive.conversations("me")] == [LENGTH]
    assert [talk.id for talk in archive.conversations("you")] == [yours]


def test_the_last_changed_conversation_comes_first(archive: Archive, engine: Answerer) -> None:
    first = ask(archive, engine, LENGTH)
    second = ask(archive, engine, CROWD)
    assert [talk.id for talk in archive.conversations("me")] == [second, first]
    ask(archive, engine, PAINTER, first)
    assert [talk.id for talk in archive.conversations("me")] == [first, second]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", 2),
        ("9,000", 1),
        ("طُولُ جسر", 1),
        ("Bridge BRIDGE", 2),
        ("bridge طول", 1),
        ("%", 0),
        ("painter", 0),
        (" ", 2),
    ],
)
def test_search_finds_words_of_questions_and_answers_however_spelled(
    archive: Archive, engine: Answerer, words: str, found: int
) -> None:
    ask(archive, engine, LENGTH)  # its answer quotes an English leaflet
    ask(archive, engine, CROWD)
    assert len(archive.conversations("me", words)) == found


def test_a_title_is_the_first_question_until_it_is_renamed(archive: Archive, engine: Answerer) -> None:
    conversation = ask(archive, engine, CROWD)
    archive.rename("me", conversation, f"  Crowds\n{'x ' * 200}")
    ((_, title),) = [(talk.id, talk.title) for talk in archive.conversations("me")]
    assert title.startswith("Crowds x")
    assert len(title) <= TITLE + 1
    archive.rename("me", conversation, "  ")
    assert archive.conversations("me")[0].title == title
    assert archive.conversations("me", "crowds")[0].id == conversation


def test_what_is_asked_is_kept_before_it_is_grown(archive: Archive) -> None:
    conversation, turn = archive.begin("me", "", LENGTH)
    assert turn.pending
    assert archive.turns("me", conversation) == (replace(turn, stopped=True),)


def test_a_stopped_question_stays_without_an_answer(archive: Archive, engine: Answerer) -> None:
    conversation, turn = archive.begin("me", "", LENGTH)
    archive.stop("me", conversation)
    archive.keep("me", conversation, whole(engine, turn))
    (kept,) = archive.turns("me", conversation)
    assert kept.stopped
    assert kept.answer is None


def test_a_question_can_stand_in_place_of_the_last_one(archive: Archive, engine: Answerer) -> None:
    conversation = ask(archive, engine, LENGTH)
    ask(archive, engine, PAINTER, conversation)
    archive.begin("me", conversation, CROWD, replacing=2)
    assert [(t.number, t.question) for t in archive.turns("me", conversation)] == [(1, LENGTH), (2, CROWD)]


def test_an_answer_that_comes_after_its_question_was_deleted_is_forgotten(archive: Archive, engine: Answerer) -> None:
    conversation, turn = archive.begin("me", "", LENGTH)
    archive.delete("me", conversation)
    archive.keep("me", conversation, whole(engine, turn))
    assert archive.conversations("me") == archive.turns("me", conversation) == ()


def test_the_oldest_turns_leave(archive: Archive) -> None:
    conversation = ""
    for number in range(TURNS + 3):
        conversation, _ = archive.begin("me", conversation, str(number))
    assert [turn.question for turn in archive.turns("me", conversation)] == [str(n) for n in range(3, TURNS + 3)]


def test_text_that_is_no_unicode_is_kept_readable(archive: Archive, engine: Answerer) -> None:
    conversation, turn = archive.begin("me", "", "half \ud83d a face")
    answer = engine.ask(CROWD)
    (sentence,) = answer.sentences
    (citation,) = sentence.citations
    document = replace(citation.document, text=citation.document.text.replace("Cafes", "\udc80afes"))
    odd = replace(answer, sentences=(replace(sentence, citations=(replace(citation, document=document),)),))
    archive.keep("me", conversation, replace(turn, answer=odd))
    (kept,) = archive.turns("me", conversation)
    assert kept.question == "half \ufffd a face"
    assert kept.answer is not None
    assert kept.answer.citations[0].quote == citation.quote
    assert "\ufffdafes" in kept.answer.citations[0].document.text


def test_a_turn_of_another_version_keeps_its_question(archive: Archive, engine: Answerer, tmp_path: Path) -> None:
    conversation = ask(archive, engine, LENGTH)
    base = sqlite3.connect(tmp_path / "conversations.db")
    base.execute("UPDATE turn SET body = replace(body, '\"abstained\"', '\"withheld\"')")
    base.commit()
    base.close()
    assert archive.turns("me", conversation) == (Turn(1, LENGTH, stopped=True),)


def test_many_may_ask_at_once(archive: Archive, engine: Answerer) -> None:
    threads = [
        threading.Thread(target=ask, args=(archive, engine, CROWD), kwargs={"owner": str(n % 4)}) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(archive.conversations(str(n))) for n in range(4)] == [5] * 4


def test_what_is_no_archive_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "conversations.db").write_bytes(b"not a database" * 100)
    with pytest.raises(ArchiveError) as caught:
        Archive(tmp_path / "conversations.db")
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_a_model_has_not_finished_wording_stays_as_the_documents_say_it(
    archive: Archive, engine: Answerer
) -> None:
    conversation, turn = archive.begin("me", "", LENGTH)
    archive.keep("me", conversation, whole(engine, turn), pending=True)
    archive.stop("me", conversation)
    archive.keep("me", conversation, replace(turn, error="too late"))
    assert archive.turns("me", conversation) == (whole(engine, turn),)


def test_an_answer_and_the_one_beside_it_change_places(archive: Archive, engine: Answerer) -> None:
    conversation, turn = archive.begin("me", "", CROWD)
    own = whole(engine, turn)
    assert own.answer is not None
    words = replace(own.answer, answer="Worded otherwise.", worded_by="m")
    archive.keep("me", conversation, replace(own, answer=words, beside=own.answer))
    assert archive.conversations("me", "otherwise")
    archive.switch("you", conversation, 1)
    archive.switch("me", conversation, 2)
    assert archive.turns("me", conversation)[0].answer == words
    archive.switch("me", conversation, 1)
    assert archive.turns("me", conversation) == (replace(own, beside=words),)
    assert not archive.conversations("me", "otherwise")
    archive.switch("me", conversation, 1)
    assert archive.turns("me", conversation)[0].answer == words
