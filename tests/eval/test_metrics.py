"""Every metric against numbers computed by hand."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from index.types import Document, Passage, Sentence
from rag.types import Answer, AnswerSentence, Citation, Claim, Disagreement, Evidence, IndexInfo, Support

TEXT = "افتتح العمدة الجسر. كلف بناؤه 1200 دينار."
DOCUMENT = Document("d1", "bridge.txt", "", TEXT, "ar", None, "text")
PASSAGE = Passage("d1-0", "d1", "", (Sentence(0, 19), Sentence(20, len(TEXT))))
CITATION = Citation(1, DOCUMENT, "d1-0", 0, 19, 1.0)


def answer(*sentences: AnswerSentence, passage: Passage = PASSAGE) -> Answer:
    evidence = Evidence(1, passage, DOCUMENT, TEXT, 1.0, {})
    return Answer("?", "ar", False, 0.9, "", sentences, (evidence,), (), {}, IndexInfo("g", "m"))


def sentence(text: str, *citations: Citation, support: Support = "verbatim") -> AnswerSentence:
    return AnswerSentence(text, citations or (CITATION,), support)


def never(_text: str, _quotes: Sequence[str]) -> bool:
    return False


def test_gold_ranks_count_a_paragraph_once_at_its_best_rank():
    assert metrics.gold_ranks(["a", "a", "b", "c", "b"], {"b", "c"}) == (2, 3)
    assert metrics.gold_ranks(["a"], {"b"}) == ()


def test_recall_at_k():
    assert [metrics.recall_at((5, 7), k) for k in (1, 4, 5, 10)] == [0, 0, 1, 1]
    assert metrics.recall_at((), 10) == 0


def test_reciprocal_rank():
    assert metrics.reciprocal_rank((4, 2)) == 0.5
    assert metrics.reciprocal_rank((11,)) == 0
    assert metrics.reciprocal_rank(()) == 0


def test_ndcg_of_one_gold():
    assert metrics.ndcg((1,), 1) == 1
    assert metrics.ndcg((3,), 1) == pytest.approx(0.5)  # 1 / log2(4)
    assert metrics.ndcg((11,), 1) == 0


def test_ndcg_of_two_gold():
    ideal = 1 + 1 / log2(3)
    assert metrics.ndcg((2, 4), 2) == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)
    assert metrics.ndcg((1,), 2) == pytest.approx(1 / ideal)


def test_ndcg_ideal_stops_at_k():
    assert metrics.ndcg(tuple(range(1, 11)), 25) == pytest.approx(1)


@given(st.lists(st.integers(1, 15), min_size=1, max_size=6, unique=True), st.integers(0, 3))
def test_retrieval_scores_are_trec_evals(ranks: list[int], missed: int):
    ir_measures = pytest.importorskip("ir_measures")
    gold = len(ranks) + missed
    found = metrics.retrieval_scores(ranks, gold)
    run = {"q": {f"gold {rank}" if rank in ranks else f"other {rank}": 100.0 - rank for rank in range(1, 16)}}
    wanted = {"q": {f"gold {rank}": 1 for rank in [*ranks, *range(101, 101 + missed)]}}
    names = {"nDCG@10": "ndcg@10", "RR@10": "mrr@10", **{f"Success@{k}": f"recall@{k}" for k in (1, 5, 10)}}
    measures = [ir_measures.parse_measure(name) for name in names]
    for measured, value in ir_measures.calc_aggregate(measures, wanted, run).items():
        assert found[names[str(measured)]] == pytest.approx(value)


def test_retrieval_scores_have_the_names_of_the_report():
    assert metrics.retrieval_scores((3,), 1) == {
        "recall@1": 0.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "ndcg@10": pytest.approx(0.5),
        "mrr@10": pytest.approx(1 / 3),
    }


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("The Blue Bridge, built in 1932.", "1932"),
        ("افتُتِح الجسر في عام ١٩٣٢م.", "1932"),
        ("تقع المدرسة في أبها.", "ابها"),
        ("The mayor of the U.S.A. came.", "USA"),
        ("It cost 1,200 dinars", "1200"),
        ("بين 1914-1918", "1914"),
        ("It rose by 5%.", "5%"),
        ("共有12人参加", "12"),
        ("THE RIVER ran dry", "a river"),
        ("C++ is older", "C++"),
    ],
)
def test_text_holds_the_answer(text: str, gold: str):
    assert metrics.holds_answer(text, gold)


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("built in 1932", "32"),
        ("built in 1932", "193"),
        ("it cost 11,200 dinars", "200"),
        ("it cost 3.5 dinars", "5"),
        ("The mayor came", "..."),
        ("The mayor came", " "),
        ("The mayor came", "bridge"),
    ],
)
def test_text_does_not_hold_the_answer(text: str, gold: str):
    assert not metrics.holds_answer(text, gold)


def test_sentence_hit_looks_at_the_first_k_sentences():
    sentences = ["The mayor came.", "It was 1932.", "It was 1940."]
    assert metrics.sentence_hit(sentences, ["1932"], 1) == 0
    assert metrics.sentence_hit(sentences, ["1932"], 2) == 1
    assert metrics.sentence_hit(sentences, ["1940"], 2) == 0
    assert metrics.sentence_hit(sentences, ["1940", "mayor"], 1) == 1
    assert metrics.sentence_hit([], ["1932"], 2) == 0


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("كلف البناء ١٢٠٠ دينار", "1200"),
        ("كلف البناء 1٬200 دينار", "1200"),
        ("بلغت الكلفة 12,500,000 دينار", "12500000"),
        ("وصل إلى مُوسكو مساءً", "موسكو"),
        ("غادر لموسكو", "موسكو"),
        ("قال للمدير إن الجسر آمن", "المدير"),
        ("قرر المدير", "مدير"),
        ("في مدرسةٍ قديمة", "مدرسه"),
        ("BRIDGE closed", "bridge"),
        ("shipped 1200kg", "1200"),
        ("ارتفع 5 ٪", "5%"),
        ("在东京举行", "东京"),
        ("نحو ألف رجل", "ألف"),
    ],
)
def test_fact_is_stated(text: str, variant: str):
    assert metrics.states_fact(text, [variant])


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("كلف البناء 11000 دينار", "1000"),
        ("كلف البناء 10000 دينار", "1000"),
        ("كلف البناء 11,000 دينار", "1000"),
        ("كلف 1000.5 دينار", "1000"),
        ("كلف 2.1000 دينار", "1000"),
        ("نحو ألفين من الرجال", "ألف"),
        ("درس الكيمياء", "كيم"),
        ("the bridges", "bridge"),
        ("لم يقل شيئا", "  "),
        ("", "1000"),
    ],
)
def test_fact_is_not_stated(text: str, variant: str):
    assert not metrics.states_fact(text, [variant])


def test_any_variant_states_a_fact():
    assert metrics.states_fact("opened in May", ["مايو", "May"])


def test_key_fact_recall_is_the_share_of_facts():
    facts = [["1200"], ["bridge", "جسر"], ["1932"]]
    assert metrics.key_fact_recall(["الجسر قديم", "كلف 1200"], facts) == pytest.approx(2 / 3)
    assert metrics.key_fact_recall([], facts) == 0


def test_citation_is_valid():
    assert metrics.citation_valid(CITATION, answer(), {"d1": DOCUMENT})


@pytest.mark.parametrize(
    "citation",
    [
        replace(CITATION, document=replace(DOCUMENT, id="d2")),  # no such document
        replace(CITATION, document=replace(DOCUMENT, text=TEXT.replace("الجسر", "النفق"))),  # another text
        replace(CITATION, passage_id="d1-1"),  # no such passage
        replace(CITATION, start=19),  # empty
        replace(CITATION, start=-5, end=-1),
        replace(CITATION, end=len(TEXT) + 1),
    ],
)
def test_citation_is_not_valid(citation: Citation):
    assert not metrics.citation_valid(citation, answer(), {"d1": DOCUMENT})


def test_citation_outside_its_passage_is_not_valid():
    short = replace(PASSAGE, sentences=(Sentence(20, len(TEXT)),))
    assert not metrics.citation_valid(CITATION, answer(passage=short), {"d1": DOCUMENT})
    foreign = replace(PASSAGE, document_id="d2")
    assert not metrics.citation_valid(CITATION, answer(passage=foreign), {"d1": DOCUMENT})


def test_verbatim_sentence_is_faithful_when_it_stands_in_the_quote():
    assert metrics.faithful(sentence("افتتح  العمدة\nالجسر."), never)
    assert not metrics.faithful(sentence("افتتح العمدة النفق."), lambda *_: True)


def test_markup_is_no_part_of_the_comparison():
    marked = replace(DOCUMENT, text="The **old** bridge fell.", format="markdown")
    citation = Citation(1, marked, "d1-0", 0, 24, 1.0)
    assert metrics.faithful(sentence("The old bridge fell.", citation), never)


def test_reworded_sentence_is_put_to_the_support_check():
    asked = []

    def check(text: str, quotes: Sequence[str]) -> bool:
        asked.append((text, tuple(quotes)))
        return True

    assert metrics.faithful(sentence("Opened.", support="supported"), check)
    assert asked == [("Opened.", (TEXT[:19],))]
    assert not metrics.faithful(sentence("Opened.", support="supported"), never)


def test_sentence_without_text_or_citation_is_not_faithful():
    assert not metrics.faithful(sentence(" ", support="supported"), lambda *_: True)
    assert not metrics.faithful(AnswerSentence("Opened.", (), "supported"), lambda *_: True)


def test_balanced_accuracy_of_gpt4_on_nomiracl_arabic():
    assert metrics.balanced_accuracy(0.36, 0.112) == pytest.approx(0.764)


def test_auroc_counts_pairs_and_half_the_ties():
    # Pairs (positive, negative): (.9,.5) 1, (.9,.2) 1, (.5,.5) half, (.5,.2) 1 -> 3.5 / 4.
    assert metrics.auroc([0.9, 0.5, 0.5, 0.2], [True, True, False, False]) == 0.875
    assert metrics.auroc([0.1, 0.9], [True, False]) == 0
    assert isnan(metrics.auroc([0.1, 0.9], [True, True]))


def test_calibration_error_by_hand():
    # Ten bins of one: each |probability - label|; nine are exact and one is off by 0.4.
    probabilities = [0.0, 0.0001, 0.0002, 0.0003, 0.6, 1.0, 0.9999, 0.9998, 0.9997, 0.9996]
    labels = [False] * 4 + [True] * 6
    assert metrics.calibration_error(probabilities, labels) == pytest.approx(0.04, abs=3e-4)


def test_calibration_error_does_not_depend_on_the_order_of_ties():
    # All probabilities are 0.5, so there is one bin; half the labels are true: no error.
    assert metrics.calibration_error([0.5] * 20, [True] * 10 + [False] * 10) == 0
    assert metrics.calibration_error([0.8] * 20, [True, False] * 10) == pytest.approx(0.3)


def test_risk_coverage_by_hand():
    # Thresholds 0.9, 0.8 (two cases), 0.1: answered 1, 3, 4; wrong 0, 1, 2.
    coverage, risk = metrics.risk_coverage([0.8, 0.9, 0.1, 0.8], [True, False, True, False])
    assert coverage.tolist() == [0.25, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0, 1 / 3, 0.5])
    area = metrics.risk_coverage_area([0.8, 0.9, 0.1, 0.8], [True, False, True, False])
    assert area == pytest.approx(0.25 * 0 + 0.5 / 3 + 0.25 * 0.5)


def test_coverage_at_risk():
    confidences, wrong = [0.9, 0.8, 0.7, 0.6], [False, True, False, False]
    assert metrics.coverage_at_risk(confidences, wrong, 0.05) == 0.25
    assert metrics.coverage_at_risk(confidences, wrong, 0.25) == 1.0
    assert metrics.coverage_at_risk([0.9], [True], 0.05) == 0
    assert metrics.coverage_at_risk([], [], 0.05) == 0


@pytest.mark.parametrize(
    ("given", "gold", "match", "f1"),
    [
        ("عام ١٩٣٢", "1932", 0, 2 / 3),  # one of two words, all of the gold
        ("1932", "١٩٣٢", 1, 1),
        ("the Old Bridge.", "old bridge", 1, 1),
        ("bridge bridge", "bridge", 0, 2 / 3),
        ("tunnel", "bridge", 0, 0),
        ("", "bridge", 0, 0),
    ],
)
def test_exact_match_and_f1(given: str, gold: str, match: float, f1: float):
    assert metrics.exact_match(given, [gold]) == match
    assert metrics.token_f1(given, ["no such words", gold]) == pytest.approx(f1)


def test_as_written_nothing_is_folded():
    assert metrics.exact_match("١٩٣٢", ["1932"], folded=False) == 0
    assert metrics.exact_match(" old  bridge ", ["old bridge"], folded=False) == 1
    assert metrics.token_f1("the bridge", ["The bridge"], folded=False) == 0.5
    facts = [["1200"], ["الجسر", "bridge"]]
    assert metrics.key_fact_recall(["كلف الجسر ١٢٠٠"], facts) == 1
    assert metrics.key_fact_recall_as_written(["كلف الجسر ١٢٠٠"], facts) == 0.5


def test_copying_a_passage_does_not_pay():
    gold = "The mayor opened the bridge in 1932"
    copied = gold + " " + " ".join(f"word{n}" for n in range(50))
    assert metrics.token_f1(gold, [gold]) == 1
    assert metrics.token_f1(copied, [gold]) < 0.25


COST = Citation(2, DOCUMENT, "d1-0", 20, len(TEXT), 1.0)


def both(_text: str, quotes: Sequence[str]) -> bool:
    """Supports what the first sentence of ``TEXT`` is among the quotes for."""
    return any(quote.startswith("افتتح") for quote in quotes)


def test_citation_recall():
    assert metrics.citation_recall(sentence(TEXT[:19]), never) == 1
    assert metrics.citation_recall(sentence("أخرى"), never) == 0
    assert metrics.citation_recall(AnswerSentence("x", (), "supported"), lambda *_: True) == 0


def test_a_citation_that_adds_nothing_is_not_precise():
    reworded = sentence("He opened it.", CITATION, COST, support="supported")
    assert metrics.citation_precision(reworded, both) == 1  # the cost alone fails, the opening suffices
    needed = sentence("He opened it.", CITATION, COST, support="supported")
    assert metrics.citation_precision(needed, lambda _t, quotes: len(quotes) == 2) == 2
    assert metrics.citation_precision(needed, never) == 0


def test_what_stands_beside_a_verbatim_sentence_is_put_to_the_support_check():
    beside = sentence(TEXT[:19], CITATION, COST)
    assert metrics.citation_precision(beside, never) == 1  # the sentence stands in the first, the second adds nothing
    assert metrics.citation_precision(beside, lambda *_: True) == 2  # the second says the same in other words
    assert metrics.citation_precision(sentence("أخرى", COST), lambda *_: True) == 0  # stands in neither: recall is 0


def test_precision_and_recall_of_flags():
    flags = [(True, True), (True, False), (False, True), (False, False)]
    scores = [metrics.flag_scores(flagged=flagged, wanted=wanted) for flagged, wanted in flags]
    assert scores == [{"precision": 1.0, "recall": 1.0}, {"precision": 0.0}, {"recall": 0.0}, {}]


def test_cost():
    assert metrics.latency([10.0, 20.0, 30.0, 50.0], 50) == 25
    assert metrics.latency([10.0, 20.0, 30.0, 50.0], 95) == pytest.approx(47)  # 30 + 0.85 of the step to 50
    assert metrics.throughput(8, 0.5) == 16
    assert isnan(metrics.throughput(8, 0))


def placed(start: int, end: int, *values: str) -> Answer:
    """An answer that quotes a stretch of ``TEXT``, and values that sources give differently."""
    cited = Citation(1, DOCUMENT, "d1-0", start, end, 1.0)
    claims = tuple(Claim(value, cited) for value in values)
    found = answer(AnswerSentence(TEXT[start:end], (cited,), "verbatim"))
    return replace(found, disagreements=(Disagreement("…", claims),) if claims else ())


FACTS = [["العمدة"], ["1200"]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (placed(0, 19), placed(0, 19), 1),
        (placed(0, 19), placed(7, 19), 1),  # another stretch that states the same fact
        (placed(0, 19), placed(20, len(TEXT)), 0),
        (placed(0, 19), placed(7, 19, "1200"), 0),  # the other states two facts
        (placed(0, 5), placed(14, 19), 0),  # neither states any
        (placed(0, 19), answer(), 0),
        (answer(), answer(), 1),
    ],
)
def test_answers_are_alike(one: Answer, other: Answer, same: float):
    assert metrics.alike(one, other, FACTS) == same


def test_calibration_bins_are_what_the_error_is_made_of():
    probabilities, labels = [0.2] * 10 + [0.9] * 10, [False] * 10 + [True] * 5 + [False] * 5
    assert metrics.calibration_bins(probabilities, labels) == [
        (pytest.approx(0.2), 0.0, 10),
        (pytest.approx(0.9), 0.5, 10),
    ]
    assert metrics.calibration_error(probabilities, labels) == pytest.approx((0.2 * 10 + 0.4 * 10) / 20)
