"""Sanad's retrieval inside LlamaIndex."""

import asyncio
import json
import re
from collections.abc import Callable

import pytest
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.evaluation import FaithfulnessEvaluator, RetrieverEvaluator
from llama_index.core.evaluation.retrieval.base import RetrievalEvalResult
from llama_index.core.schema import QueryBundle
from llama_index.core.tools import QueryEngineTool
from llm_server import LlmServer, Reply

from eval import questions
from eval.run import DOCUMENTS, QUESTIONS
from index.config import LlmSettings
from index.embed import Embedder
from index.errors import QuestionError
from rag import providers
from rag.check import Checker
from rag.engine import EVIDENCE, Engine
from rag.llama_index import SanadChatEngine, SanadQueryEngine, SanadRetriever
from rag.scope import Scope
from rag.worded import Worded

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


def test_only_documents_in_scope_are_ranked(engine: Engine):
    english = Scope(languages=frozenset({"en"}))
    found = SanadRetriever(engine, scope=english).retrieve(ASKED)
    assert {node.metadata["language"] for node in found} == {"en"}
    inside = engine.retrieve(ASKED, EVIDENCE, within=english.within(engine.documents()))
    assert [(n.node.node_id, n.score) for n in found] == [(e.passage.id, e.score) for e in inside]


def gold_of(engine: Engine) -> dict[str, list[str]]:
    """Questions of the own set and the passages that hold the sentences that answer them."""
    passages = engine.passages()
    paths = {document.id: document.path for document in engine.documents()}
    return {
        asked.question: [
            p.id
            for p in passages
            for gold in asked.gold
            if gold.document == paths[p.document_id] and p.start < gold.end and gold.start < p.end
        ]
        for asked in questions.load(QUESTIONS, DOCUMENTS)
        if asked.kind == "fact"
    }


def test_the_librarys_own_evaluation_runs_on_it(engine: Engine):
    """Hit rate and MRR of llama_index's RetrieverEvaluator are those computed by hand, waited for or not."""
    asked = dict(list(gold_of(engine).items())[:12])
    retriever = SanadRetriever(engine, limit=5)
    evaluator = RetrieverEvaluator.from_metric_names(["hit_rate", "mrr"], retriever=retriever)
    ranks = []
    for question, gold in asked.items():
        found = [node.node.node_id for node in retriever.retrieve(question)]
        ranks.append(next((rank for rank, name in enumerate(found, 1) if name in gold), 0))
    expected = [{"hit_rate": float(rank > 0), "mrr": 1 / rank if rank else 0.0} for rank in ranks]
    assert sum(rank == 1 for rank in ranks) > len(ranks) / 2
    alone = [evaluator.evaluate(question, gold) for question, gold in asked.items()]
    assert [result.metric_vals_dict for result in alone] == expected

    async def together() -> list[RetrievalEvalResult]:
        return await asyncio.gather(*(evaluator.aevaluate(question, gold) for question, gold in asked.items()))

    assert [result.metric_vals_dict for result in asyncio.run(together())] == expected


def test_what_is_no_question_is_refused(engine: Engine):
    with pytest.raises(QuestionError):
        SanadRetriever(engine).retrieve("؟")


def test_a_query_engine_answers_with_cited_sentences(engine: Engine):
    answer = engine.ask(ASKED)
    assert not answer.abstained
    for response in (SanadQueryEngine(engine).query(ASKED), asyncio.run(SanadQueryEngine(engine).aquery(ASKED))):
        assert str(response) == answer.answer
        assert [node.text for node in response.source_nodes] == [c.quote for c in answer.citations]
        assert response.metadata["answer"]["sentences"][0]["text"] == answer.sentences[0].text
        for node in response.source_nodes:
            text = engine.document(node.metadata["document_id"]).text
            assert text[node.node.start_char_idx : node.node.end_char_idx] == node.text


def test_a_chat_engine_remembers_the_questions(engine: Engine):
    chat = SanadChatEngine(engine)
    chat.chat(ASKED)
    answered = chat.chat("ومن يقول ذلك؟")
    assert answered.response == engine.ask("ومن يقول ذلك؟", [ASKED]).answer
    assert [m.role for m in chat.chat_history] == [MessageRole.USER, MessageRole.ASSISTANT] * 2
    chat.reset()
    assert chat.chat_history == []
    history = [ChatMessage(role=MessageRole.USER, content=ASKED)]
    assert "".join(chat.stream_chat("ومن يقول ذلك؟", history).response_gen) == answered.response

    async def streamed() -> str:
        response = await chat.astream_chat("ومن يقول ذلك؟", history)
        return "".join([piece async for piece in response.async_response_gen()])

    assert asyncio.run(streamed()).strip() == answered.response


@pytest.fixture
def worded(engine: Engine, embedder: Embedder, serve_llm: Callable[..., LlmServer]) -> tuple[Worded, LlmServer]:
    """The engine with a model before it that says what the first source says, in JSON; it judges with a yes."""

    def say(prompt: str) -> str:
        if "Context:" in prompt:
            return "YES" if "دولار" in prompt.split("Context:")[-1] else "NO"
        if "Last question:" in prompt:
            return "NONE"
        number, text = next(re.finditer(r"^\[(\d+)\] ([^\n]*دولار[^\n]*)", prompt, re.MULTILINE)).groups()
        return json.dumps({"sentences": [{"text": text, "sources": [int(number)]}]})

    server = serve_llm(Reply(say, piece=200))
    model = providers.connect(LlmSettings(model=server.openai))
    assert model is not None
    return Worded(engine, model, Checker(embedder.embed_queries)), server


def test_the_librarys_faithfulness_evaluator_runs_on_it(engine: Engine, worded: tuple[Worded, LlmServer]):
    answerer, server = worded
    judge = providers.openai_like("m", f"{server.address}/v1", "", LlmSettings())
    for before in (engine, answerer):
        response = SanadQueryEngine(before).query(ASKED)
        result = FaithfulnessEvaluator(llm=judge).evaluate_response(query=ASKED, response=response)
        assert result.passing
        assert response.source_nodes[0].text.split()[0] in server.prompts[-1]
        assert str(response) in server.prompts[-1]
    assert response.metadata["answer"]["worded_by"] == "openai-like:scripted"


def test_it_is_a_tool_of_anothers_agent(worded: tuple[Worded, LlmServer]):
    tool = QueryEngineTool.from_defaults(SanadQueryEngine(worded[0]), name="news", description="Cited news.")
    for output in (tool.call(ASKED), asyncio.run(tool.acall(input=ASKED))):
        assert not output.is_error
        assert output.tool_name == "news"
        assert output.content.endswith(" [1]")
        (node,) = output.raw_output.source_nodes
        assert "دولار" in node.text
        assert output.raw_output.metadata["answer"]["worded_by"] == "openai-like:scripted"


def test_a_chat_engine_speaks_in_a_models_words(worded: tuple[Worded, LlmServer]):
    chat = SanadChatEngine(worded[0])
    answered = chat.chat(ASKED)
    assert answered.metadata["answer"]["worded_by"] == "openai-like:scripted"
    assert answered.source_nodes
    chat.chat("ومن يقول ذلك؟")
    assert f"- {ASKED}" in next(prompt for prompt in worded[1].prompts if "Last question:" in prompt)
