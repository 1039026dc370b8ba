"""Each kind of question set on a tiny set of its own, with the real model."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from llm_server import LlmServer, Reply

from eval import run, support
from eval import squad as squad_set
from eval.records import QuestionSetError
from index.config import LlmSettings, Settings
from index.embed import Embedder
from index.errors import LlmError
from rag import reader

MILL = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."
BRIDGE = "The bridge at Wadi Nur carries trams and bicycles. It was opened on 3 May 1987 by the mayor of the town."
CAKE = "What is the best recipe for an orange and chocolate cake?"
Told = list[tuple[str, int, int]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made, to see whether one is left."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    questions = {
        MILL: ("m", "Who replaced the wheel of the mill?", "Nadir Salim"),
        BRIDGE: ("b", "When was the bridge at Wadi Nur opened?", "3 May 1987"),
    }
    paragraphs = [
        {"context": text, "qas": [{"id": name, "question": asked, "answers": [{"text": gold, "answer_start": 0}]}]}
        for text, (name, asked, gold) in questions.items()
    ]
    file = tmp_path / "squad.json"
    file.write_text(json.dumps({"data": [{"title": "T", "paragraphs": paragraphs}]}))
    return file


def test_the_projects_own_set(
    tmp_path: Path, embedder: Embedder, scratch: Path, told: Told, monkeypatch: pytest.MonkeyPatch
):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "mill.txt").write_text(MILL)
    (documents / "bridge.txt").write_text(BRIDGE)
    asked = {
        "id": "q1",
        "question": "Who replaced the wheel of the mill?",
        "language": "en",
        "kind": "fact",
        "history": [],
        "answerable": True,
        "gold": [{"document": "mill.txt", "quote": "Its wheel was replaced in 1994 by Nadir Salim."}],
        "facts": [["Nadir Salim"]],
    }
    silent = {
        **asked,
        "id": "q2",
        "question": CAKE,
        "kind": "unanswerable",
        "answerable": False,
        "gold": [],
        "facts": [],
    }
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(q) + "\n" for q in (asked, silent)))
    monkeypatch.setattr(run, "DOCUMENTS", documents)
    monkeypatch.setattr(run, "QUESTIONS", tmp_path / "questions.jsonl")
    few = [pair for pair in support.load() if pair.id.startswith("s02")]
    monkeypatch.setattr(support, "half", lambda *, tuned: () if tuned else few)
    report = run.own_set(Settings(), embedder, lambda *step: told.append(step))
    assert report.counts == {"documents": 2, "questions": 2, "questions_refused": 0}
    assert report.measures["recall@1"].value == 1.0
    assert [case.id for case in report.cases] == ["q1", "q2"]
    assert report.settings["embedding_model"]["fingerprint"] == embedder.fingerprint
    assert report.settings["reader_weights"] == reader.card()["sha256"]
    assert report.settings["corpus"] == run.corpus_hash([squad_set.document(t, "en") for t in (BRIDGE, MILL)])
    # Ours and five baselines; the first question of three is asked of its document, of the other, and uncleaned.
    assert told[-1] == ("ask", 15, 15)
    assert len(report.baselines) == 5
    conditions = {found.name: found for found in report.conditions}
    assert [len(found.cases) for found in conditions.values()] == [1, 1, 1]
    assert conditions["among all documents, not the gold ones alone"].measures["alike"].value == 1
    left_out = conditions["gold documents left out"].cases[0]
    assert all(quoted.document == "bridge.txt" for said in left_out.said for quoted in said.citations)
    assert left_out.scores["key_facts"] == (0.0, 1.0)
    alone = run.own_set(Settings(), embedder, lambda *_: None, alone=True)
    assert not alone.baselines
    assert not alone.conditions
    assert alone.measures["recall@1"] == report.measures["recall@1"]
    assert {"disagreement_recall", "support_false_alarms", "build_tokens_per_second", "peak_memory_mb"} <= set(
        report.measures
    )
    assert told[0][0] == "read"
    assert list(scratch.iterdir()) == []


def test_a_models_answers_are_measured_beside_the_built_in_ones(
    tmp_path: Path, embedder: Embedder, serve_llm: Callable[..., LlmServer]
):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "mill.txt").write_text(MILL)
    common = {"language": "en", "kind": "fact", "history": [], "answerable": True}
    wheat, wheel = (f"{sentence.rstrip('.')}." for sentence in MILL.split(". "))
    asked = [
        {
            **common,
            "id": name,
            "question": question,
            "gold": [{"document": "mill.txt", "quote": quote}],
            "facts": [[fact]],
        }
        for name, question, quote, fact in (
            ("wheel", "Who replaced the wheel of the mill?", wheel, "1994"),
            ("wheat", "What does the mill grind?", wheat, "wheat"),
        )
    ]
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(q) + "\n" for q in asked))
    wrong = "The wheel was replaced in 1995 [1][2].\nNadir Salim replaced the wheel [1][2]."
    cited = Reply(lambda prompt: "" if "Question: What" in prompt else wrong)
    server = serve_llm("ready", cited)
    settings = Settings(llm=LlmSettings(model=server.openai))
    report = run.own_set(settings, embedder, lambda *_: None, tmp_path / "q.jsonl", documents)
    assert report.settings["llm"] == "openai-like:scripted"
    assert {case.id: case.worded_by for case in report.cases} == {"wheel": "openai-like:scripted", "wheat": ""}
    assert report.counts["answers_worded"] == 1
    (built_in,) = report.baselines
    assert built_in.name == run.BUILT_IN
    assert [case.worded_by for case in built_in.cases] == ["", ""]
    # The model invents a year and loses the fact; where it says nothing the answers are one.
    assert report.measures["faithfulness"].value < 1.0
    assert built_in.differences["faithfulness"].value > 0
    assert built_in.differences["key_facts"].value == 0.5


def test_a_model_that_does_not_answer_is_told_before_anything_is_built(
    embedder: Embedder, serve_llm: Callable[..., LlmServer], told: Told
):
    settings = Settings(llm=LlmSettings(model=serve_llm(Reply(status=401)).openai))
    with pytest.raises(LlmError, match="401"):
        run.own_set(settings, embedder, lambda *step: told.append(step))
    assert told == []


def test_a_squad_pool(squad: Path, embedder: Embedder, scratch: Path, told: Told):
    report = run.pool([squad], None, None, Settings(), embedder, lambda *step: told.append(step))
    assert report.counts["paragraphs"] == report.counts["questions"] == 2
    assert report.measures["recall@1"].value == 1.0
    assert report.measures["sentence_hit@1"].judged == 2
    assert report.measures["citation_validity"].value in (1.0, None)
    assert report.settings["model"] == "bundled"
    model = report.settings["embedding_model"]
    assert isinstance(model, dict)
    assert (model["name"], model["fingerprint"]) == (embedder.name, embedder.fingerprint)
    assert told[-1] == ("ask", 2, 2)
    assert list(scratch.iterdir()) == []


def test_a_parallel_files_questions(squad: Path, embedder: Embedder, tmp_path: Path):
    raw = json.loads(squad.read_text())
    raw["data"][0]["paragraphs"][1]["qas"][0]["question"] = "متى افتُتح جسر وادي نور؟"
    parallel = tmp_path / "ar.json"
    parallel.write_text(json.dumps(raw))
    report = run.pool([squad], None, parallel, Settings(), embedder, lambda *_: None)
    assert [case.question for case in report.cases] == [
        "Who replaced the wheel of the mill?",
        "متى افتُتح جسر وادي نور؟",
    ]


def test_nomiracl_asks_each_question_of_its_own_passages(
    tmp_path: Path, embedder: Embedder, scratch: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = "Who replaced the wheel of the mill?"
    made = [
        {"id": "1", "question": asked, "answerable": True, "passages": [{"text": MILL}, {"text": BRIDGE}]},
        {"id": "2", "question": asked, "answerable": False, "passages": [{"text": BRIDGE}, {"text": "  "}]},
    ]
    file = tmp_path / "nomiracl.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in made))
    seen: list[list[str]] = []
    original = run.Engine.ask

    def ask(*given: object, **options: object) -> object:
        answer = original(*given, **options)  # type: ignore[arg-type]
        seen.append([found.text for found in answer.evidence])
        return answer

    monkeypatch.setattr(run.Engine, "ask", ask)
    report = run.nomiracl_file(file, Settings(), embedder, lambda *_: None)
    assert seen == [[MILL, BRIDGE], [BRIDGE]]
    with_answer, without = report.cases
    assert with_answer.confidence > without.confidence
    assert (report.measures["error_rate"].judged, report.measures["hallucination_rate"].judged) == (1, 1)
    assert list(scratch.iterdir()) == []


def test_nothing_is_left_behind_when_it_fails(squad: Path, embedder: Embedder, scratch: Path):
    def fail(step: str, *_: int) -> None:
        if step == "ask":
            raise RuntimeError(step)

    with pytest.raises(RuntimeError):
        run.pool([squad], None, None, Settings(), embedder, fail)
    assert list(scratch.iterdir()) == []


def test_a_broken_set_is_told_before_anything_is_built(tmp_path: Path, embedder: Embedder, told: Told):
    (tmp_path / "x.json").write_text("{}")
    for broken in (
        lambda: run.pool([tmp_path / "x.json"], None, None, Settings(), embedder, lambda *step: told.append(step)),
        lambda: run.nomiracl_file(tmp_path / "x.json", Settings(), embedder, lambda *step: told.append(step)),
    ):
        with pytest.raises(QuestionSetError, match=r"x\.json"):
            broken()
    assert told == []


def test_a_set_of_ones_own_is_checked(tmp_path: Path, embedder: Embedder):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "mill.txt").write_text(MILL)
    asked = {
        "id": "q1",
        "question": "Who?",
        "language": "en",
        "kind": "fact",
        "history": [],
        "answerable": True,
        "gold": [{"document": "mill.txt", "quote": "Its wheel was replaced in 1994 by Nadir Salim."}],
        "facts": [["Omar"]],
    }
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(asked))
    with pytest.raises(QuestionSetError, match=r"mine\.jsonl:1: no variant of the fact"):
        run.own_set(Settings(), embedder, lambda *_: None, file, tmp_path / "documents")
    file.write_text(json.dumps({**asked, "facts": [["Nadir Salim"]]}))
    report = run.own_set(Settings(), embedder, lambda *_: None, file, tmp_path / "documents")
    assert report.counts["documents"] == 1
    assert "support_false_alarms" not in report.measures


def test_a_beir_folder(tmp_path: Path, embedder: Embedder):
    (tmp_path / "qrels").mkdir()
    corpus = [{"_id": "m", "title": "Mill", "text": MILL}, {"_id": "b", "text": BRIDGE}]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(line) + "\n" for line in corpus))
    (tmp_path / "queries.jsonl").write_text(json.dumps({"_id": "1", "text": "Who replaced the wheel?"}) + "\n")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\tm\t1\n")
    report = run.pool([], tmp_path, None, Settings(), embedder, lambda *_: None, ablation=True)
    assert report.measures["recall@1"].value == 1.0
    report = run.pool([], tmp_path, None, Settings(), embedder, lambda *_: None)
    assert report.measures["recall@1"].value == 1.0
    assert report.measures["sentence_hit@1"].judged == 0
