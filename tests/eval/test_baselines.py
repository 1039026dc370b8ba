"""What answers are measured against, on a tiny collection with the real model."""

import pytest

from eval.baselines import baseline_engines
from eval.cases import AnswerEngine
from eval.metrics import citation_valid
from eval.squad import document
from index import build
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from rag.engine import Engine

MILL = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."
BRIDGE = "The bridge at Wadi Nur carries trams and bicycles. The mayor opened it on 3 May 1987."
DOCUMENTS = {d.id: d for d in (document(MILL, "en"), document(BRIDGE, "en"))}
ASKED = "Who replaced the wheel of the mill?"


@pytest.fixture(scope="module")
def engines(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, AnswerEngine]:
    folder = tmp_path_factory.mktemp("baselines")
    build.build_from_documents(tuple(DOCUMENTS.values()), folder, Settings().index, embedder, lambda *_: None)
    generation = Generation.open(folder)
    return dict(baseline_engines(generation, embedder, Engine(generation, embedder)))


def test_copies(engines: dict[str, AnswerEngine]):
    first = engines["first sentence of the top passage"].ask(ASKED)
    assert first.answer == "The old mill of Tal Amar grinds wheat for four villages."
    chunk = engines["plain LlamaIndex, top chunk copied"].ask(ASKED)
    assert chunk.answer == MILL
    assert all(citation_valid(answer.citations[0], answer, DOCUMENTS) for answer in (first, chunk))


def test_a_follow_up_is_searched_with_its_history(engines: dict[str, AnswerEngine]):
    for name in ("first sentence of the top passage", "plain LlamaIndex, top chunk copied"):
        assert "mill" in engines[name].ask("and when was it?", [ASKED]).answer, name


def test_nothing_silences_the_never_silent(engines: dict[str, AnswerEngine]):
    assert not engines["ours, never silent"].ask("What is the best recipe for a cake?").abstained


def test_channels_alone(engines: dict[str, AnswerEngine]):
    words = engines["ours, BM25 alone"].retrieve("grinds wheat", 1)
    assert words[0].document.text == MILL
    assert engines["ours, passage vectors alone"].retrieve("Who opened the bridge?", 1)[0].document.text == BRIDGE
