"""Two wordings of a question, answered by an engine that follows a script."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from rich.console import Console

from eval import followups, robustness
from eval.alike import Groups, Pair, alike, compare, rates, to_table
from eval.questions import Gold, Question
from index.types import Document
from rag.types import Answer, AnswerSentence, Citation, Evidence, IndexInfo

OPENED, OPENED_TOO, COST = "The bridge was opened in 1932.", "In 1932 the mayor opened it.", "It cost 12,000 dinars."
NEWS = Document("n1", "bridge.txt", "", f"{OPENED} {OPENED_TOO} {COST}", "en", None, "text")
ABSTAINS = ""


def question(asked: str, *history: str, same_as: str = "", kind: str = "follow-up", **others: object) -> Question:
    fields = {"id": asked, "language": "en", "answerable": True, "gold": (Gold("bridge.txt", COST, 0, 1),)} | others
    facts = (("1932",), ("12000",))
    return Question(question=asked, kind=kind, history=history, facts=facts, same_as=same_as, **fields)  # type: ignore[arg-type]


class ScriptedEngine:
    """Answers "history|question" with one sentence; a script that begins with "?" is said only when made to answer."""

    def __init__(self, script: Mapping[str, str]) -> None:
        self.script = script

    def retrieve(self, question: str, limit: int) -> tuple[Evidence, ...]:
        raise NotImplementedError

    def ask(self, question: str, history: Sequence[str] = (), *, always_answer: bool = False) -> Answer:
        said = self.script["|".join((*history, question))]
        return answer(said.removeprefix("?") if always_answer or not said.startswith("?") else ABSTAINS)


def answer(said: str) -> Answer:
    start = NEWS.text.index(said)
    cited = Citation(1, NEWS, "p", start, start + len(said), 1.0)
    sentences = (AnswerSentence(said, (cited,), "verbatim"),) if said else ()
    return Answer("", "en", not said, 0.5, said or "nothing said", sentences, (), (), {}, IndexInfo("g", "m"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (OPENED, OPENED, True),
        (OPENED, OPENED_TOO, True),
        (OPENED, COST, False),
        (OPENED, ABSTAINS, False),
        (ABSTAINS, OPENED, False),
        (ABSTAINS, ABSTAINS, True),
    ],
)
def test_alike_is_the_same_first_sentence_or_the_same_facts_or_two_abstentions(one: str, other: str, same: bool):
    assert alike(question("and when?"), answer(one), answer(other)) is same


def test_different_sentences_without_a_fact_are_not_alike():
    factless = replace(question("and when?"), facts=(("1950",),))
    assert not alike(factless, answer(OPENED), answer(OPENED_TOO))
    assert alike(factless, answer(OPENED), answer(OPENED))


def pairs() -> tuple[Pair, ...]:
    engine = ScriptedEngine(
        {
            "Who built it?|and when?": OPENED, "When was it opened?": OPENED_TOO,
            "Who built it?|and the cost?": "?" + COST, "What did it cost?": COST,
            "Who built it?|What was the toll?": COST, "What was the toll?": OPENED,
        }
    )  # fmt: skip
    return compare(
        [
            question("and when?", "Who built it?", same_as="When was it opened?"),
            question("and the cost?", "Who built it?", same_as="What did it cost?"),
            question("What was the toll?", "Who built it?", kind="topic-change"),
        ],
        engine,
    )


def test_a_follow_up_is_compared_with_its_whole_wording_and_a_new_topic_with_itself_alone():
    when, cost, toll = pairs()
    assert (when.place, cost.place, toll.place) == (0, 1, 0)
    assert when.asked.shown.answer == OPENED
    assert when.plain.shown.answer == OPENED_TOO
    assert cost.asked.shown.abstained
    assert cost.asked.made_to.answer == COST
    assert toll.asked.shown.answer == COST
    assert toll.plain.shown.answer == OPENED


def test_rates_by_hand():
    found = rates(pairs())
    assert found["alike"].value == pytest.approx(1 / 3)  # the second abstains on one side, the third differs
    assert found["same decision"].value == pytest.approx(2 / 3)
    assert found["alike made to"].value == pytest.approx(2 / 3)
    assert found["facts as asked"].value == pytest.approx(3 / 6)  # one of two facts each
    without = rates([replace(p, question=replace(p.question, facts=())) for p in pairs()])
    assert (without["facts plain"].judged, without["facts plain"].excluded) == (0, 3)


def test_the_table_has_a_row_for_each_group_with_pairs_and_tells_what_differs():
    console = Console(width=120)
    with console.capture() as captured:
        console.print(to_table("Follow-ups", pairs(), followups.GROUPS))
    printed = captured.get()
    rows = [line.split()[:4] for line in printed.splitlines()]
    assert ["follow-ups", "2", "0.500", "0.095-0.905"] in rows
    assert ["tuned", "on", "1", "1.000"] in rows
    assert ["held", "out", "1", "0.000"] in rows
    assert not any(row[:1] == ["Arabic"] for row in rows)
    assert "and the cost?" in printed
    assert "When was it opened?" not in printed


def test_groups_part_languages_and_halves():
    languages = ("ar", "en", "ru")
    made = [replace(p, question=replace(p.question, language=x)) for p, x in zip(pairs(), languages, strict=True)]

    def parted(groups: Groups) -> dict[str, list[str]]:
        return {name.strip(): [p.question.language for p in made if belongs(p)] for name, belongs in groups.items()}

    assert parted(followups.GROUPS) == {
        "follow-ups": ["ar", "en"], "tuned on": ["ar"], "held out": ["en"], "Arabic": ["ar"], "English": ["en"],
        "others": [], "topic changes": ["ru"],
    }  # fmt: skip
    assert parted(robustness.GROUPS) == {
        "perturbed": ["ar", "en", "ru"], "Arabic": ["ar"], "English": ["en"], "others": ["ru"],
    }  # fmt: skip
