"""Whether a question is answered as another wording of it is: follow-ups, topic changes, misspelt questions."""

import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from eval import questions
from eval.cases import AnswerEngine
from eval.metrics import states_fact
from eval.questions import Question
from eval.run import DOCUMENTS, QUESTIONS
from eval.statistics import Measure, share
from index import build
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from rag.engine import Engine
from rag.reader import Reader
from rag.types import Answer

MEASURES = ("alike", "same decision", "alike made to", "facts as asked", "facts plain")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one wording of a question brought: the answer shown, and the one given when made to answer."""

    shown: Answer
    made_to: Answer


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and what became of both its wordings.

    Attributes:
        question: The question.
        place: Its place among the questions of its kind, from 0; even places are for tuning, odd ones held out.
        asked: The answers to it as asked, after its history.
        plain: The answers to ``same_as`` on its own; to the question without its history when it has no ``same_as``.
    """

    question: Question
    place: int
    asked: Answers
    plain: Answers


Groups = Mapping[str, Callable[[Pair], bool]]


def compare(asked: Sequence[Question], engine: AnswerEngine) -> tuple[Pair, ...]:
    """Ask each question both ways."""
    places: dict[str, int] = {}
    pairs = []
    for question in asked:
        place = places.get(question.kind, 0)
        places[question.kind] = place + 1
        plain = question.same_as or question.question
        pairs.append(
            Pair(question, place, _answers(engine, question.question, question.history), _answers(engine, plain, ()))
        )
    return tuple(pairs)


def alike(question: Question, one: Answer, other: Answer) -> bool:
    """Whether two answers say the same.

    Both abstain, or begin with the same characters of the same document, or state the same key facts, at least one:
    translations of one story, and documents that agree, answer alike in different sentences.
    """
    facts = _facts(question, one)
    return _first(one) == _first(other) or (any(facts) and facts == _facts(question, other))


def rates(pairs: Sequence[Pair]) -> dict[str, Measure]:
    """Shares in [0, 1], each with its interval.

    Returns:
        By name: "alike", of the answers shown; "same decision", both abstain or neither does; "alike made to", when
        made to answer; "facts as asked" and "facts plain", key facts stated when made to answer, from which pairs
        without key facts are excluded.
    """
    clusters = [pair.question.gold[0].document if pair.question.gold else pair.question.id for pair in pairs]
    ones = [1.0] * len(pairs)
    found = {
        "alike": [alike(p.question, p.asked.shown, p.plain.shown) for p in pairs],
        "same decision": [p.asked.shown.abstained == p.plain.shown.abstained for p in pairs],
        "alike made to": [alike(p.question, p.asked.made_to, p.plain.made_to) for p in pairs],
    }
    measures = {name: share([float(x) for x in values], ones, clusters) for name, values in found.items()}
    judged = [(p, cluster) for p, cluster in zip(pairs, clusters, strict=True) if p.question.facts]
    possible = [float(len(p.question.facts)) for p, _ in judged]
    stated = {
        "facts as asked": [sum(_facts(p.question, p.asked.made_to)) for p, _ in judged],
        "facts plain": [sum(_facts(p.question, p.plain.made_to)) for p, _ in judged],
    }
    return measures | {
        name: share([float(x) for x in values], possible, [c for _, c in judged], len(pairs) - len(judged))
        for name, values in stated.items()
    }


def to_table(title: str, pairs: Sequence[Pair], groups: Groups) -> Group:
    """A row of rates for each group of pairs, then the pairs whose answers are not alike."""
    table = Table(box=None, pad_edge=False)
    for heading in ("", "n", "alike", "95 %", *MEASURES[1:]):
        table.add_column(heading, justify="right" if heading else "left", no_wrap=heading in {"", "95 %"})
    for name, belongs in groups.items():
        chosen = [pair for pair in pairs if belongs(pair)]
        if chosen:
            found = rates(chosen)
            cells = [_number(found[measure].value) for measure in MEASURES]
            span = f"{_number(found['alike'].low)}-{_number(found['alike'].high)}"
            table.add_row(name, str(len(chosen)), cells[0], span, *cells[1:])
    return Group(Text(title, style="bold"), table, *(_told(p) for p in pairs if not _shown_alike(p)))


def run(title: str, kinds: Collection[str], groups: Groups) -> None:
    """Index the sample documents, compare the own questions of some kinds, and print the table.

    Args:
        title: What is measured.
        kinds: Kinds of questions to compare.
        groups: Rows of the table.
    """
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build([DOCUMENTS], Path(folder), settings.index, embedder, lambda *_: None)
        engine = Engine(Generation.open(Path(folder)), embedder, reader=Reader.load(embedder, settings))
        pairs = compare([q for q in questions.load(QUESTIONS, DOCUMENTS) if q.kind in kinds], engine)
    Console().print(to_table(title, pairs, groups))


def _answers(engine: AnswerEngine, question: str, history: Sequence[str]) -> Answers:
    return Answers(engine.ask(question, history), engine.ask(question, history, always_answer=True))


def _facts(question: Question, answer: Answer) -> tuple[bool, ...]:
    """For each key fact of the question, whether a sentence of the answer states it."""
    return tuple(any(states_fact(s.text, fact) for s in answer.sentences) for fact in question.facts)


def _first(answer: Answer) -> tuple[str, int, int] | None:
    """Document and characters of the first sentence; None for an abstention."""
    if not answer.sentences:
        return None
    citation = answer.sentences[0].citations[0]
    return citation.document.id, citation.start, citation.end


def _shown_alike(pair: Pair) -> bool:
    return alike(pair.question, pair.asked.shown, pair.plain.shown)


def _told(pair: Pair) -> Text:
    asked = " / ".join((*pair.question.history, pair.question.question))
    told = f"{pair.question.id} {asked}\n  as asked: {pair.asked.shown.answer}\n  plain: {pair.plain.shown.answer}"
    return Text("".join(c if c.isprintable() or c == "\n" else "?" for c in told))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
