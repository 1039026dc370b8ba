"""What answers are measured against, on a tiny collection with the real model."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from eval.baselines import baseline_engines, copied_chunk
from eval.cases import Ask
from eval.metrics import citation_valid, faithful
from eval.squad import document
from index import build
from index.config import Settings
from index.embed import Embedder
from index.store import Generation

MILL = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."
BRIDGE = "The bridge at Wadi Nur carries trams and bicycles. The mayor opened it on 3 May 1987."
DOCUMENTS = {d.id: d for d in (document(MILL, "en"), document(BRIDGE, "en"))}
ASKED = "Who replaced the wheel of the mill?"


@pytest.fixture(scope="module")
def asks(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Ask]:
    folder = tmp_path_factory.mktemp("baselines")
    build.build_from_documents(tuple(DOCUMENTS.values()), folder, Settings().index, embedder, lambda *_: None)
    return baseline_engines(Generation.open(folder), embedder)


def test_copies(asks: Mapping[str, Ask]):
    first, _ = asks["first sentence of the top passage"](ASKED, ())
    assert first.answer == "The old mill of Tal Amar grinds wheat for four villages."
    chunk, _ = asks["plain LlamaIndex, top chunk copied"](ASKED, ())
    assert chunk.answer == MILL
    assert all(citation_valid(answer.citations[0], answer, DOCUMENTS) for answer in (first, chunk))


def test_a_follow_up_is_searched_with_its_history(asks: Mapping[str, Ask]):
    for name in ("first sentence of the top passage", "plain LlamaIndex, top chunk copied"):
        assert "mill" in asks[name]("and when was it?", (ASKED,))[0].answer, name


def test_a_copied_chunk_is_shown_without_markup(embedder: Embedder):
    page = replace(document(MILL, "en"), text="The **old** mill grinds wheat.", format="markdown")
    answer = copied_chunk([page], embedder)("What does the mill grind?", ())
    assert answer.answer == "The old mill grinds wheat."
    assert faithful(answer.sentences[0], lambda *_: False)


def test_channels_alone(asks: Mapping[str, Ask]):
    words, _ = asks["ours, BM25 alone"]("grinds wheat", ())
    assert words.evidence[0].document.text == MILL
    vectors, _ = asks["ours, passage vectors alone"]("Who opened the bridge?", ())
    assert vectors.evidence[0].document.text == BRIDGE
