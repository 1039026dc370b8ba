"""A rebuild equals a build from nothing, and costs what changed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import build, lexicon, load, split
from index.config import IndexSettings
from index.store import Generation
from index.types import Document

Article = Callable[..., Document]
NAMES = ("a.txt", "b.txt", "c/d.txt", "e.md", "f.jsonl")


def make(files: Path, folder: Path, embedder: Any, chosen: IndexSettings | None = None) -> build.Built:
    return build.build([files], folder, chosen or IndexSettings(), embedder, lambda *_: None)


def write(files: Path, name: str, bodies: list[str]) -> None:
    path = files / name
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(json.dumps({"title": "t", "text": body}, ensure_ascii=False) + "\n" for body in bodies)
    path.write_text(rows if name.endswith(".jsonl") else "\n\n".join(bodies), "utf-8")


def same(one: Generation, other: Generation) -> None:
    """They say the same to the last bit, whatever they are called."""
    assert one.manifest.content == other.manifest.content
    assert one.manifest.files == other.manifest.files


steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(NAMES), st.lists(st.integers(0, 9), min_size=1, max_size=3)),
        st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just([])),
        st.tuples(st.just("rename"), st.sampled_from(NAMES), st.just([])),
        st.tuples(st.just("build"), st.just(""), st.just([])),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(history=steps)
def test_any_history_ends_as_a_build_from_nothing(history: list[Any], counting: Any, article: Article):
    with TemporaryDirectory() as place:
        files, kept, fresh = Path(place, "files"), Path(place, "kept"), Path(place, "fresh")
        write(files, "always.txt", [article(99).text])
        for step, name, numbers in [*history, ("build", "", [])]:
            path = files / name
            if step == "write":
                write(files, name, [article(number).text for number in numbers])
            elif step == "delete":
                path.unlink(missing_ok=True)
            elif step == "rename" and path.exists():
                path.rename(path.with_name(f"new-{path.name}"))
            elif step == "build":
                make(files, kept, replace(counting, embedded=[]))
        make(files, fresh, replace(counting, embedded=[]))
        same(Generation.open(kept), Generation.open(fresh))


def test_only_what_changed_is_read_cleaned_and_embedded(
    tmp_path: Path, counting: Any, article: Article, monkeypatch: pytest.MonkeyPatch
):
    files, folder = tmp_path / "files", tmp_path / "index"
    for number in range(20):
        write(files, f"{number:02}.txt", [article(number).text])
    make(files, folder, counting)
    done: list[str] = []
    make_document, cut, find_terms = load.parse, split.split, lexicon.terms
    monkeypatch.setattr(load, "parse", lambda *given: done.append("read") or make_document(*given))
    monkeypatch.setattr(split, "split", lambda *given: done.append("split") or cut(*given))
    monkeypatch.setattr(lexicon, "terms", lambda text: done.append("terms") or find_terms(text))
    counting.embedded.clear()
    assert not make(files, folder, counting).changed
    assert (done, counting.embedded) == ([], [])
    write(files, "07.txt", [article(7).text + " وزار المكان ضيوف من المدينة المجاورة."])
    (files / "03.txt").rename(files / "30.txt")
    (files / "04.txt").unlink()
    assert make(files, folder, counting).changed
    assert done == ["read", "read", "split", "terms"]  # a renamed file is read again, but not cut again
    assert [text for text in counting.embedded if "ضيوف" not in text] == []
    shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
    make(files, tmp_path / "fresh", counting)
    same(Generation.open(folder), Generation.open(tmp_path / "fresh"))


def test_other_settings_or_code_take_nothing_over_but_vectors(
    tmp_path: Path, counting: Any, article: Article, monkeypatch: pytest.MonkeyPatch
):
    files, folder = tmp_path / "files", tmp_path / "index"
    write(files, "a.txt", [article(1).text, article(2).text])
    make(files, folder, counting)
    small = IndexSettings(passage_tokens=32)
    assert make(files, folder, counting, small).changed
    make(files, tmp_path / "fresh", counting, small)
    same(Generation.open(folder), Generation.open(tmp_path / "fresh"))
    read: list[str] = []
    make_document = load.parse
    monkeypatch.setattr(load, "parse", lambda *given: read.append("read") or make_document(*given))
    monkeypatch.setattr(build, "_code", lambda: "another")
    counting.embedded.clear()
    assert make(files, folder, counting, small).changed
    assert (read, counting.embedded) == (["read"], [])


def test_a_deleted_document_answers_no_more(tmp_path: Path, counting: Any, article: Article):
    files, folder = tmp_path / "files", tmp_path / "index"
    write(files, "a.txt", ["افتتحت المنارة الزرقاء صباح الأحد في المدينة القديمة أمام الناس."])
    write(files, "b.txt", [article(1).text])
    make(files, folder, counting)
    assert Generation.open(folder).lexicon.frequency("منار") or Generation.open(folder).lexicon.bm25(["منار"]).any()
    (files / "a.txt").unlink()
    make(files, folder, counting)
    opened = Generation.open(folder)
    assert [document.path for document in opened.contents.documents] == ["b.txt"]
    assert not opened.lexicon.bm25(["منار"]).any()
    assert "المنارة" not in "".join(
        path.read_text("utf-8", "replace") for path in (folder / "generations" / opened.name).glob("*.jsonl")
    )
