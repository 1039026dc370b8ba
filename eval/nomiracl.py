"""NoMIRACL (Thakur et al., 2024): does the answer know when ten near misses do not hold it?

Every question brings its own passages and only they are evidence, so that retrieval plays no part.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.cases import Case, Progress, abstention_scores, ask_all, timed
from eval.records import QuestionSetError, read_lines
from eval.report import Report
from eval.summary import summarize
from rag.types import Answer

Judge = Callable[[str, Sequence[str]], Answer]
"""A question and the texts of its passages to an answer from these passages alone."""


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with the only passages that may answer it.

    Attributes:
        id: Id in the file.
        question: As asked.
        language: ISO 639-1 code, "" when the file does not say.
        answerable: Whether any of the passages holds the answer.
        passages: Their texts, in the file's order, at least one.
    """

    id: str
    question: str
    language: str
    answerable: bool
    passages: tuple[str, ...]


class _Passage(BaseModel):
    text: str


class _Record(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    question: str
    answerable: bool
    lang: str = ""
    passages: list[_Passage] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _as_published(cls, line: object) -> object:
        """A line of the published data set, which tells relevant passages from others, in the fields above."""
        if not isinstance(line, dict) or not isinstance(line.get("positive_passages"), list):
            return line
        positive, negative = line["positive_passages"], line.get("negative_passages") or []
        return {
            "id": line.get("query_id"),
            "question": line.get("query"),
            "answerable": bool(positive),
            "passages": [*positive, *negative],
        }


def load_nomiracl(file: Path) -> tuple[JudgedQuestion, ...]:
    """Read JSON Lines with ``id``, ``question``, ``answerable`` and ``passages``; empty lines are skipped.

    Lines as NoMIRACL publishes them (Thakur et al., 2024: ``query_id``, ``query``, ``positive_passages``,
    ``negative_passages``) are understood, too; a question without positive passages is unanswerable.

    Raises:
        QuestionSetError: The file cannot be read, holds no question or a line is not in the format.
    """
    form = "JSON Lines of id, question, answerable and passages"
    questions = tuple(
        JudgedQuestion(read.id, read.question, read.lang, read.answerable, tuple(p.text for p in read.passages))
        for read in read_lines(file, _Record, form)
    )
    if not questions:
        raise QuestionSetError(f"{file}: holds no questions; write one JSON object per line")
    return questions


def run_nomiracl(
    questions: Sequence[JudgedQuestion], judge: Judge, settings: Mapping[str, object], progress: Progress
) -> Report:
    """Put every question to its own passages and measure when the answer is silence.

    Args:
        questions: The questions, each its own cluster.
        judge: Answers or abstains.
        settings: What to write down about the run.
        progress: Told after every question.
    """
    cases = ask_all(questions, lambda question: _case(question, judge), progress)
    refused = len(questions) - len(cases)
    return Report(
        title="NoMIRACL questions, each on its own passages",
        measures=summarize(cases, (), refused),
        cases=cases,
        settings=settings,
        counts={"questions": len(cases), "questions_refused": refused},
    )


def _case(question: JudgedQuestion, judge: Judge) -> Case:
    answer, ms = timed(lambda: judge(question.question, question.passages))
    return Case(
        id=question.id,
        question=question.question,
        cluster=question.id,
        answerable=question.answerable,
        gold=(),
        expected=(),
        rank=None,
        scores=abstention_scores(answerable=question.answerable, abstained=answer.abstained),
        answer=answer.answer,
        abstained=answer.abstained,
        confidence=answer.confidence,
        ms=ms,
        language=question.language,
    )
