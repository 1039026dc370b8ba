"""The evaluation in a real browser: begun, watched, read, compared with the run before, cancelled."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from browsing import WAIT_MS, Open, Scripted, serve

from eval import run
from index.config import Settings
from index.embed import Embedder
from ui.job import State
from ui.measure import EVALUATE, Evaluation
from ui.strings import ARABIC, ENGLISH

MILL = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."
ASKED = "Who replaced the wheel <img src=x onerror='window.hacked=1'> of the mill?"
NOT_RIGHT = "window.hacked || document.querySelector('img')"


class Watched:
    """A job in a thread of this process, where a model is loaded already; it asks nothing until it may."""

    def __init__(self) -> None:
        self.state = State()
        self.may_ask = threading.Event()

    def start(self, name: str, work: Callable[..., object], *given: object) -> bool:
        self.state = State(name, "running")
        self.may_ask.clear()
        threading.Thread(target=self._run, args=(work, given)).start()
        return True

    def cancel(self) -> None:
        self.state = replace(self.state, phase="cancelled")

    def _run(self, work: Callable[..., object], given: tuple[object, ...]) -> None:
        def tell(step: str, done: int, total: int, *_: int) -> None:
            if self.state.phase == "running":
                self.state = replace(self.state, step=step, done=done, total=total)
            if step == "ask":
                self.may_ask.wait(WAIT_MS / 1000)

        result = work(*given, tell)
        if self.state.phase == "running":
            self.state = replace(self.state, phase="done", result=result)


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch, embedder: Embedder, tmp_path: Path) -> Iterator[Watched]:
    """What runs the evaluation, on two questions about one document."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "mill.txt").write_text(MILL)
    gold = [{"document": "mill.txt", "quote": "Its wheel was replaced in 1994 by Nadir Salim."}]
    fact = {"id": "q1", "question": ASKED, "language": "en", "kind": "fact", "history": [], "answerable": True}
    none = {**fact, "id": "q2", "question": "Who paints the mill?", "kind": "unanswerable", "answerable": False}
    questions = {**fact, "gold": gold, "facts": [["Nadir Salim"]]}, {**none, "gold": [], "facts": []}
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(question) + "\n" for question in questions))
    few = partial(run.own_set, question_file=tmp_path / "questions.jsonl", documents=tmp_path / "documents", alone=True)
    monkeypatch.setattr(run, "own_set", few)
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    watched = Watched()
    yield watched
    watched.may_ask.set()


def test_a_run_is_watched_read_compared_and_cancelled(
    visit: Open, engine: Scripted, job: Watched, tmp_path: Path
) -> None:
    evaluation = Evaluation(Settings(), tmp_path / "evaluation")
    evaluation.job = job  # type: ignore[assignment]
    with serve(lambda: engine, tmp_path / "kept.db", evaluation=evaluation) as address:
        opened = visit(address, locale="en")
        page = opened.page

        def begin() -> None:
            page.locator("#evaluate").click()
            page.locator("#evaluation-work progress[max='2'][value='1']").wait_for()
            assert page.locator("#evaluate").is_disabled()

        page.get_by_role("tab", name=ENGLISH.tab_evaluation).click()
        begin()
        assert "1 / 2" in page.locator("#evaluation-work").inner_text()
        job.may_ask.set()
        report = page.frame_locator("iframe.report")
        report.get_by_text(ASKED).first.wait_for(state="attached")
        (frame,) = (frame for frame in page.frames if frame != page.main_frame)
        assert not frame.evaluate(NOT_RIGHT)
        assert not page.evaluate(NOT_RIGHT)
        assert page.locator("#compared table").count() == 0  # there was none before

        begin()
        job.may_ask.set()
        page.locator("#compared tbody tr", has_text="key facts").first.wait_for()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(f"document.body.classList.contains('dark') === {str(scheme == 'dark').lower()}")
            assert opened.barriers() == [], scheme
        before = page.locator("#compared").inner_text()
        page.locator("#language label", has_text=ARABIC.name).click()
        report.get_by_role("heading", name=ARABIC.phrases["Summary"]).wait_for()
        assert report.locator("html").get_attribute("dir") == "rtl"
        page.locator("#language label", has_text=ENGLISH.name).click()
        report.get_by_role("heading", name="Summary").wait_for()

        begin()
        page.locator("#cancel-evaluation").click()
        page.get_by_text(ENGLISH.cancelled[EVALUATE]).wait_for()
        page.locator("#cancel-evaluation").wait_for(state="hidden")
        assert page.locator("#evaluate").is_enabled()
        assert page.locator("#compared").inner_text() == before
        assert opened.complaints == []
