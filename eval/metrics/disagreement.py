"""Whether what was flagged, as pairs of sources that differ, is what should have been."""


def flag_scores(*, flagged: bool, wanted: bool) -> dict[str, float]:
    """What one item counts for precision and for recall.

    Returns:
        "precision" of what was flagged, 1 when rightly; "recall" of what should have been, 1 when it was. Their means
        over items are precision and recall, in [0, 1], higher is better; an item that lacks one is not judged by it.
    """
    precision = {"precision": float(wanted)} if flagged else {}
    return precision | ({"recall": float(flagged)} if wanted else {})
