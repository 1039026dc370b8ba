"""Precision and recall of flags by hand."""

from eval import metrics


def test_precision_and_recall_of_flags():
    flags = [(True, True), (True, False), (False, True), (False, False)]
    scores = [metrics.flag_scores(flagged=flagged, wanted=wanted) for flagged, wanted in flags]
    assert scores == [{"precision": 1.0, "recall": 1.0}, {"precision": 0.0}, {"recall": 0.0}, {}]
