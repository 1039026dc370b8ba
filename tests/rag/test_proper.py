"""Names told by what words mean, where letters and capitals do not tell."""

import numpy as np
import pytest

from index.embed import Embedder, Vectors
from rag.named import unmatched
from rag.namelike import is_generic
from rag.proper import Sense


@pytest.fixture(scope="module")
def sense(embedder: Embedder) -> Sense:
    return Sense(embedder.embed_queries)


@pytest.mark.parametrize(
    ("sentence", "text", "missing"),
    [
        ("He was given the Peace Prize.", "مُنح جائزة السلام.", ()),  # translated
        ("Bei den Überschwemmungen kamen sieben Menschen um.", "Seven people died in the floods.", ()),
        ("افتُتحت المدرسة الجديدة في قسنطينة.", "افتُتحت المدرسة الجديدة في وهران.", ("قسنطينة",)),
        ("افتُتحت المدرسة الجديدة.", "افتُتحت المدرسة الجديدة في وهران.", ()),  # nothing in its place
        ("Mark Robertson came.", "جاء مارك ستيفنسون.", ("Robertson",)),
        ("كرم النادي الرئيس السابق.", "The club honoured Kevin Robertson, its former head.", ()),  # a title
        (
            "People fled as Typhoon Mina came.",
            "فر السكان مع وصول الإعصار مينا.",
            (),
        ),  # hardly a name, none left out
    ],
)
def test_what_words_mean_decides(sentence: str, text: str, missing: tuple[str, ...], sense: Sense):
    assert unmatched(sentence, text, sense) == missing


def test_letters_and_capitals_alone_do_not_tell():
    assert unmatched("He was given the Peace Prize.", "مُنح جائزة السلام.") == ("Peace",)
    assert unmatched("افتُتحت المدرسة في قسنطينة.", "افتُتحت المدرسة في وهران.") == ()


@pytest.mark.parametrize("dimension", [8, 384])
def test_another_model_has_no_say(dimension: int):
    def embed(texts: list[str]) -> Vectors:
        return np.full((len(texts), dimension), dimension**-0.5, np.float32)

    other = Sense(embed)  # type: ignore[arg-type]
    assert unmatched("He was given the Peace Prize.", "مُنح جائزة السلام.", other) == ("Peace",)
    assert unmatched("افتُتحت المدرسة في قسنطينة.", "افتُتحت المدرسة في وهران.", other) == ()


def test_words_are_embedded_once(embedder: Embedder):
    asked: list[str] = []

    def embed(texts: list[str]) -> Vectors:
        asked.extend(texts)
        return embedder.embed_queries(texts)

    sense = Sense(embed)  # type: ignore[arg-type]
    for _ in range(2):
        unmatched("Mark Robertson came.", "جاء مارك ستيفنسون.", sense)
    assert "Robertson" in asked
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("form", ["الرييس", "رييس", "president", "президенту"])
def test_titles_are_no_names(form: str):
    assert is_generic(form)
