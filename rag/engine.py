"""The product's sentence: a question becomes an answer whose every sentence cites what it stands on."""

import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index.config import Settings
from index.embed import Embedder, Vectors
from index.errors import ModelError
from index.manifest import Model
from index.store import Generation
from index.types import Document, Dropped, Passage
from rag import abstain, distinct, echoes, kinds, phrases, question, select
from rag.corroborate import corroborate
from rag.disagree import disagreements
from rag.reader import Reader, Reading
from rag.retrieve import DEFAULT_WEIGHTS, Retriever, Weights
from rag.select import Candidate
from rag.types import Answer, AnswerSentence, Citation, Evidence, IndexInfo

EVIDENCE = 10
_NEAREST = 3


class Engine:
    """Answers questions over one opened index; safe to share between threads."""

    def __init__(
        self,
        generation: Generation,
        embedder: Embedder,
        weights: Weights = DEFAULT_WEIGHTS,
        reader: Reader | None = None,
    ) -> None:
        """Join an index, the model it was built with, and a reader for that model.

        Args:
            generation: The index.
            embedder: The model.
            weights: Of retrieval's channels; others than the default are for measuring.
            reader: Reads the best passages; None goes by their scores alone.

        Raises:
            ModelError: The index was built with another model.
        """
        built_with = generation.manifest.model
        if built_with.fingerprint != embedder.fingerprint:
            raise ModelError(
                f"The index was built with the model {built_with.name} ({built_with.fingerprint}), but {embedder.name} "
                f"({embedder.fingerprint}) is set. Rebuild it with 'sanad index', or set SANAD_MODEL back."
            )
        self._generation = generation
        self._embedder = embedder
        self._retriever = Retriever(generation, embedder, weights)
        self._reader = reader
        contents = generation.contents
        self._documents = {document.id: document for document in contents.documents}
        self._dropped = {d.id: spans for d, spans in zip(contents.documents, contents.dropped, strict=True)}

    @classmethod
    def open(cls, index_folder: Path, settings: Settings) -> Self:
        """Open an index with the model that the settings name.

        Raises:
            IndexFileError: There is no index, or it is damaged.
            ModelError: The model cannot be loaded or is not the index's.
        """
        generation = Generation.open(index_folder)  # first: it fails faster than a model loads
        embedder = Embedder.for_questions(settings.index.model, settings.cache)
        return cls(generation, embedder, reader=Reader.load(embedder, settings))

    def ask(
        self,
        asked: str,
        history: Sequence[str] = (),
        *,
        within: AbstractSet[str] | None = None,
        always_answer: bool = False,
    ) -> Answer:
        """Answer a question.

        Args:
            asked: The question.
            history: Earlier questions of the conversation, oldest first.
            within: Ids of the only documents to look in; None looks in all.
            always_answer: Answer even when the documents probably do not say; for measuring.

        Raises:
            QuestionError: The question is empty, too long or holds no word.
        """
        clock = _Clock()
        asks = question.read(asked, history)
        seen = self._look(asks, within, clock.lap)
        confidence, enough = abstain.judge(asks, seen.evidence, seen.candidates, seen.readings)
        abstained = not seen.candidates or not (enough or always_answer)
        chosen = () if abstained else select.choose(seen.candidates)
        clock.lap("select")
        beside = echoes.find(chosen, seen.evidence, self._retriever.sentence_vectors)
        sentences = corroborate(cite(chosen), beside)
        differing = disagreements(asks.full, sentences, beside)
        clock.lap("compare")
        return Answer(
            question=asked,
            language=asks.language,
            abstained=abstained,
            confidence=confidence,
            answer=phrases.abstention(asks.language, _titles(seen.evidence)) if abstained else wording(sentences),
            sentences=sentences,
            evidence=seen.evidence,
            disagreements=differing,
            timings_ms=clock.milliseconds(),
            index=IndexInfo(self._generation.name, self._generation.manifest.model.name),
        )

    def retrieve(self, asked: str, limit: int) -> tuple[Evidence, ...]:
        """The best passages for a question, best first; raises QuestionError as ``ask`` does."""
        asks = question.read(asked)
        return self._read(asks, self._retriever.retrieve(self._retriever.query(asks.full), limit))[0]

    def features(self, asked: str, *, within: AbstractSet[str] | None = None) -> dict[str, float]:
        """What ``abstain`` sees of a question, for fitting it; {} when there is no evidence."""
        asks = question.read(asked)
        seen = self._look(asks, within)
        return abstain.features(asks, seen.evidence, seen.candidates, seen.readings) if seen.candidates else {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are compared with each other: (n, dimension) float32, unit length."""
        return self._embedder.embed_queries(texts)

    @property
    def model(self) -> Model:
        """The embedding model of the index."""
        return self._generation.manifest.model

    @property
    def sources(self) -> tuple[str, ...]:
        """Files and folders that the index was built from."""
        return self._generation.manifest.sources

    @property
    def failures(self) -> tuple[tuple[str, str], ...]:
        """Files that could not be read when the index was built: (shown path, reason)."""
        return self._generation.manifest.failures

    def passages(self) -> tuple[Passage, ...]:
        """All passages of the index, in order of documents, then of text."""
        return self._generation.contents.passages

    def documents(self) -> tuple[Document, ...]:
        """All documents of the index, in order of their paths."""
        return self._generation.contents.documents

    def document(self, document_id: str) -> Document:
        """A document of the index; KeyError when it holds none of that id."""
        return self._documents[document_id]

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """What cleaning removed from a document; KeyError when the index holds none of that id."""
        return self._dropped[document_id]

    def _look(
        self,
        asks: question.Question,
        within: AbstractSet[str] | None = None,
        lap: Callable[[str], None] = lambda _: None,
    ) -> "_Seen":
        """Find passages, read the best, and rank their sentences."""
        query = self._retriever.query(asks.full)
        lap("embed")
        found = self._retriever.retrieve(query, distinct.POOL, within)
        found = distinct.distinct(found, EVIDENCE, self._retriever.sentence_vectors)
        lap("retrieve")
        evidence, readings = self._read(asks, found)
        lap("read")
        candidates = select.rank_sentences(
            query.terms,
            evidence,
            lambda found: self._retriever.sentence_cosines(query, found),
            self._retriever.idf,
            kinds.asked_for(asks.text),
            self._retriever.background(query),
            readings,
        )
        return _Seen(evidence, readings, candidates)

    def _read(
        self, asks: question.Question, found: tuple[Evidence, ...]
    ) -> tuple[tuple[Evidence, ...], tuple[Reading, ...]]:
        """Passages in the order the reader gives them, and what it makes of the first."""
        return self._reader.rerank(asks.full, found) if self._reader else (found, ())


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a question found: passages, what the reader makes of the first of them, and sentences; all best first."""

    evidence: tuple[Evidence, ...]
    readings: tuple[Reading, ...]
    candidates: tuple[Candidate, ...]


def cite(chosen: Sequence[Candidate]) -> tuple[AnswerSentence, ...]:
    """Each chosen sentence as it stands in its document, with a citation of its exact characters."""
    return tuple(
        AnswerSentence(
            candidate.text,
            (
                Citation(
                    number,
                    candidate.evidence.document,
                    candidate.evidence.passage.id,
                    candidate.sentence.start,
                    candidate.sentence.end,
                    candidate.score,
                    select.marks(candidate),
                ),
            ),
            "verbatim",
        )
        for number, candidate in enumerate(chosen, 1)
    )


def wording(sentences: Sequence[AnswerSentence]) -> str:
    """The sentences as one text, each followed by its citation numbers in brackets."""
    return " ".join(s.text + "".join(f" [{citation.number}]" for citation in s.citations) for s in sentences)


def _titles(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.document.title for found in evidence if found.document.title))[:_NEAREST]


class _Clock:
    """Milliseconds by step."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = (now - self._last) * 1000
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        laps = {**self._laps, "total": (time.perf_counter() - self._start) * 1000}
        return {name: round(value, 3) for name, value in laps.items()}
