"""A question's replies, without a page."""

from pathlib import Path

import pytest
from scripted import CROWD, LENGTH

from ui.archive import Archive
from ui.converse import Asked, Service, replies
from ui.turns import Answerer


@pytest.mark.parametrize("question", [LENGTH, CROWD])
def test_nothing_more_is_shown_of_what_was_stopped(engine: Answerer, tmp_path: Path, question: str) -> None:
    archive = Archive(tmp_path / "kept.db")
    try:
        shown = replies(Service(lambda: engine, archive), Asked("me", "", question))
        conversation, (turn,) = next(shown)
        assert turn.pending
        archive.stop("me", conversation)
        assert list(shown) == []
        (kept,) = archive.turns("me", conversation)
        assert kept.stopped
    finally:
        archive.close()


def test_the_last_reply_is_whole_and_kept(engine: Answerer, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "kept.db")
    try:
        *_, (conversation, turns) = replies(Service(lambda: engine, archive), Asked("me", "", LENGTH))
        assert turns[-1].answer is not None
        assert turns[-1].shown is None
        assert archive.turns("me", conversation) == turns
    finally:
        archive.close()
