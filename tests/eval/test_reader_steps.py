"""Lessons: what is asked of which passages, how they are cut and batched."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import reader_steps
from eval.reader_data import Asked, Gold, Window
from eval.reader_steps import BATCH_TOKENS, Crop, Lesson, batches, beside, crop, lessons, mine, order


def window(paragraph: int, text: str = "", version: int = 0, sentences: int = 2, article: int = 0) -> Window:
    numbers = np.array([-1] * 3 + [n for n in range(sentences) for _ in range(4)] + [-1], np.int32)
    return Window(
        paragraph,
        version,
        article,
        text,
        np.arange(len(numbers), dtype=np.int32),
        np.zeros((len(numbers), 2), np.int32),
        numbers,
    )


def asked(paragraph: int, answer: str | None, *, gold: int = 0, held: bool = False, dataset: str = "own") -> Asked:
    places = {0: Gold(gold, 4, 5)} if answer else {}
    return Asked({0: "?"}, places, {0: (answer,) if answer else ()}, paragraph, dataset, held)


def test_negatives_are_the_nearest_that_do_not_hold_the_answer():
    windows = [
        window(0, "the gold"),
        window(1, "also GOLD here"),
        window(2, "near"),
        window(3, "far"),
        window(0, "rest"),
    ]
    vectors = np.array([[1, 0], [0.9, 0], [0.8, 0], [0.1, 0], [0.5, 0]], np.float32)
    assert mine(windows, [asked(0, "gold")], vectors, np.array([[1, 0]], np.float32)) == [[2, 4, 3]]


def test_an_unanswerable_questions_negatives_are_of_other_articles():
    windows = [window(0, "a"), window(1, "may answer it"), window(2, "b", article=1)]
    vectors = np.array([[1, 0], [0.9, 0], [0.8, 0]], np.float32)
    assert mine(windows, [asked(0, None)], vectors, np.array([[1, 0]], np.float32)) == [[2]]


def test_held_questions_are_never_read():
    given = [asked(0, "x", held=True), asked(0, "x"), asked(1, None)]
    chosen = order(given, 40, np.random.default_rng(0))
    assert set(chosen) == {1, 2}
    assert len(chosen) == 40


def test_named_sets_get_their_share():
    given = [asked(0, "x", dataset="xquad")] + [asked(0, "x", dataset="pquad")] * 9 + [asked(0, "x")] * 3
    names = Counter(given[number].dataset for number in order(given, 1000, np.random.default_rng(0)))
    assert names == {"xquad": 140, "pquad": 20, "own": 840}


def test_a_lesson_of_a_parallel_set_stays_in_one_language_of_paragraphs():
    windows = [window(0), window(0, version=1), window(1), window(1, version=1)]
    question = Asked({0: "a", 1: "b"}, {0: Gold(0, 4, 5), 1: Gold(1, 4, 5)}, {0: ("x",), 1: ("y",)}, 0, "xquad", False)
    made = lessons([0] * 200, windows, [question], [[2]], {1}, np.random.default_rng(0))
    made = [lesson for lesson in made if lesson.other.window != lesson.passage.window]  # those beside the answer
    pairs = Counter((lesson.version, lesson.passage.window, lesson.other.window) for lesson in made)
    assert {(p, o) for _, p, o in pairs} == {(0, 2), (1, 3)}
    assert {v for v, _, _ in pairs} == {0, 1}
    assert sum(n for (_, p, _), n in pairs.items() if p == 1) > 0.55 * len(made)  # the Arabic one more often than not


def test_a_passage_is_never_its_own_negative():
    windows = [window(0), window(1)]
    assert lessons([0], windows, [asked(0, "x")], [[0]], frozenset(), np.random.default_rng(0)) == []


def test_sentences_beside_the_answers_own_do_not_hold_it():
    words = [f"{letter * 3} " for letter in "abcdefghijkl"]  # three sentences of four words
    spans = np.array([(0, 0)] * 3 + [(4 * n, 4 * n + 3) for n in range(12)] + [(0, 0)])
    read = replace(window(0, "".join(words), sentences=3), spans=spans.astype(np.int32))
    rng = np.random.default_rng(0)
    assert {beside(read, Gold(0, 8, 9), ["fff"], 100, rng) for _ in range(20)} == {(3, 7), (11, 15)}
    assert beside(read, Gold(0, 4, 5), ["bbb"], 100, rng) == (7, 15)
    assert beside(read, Gold(0, 4, 5), ["bbb"], 5, rng) in {(7, 11), (11, 15)}
    assert beside(read, Gold(0, 8, 9), ["fff", "AAA", "lll"], 100, rng) is None
    assert beside(window(0, sentences=1), Gold(0, 4, 5), ["x"], 100, rng) is None


def test_some_negatives_stand_beside_the_answer():
    windows = [window(n, "text", sentences=3) for n in (0, 1)]
    made = lessons([0] * 300, windows, [asked(0, "x")], [[1]], frozenset(), np.random.default_rng(0))
    near = [lesson for lesson in made if lesson.other.window == 0]
    assert 60 < len(near) < 150
    assert all(lesson.gold and not lesson.other.first <= lesson.gold.first < lesson.other.end for lesson in near)


@given(st.integers(1, 8), st.data(), st.sampled_from([5, 9, 100]))
def test_a_crop_is_whole_sentences_around_the_answer(sentences: int, data: st.DataObject, limit: int):
    numbers = window(0, sentences=sentences).sentence_of
    at = data.draw(st.integers(3, 2 + 4 * sentences))
    first, end = crop(numbers, Gold(0, at, at), limit, np.random.default_rng(data.draw(st.integers(0, 99))))
    assert first <= at < end
    assert (first - 3) % 4 == 0
    assert (end - 3) % 4 == 0
    assert end - first <= max(limit, 4)


def test_an_answer_across_sentences_keeps_them_all():
    numbers = window(0, sentences=4).sentence_of
    first, end = crop(numbers, Gold(0, 5, 9), 5, np.random.default_rng(0))
    assert (first, end) == (3, 11)


def test_batches_hold_every_lesson_once_and_fit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader_steps, "_POOL", 50)
    given = [Lesson(n, 0, None, Crop(0, 0, 10 + n), Crop(1, 0, 5)) for n in range(300)]
    made = batches(given, np.random.default_rng(0))
    assert sorted(lesson.question for batch in made for lesson in batch) == list(range(300))
    assert all(2 * len(batch) * max(lesson.tokens for lesson in batch) <= BATCH_TOKENS for batch in made)
