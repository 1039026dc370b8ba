"""Documents that were deleted from an index."""

from pathlib import Path

import pytest

from index import build, deleted
from index.config import Settings
from index.embed import Embedder
from index.errors import DocumentError, IndexFileError
from index.store import Generation


def quiet(*_step: object) -> None: ...


def test_the_list_comes_back(tmp_path: Path) -> None:
    assert deleted.read(tmp_path) == frozenset()
    deleted.write(tmp_path, frozenset({"b", "a"}))
    assert deleted.read(tmp_path) == {"a", "b"}


@pytest.mark.parametrize("damaged", ["", "{", "5", "\u2028"])
def test_a_damaged_list_is_one_clear_error(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "deleted.json").write_text(damaged, "utf-8")
    with pytest.raises(IndexFileError, match=r"deleted\.json"):
        deleted.read(tmp_path)


def test_a_list_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="unchanged"):
        deleted.write(tmp_path / "nowhere", frozenset({"a"}))


def test_a_deleted_document_is_left_out_and_named(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("harbour", "lighthouse"):
        (folder / f"{name}.txt").write_text(f"The {name} of Grey Point was painted red in 1998.\n")
    build.build([folder], tmp_path / "index", Settings().index, embedder, quiet)
    harbour, lighthouse = Generation.open(tmp_path / "index").contents.documents
    deleted.write(tmp_path / "index", frozenset({harbour.id}))
    built = build.build([folder], tmp_path / "index", Settings().index, embedder, quiet)
    assert built.changed
    assert built.failures == (("harbour.txt", deleted.REASON),)
    assert tuple(Generation.open(tmp_path / "index").contents.documents) == (lighthouse,)
    deleted.write(tmp_path / "index", frozenset({harbour.id, lighthouse.id}))
    with pytest.raises(DocumentError, match="deleted"):
        build.build([folder], tmp_path / "index", Settings().index, embedder, quiet)
    assert tuple(Generation.open(tmp_path / "index").contents.documents) == (lighthouse,)
