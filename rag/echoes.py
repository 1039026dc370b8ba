"""Sentences of other documents that speak of what a sentence of the answer speaks of."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import repeats
from index.chunk import sentence_text
from index.types import Document, Passage, Sentence
from rag.compare import LEAST_NEAR, LEAST_NEAR_ACROSS, Comparison, Span, Statement, compare
from rag.distinct import stories
from rag.facts import read
from rag.select import Candidate
from rag.types import Evidence

# Without figures to compare, sentences must lie nearer to each other and share this much of the shorter one's words.
_SAME, _SAME_ACROSS = 0.95, 0.89
_SAME_WORDS = 0.5
# Share of a sentence's figures that must be confirmed.
_AGREED = 2 / 3
# Sentences compared for each of the answer's: of each document, in all.
_OF_EACH, _MOST = 3, 15

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Echo:
    """A sentence of another document beside a sentence of the answer.

    Attributes:
        answer: Which sentence of the answer, from 0.
        said: What that sentence states.
        document: The other document.
        passage: Its passage.
        sentence: Its sentence.
        statement: What it states.
        cosine: Of both sentences, in [-1, 1].
        same_language: Whether both are in one language.
        least_cosine_of_copies: What the cosine of a sentence and its copy in that language is at least.
        story: Stands for all documents that tell one story as this one does.
        same_story: Whether the answer's document is among them.
        comparisons: What both say of one thing, the answer's first.
    """

    answer: int
    said: Statement
    document: Document
    passage: Passage
    sentence: Sentence
    statement: Statement
    cosine: float
    same_language: bool
    least_cosine_of_copies: float
    story: str
    same_story: bool
    comparisons: tuple[Comparison, ...]

    @property
    def differs(self) -> bool:
        """Whether it gives another figure, date or name for something."""
        return any(comparison.relation != "agrees" for comparison in self.comparisons)

    @property
    def agrees(self) -> bool:
        """Whether it says the same: the same figures and nothing against it, or, without figures, the same words."""
        one, other = self.said.facts, self.statement.facts
        if self.differs or one.negated != other.negated or other.corrects:
            return False
        if self.same_story and self.cosine >= self.least_cosine_of_copies:
            return True
        if self.comparisons:
            return len(self.comparisons) >= _AGREED * len(one.quantities or one.dates)
        if one.figures or self.cosine < (_SAME if self.same_language else _SAME_ACROSS):
            return False
        shorter = max(1, min(len(one.stems), len(other.stems)))
        return not self.same_language or len(one.stems & other.stems) / shorter >= _SAME_WORDS


def find(
    chosen: Sequence[Candidate], evidence: Sequence[Evidence], sentence_vectors: Callable[[Passage], Floats]
) -> tuple[Echo, ...]:
    """The sentences of the evidence and its copies, of other documents, that lie near a sentence of the answer.

    Args:
        chosen: The sentences of the answer.
        evidence: The passages found.
        sentence_vectors: (sentences, dimension) float32, unit length, of a passage.

    Returns:
        By sentence of the answer, nearest first.
    """
    if not chosen:
        return ()
    told = stories(evidence)
    rows = list(_sentences(evidence))
    passages = {passage.id: passage for _, passage, _ in rows}
    vectors = {name: sentence_vectors(passage) for name, passage in passages.items()}
    table = np.array([vectors[passage.id][at] for _, passage, at in rows])
    found: list[Echo] = []
    for number, candidate in enumerate(chosen):
        own, passage = candidate.evidence.document, candidate.evidence.passage
        cosines = table @ vectors[passage.id][passage.sentences.index(candidate.sentence)]
        said = Statement.of(candidate.text, own.published)
        # Sentences in another language lie further off; what counts is how far above their own limit they stand.
        margins = cosines - np.where([d.language == own.language for d, _, _ in rows], LEAST_NEAR, LEAST_NEAR_ACROSS)
        taken: Counter[str] = Counter()
        for row in np.argsort(-margins, kind="stable"):
            document, there, at = rows[row]
            if margins[row] < 0 or taken.total() == _MOST:
                break
            if document.id == own.id or taken[document.id] == _OF_EACH:
                continue
            sentence = there.sentences[at]
            text = sentence_text(document, sentence)
            same_story, same_language = told[document.id] == told[own.id], document.language == own.language
            cosine = float(cosines[row])
            statement = Statement.of(text, document.published)
            if said.facts.figures and not statement.facts.figures and not same_story:
                continue  # it can neither confirm a figure nor differ from it
            taken[document.id] += 1
            found.append(
                Echo(
                    number,
                    said,
                    document,
                    there,
                    sentence,
                    statement,
                    cosine,
                    same_language,
                    repeats.least_cosine(document.language, own.language),
                    told[document.id],
                    same_story,
                    tuple(
                        comparison
                        for comparison in compare(said, statement, cosine, same_language=same_language)
                        if comparison.relation == "agrees"
                        or not _qualified(statement, comparison.second, document, there)
                    ),
                )
            )
    return tuple(found)


def _qualified(statement: Statement, span: Span, document: Document, passage: Passage) -> bool:
    """Whether the passage says elsewhere of the same figure that it is planned, additional or a part.

    A headline leaves that out.
    """
    quantity = next((q for q in statement.facts.quantities if (q.start, q.end) == span), None)
    if quantity is None:
        return False
    others = [read(sentence_text(document, sentence)) for sentence in passage.sentences]
    return any(
        (other.low, other.high, other.unit) == (quantity.low, quantity.high, quantity.unit)
        and (other.planned, other.more, other.part) > (quantity.planned, quantity.more, quantity.part)
        for facts in others
        for other in facts.quantities
    )


def _sentences(evidence: Sequence[Evidence]) -> Iterator[tuple[Document, Passage, int]]:
    """Each sentence of the evidence and its copies once, as its position in its passage."""
    seen: set[tuple[str, int]] = set()
    for one in evidence:
        for document, passage in ((one.document, one.passage), *((copy.document, copy.passage) for copy in one.copies)):
            for at, sentence in enumerate(passage.sentences):
                if (document.id, sentence.start) not in seen:
                    seen.add((document.id, sentence.start))
                    yield document, passage, at
