"""What is cited stands where it is said to, in the document itself."""

from collections.abc import Mapping

import pytest

from eval.run import DOCUMENTS
from index import markup
from rag.engine import EVIDENCE, Engine
from rag.types import Answer


@pytest.fixture(scope="module")
def given(answers: Mapping[object, Answer]) -> list[Answer]:
    """What was answered."""
    return [answer for answer in answers.values() if not answer.abstained]


def test_every_quote_stands_where_it_is_cited(engine: Engine, given: list[Answer]):
    cited = [(s, c) for answer in given for s in answer.sentences for c in s.citations]
    assert len(cited) >= len(given) > 30
    for sentence, citation in cited:
        document = engine.document(citation.document.id)
        assert citation.quote == document.text[citation.start : citation.end] == citation.quote.strip()
        assert sentence.support == "verbatim"
        if citation == sentence.citations[0]:  # the others say the same in their own words
            assert sentence.text == markup.plain(citation.quote, document.format)


def test_files_hold_the_quotes(given: list[Answer]):
    """Offsets point into the decoded file itself, not into something we made of it."""
    for answer in given:
        for citation in answer.citations:
            if citation.document.path.endswith(".md"):
                raw = (DOCUMENTS / citation.document.path).read_bytes().decode("utf-8-sig")
                assert citation.quote in raw


def test_quotes_lie_in_their_passage_and_outside_furniture(engine: Engine, given: list[Answer]):
    for answer in given:
        shown = [said for found in answer.evidence for said in (found, *found.copies)]
        passages = {said.passage.id: said.passage for said in shown}
        for citation in answer.citations:
            passage = passages[citation.passage_id]
            assert passage.start <= citation.start < citation.end <= passage.end
            assert not any(
                dropped.start < citation.end and citation.start < dropped.end
                for dropped in engine.dropped(citation.document.id)
            )


def test_numbers_in_the_text_are_the_citations(given: list[Answer]):
    for answer in given:
        assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
        expected = " ".join(f"{s.text} {' '.join(f'[{c.number}]' for c in s.citations)}" for s in answer.sentences)
        assert answer.answer == expected
        assert all(sentence.citations for sentence in answer.sentences)


def test_evidence_is_ranked_and_no_more_than_asked_for(given: list[Answer]):
    for answer in given:
        assert [found.rank for found in answer.evidence] == list(range(1, len(answer.evidence) + 1))
        assert len(answer.evidence) == EVIDENCE
        assert 0 <= answer.confidence <= 1
