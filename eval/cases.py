"""What became of one question."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from time import perf_counter
from typing import Protocol, TypeVar

from eval import metrics
from index.errors import QuestionError
from index.types import Document
from rag.types import Answer, Citation, Evidence

_CORRECT = ("key_facts", "shown_hit@2")  # the first that a case has decides its verdict
CONTEXT = 160
"""Characters shown on either side of a quote."""
RETRIEVAL = ("recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10")
GROUNDING = ("citation_validity", "citation_recall", "citation_precision", "faithfulness", "strict_faithfulness")
ABSTENTION = ("hallucination_rate", "error_rate")

Asked = TypeVar("Asked")
Ask = Callable[[str, tuple[str, ...]], tuple[Answer, float]]
"""A question and the earlier ones of the conversation to an answer and the milliseconds it took."""
Progress = Callable[[int, int], None]
"""Told how many questions are done, and of how many."""
Scores = Mapping[str, tuple[float, float]]
"""By name of the measure: what the case earned, and what it could have earned (above 0)."""


class AnswerEngine(Protocol):
    """The part of ``rag.engine.Engine`` that is measured."""

    def ask(self, question: str, /, history: Sequence[str] = (), *, always_answer: bool = False) -> Answer:
        """Answer or abstain; with ``always_answer`` never abstain while there is any evidence."""
        ...

    def retrieve(self, question: str, /, limit: int) -> tuple[Evidence, ...]:
        """The best ``limit`` passages, best first, each once."""
        ...


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation in its surroundings.

    Attributes:
        document: Path of the cited document.
        before: The characters in front of the quote, cut at a space.
        quote: The cited characters.
        after: The characters behind it, cut at a space.
        valid: Whether the citation can be trusted to the character.
    """

    document: str
    before: str
    quote: str
    after: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer, what it cites, and whether that supports it."""

    text: str
    faithful: bool
    citations: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what became of it.

    Attributes:
        id: Id in its question set.
        question: As asked.
        cluster: Document it is about: cases with the same one are not independent.
        answerable: Whether the documents hold the answer.
        gold: Documents or passages that hold it.
        quotes: The gold sentences, where the set gives them.
        expected: Gold answers or facts.
        rank: Rank of the first gold item, None when it was not found or none was looked for.
        scores: Of the measures that can judge this case.
        answer: The answer shown, "" where only retrieval is measured.
        said: Its sentences.
        worded_by: Name of the language model whose words they are, "" when they are the built-in answer's.
        abstained: Whether it was an abstention.
        confidence: The answer's, in [0, 1].
        ms: Milliseconds from question to answer.
        kind: Kind of question, "" when its set has none.
        language: ISO 639-1 code of the question's language, "" when its set does not say.
    """

    id: str
    question: str
    cluster: str
    answerable: bool
    gold: tuple[str, ...]
    expected: tuple[str, ...]
    rank: int | None
    scores: Scores
    answer: str = ""
    abstained: bool = False
    confidence: float = 0.0
    ms: float = 0.0
    said: tuple[Said, ...] = ()
    worded_by: str = ""
    quotes: tuple[str, ...] = ()
    kind: str = ""
    language: str = ""

    def score(self, name: str) -> float:
        """Share of what could be earned, in [0, 1]; KeyError when the case cannot be judged by this name."""
        earned, possible = self.scores[name]
        return earned / possible

    @property
    def verdict(self) -> str:
        """What became of the question, in a word or two."""
        if not self.answer:
            return "not found" if self.rank is None else "found first" if self.rank == 1 else "found"
        if not self.answerable:
            return "rightly silent" if self.abstained else "made up"
        if self.abstained:
            return "refused"
        judged = [self.score(name) for name in _CORRECT if name in self.scores]
        return "answered" if not judged else "right" if judged[0] == 1 else "partly right" if judged[0] else "wrong"

    @property
    def cause(self) -> str:
        """Where a failure came from, "" for none: the first step of answering that went wrong."""
        verdict = self.verdict
        if verdict == "made up":
            return "answered what the documents do not say"
        if verdict == "partly right":
            return "some of the facts left out"
        if verdict not in {"refused", "wrong"}:
            return ""
        if self.rank is None:
            return f"{verdict}: no gold passage among the evidence"
        if verdict == "refused":
            return "refused: a gold passage among the evidence"
        return f"wrong: the gold passage {'came first' if self.rank == 1 else 'came later'}"


def asked_once(ask: Callable[[str, tuple[str, ...]], Answer]) -> Ask:
    """Times answers and remembers them, so that no question is answered twice."""
    return cache(lambda asked, history: timed(lambda: ask(asked, history)))


def timed(ask: Callable[[], Answer]) -> tuple[Answer, float]:
    """An answer and the milliseconds it took."""
    start = perf_counter()
    answer = ask()
    return answer, (perf_counter() - start) * 1000


def ask_all(questions: Sequence[Asked], ask: Callable[[Asked], Case], progress: Progress) -> tuple[Case, ...]:
    """The case of every question that can be asked; one that the engine refuses as no question has none."""
    cases: list[Case] = []
    for done, question in enumerate(questions, start=1):
        with suppress(QuestionError):
            cases.append(ask(question))
        progress(done, len(questions))
    return tuple(cases)


def retrieval_scores(ranks: Sequence[int], gold: int) -> Scores:
    """The names of ``RETRIEVAL``; arguments as in ``metrics.retrieval_scores``."""
    return {name: (value, 1.0) for name, value in metrics.retrieval_scores(ranks, gold).items()}


def abstention_scores(*, answerable: bool, abstained: bool) -> Scores:
    """Whether an unanswerable question was answered, or an answerable one refused."""
    return (
        {"error_rate": (float(abstained), 1.0)} if answerable else {"hallucination_rate": (float(not abstained), 1.0)}
    )


def said(answer: Answer, documents: Mapping[str, Document], supports: metrics.Supports) -> tuple[Said, ...]:
    """The sentences of an answer, judged; arguments as in ``answer_scores``."""
    return tuple(
        Said(
            sentence.text,
            metrics.faithful(sentence, supports),
            tuple(_quoted(c, metrics.citation_valid(c, answer, documents)) for c in sentence.citations),
        )
        for sentence in answer.sentences
    )


def _quoted(citation: Citation, valid: bool) -> Quoted:
    text, start, end = citation.document.text, citation.start, citation.end
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = "…" + before[before.find(" ") + 1 :]
    if end + CONTEXT < len(text):
        after = after[: after.rfind(" ") + 1] + "…"
    return Quoted(citation.document.path, before, citation.quote, after, valid)


def answer_scores(
    answer: Answer, documents: Mapping[str, Document], supports: metrics.Supports, *, answerable: bool
) -> dict[str, tuple[float, float]]:
    """The names of ``ABSTENTION`` and ``GROUNDING`` for an answer; one without sentences has none of the latter.

    Args:
        answer: The answer shown.
        documents: The indexed documents by id.
        supports: The support check.
        answerable: Whether the documents hold the answer.
    """
    scores = dict(abstention_scores(answerable=answerable, abstained=answer.abstained))
    citations = [c for s in answer.sentences for c in s.citations]
    if citations:
        valid = sum(metrics.citation_valid(c, answer, documents) for c in citations)
        precise = sum(metrics.citation_precision(s, supports) for s in answer.sentences)
        scores["citation_validity"] = (float(valid), float(len(citations)))
        scores["citation_precision"] = (precise, float(len(citations)))
    if answer.sentences:
        count = float(len(answer.sentences))
        good = sum(metrics.faithful(s, supports) for s in answer.sentences)
        scores["faithfulness"] = (float(good), count)
        scores["strict_faithfulness"] = (float(good == count), 1.0)
        scores["citation_recall"] = (sum(metrics.citation_recall(s, supports) for s in answer.sentences), count)
    return scores
