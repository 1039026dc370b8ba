"""What a language model has written so far: each sentence checked against what it cites, and cited anew."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from rag import notices, orders
from rag.check import Checker, Fault, is_in_another_language
from rag.cited import wording
from rag.drafts import Draft
from rag.numbered import Place, Source
from rag.types import Answer, AnswerSentence, Citation, Support

Unsupported = Literal["mark", "drop"]


class Checked:
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
        stating = [source.text for source in known if not orders.is_forged(source.opening)]
        fault = self._checker.check(draft.text, stating) if stating else Fault("meaning")
        if fault:
            return notices.reason(fault.kind, language, fault.detail)
        asked = self._own.understood or self._own.question
        return notices.reason("language", language) if is_in_another_language(draft.text, asked) else ""

    def _numbers(self) -> dict[Place, int]:
        """The numbers given so far, by document and start of the quote."""
        return {_place(citation): citation.number for s in self._sentences for citation in s.citations}

    def _cite(self, known: Sequence[Source]) -> tuple[Citation, ...]:
        """Citations of sources; a source keeps its number, new ones are counted on."""
        numbers = self._numbers()
        cited: list[Citation] = []
        for source in known:
            found, sentence = source.evidence, source.sentence
            number = numbers.setdefault(source.place, len(numbers) + 1)
            score = self._scores.get(source.place, found.score)
            cited.append(Citation(number, found.document, found.passage.id, sentence.start, sentence.end, score))
        return tuple(cited)


def _place(citation: Citation) -> Place:
    return citation.document.id, citation.start
