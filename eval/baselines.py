"""Other ways to retrieve and to answer, measured beside ours."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import bm25s

from eval.cases import AnswerEngine
from index.chunk import sentence_text
from index.embed import Embedder
from index.store import Generation
from index.types import Document, Passage, Sentence
from rag import question
from rag.engine import EVIDENCE, Engine
from rag.retrieve import Query, Weights
from rag.types import Answer, AnswerSentence, Citation, Evidence, IndexInfo

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding

Ranker = Callable[[str, Query], Sequence[str]]
"""A question, and the same as our channels see it, to ids of documents: best first, a document may come twice."""


def baseline_engines(generation: Generation, embedder: Embedder, ours: Engine) -> Mapping[str, AnswerEngine]:
    """What answers are measured against, by name; each but the first three answers every question.

    Args:
        generation: The index that ours answers from.
        embedder: Its model.
        ours: What is measured.
    """
    plain = Engine(generation, embedder)
    return {
        "ours, without the reader": plain,
        "ours, BM25 alone": Engine(generation, embedder, Weights(passage=0, sentence=0)),
        "ours, passage vectors alone": Engine(generation, embedder, Weights(sentence=0, lexical=0)),
        "ours, never silent": NeverSilent(ours),
        "first sentence of the top passage": FirstSentence(plain),
        "plain LlamaIndex, top chunk copied": CopiedChunk(ours.documents(), embedder),
    }


class NeverSilent:
    """Our engine with abstention overridden."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.retrieve = engine.retrieve

    def ask(self, asked: str, /, history: Sequence[str] = (), *, always_answer: bool = True) -> Answer:  # noqa: ARG002
        """Answer, whatever the confidence."""
        return self._engine.ask(asked, history, always_answer=True)


class FirstSentence:
    """Our retrieval; the answer is the first sentence of the best passage."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.retrieve = engine.retrieve

    def ask(self, asked: str, /, history: Sequence[str] = (), *, always_answer: bool = True) -> Answer:  # noqa: ARG002
        """Answer, whatever the question."""
        evidence = self._engine.retrieve(question.read(asked, history).full, EVIDENCE)
        sentences = [(found, found.passage.sentences[0]) for found in evidence[:1]]
        return _copied(asked, evidence, [(f, s, sentence_text(f.document, s)) for f, s in sentences])


class CopiedChunk:
    """LlamaIndex as its tutorial builds it, without a language model; the answer is a copy of the best chunk."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder) -> None:
        self._documents = {document.id: document for document in documents}
        self._retriever = llama_index_retriever(documents, embedder, EVIDENCE)

    def retrieve(self, asked: str, /, limit: int) -> tuple[Evidence, ...]:
        """The best chunks, best first."""
        found: list[Evidence] = []
        for node in self._retriever.retrieve(asked)[:limit]:
            document = self._documents[node.node.ref_doc_id or ""]
            span = Sentence(node.node.start_char_idx or 0, node.node.end_char_idx or len(document.text))
            passage = Passage(node.node.node_id, document.id, "", (span,))
            found.append(Evidence(len(found) + 1, passage, document, node.node.text, float(node.score or 0), {}))
        return tuple(found)

    def ask(self, asked: str, /, history: Sequence[str] = (), *, always_answer: bool = True) -> Answer:  # noqa: ARG002
        """Answer, whatever the question."""
        evidence = self.retrieve(question.read(asked, history).full, EVIDENCE)
        return _copied(asked, evidence, [(found, found.passage.sentences[0], found.text) for found in evidence[:1]])


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
