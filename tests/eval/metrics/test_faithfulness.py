"""Whether what a sentence cites supports it."""

from collections.abc import Sequence
from dataclasses import replace

from bridge import DOCUMENT, TEXT, never, sentence

from eval import metrics
from rag.types import AnswerSentence, Citation


def test_verbatim_sentence_is_faithful_when_it_stands_in_the_quote():
    assert metrics.faithful(sentence("افتتح  العمدة\nالجسر."), never)
    assert not metrics.faithful(sentence("افتتح العمدة النفق."), lambda *_: True)


def test_markup_is_no_part_of_the_comparison():
    marked = replace(DOCUMENT, text="The **old** bridge fell.", format="markdown")
    citation = Citation(1, marked, "d1-0", 0, 24, 1.0)
    assert metrics.faithful(sentence("The old bridge fell.", citation), never)


def test_reworded_sentence_is_put_to_the_support_check():
    asked = []

    def check(text: str, quotes: Sequence[str]) -> bool:
        asked.append((text, tuple(quotes)))
        return True

    assert metrics.faithful(sentence("Opened.", support="supported"), check)
    assert asked == [("Opened.", (TEXT[:19],))]
    assert not metrics.faithful(sentence("Opened.", support="supported"), never)


def test_sentence_without_text_or_citation_is_not_faithful():
    assert not metrics.faithful(sentence(" ", support="supported"), lambda *_: True)
    assert not metrics.faithful(AnswerSentence("Opened.", (), "supported"), lambda *_: True)
