"""The project's own evaluation, run beside the page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from eval import page, report, run
from eval.cases import Case
from eval.compare import Run, compare
from index.config import Settings
from index.embed import Embedder
from ui import measure
from ui.compared import compared
from ui.evaluation_tab import _framed
from ui.measure import Evaluation
from ui.strings import ARABIC, ENGLISH

HOSTILE = "<img src=x onerror=alert(1)>"


def quiet(*_step: object) -> None: ...


def case(name: str, found: float) -> Case:
    return Case(
        id=name,
        question=f"{HOSTILE} {name}?",
        cluster=name,
        answerable=True,
        gold=(),
        expected=(),
        rank=None,
        scores={"key_facts": (found, 1.0)},
        answer="",
        abstained=False,
        ms=5.0,
    )


def test_the_last_two_runs_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings()
    monkeypatch.setattr(Embedder, "load", lambda *_: "the model")
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(run, "own_set", lambda *given: asked.append(given) or f"run {len(asked)}")
    monkeypatch.setattr(
        page, "write_html", lambda given, file, wording: file.write_text(f"<p>{given} {wording.code}</p>")
    )
    monkeypatch.setattr(report, "write_json", lambda given, file: file.write_text(given))
    begun: list[tuple[str, Callable[..., None]]] = []
    evaluation = Evaluation(settings, tmp_path / "evaluation")
    monkeypatch.setattr(evaluation.job, "start", lambda name, work, *_: begun.append((name, work)) or True)
    assert evaluation.report("ar") == ""
    assert evaluation.comparison() is None
    assert evaluation.start()
    ((name, work),) = begun
    assert name == measure.EVALUATE
    for number in (1, 2, 3):
        work(settings, tmp_path / "evaluation", quiet)
        restarted = Evaluation(settings, tmp_path / "evaluation")
        assert [restarted.report(code) for code in ("ar", "en")] == [f"<p>run {number} {c}</p>" for c in ("ar", "en")]
    kept = {file.name: file.read_text() for file in (tmp_path / "evaluation").iterdir()}
    reports = {f"report-{code}.html": f"<p>run 3 {code}</p>" for code in ("ar", "en")}
    assert kept == {**reports, "last.json": "run 3", "before.json": "run 2"}
    assert asked == [(settings, "the model", quiet)] * 3


def test_what_got_better_and_worse_is_told() -> None:
    first = Run("a", {"reader": "off"}, (case("x", 0.0), case("y", 1.0), case("z", 1.0)))
    second = Run("b", {"reader": "on"}, (case("x", 1.0), case("y", 0.0), case("z", 1.0)))
    html = compared(compare(first, second), ENGLISH)
    assert "reader: off → on" in html
    assert html.count("<li><bdi") == 2
    assert "<img" not in html
    assert '<th scope="row"><bdi lang="en" dir="ltr">key facts</bdi></th>' in html  # aligned with its column's head
    row = html[html.index("key facts") :]
    assert [cell.split("<")[0] for cell in row.split('<bdi dir="ltr">')[1:5]][2:] == ["1", "1"]
    assert '<th scope="row">الحقائق المذكورة</th>' in compared(compare(first, second), ARABIC)
    assert compared(None, ENGLISH) == ""


def test_the_report_stands_in_a_frame_that_shares_nothing_with_the_page() -> None:
    shown = _framed('"><script>parent.hacked=1</script>', ENGLISH)
    assert "<script" not in shown
    assert shown.count('"') == len(('class=""', 'sandbox=""', 'title=""', 'srcdoc=""')) * 2
    assert 'sandbox="allow-scripts"' in shown
    assert _framed("", ENGLISH) == ""
