"""The JSON form of an answer, documented in docs/answer.md; none of its fields changes without ``SCHEMA``."""

from typing import Any

from rag.types import SCHEMA, Answer, Citation, Disagreement, Evidence


def to_json(answer: Answer) -> dict[str, Any]:
    """An answer as plain values ready for ``json.dumps``."""
    return {
        "schema": SCHEMA,
        "question": answer.question,
        "language": answer.language,
        "understood": answer.understood,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "answer": answer.answer,
        "worded_by": answer.worded_by,
        "notice": answer.notice,
        "sentences": [
            {
                "text": s.text,
                "support": s.support,
                "reason": s.reason,
                "citations": [c.number for c in s.citations],
                "sources": s.sources,
                "independent": s.independent,
            }
            for s in answer.sentences
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "disagreements": [_disagreement(disagreement) for disagreement in answer.disagreements],
        "evidence": [_evidence(found) for found in answer.evidence],
        "timings_ms": dict(answer.timings_ms),
        "index": {"generation": answer.index.generation, "model": answer.index.model},
    }


def error_json(question: str, error: Exception) -> dict[str, Any]:
    """What stands in the place of an answer to a question that cannot be asked."""
    return {"schema": SCHEMA, "question": question, "error": str(error)}


def _citation(citation: Citation) -> dict[str, Any]:
    document = citation.document
    return {
        "number": citation.number,
        "document_id": document.id,
        "path": document.path,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "start": citation.start,
        "end": citation.end,
        "page": document.page(citation.start),
        "quote": citation.quote,
        "passage_id": citation.passage_id,
        "score": round(citation.score, 4),
        "marks": [list(mark) for mark in citation.marks],
    }


def _disagreement(disagreement: Disagreement) -> dict[str, Any]:
    return {
        "topic": disagreement.topic,
        "claims": [
            {"value": claim.value, "citation": _citation(claim.citation), "superseded": claim.superseded}
            for claim in disagreement.claims
        ],
    }


def _evidence(found: Evidence) -> dict[str, Any]:
    return {
        "rank": found.rank,
        "passage_id": found.passage.id,
        "document_path": found.document.path,
        "text": found.text,
        "score": round(found.score, 4),
        "channels": {name: round(score, 4) for name, score in found.channels.items()},
        "copies": [{"passage_id": copy.passage.id, "document_path": copy.document.path} for copy in found.copies],
    }
