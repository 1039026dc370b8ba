"""Other ways to retrieve and to answer, measured beside ours."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import bm25s

from eval.cases import Ask, asked_once
from index.chunk import sentence_text
from index.embed import Embedder
from index.markup import plain
from index.store import Generation
from index.types import Document, Passage, Sentence
from rag import question
from rag.engine import EVIDENCE, Engine
from rag.retrieve import Query, Weights
from rag.types import Answer, AnswerSentence, Citation, Evidence, IndexInfo

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding

Copy = Callable[[str, Sequence[str]], Answer]
"""A question and the earlier ones to an answer that is copied out."""
Ranker = Callable[[str, Query], Sequence[str]]
"""A question, and the same as our channels see it, to ids of documents: best first, a document may come twice."""


def baseline_engines(generation: Generation, embedder: Embedder) -> Mapping[str, Ask]:
    """What answers are measured against, by name; the last two answer every question.

    Args:
        generation: The index that ours answers from.
        embedder: Its model.
    """
    plain = Engine(generation, embedder)
    asks = {
        "ours, without the reader": plain.ask,
        "ours, BM25 alone": Engine(generation, embedder, Weights(passage=0, sentence=0, names=0)).ask,
        "ours, passage vectors alone": Engine(generation, embedder, Weights(sentence=0, lexical=0, names=0)).ask,
        "first sentence of the top passage": first_sentence(plain),
        "plain LlamaIndex, top chunk copied": copied_chunk(generation.contents.documents, embedder),
    }
    return {name: asked_once(ask) for name, ask in asks.items()}


def first_sentence(engine: Engine) -> Copy:
    """Our retrieval; the answer is the first sentence of the best passage, whatever the question."""

    def ask(asked: str, history: Sequence[str]) -> Answer:
        evidence = engine.retrieve(question.read(asked, history).full, EVIDENCE)
        sentences = [(found, found.passage.sentences[0]) for found in evidence[:1]]
        return _copied(asked, evidence, [(f, s, sentence_text(f.document, s)) for f, s in sentences])

    return ask


def copied_chunk(documents: Sequence[Document], embedder: Embedder) -> Copy:
    """LlamaIndex's query engine as its tutorial builds it, but without a language model: the best chunk, copied."""
    from llama_index.core.llms.mock import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.response_synthesizers.no_text import NoText

    by_id = {document.id: document for document in documents}
    retriever = llama_index_retriever(documents, embedder, EVIDENCE)
    # It wants a language model even where none may speak.
    engine = RetrieverQueryEngine(retriever, NoText(llm=MockLLM()))

    def ask(asked: str, history: Sequence[str]) -> Answer:
        found = engine.query(question.read(asked, history).full)
        evidence: list[Evidence] = []
        for rank, node in enumerate(found.source_nodes, start=1):
            document = by_id[node.node.ref_doc_id or ""]
            span = Sentence(node.node.start_char_idx or 0, node.node.end_char_idx or len(document.text))
            passage = Passage(node.node.node_id, document.id, "", (span,))
            text = plain(node.node.text, document.format)  # markup is no part of what is compared
            evidence.append(Evidence(rank, passage, document, text, float(node.score or 0), {}))
        return _copied(asked, evidence, [(e, e.passage.sentences[0], e.text) for e in evidence[:1]])

    return ask


def _copied(asked: str, evidence: Sequence[Evidence], parts: Sequence[tuple[Evidence, Sentence, str]]) -> Answer:
    """An answer that copies spans of documents, as sure as can be."""
    sentences = tuple(
        AnswerSentence(
            text, (Citation(n, found.document, found.passage.id, span.start, span.end, found.score),), "verbatim"
        )
        for n, (found, span, text) in enumerate(parts, start=1)
    )
    return Answer(
        question=asked,
        language="und",
        abstained=not sentences,
        confidence=1.0,
        answer=" ".join(sentence.text for sentence in sentences),
        sentences=sentences,
        evidence=tuple(evidence),
        disagreements=(),
        timings_ms={},
        index=IndexInfo("", ""),
    )


def plain_bm25(documents: Sequence[Document], limit: int) -> Ranker:
    """bm25s with its default tokenizer and parameters on whole documents; at least one document."""
    index = bm25s.BM25()
    texts = [document.text for document in documents]
    index.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
    most = min(limit, len(documents))

    def rank(asked: str, _query: Query) -> list[str]:
        words = bm25s.tokenize([asked], stopwords=None, show_progress=False)
        rows, scores = index.retrieve(words, k=most, show_progress=False)
        return [documents[row].id for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return rank


def plain_llama_index(documents: Sequence[Document], embedder: Embedder, limit: int) -> Ranker:
    """Documents as ``llama_index_retriever`` ranks them."""
    from llama_index.core.schema import QueryBundle

    retriever = llama_index_retriever(documents, embedder, limit)

    def rank(asked: str, query: Query) -> list[str]:
        found = retriever.retrieve(QueryBundle(asked, embedding=query.vector.tolist()))
        return [node.node.ref_doc_id or "" for node in found]

    return rank


def llama_index_retriever(documents: Sequence[Document], embedder: Embedder, limit: int) -> "BaseRetriever":
    """A LlamaIndex vector index as its tutorial builds it: default SentenceSplitter, FAISS store, our model.

    The splitter's chunks of 1024 tokens are longer than the bundled model reads; the model cuts them, as it does there.
    """
    import faiss
    from llama_index.core import Document as LlamaDocument
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.faiss import FaissVectorStore

    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(embedder.dimension))
    index = VectorStoreIndex.from_documents(
        [LlamaDocument(text=document.text, id_=document.id) for document in documents],
        storage_context=StorageContext.from_defaults(vector_store=store),
        transformations=[SentenceSplitter()],
        embed_model=_embedding(embedder),
    )
    return index.as_retriever(similarity_top_k=limit)


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
