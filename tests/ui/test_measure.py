"""The project's own evaluation, run beside the page."""

from collections.abc import Callable

import pytest

from eval import page, run
from index.config import Settings
from index.embed import Embedder
from ui import measure
from ui.evaluation_tab import _framed
from ui.job import State
from ui.measure import Evaluation
from ui.strings import ENGLISH


def quiet(_step: str, _done: int, _total: int) -> None: ...


def test_a_run_ends_in_the_report_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    settings, report = Settings(), object()
    monkeypatch.setattr(Embedder, "load", lambda *_: "the model")
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(run, "own_set", lambda *given: asked.append(given) or report)
    monkeypatch.setattr(page, "to_html", lambda given: "<p>the report</p>" if given is report else "")
    begun: list[tuple[str, Callable[..., str]]] = []
    evaluation = Evaluation(settings)
    monkeypatch.setattr(evaluation.job, "start", lambda name, work, *_: begun.append((name, work)) or True)
    assert evaluation.start()
    ((name, work),) = begun
    assert name == measure.EVALUATE
    assert work(settings, quiet) == "<p>the report</p>"
    assert asked == [(settings, "the model", quiet)]


def test_the_report_stands_in_a_frame_that_shares_nothing_with_the_page() -> None:
    shown = _framed(State("evaluate", "done", result='"><script>parent.hacked=1</script>'), ENGLISH)
    assert "<script" not in shown
    assert shown.count('"') == len(('class=""', 'sandbox=""', 'title=""', 'srcdoc=""')) * 2
    assert 'sandbox="allow-scripts"' in shown
    assert _framed(State("evaluate", "failed", result=""), ENGLISH) == ""
