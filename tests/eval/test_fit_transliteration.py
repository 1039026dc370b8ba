"""Pairs of spellings of one name, and the pieces counted in them."""

from eval.fit_transliteration import fit, letters, names, pairs

TOWNS = {
    "باريس": "paris", "لندن": "london", "برلين": "berlin", "مدريد": "madrid", "ميلان": "milan", "دبلن": "dublin",
    "ليون": "lyon", "نابولي": "napoli", "مرسين": "mersin", "بلباو": "bilbao", "دريسدن": "dresden", "بولو": "bolu",
    "بريمن": "bremen", "ليدن": "leiden", "رين": "rennes", "ديترويت": "detroit", "تورينو": "torino", "بيروت": "beirut",
}  # fmt: skip


def test_words_of_one_name_are_paired_by_script():
    named = [{"en": "San Remo", "fr": "San Remo", "ar": "سان ريمو", "ru": "Сан-Ремо"}, {"en": "Cape Town", "ar": "كيب"}]
    assert pairs(named) == {
        "arabic latin": [("ريمو", "remo"), ("سان", "san")],
        "arabic cyrillic": [("ريمو", "ремо"), ("سان", "сан")],
        "cyrillic latin": [("ремо", "remo"), ("сан", "san")],
    }


def test_pieces_of_one_sound_stand_together():
    counts = fit(sorted(TOWNS.items()))
    assert counts["د", "d"] > 5
    assert counts["ر", "r"] > 5
    assert ("د", "r") not in counts


def test_what_is_translated_does_not_count():
    counts = fit([*sorted(TOWNS.items()), ("جنوبيهغ", "wsth")])
    assert not any("غ" in piece[0] for piece in counts)


def test_letters_are_counted_once_a_word():
    assert letters(["Ann Ann, и 12 Ана"]) == {
        "latin": {"^^a": 1, "^an": 1, "ann": 1, "nn$": 1},
        "cyrillic": {"^^а": 1, "^ан": 1, "ана": 1, "на$": 1},
    }


def test_names_of_towns_and_people():
    every = names()
    assert any(spellings.get("en") == "Berlin" and spellings.get("ar") == "برلين" for spellings in every)
    assert {"ar": "كوفالينكو", "en": "Kovalenko", "ru": "Коваленко"} in every
    assert {"ar": "نواديبو", "en": "nouadhibou", "ru": "нуадибу"} in every
