"""The project's own questions on its sample documents: everything that can be measured about an answer."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from eval import metrics
from eval.cases import (
    ABSTENTION,
    GROUNDING,
    RETRIEVAL,
    AnswerEngine,
    Case,
    Progress,
    abstention_scores,
    ask_all,
    grounding_scores,
    said,
    timed,
)
from eval.questions import Question
from eval.report import Report
from eval.summary import baseline, rates, summarize
from index.types import Document
from rag.types import Answer, Evidence

_BASELINE = ("recall@1", "recall@10", "key_facts", "quote_f1", "faithfulness", *ABSTENTION)
PASSAGES = 10
"""Passages asked of retrieval."""
MEASURES = (*RETRIEVAL, *GROUNDING, "key_facts", "key_facts_as_written", "quote_f1", "same_as_clean")


def run_own(
    questions: Sequence[Question],
    documents: Sequence[Document],
    engine: AnswerEngine,
    supports: metrics.Supports,
    settings: Mapping[str, object],
    progress: Progress,
    baselines: Mapping[str, AnswerEngine] = MappingProxyType({}),
) -> Report:
    """Ask every question and measure retrieval, citations, key facts and abstention, in all and by group.

    A passage is gold when it overlaps a gold quote. Recall@k is 1 when any gold passage is among the first k.
    nDCG@10 counts every gold document once, at the rank of its first gold passage. A follow-up means nothing to
    retrieval alone, so its ranks are those of the answer's evidence. An abstention states no fact.

    Args:
        questions: The set.
        documents: The indexed documents.
        engine: Answers from these documents.
        supports: The support check.
        settings: What to write down about the run.
        progress: Told after every question, those to the baselines included.
        baselines: Other engines on the same documents, by name.
    """
    by_id = {document.id: document for document in documents}
    engines = {"": engine, **baselines}
    asked = {
        name: ask_all(
            questions,
            partial(_case, engine=one, documents=by_id, supports=supports),
            _part_of(progress, number, len(engines)),
        )
        for number, (name, one) in enumerate(engines.items())
    }
    cases = asked.pop("")
    refused = len(questions) - len(cases)
    worded = sum(bool(case.worded_by) for case in cases)
    parts: dict[str, list[Case]] = {}
    for label in ("kind", "language"):
        for case in cases:
            parts.setdefault(f"{label} {getattr(case, label)}", []).append(case)
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
        groups={name: rates(part, (*MEASURES, *ABSTENTION)) for name, part in parts.items()},
        baselines=tuple(baseline(name, cases, theirs, _BASELINE) for name, theirs in asked.items()),
    )


def _part_of(progress: Progress, part: int, parts: int) -> Progress:
    """Progress of one of several equal parts."""
    return lambda done, total: progress(part * total + done, parts * total)


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
    engine: AnswerEngine,
    documents: Mapping[str, Document],
    supports: metrics.Supports,
) -> Case:
    answer, ms = timed(lambda: engine.ask(question.question, question.history))
    scores = {
        **grounding_scores(answer, documents, supports),
        **abstention_scores(answerable=question.answerable, abstained=answer.abstained),
    }
    gold = tuple(dict.fromkeys(g.document for g in question.gold))
    ranks: tuple[int, ...] = ()
    if gold:
        found = answer.evidence if question.history else engine.retrieve(question.question, PASSAGES)
        ranks = _first_ranks(gold_documents(found, question))
        retrieval = metrics.retrieval_scores(ranks, len(gold))
        scores |= {name: (value, 1.0) for name, value in retrieval.items()}
    if question.answerable and question.facts:
        sentences, stated = [sentence.text for sentence in answer.sentences], _stated(answer)
        scores["key_facts"] = (metrics.key_fact_recall(stated, question.facts), 1.0)
        scores["key_facts_as_written"] = (metrics.key_fact_recall_as_written(stated, question.facts), 1.0)
        scores["quote_f1"] = (metrics.token_f1(" ".join(sentences), [g.quote for g in question.gold]), 1.0)
    if question.same_as:
        clean = engine.ask(question.same_as)
        scores["same_as_clean"] = (float(_alike(answer, clean, question.facts)), 1.0)
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


def _alike(one: Answer, other: Answer, facts: Sequence[Sequence[str]]) -> bool:
    """Whether two answers are both silent, or state equally many of the facts."""
    if one.abstained or other.abstained or not facts:
        return one.abstained == other.abstained
    return metrics.key_fact_recall(_stated(one), facts) == metrics.key_fact_recall(_stated(other), facts)


def _stated(answer: Answer) -> list[str]:
    """What an answer states: its sentences, and the values that sources give where they differ."""
    claims = [claim.value for disagreement in answer.disagreements for claim in disagreement.claims]
    return [*(sentence.text for sentence in answer.sentences), *claims]


def _first_ranks(documents: Sequence[str]) -> tuple[int, ...]:
    """Ranks (from 1) at which a gold document is first found; "" marks a passage that is not gold."""
    first = {document: rank for rank, document in reversed(list(enumerate(documents, start=1))) if document}
    return tuple(sorted(first.values()))
