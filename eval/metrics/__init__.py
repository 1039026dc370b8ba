"""The field's metrics as pure functions, a module for each family; each says its range and direction."""

from eval.metrics.abstention import auroc, balanced_accuracy
from eval.metrics.arrays import Flags, Floats
from eval.metrics.calibration import calibration_bins, calibration_error
from eval.metrics.citations import citation_precision, citation_recall, citation_valid
from eval.metrics.correctness import (
    exact_match,
    key_fact_recall,
    key_fact_recall_as_written,
    sentence_hit,
    stated,
    token_f1,
)
from eval.metrics.cost import latency, throughput
from eval.metrics.disagreement import flag_scores
from eval.metrics.faithfulness import Supports, faithful
from eval.metrics.matching import fold_answer, holds_answer, states_fact
from eval.metrics.retrieval import gold_ranks, ndcg, recall_at, reciprocal_rank, retrieval_scores
from eval.metrics.robustness import alike
from eval.metrics.selective import coverage_at_risk, risk_coverage, risk_coverage_area

__all__ = [
    "Flags",
    "Floats",
    "Supports",
    "alike",
    "auroc",
    "balanced_accuracy",
    "calibration_bins",
    "calibration_error",
    "citation_precision",
    "citation_recall",
    "citation_valid",
    "coverage_at_risk",
    "exact_match",
    "faithful",
    "flag_scores",
    "fold_answer",
    "gold_ranks",
    "holds_answer",
    "key_fact_recall",
    "key_fact_recall_as_written",
    "latency",
    "ndcg",
    "recall_at",
    "reciprocal_rank",
    "retrieval_scores",
    "risk_coverage",
    "risk_coverage_area",
    "sentence_hit",
    "stated",
    "states_fact",
    "throughput",
    "token_f1",
]
