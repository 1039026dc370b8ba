"""How answers change when a question is worded otherwise, or is asked of other documents.

Under each condition the same questions are asked in an easier and in a harder way, so that differences are paired.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from eval import metrics
from eval.cases import Ask, Case, Progress
from eval.questions import Question
from eval.summary import Baseline, baseline
from index.errors import QuestionError
from index.types import Document
from rag.types import Answer

EVERY = 3
"""Of the questions that have an answer, every third is asked of other documents: each costs answers of its own."""
MEASURES = ("alike", "answered", "key_facts", "quote_f1")

Within = Callable[[str, tuple[str, ...], frozenset[str]], tuple[Answer, float]]
"""``Ask`` with the ids of the only documents to answer from."""
Asks = Callable[[Question], tuple[Answer, float]]
Judge = Callable[[Question, Answer, float], Case]


@dataclass(frozen=True, slots=True)
class Condition:
    """Questions, each with an easier and a harder way to ask it."""

    name: str
    questions: tuple[Question, ...]
    easier: Asks
    harder: Asks


def wordings(questions: Sequence[Question], ask: Ask) -> tuple[Condition, ...]:
    """Questions against another wording of theirs, and new topics against the same without what went before."""
    of = {
        kind: tuple(q for q in questions if q.kind == kind and (q.same_as or kind == "topic-change"))
        for kind in ("follow-up", "topic-change", "perturbed", "cross-lingual")
    }
    chosen = {
        "follow-ups": of["follow-up"],
        "after another topic": of["topic-change"],
        "misspelt or in dialect": of["perturbed"],
        "in another language than the text": of["cross-lingual"],
    }
    return tuple(
        Condition(name, asked, lambda q: ask(q.same_as or q.question, ()), lambda q: ask(q.question, q.history))
        for name, asked in chosen.items()
        if asked
    )


def surroundings(
    questions: Sequence[Question], documents: Sequence[Document], ask: Ask, within: Within, furnished: Ask
) -> tuple[Condition, ...]:
    """Questions asked of fewer documents, and of documents that were not cleaned.

    Args:
        questions: The set.
        documents: All documents.
        ask: Answers from all of them.
        within: Answers from some of them.
        furnished: Answers from all of them with their page furniture.
    """
    answerable = tuple(q for q in questions if q.answerable)[::EVERY]
    # What a later report replaced is no gold, and rightly answers once that report is gone.
    removable = tuple(q for q in answerable if q.kind != "superseded")
    gold = {q.id: _gold(q, documents) for q in answerable}
    all_ids = frozenset(document.id for document in documents)

    def plain(question: Question) -> tuple[Answer, float]:
        return ask(question.question, question.history)

    def gold_alone(question: Question) -> tuple[Answer, float]:
        return within(question.question, question.history, gold[question.id])

    def gold_removed(question: Question) -> tuple[Answer, float]:
        return within(question.question, question.history, all_ids - gold[question.id])

    return (
        Condition("among all documents, not the gold ones alone", answerable, gold_alone, plain),
        Condition("gold documents left out", removable, plain, gold_removed),
        Condition("page furniture left in", answerable, plain, lambda q: furnished(q.question, q.history)),
    )


def changed(condition: Condition, judge: Judge, progress: Progress) -> Baseline:
    """What the harder way of asking makes of the questions, and how far that differs from the easier.

    Of a case "answered" is 1 unless it is an abstention, "alike" 1 when both ways gave the same answer.

    Args:
        condition: The questions and both ways.
        judge: The case of an answer.
        progress: Told after every question.
    """
    easier: list[Case] = []
    harder: list[Case] = []
    for done, question in enumerate(condition.questions, start=1):
        with suppress(QuestionError):
            (one, one_ms), (other, other_ms) = condition.easier(question), condition.harder(question)
            easier.append(_answered(judge(question, one, one_ms), {}))
            alike = metrics.alike(one, other, question.facts)
            harder.append(_answered(judge(question, other, other_ms), {"alike": (alike, 1.0)}))
        progress(done, len(condition.questions))
    return baseline(condition.name, easier, harder, MEASURES)


def _answered(case: Case, more: Mapping[str, tuple[float, float]]) -> Case:
    return replace(case, scores={**case.scores, **more, "answered": (float(not case.abstained), 1.0)})


def _gold(question: Question, documents: Sequence[Document]) -> frozenset[str]:
    """Ids of the documents that hold the gold quotes, their copies among them."""
    paths = {gold.document for gold in question.gold}
    return frozenset(d.id for d in documents if paths & {d.path, *d.copies})
