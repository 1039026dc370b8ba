"""The gate, the thresholds that stand in the package, and the README's table."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from eval import questions
from eval.cases import Case
from eval.gate import GateError, Thresholds, check, load_thresholds
from eval.own import run_own
from eval.readme import END, START, main, replaced
from eval.report import Report, write_json
from eval.run import DOCUMENTS, QUESTIONS
from eval.statistics import Measure
from eval.summary import baseline
from index.embed import Embedder
from rag.check import Checker
from rag.engine import Engine
from rag.types import Answer

README = Path(__file__).parents[2] / "README.md"


def measured(value: float | None) -> Measure:
    return Measure(value, 0.25, 0.75, 1, 0)


def test_within_bounds():
    measures = {"key_facts": measured(0.5), "error_rate": measured(0.5)}
    check(measures, Thresholds({"key_facts": 0.5}, {"error_rate": 0.5}))


@pytest.mark.parametrize(
    ("thresholds", "told"),
    [
        (Thresholds({"key_facts": 0.51}, {}), "key_facts is 0.500 and must be at least 0.51"),
        (Thresholds({}, {"key_facts": 0.49}), "key_facts is 0.500 and must be at most 0.49"),
        (Thresholds({"recall@1": 0.1}, {}), "recall@1 is not measured"),
        (Thresholds({}, {"error_rate": 0.9}), "error_rate is not measured"),
    ],
)
def test_out_of_bounds(thresholds: Thresholds, told: str):
    with pytest.raises(GateError, match=told):
        check({"key_facts": measured(0.5), "error_rate": measured(None)}, thresholds)


def test_the_packages_own_thresholds_hold_citations_to_all():
    thresholds = load_thresholds()
    assert thresholds.least["citation_validity"] == thresholds.least["faithfulness"] == 1
    assert {"key_facts", "recall@1"} <= thresholds.least.keys()
    assert {"hallucination_rate", "error_rate"} <= thresholds.most.keys()


@pytest.mark.parametrize("text", ["least = 3", "[least]\nrecal = 0.5", "[other]\n", "][", '[most]\n"recall@1" = "x"'])
def test_broken_thresholds_are_told(tmp_path: Path, text: str):
    (tmp_path / "t.toml").write_text(text)
    with pytest.raises(GateError, match=r"t\.toml"):
        load_thresholds(tmp_path / "t.toml")
    with pytest.raises(GateError, match=r"none\.toml"):
        load_thresholds(tmp_path / "none.toml")


def test_every_fifth_of_the_projects_questions_passes_with_some_slack(
    engine: Engine, embedder: Embedder, answers: Mapping[tuple[str, tuple[str, ...]], Answer]
):
    asked = [q for q in questions.load(QUESTIONS, DOCUMENTS) if (q.question, q.history) in answers]
    checker = Checker(embedder.embed_queries)
    fixed = (lambda text, quotes: checker.check(text, quotes) is None, {}, lambda *_: None)
    measures = run_own(asked, engine.documents(), lambda *given: (answers[given], 1.0), *fixed).measures
    thresholds = load_thresholds()
    least = {name: b if b == 1 else 0.85 * b for name, b in thresholds.least.items() if name in measures}
    most = {name: 1.15 * b for name, b in thresholds.most.items() if name in measures}
    assert (len(least), len(most)) == (7, 2)
    check(measures, Thresholds(least, most))


def test_the_readmes_table_is_written_from_a_run(tmp_path: Path):
    names = ("recall@1", "recall@10", "key_facts", "citation_validity", "faithfulness", "error_rate")
    asked = Case("a", "a?", "a", True, (), (), 1, {"key_facts": (1.0, 1.0), "alike": (1.0, 1.0)})
    copies = baseline("copies", [asked], [asked], ("key_facts",))
    misspelt = baseline("misspelt", [asked], [asked], ("key_facts", "alike"))
    measures = {name: measured(0.5) for name in names}
    report = Report(
        "Own", measures, (), {}, {"questions": 7, "documents": 3}, baselines=(copies,), conditions=(misspelt,)
    )
    write_json(report, tmp_path / "run.json")
    (tmp_path / "README.md").write_text(f"before\n{START}\nold\n{END}\nafter\n", "utf-8")
    main([str(tmp_path / "run.json"), str(tmp_path / "README.md")])
    text = (tmp_path / "README.md").read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "7 questions on 3 sample documents" in text
    assert "| key facts | .500 [.250, .750] |" in text
    assert "| hallucination rate | - [" not in text
    assert "| Sanad | .500 | .500 | - | - | |" in text
    assert "| copies | - | 1.000 | - | - | no difference seen |" in text
    assert "| misspelt | 1 | 1.000 [.000, 1.000] | 1.000 |" in text
    main([str(tmp_path / "run.json"), str(tmp_path / "README.md")])
    assert (tmp_path / "README.md").read_text("utf-8") == text


def test_the_readme_has_its_marks():
    assert replaced(README.read_text("utf-8"), "x").count("x\n<!-- end") == 1
    with pytest.raises(ValueError, match="needs the lines"):
        replaced("no marks", "x")
