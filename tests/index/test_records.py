"""Records are read where they are asked for, and what is damaged is named."""

from pathlib import Path
from typing import Any

import pytest

from index import records
from index.errors import IndexFileError
from index.records import Lines

ROWS: list[dict[str, Any]] = [{"says": "سطر\n"}, {"says": "\ud800\u2028"}, {"says": ""}]


def says(row: dict[str, Any]) -> str:
    found: str = row["says"]
    return found


@pytest.fixture
def lines(tmp_path: Path) -> Lines[str]:
    return Lines(tmp_path / "x.jsonl", records.write_lines(tmp_path / "x.jsonl", ROWS), says)


def test_a_sequence_of_what_was_written(lines: Lines[str]):
    written = [row["says"] for row in ROWS]
    assert list(lines) == written
    assert (lines[-1], lines[0:2], lines[5:]) == (written[2], tuple(written[:2]), ())
    assert len(lines) == 3
    with pytest.raises(IndexError):
        lines[3]


def test_records_are_read_once_and_only_those_asked_for(tmp_path: Path):
    read: list[str] = []
    starts = records.write_lines(tmp_path / "x.jsonl", ROWS)
    lines = Lines(tmp_path / "x.jsonl", starts, lambda row: read.append(says(row)) or len(read))
    assert lines[1] == lines[1] == 1
    assert read == [ROWS[1]["says"]]


def test_a_damaged_record_is_named(tmp_path: Path):
    path = tmp_path / "x.jsonl"
    starts = records.write_lines(path, ROWS)
    path.write_bytes(path.read_bytes().replace(b'says": ""', b'said": ""'))
    lines = Lines(path, starts, says)
    assert lines[0] == ROWS[0]["says"]
    with pytest.raises(IndexFileError, match=r"x\.jsonl is damaged at record 2.*sanad index"):
        lines[2]
