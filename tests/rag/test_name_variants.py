"""Questions that spell a name unlike the document do: forty pairs, each found among the first three documents."""

from pathlib import Path

import pytest

from index import build, names
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from rag.engine import Engine
from rag.retrieve import Retriever, Weights

SHARED = Path(__file__).resolve().parents[3] / "shared" / "documents"


def pairs(name: str) -> list[tuple[str, ...]]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


PAIRS, SHARED_PAIRS = pairs("name_variants.tsv"), pairs("name_variants_shared.tsv")


@pytest.fixture(scope="module")
def shared_engine(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Engine:
    """Answers over the documents that the team shares, which are no part of this repository."""
    if not SHARED.is_dir():
        pytest.skip(f"NAMES OF THE SHARED DOCUMENTS ARE NOT TESTED: there is no {SHARED}")
    folder = tmp_path_factory.mktemp("shared")
    build.build([SHARED], folder, Settings().index, embedder, lambda *_: None)
    return Engine(Generation.open(folder), embedder)


def found(engine: Engine, question: str) -> list[str]:
    return list(dict.fromkeys(evidence.document.path for evidence in engine.retrieve(question, 20)))[:3]


def test_there_are_forty_pairs():
    assert len({(asked, question) for _, _, asked, question in PAIRS}) == 40
    assert all(written != asked for _, written, asked, _ in PAIRS)


@pytest.mark.parametrize(("document", "written", "asked", "question"), PAIRS)
def test_a_name_in_another_spelling_is_found(engine: Engine, document: str, written: str, asked: str, question: str):
    text = next(d.text for d in engine.documents() if d.path == document)
    assert written in text
    assert asked in question
    assert document in found(engine, question)


@pytest.mark.parametrize(("document", "written", "asked", "question"), PAIRS)
def test_the_other_spelling_is_marked_in_the_text(
    engine: Engine, document: str, written: str, asked: str, question: str
):
    text = next(d.text for d in engine.documents() if d.path == document)
    marked = {text[start:end] for start, end in names.matches(question, text)}
    assert any(written in span or span in written for span in marked), asked


def test_names_alone_find_most_of_them(sample_index: Path, embedder: Embedder):
    """Without vectors and without words; the rest are named in more than three documents."""
    retriever = Retriever(Generation.open(sample_index), embedder, Weights(passage=0, sentence=0, lexical=0))
    hits = 0
    for document, _, _, question in PAIRS:
        evidence = retriever.retrieve(retriever.query(question), 20)
        hits += document in list(dict.fromkeys(e.document.path for e in evidence))[:3]
    assert hits >= 30


@pytest.mark.parametrize(("document", "written", "asked", "question"), SHARED_PAIRS)
def test_a_name_of_the_shared_documents_is_found(
    shared_engine: Engine, document: str, written: str, asked: str, question: str
):
    """Among the first three passages, as there are but five documents."""
    text = next(d.text for d in shared_engine.documents() if d.path == document)
    assert written in text
    assert asked in question
    assert asked not in text
    assert document in [evidence.document.path for evidence in shared_engine.retrieve(question, 3)]
