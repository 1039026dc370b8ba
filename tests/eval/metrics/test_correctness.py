"""How right an answer is, against numbers computed by hand."""

import pytest

from eval import metrics


def test_sentence_hit_looks_at_the_first_k_sentences():
    sentences = ["The mayor came.", "It was 1932.", "It was 1940."]
    assert metrics.sentence_hit(sentences, ["1932"], 1) == 0
    assert metrics.sentence_hit(sentences, ["1932"], 2) == 1
    assert metrics.sentence_hit(sentences, ["1940"], 2) == 0
    assert metrics.sentence_hit(sentences, ["1940", "mayor"], 1) == 1
    assert metrics.sentence_hit([], ["1932"], 2) == 0


def test_key_fact_recall_is_the_share_of_facts():
    facts = [["1200"], ["bridge", "جسر"], ["1932"]]
    assert metrics.key_fact_recall(["الجسر قديم", "كلف 1200"], facts) == pytest.approx(2 / 3)
    assert metrics.key_fact_recall([], facts) == 0


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
