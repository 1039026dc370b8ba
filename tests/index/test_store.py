"""What is written is what is read, and no damage goes unnoticed."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import build, nearest, store
from index.config import IndexSettings
from index.contents import Contents, write_vectors
from index.errors import IndexFileError
from index.manifest import SCHEMA, Manifest, Model
from index.store import Generation
from index.types import Document, Dropped, Passage, Sentence

NAME = "000001-0123456789ab"
FILES = [
    "documents.jsonl",
    "passages.jsonl",
    "columns.npz",
    "passages.f32",
    "sentences.f32",
    "manifest.json",
    "manifest.xxh3",
    "lexical/params.index.json",
    "lexical/vocab.index.json",
    "lexical/data.csc.index.npy",
    "lexical/indices.csc.index.npy",
    "lexical/indptr.csc.index.npy",
    "lexical/occurrences.npy",
    "lexical/firsts.npy",
]
MANIFEST = Manifest(
    schema_version=SCHEMA,
    code="1",
    content="c" * 64,
    created="2031-05-01T00:00:00+00:00",
    sources=("/news",),
    settings=IndexSettings(passage_tokens=99),
    model=Model(name="m", fingerprint="f" * 16, precision="float32", dimension=4),
    counts={"documents": 2, "passages": 3, "sentences": 4},
    failures=(("b.pdf", "not understood"),),
    files={},
)


@pytest.fixture
def contents() -> Contents:
    market = Document(
        id="a" * 16,
        path="a.pdf",
        title="السوق",
        text="سوق كبير. سوق جديد. ميناء.",
        language="ar",
        published=date(2031, 5, 1),
        format="text",
        copies=("b.pdf",),
        pages=(0, 10, 10),
        author="ليلى السالمي",
        source="دار المرسى",
        restored=((3, 4), (5, 6)),
    )
    odd = Document("b" * 16, "ب/\ud800.md", "", "bridge\u2028\x85 \udfff 😀", "und", None, "markdown")
    first, second, third = Sentence(0, 9), Sentence(10, 19), Sentence(20, 26)
    passages = (
        Passage(f"{market.id}-0", market.id, "", (first, second)),
        Passage(f"{market.id}-1", market.id, "عنوان\n", (second, third)),
        Passage(f"{odd.id}-0", odd.id, "", (Sentence(0, 6),)),
    )
    rng = np.random.default_rng(1)
    vectors = rng.standard_normal((7, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    dropped = ((Dropped(3, 4, "advert marker"), Dropped(5, 6, "x")), ())
    spans = np.array([[0, 2], [1, 3], [3, 4]], np.int64)
    return Contents.of((market, odd), dropped, passages, spans, vectors[:3], vectors[3:])


def write(folder: Path, contents: Contents) -> None:
    folder.mkdir()
    write_vectors(folder, [(contents.passage_vectors, contents.sentence_vectors)], 4)
    store.write(folder, contents, [["سوق"], ["سوق", "ميناء"], []], MANIFEST)


@pytest.fixture
def index(tmp_path: Path, contents: Contents) -> Path:
    folder = tmp_path / "index"
    scratch = tmp_path / "scratch"
    write(scratch, contents)
    folder.mkdir()
    store.publish(folder, scratch, NAME)
    return folder


def test_what_is_written_is_read(index: Path, contents: Contents):
    opened = Generation.open(index)
    assert opened.name == NAME
    assert opened.manifest.model_copy(update={"files": {}}) == MANIFEST
    assert tuple(opened.contents.documents) == contents.documents
    assert tuple(opened.contents.dropped) == contents.dropped
    assert tuple(opened.contents.passages) == contents.passages
    assert opened.contents.rows == contents.rows
    assert [opened.contents.row(passage) for passage in contents.passages] == [0, 1, 2]
    for name in ("spans", "passage_vectors", "sentence_vectors", "languages", "firsts"):
        read, written = getattr(opened.contents, name), getattr(contents, name)
        assert read.dtype == written.dtype
        np.testing.assert_array_equal(read, written)


def test_the_files_are_those_listed(index: Path):
    folder = index / "generations" / NAME
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == sorted(FILES)
    assert sorted(Generation.open(index).manifest.files) == sorted(FILES[:5] + FILES[7:])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2])


def _halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES = [_flip, _truncate, _halve, Path.unlink, lambda path: path.write_bytes(b"")]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_any_damage_is_named_with_its_mend(name: str, damage: Callable[[Path], object], index: Path):
    path = index / "generations" / NAME / name
    damage(path)
    with pytest.raises(IndexFileError, match="sanad index") as raised:
        Generation.open(index)
    message = str(raised.value)
    assert "\n" not in message
    assert NAME in message
    assert name.removeprefix("manifest.xxh3") in message
    assert "manifest" in message or not name.startswith("manifest")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_of_the_codes_of_many_passages_is_named(
    damage: Callable[[Path], object], tmp_path: Path, counting: Any, article: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(nearest, "EXACT", 30)
    documents = [article(number) for number in range(40)]
    build.build_from_documents(documents, tmp_path, IndexSettings(), counting, lambda *_: None)
    opened = Generation.open(tmp_path)
    assert opened.nearest.codes["ar"].ntotal == 40
    damage(tmp_path / "generations" / opened.name / "nearest" / "ar.faiss")
    with pytest.raises(IndexFileError, match=rf"{opened.name}/nearest/ar\.faiss .*sanad index"):
        Generation.open(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_damage_of_the_generation_kept_for_safety_is_named(name: str, tmp_path: Path, counting: Any, article: Any):
    for number in (1, 2):
        build.build_from_documents([article(number)], tmp_path, IndexSettings(), counting, lambda *_: None)
    older, newer = store.generations(tmp_path)
    assert [checked for checked, _ in store.check(tmp_path)] == [older.name, newer.name]
    _flip(older / name)
    assert Generation.open(tmp_path).name == newer.name
    with pytest.raises(IndexFileError, match=rf"{older.name}/{name.replace('.xxh3', '.json')} is damaged"):
        list(store.check(tmp_path))


def test_every_bit_of_the_manifest_counts(index: Path):
    path = index / "generations" / NAME / "manifest.json"
    good = path.read_bytes()
    for at in range(0, len(good), 7):
        path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(IndexFileError):
            Generation.open(index)
    path.write_bytes(good)
    Generation.open(index)


@pytest.mark.parametrize("version", [0, SCHEMA - 1, None, str(SCHEMA)])
def test_a_manifest_of_another_version_says_so(version: object, index: Path):
    path = index / "generations" / NAME / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema_version": version}))
    with pytest.raises(IndexFileError, match=f"layout {version!r}; this version reads {SCHEMA}.*sanad index"):
        Generation.open(index)


@pytest.mark.parametrize("content", ["[]", "3", f'{{"schema_version": {SCHEMA}}}', "\udcff"])
def test_what_is_no_manifest_is_one_line(content: str, index: Path):
    (index / "generations" / NAME / "manifest.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(IndexFileError, match=r"manifest\.json") as raised:
        Generation.open(index)
    assert "\n" not in str(raised.value)


def test_a_missing_index_names_the_command_that_builds_one(tmp_path: Path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexFileError, match="There is no index") as raised:
            Generation.open(folder)
        assert f"--index {folder}" in str(raised.value)
        assert store.current(folder) is None


@pytest.mark.parametrize(
    "pointer",
    ["", "nonsense", "../x", "..", ".", "/etc", "000009-0123456789ab", f"../generations/{NAME}", "\udcff", "a\nb"],
)
def test_a_pointer_to_anything_else_is_refused(pointer: str, index: Path):
    (index / "x").mkdir()
    (index / "current").write_bytes(pointer.encode("utf-8", "surrogateescape"))
    with pytest.raises(IndexFileError, match=r"index pointer.*sanad index") as raised:
        Generation.open(index)
    assert "\n" not in str(raised.value)


def test_a_reader_follows_the_pointer_that_moved_while_it_read(
    index: Path, contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    newer = tmp_path / "newer"
    write(newer, contents)
    verify = store.verify

    def remove_what_is_read(folder: Path, manifest: Manifest) -> None:
        if folder.name == NAME:
            store.publish(index, newer, "000002-0123456789ab")
            (folder / "documents.jsonl").unlink()
        verify(folder, manifest)

    monkeypatch.setattr(store, "verify", remove_what_is_read)
    assert Generation.open(index).name == "000002-0123456789ab"


def test_generations_are_listed_by_number_and_nothing_else_is(tmp_path: Path):
    for name in (
        "000002-0123456789ab",
        "000010-0123456789ab",
        "1000000-0123456789ab",
        "999999-0123456789ab",
        "x",
        "12-ab",
    ):
        (tmp_path / "generations" / name).mkdir(parents=True)
    assert [store.number(path) for path in store.generations(tmp_path)] == [2, 10, 999999, 1000000]
    assert store.generations(tmp_path / "nowhere") == []


def test_the_pointer_moves_only_after_the_generation_is_in_place(
    tmp_path: Path, index: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
):
    newer = tmp_path / "newer"
    write(newer, contents)
    seen: list[tuple[str, bool]] = []
    flush = store.flush

    def watch(path: Path) -> None:
        seen.append(((index / "current").read_text().strip(), (index / "generations" / "000002-0123456789ab").exists()))
        flush(path)

    monkeypatch.setattr(store, "flush", watch)
    store.publish(index, newer, "000002-0123456789ab")
    assert seen[0] == (NAME, True)
    assert seen[-1] == ("000002-0123456789ab", True)
    assert sorted(path.name for path in index.iterdir()) == ["current", "generations"]
