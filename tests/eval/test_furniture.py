"""The measure of cleaning, and its target on the five documents the product began with."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from eval.furniture import LABELS, FurnitureReport, Label, LabelError, load_labels, measure
from index.load import load
from index.types import Document

SHARED = Path(__file__).resolve().parents[3] / "shared" / "documents"
SAMPLES = LABELS.with_name("samples") / "documents"
TEXT = (
    "Pumps restart in Palm Valley\n\nThe pumps were restarted on Monday.\n\nRead also: A train\n\nShare prices rose.\n"
)
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


def document(raw: bytes, path: str = "a.txt") -> Document:
    return Document(hashlib.sha256(raw).hexdigest()[:16], path, "", raw.decode(), "und", None, "text")


def label(words: str, kind: str) -> Label:
    start = TEXT.index(words)
    return start, start + len(words), "article" if kind == "article" else "furniture"


def test_counts_and_offsets_of_what_is_lost_and_kept() -> None:
    labels = {
        DIGEST: (
            label("Pumps restart in Palm Valley", "article"),
            label("The pumps were restarted on Monday.", "furniture"),  # labelled against the rules on purpose
            label("Read also: A train", "article"),
            label("Share prices rose.", "article"),
        )
    }
    report = measure([document(TEXT.encode())], labels)
    assert (report.lost, report.articles, report.kept, report.furniture) == (1, 3, 1, 1)
    judged = report.documents[0]
    assert [TEXT[slice(*s)] for s in judged.lost] == ["Read also: A train"]
    assert [TEXT[slice(*s)] for s in judged.kept] == ["The pumps were restarted on Monday."]


def test_one_character_is_enough_and_white_space_is_none() -> None:
    start = TEXT.index("Read also")
    labels: dict[str, tuple[Label, ...]] = {
        DIGEST: ((start - 3, start + 1, "article"), (start + 4, start + 5, "article"), (start - 3, start, "furniture"))
    }
    judged = measure([document(TEXT.encode())], labels).documents[0]
    assert judged.lost == ((start - 3, start + 1),)
    assert judged.kept == ((start - 3, start),)


def test_a_document_without_labels_is_reported_and_counted_nowhere() -> None:
    report = measure([document(b"hello", "b.txt")], {DIGEST: ()})
    assert report == FurnitureReport((), ("b.txt",))
    assert (report.lost, report.articles, report.kept, report.furniture) == (0, 0, 0, 0)


def test_a_label_beyond_its_document_is_refused() -> None:
    with pytest.raises(LabelError, match=r"a\.txt ends after its"):
        measure([document(TEXT.encode())], {DIGEST: ((0, 9999, "article"),)})


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"a": [[0, 1, "other"]]}', '{"a": [[2, 1, "article"]]}', '{"a": [["0", 1, "article"]]}', '{"a": 5}'],
)
def test_a_broken_labels_file_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "labels.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LabelError, match=r"^furniture labels .*labels\.json cannot be read [^\n]*$"):
        load_labels(path)
    with pytest.raises(LabelError):
        load_labels(tmp_path / "missing.json")


def test_labels_hold_numbers_and_kinds_and_no_text() -> None:
    data = json.loads(LABELS.read_text(encoding="utf-8"))
    assert all(len(digest) == 64 for digest in data)
    for spans in load_labels().values():
        assert {kind for _, _, kind in spans} == {"article", "furniture"}
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_nothing_is_lost_and_little_kept_on_the_sample_documents() -> None:
    report = measure(load([SAMPLES]).documents, load_labels())
    assert report.unlabelled == ()
    assert {d.path: d.lost for d in report.documents if d.lost} == {}
    assert (report.articles, report.furniture) == (290, 201)
    # All of it in the ten documents written after the rules.
    assert report.kept <= 11


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"NOT MEASURED: the five documents are not at {SHARED}")
def test_nothing_is_lost_and_nothing_kept_on_the_five_documents() -> None:
    report = measure([document(p.read_bytes(), p.name) for p in sorted(SHARED.glob("*.txt"))], load_labels())
    assert report.unlabelled == ()
    assert len(report.documents) == 5
    assert {d.path: (d.lost, d.kept) for d in report.documents if d.lost or d.kept} == {}
    assert (report.articles, report.furniture) == (101, 62)
