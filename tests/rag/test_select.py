"""Which sentences are chosen, on evidence whose scores are written by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from index.types import Document, Passage, Sentence
from rag.expected import expected
from rag.reader import Reading, ReadSentence
from rag.select import MOST_SENTENCES, Candidate, choose, concepts, marks, rank_sentences
from rag.types import Evidence

MakeDocument = Callable[..., Document]
MakeEvidence = Callable[..., Evidence]
IDF = {"mill": 3.0, "grind": 1.0}


def cosines(table: Mapping[str, list[float]]) -> Callable[[Evidence], NDArray[np.float32]]:
    return lambda found: np.array(table[found.document.id], np.float32)


@pytest.fixture
def candidate(make_document: MakeDocument, make_evidence: MakeEvidence) -> Callable[[str, float], Candidate]:
    def make(text: str, score: float) -> Candidate:
        found = make_evidence(make_document("d", text))
        return Candidate(found, found.passage.sentences[0], text, 0.9, 0.5, None, score)

    return make


class TestRanking:
    def test_coverage_by_hand(self, make_document: MakeDocument, make_evidence: MakeEvidence):
        found = make_evidence(make_document("a", "The mill burns. It did grind. Both mill and grind. Nothing here."))
        ranked = rank_sentences(["mill", "grind"], [found], cosines({"a": [0.8] * 4}), IDF.__getitem__)
        coverage = {c.text: c.coverage for c in ranked}
        assert coverage == pytest.approx(
            {"The mill burns.": 0.75, "It did grind.": 0.25, "Both mill and grind.": 1.0, "Nothing here.": 0.0}
        )
        # Cosines and passage are the same, so words alone decide.
        assert [c.text for c in ranked] == ["Both mill and grind.", "The mill burns.", "It did grind.", "Nothing here."]

    def test_the_nearer_sentence_wins_where_words_say_nothing(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        found = make_evidence(make_document("a", "One two. Three four. Five six."))
        ranked = rank_sentences(["x"], [found], cosines({"a": [0.8, 0.9, 0.7]}), lambda _: 1.0)
        assert [c.text for c in ranked] == ["Three four.", "One two.", "Five six."]
        assert [c.cosine for c in ranked] == pytest.approx([0.9, 0.8, 0.7])
        assert all(c.coverage == 0.0 for c in ranked)

    def test_what_a_question_speaks_of_is_found_in_other_languages(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        text = "رست السفينة في المرفأ. نفت الشركة وصول الدبابات. وقع القبطان الأوراق."
        found = make_evidence(make_document("a", text))
        same = cosines({"a": [0.8] * 3})
        asked = concepts("Did the company deny that tanks arrived?")
        assert asked == {"company", "denied", "tank", "sent"}
        ranked = rank_sentences([], [found], same, lambda _: 1.0, concepts=asked)
        assert ranked[0].text == "نفت الشركة وصول الدبابات."
        assert ranked[0].score - ranked[1].score == pytest.approx(2.0 + 4.0)  # denying is an act
        ranked = rank_sentences([], [found], same, lambda _: 1.0, concepts=frozenset(("tank",)))
        assert ranked[0].score - ranked[1].score == pytest.approx(2.0)
        assert concepts("What did they get in return?") == {"exchange"}  # nobody returns
        assert "exchange" not in concepts("When did the ship return?")
        assert len({c.score for c in rank_sentences([], [found], same, lambda _: 1.0)}) == 1

    def test_a_passage_that_lacks_a_name_others_hold_goes_behind(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        best, second = (make_evidence(make_document(n, f"Text {n}."), score=s) for n, s in (("a", 3.0), ("b", 1.0)))

        def first(lacking: Mapping[str, int]) -> str:
            ranked = rank_sentences(
                [], [best, second], cosines({"a": [0.8], "b": [0.8]}), lambda _: 1.0,
                lacking=lambda found: lacking[found.document.id],
            )  # fmt: skip
            return ranked[0].text

        assert first({"a": 1, "b": 0}) == "Text b."
        assert first({"a": 1, "b": 1}) == "Text a."

    def test_the_better_passage_wins_where_sentences_are_equal(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        best, second = (make_evidence(make_document(n, f"Text {n}."), score=s) for n, s in (("a", 3.0), ("b", 1.0)))
        ranked = rank_sentences([], [best, second], cosines({"a": [0.8], "b": [0.8]}), lambda _: 1.0)
        assert [c.text for c in ranked] == ["Text a.", "Text b."]

    def test_a_follow_up_is_answered_by_any_passage_of_its_topics_document(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        whole = make_document("a", "The fair opened. Rain fell.")
        first, second = (
            replace(
                make_evidence(whole, score=score),
                passage=Passage(f"a-{n}", "a", "", split.passage.sentences[n : n + 1]),
            )
            for n, (score, split) in enumerate(((3.0, make_evidence(whole)), (1.0, make_evidence(whole))))
        )
        other = make_evidence(make_document("b", "Text b."), score=2.0)

        def scores(*, follows_up: bool) -> dict[str, float]:
            ranked = rank_sentences(
                [], [first, other, second], lambda _: np.array([0.8], np.float32), lambda _: 1.0, follows_up=follows_up
            )
            return {c.text: c.score for c in ranked}

        assert scores(follows_up=False) == pytest.approx({"The fair opened.": 6.0, "Text b.": 4.0, "Rain fell.": 2.0})
        assert scores(follows_up=True) == pytest.approx({"The fair opened.": 6.0, "Text b.": 4.0, "Rain fell.": 6.0})

    def test_only_passages_that_were_read_count_and_the_sentence_that_meets_the_question_wins(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        found = [make_evidence(make_document(n, f"Text {n}. More {n}.")) for n in ("a", "b")]
        sentences = (ReadSentence(0.0, 0, 4, 0.0, 0.4), ReadSentence(0.0, 0, 4, 0.0, 0.6))
        same = cosines({"a": [0.8] * 2, "b": [0.8] * 2})
        ranked = rank_sentences([], found, same, lambda _: 1.0, readings=[Reading(0.0, 0.6, sentences)])
        assert [c.text for c in ranked] == ["More a.", "Text a."]
        assert {c.text for c in rank_sentences([], found, same, lambda _: 1.0)} >= {"Text b.", "More b."}

    def test_a_sentence_of_two_passages_is_one_candidate(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        whole = make_evidence(make_document("a", "One two. Three four."))
        overlap = Passage("a-1", "a", "", whole.passage.sentences[1:])
        other = Evidence(2, overlap, whole.document, "Three four.", 0.5, whole.channels)
        ranked = rank_sentences(
            ["x"], [whole, other], lambda e: np.zeros(len(e.passage.sentences), np.float32), lambda _: 1.0
        )
        assert sorted(c.text for c in ranked) == ["One two.", "Three four."]
        assert {c.evidence.passage.id for c in ranked} == {"a-0"}

    def test_a_sentence_with_a_number_wins_where_one_is_asked_for(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        found = make_evidence(make_document("a", "Ships sailed. Nine ships sailed."))
        equal = cosines({"a": [0.81, 0.8]})
        assert rank_sentences([], [found], equal, lambda _: 1.0)[0].text == "Ships sailed."
        assert {c.text: c.score for c in rank_sentences([], [found], equal, lambda _: 1.0, "number")} == {
            c.text: pytest.approx(c.score + (1.0 if "Nine" in c.text else 0.0))
            for c in rank_sentences([], [found], equal, lambda _: 1.0)
        }

    def test_an_amount_of_what_is_asked_for_wins_and_is_marked(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        found = make_evidence(make_document("a", "The port took 40 trucks. 900 shells came in 3 ships."))
        equal = cosines({"a": [0.8, 0.8]})
        wanted = expected("كم قذيفة وصلت؟")
        best = rank_sentences([], [found], equal, lambda _: 1.0, "number", wanted)[0]
        assert rank_sentences([], [found], equal, lambda _: 1.0, "number")[0] != best
        ships = ReadSentence(9.0, 19, 26, 9.0, 0.5)
        text = found.document.text
        assert [text[start:end] for start, end in marks(best)] == ["900 shells"]
        assert [text[start:end] for start, end in marks(replace(best, read=ships))] == ["900 shells"]
        assert [text[start:end] for start, end in marks(replace(best, expected=None, read=ships))] == ["3 ships"]

    def test_who_fell_goes_behind_where_nobody_asked_for_them(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        found = make_evidence(make_document("a", "Forty soldiers were killed there. Soldiers came to the port."))
        ranked = rank_sentences([], [found], cosines({"a": [0.8, 0.8]}), lambda _: 1.0, None, expected("كم جنديا وصل؟"))
        assert [c.text for c in ranked] == ["Soldiers came to the port.", "Forty soldiers were killed there."]

    def test_the_words_of_whom_is_asked_about_win_and_are_marked(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        found = make_evidence(
            make_document("a", "The ships are late. Petrov said that they sail. He added that all is well.")
        )
        wanted = expected("What did Petrov say?")
        ranked = rank_sentences([], [found], cosines({"a": [0.9, 0.8, 0.7]}), lambda _: 1.0, None, wanted)
        assert [c.expected is not None for c in ranked] == [True, True, False]
        text = found.document.text
        assert [[text[start:end] for start, end in marks(c)] for c in ranked[:2]] == [["they sail"], ["all is well"]]
        assert [c.text for c in choose(ranked)] == ["Petrov said that they sail.", "He added that all is well."]

    def test_what_was_said_of_something_else_gives_way_and_a_follow_up_takes_its_speaker_from_the_topic(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        found = make_evidence(make_document("a", "قال بتروف إن الطريق مفتوح. وأضاف أن هذه مساعدة مؤقتة. السفن راسية."))
        same = cosines({"a": [0.9, 0.8, 0.7]})

        def first(question: str, topic: str = "") -> str:
            return rank_sentences([], [found], same, lambda _: 1.0, None, expected(question, topic))[0].text

        assert first("What did Petrov say?") == "قال بتروف إن الطريق مفتوح."
        assert first("What did Petrov say about the aid?") == "وأضاف أن هذه مساعدة مؤقتة."
        assert first("What did he say about the aid?", "Petrov meet the mayor") == "وأضاف أن هذه مساعدة مؤقتة."

    def test_an_age_is_expected_where_one_is_asked_for(self, make_document: MakeDocument, make_evidence: MakeEvidence):
        found = make_evidence(make_document("a", "The two drivers were rescued. The younger was aged 31."))
        wanted = expected("How old are the two drivers?")
        best = rank_sentences([], [found], cosines({"a": [0.9, 0.8]}), lambda _: 1.0, "number", wanted)[0]
        assert [found.document.text[start:end] for start, end in marks(best)] == ["aged 31"]

    def test_a_headline_gives_way_to_the_sentence_below_it_and_items_of_a_list_do_not(
        self, make_document: MakeDocument, make_evidence: MakeEvidence
    ):
        def best(term: str, *lines: str) -> str:
            found = make_evidence(make_document("a", "\n".join(lines)))
            ends = np.cumsum([len(line) + 1 for line in lines])
            spans = tuple(
                Sentence(int(end) - len(line) - 1, int(end) - 1) for line, end in zip(lines, ends, strict=True)
            )
            found = replace(found, passage=replace(found.passage, sentences=spans))
            return rank_sentences([term], [found], cosines({"a": [0.8] * len(lines)}), lambda _: 1.0)[0].text

        assert best("mill", "How a mill grinds", "Stones turn.", "Water drives them.") == "Stones turn."
        assert best("mill", "Stones turn.", "How a mill grinds") == "Stones turn."
        assert best("old", "New mill", "Old mill", "Stones turn.") == "Old mill"
        assert best("mill", "The mill") == "The mill"

    def test_no_evidence_no_candidate(self):
        assert rank_sentences(["x"], [], cosines({}), lambda _: 1.0) == ()

    def test_one_sentence_alone(self, make_document: MakeDocument, make_evidence: MakeEvidence):
        (only,) = rank_sentences(
            ["mill"], [make_evidence(make_document("a", "The mill."))], cosines({"a": [0.8]}), IDF.__getitem__
        )
        assert np.isfinite(only.score)
        assert only.coverage == 1.0


class TestChoosing:
    def test_one_to_three_best_first(self, candidate: Callable[[str, float], Candidate]):
        texts = ("Red apples grow.", "Blue ships sail.", "Old towers lean.", "New trains stop.")
        equal = [candidate(text, 5.0) for text in texts]
        assert choose(equal) == tuple(equal[:MOST_SENTENCES])
        assert choose(equal[:1]) == tuple(equal[:1])
        assert choose([]) == ()

    def test_what_is_far_behind_stays_out(self, candidate: Callable[[str, float], Candidate]):
        first, far = candidate("Red apples grow.", 5.0), candidate("Blue ships sail.", -95.0)
        assert choose([first, far]) == (first,)

    def test_a_third_sentence_must_come_nearer_than_a_second(self, candidate: Callable[[str, float], Candidate]):
        from rag import select

        behind = (select._SECOND_WITHIN + select._THIRD_WITHIN) / 2
        first, second, third = (
            candidate("Red apples grow.", 5.0),
            candidate("Blue ships sail.", 5.0 - behind),
            candidate("Old towers lean.", 5.0 - behind),
        )
        assert choose([first, second, third]) == (first, second)

    def test_nothing_is_said_twice(self, candidate: Callable[[str, float], Candidate]):
        first = candidate("وافتتح الوزير الجسر الجديد في المدينة أمس.", 5.0)
        again = candidate("افتتح الوزير الجسر الجديد في المدينة.", 5.0)
        new = candidate("يبلغ طول القناة أربعين كيلومترا.", 5.0)
        assert choose([first, again, new]) == (first, new)

    def test_what_holds_no_word_adds_nothing(self, candidate: Callable[[str, float], Candidate]):
        first, stars = candidate("Red apples grow.", 5.0), candidate("* * *", 5.0)
        assert choose([first, stars]) == (first,)


def test_a_sentence_in_another_language_is_measured_against_its_own_background(
    make_document: MakeDocument, make_evidence: MakeEvidence
):
    own, other = (make_evidence(make_document(name, f"Sentence {name}."), score=1.0) for name in ("own", "other"))
    near = cosines({"own": [0.85], "other": [0.80]})
    background = {"own": 0.84, "other": 0.74}
    ranked = rank_sentences(["x"], [own, other], near, lambda _: 1.0, background=lambda f: background[f.document.id])
    assert [c.text for c in ranked] == ["Sentence other.", "Sentence own."]
    assert [c.cosine for c in ranked] == pytest.approx([0.80, 0.85])


class TestContext:
    @pytest.fixture
    def spoken(self, make_document: MakeDocument, make_evidence: MakeEvidence) -> dict[str, Candidate]:
        text = "The mayor of Wadi Nur spoke. He said much. He added that trams come. Buses stay, a driver told us."
        found = make_evidence(make_document("d", text))
        return {
            text[s.start : s.end]: Candidate(found, s, text[s.start : s.end], 0.9, 0.5, None, 5.0 - number)
            for number, s in enumerate(found.passage.sentences)
        }

    def shown(self, candidates: Sequence[Candidate]) -> list[str]:
        return [c.evidence.document.text[c.shown.start : c.shown.end] for c in choose(candidates)]

    def test_a_sentence_that_leans_is_shown_after_those_it_leans_on(self, spoken: dict[str, Candidate]):
        first, second, third, last = spoken.values()
        assert self.shown([second]) == [f"{first.text} {second.text}"]
        assert self.shown([third]) == [f"{first.text} {second.text} {third.text}"]
        assert self.shown([last]) == [last.text]
        assert self.shown([first]) == [first.text]

    def test_what_is_shown_already_is_not_shown_again(self, spoken: dict[str, Candidate]):
        first, second, _, last = spoken.values()
        assert self.shown([first, second]) == [first.text, second.text]
        assert self.shown([second, replace(first, score=3.9), last]) == [f"{first.text} {second.text}", last.text]

    def test_what_stands_behind_removed_text_is_no_context(self, spoken: dict[str, Candidate]):
        _, second, *_ = spoken.values()
        passage = Passage("d-1", "d", "", (second.sentence,))
        assert self.shown([replace(second, evidence=replace(second.evidence, passage=passage))]) == [second.text]
