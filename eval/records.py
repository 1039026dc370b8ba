"""Records out of the files of question sets and labelled pairs; what is wrong with one is told with its line."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from index.errors import SanadError

Record = TypeVar("Record", bound=BaseModel)


class QuestionSetError(SanadError):
    """A set cannot be read: broken JSON, a wrong field, or gold that its document does not hold."""


def read_lines(file: Path, record: type[Record], form: str) -> Iterator[Record]:
    """Read JSON Lines in UTF-8, empty ones passed over.

    Args:
        file: The file.
        record: What each line is.
        form: What a right file holds, for whoever gave a wrong one.

    Raises:
        QuestionSetError: The file cannot be read, or a line is no such record.
    """
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        yield record.model_validate_json(line)
                    except ValidationError as error:
                        raise QuestionSetError(f"{file}:{number}: {first_fault(error)}; give {form}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{file}: cannot be read ({error}); give {form}") from error


def read_stances(file: Path) -> tuple[tuple[str, str, str], ...]:
    """Read the pairs of sentences of Arabic News Stance, each with "agree", "disagree" or "other".

    Raises:
        QuestionSetError: The file cannot be read or lacks a column.
    """
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            return tuple((row["s1"], row["s2"], row["stance"]) for row in csv.DictReader(opened))
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        raise QuestionSetError(f"{file}: cannot be read ({error!r}); give a CSV with s1, s2 and stance") from error


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong, behind the path of its field where one is to blame."""
    first = error.errors(include_url=False, include_input=False)[0]
    said = first["msg"].replace(" at line 1 column ", " at column ")  # of the line, not of the file
    return ": ".join(filter(None, (".".join(map(str, first["loc"])), said)))
