"""Evidence that two words in two scripts are one name."""

import math

import pytest

from rag.transliteration import Letters, Pieces, evidence, runs, script


def test_the_same_name_has_evidence_and_another_has_not():
    assert evidence("edmonton", "ادمونتون") > 5
    assert -math.inf == evidence("edmonton", "برلين")
    assert evidence("glasgow", "غلاسكو") > 0
    assert evidence("rotterdam", "роттердам") > 10


def test_it_is_the_same_from_both_sides():
    assert evidence("rotterdam", "роттердам") == evidence("роттердам", "rotterdam")


def test_an_ending_that_many_names_share_tells_little():
    assert evidence("tarasov", "тарасов") > 5
    assert evidence("tarasov", "кулешов") == -math.inf


def test_words_of_one_script_or_of_none_that_is_known_have_no_evidence():
    assert evidence("rotterdam", "rotterdam") == -math.inf
    assert evidence("rotterdam", "鹿特丹") == -math.inf
    assert [script(word) for word in ("rome", "рим", "روما", "ρώμη")] == ["latin", "cyrillic", "arabic", ""]


def test_pieces_by_hand():
    """Four pieces of which one is unseen in 0.997 of all: b is ب, a is left out."""
    pieces = Pieces({("^", "^"): 1, ("b", "ب"): 1, ("a", ""): 1, ("$", "$"): 1})
    each = 0.997 / 4
    assert pieces.joint("ba", "ب", -99) == pytest.approx(4 * math.log(each))
    # "b" twice on one side only: the second is unseen and has a quarter of the side's letters.
    assert pieces.joint("bba", "ب", -99) == pytest.approx(4 * math.log(each) + math.log(0.001 / 4))
    assert pieces.joint("bba", "ب", -9) == -math.inf
    # ب alone, with any number of letters left out on the other side around each of its three signs.
    assert pieces.alone("ب", 1) == pytest.approx(3 * math.log(each + 2 * 0.001 / 3) - 4 * math.log(1 - each), abs=1e-9)


def test_letters_by_hand():
    assert list(runs("ab")) == ["^^a", "^ab", "ab$"]
    letters = Letters({"^^a": 5, "^a$": 5})
    # Of 10 letters half are "a", and the prior counts as five: first over all letters, then behind one and two.
    single = (5 + 5 / 3) / 15
    assert letters.probability("a") == pytest.approx(
        math.log((5 + 5 * (5 + 5 * single) / 10) / 10) + math.log((5 + 5 * (5 + 5 * single) / 10) / 10)
    )
