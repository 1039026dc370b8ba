"""Conversations over the page's own protocol, and what a tab is shown of the question it asked."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from browsing import Scripted
from scripted import CROWD, LENGTH, PAINTER
from visiting import Visitor, fetch, free_port

from ui import web
from ui.archive import Archive
from ui.chat import ChatTab
from ui.converse import Asked, Service
from ui.limit import Allowance
from ui.strings import ARABIC, ENGLISH
from ui.turns import Answerer
from ui.visitor import COOKIE, owner

SECRET = "a secret of the inside"  # what the scripted engine raises on "broken"
NOTHING = [gr.skip()] * 10
SHOWN = {LENGTH: 3, CROWD: 2}
"""How often something new is shown until an answer is whole: the question alone, its sentences, everything."""


@pytest.mark.parametrize(("question", "seen"), [(q, seen) for q, many in SHOWN.items() for seen in range(1, many + 1)])
def test_a_tab_that_left_is_shown_nothing_more(engine: Answerer, tmp_path: Path, question: str, seen: int) -> None:
    tab: Any = SimpleNamespace(session_hash="tab", headers={}, client=None)
    other: Any = SimpleNamespace(session_hash="another tab", headers={}, client=None)
    archive = Archive(tmp_path / "kept.db")
    try:
        with gr.Blocks():
            chat = ChatTab(Service(lambda: engine, archive), gr.Textbox())
        asked = Asked(owner(tab), "", question)
        values = chat._until_left(tab, chat._grown(asked, ENGLISH, "", ""))
        for _ in range(seen):
            assert next(values) != NOTHING
        chat._begin(other, "", "en", "")
        chat._begin(tab, "", "en", "")  # its browser was not told yet in which conversation it asked
        assert list(values) == [NOTHING]
        assert not chat._asking
    finally:
        archive.close()


def test_what_was_left_before_it_was_answered_is_kept_as_stopped(engine: Answerer, tmp_path: Path) -> None:
    tab: Any = SimpleNamespace(session_hash="tab", headers={}, client=None)
    archive = Archive(tmp_path / "kept.db")
    try:
        with gr.Blocks():
            chat = ChatTab(Service(lambda: engine, archive), gr.Textbox())
        values = chat._until_left(tab, chat._grown(Asked(owner(tab), "", LENGTH), ENGLISH, "", ""))
        next(values)
        chat._begin(tab, "", "en", "")
        list(values)
        (conversation,) = archive.conversations(owner(tab))
        (turn,) = archive.turns(owner(tab), conversation.id)
        assert turn.stopped
    finally:
        archive.close()


def test_the_engine_hears_the_questions_of_its_own_conversation(served: gr.Blocks, script: Scripted) -> None:
    first, second = Visitor(served, "first-visitor"), Visitor(served, "second-visitor")
    first.ask(LENGTH)
    transcript = second.ask(CROWD, "en")
    assert "9,000 people" in transcript
    assert LENGTH not in transcript
    transcript = first.ask("broken")
    transcript = first.ask(PAINTER)
    assert LENGTH in transcript
    assert "9,000" not in transcript
    assert script.asked == [(LENGTH, ()), (CROWD, ()), ("broken", (LENGTH,)), (PAINTER, (LENGTH,))]


def test_two_visitors_do_not_see_each_others_conversations(served: gr.Blocks) -> None:
    first, second = Visitor(served, "first-visitor"), Visitor(served, "second-visitor")
    assert first.cookie != second.cookie
    first.ask(LENGTH)
    for act in ("open", "rename", "save-json", "delete"):
        shown = json.dumps(second.act(act, id=first.conversation, text="stolen"), ensure_ascii=False)
        assert "412" not in shown
    second.conversation = first.conversation
    assert LENGTH not in second.ask(CROWD, "en")
    shown = first.act("open", id=first.conversation)
    assert "412" in str(shown[1])
    assert LENGTH in str(shown[3])
    assert "stolen" not in str(shown[3])


def test_a_visitor_without_a_cookie_has_what_the_tab_holds(served: gr.Blocks) -> None:
    first, second = Visitor(served, "first-visitor"), Visitor(served, "second-visitor")
    first.cookie = second.cookie = f"{COOKIE}=short"
    first.ask(LENGTH)
    assert "412" in str(first.act("open", id=first.conversation)[1])
    assert "412" not in str(second.act("open", id=first.conversation)[1])


def test_the_id_comes_with_the_page_once_and_no_script_reads_it(served: gr.Blocks) -> None:
    _, headers, _ = fetch(served)
    assert headers["set-cookie"].startswith(f"{COOKIE}=")
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=Lax" in headers["set-cookie"]
    held = headers["set-cookie"].split(";")[0]
    assert "set-cookie" not in fetch(served, Cookie=held)[1]
    assert "set-cookie" not in fetch(served, "config")[1]
    assert "set-cookie" in fetch(served, Cookie=f"{COOKIE}=chosen-by-another-page")[1]


def test_another_tab_opens_the_conversation_that_its_address_names(served: gr.Blocks) -> None:
    visitor = Visitor(served, "one-tab")
    visitor.ask(LENGTH)
    shown = json.dumps(Visitor(served, "another", visitor).call("opened", visitor.conversation), ensure_ascii=False)
    assert "412" in shown
    assert "412" not in json.dumps(Visitor(served, "stranger").call("opened", visitor.conversation), ensure_ascii=False)


def test_where_nothing_is_written_nothing_is_asked(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    visitor.call("_act", " \n", visitor.conversation, "", "ar", "", True, [], [], "", "")
    assert script.asked == [(LENGTH, ())]


def test_a_new_conversation_leaves_the_old_one_in_the_list(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    _, transcript, panel, listed, current, *_ = visitor.call("_begin", visitor.conversation, "ar", "")
    assert LENGTH not in str(panel)
    assert ARABIC.welcome in str(transcript)
    assert LENGTH in str(listed)
    assert current == ""
    visitor.conversation = ""
    visitor.ask(CROWD)
    assert script.asked[-1] == (CROWD, ())


def test_an_edited_question_stands_in_place_of_the_last(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    visitor.ask(PAINTER)
    place = (visitor.conversation, "", "ar", "", True, [], [], "", "")
    edit = visitor.call("_act", "", *place, event={"act": "edit"})
    assert edit[5:7] == ["2", PAINTER]
    transcript = str(visitor.call("_act", CROWD, visitor.conversation, "2", *place[2:])[:2])
    assert LENGTH in transcript
    assert PAINTER not in transcript
    retried = str(visitor.call("_act", "", *place, event={"act": "retry"})[:2])
    assert retried.count("9,000 people") == transcript.count("9,000 people") > 0
    assert script.asked[-1] == (CROWD, (LENGTH,))


def test_only_the_chosen_documents_are_asked(served: gr.Blocks, script: Scripted) -> None:
    visitor = Visitor(served, "visitor")
    visitor.call("opened", "")  # which brings the choices
    visitor.ask(LENGTH)
    assert script.within is None
    visitor.ask(LENGTH, languages=["en"])
    assert script.within == {"t"}
    visitor.ask(LENGTH, documents=["b", "t"], until="2031-04-08")
    assert script.within == {"b", "t"}
    assert ARABIC.filter_none in visitor.ask(LENGTH, since="٢٠٥٠-٠١-٠١")
    assert ARABIC.filter_date in visitor.ask(LENGTH, until="yesterday")
    assert len(script.asked) == 3


def test_what_is_refused_stays_to_be_mended_where_it_would_have_stood(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    place = (visitor.conversation, "1", "ar", "", True, [], [], "", "yesterday")
    _, transcript, _, _, current, replacing, box, *_ = visitor.call("_act", CROWD, *place)
    assert LENGTH in str(transcript)
    assert ARABIC.filter_date in str(transcript)
    assert "data-act" not in str(transcript).split("turn-0")[1]  # to ask again would ask the question before
    assert (current, box) == (visitor.conversation, CROWD)
    assert replacing == {"__type__": "update"}  # it is still the first question that is edited


def test_why_a_question_could_not_be_kept_is_told(engine: Answerer, tmp_path: Path) -> None:
    tab: Any = SimpleNamespace(session_hash="tab", headers={}, client=None)
    typed: Any = SimpleNamespace(_data=None)
    archive = Archive(tmp_path / "kept.db")
    with gr.Blocks():
        chat = ChatTab(Service(lambda: engine, archive), gr.Textbox())
    archive.close()
    (values,) = chat._act(typed, tab, LENGTH, "", "", "ar", "", True, [], [], "", "")
    assert "لا تُقرأ المحادثات" in values[1]
    assert values[6] == LENGTH


def test_who_asks_too_often_waits(engine: Scripted, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "few.db")
    page = web.start(Service(lambda: engine, archive, allowance=Allowance(2, 1e-9)), "127.0.0.1", free_port())
    try:
        first, second = Visitor(page, "first-visitor"), Visitor(page, "second-visitor")  # of one address
        assert ENGLISH.too_many not in first.ask(CROWD, "en") + second.ask(CROWD, "en")
        assert ENGLISH.too_many in first.ask(CROWD, "en")
        assert len(engine.asked) == 2
        second.forwarded = "192.0.2.7"  # behind a reverse proxy, every visitor has an address of their own
        assert ENGLISH.too_many not in second.ask(CROWD, "en")
    finally:
        page.close(verbose=False)
        archive.close()


def test_a_saved_conversation_holds_its_sources(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(CROWD, "en")
    parcel = json.loads(str(visitor.act("save-md", id=visitor.conversation)[-1]))
    assert parcel["name"].endswith(".md")
    assert "9,000 people" in parcel["text"]
    assert visitor.act("save-exe", id=visitor.conversation)[-1] == ""


def test_an_unknown_error_does_not_leave_the_server(served: gr.Blocks) -> None:
    answer = Visitor(served, "visitor").ask("broken", "en")
    assert ENGLISH.error_unexpected in answer
    assert SECRET not in answer


def test_the_interface_opens_in_the_visitors_language(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.ask(LENGTH)
    shown = json.dumps(visitor.call("texts", "en", visitor.conversation), ensure_ascii=False)
    assert ENGLISH.tagline in shown
    assert ENGLISH.confidence in shown
    assert LENGTH in shown  # the conversation stays
    assert ARABIC.confidence not in shown


def test_digits_and_months_are_those_of_the_visitors_region(served: gr.Blocks) -> None:
    visitor = Visitor(served, "visitor")
    visitor.languages = "ar-LB,ar;q=0.9,en;q=0.8"
    shown = visitor.call("opened", "")
    assert shown[1] == "ar-LB"
    _, transcript, panel, *_ = visitor.call("_act", LENGTH, "", "", str(shown[1]), "", True, [], [], "", "")
    assert "[١]" in str(transcript)
    assert "٨ نيسان ٢٠٣١" in str(panel)
    assert visitor.call("texts", "en", "")[1] == "en"
    assert "[1]" in visitor.ask(LENGTH, "x" * 10_000)
