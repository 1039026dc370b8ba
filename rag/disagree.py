"""Where sources differ: for what the answer says, the figures, dates and names of all sources together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from index import lexical
from rag import kinds, wordlists
from rag.compare import Span, Statement, later_of
from rag.corroborate import Numbering, cite
from rag.echoes import Echo
from rag.facts import Facts
from rag.happening import CLAUSE_END
from rag.types import AnswerSentence, Citation, Claim, Disagreement

_LONGEST_TOPIC = 120
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim with what it takes to compare it: the statement it is from, its place in it and its citation."""

    statement: Statement
    span: Span
    citation: Citation
    agrees: bool

    @property
    def value(self) -> str:
        return " ".join(self.statement.facts.text[self.span[0] : self.span[1]].split())


def disagreements(
    question: str, sentences: Sequence[AnswerSentence], echoes: Sequence[Echo]
) -> tuple[Disagreement, ...]:
    """What other sources say otherwise about what was asked.

    Each story has one claim, its nearest sentence; sources that agree with the answer stand among the claims too. A
    claim is superseded when another is a later report of the same source, or says that it corrects earlier ones.

    Args:
        question: The question, as searched with.
        sentences: The sentences of the answer with their final citations.
        echoes: What other documents say beside them, nearest first.
    """
    numbering = Numbering(citation for sentence in sentences for citation in sentence.citations)
    found: list[Disagreement] = []
    shown: set[tuple[str, int, int]] = set()
    for at, sentence in enumerate(sentences):
        # Copies of one story are no second source, unless one gives another figure than the other.
        beside = [echo for echo in echoes if echo.answer == at and (echo.differs or not echo.same_story)]
        for span in _asked_about(question, beside):
            claims = _claims(sentence, span, beside)
            keys = {(said.citation.document.id, said.citation.start, said.span[0]) for said in claims}
            if all(said.agrees for said in claims) or keys & shown:
                continue
            shown |= keys
            found.append(_disagreement(claims, numbering))
    return tuple(found)


def _asked_about(question: str, beside: Sequence[Echo]) -> list[Span]:
    """The places in a sentence that others speak of too and the question asks about, in text order."""
    if not beside:
        return []
    facts = beside[0].said.facts
    compared = sorted({comparison.first for echo in beside for comparison in echo.comparisons})
    dates = {(date.start, date.end) for date in facts.dates}
    kind = kinds.asked_for(question)
    if kind == "date":
        compared = [span for span in compared if span in dates]
    elif kind == "number":
        compared = [span for span in compared if span not in dates]
    asked = _kinds_named(question)
    spans = [(quantity.start, quantity.end) for quantity in facts.quantities] + sorted(dates)
    most = max((len(asked & _kinds_of(facts, span)) for span in spans), default=0)
    if not most and kind not in kinds.NUMERIC:
        return []
    return [span for span in compared if len(asked & _kinds_of(facts, span)) == most]


def _kinds_named(question: str) -> frozenset[str]:
    """Kinds of things, events and units that a question names."""
    named: set[str] = set()
    for word in lexical.words(question):
        named |= wordlists.things(word.form) | wordlists.events(word.form) | {"=" + lexical.stem(word.form)}
        named |= {measured[0] for measured in [wordlists.unit(word.form)] if measured}
    return frozenset(named)


def _kinds_of(facts: Facts, span: Span) -> frozenset[str]:
    kinds_said: set[str] = set()
    for quantity in facts.quantities:
        if (quantity.start, quantity.end) == span:
            kinds_said |= quantity.things | quantity.events | {quantity.unit}
    for date in facts.dates:
        if (date.start, date.end) == span:
            kinds_said |= date.events
    return frozenset(kinds_said)


def _claims(sentence: AnswerSentence, span: Span, beside: Sequence[Echo]) -> list[_Said]:
    """The answer's claim, then one of each other source that speaks of it, nearest first."""
    first = sentence.citations[0]
    claims = [_Said(beside[0].said, span, first, agrees=True)]
    stories: set[str] = set()
    for echo in beside:
        comparison = next((c for c in echo.comparisons if c.first == span), None)
        if comparison and echo.story not in stories:
            stories.add(echo.story)
            agrees = comparison.relation == "agrees"
            start, end = comparison.second
            citation = cite(echo, first.score, echo.statement.facts.text[start:end])
            claims.append(_Said(echo.statement, comparison.second, citation, agrees))
    return claims


def _disagreement(claims: Sequence[_Said], numbering: Numbering) -> Disagreement:
    superseded: set[int] = set()
    for one, other in combinations(range(len(claims)), 2):
        later = later_of(claims[one].statement, claims[other].statement)
        if later is not None and claims[one].value != claims[other].value:
            superseded.add((other, one)[later])
    return Disagreement(
        _topic(claims[0]),
        tuple(Claim(said.value, numbering.number(said.citation), at in superseded) for at, said in enumerate(claims)),
    )


def _topic(said: _Said) -> str:
    """The clause around a claim's value, "…" in its place; with those before it where it says too little alone."""
    text, (start, end) = said.statement.facts.text, said.span
    behind = CLAUSE_END.search(text, end)
    rest = text[end : behind.start() if behind else len(text)]
    opens = [0, *(match.end() for match in CLAUSE_END.finditer(text, 0, start))]
    clauses = (f"{text[at:start]}…{rest}" for at in reversed(opens))
    clause = next((told for told in clauses if len(lexical.words(told)) >= _FEWEST_WORDS), f"{text[:start]}…{rest}")
    words = " ".join(clause.split())
    if len(words) <= _LONGEST_TOPIC:
        return words
    middle = words.index("…")
    start = max(0, min(middle - _LONGEST_TOPIC // 2, len(words) - _LONGEST_TOPIC))
    cut = words[start : start + _LONGEST_TOPIC]
    return cut[cut.index(" ") + 1 : cut.rindex(" ")] if start else cut[: cut.rindex(" ")]
