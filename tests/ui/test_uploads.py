"""Files that people upload."""

from pathlib import Path

import pytest

from index.errors import DocumentError
from ui import uploads
from ui.uploads import keep, safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("خبر.txt", "خبر.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt"),
        ("a\x00b\n.md", "a_b_.md"),
        ("good\u202etxt.exe", "good_txt.exe"),
        (".hidden", "hidden"),
        ("...", "document"),
        ("", "document"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("half \ud83d.txt", "half _.txt"),
        ("CON:aux?.html", "CON_aux_.html"),
    ],
)
def test_a_name_stays_in_its_folder_and_reads_as_it_is_written(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("ط" * 400 + ".html")
    assert name.endswith("ط.html")
    assert len(name.encode()) <= 200


def test_files_move_to_the_folder_and_none_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    for number, text in enumerate(("one", "two", "one")):
        sent = tmp_path / str(number) / "a.txt"
        sent.parent.mkdir()
        sent.write_text(text)
        keep([sent], folder)
        assert not sent.exists()
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"a.txt": "one", "a (2).txt": "two"}


def test_too_many_and_too_large_files_are_refused_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [tmp_path / f"{n}.txt" for n in range(3)]
    for path in sent:
        path.write_text("x" * 100)
    for limit, value in (("MOST_FILES", 2), ("LARGEST_FILE", 99), ("LARGEST_TOGETHER", 299)):
        with monkeypatch.context() as patch:
            patch.setattr(uploads, limit, value)
            with pytest.raises(DocumentError):
                keep(sent, tmp_path / "uploads")
    assert all(path.exists() for path in sent)
    assert len(keep(sent, tmp_path / "uploads")) == 3
