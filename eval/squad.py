"""Question sets in SQuAD's format: the paragraphs become one pool of documents, then every question is asked.

Format: Rajpurkar et al. (2016), with version 2's unanswerable questions (Rajpurkar, Jia and Liang, 2018).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval import metrics
from eval.cases import (
    GROUNDING,
    RETRIEVAL,
    AnswerEngine,
    Case,
    Progress,
    answer_scores,
    ask_all,
    retrieval_scores,
    said,
    timed,
)
from eval.records import QuestionSetError, first_fault
from eval.report import Report
from eval.summary import summarize
from index.types import Document
from rag.types import Answer

PASSAGES = 100
"""Passages asked of retrieval, so that ten paragraphs remain when those of one paragraph count once."""
HITS = ("sentence_hit@1", "sentence_hit@2", "shown_hit@1", "shown_hit@2")
WORDS = ("exact_match", "exact_match_as_written", "f1", "f1_as_written")


@dataclass(frozen=True, slots=True)
class PoolQuestion:
    """A question of a SQuAD file.

    Attributes:
        id: Id in the file; parallel files share it.
        question: As asked.
        paragraphs: Ids of the documents that are its gold paragraphs.
        answers: Texts of its gold answers, none when it has no answer.
        answerable: False for SQuAD 2's impossible questions.
    """

    id: str
    question: str
    paragraphs: tuple[str, ...]
    answers: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """Distinct paragraphs as documents, and the questions asked on them.

    Attributes:
        documents: One for each distinct context; ``text`` is the context exactly.
        questions: In the order of the files.
        missing: Questions of a parallel file whose id is not in the pool.
    """

    documents: tuple[Document, ...]
    questions: tuple[PoolQuestion, ...]
    missing: int = 0


class _Answer(BaseModel):
    text: str


class _Question(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    question: str
    answers: list[_Answer] | None = None
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_Question]


class _Article(BaseModel):
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    """SQuAD 1 and 2; other fields (titles, plausible answers, versions) are of no use here."""

    data: list[_Article]


def load_pool(files: Sequence[Path], language_of: Callable[[str], str]) -> Pool:
    """Read SQuAD files into one pool: equal contexts are one document, equal questions on it one question.

    Args:
        files: SQuAD 1 or 2 files.
        language_of: ISO 639-1 code of a text's language.

    Raises:
        QuestionSetError: A file cannot be read or is no SQuAD file.
    """
    documents: dict[str, Document] = {}
    questions: dict[tuple[str, str, str], PoolQuestion] = {}
    for paragraph in (paragraph for file in files for paragraph in _paragraphs(file)):
        context = paragraph.context
        if context not in documents:
            documents[context] = document(context, language_of(context))
        name = documents[context].id
        for read in paragraph.qas:
            key = (read.id, read.question, name)
            known = questions[key].answers if key in questions else ()
            answers = tuple(dict.fromkeys((*known, *(answer.text for answer in read.answers or ()))))
            questions[key] = PoolQuestion(read.id, read.question, (name,), answers, not read.is_impossible)
    if not questions:
        raise QuestionSetError(f"no question in {', '.join(map(str, files))}; give files in SQuAD's format")
    return Pool(tuple(documents.values()), tuple(questions.values()))


def with_questions(pool: Pool, file: Path) -> Pool:
    """The pool with the questions of a parallel file; gold paragraphs and answers stay the pool's.

    Where the pool holds one id on several paragraphs (a pool of parallel files), each of them is gold.

    Raises:
        QuestionSetError: The file cannot be read, is no SQuAD file or shares no id with the pool.
    """
    by_id: dict[str, list[PoolQuestion]] = {}
    for question in pool.questions:
        by_id.setdefault(question.id, []).append(question)
    asked = dict.fromkeys((read.id, read.question) for p in _paragraphs(file) for read in p.qas)
    found: list[PoolQuestion] = []
    for key, text in asked:
        if gold := by_id.get(key):
            paragraphs = tuple(dict.fromkeys(p for g in gold for p in g.paragraphs))
            answers = tuple(dict.fromkeys(a for g in gold for a in g.answers))
            found.append(PoolQuestion(key, text, paragraphs, answers, any(g.answerable for g in gold)))
    if not found:
        raise QuestionSetError(f"{file} shares no question id with the pool; give a parallel file of it")
    return replace(pool, questions=tuple(found), missing=len(asked) - len(found))


def run_squad(
    pool: Pool,
    engine: AnswerEngine,
    supports: metrics.Supports,
    settings: Mapping[str, object],
    progress: Progress,
) -> Report:
    """Ask every question of a pool on an engine whose index holds ``pool.documents``.

    Retrieval is measured over paragraphs, ``sentence_hit`` with abstention overridden, ``shown_hit`` on the
    answers shown, where an abstention is no hit; so are exact match and F1, of the words marked as the answer. SQuAD
    2's impossible questions are excluded from all; a question whose gold answer does not stand in its paragraph is
    excluded from hits and words.

    Args:
        pool: Documents and questions.
        engine: Answers from the pool's documents.
        supports: The support check.
        settings: What to write down about the run.
        progress: Told after every question.
    """
    documents = {document.id: document for document in pool.documents}
    cases = ask_all(pool.questions, lambda q: _case(q, engine, documents, supports), progress)
    refused = len(pool.questions) - len(cases)
    return Report(
        title="Questions on one pool of paragraphs",
        measures=summarize(cases, (*RETRIEVAL, *HITS, *WORDS, *GROUNDING), pool.missing + refused),
        cases=cases,
        settings=settings,
        counts={
            "paragraphs": len(pool.documents),
            "questions": len(cases),
            "questions_not_in_pool": pool.missing,
            "questions_refused": refused,
        },
    )


def _case(
    question: PoolQuestion,
    engine: AnswerEngine,
    documents: Mapping[str, Document],
    supports: metrics.Supports,
) -> Case:
    answer, ms = timed(lambda: engine.ask(question.question))
    scores = answer_scores(answer, documents, supports, answerable=question.answerable)
    ranks: tuple[int, ...] = ()
    if question.answerable:
        found = engine.retrieve(question.question, PASSAGES)
        ranks = metrics.gold_ranks([e.document.id for e in found], question.paragraphs)
        scores |= retrieval_scores(ranks, len(question.paragraphs))
    if question.answerable and any(
        metrics.holds_answer(documents[p].text, a) for p in question.paragraphs for a in question.answers
    ):
        forced = engine.ask(question.question, always_answer=True) if answer.abstained else answer
        for k in (1, 2):
            for name, given in (("sentence_hit", forced), ("shown_hit", answer)):
                texts = [sentence.text for sentence in given.sentences]
                scores[f"{name}@{k}"] = (metrics.sentence_hit(texts, question.answers, k), 1.0)
        words = answer_words(answer)
        for name, score in (("exact_match", metrics.exact_match), ("f1", metrics.token_f1)):
            scores[name] = (score(words, question.answers), 1.0)
            scores[f"{name}_as_written"] = (score(words, question.answers, folded=False), 1.0)
    return Case(
        id=question.id,
        question=question.question,
        cluster=question.paragraphs[0],
        answerable=question.answerable,
        gold=question.paragraphs,
        expected=question.answers,
        rank=min(ranks, default=None),
        scores=scores,
        answer=answer.answer,
        abstained=answer.abstained,
        confidence=answer.confidence,
        ms=ms,
        said=said(answer, documents, supports),
    )


def answer_words(answer: Answer) -> str:
    """The words marked as the answer in the first citation, the first sentence where none are; "" in an abstention."""
    if not answer.sentences:
        return ""
    first = answer.sentences[0]
    marked = [c.document.text[start:end] for c in first.citations[:1] for start, end in c.marks]
    return " ".join(marked) or first.text


def document(context: str, language: str) -> Document:
    """A paragraph as a document without a title: the set's article titles are no part of what is searched."""
    name = hashlib.sha256(context.encode()).hexdigest()[:16]
    return Document(
        id=name, path=f"{name}.txt", title="", text=context, language=language, published=None, format="text"
    )


def _paragraphs(file: Path) -> list[_Paragraph]:
    """The paragraphs of a SQuAD file; one without text is refused, since nothing can be found in it."""
    try:
        read = _File.model_validate_json(file.read_bytes())
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}); give a file in SQuAD's format"
        raise QuestionSetError(msg) from error
    except ValidationError as error:
        raise QuestionSetError(f"{file}: {first_fault(error)}; give a file in SQuAD's format") from error
    paragraphs = [paragraph for article in read.data for paragraph in article.paragraphs]
    for number, paragraph in enumerate(paragraphs, start=1):
        if not paragraph.context.strip():
            raise QuestionSetError(f"{file}: paragraph {number} is empty; give it a context or remove it")
    return paragraphs
