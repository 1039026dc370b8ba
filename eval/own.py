"""The project's own questions on its sample documents: everything that can be measured about an answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from eval import metrics
from eval.cases import (
    ABSTENTION,
    GROUNDING,
    RETRIEVAL,
    Ask,
    Case,
    Progress,
    answer_scores,
    ask_all,
    retrieval_scores,
    said,
)
from eval.questions import Question
from eval.report import Report
from eval.robustness import Condition, changed
from eval.summary import baseline, rates, summarize
from index.types import Document
from rag.types import Answer, Evidence

_BASELINE = ("recall@1", "recall@10", "key_facts", "quote_f1", "faithfulness", *ABSTENTION)
MEASURES = (*RETRIEVAL, *GROUNDING, "key_facts", "key_facts_as_written", "quote_f1", "disagreement_shown")


def run_own(
    questions: Sequence[Question],
    documents: Sequence[Document],
    ask: Ask,
    supports: metrics.Supports,
    settings: Mapping[str, object],
    progress: Progress,
    baselines: Mapping[str, Ask] = MappingProxyType({}),
    conditions: Sequence[Condition] = (),
) -> Report:
    """Ask every question and measure retrieval, citations, key facts and abstention, in all and by group.

    A passage of the answer's evidence is gold when it or its copy overlaps a gold quote. Recall@k is 1 when any gold
    passage is among the first k. nDCG@10 counts every gold document once, at the rank of its first gold passage. An
    abstention states no fact.

    Args:
        questions: The set.
        documents: The indexed documents.
        ask: Answers from these documents.
        supports: The support check.
        settings: What to write down about the run.
        progress: Told after every question, those to the baselines and under the conditions included.
        baselines: Others that answer from the same documents, by name.
        conditions: Under which questions are asked again.
    """
    by_id = {document.id: document for document in documents}
    asking = {"": ask, **baselines}
    harder = sum(len(condition.questions) for condition in conditions)
    told = _joined(progress, len(questions) * len(asking) + harder)

    def judge(question: Question, answer: Answer, ms: float) -> Case:
        return _case(question, answer, ms, by_id, supports)

    def all_asked(one: Ask) -> tuple[Case, ...]:
        return ask_all(questions, lambda question: judge(question, *one(question.question, question.history)), told)

    asked = {name: all_asked(one) for name, one in asking.items()}
    cases = asked.pop("")
    refused = len(questions) - len(cases)
    worded = sum(bool(case.worded_by) for case in cases)
    return Report(
        title="Own questions on their documents",
        measures=summarize(cases, MEASURES, refused),
        cases=cases,
        settings=settings,
        counts={
            "documents": len(documents),
            "questions": len(cases),
            "questions_refused": refused,
            **({"answers_worded": worded} if worded else {}),
        },
        groups={name: rates(part, (*MEASURES, *ABSTENTION)) for name, part in _parts(cases, documents).items()},
        baselines=tuple(baseline(name, cases, theirs, _BASELINE) for name, theirs in asked.items()),
        conditions=tuple(changed(condition, judge, told) for condition in conditions),
    )


def _parts(cases: Sequence[Case], documents: Sequence[Document]) -> dict[str, list[Case]]:
    """The cases by kind, by language, and those whose gold stands in other languages alone by pair of languages."""
    languages = {path: document.language for document in documents for path in (document.path, *document.copies)}
    parts: dict[str, list[Case]] = {}
    for case in cases:
        parts.setdefault(f"kind {case.kind}", []).append(case)
    for case in cases:
        parts.setdefault(f"language {case.language}", []).append(case)
    for case in cases:
        texts = [languages[path] for path in case.gold]
        if texts and case.language not in texts:
            parts.setdefault(f"pair {case.language}-{texts[0]}", []).append(case)
    return parts


def _joined(progress: Progress, total: int) -> Progress:
    """Progress of one long run out of that of its parts."""
    done = 0

    def tell(_done: int, _total: int) -> None:
        nonlocal done
        done += 1
        progress(done, total)

    return tell


def gold_documents(evidence: Sequence[Evidence], question: Question) -> list[str]:
    """For each passage the path of the gold document whose quote it or its copy overlaps, "" when it overlaps none."""
    return [
        next(
            (
                gold.document
                for document, passage in (
                    (found.document, found.passage),
                    *((c.document, c.passage) for c in found.copies),
                )
                for gold in question.gold
                if gold.document in (document.path, *document.copies)
                and passage.start < gold.end
                and gold.start < passage.end
            ),
            "",
        )
        for found in evidence
    ]


def _case(
    question: Question,
    answer: Answer,
    ms: float,
    documents: Mapping[str, Document],
    supports: metrics.Supports,
) -> Case:
    scores = answer_scores(answer, documents, supports, answerable=question.answerable)
    gold = tuple(dict.fromkeys(g.document for g in question.gold))
    ranks: tuple[int, ...] = ()
    if gold:
        ranks = _first_ranks(gold_documents(answer.evidence, question))
        scores |= retrieval_scores(ranks, len(gold))
    if question.answerable and question.facts:
        sentences, stated = [sentence.text for sentence in answer.sentences], metrics.stated(answer)
        scores["key_facts"] = (metrics.key_fact_recall(stated, question.facts), 1.0)
        scores["key_facts_as_written"] = (metrics.key_fact_recall_as_written(stated, question.facts), 1.0)
        scores["quote_f1"] = (metrics.token_f1(" ".join(sentences), [g.quote for g in question.gold]), 1.0)
    if question.kind == "disagreement":
        scores["disagreement_shown"] = (float(bool(answer.disagreements)), 1.0)
    return Case(
        id=question.id,
        question=question.question,
        cluster=gold[0] if gold else f"no document: {question.id}",
        answerable=question.answerable,
        gold=gold,
        expected=tuple(" / ".join(variants) for variants in question.facts),
        rank=min(ranks, default=None),
        scores=scores,
        answer=answer.answer,
        abstained=answer.abstained,
        confidence=answer.confidence,
        ms=ms,
        said=said(answer, documents, supports),
        worded_by=answer.worded_by,
        quotes=tuple(g.quote for g in question.gold),
        kind=question.kind,
        language=question.language,
    )


def _first_ranks(documents: Sequence[str]) -> tuple[int, ...]:
    """Ranks (from 1) at which a gold document is first found; "" marks a passage that is not gold."""
    first = {document: rank for rank, document in reversed(list(enumerate(documents, start=1))) if document}
    return tuple(sorted(first.values()))
