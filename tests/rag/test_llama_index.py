"""Sanad's retrieval inside LlamaIndex."""

import asyncio

import pytest
from llama_index.core.schema import QueryBundle

from index.errors import QuestionError
from rag.engine import EVIDENCE, Engine
from rag.llama_index import SanadRetriever

ASKED = "كم يتقاضى العامل في الساعة في ألابوغا؟"


def test_nodes_are_the_evidence(engine: Engine):
    nodes = SanadRetriever(engine, limit=4).retrieve(ASKED)
    evidence = engine.retrieve(ASKED, 4)
    assert [node.node.node_id for node in nodes] == [found.passage.id for found in evidence]
    assert [node.score for node in nodes] == [found.score for found in evidence]
    for node, found in zip(nodes, evidence, strict=True):
        assert node.text == found.text
        text = engine.document(node.metadata["document_id"]).text
        assert text[node.node.start_char_idx : node.node.end_char_idx] == text[found.passage.start : found.passage.end]
        assert node.metadata["path"] == found.document.path
        assert node.metadata["title"] == found.document.title
        assert node.metadata["language"] == found.document.language
        published = found.document.published
        assert node.metadata["published"] == (published.isoformat() if published else None)
        assert node.metadata["channels"] == dict(found.channels)


def test_by_default_it_finds_as_much_as_an_answer_sees(engine: Engine):
    assert len(SanadRetriever(engine).retrieve(QueryBundle(ASKED))) == EVIDENCE


def test_asynchronously_the_same(engine: Engine):
    retriever = SanadRetriever(engine, limit=3)
    found = asyncio.run(retriever.aretrieve(ASKED))
    assert [n.node.node_id for n in found] == [n.node.node_id for n in retriever.retrieve(ASKED)]


def test_what_is_no_question_is_refused(engine: Engine):
    with pytest.raises(QuestionError):
        SanadRetriever(engine).retrieve("؟")
