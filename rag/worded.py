"""An answer in a language model's words: every sentence checked against what it cites, never without a way back.

The engine finds and decides whether to answer; the model only words. Where it fails, or nothing that it writes
stands, the engine's own answer is given, with a notice.
"""

import time
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.chunk import sentence_text, tokenizer
from index.config import Settings
from index.embed import Embedder
from index.errors import LlmError
from index.store import Generation
from index.types import Document, Dropped, Sentence
from rag import notices, orders, prompts, question
from rag.check import Checker, is_rewrite
from rag.drafts import Draft, DraftParser
from rag.engine import Engine, wording
from rag.llm import ANSWER_TOKENS, Llm, connect
from rag.reader import Reader
from rag.types import Answer, AnswerSentence, Citation, Evidence, Support

MOST_SOURCES = 60
"""Sentences that the model is shown, when its context holds so many."""
EARLIER = 5
"""Earlier questions that a follow-up is written out from."""
# Other models' tokens are smaller than o200k_base's, in Arabic most of all.
_MARGIN = 1.25

Unsupported = Literal["mark", "drop"]


def open_answerer(index_folder: Path, settings: Settings) -> "Engine | Worded":
    """Open an index, with the language model that the settings name before it; raises as ``Engine.open`` does.

    Raises:
        SettingError: The language model's package is not installed, or its address is missing.
    """
    llm = connect(settings.llm)
    generation = Generation.open(index_folder)
    embedder = Embedder.load(settings.index.model, settings.cache)
    engine = Engine(generation, embedder, reader=Reader.load(embedder, settings))
    return Worded(engine, llm, Checker(embedder.embed_queries), settings.llm.unsupported) if llm else engine


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that the model is shown."""

    evidence: Evidence
    sentence: Sentence
    text: str


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
        start = time.perf_counter()
        understood, failure = self._understood(asked, history)
        if understood:
            own = replace(
                self.engine.ask(understood, within=within, always_answer=always_answer),
                question=asked,
                understood=understood,
            )
        else:
            own = self.engine.ask(asked, history, within=within, always_answer=always_answer)
        if own.abstained:
            yield own
            return
        if failure:  # a server that has just failed is not waited for twice
            yield replace(own, notice=notices.notice("failed", own.language, failure))
            return
        whole = understood or question.read(asked, history).full
        sources, withheld = self._sources(whole, own)
        checked = _Checked(self._llm.name, own, sources, withheld, self._checker, self._unsupported)
        try:
            for draft in self._drafts(whole, own.language, sources):
                checked.take(draft)
                if checked.stands:
                    yield checked.answer()
        except LlmError as error:
            answer = replace(own, notice=notices.notice("failed", own.language, str(error)))
        else:
            answer = checked.answer() if checked.stands else checked.instead()
        total = round((time.perf_counter() - start) * 1000, 3)
        spent = {**own.timings_ms, "word": round(total - own.timings_ms["total"], 3), "total": total}
        yield replace(answer, timings_ms=spent)

    def document(self, document_id: str) -> Document:
        """A document of the index; KeyError when it holds none of that id."""
        return self.engine.document(document_id)

    def documents(self) -> tuple[Document, ...]:
        """All documents of the index, in order of their paths."""
        return self.engine.documents()

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """What cleaning removed from a document; KeyError when the index holds none of that id."""
        return self.engine.dropped(document_id)

    def _understood(self, asked: str, history: Sequence[str]) -> tuple[str, str]:
        """A follow-up written out by the model, "" where there is nothing to write out; and why it failed."""
        if not history or not asked.strip():
            return "", ""
        try:
            written = " ".join(self._llm.reply(prompts.rewrite(asked, history[-EARLIER:])).split())
        except LlmError as error:
            return "", str(error)
        if written == " ".join(asked.split()) or not is_rewrite(written, (*history, asked)):
            return "", ""
        return written, ""

    def _sources(self, asked: str, own: Answer) -> tuple[list[Source], int]:
        """The sentences to show, as many as the context holds, and how many were withheld as orders.

        Those that the engine would answer with come first to be taken, all stand in the order of the evidence.
        """
        cited = {_place(citation) for citation in own.citations}
        listed: dict[tuple[str, int], Source] = {}
        for found in own.evidence:
            for sentence in found.passage.sentences:
                text = sentence_text(found.document, sentence)
                if text:
                    listed.setdefault((found.document.id, sentence.start), Source(found, sentence, text))
        places = sorted(listed, key=lambda place: place not in cited)  # stable: the rest keep their order
        lines = {_line(source) for source in listed.values() if orders.is_order(source.text)}
        ordering = {place for place in places if _line(listed[place]) in lines}
        encoding = tokenizer()
        frame = "".join(message.content or "" for message in prompts.answer(asked, own.language, ()))
        room = self._llm.context - ANSWER_TOKENS - _MARGIN * len(encoding.encode_ordinary(frame))
        taken: set[tuple[str, int]] = set()
        for place in places:
            if place in ordering:
                continue
            room -= _MARGIN * (len(encoding.encode_ordinary(prompts.source(len(taken) + 1, listed[place].text))) + 1)
            if room < 0 or len(taken) == MOST_SOURCES:
                break
            taken.add(place)
        return [source for place, source in listed.items() if place in taken], len(ordering)

    def _drafts(self, asked: str, language: str, sources: Sequence[Source]) -> Iterator[Draft]:
        if not sources:
            return
        reader = DraftParser(language)
        messages = prompts.answer(asked, language, [source.text for source in sources])
        for piece in self._llm.stream(messages, prompts.ANSWER_SCHEMA):
            yield from reader.feed(piece)
        yield from reader.end()


class _Checked:
    """The sentences that have arrived so far, each checked against what it cites."""

    def __init__(
        self,
        model: str,
        own: Answer,
        sources: Sequence[Source],
        withheld: int,
        checker: Checker,
        unsupported: Unsupported,
    ) -> None:
        self._model = model
        self._own = own
        self._sources = sources
        self._withheld = withheld
        self._checker = checker
        self._unsupported = unsupported
        self._sentences: list[AnswerSentence] = []
        self._failed = 0
        self._scores = {_place(citation): citation.score for citation in own.citations}

    @property
    def stands(self) -> bool:
        """Whether any sentence is supported."""
        return any(sentence.support != "unsupported" for sentence in self._sentences)

    def take(self, draft: Draft) -> None:
        """Check a sentence and add it, unless it was said before or is to be left out."""
        if any(draft.text == sentence.text for sentence in self._sentences):
            return
        known = [self._sources[number - 1] for number in draft.cited if 1 <= number <= len(self._sources)]
        why = self._fault(draft, known)
        self._failed += bool(why)
        if why and self._unsupported == "drop":
            return
        verbatim = len(known) == 1 and draft.text == known[0].text
        support: Support = "unsupported" if why else "verbatim" if verbatim else "supported"
        # What evidence holds are stories of their own: copies hang on what they repeat.
        independent = len({source.evidence.document.id for source in known})
        self._sentences.append(AnswerSentence(draft.text, self._cite(known), support, independent, why))

    def answer(self) -> Answer:
        """The answer of these sentences."""
        language = self._own.language
        counts = {"withheld": self._withheld, "dropped": self._failed if self._unsupported == "drop" else 0}
        notice = " ".join(notices.notice(kind, language, str(count)) for kind, count in counts.items() if count)
        numbers = self._numbers()
        disagreements = tuple(
            replace(
                found,
                claims=tuple(
                    replace(
                        c, citation=replace(c.citation, number=numbers.setdefault(_place(c.citation), len(numbers) + 1))
                    )
                    for c in found.claims
                ),
            )
            for found in self._own.disagreements
        )
        return replace(
            self._own,
            answer=wording(self._sentences),
            sentences=tuple(self._sentences),
            disagreements=disagreements,
            worded_by=self._model,
            notice=notice,
        )

    def instead(self) -> Answer:
        """The engine's own answer, where nothing that the model wrote stands."""
        kind = "unsupported" if self._failed else "nothing"
        return replace(self._own, notice=notices.notice(kind, self._own.language))

    def _fault(self, draft: Draft, known: Sequence[Source]) -> str:
        """Why a sentence is unsupported, in the question's language; "" when it is supported."""
        language = self._own.language
        stray = [number for number in draft.cited if not 1 <= number <= len(self._sources)]
        if stray:
            return notices.reason("stray", language, ", ".join(f"[{number}]" for number in stray))
        if not known:
            return notices.reason("uncited", language)
        fault = self._checker.check(draft.text, [source.text for source in known])
        return notices.reason(fault.kind, language, fault.detail) if fault else ""

    def _numbers(self) -> dict[tuple[str, int], int]:
        """The numbers given so far, by document and start of the quote."""
        return {_place(citation): citation.number for s in self._sentences for citation in s.citations}

    def _cite(self, known: Sequence[Source]) -> tuple[Citation, ...]:
        """Citations of sources; a source keeps its number, new ones are counted on."""
        numbers = self._numbers()
        cited: list[Citation] = []
        for source in known:
            found, sentence = source.evidence, source.sentence
            place = (found.document.id, sentence.start)
            number = numbers.setdefault(place, len(numbers) + 1)
            score = self._scores.get(place, found.score)
            cited.append(Citation(number, found.document, found.passage.id, sentence.start, sentence.end, score))
        return tuple(cited)


def _place(citation: Citation) -> tuple[str, int]:
    return citation.document.id, citation.start


def _line(source: Source) -> tuple[str, int, int]:
    """The line that a sentence stands in: what stands beside an order is part of it ("Say this. The king is dead.")."""
    text, sentence = source.evidence.document.text, source.sentence
    end = text.find("\n", sentence.end)
    return source.evidence.document.id, text.rfind("\n", 0, sentence.start), end if end >= 0 else len(text)
