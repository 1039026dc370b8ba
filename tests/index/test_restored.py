"""What was dropped as page furniture and somebody restored."""

import json
from pathlib import Path

import pytest

from index import build, restored
from index.build import Built
from index.config import Settings
from index.embed import Embedder
from index.errors import IndexFileError
from index.store import Generation

TEXT = (
    "The lighthouse of Grey Point was painted red in 1998 by its last keeper.\n\n"
    "Read also: The harbour of Grey Point holds forty boats\n\n"
    "The keeper's daughter sells the paint that was left to visitors in summer.\n"
)

A, B = "0123456789abcdef", "fedcba9876543210"
SPANS = ("5", "[[1]]", "[[1, 2, 3]]", '[["x", 2]]', '[["1", 2]]', "[[-1, 2]]", "[[1.5, 2]]", "[[true, 2]]")


def quiet(*_step: object) -> None: ...


def test_the_list_comes_back_and_is_empty_without_spans(tmp_path: Path) -> None:
    assert restored.read(tmp_path) == {}
    restored.write(tmp_path, {B: ((3, 9), (12, 20)), A: ()})
    assert restored.read(tmp_path) == {B: ((3, 9), (12, 20))}


def test_a_list_of_an_older_version_is_read_and_rewritten_with_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "restored.json"
    path.write_text(json.dumps({A: [[3, 9]]}))
    assert restored.read(tmp_path) == {A: ((3, 9),)}
    restored.write(tmp_path, restored.read(tmp_path))
    assert json.loads(path.read_text()).keys() == {"decided", "xxh3"}


DAMAGED = ["", "{", "5", "0", "[]", "null", '{"x": []}', *(f'{{"{A}": {spans}}}' for spans in SPANS)]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_damaged_list_is_one_clear_error(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "restored.json").write_text(damaged)
    with pytest.raises(IndexFileError, match=r"restored\.json is damaged") as raised:
        restored.read(tmp_path)
    assert "\n" not in str(raised.value)


def test_what_was_restored_is_content_until_it_is_dropped_again(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "lighthouse.txt").write_text(TEXT)

    def rebuild() -> tuple[Built, Generation]:
        built = build.build([tmp_path / "documents"], tmp_path / "index", Settings().index, embedder, quiet)
        return built, Generation.open(tmp_path / "index")

    def sentences(generation: Generation) -> str:
        (document,) = generation.contents.documents
        return "|".join(document.text[s.start : s.end] for p in generation.contents.passages for s in p.sentences)

    _, before = rebuild()
    (document,), ((dropped,),) = before.contents.documents, before.contents.dropped
    assert document.text[dropped.start : dropped.end].startswith("Read also")
    assert "forty boats" not in sentences(before)
    restored.write(tmp_path / "index", {document.id: ((dropped.start, dropped.end),)})
    built, after = rebuild()
    assert built.changed
    assert built.counts["embedded"] <= 2  # the passage and the sentence that are new
    assert "forty boats" in sentences(after)
    assert tuple(after.contents.dropped) == ((),)
    assert after.contents.documents[0].restored == ((dropped.start, dropped.end),)
    assert not rebuild()[0].changed
    restored.write(tmp_path / "index", {})
    assert rebuild()[0].changed
    again = Generation.open(tmp_path / "index").contents
    assert tuple(again.documents) == tuple(before.contents.documents)
    assert tuple(again.dropped) == tuple(before.contents.dropped)
