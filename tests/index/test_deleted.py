"""Documents that were deleted from an index."""

import json
from pathlib import Path
from types import ModuleType

import pytest

from index import build, decisions, deleted, restored
from index.config import Settings
from index.embed import Embedder
from index.errors import DocumentError, IndexFileError
from index.store import Generation


def quiet(*_step: object) -> None: ...


A, B = "0123456789abcdef", "fedcba9876543210"


def test_the_list_comes_back(tmp_path: Path) -> None:
    assert deleted.read(tmp_path) == frozenset()
    deleted.write(tmp_path, frozenset({B, A}))
    assert deleted.read(tmp_path) == {A, B}


def test_a_list_of_an_older_version_is_read_and_rewritten_with_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "deleted.json"
    path.write_text(json.dumps([A, B]))
    assert deleted.read(tmp_path) == {A, B}
    deleted.write(tmp_path, deleted.read(tmp_path))
    assert json.loads(path.read_text()).keys() == {"decided", "xxh3"}


def test_who_changes_the_list_by_hand_is_told_how(tmp_path: Path) -> None:
    path = tmp_path / "deleted.json"
    deleted.write(tmp_path, frozenset({A, B}))
    changed = {**json.loads(path.read_text()), "decided": [A]}
    path.write_text(json.dumps(changed))
    with pytest.raises(IndexFileError, match='changed it yourself, set its "xxh3" to null'):
        deleted.read(tmp_path)
    path.write_text(json.dumps({**changed, "xxh3": None}))
    assert deleted.read(tmp_path) == {A}


DAMAGED = [
    "",
    "{",
    "5",
    "0",
    "null",
    "{}",
    '""',
    '["x"]',
    f'["{A}0"]',
    f'["{A}\\n"]',
    "[1]",
    "[[]]",
    "\u2028",
    "[" * 10**5,
]


@pytest.mark.parametrize("damaged", DAMAGED)
@pytest.mark.parametrize("kept", ["{}", '{{"decided": {}, "xxh3": null}}'])
def test_a_damaged_list_is_one_clear_error(tmp_path: Path, damaged: str, kept: str) -> None:
    (tmp_path / "deleted.json").write_text(kept.format(damaged), "utf-8")
    with pytest.raises(IndexFileError, match=r"deleted\.json is damaged") as raised:
        deleted.read(tmp_path)
    assert "\n" not in str(raised.value)


def test_a_list_that_cannot_be_read_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> bytes:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(IndexFileError, match=r"cannot be read: Too many open files\. Try again later\."):
        deleted.read(tmp_path)


@pytest.mark.parametrize("module", [deleted, restored])
def test_every_bit_of_the_list_counts(tmp_path: Path, module: ModuleType) -> None:
    if module is deleted:
        deleted.write(tmp_path, frozenset({A, B}))
    else:
        restored.write(tmp_path, {A: ((3, 9), (12, 20)), B: ((0, 1),)})
    path = tmp_path / module.LIST
    good = path.read_bytes()
    for at in range(len(good)):
        for bit in range(8):
            path.write_bytes(good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :])
            with pytest.raises(IndexFileError, match="is damaged"):
                module.read(tmp_path)
        path.write_bytes(good[:at])
        with pytest.raises(IndexFileError, match="is damaged"):
            module.read(tmp_path)
    path.write_bytes(good)
    module.read(tmp_path)


def test_the_folder_is_flushed_once_the_list_is_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        decisions, "flush", lambda path: flushed.append((path.name, (tmp_path / "deleted.json").exists()))
    )
    deleted.write(tmp_path, frozenset({A}))
    assert flushed == [("deleted.json.new", False), (tmp_path.name, True)]


def test_a_list_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="unchanged"):
        deleted.write(tmp_path / "nowhere", frozenset({A}))


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
