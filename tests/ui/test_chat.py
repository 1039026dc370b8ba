"""What a tab is shown of the question it asked."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from scripted import CROWD, LENGTH

from ui.archive import Archive
from ui.chat import ChatTab
from ui.converse import Asked, Service
from ui.strings import ENGLISH
from ui.turns import Answerer
from ui.visitor import owner

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
        values = chat._ask(tab, asked, ENGLISH, "", "")
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
        values = chat._ask(tab, Asked(owner(tab), "", LENGTH), ENGLISH, "", "")
        next(values)
        chat._begin(tab, "", "en", "")
        list(values)
        (conversation,) = archive.conversations(owner(tab))
        (turn,) = archive.turns(owner(tab), conversation.id)
        assert turn.stopped
    finally:
        archive.close()
