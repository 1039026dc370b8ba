"""An answer in a language model's words: every sentence checked against what it cites, never without a way back.

The engine finds and decides whether to answer; the model only words. Where it fails, or nothing that it writes
stands, the engine's own answer is given, with a notice.
"""

import time
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from index.config import Settings
from index.errors import LlmError
from index.lexical import stem, words
from index.types import Document, Dropped
from rag import budget, entail, notices, prompts, question
from rag.check import Checker, is_rewrite
from rag.checked import Checked, Unsupported
from rag.drafts import Draft, DraftParser
from rag.engine import Engine
from rag.llm import Llm, Wanted, always
from rag.numbered import Source, gather
from rag.providers import connect
from rag.types import Answer, Evidence

EARLIER = 5
"""Earlier questions that a follow-up is written out from."""
_STEM, _TELLING = 5, 4
"""Letters of a word that tell it from others in whatever form, and of one that is no mere particle."""


def open_answerer(index_folder: Path, settings: Settings) -> "Engine | Worded":
    """Open an index, with the language model that the settings name before it; raises as ``Engine.open`` does.

    Raises:
        SettingError: The language model's package is not installed, or its address is missing.
        ModelError: The entailment model cannot be used.
    """
    llm = connect(settings.llm)  # first: it fails faster than an index opens
    engine = Engine.open(index_folder, settings)
    if llm is None:
        return engine
    checker = Checker(engine.embed, entail.load(settings.llm.entailment))
    return Worded(engine, llm, checker, settings.llm.unsupported)


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine answers, before a model words it.

    Attributes:
        own: The engine's own answer.
        question: The question with what the conversation adds to it.
        failure: Why the model could not write a follow-up out, "" when it could or need not.
        since: When the question came, by ``time.perf_counter``.
    """

    own: Answer
    question: str
    failure: str
    since: float


class Worded:
    """Answers as ``Engine`` does, in a language model's words; safe to share between threads.

    Attributes:
        engine: What finds, decides and answers where the model does not.
    """

    def __init__(self, engine: Engine, llm: Llm, checker: Checker, unsupported: Unsupported = "mark") -> None:
        """Join an engine, a model, and the check that its sentences must pass.

        Args:
            engine: Finds the evidence, and answers where the model does not.
            llm: Words the answer.
            checker: Tells whether what a sentence cites supports it.
            unsupported: Whether sentences that fail are shown, marked, or left out.
        """
        self.engine = engine
        self._llm = llm
        self._checker = checker
        self._unsupported = unsupported

    def ask(
        self,
        asked: str,
        history: Sequence[str] = (),
        *,
        within: AbstractSet[str] | None = None,
        always_answer: bool = False,
    ) -> Answer:
        """Answer a question; arguments and errors are those of ``Engine.ask``."""
        *_, answer = self.stream(asked, history, within=within, always_answer=always_answer)
        return answer

    def stream(
        self,
        asked: str,
        history: Sequence[str] = (),
        *,
        within: AbstractSet[str] | None = None,
        always_answer: bool = False,
    ) -> Iterator[Answer]:
        """The answer as it grows, sentence by sentence, each already checked; the last one yielded is whole.

        Closing the iterator ends the model's request. Arguments and errors are those of ``Engine.ask``.
        """
        found = self.find(asked, history, within=within, always_answer=always_answer)
        yield from self.word(found)

    def find(
        self,
        asked: str,
        history: Sequence[str] = (),
        *,
        within: AbstractSet[str] | None = None,
        always_answer: bool = False,
        wanted: Wanted = always,
    ) -> Found:
        """What the engine answers, before the model words it.

        Once ``wanted`` is false the model is no longer waited for; other arguments and errors are those of
        ``Engine.ask``.
        """
        since = time.perf_counter()
        read = question.read(asked, history)  # first: what is no question is put to no model
        understood, failure = self._understood(asked, history, wanted)
        if understood:
            own = self.engine.ask(understood, within=within, always_answer=always_answer)
            return Found(replace(own, question=asked, understood=understood), understood, failure, since)
        own = self.engine.ask(asked, history, within=within, always_answer=always_answer)
        return Found(own, read.full, failure, since)

    def word(self, found: Found, wanted: Wanted = always) -> Iterator[Answer]:
        """The answer as ``stream`` gives it, in the model's words where there is something to word.

        Once ``wanted`` is false the model's request ends, and the engine's own answer is the last.
        """
        own = found.own
        if own.abstained:
            yield own
            return
        if found.failure:  # a server that has just failed is not waited for twice
            yield replace(own, notice=notices.notice("failed", own.language, found.failure))
            return
        sources, withheld = gather(found.question, own, self._llm.context)
        if not sources:  # there is nothing to ask the model about
            kind = "withheld" if withheld else "room"
            yield replace(own, notice=notices.notice(kind, own.language, str(withheld)))
            return
        checked = Checked(self._llm.name, own, sources, withheld, self._checker, self._unsupported)
        try:
            for draft in self._drafts(found.question, own.language, sources, wanted):
                checked.take(draft)
                if checked.stands:
                    yield checked.answer()
        except LlmError as error:
            answer = replace(own, notice=notices.notice("failed", own.language, str(error)))
        else:
            answer = checked.answer() if checked.stands else checked.instead()
        total = round((time.perf_counter() - found.since) * 1000, 3)
        spent = {**own.timings_ms, "word": round(total - own.timings_ms["total"], 3), "total": total}
        yield replace(answer, timings_ms=spent)

    def retrieve(self, asked: str, limit: int) -> tuple[Evidence, ...]:
        """The best passages for a question, best first; raises QuestionError as ``ask`` does."""
        return self.engine.retrieve(asked, limit)

    def document(self, document_id: str) -> Document:
        """A document of the index; KeyError when it holds none of that id."""
        return self.engine.document(document_id)

    def documents(self) -> Sequence[Document]:
        """All documents of the index, in order of their paths."""
        return self.engine.documents()

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """What cleaning removed from a document; KeyError when the index holds none of that id."""
        return self.engine.dropped(document_id)

    def _understood(self, asked: str, history: Sequence[str], wanted: Wanted) -> tuple[str, str]:
        """A follow-up written out by the model, "" where there is nothing to write out; and why it failed."""
        earlier = _earlier(asked, history, self._llm.context)
        if not earlier:
            return "", ""
        try:
            written = " ".join(self._llm.reply(prompts.rewrite(asked, earlier), wanted).split())
        except LlmError as error:
            return "", str(error)
        conversation = (*earlier, asked)
        kept = is_rewrite(written, conversation) and _takes_up(written, conversation)
        return (written, "") if kept and written != " ".join(asked.split()) else ("", "")

    def _drafts(self, asked: str, language: str, sources: Sequence[Source], wanted: Wanted) -> Iterator[Draft]:
        reader = DraftParser(language)
        messages = prompts.answer(asked, language, [source.text for source in sources])
        said = False
        for piece in self._llm.stream(messages, prompts.ANSWER_SCHEMA, wanted):
            said = said or not piece.isspace()
            yield from reader.feed(piece)
        if not said:
            raise LlmError(f"{self._llm.name} replied with nothing; one that thinks may have used up its tokens.")
        yield from reader.end()


def _takes_up(written: str, conversation: Sequence[str]) -> bool:
    """Whether a rewritten question says anything of the conversation; "NONE", an excuse or JSON is no question."""
    said, before = ({stem(word.form)[:_STEM] for word in words(text)} for text in (written, " ".join(conversation)))
    telling = {word for word in said if len(word) >= _TELLING} or said
    return "{" not in written and not telling.isdisjoint(before)


def _earlier(asked: str, history: Sequence[str], context: int) -> list[str]:
    """The last earlier questions, oldest first, as much of them as the context holds beside the one asked."""
    room = budget.room(context, prompts.rewrite(asked, ()))
    kept: list[str] = []
    for earlier in reversed(history[-EARLIER:]):
        shown = budget.cut(prompts.quoted(earlier[: question.LONGEST_QUESTION]), room - budget.tokens("- \n"))
        if shown:
            room -= budget.tokens(f"- {shown}\n")
            kept.append(shown)
    return kept[::-1]
