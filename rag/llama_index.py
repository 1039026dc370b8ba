"""Sanad's retrieval and answers as parts for LlamaIndex applications."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, Protocol

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.base.response.schema import Response
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.types import Document
from rag.answer_json import to_json
from rag.engine import EVIDENCE, Engine
from rag.scope import ALL, Scope
from rag.types import Answer, Evidence


class SanadRetriever(BaseRetriever):  # type: ignore[misc] # llama_index has no type marker
    """A LlamaIndex retriever over a Sanad index.

    Node ids are passage ids; ``start_char_idx`` and ``end_char_idx`` are offsets into the document's text; the
    metadata holds ``document_id``, ``path``, ``title``, ``language``, ``published`` (ISO 8601 or None) and
    ``channels``. Scores are standard deviations above the collection's mean, higher is better.
    """

    def __init__(self, engine: Engine, limit: int = EVIDENCE, scope: Scope = ALL) -> None:
        """Retrieve from an engine's index.

        Args:
            engine: The engine.
            limit: Most nodes to return.
            scope: The documents to search; only among them is ranked.
        """
        self._engine = engine
        self._limit = limit
        self._scope = scope
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        within = self._scope.within(self._engine.documents())
        return [_node(found) for found in self._engine.retrieve(query_bundle.query_str, self._limit, within=within)]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(found: Evidence) -> NodeWithScore:
    document, passage = found.document, found.passage
    node = TextNode(
        id_=passage.id,
        text=found.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=_metadata(document) | {"channels": dict(found.channels)},
    )
    return NodeWithScore(node=node, score=found.score)


class Answerer(Protocol):
    """What answers: ``rag.engine.Engine``, or ``rag.worded.Worded`` with a language model before it."""

    def ask(self, asked: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question that may follow up on earlier ones; raises QuestionError."""
        ...


class SanadQueryEngine(BaseQueryEngine):  # type: ignore[misc] # llama_index has no type marker
    """A LlamaIndex query engine: Sanad's answer as the response, the cited sentences as its source nodes.

    The response's text is the answer with its citation numbers; ``source_nodes`` stand in the order of those numbers,
    their ``start_char_idx`` and ``end_char_idx`` are offsets into the document; ``metadata["answer"]`` is the answer
    in the form of docs/answer.md. An abstention has no source nodes.
    """

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        super().__init__(callback_manager=None)

    def _query(self, query_bundle: QueryBundle) -> Response:
        return _response(self._answerer.ask(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


class SanadChatEngine(BaseChatEngine):  # type: ignore[misc]
    """A LlamaIndex chat engine: earlier questions are the history of the next one."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._messages: list[ChatMessage] = []

    @property
    def chat_history(self) -> list[ChatMessage]:
        """The conversation so far, oldest first."""
        return self._messages

    def reset(self) -> None:
        """Forget the conversation."""
        self._messages = []

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """Answer a message; ``chat_history`` replaces the conversation so far. Raises QuestionError."""
        if chat_history is not None:
            self._messages = list(chat_history)
        asked = [m.content or "" for m in self._messages if m.role == MessageRole.USER]
        response = _response(self._answerer.ask(message, [question for question in asked if question]))
        self._messages += [
            ChatMessage(role=MessageRole.USER, content=message),
            ChatMessage(role=MessageRole.ASSISTANT, content=response.response),
        ]
        return AgentChatResponse(response.response, source_nodes=response.source_nodes, metadata=response.metadata)

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """As ``chat``."""
        return await asyncio.to_thread(self.chat, message, chat_history)

    def stream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """As ``chat``, in the form of a stream: an answer is shown once its sentences are checked."""
        answered = self.chat(message, chat_history)
        return StreamingAgentChatResponse(
            response=answered.response,
            source_nodes=answered.source_nodes,
            chat_stream=iter([_piece(answered.response)]),
            is_writing_to_memory=False,  # it stands in the history already
        )

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        """As ``stream_chat``."""
        answered = await self.achat(message, chat_history)

        async def pieces() -> AsyncIterator[ChatResponse]:
            yield _piece(answered.response)

        return StreamingAgentChatResponse(
            response=answered.response,
            source_nodes=answered.source_nodes,
            achat_stream=pieces(),
            is_writing_to_memory=False,
        )


def _piece(text: str) -> ChatResponse:
    return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text), delta=text)


def _response(answer: Answer) -> Response:
    nodes = [
        NodeWithScore(
            node=TextNode(
                id_=f"{citation.document.id}-{citation.start}-{citation.end}",
                text=citation.quote,
                start_char_idx=citation.start,
                end_char_idx=citation.end,
                metadata=_metadata(citation.document) | {"number": citation.number},
            ),
            score=citation.score,
        )
        for citation in answer.citations
    ]
    return Response(response=answer.answer, source_nodes=nodes, metadata={"answer": to_json(answer)})


def _metadata(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "path": document.path,
        "title": document.title,
        "language": document.language,
        "published": document.published.isoformat() if document.published else None,
    }
