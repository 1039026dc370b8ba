"""The real bundled model and a small index that every test package shares."""

import os

os.environ["HF_HUB_OFFLINE"] = "1"  # before any test imports the hub: nothing here may reach for the network

from pathlib import Path

import pytest

from eval.run import DOCUMENTS
from index import build
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from rag.engine import Engine


def quiet(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The bundled model."""
    return Embedder.load("bundled", Settings.from_environment().cache)


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """Folder of an index of the sample documents."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    build.build([DOCUMENTS], folder, Settings().index, embedder, quiet)
    return folder


@pytest.fixture(scope="session")
def engine(sample_index: Path, embedder: Embedder) -> Engine:
    """Answers over the sample documents."""
    return Engine(Generation.open(sample_index), embedder)
