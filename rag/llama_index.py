"""Sanad's retrieval as a part for LlamaIndex applications."""

import asyncio

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.engine import EVIDENCE, Engine
from rag.types import Evidence


class SanadRetriever(BaseRetriever):  # type: ignore[misc] # llama_index has no type marker
    """A LlamaIndex retriever over a Sanad index.

    Node ids are passage ids; ``start_char_idx`` and ``end_char_idx`` are offsets into the document's text; the
    metadata holds ``document_id``, ``path``, ``title``, ``language``, ``published`` (ISO 8601 or None) and
    ``channels``. Scores are standard deviations above the collection's mean, higher is better.
    """

    def __init__(self, engine: Engine, limit: int = EVIDENCE) -> None:
        self._engine = engine
        self._limit = limit
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(found) for found in self._engine.retrieve(query_bundle.query_str, self._limit)]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(found: Evidence) -> NodeWithScore:
    document, passage = found.document, found.passage
    node = TextNode(
        id_=passage.id,
        text=found.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document_id": document.id,
            "path": document.path,
            "title": document.title,
            "language": document.language,
            "published": document.published.isoformat() if document.published else None,
            "channels": dict(found.channels),
        },
    )
    return NodeWithScore(node=node, score=found.score)
