"""Whether two answers are alike."""

from dataclasses import replace

import pytest
from bridge import DOCUMENT, TEXT, answer

from eval import metrics
from rag.types import Answer, AnswerSentence, Citation, Claim, Disagreement


def placed(start: int, end: int, *values: str) -> Answer:
    """An answer that quotes a stretch of ``TEXT``, and values that sources give differently."""
    cited = Citation(1, DOCUMENT, "d1-0", start, end, 1.0)
    claims = tuple(Claim(value, cited) for value in values)
    found = answer(AnswerSentence(TEXT[start:end], (cited,), "verbatim"))
    return replace(found, disagreements=(Disagreement("…", claims),) if claims else ())


FACTS = [["العمدة"], ["1200"]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (placed(0, 19), placed(0, 19), 1),
        (placed(0, 19), placed(7, 19), 1),  # another stretch that states the same fact
        (placed(0, 19), placed(20, len(TEXT)), 0),
        (placed(0, 19), placed(7, 19, "1200"), 0),  # the other states two facts
        (placed(0, 5), placed(14, 19), 0),  # neither states any
        (placed(0, 19), answer(), 0),
        (answer(), answer(), 1),
    ],
)
def test_answers_are_alike(one: Answer, other: Answer, same: float):
    assert metrics.alike(one, other, FACTS) == same
