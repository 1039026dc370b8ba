"""The own question set, with an engine that answers from a script."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from eval.cases import asked_once
from eval.own import gold_documents, run_own
from eval.questions import Gold, Question
from eval.report import Report
from index.types import Document, Passage, Sentence
from rag.types import Answer, AnswerSentence, Citation, Claim, Disagreement, Evidence, IndexInfo

FIRST, SECOND = "افتتح العمدة الجسر عام 1932.", "كلف البناء 12,000 دينار."
NEWS = Document("n1", "ar/bridge.txt", "", f"{FIRST} {SECOND}", "ar", None, "text", copies=("copy/bridge.txt",))
PAPER = Document("p1", "en/bridge.txt", "", "The bridge was opened in 1932. It cost much.", "en", None, "text")


def gold(document: Document, quote: str) -> Gold:
    start = document.text.index(quote)
    return Gold(document.path, quote, start, start + len(quote))


def passage(document: Document, quote: str) -> Passage:
    found = gold(document, quote)
    return Passage(f"{document.id}-{found.start}", document.id, "", (Sentence(found.start, found.end),))


def evidence(document: Document, quote: str, rank: int = 1) -> Evidence:
    return Evidence(rank, passage(document, quote), document, quote, 1.0, {})


def question(name: str, *golds: Gold, facts: Sequence[Sequence[str]] = (), **others: object) -> Question:
    fields = {"language": "ar", "kind": "fact", "history": (), "answerable": bool(golds)} | others
    return Question(id=name, question=name, gold=golds, facts=tuple(map(tuple, facts)), **fields)  # type: ignore[arg-type]


OPENED = question("opened", gold(NEWS, FIRST), gold(PAPER, "The bridge was opened in 1932."), facts=[["1932"]])
COST = question("cost", gold(NEWS, SECOND), facts=[["12000", "١٢ ألف"], ["دينار"], ["1932"]])
LATER = question("later", gold(NEWS, SECOND), facts=[["12000"]], kind="follow-up", history=("opened",))
NOBODY = question("nobody", kind="unanswerable")
PREMISE = question("premise", kind="false-premise", language="en")


class ScriptedEngine:
    """Finds and quotes from scripts; a question without quotes is abstained from."""

    def __init__(self, found: Mapping[str, Sequence[Evidence]], quotes: Mapping[str, Sequence[Evidence]]) -> None:
        self.found, self.quotes = found, quotes
        self.history: dict[str, tuple[str, ...]] = {}

    def ask(self, question: str, history: Sequence[str]) -> Answer:
        self.history[question] = tuple(history)
        given = tuple(self.quotes.get(question, ()))
        sentences = tuple(
            AnswerSentence(
                e.text, (Citation(1, e.document, e.passage.id, e.passage.start, e.passage.end, 1.0),), "verbatim"
            )
            for e in given
        )
        evidence = (*self.found.get(question, ()), *given)
        return Answer(question, "ar", not given, 0.5, "text", sentences, evidence, (), {}, IndexInfo("g", "m"))


def run(questions: Sequence[Question], engine: ScriptedEngine, **others: Any) -> Report:
    fixed = (questions, (NEWS, PAPER), asked_once(engine.ask), lambda *_: False, {"k": 1})
    return run_own(*fixed, others.pop("progress", lambda *_: None), **others)


def test_a_passage_is_gold_when_it_overlaps_a_gold_quote():
    found = [
        evidence(NEWS, SECOND),
        evidence(NEWS, FIRST),
        evidence(PAPER, "It cost much."),
        evidence(NEWS, "1932. كلف"),
    ]
    assert gold_documents(found, OPENED) == ["", NEWS.path, "", NEWS.path]


def test_passages_that_only_touch_a_quote_are_not_gold():
    touching = question("x", Gold(NEWS.path, FIRST[:5], 0, 5))
    assert gold_documents([evidence(NEWS, FIRST[5:])], touching) == [""]
    touched = question("y", Gold(NEWS.path, FIRST[5:], 5, len(FIRST)))
    assert gold_documents([evidence(NEWS, FIRST[:5])], touched) == [""]


def test_gold_in_a_copy_of_the_document_is_found():
    copied = question("x", Gold("copy/bridge.txt", FIRST, 0, len(FIRST)))
    assert gold_documents([evidence(NEWS, FIRST)], copied) == ["copy/bridge.txt"]


def test_retrieval_counts_each_gold_document_once():
    paper = evidence(PAPER, "The bridge was opened in 1932.")
    engine = ScriptedEngine(
        {"opened": [evidence(NEWS, SECOND), evidence(NEWS, FIRST), evidence(NEWS, FIRST[:9]), paper]},
        {"opened": [paper]},
    )
    report = run([OPENED], engine)
    assert report.cases[0].rank == 2
    assert report.measures["recall@1"].value == 0
    assert report.measures["recall@5"].value == 1
    assert report.measures["mrr@10"].value == 0.5
    # Gold documents at ranks 2 and 4 of two: (0.63093 + 0.43068) / 1.63093; the second passage of one adds nothing.
    assert report.measures["ndcg@10"].value == pytest.approx(0.65092, abs=1e-4)


def test_key_facts_are_averaged_over_questions_and_abstention_states_none():
    engine = ScriptedEngine({}, {"cost": [evidence(NEWS, SECOND)]})
    report = run([COST, OPENED, NOBODY], engine)
    assert report.cases[0].scores["key_facts"][0] == pytest.approx(2 / 3)
    assert report.cases[1].scores["key_facts"] == (0.0, 1.0)
    assert report.measures["key_facts"].value == pytest.approx(1 / 3)
    assert (report.measures["key_facts"].judged, report.measures["key_facts"].excluded) == (2, 1)


def test_abstention_and_grounding():
    engine = ScriptedEngine({}, {"cost": [evidence(NEWS, SECOND)], "nobody": [evidence(NEWS, FIRST)]})
    report = run([COST, OPENED, NOBODY, PREMISE], engine)
    assert report.measures["hallucination_rate"].value == 0.5
    assert report.measures["error_rate"].value == 0.5
    assert report.measures["balanced_accuracy"].value == 0.5
    assert report.measures["citation_validity"].value == 1
    assert (report.measures["faithfulness"].judged, report.measures["faithfulness"].excluded) == (2, 2)
    assert (report.measures["recall@1"].judged, report.measures["recall@1"].excluded) == (2, 2)


def test_a_citation_of_an_unknown_document_is_not_valid():
    stranger = Document("s1", "ar/bridge.txt", "", NEWS.text, "ar", None, "text")
    report = run([COST], ScriptedEngine({}, {"cost": [evidence(stranger, SECOND)]}))
    assert report.measures["citation_validity"].value == 0
    assert report.measures["faithfulness"].value == 1


def test_a_follow_up_is_asked_with_its_history():
    engine = ScriptedEngine({}, {"later": [evidence(NEWS, FIRST), evidence(NEWS, SECOND)]})
    report = run([LATER], engine)
    assert engine.history == {"later": ("opened",)}
    assert report.cases[0].rank == 2


def test_whether_an_answer_shows_that_sources_differ():
    differing = [question(f"d{n}", gold(NEWS, FIRST), facts=[["1932"]], kind="disagreement") for n in range(2)]
    engine = ScriptedEngine({}, {"d0": [evidence(NEWS, FIRST)], "d1": [evidence(NEWS, FIRST)]})

    def ask(asked: str, history: Sequence[str]) -> Answer:
        answer = engine.ask(asked, history)
        if asked != "d1":
            return answer
        claim = Claim("1932", answer.sentences[0].citations[0])
        return replace(answer, disagreements=(Disagreement("…", (claim, claim)),))

    fixed = (lambda *_: False, {}, lambda *_: None)
    report = run_own([*differing, COST], (NEWS, PAPER), asked_once(ask), *fixed)
    shown = report.measures["disagreement_shown"]
    assert (shown.value, shown.judged, shown.excluded) == (0.5, 2, 1)


def test_groups_by_kind_language_and_pair_of_languages():
    engine = ScriptedEngine({}, {"cost": [evidence(NEWS, SECOND)], "premise": [evidence(NEWS, FIRST)]})
    abroad = question("abroad", gold(PAPER, "It cost much."), facts=[["much"]], kind="cross-lingual")
    groups = run([COST, OPENED, NOBODY, PREMISE, abroad], engine).groups
    assert list(groups) == [
        *("kind fact", "kind unanswerable", "kind false-premise", "kind cross-lingual"),
        *("language ar", "language en", "pair ar-en"),
    ]
    assert groups["pair ar-en"]["error_rate"].judged == 1  # what has gold in its own language, too, is no pair
    assert groups["kind fact"]["key_facts"].value == pytest.approx(1 / 3)
    assert groups["kind false-premise"]["hallucination_rate"].value == 1
    assert groups["language ar"]["hallucination_rate"].value == 0
    assert groups["language en"]["key_facts"].value is None


def test_baselines_are_asked_the_same_and_compared():
    ours = ScriptedEngine({}, {"cost": [evidence(NEWS, SECOND)]})
    theirs = ScriptedEngine({}, {"cost": [evidence(NEWS, FIRST)]})
    told: list[tuple[int, int]] = []
    baselines = {"theirs": asked_once(theirs.ask)}
    report = run([COST], ours, progress=lambda *step: told.append(step), baselines=baselines)
    (found,) = report.baselines
    assert (found.name, found.measures["key_facts"].value) == ("theirs", pytest.approx(1 / 3))
    assert found.differences["key_facts"].value == pytest.approx(-1 / 3)
    assert told == [(1, 2), (2, 2)]
    # One sentence is quoted whole by ours; of the four words of theirs none is in the gold quote but those it shares.
    assert report.measures["quote_f1"].value == 1
    assert found.measures["quote_f1"].value == 0


def test_who_copies_whole_documents_is_not_praised():
    """It states every fact, each citation of it is right and it refuses nothing: still it is not better than ours."""
    documents, asked = [], []
    for number in range(12):
        quote = f"افتتح العمدة الجسر رقم {number} عام 1932."
        text = f"{quote} كلف البناء 12,000 دينار. {' '.join(f'كلمة{n}' for n in range(60))}"
        documents.append(Document(f"n{number}", f"{number}.txt", "", text, "ar", None, "text"))
        asked.append(question(f"q{number}", gold(documents[-1], quote), facts=[["1932"], ["12000"]]))
        asked.append(replace(question(f"u{number}", kind="unanswerable"), language="ar"))
    by_name = {f"{kind}{number}": document for number, document in enumerate(documents) for kind in "qu"}
    ours = {f"q{n}": [evidence(d, d.text.split(" كلف")[0])] for n, d in enumerate(documents)}
    copied = {name: [evidence(document, document.text)] for name, document in by_name.items()}
    fixed = (tuple(documents), asked_once(ScriptedEngine({}, ours).ask), lambda *_: False, {}, lambda *_: None)
    copier = {"copies": asked_once(ScriptedEngine({}, copied).ask)}
    (found,) = run_own(asked, *fixed, copier).baselines
    for name in ("key_facts", "faithfulness", "recall@1"):
        assert found.measures[name].value == 1, name
    assert found.verdict == "not better: quote f1, hallucination rate worse, key facts better"
