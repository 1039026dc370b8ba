"""Citations: whether they stand, and ALCE's recall and precision by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from bridge import CITATION, COST, DOCUMENT, PASSAGE, TEXT, answer, never, sentence

from eval import metrics
from index.types import Sentence
from rag.types import AnswerSentence, Citation


def test_citation_is_valid():
    assert metrics.citation_valid(CITATION, answer(), {"d1": DOCUMENT})


@pytest.mark.parametrize(
    "citation",
    [
        replace(CITATION, document=replace(DOCUMENT, id="d2")),  # no such document
        replace(CITATION, document=replace(DOCUMENT, text=TEXT.replace("الجسر", "النفق"))),  # another text
        replace(CITATION, passage_id="d1-1"),  # no such passage
        replace(CITATION, start=19),  # empty
        replace(CITATION, start=-5, end=-1),
        replace(CITATION, end=len(TEXT) + 1),
    ],
)
def test_citation_is_not_valid(citation: Citation):
    assert not metrics.citation_valid(citation, answer(), {"d1": DOCUMENT})


def test_citation_outside_its_passage_is_not_valid():
    short = replace(PASSAGE, sentences=(Sentence(20, len(TEXT)),))
    assert not metrics.citation_valid(CITATION, answer(passage=short), {"d1": DOCUMENT})
    foreign = replace(PASSAGE, document_id="d2")
    assert not metrics.citation_valid(CITATION, answer(passage=foreign), {"d1": DOCUMENT})


def both(_text: str, quotes: Sequence[str]) -> bool:
    """Supports what the first sentence of ``TEXT`` is among the quotes for."""
    return any(quote.startswith("افتتح") for quote in quotes)


def test_citation_recall():
    assert metrics.citation_recall(sentence(TEXT[:19]), never) == 1
    assert metrics.citation_recall(sentence("أخرى"), never) == 0
    assert metrics.citation_recall(AnswerSentence("x", (), "supported"), lambda *_: True) == 0


def test_a_citation_that_adds_nothing_is_not_precise():
    reworded = sentence("He opened it.", CITATION, COST, support="supported")
    assert metrics.citation_precision(reworded, both) == 1  # the cost alone fails, the opening suffices
    needed = sentence("He opened it.", CITATION, COST, support="supported")
    assert metrics.citation_precision(needed, lambda _t, quotes: len(quotes) == 2) == 2
    assert metrics.citation_precision(needed, never) == 0


def test_what_stands_beside_a_verbatim_sentence_is_put_to_the_support_check():
    beside = sentence(TEXT[:19], CITATION, COST)
    assert metrics.citation_precision(beside, never) == 1  # the sentence stands in the first, the second adds nothing
    assert metrics.citation_precision(beside, lambda *_: True) == 2  # the second says the same in other words
    assert metrics.citation_precision(sentence("أخرى", COST), lambda *_: True) == 0  # stands in neither: recall is 0
