import errno
import hashlib
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.errors import DocumentError
from index.files import find_files
from index.load import load

TEXT = "افتتاح الجسر\r\n\r\nنُشر في: 13 سبتمبر 2023\r\n\r\nوصل الوفد صباحا، ثم غادر مساء.\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "news"
    (root / "b" / "deep").mkdir(parents=True)
    (root / "z.txt").write_text("The bridge\n\nIt was opened on Monday by the minister.\n", encoding="utf-8")
    (root / "b" / "deep" / "a.MD").write_text("# Мост\n\nМост открыли утром.\n", encoding="utf-8")
    (root / "b" / "c.html").write_text("<title>Köprü</title><p>Köprü sabah açıldı.", encoding="utf-8")
    return root


def shown(paths: list[Path]) -> list[str]:
    return [source.shown for source in find_files(paths)]


def test_a_folder_is_walked_in_order_of_the_shown_paths(folder: Path):
    assert shown([folder]) == ["b/c.html", "b/deep/a.MD", "z.txt"]
    assert all(source.path.is_absolute() for source in find_files([folder]))


def test_hidden_files_and_folders_are_passed_over(folder: Path):
    (folder / ".hidden.txt").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("x")
    assert shown([folder]) == ["b/c.html", "b/deep/a.MD", "z.txt"]


def test_the_index_may_lie_among_the_documents_but_is_none_of_them(folder: Path):
    kept = folder / "b" / "index"
    (kept / "generations" / "000001").mkdir(parents=True)
    (kept / "generations" / "000001" / "documents.jsonl").write_text('{"text": "The bridge was opened."}\n')
    (kept / "uploads").mkdir()
    (kept / "uploads" / "u.txt").write_text("x")
    (folder / "link").symlink_to(kept)
    found = [source.shown for source in find_files([folder, kept / "uploads"], folder / "b" / "index")]
    assert found == ["b/c.html", "b/deep/a.MD", "u.txt", "z.txt"]  # what is named is read, wherever it lies
    with pytest.raises(DocumentError, match="index itself; keep the index in a folder of its own"):
        find_files([kept], folder / "link")


def test_links_that_lead_in_a_circle_are_walked_once(folder: Path):
    (folder / "b" / "up").symlink_to(folder)
    assert shown([folder]) == ["b/c.html", "b/deep/a.MD", "z.txt"]


def test_a_file_is_shown_by_its_name_and_once(folder: Path):
    assert shown([folder / "b" / "c.html"]) == ["c.html"]
    assert shown([folder, folder / "z.txt"]) == ["b/c.html", "b/deep/a.MD", "z.txt"]


def test_equal_names_in_two_folders_are_told_apart(folder: Path, tmp_path: Path):
    other, namesake = tmp_path / "other", tmp_path / "more" / "news"
    for root in (other, namesake):
        root.mkdir(parents=True)
        (root / "z.txt").write_text("x")
    assert shown([folder, other]) == ["b/c.html", "b/deep/a.MD", "news/z.txt", "other/z.txt"]
    assert len(set(shown([folder, namesake]))) == 4


def test_a_path_that_does_not_exist_is_named(tmp_path: Path):
    for missing in (tmp_path / "missing", Path("nul\0byte")):
        with pytest.raises(DocumentError, match="does not exist"):
            find_files([missing])


def test_a_name_that_is_no_utf8_can_be_shown(folder: Path):
    name = os.fsdecode(b"caf\xe9.txt")
    (folder / name).write_text("words")
    (source,) = (source for source in find_files([folder]) if source.shown.startswith("caf"))
    assert source.shown == "caf\ufffd.txt"
    assert load([source.path]).documents[0].text == "words"


def test_a_document_is_the_file(tmp_path: Path):
    path = tmp_path / "جسر.txt"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    (document,) = load([path]).documents
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert document.text == file.read() == TEXT
    assert document.id == hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    assert (document.path, document.title, document.language) == ("جسر.txt", "افتتاح الجسر", "ar")
    assert (document.published, document.format, document.copies) == (date(2023, 9, 13), "text", ())


def test_an_untitled_document_goes_by_its_file_name(tmp_path: Path):
    (tmp_path / "note one.txt").write_text("***\n12345\n")
    assert load([tmp_path]).documents[0].title == "note one"


def test_the_language_is_that_of_the_words_not_of_the_markup(folder: Path):
    documents = {document.path: document for document in load([folder]).documents}
    assert [(d.title, d.language, d.format) for d in documents.values()] == [
        ("Köprü", "tr", "html"),
        ("Мост", "ru", "markdown"),
        ("The bridge", "en", "text"),
    ]


def test_copies_are_one_document(folder: Path):
    (folder / "zz.txt").write_bytes((folder / "z.txt").read_bytes())
    (folder / "a.txt").write_bytes((folder / "z.txt").read_bytes())
    documents = load([folder]).documents
    assert [(document.path, document.copies) for document in documents] == [
        ("a.txt", ("z.txt", "zz.txt")),
        ("b/c.html", ()),
        ("b/deep/a.MD", ()),
    ]


def test_loading_goes_on_past_bad_files(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b"\xef\xbb\xbf \n")
    (folder / "image.png").write_bytes(b"\x89PNG")
    (folder / "noise.txt").write_bytes(b"\x89PNG\x00\x01\x02")
    (folder / "locked.txt").write_text("words")
    (folder / "broken.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    opening = Path.open

    def refuse(path: Path, *given: Any) -> Any:
        if path.name == "locked.txt":  # the tests may run as root, whom no permission stops
            raise PermissionError(13, "Permission denied")
        return opening(path, *given)

    monkeypatch.setattr(Path, "open", refuse)
    loaded = load([folder])
    assert len(loaded.documents) == 3
    reasons = dict(loaded.failures)
    assert list(reasons) == sorted(reasons)
    assert {path: next(word for word in KNOWN if word in reason) for path, reason in reasons.items()} == {
        "blank.txt": "no text",
        "broken.txt": "cannot be opened",
        "empty.txt": "empty",
        "image.png": ".png",
        "locked.txt": "Permission denied",
        "noise.txt": "binary",
        "pipe.txt": "not a regular file",
    }


KNOWN = ("Permission denied", "no text", "cannot be opened", "empty", ".png", "binary", "not a regular file")


def test_a_folder_that_cannot_be_opened_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch):
    scandir = os.scandir

    def refuse(path: str) -> "os._ScandirIterator[str]":
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [path for path, reason in load([folder]).failures if "folder cannot be opened" in reason] == ["b/deep"]


LACKING = ("EAGAIN", "EDQUOT", "EMFILE", "ENFILE", "ENOMEM", "ENOSPC")


@pytest.mark.parametrize("number", [getattr(errno, name) for name in LACKING])
def test_without_room_or_handles_nothing_is_left_out(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch):
    opening, scandir = Path.open, os.scandir

    def refuse(path: Path, *given: Any) -> Any:
        if path.name == "c.html":
            raise OSError(number, os.strerror(number), str(path))
        return opening(path, *given)

    def refuse_folder(path: str) -> "os._ScandirIterator[str]":
        if str(path).endswith("deep"):
            raise OSError(number, os.strerror(number), str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        with pytest.raises(DocumentError, match=rf"c\.html cannot be read: {os.strerror(number)}; make room"):
            load([folder])
    monkeypatch.setattr(os, "scandir", refuse_folder)
    with pytest.raises(DocumentError, match=rf"deep cannot be opened: {os.strerror(number)}; try again later"):
        load([folder])


def test_progress_counts_files(folder: Path):
    seen: list[tuple[int, int]] = []
    load([folder], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_no_documents_is_an_error_that_says_where_and_what(tmp_path: Path):
    (tmp_path / "a.exe").write_bytes(b"MZ")
    with pytest.raises(DocumentError, match=r"no documents in .*; a\.exe: the ending .*\.txt, \.text, \.md") as caught:
        load([tmp_path])
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unsupported_file_named_is_a_failure(folder: Path, tmp_path: Path):
    other = tmp_path / "notes.docx"
    other.write_bytes(b"PK")
    assert [path for path, _ in load([folder, other]).failures] == ["notes.docx"]
