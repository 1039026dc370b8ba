"""A rebuild equals a build from nothing, and costs what changed."""

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import build, deleted, lexicon, nearest, restored, split
from index.config import IndexSettings
from index.formats.reader import Reader
from index.store import Generation
from index.types import Document

Article = Callable[..., Document]
STEPS = ("write", "write", "delete", "rename", "forget", "restore", "remember", "drop again", "build")
NAMES = ("a.txt", "b.txt", "c/d.txt", "e.md", "f.jsonl", "g.csv", "h.html", "i.zip")
READ_ALSO = "اقرأ أيضا: ارتفاع أسعار السمك في السوق الكبير"
ALWAYS = 14
EXACT = 16
"""As many vectors as FAISS learns its codes from at least: some histories cross it, up or down."""


def make(files: Path, folder: Path, embedder: Any, chosen: IndexSettings | None = None) -> build.Built:
    return build.build([files], folder, chosen or IndexSettings(), embedder, lambda *_: None)


def write(files: Path, name: str, bodies: list[str]) -> None:
    path = files / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_written(path.suffix, bodies))


def _written(ending: str, bodies: list[str]) -> bytes:
    """A file with some articles, as many documents or in one, as its format is."""
    packed, table = io.BytesIO(), io.StringIO()
    match ending:
        case ".jsonl":
            rows = (json.dumps({"title": "t", "text": body}, ensure_ascii=False) for body in bodies)
            return "\n".join(rows).encode()
        case ".csv":
            csv.writer(table).writerows([("title", "text"), *(("t", body) for body in bodies)])
            return table.getvalue().encode()
        case ".html":
            article = "".join(f"<p>{body}</p>" for body in bodies)
            return f"<nav><a href='/'>الرئيسية</a></nav><article><h1>سوق</h1>{article}</article>".encode()
        case ".zip":
            with zipfile.ZipFile(packed, "w") as archive:
                for number, body in enumerate(bodies):
                    inner = (".txt", ".html", ".csv")[number]
                    archive.writestr(f"{number}{inner}", _written(inner, [body]))
            return packed.getvalue()
    return "\n\n".join(bodies).encode()


def same(one: Generation, other: Generation) -> None:
    """They say the same to the last bit, whatever they are called."""
    assert one.manifest.content == other.manifest.content
    assert one.manifest.files == other.manifest.files
    assert one.manifest.failures == other.manifest.failures


def forget(folder: Path, pick: int) -> None:
    """Delete a document from an index whose file stays; a few always stay, as an index is never empty."""
    documents = Generation.open(folder).contents.documents
    if choice := [document.id for document in documents if not document.path.startswith("kept")]:
        deleted.write(folder, deleted.read(folder) | {choice[pick % len(choice)]})


def restore(folder: Path, pick: int) -> None:
    """Restore one of the spans that cleaning left out."""
    contents = Generation.open(folder).contents
    spans = [(d.id, (x.start, x.end)) for d, xs in zip(contents.documents, contents.dropped, strict=True) for x in xs]
    if spans:
        name, span = spans[pick % len(spans)]
        before = restored.read(folder)
        restored.write(folder, {**before, name: (*before.get(name, ()), span)})


def change(step: str, path: Path, bodies: list[str], folder: Path, pick: int) -> None:
    """Do what may happen between two builds."""
    match step:
        case "write":
            write(path.parent, path.name, bodies)
        case "delete":
            path.unlink(missing_ok=True)
        case "rename" if path.exists():
            path.rename(path.with_name(f"new-{path.name}"))
        case "forget":
            forget(folder, pick)
        case "remember":
            deleted.write(folder, frozenset())
        case "restore":
            restore(folder, pick)
        case "drop again":
            restored.write(folder, {})


history = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from(NAMES), st.lists(st.integers(0, 9), min_size=1, max_size=3)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=True)
@given(history=history)
def test_any_history_ends_as_a_build_from_nothing(
    history: list[Any], counting: Any, article: Article, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(nearest, "EXACT", EXACT)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the disk would take longer than all else
    with TemporaryDirectory() as place:
        files, kept, fresh = Path(place, "files"), Path(place, "kept"), Path(place, "fresh")
        write(files, "always.csv", [article(90 + number).text for number in range(ALWAYS)])
        write(files, "kept.txt", [article(89).text, READ_ALSO, article(88).text])
        for step, name, numbers in [("build", "", []), *history, ("build", "", [])]:
            if step == "build":
                make(files, kept, replace(counting, embedded=[]))
            else:
                bodies = [f"{article(number).text}\n\n{READ_ALSO}" for number in numbers]
                change(step, files / name, bodies, kept, numbers[0])
        fresh.mkdir()
        for decided in kept.glob("*.json"):
            shutil.copy(decided, fresh)
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
    read, cut, find_terms = Reader.read, split.split, lexicon.terms
    monkeypatch.setattr(Reader, "read", lambda *given: done.append("read") or read(*given))
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
    done: list[str] = []
    read = Reader.read
    monkeypatch.setattr(Reader, "read", lambda *given: done.append("read") or read(*given))
    monkeypatch.setattr(build, "_code", lambda: "another")
    counting.embedded.clear()
    assert make(files, folder, counting, small).changed
    assert (done, counting.embedded) == (["read"], [])


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
