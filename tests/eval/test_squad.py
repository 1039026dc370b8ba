"""SQuAD files become one pool, and what is measured on it, with an engine that answers from a script."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.records import QuestionSetError
from eval.report import Report
from eval.squad import Pool, load_pool, run_squad, with_questions
from index.types import Document, Passage, Sentence
from rag.types import Answer, AnswerSentence, Citation, Evidence, IndexInfo

BRIDGE = "The bridge of Tal Amar was opened in 1932. It was built by Nadir Salim."
MILL = "The mill grinds wheat. It stands by the river, 300 metres from the bridge."
Qa = dict[str, object]
WriteSquad = Callable[[str, Mapping[str, Sequence[Qa]]], Path]


def qa(name: str, question: str, *answers: str, impossible: bool | None = None) -> Qa:
    made: Qa = {"id": name, "question": question, "answers": [{"text": a, "answer_start": 0} for a in answers]}
    return made if impossible is None else {**made, "is_impossible": impossible}


@pytest.fixture
def squad(tmp_path: Path) -> WriteSquad:
    def write(name: str, paragraphs: Mapping[str, Sequence[Qa]]) -> Path:
        file = tmp_path / name
        made = [{"context": context, "qas": list(qas)} for context, qas in paragraphs.items()]
        file.write_text(json.dumps({"version": "1.1", "data": [{"title": "T", "paragraphs": made}]}))
        return file

    return write


def evidence(document: Document, rank: int, ordinal: int = 0) -> Evidence:
    passage = Passage(f"{document.id}-{ordinal}", document.id, "", (Sentence(0, len(document.text)),))
    return Evidence(rank, passage, document, document.text, -float(rank), {})


class ScriptedEngine:
    """Answers each question from a script: what retrieval finds, and the sentences given (None to abstain)."""

    def __init__(self, found: Mapping[str, Sequence[Document]], sentences: Mapping[str, Sequence[str] | None]) -> None:
        self.found, self.sentences = found, sentences
        self.forced: list[str] = []
        self.limits: list[int] = []

    def retrieve(self, question: str, limit: int) -> tuple[Evidence, ...]:
        self.limits.append(limit)
        return tuple(evidence(d, rank, rank) for rank, d in enumerate(self.found[question][:limit], start=1))

    def ask(self, question: str, history: Sequence[str] = (), *, always_answer: bool = False) -> Answer:
        assert not history
        top = evidence(self.found[question][0], 1)
        texts = self.sentences[question]
        if always_answer:
            self.forced.append(question)
            texts = [BRIDGE[:42]]
        sentences = [
            AnswerSentence(t, (Citation(1, top.document, top.passage.id, 0, len(top.text), 1.0),), "verbatim")
            for t in texts or ()
        ]
        return Answer(
            question=question, language="en", abstained=not sentences, confidence=0.5, answer=" ".join(texts or ()),
            sentences=tuple(sentences), evidence=(top,), disagreements=(), timings_ms={}, index=IndexInfo("g", "m"),
        )  # fmt: skip


def run(pool: Pool, engine: ScriptedEngine) -> Report:
    return run_squad(pool, engine, lambda *_: False, {"model": "scripted"}, lambda *_: None)


def load(*files: Path) -> Pool:
    return load_pool(files, lambda _: "en")


def test_each_distinct_context_is_one_document_with_its_text_exactly(squad: WriteSquad):
    padded = f"  {MILL}\n"
    one = squad("one.json", {BRIDGE: [qa("1", "When?", "1932")], padded: [qa("2", "What?", "wheat")]})
    two = squad("two.json", {BRIDGE: [qa("3", "Who?", "Nadir Salim")]})
    pool = load(one, two)
    assert [d.text for d in pool.documents] == [BRIDGE, padded]
    bridge, mill = (d.id for d in pool.documents)
    assert [(q.id, q.paragraphs) for q in pool.questions] == [("1", (bridge,)), ("2", (mill,)), ("3", (bridge,))]
    assert pool.documents[0].language == "en"
    assert pool.documents[0].path == f"{bridge}.txt"


def test_a_question_in_two_files_is_asked_once_with_the_answers_of_both(squad: WriteSquad):
    one = squad("one.json", {BRIDGE: [qa("1", "When?", "1932")]})
    two = squad("two.json", {BRIDGE: [qa("1", "When?", "in 1932", "1932")]})
    assert [q.answers for q in load(one, two).questions] == [("1932", "in 1932")]


def test_version_two_and_numeric_ids_are_read(squad: WriteSquad):
    file = squad("v2.json", {BRIDGE: [qa("1", "Who paid?", impossible=True) | {"id": 7}, qa("2", "When?", "1932")]})
    assert [(q.id, q.answerable) for q in load(file).questions] == [("7", False), ("2", True)]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("{", "bad.json: Invalid JSON"),
        ('{"data": [{"paragraphs": [{"qas": []}]}]}', "data.0.paragraphs.0.context: Field required"),
        ('{"data": [{"paragraphs": [{"context": " ", "qas": []}]}]}', "paragraph 1 is empty"),
        ('{"data": []}', "no question in"),
    ],
)
def test_what_is_no_squad_file_is_refused_in_one_line(tmp_path: Path, content: str, named: str):
    file = tmp_path / "bad.json"
    file.write_text(content)
    with pytest.raises(QuestionSetError, match=r"bad\.json") as caught:
        load(file)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(QuestionSetError, match=r"gone.json: cannot be read \(No such file"):
        load(tmp_path / "gone.json")


def test_parallel_questions_take_gold_and_answers_from_the_pool(squad: WriteSquad):
    pool = load(squad("en.json", {BRIDGE: [qa("1", "When?", "1932")], MILL: [qa("2", "What?", "wheat")]}))
    other = {"Most otkryt.": [qa("2", "Chto?", "pshenitsu"), qa("9", "Kto?", "x"), qa("9", "Kto?", "x")]}
    asked = with_questions(pool, squad("ru.json", other))
    assert [(q.id, q.question, q.answers) for q in asked.questions] == [("2", "Chto?", ("wheat",))]
    assert asked.questions[0].paragraphs == (pool.documents[1].id,)
    assert asked.documents == pool.documents
    assert asked.missing == 1


def test_parallel_questions_without_a_shared_id_are_refused(squad: WriteSquad):
    pool = load(squad("en.json", {BRIDGE: [qa("1", "When?", "1932")]}))
    with pytest.raises(QuestionSetError, match="shares no question id"):
        with_questions(pool, squad("ru.json", {"Most.": [qa("2", "Kogda?", "x")]}))


def test_an_id_on_several_paragraphs_of_the_pool_makes_each_of_them_gold(squad: WriteSquad):
    pool = load(
        squad("a.json", {BRIDGE: [qa("1", "When?", "1932")]}), squad("b.json", {MILL: [qa("1", "What?", "wheat")]})
    )
    asked = with_questions(pool, squad("c.json", {"x": [qa("1", "Quand ?", "x")]}))
    assert asked.questions[0].paragraphs == tuple(d.id for d in pool.documents)
    assert asked.questions[0].answers == ("1932", "wheat")


def test_paragraphs_count_once_at_their_best_rank(squad: WriteSquad):
    pool = load(squad("a.json", {BRIDGE: [qa("1", "When?", "1932")], MILL: [qa("2", "What?", "wheat")]}))
    bridge, mill = pool.documents
    engine = ScriptedEngine(
        {"When?": [mill, mill, mill, bridge], "What?": [mill, bridge]}, {"When?": [MILL], "What?": [MILL]}
    )
    report = run(pool, engine)
    assert [case.rank for case in report.cases] == [2, 1]
    assert report.measures["recall@1"].value == 0.5
    assert report.measures["recall@5"].value == 1.0
    assert report.measures["mrr@10"].value == 0.75
    assert report.measures["ndcg@10"].value == pytest.approx((1 + 0.63093) / 2, abs=1e-5)
    assert min(engine.limits) >= 100


def test_sentence_hits_override_abstention_and_shown_hits_do_not(squad: WriteSquad):
    pool = load(
        squad(
            "a.json",
            {BRIDGE: [qa("1", "When?", "1932"), qa("2", "Who?", "Nadir Salim"), qa("3", "Where?", "Tal Amar")]},
        )
    )
    bridge = pool.documents[0]
    first, second = BRIDGE[:42], BRIDGE[43:]
    engine = ScriptedEngine(
        {question: [bridge] for question in ("When?", "Who?", "Where?")},
        {"When?": [first, second], "Who?": [first, second], "Where?": None},
    )
    report = run(pool, engine)
    measured = {name: round(report.measures[name].value or 0, 3) for name in report.measures}
    assert measured["sentence_hit@1"] == 0.667  # When and, made to answer, Where
    assert measured["sentence_hit@2"] == 1.0
    assert measured["shown_hit@1"] == 0.333
    assert measured["shown_hit@2"] == 0.667
    assert measured["error_rate"] == 0.333
    assert report.measures["hallucination_rate"].value is None
    assert engine.forced == ["Where?"]


def test_what_cannot_be_judged_is_excluded_and_counted(squad: WriteSquad):
    pool = load(
        squad(
            "a.json",
            {
                BRIDGE: [
                    qa("1", "When?", "1932"),
                    qa("2", "Who paid?", impossible=True),
                    qa("3", "How long?", "400 metres"),  # a gold answer that its paragraph does not hold
                ]
            },
        )
    )
    pool = replace(pool, missing=4)
    engine = ScriptedEngine(
        dict.fromkeys(("When?", "Who paid?", "How long?"), pool.documents),
        {"When?": [BRIDGE[:42]], "Who paid?": None, "How long?": [BRIDGE[:42]]},
    )
    report = run(pool, engine)
    counted = {n: (m.judged, m.excluded) for n, m in report.measures.items()}
    assert counted["recall@1"] == (2, 5)
    assert counted["sentence_hit@1"] == (1, 6)
    assert counted["error_rate"] == (2, 5)
    assert counted["hallucination_rate"] == (1, 6)
    assert report.measures["hallucination_rate"].value == 0
    assert report.measures["balanced_accuracy"].value == 1
    assert report.counts == {"paragraphs": 1, "questions": 3, "questions_not_in_pool": 4, "questions_refused": 0}


def test_citations_are_checked_against_the_pool(squad: WriteSquad):
    pool = load(squad("a.json", {BRIDGE: [qa("1", "When?", "1932"), qa("2", "Who?", "Nadir Salim")]}))
    forged = replace(pool.documents[0], text=MILL)
    engine = ScriptedEngine(
        {"When?": [pool.documents[0]], "Who?": [forged]}, {"When?": [BRIDGE[:42]], "Who?": ["Nobody built it."]}
    )
    report = run(pool, engine)
    assert report.measures["citation_validity"].value == 0.5
    assert report.measures["faithfulness"].value == 0.5


def test_progress_is_told_after_every_question(squad: WriteSquad):
    pool = load(squad("a.json", {BRIDGE: [qa("1", "When?", "1932"), qa("2", "Who?", "Nadir Salim")]}))
    engine = ScriptedEngine({"When?": pool.documents, "Who?": pool.documents}, {"When?": [BRIDGE], "Who?": [BRIDGE]})
    told: list[tuple[int, int]] = []
    report = run_squad(pool, engine, lambda *_: False, {"k": 1}, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
    assert report.settings == {"k": 1}
    assert all(case.ms > 0 for case in report.cases)
    assert report.measures["ms_p50"].judged == 2
