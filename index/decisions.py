"""What people decided about an index's documents: files beside it that every rebuild follows."""

import json
import os
from pathlib import Path
from typing import Any

from index.errors import IndexFileError


def read(path: Path) -> Any:  # noqa: ANN401 - any JSON
    """What a file of decisions holds; None when there is none.

    Raises:
        IndexFileError: It is damaged.
    """
    try:
        return json.loads(path.read_text("ascii"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error


def write(path: Path, decided: Any) -> None:  # noqa: ANN401 - any JSON
    """Keep a file of decisions: the old or the new one is there, whatever happens.

    Raises:
        IndexFileError: It cannot be written; it is what it was.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("w", encoding="ascii") as file:
            json.dump(decided, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise IndexFileError(
            f"The list {path} cannot be written: {error.strerror or error}. It is unchanged."
        ) from error


def damaged(path: Path, fault: Exception) -> IndexFileError:
    """The error that a damaged file of decisions is."""
    return IndexFileError(f"The list {path} cannot be read: {fault}. Remove it to begin a new one.")
