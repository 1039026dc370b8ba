"""Retrieval as others do it out of the box, to measure ours against."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import bm25s

from index.embed import Embedder
from index.types import Document
from rag.retrieve import Query

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

Ranker = Callable[[str, Query], Sequence[str]]
"""A question, and the same as our channels see it, to ids of documents: best first, a document may come twice."""


def plain_bm25(documents: Sequence[Document], limit: int) -> Ranker:
    """bm25s with its default tokenizer and parameters on whole documents; at least one document."""
    index = bm25s.BM25()
    texts = [document.text for document in documents]
    index.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
    most = min(limit, len(documents))

    def rank(question: str, _query: Query) -> list[str]:
        words = bm25s.tokenize([question], stopwords=None, show_progress=False)
        rows, scores = index.retrieve(words, k=most, show_progress=False)
        return [documents[row].id for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return rank


def plain_llama_index(documents: Sequence[Document], embedder: Embedder, limit: int) -> Ranker:
    """A LlamaIndex vector index as its tutorial builds it: default SentenceSplitter, FAISS store, our model.

    The splitter's chunks of 1024 tokens are longer than the bundled model reads; the model cuts them, as it does there.
    """
    import faiss
    from llama_index.core import Document as LlamaDocument
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.schema import QueryBundle
    from llama_index.vector_stores.faiss import FaissVectorStore

    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(embedder.dimension))
    index = VectorStoreIndex.from_documents(
        [LlamaDocument(text=document.text, id_=document.id) for document in documents],
        storage_context=StorageContext.from_defaults(vector_store=store),
        transformations=[SentenceSplitter()],
        embed_model=_embedding(embedder),
    )
    retriever = index.as_retriever(similarity_top_k=limit)

    def rank(question: str, query: Query) -> list[str]:
        found = retriever.retrieve(QueryBundle(question, embedding=query.vector.tolist()))
        return [node.node.ref_doc_id or "" for node in found]

    return rank


def _embedding(embedder: Embedder) -> "BaseEmbedding":
    """Our model, with its prompts, behind LlamaIndex's interface."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Embedding(BaseEmbedding):  # type: ignore[misc] # llama_index has no type marker
        def _get_query_embedding(self, query: str) -> list[float]:
            vector: list[float] = embedder.embed_queries([query])[0].tolist()
            return vector

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = embedder.embed_documents(texts).tolist()
            return vectors

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Embedding(model_name=embedder.name)
