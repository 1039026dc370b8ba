"""The product's sentence: a question becomes an answer whose every sentence cites what it stands on."""

import threading
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Self

from index import deleted, lexical, names
from index.config import Settings
from index.copies import near_copies
from index.embed import Embedder, Vectors
from index.errors import ModelError, QuestionError
from index.manifest import Model
from index.store import Generation
from index.types import Document, Dropped, Passage
from rag import abstain, amount, dialect, distinct, echoes, kinds, overview, phrases, question, select, whole
from rag.cited import cite, wording
from rag.clock import Clock
from rag.corroborate import corroborate
from rag.disagree import disagreements
from rag.expected import expected
from rag.reader import Reader, Reading
from rag.retrieve import DEFAULT_WEIGHTS, Retriever, Weights
from rag.select import Candidate
from rag.spelling import Spelling
from rag.types import Answer, Evidence, IndexInfo

EVIDENCE = 10
_NEAREST = 3
_PIECES = 3


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
        self._gone: AbstractSet[str] = frozenset()
        contents = generation.contents
        self._near_copies = lru_cache(maxsize=1)(lambda: near_copies(contents))
        self._spelling = lru_cache(maxsize=None)(
            lambda language: Spelling.of(contents, language, lambda word: embedder.count_tokens([word]) == [1])
        )

    @classmethod
    def open(cls, index_folder: Path, settings: Settings) -> Self:
        """Open an index, without what was deleted from it, with the model that the settings name.

        Raises:
            IndexFileError: There is no index, or it or the list of what was deleted is damaged.
            ModelError: The model cannot be loaded or is not the index's.
        """
        generation = Generation.open(index_folder)  # first: it fails faster than a model loads
        embedder = Embedder.for_questions(settings.index.model, settings.cache)
        gone = deleted.read(index_folder)
        return cls(generation, embedder, reader=Reader.load(embedder, settings)).without(gone)

    def without(self, documents: AbstractSet[str]) -> Self:
        """This engine as if the index did not hold documents of these ids; itself where it holds none of them."""
        held = self._generation.contents.rows.keys()
        if not held & documents:
            return self
        engine = copy(self)
        engine._gone = held & documents
        engine._retriever = self._retriever.within(held - documents)
        return engine

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
        clock = Clock()
        asks = self._asks(asked, history)
        found = self._overview(asks, within, clock.lap) or self._sentences(asks, within, clock.lap)
        abstained = not found.chosen or not (found.enough or always_answer)
        chosen = () if abstained else found.chosen
        clock.lap("select")
        beside = echoes.find(chosen, found.evidence, self._retriever.sentence_vectors)
        sentences = corroborate(cite(chosen), beside)
        differing = disagreements(asks.full, sentences, beside)
        clock.lap("compare")
        return Answer(
            question=asked,
            language=asks.language,
            abstained=abstained,
            confidence=found.confidence,
            answer=phrases.abstention(asks.language, _titles(found.evidence)) if abstained else wording(sentences),
            sentences=sentences,
            evidence=found.evidence,
            disagreements=differing,
            timings_ms=clock.milliseconds(),
            index=IndexInfo(self._generation.name, self._generation.manifest.model.name),
        )

    def warm_up(self) -> None:
        """Do what the first questions would wait for: load what is loaded once, prepare passages for the reader.

        In a thread of its own it ends early when the program does.
        """
        contents = self._generation.contents
        with suppress(QuestionError):  # a title may hold no word
            self.ask(contents.documents[0].title[: question.LONGEST_QUESTION])
        if self._reader:
            wanted = takewhile(lambda _: threading.main_thread().is_alive(), contents.passages)
            self._reader.remember((contents.document(passage.document_id), passage) for passage in wanted)

    def retrieve(self, asked: str, limit: int, *, within: AbstractSet[str] | None = None) -> tuple[Evidence, ...]:
        """The best passages for a question, best first; arguments and errors as of ``ask``."""
        asks = self._asks(asked)
        return self._read(asks, self._searched(within).retrieve(self._retriever.query(asks.full), limit))[0]

    def features(self, asked: str, *, within: AbstractSet[str] | None = None) -> dict[str, float]:
        """What ``abstain`` sees of a question, for fitting it; {} when there is no evidence."""
        asks = self._asks(asked)
        seen = self._look(asks, within, Clock().lap)
        if not seen.candidates:
            return {}
        return abstain.features(asks, seen.evidence, seen.candidates, seen.readings, self._rare)

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

    @property
    def near_copies(self) -> Mapping[str, str]:
        """Documents that say hardly anything that a longer one does not, with that one: ids to ids."""
        return {one: longer for one, longer in self._near_copies().items() if self._gone.isdisjoint((one, longer))}

    def passages(self) -> Sequence[Passage]:
        """All passages of the index, in order of documents, then of text."""
        passages = self._generation.contents.passages
        return [p for p in passages if p.document_id not in self._gone] if self._gone else passages

    def documents(self) -> Sequence[Document]:
        """All documents of the index, in order of their paths."""
        documents = self._generation.contents.documents
        return [d for d in documents if d.id not in self._gone] if self._gone else documents

    def document(self, document_id: str) -> Document:
        """A document of the index; KeyError when it holds none of that id."""
        return self._generation.contents.document(document_id)

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """What cleaning removed from a document; KeyError when the index holds none of that id."""
        contents = self._generation.contents
        return contents.dropped[contents.rows[document_id]]

    def _asks(self, asked: str, history: Sequence[str] = ()) -> question.Question:
        """What was asked, in standard words and as the documents spell it."""
        asks = question.read(asked, history)
        if asks.language == "ar":
            asks = asks.respelled(dialect.standard)
        return asks.respelled(self._spelling(asks.language).respelled)

    def _sentences(
        self, asks: question.Question, within: AbstractSet[str] | None, lap: Callable[[str], None]
    ) -> "_Found":
        """The sentences that answer, of all that was found."""
        seen = self._look(asks, within, lap)
        confidence, enough = abstain.judge(asks, seen.evidence, seen.candidates, seen.readings, self._rare)
        return _Found(seen.evidence, select.choose(seen.candidates), confidence, enough)

    def _overview(
        self, asks: question.Question, within: AbstractSet[str] | None, lap: Callable[[str], None]
    ) -> "_Found | None":
        """The sentences that sum up the document asked about as a whole; None when the question is about no such."""
        topic = whole.topic(asks.text)
        if topic is None:
            return None
        topic = topic or asks.topic
        searched = self._searched(within)
        query = searched.query(topic or asks.text)
        lap("embed")
        asked = overview.asked_about(topic, asks.language, searched.retrieve(query, EVIDENCE), searched.idf)
        if asked is None:
            return None
        document, share = asked
        passages = searched.within({document.id}).retrieve(query, len(self._generation.contents.passages))
        lap("retrieve")
        chosen = overview.choose(passages, searched.sentence_vectors)
        return _Found(overview.evidence(passages, chosen, EVIDENCE), chosen, share, enough=True)

    def _look(self, asks: question.Question, within: AbstractSet[str] | None, lap: Callable[[str], None]) -> "_Seen":
        """Find passages, read the best, and rank their sentences."""
        searched = self._searched(within)
        query = searched.query(asks.full)
        lap("embed")
        found = searched.retrieve(query, distinct.POOL)
        found = distinct.distinct(found, EVIDENCE, self._retriever.sentence_vectors)
        found = amount.first(asks.text, found)  # before few of them are read
        lap("retrieve")
        evidence, readings = self._read(asks, found)
        lap("read")
        candidates = select.rank_sentences(
            lexical.terms(asks.text),  # the topic of the conversation leads to the passages; it is not what is asked
            evidence,
            lambda found: searched.sentence_cosines(query, found),
            searched.idf,
            kinds.asked_for(asks.text),
            expected(asks.text, asks.topic),
            searched.background(query),
            readings,
            lambda found: len(names.unmatched(asks.full, found.context)),
            select.concepts(asks.text),
            bool(asks.topic),
        )
        return _Seen(evidence, readings, candidates)

    def _rare(self, word: str) -> bool:
        """Whether the model knows a word only in many pieces, as it does names that it seldom met."""
        return self._embedder.count_tokens([word])[0] >= _PIECES

    def _searched(self, within: AbstractSet[str] | None) -> Retriever:
        return self._retriever if within is None else self._retriever.within(within - self._gone)

    def _read(
        self, asks: question.Question, found: tuple[Evidence, ...]
    ) -> tuple[tuple[Evidence, ...], tuple[Reading, ...]]:
        """Passages in the order the reader gives them, and what it makes of the first."""
        return self._reader.rerank(asks.said, found) if self._reader else (found, ())


@dataclass(frozen=True, slots=True)
class _Found:
    """What may be answered with, and whether it should: passages, best first, sentences, and how likely they answer."""

    evidence: tuple[Evidence, ...]
    chosen: tuple[Candidate, ...]
    confidence: float
    enough: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a question found: passages, what the reader makes of the first of them, and sentences; all best first."""

    evidence: tuple[Evidence, ...]
    readings: tuple[Reading, ...]
    candidates: tuple[Candidate, ...]


def _titles(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.document.title for found in evidence if found.document.title))[:_NEAREST]
