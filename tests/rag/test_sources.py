"""Who else says so and who says otherwise: with the real model on small collections of our own writing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index import build
from index.config import IndexSettings
from index.embed import Embedder
from index.store import Generation
from index.types import Document
from rag.engine import Engine
from rag.types import Answer

MakeDocument = Callable[..., Document]
Ask = Callable[[str, Sequence[tuple[str, str | None]]], Answer]
QUESTION = "كم جنديا قتل في معركة المطار؟"
WIRE = (
    "قالت وزارة الدفاع إن 250 جنديًا قُتلوا في معركة المطار. ودارت المعركة ثلاثة أيام حول مدرج الإقلاع الشمالي. "
    "وسيطر المهاجمون على برج المراقبة قبل أن ينسحبوا منه."
)
RETOLD = (
    "أعلنت وزارة الدفاع أن 250 جنديًا لقوا مصرعهم في معركة المطار. وجرت المعركة على مدى ثلاثة أيام حول المدرج الشمالي. "
    "واستولى المهاجمون على برج المراقبة ثم انسحبوا منه."
)
OWN_REPORT = (
    "زار مراسلنا المقبرة العسكرية يوم الخميس. وأحصى هناك قبور 250 جنديًا قُتلوا في معركة المطار. وبكت الأمهات طويلًا."
)
OTHER = "أصدر المرصد المستقل تقريره الشهري. وجاء فيه أن 900 جندي قُتلوا في معركة المطار. ووزع المرصد صورًا للمدرج."
WOUNDED = "قال مدير المستشفى إن العمل لم يتوقف ليلًا. واستقبل المستشفى 600 جندي جُرحوا في معركة المطار."


@pytest.fixture
def ask(tmp_path: Path, embedder: Embedder, make_document: MakeDocument) -> Ask:
    def ask(question: str, texts: Sequence[tuple[str, str | None]]) -> Answer:
        documents = [
            replace(make_document(f"{n:016x}", text, language="ar"), published=date.fromisoformat(day) if day else None)
            for n, (text, day) in enumerate(texts)
        ]
        build.build_from_documents(documents, tmp_path, IndexSettings(), embedder, lambda *_: None)
        answer = Engine(Generation.open(tmp_path), embedder).ask(question, always_answer=True)
        shown = {p.id for e in answer.evidence for p in (e.passage, *(copy.passage for copy in e.copies))}
        for citation in answer.citations:
            assert citation.quote == citation.document.text[citation.start : citation.end]
            assert citation.passage_id in shown
            for start, end in citation.marks:
                assert citation.start <= start < end <= citation.end
        assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        return answer

    return ask


def values(answer: Answer) -> list[tuple[str, bool]]:
    (found,) = answer.disagreements
    return [(claim.value, claim.superseded) for claim in found.claims]


class TestCorroboration:
    def test_retold_stories_are_one_source(self, ask: Ask):
        answer = ask(QUESTION, [(WIRE, None), (RETOLD, None)])
        assert (answer.sentences[0].sources, answer.sentences[0].independent) == (2, 1)
        assert {c.document.text for c in answer.sentences[0].citations} == {WIRE, RETOLD}
        assert all("250" in citation.quote for citation in answer.sentences[0].citations)
        assert answer.disagreements == ()

    def test_a_report_of_its_own_is_another(self, ask: Ask):
        answer = ask(QUESTION, [(WIRE, None), (RETOLD, None), (OWN_REPORT, None)])
        assert (answer.sentences[0].sources, answer.sentences[0].independent) == (3, 2)
        assert answer.answer.startswith(answer.sentences[0].text + " [1] [2] [3]")

    def test_who_gives_another_figure_does_not_say_the_same(self, ask: Ask):
        answer = ask(QUESTION, [(WIRE, None), (OTHER, None), (WOUNDED, None)])
        assert (answer.sentences[0].sources, answer.sentences[0].independent) == (1, 1)


class TestDisagreement:
    def test_both_figures_are_shown_the_answers_first(self, ask: Ask):
        answer = ask(QUESTION, [(WIRE, "2031-03-02"), (RETOLD, "2031-03-02"), (OTHER, "2031-03-03")])
        found = values(answer)
        assert sorted(found) == [("250 جنديًا", False), ("900 جندي", False)]
        first = answer.disagreements[0].claims[0]
        assert first.citation == answer.sentences[0].citations[0]
        assert "…" in answer.disagreements[0].topic
        assert first.value not in answer.disagreements[0].topic

    def test_a_clause_that_says_too_little_is_told_with_those_before_it(self, ask: Ask):
        wire = "رفعت وزارة الدفاع تقديرها لعدد الجنود الذين قُتلوا في معركة المطار، وقالت إنه بلغ 250 جنديًا قُتلوا."
        topics = {found.topic for found in ask(QUESTION, [(wire, None), (OTHER, None)]).disagreements}
        assert topics == {wire.replace("250 جنديًا", "…").removesuffix(".")}

    def test_who_agrees_stands_among_the_claims(self, ask: Ask):
        found = values(ask(QUESTION, [(WIRE, None), (OWN_REPORT, None), (OTHER, None)]))
        assert sorted(found) == [("250 جنديًا", False), ("250 جنديًا", False), ("900 جندي", False)]

    def test_dead_and_wounded_are_no_disagreement(self, ask: Ask):
        assert ask(QUESTION, [(WIRE, None), (WOUNDED, None)]).disagreements == ()

    def test_a_correction_supersedes(self, ask: Ask):
        later = "راجعت وزارة الدفاع أرقامها. وقالت إن عدد الجنود الذين قُتلوا في معركة المطار ارتفع إلى 310 جنود."
        found = values(ask(QUESTION, [(WIRE, "2031-03-02"), (later, "2031-03-20")]))
        assert sorted(found) == [("250 جنديًا", True), ("310 جنود", False)]

    def test_only_what_was_asked_about(self, ask: Ask):
        both = "قُتل 250 جنديًا في معركة المطار، وأُسقطت فيها 40 مسيّرة، بحسب الوزارة."
        other = "وقُتل 250 جنديًا في معركة المطار، وأُسقطت فيها 90 مسيّرة، بحسب المرصد."
        assert ask(QUESTION, [(both, None), (other, None)]).disagreements == ()
        # They are copies of each other but for that figure.
        found = values(ask("كم مسيرة أسقطت في معركة المطار؟", [(both, None), (other, None)]))
        assert sorted(found) == [("40 مسيّرة", False), ("90 مسيّرة", False)]


class TestSamples:
    def test_losses_of_two_offices(self, engine: Engine):
        answer = engine.ask("كم بلغ مجموع القتلى والجرحى في صفوف الكوريين الشماليين؟", always_answer=True)
        assert {claim.value for d in answer.disagreements for claim in d.claims} >= {"يقارب 4700", "أكثر من 6000 جندي"}

    def test_builders_and_deminers_do_not_disagree(self, engine: Engine):
        answer = engine.ask("كم بنّاء عسكرياً سيصلح المنشآت المتضررة في كورسك؟", always_answer=True)
        assert answer.disagreements == ()
        assert (answer.sentences[0].sources, answer.sentences[0].independent) == (2, 1)
