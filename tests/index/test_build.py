"""A build publishes whole generations, embeds nothing twice and leaves nothing behind."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from index import build, lexicon, split, store
from index.build import Built
from index.chunk import passage_text, sentence_text
from index.config import IndexSettings
from index.errors import DocumentError, IndexFileError
from index.store import Generation
from index.types import Block, Cleaned, Document, Section

Article = Callable[..., Document]
Counting = Any  # conftest's CountingEmbedder: tests cannot import each other


def make(folder: Path, documents: Sequence[Document], embedder: Any, **more: Any) -> Built:
    more = {"settings": IndexSettings(), "progress": lambda *_: None, **more}
    settings, progress = more.pop("settings"), more.pop("progress")
    return build.build_from_documents(documents, folder, settings, embedder, progress, **more)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "generations").iterdir())


def litter(folder: Path) -> list[str]:
    return sorted({path.name for path in folder.iterdir()} - {"current", "generations", "lock"})


def test_vectors_stand_with_their_passages_and_sentences(tmp_path: Path, counting: Counting, article: Article):
    settings = IndexSettings(passage_tokens=64, overlap_sentences=1)
    built = make(tmp_path, [article(n) for n in range(5)], counting, settings=settings)
    contents = Generation.open(tmp_path).contents
    by_id = {document.id: document for document in contents.documents}
    assert len(contents.passages) > 5
    for row, passage in enumerate(contents.passages):
        document = by_id[passage.document_id]
        np.testing.assert_array_equal(
            contents.passage_vectors[row], counting.embed_documents([passage_text(document, passage)])[0]
        )
        texts = [sentence_text(document, sentence) for sentence in passage.sentences]
        first, end = contents.spans[row]
        np.testing.assert_array_equal(contents.sentence_vectors[first:end], counting.embed_documents(texts))
    assert built.counts["documents"] == 5
    assert built.counts["passages"] == len(contents.passages)
    assert built.counts["sentences"] == len(contents.sentence_vectors)
    assert sum(end - first for first, end in contents.spans) > len(contents.sentence_vectors)  # shared, not repeated


def test_a_build_with_nothing_changed_publishes_nothing(tmp_path: Path, counting: Counting, article: Article):
    first = make(tmp_path, [article(1), article(2)], counting)
    counting.embedded.clear()
    again = make(tmp_path, [article(1), article(2)], counting)
    assert (first.changed, again.changed) == (True, False)
    assert again.name == first.name
    assert again.counts["embedded"] == 0
    assert counting.embedded == []
    assert names(tmp_path) == [first.name]


@pytest.mark.parametrize("what", ["title", "path", "copies", "settings", "sources", "failures"])
def test_whatever_decides_the_index_makes_a_new_one(what: str, tmp_path: Path, counting: Counting, article: Article):
    document = article(1)
    make(tmp_path, [document], counting)
    changed = {
        "title": replace(document, title="آخر"),
        "path": replace(document, path="b.txt"),
        "copies": replace(document, copies=("c.txt",)),
    }
    more: dict[str, dict[str, Any]] = {
        "settings": {"settings": IndexSettings(overlap_sentences=0)},
        "sources": {"sources": ("/elsewhere",)},
        "failures": {"failures": (("b.pdf", "not understood"),)},
    }
    built = make(tmp_path, [changed.get(what, document)], counting, **more.get(what, {}))
    assert built.changed
    manifest = Generation.open(tmp_path).manifest
    assert manifest.sources == more.get(what, {}).get("sources", ())
    assert manifest.failures == built.failures == more.get(what, {}).get("failures", ())


def test_only_new_text_is_embedded(tmp_path: Path, counting: Counting, article: Article):
    documents = [article(n) for n in range(6)]
    make(tmp_path, documents, counting)
    counting.embedded.clear()
    longer = article(3, documents[3].text + " وسيفتتح سوق ثان في الخريف.")
    built = make(tmp_path, [*documents[:3], longer, *documents[4:]], counting)
    assert min(counting.embedded, key=len) == "وسيفتتح سوق ثان في الخريف."
    assert built.counts["embedded"] == len(counting.embedded) == 2  # the sentence and the passage it is in
    contents = Generation.open(tmp_path).contents
    fresh = make(tmp_path / "fresh", contents.documents, replace(counting, embedded=[]))
    assert fresh.changed
    np.testing.assert_array_equal(
        contents.passage_vectors, Generation.open(tmp_path / "fresh").contents.passage_vectors
    )


def test_equal_texts_are_embedded_once(tmp_path: Path, counting: Counting, article: Article):
    text = article(1).text
    built = make(tmp_path, [article(1), replace(article(1), id="f" * 16, path="b.txt", text=text + "\n")], counting)
    assert built.counts["passages"] == 2
    assert len(counting.embedded) == len(set(counting.embedded)) == built.counts["embedded"]


def test_deleted_documents_are_gone(tmp_path: Path, counting: Counting, article: Article):
    make(tmp_path, [article(1), article(2)], counting)
    make(tmp_path, [article(2)], counting)
    contents = Generation.open(tmp_path).contents
    assert [document.path for document in contents.documents] == ["002.txt"]
    assert {passage.document_id for passage in contents.passages} == {article(2).id}


def test_vectors_of_another_model_are_not_reused(tmp_path: Path, counting: Counting, article: Article):
    make(tmp_path, [article(1)], counting)
    other = replace(counting, fingerprint="f" * 16, embedded=[])
    assert make(tmp_path, [article(1)], other).changed
    assert sorted(other.embedded) == sorted(counting.embedded)
    assert Generation.open(tmp_path).manifest.model.fingerprint == "f" * 16


def test_vectors_of_another_precision_are_not_reused(tmp_path: Path, counting: Counting, article: Article):
    make(tmp_path, [article(1)], counting)
    other = replace(counting, precision="int8-01234567", embedded=[])
    assert make(tmp_path, [article(1)], other).changed
    assert sorted(other.embedded) == sorted(counting.embedded)
    assert Generation.open(tmp_path).manifest.model.precision == "int8-01234567"


def test_a_damaged_index_is_mended_by_a_build(tmp_path: Path, counting: Counting, article: Article):
    first = make(tmp_path, [article(1)], counting)
    (tmp_path / "generations" / first.name / "passages.jsonl").write_text("{")
    assert make(tmp_path, [article(1)], counting).changed
    Generation.open(tmp_path)
    (tmp_path / "current").write_text("nonsense")
    assert make(tmp_path, [article(1)], counting).changed
    Generation.open(tmp_path)


def test_a_second_writer_is_told_to_wait(tmp_path: Path, counting: Counting, article: Article):
    make(tmp_path, [article(1)], counting)
    with FileLock(tmp_path / "lock"), pytest.raises(IndexFileError, match="Another build"):
        make(tmp_path, [article(2)], counting)
    assert make(tmp_path, [article(2)], counting).changed


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("vectors", OSError(28, "No space left on device")),
        ("lexical", OSError(28, "No space left on device")),
        ("flush", OSError(5, "Input/output error")),
        ("publish", OSError(5, "Input/output error")),
        ("embed", KeyboardInterrupt()),
    ],
)
def test_a_failed_build_leaves_the_old_index_and_no_litter(
    where: str,
    error: BaseException,
    tmp_path: Path,
    counting: Counting,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
):
    first = make(tmp_path, [article(1)], counting)

    def fail(*_args: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        match where:
            case "vectors":
                patch.setattr(build, "write_vectors", fail)
            case "lexical":
                patch.setattr(lexicon, "write", fail)
            case "flush":
                patch.setattr(store, "flush", fail)
            case "publish":
                patch.setattr(store, "publish", fail)
            case "embed":
                patch.setattr(counting, "embed_documents", fail)
        with pytest.raises(KeyboardInterrupt if where == "embed" else IndexFileError) as raised:
            make(tmp_path, [article(1), article(2)], counting)
    if where != "embed":
        assert "\n" not in str(raised.value)
        assert "unchanged" in str(raised.value)
    assert Generation.open(tmp_path).name == first.name
    assert names(tmp_path) == [first.name]
    assert litter(tmp_path) == []
    assert make(tmp_path, [article(1), article(2)], counting).changed


def test_one_older_generation_stays(tmp_path: Path, counting: Counting, article: Article):
    built = [make(tmp_path, [article(n)], counting).name for n in range(4)]
    assert names(tmp_path) == built[-2:]
    assert built == sorted(built)


def test_the_generation_that_was_current_stays_not_an_orphan(tmp_path: Path, counting: Counting, article: Article):
    first = make(tmp_path, [article(1)], counting)
    (tmp_path / "generations" / "000002-0123456789ab").mkdir()  # of a build that died before it switched the pointer
    second = make(tmp_path, [article(2)], counting)
    assert names(tmp_path) == [first.name, second.name]
    assert second.name.startswith("000003-")


def test_leftovers_of_killed_builds_are_removed_and_foreign_folders_are_not(
    tmp_path: Path, counting: Counting, article: Article
):
    make(tmp_path, [article(1)], counting)
    (tmp_path / "building-abc" / "000009-x").mkdir(parents=True)
    (tmp_path / "generations" / "lost+found").mkdir()
    make(tmp_path, [article(2)], counting)
    make(tmp_path, [article(3)], counting)
    assert litter(tmp_path) == []
    assert "lost+found" in names(tmp_path)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, counting: Counting, article: Article):
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", tmp_path / "file" / "index"):
        with pytest.raises(IndexFileError, match="cannot be written") as raised:
            make(folder, [article(1)], counting)
        assert "\n" not in str(raised.value)
        assert str(folder) in str(raised.value)


def test_documents_without_text_are_refused(tmp_path: Path, counting: Counting, article: Article):
    for documents in ([], [article(1, "\n \n")]):
        with pytest.raises(DocumentError):
            make(tmp_path, documents, counting)
    assert not (tmp_path / "current").exists()


def test_text_without_words_can_be_indexed(
    tmp_path: Path, counting: Counting, article: Article, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        split, "explain", lambda d, _: Cleaned((Section("", ((Block(0, len(d.text), "prose"),),)),), ())
    )
    make(tmp_path, [article(1, "!؟ … !")], counting)
    opened = Generation.open(tmp_path)
    assert opened.lexicon.bm25(["سوق"]).tolist() == [0.0]


def test_progress_tells_the_steps_in_order(tmp_path: Path, counting: Counting, article: Article):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text(article(1).text, "utf-8")
    seen: list[Any] = []
    built = build.build([tmp_path / "a"], tmp_path / "i", IndexSettings(), counting, lambda *told: seen.append(told))
    assert list(dict.fromkeys(step for step, *_ in seen)) == ["read", "split", "embed", "write"]
    assert all(0 <= done <= total for _, done, total, *_ in seen)
    assert seen[-1] == ("write", 1, 1)
    embedded = [told for told in seen if told[0] == "embed"][-1]
    assert embedded[1::2] == (built.counts["embedded"], built.counts["tokens"])
    assert built.counts["tokens"] > 0
    assert Generation.open(tmp_path / "i").manifest.sources == (str(tmp_path / "a"),)


def test_odd_unicode_survives(tmp_path: Path, counting: Counting, article: Article):
    text = "افتتح السوق \ud800 صباح الأحد في الميناء\u2028 القديم 😀 \x00 أمام الناس جميعا، وحضر التجار.\n" * 2
    document = replace(article(1, text, "a\ud8ff/\u200f.txt"), title="\udfff\x85\x1e")
    make(tmp_path, [document], counting, sources=("/tmp/\udcff",), failures=(("\udcff", "x\udcff"),))
    opened = Generation.open(tmp_path)
    assert tuple(opened.contents.documents) == (document,)
    assert opened.manifest.sources == ("/tmp/\ufffd",)
    again = make(tmp_path, [document], counting, sources=("/tmp/\udcff",), failures=(("\udcff", "x\udcff"),))
    assert not again.changed
