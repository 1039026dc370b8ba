"""``sanad eval``: what it prints and writes, and the exit code."""

import json
from pathlib import Path

import pytest
from commands import BRIDGE_NEWS, CAKE, ESCAPE, MILL_NEWS, Run

from eval.run import DOCUMENTS
from ui import terminal

SECTIONS = {
    "retrieval": {"recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10"},
    "answer": {"sentence_hit@1", "sentence_hit@2", "citation_validity", "faithfulness", "key_facts"},
    "abstention": {"hallucination_rate", "error_rate", "balanced_accuracy"},
    "cost": {"ms_p50", "ms_p95"},
}


class TestEval:
    @pytest.fixture
    def squad(self, tmp_path: Path) -> Path:
        def qa(name: str, question: str, answer: str) -> dict[str, object]:
            return {"id": name, "question": question, "answers": [{"text": answer, "answer_start": 0}]}

        paragraphs = [
            {"context": MILL_NEWS, "qas": [qa("m", "Who replaced the wheel of the mill?", "Nadir Salim")]},
            {"context": BRIDGE_NEWS, "qas": [qa("b", "When was the bridge at Wadi Nur opened?", "3 May 1987")]},
        ]
        file = tmp_path / "squad.json"
        file.write_text(json.dumps({"data": [{"title": "T", "paragraphs": paragraphs}]}))
        return file

    @pytest.fixture
    def nomiracl(self, tmp_path: Path) -> Path:
        made = [
            {
                "id": "1",
                "question": "Who replaced the wheel of the mill?",
                "answerable": True,
                "passages": [{"text": MILL_NEWS}],
            },
            {
                "id": "2",
                "question": CAKE,
                "answerable": False,
                "passages": [{"text": MILL_NEWS}, {"text": BRIDGE_NEWS}],
            },
        ]
        file = tmp_path / "nomiracl.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in made))
        return file

    def test_squad(self, run: Run, squad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(terminal, "_AT_ONCE_S", 0.0)
        written = tmp_path / "report.json", tmp_path / "report.html"
        ran = run("eval", "--squad", squad, "--json", written[0], "--report", written[1])
        assert ran.code == 0
        assert "Who replaced the wheel of the mill?" in written[1].read_text("utf-8")
        assert ran.err.splitlines()[-1] == "Asking: 2 of 2 (100 %)"
        assert "recall@1" in ran.out
        assert ESCAPE not in ran.out
        report = json.loads((tmp_path / "report.json").read_text())
        for section, names in SECTIONS.items():
            assert names <= report[section].keys()
        assert report["retrieval"]["recall@1"] == 1.0
        assert report["answer"]["sentence_hit@2"] is not None
        assert report["answer"]["citation_validity"] in (1.0, None)
        assert report["cost"]["ms_p50"] > 0

    def test_questions_of_a_parallel_file(self, run: Run, squad: Path, tmp_path: Path):
        raw = json.loads(squad.read_text())
        raw["data"][0]["paragraphs"][0]["qas"][0]["question"] = "من استبدل عجلة الطاحونة؟"
        parallel = tmp_path / "ar.json"
        parallel.write_text(json.dumps(raw))
        run("eval", "--squad", squad, "--questions-from", parallel, "--json", tmp_path / "report.json")
        cases = json.loads((tmp_path / "report.json").read_text())["cases"]
        assert cases[0]["question"] == "من استبدل عجلة الطاحونة؟"

    def test_ablation(self, run: Run, squad: Path, tmp_path: Path):
        ran = run("eval", "--squad", squad, "--ablation", "--json", tmp_path / "report.json")
        assert ran.code == 0
        assert "plain LlamaIndex" in ran.out
        report = json.loads((tmp_path / "report.json").read_text())
        assert report["baselines"]["plain LlamaIndex"]["retrieval"]["recall@10"] == 1.0

    def test_compare(self, run: Run, squad: Path, tmp_path: Path):
        first, second = tmp_path / "a.json", tmp_path / "b.json"
        run("eval", "--squad", squad, "--json", first)
        raw = json.loads(first.read_text())
        raw["cases"][0]["hits"]["recall@1"] = 0.0
        second.write_text(json.dumps(raw))
        ran = run("eval", "--compare", first, second)
        assert ran.code == 0
        assert "recall@1 1.000 -> 0.000" in ran.out
        assert "Worse: 1" in ran.out
        run("eval", "--compare", first, tmp_path / "none.json").failed_with(1, "none.json")

    def test_nomiracl(self, run: Run, nomiracl: Path, tmp_path: Path):
        ran = run("eval", "--nomiracl", nomiracl, "--json", tmp_path / "report.json")
        assert ran.code == 0
        report = json.loads((tmp_path / "report.json").read_text())
        for name in SECTIONS["abstention"]:
            assert 0 <= report["abstention"][name] <= 1
        assert report["retrieval"]["recall@1"] is None

    def test_a_new_set_is_lines_and_says_what_to_do_with_them(self, run: Run, documents: Path):
        ran = run("eval", "--new-set", documents)
        drafted = [json.loads(line) for line in ran.out.splitlines()]
        assert {one["gold"][0]["document"] for one in drafted} == {"bridge.txt", "mill.txt"}
        assert ran.err.startswith(f"Drafted {len(drafted)} questions on 2 documents, of which 0 have no answer.")
        assert ran.err.endswith(f"'sanad eval --questions FILE --documents {documents}'.\n")

    def test_furniture(self, run: Run):
        ran = run("eval", "--furniture", DOCUMENTS)
        assert ran.code == 0
        assert "furniture spans kept" in ran.out.splitlines()[-1]

    @pytest.mark.parametrize("option", ["--squad", "--nomiracl", "--furniture"])
    def test_a_missing_file(self, run: Run, option: str, tmp_path: Path):
        ran = run("eval", option, tmp_path / "none.json")
        ran.failed_with(4 if option == "--furniture" else 1, "none.json")

    @pytest.mark.parametrize("option", ["--json", "--report"])
    def test_a_run_that_could_not_be_written_down_is_not_begun(
        self, run: Run, option: str, squad: Path, tmp_path: Path
    ):
        ran = run("eval", "--squad", squad, option, tmp_path / "none" / "run")
        ran.failed_with(2, "its folder does not exist")
        assert "Embedding" not in ran.err

    def test_a_file_of_another_kind(self, run: Run, tmp_path: Path):
        (tmp_path / "x.json").write_text("[1, 2]")
        run("eval", "--squad", tmp_path / "x.json").failed_with(1, "x.json")
        run("eval", "--nomiracl", tmp_path / "x.json").failed_with(1, "x.json")
