"""The types a question becomes; ``Answer`` has three readers: the command line, the page and the eval."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.types import Document, Passage

SCHEMA = 1
Support = Literal["verbatim", "supported", "unsupported"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage of another document that says the same: copied, reworded or translated."""

    passage: Passage
    document: Document


AROUND = 10_000
"""Characters before and after a passage in which somebody is looked for whom it does not name."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that retrieval found.

    Attributes:
        rank: 1 for the best.
        passage: The passage.
        document: The document it is part of.
        text: The passage as a reader sees it, without markup.
        score: Fused score in standard deviations above the collection's mean; higher is better, unbounded.
        channels: The scores it was fused from: "passage" and "sentence" are cosines in [-1, 1], "lexical"
            and "names" shares of the question's words, and of its names and numbers, in [0, 1]; higher is better.
        copies: Passages of other documents that say the same, best first; they are not evidence of their own.
    """

    rank: int
    passage: Passage
    document: Document
    text: str
    score: float
    channels: Mapping[str, float]
    copies: tuple[Copy, ...] = ()

    @property
    def context(self) -> str:
        """What its sentences are read with: the document's title and date, and the passage."""
        return f"{self.document.title}\n{self.document.published or ''}\n{self.text}"

    @property
    def surroundings(self) -> str:
        """What stands around it in its document: all of an article, some pages of a book."""
        first, last = self.passage.sentences[0], self.passage.sentences[-1]
        return self.document.text[max(0, first.start - AROUND) : last.end + AROUND]


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact characters that support a sentence: ``document.text[start:end] == quote``.

    Attributes:
        number: 1 for the first citation of the answer; the same quote keeps its number.
        document: The cited document.
        passage_id: Id of the passage that holds the quote.
        start: Offset of the quote's first character in ``document.text``.
        end: Offset after its last character.
        score: Score of the cited sentence for the question; higher is better, unbounded.
        marks: (start, end) in ``document.text`` of the words that answer, within the quote and in order.
    """

    number: int
    document: Document
    passage_id: str
    start: int
    end: int
    score: float
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def quote(self) -> str:
        """The cited characters, exactly as they stand in the document."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of the answer with what it stands on.

    Attributes:
        text: The sentence as shown, without markup.
        citations: At least one unless it is unsupported; first what the text was taken from, then other documents that
            say the same.
        support: "verbatim" when the text is the quote itself, "supported" when it was checked against the
            quote, "unsupported" when that check failed.
        independent: How many of the cited documents are sources of their own: copies and translations of one story
            count once. 0 only where nothing is cited.
        reason: Why it is unsupported, in the question's language; else "".
    """

    text: str
    citations: tuple[Citation, ...]
    support: Support
    independent: int = 1
    reason: str = ""

    @property
    def sources(self) -> int:
        """How many documents are cited."""
        return len({citation.document.id for citation in self.citations})


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's value in a disagreement.

    Attributes:
        value: The figure, date or name as the source writes it.
        citation: The sentence that says so.
        superseded: Whether another claim is a later report that replaces it.
    """

    value: str
    citation: Citation
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Different values that sources give for the same thing.

    Attributes:
        topic: The clause that gives the first value, with "…" in its place.
        claims: At least two, with at least two values; the answer's own first.
    """

    topic: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which index answered: its generation's name and the embedding model's name."""

    generation: str
    model: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or an abstention.

    Attributes:
        question: The question as asked.
        language: ISO 639-1 code of the question's language, "und" when unknown.
        abstained: True when the documents do not say; then ``sentences`` is empty, ``answer`` says so in the
            question's language and ``evidence`` holds the nearest passages.
        confidence: Probability in [0, 1] that the evidence answers the question.
        answer: The sentences with their citation numbers, as one text.
        sentences: One to three sentences, best first; none in an abstention.
        evidence: Passages found, best first.
        disagreements: Where sources differ.
        timings_ms: Milliseconds by step, with "total".
        index: The index that answered.
        understood: The question as it was written out from the conversation, where a language model did that; else "".
        worded_by: The language model that worded the sentences, "" when they are the documents' own.
        notice: What the reader should know of how the answer came about, in the question's language; mostly "".
    """

    question: str
    language: str
    abstained: bool
    confidence: float
    answer: str
    sentences: tuple[AnswerSentence, ...]
    evidence: tuple[Evidence, ...]
    disagreements: tuple[Disagreement, ...]
    timings_ms: Mapping[str, float]
    index: IndexInfo
    understood: str = ""
    worded_by: str = ""
    notice: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all sentences and claims, in order of their numbers, each once."""
        cited = [c for s in self.sentences for c in s.citations] + [
            c.citation for d in self.disagreements for c in d.claims
        ]
        by_number = {citation.number: citation for citation in cited}
        return tuple(by_number[n] for n in sorted(by_number))
