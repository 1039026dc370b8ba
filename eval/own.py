"""The project's own questions on its sample documents: everything that can be measured about an answer."""

from collections.abc import Mapping, Sequence

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
from eval.summary import rates, summarize
from index.types import Document
from rag.types import Evidence

PASSAGES = 10
"""Passages asked of retrieval."""
MEASURES = (*RETRIEVAL, *GROUNDING, "key_facts")


def run_own(
    questions: Sequence[Question],
    documents: Sequence[Document],
    engine: AnswerEngine,
    supports: metrics.Supports,
    settings: Mapping[str, object],
    progress: Progress,
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
        progress: Told after every question.
    """
    by_id = {document.id: document for document in documents}
    cases = ask_all(questions, lambda q: _case(q, engine, by_id, supports), progress)
    refused = len(questions) - len(cases)
    parts: dict[str, list[Case]] = {}
    for label in ("kind", "language"):
        for case in cases:
            parts.setdefault(f"{label} {getattr(case, label)}", []).append(case)
    return Report(
        title="Own questions on the sample documents",
        measures=summarize(cases, MEASURES, refused),
        cases=cases,
        settings=settings,
        counts={"documents": len(documents), "questions": len(cases), "questions_refused": refused},
        groups={name: rates(part, (*MEASURES, *ABSTENTION)) for name, part in parts.items()},
    )


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
        claims = [claim.value for disagreement in answer.disagreements for claim in disagreement.claims]
        shown = [*(sentence.text for sentence in answer.sentences), *claims]
        scores["key_facts"] = (metrics.key_fact_recall(shown, question.facts), 1.0)
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
        quotes=tuple(g.quote for g in question.gold),
        kind=question.kind,
        language=question.language,
    )


def _first_ranks(documents: Sequence[str]) -> tuple[int, ...]:
    """Ranks (from 1) at which a gold document is first found; "" marks a passage that is not gold."""
    first = {document: rank for rank, document in reversed(list(enumerate(documents, start=1))) if document}
    return tuple(sorted(first.values()))
