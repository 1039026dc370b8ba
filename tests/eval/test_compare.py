"""Two runs on the same questions, from their files to the list of cases."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from eval.cases import Case
from eval.compare import compare, read_run
from eval.report import Report, ReportError, write_json
from eval.table import comparison_table


def case(name: str, facts: float, refused: float = 0.0, ms: float = 10.0) -> Case:
    scores = {"key_facts": (facts, 1.0), "error_rate": (refused, 1.0)}
    return Case(name, f"{name}؟", f"{name}.txt", True, (), (), None, scores, abstained=bool(refused), ms=ms)


FIRST = (case("better", 0.0), case("same", 0.5), case("worse", 1.0), case("mixed", 0.5), case("gone", 1.0))
SECOND = (
    case("same", 0.5, ms=30.0),
    case("better", 0.5),
    case("worse", 0.0, refused=1.0),
    replace(case("mixed", 1.0), scores={"key_facts": (1.0, 1.0), "error_rate": (1.0, 1.0)}),
    case("new", 1.0),
)


def write(file: Path, cases: tuple[Case, ...], **settings: object) -> Path:
    write_json(Report("A run", {}, cases, settings, {}), file)
    return file


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "a.json", FIRST, model="m", k=1), write(tmp_path / "b.json", SECOND, model="n", k=1)


def test_questions_are_paired_by_id_not_by_place(files: tuple[Path, Path]):
    found = compare(*map(read_run, files))
    assert (found.common, found.only) == (4, (1, 1))
    # Gains of 0.5, 0, -1 and 0.5; two of four were refused.
    assert found.differences["key_facts"].value == 0.0
    assert found.differences["error_rate"].value == 0.5
    assert found.differences["ms"].value == 5.0
    assert [change.first.id for change in found.changes] == ["better", "worse", "mixed"]


def test_what_got_better_and_worse(files: tuple[Path, Path]):
    changes = {change.first.id: change for change in compare(*map(read_run, files)).changes}
    assert changes["better"].scores == {"key_facts": (0.0, 0.5)}
    assert (changes["better"].better, changes["better"].worse) == (True, False)
    assert changes["worse"].scores == {"key_facts": (1.0, 0.0), "error_rate": (0.0, 1.0)}
    assert (changes["worse"].better, changes["worse"].worse) == (False, True)
    assert (changes["mixed"].better, changes["mixed"].worse) == (True, True)


def test_settings_that_differ_are_told(files: tuple[Path, Path]):
    assert compare(*map(read_run, files)).settings == {"model": ("m", "n")}


def test_the_terminal_shows_the_cases(files: tuple[Path, Path]):
    stream = io.StringIO()
    Console(file=stream, width=120).print(comparison_table(compare(*map(read_run, files)), 1))
    shown = stream.getvalue()
    assert "model: m -> n" in shown
    assert "better: key_facts 0.000 -> 0.500" in shown
    assert "Worse: 1" in shown


def test_other_questions_and_other_files_are_refused(tmp_path: Path, files: tuple[Path, Path]):
    stranger = write(tmp_path / "c.json", (case("stranger", 1.0),))
    with pytest.raises(ReportError, match="no question in common"):
        compare(read_run(files[0]), read_run(stranger))
    (tmp_path / "d.json").write_text('{"title": "x", "settings": {}, "cases": [{"id": 1}]}')
    with pytest.raises(ReportError, match=r"d\.json: cases\.0"):
        read_run(tmp_path / "d.json")
    with pytest.raises(ReportError, match=r"none\.json: cannot be read"):
        read_run(tmp_path / "none.json")
