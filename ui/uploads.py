"""Files that people upload: under harmless names, in a folder beside the index."""

import re
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from index.errors import DocumentError

UPLOADS = "uploads"
"""Folder of uploaded files, in the folder of the index."""
MOST_FILES = 500
"""Files taken at once."""
LARGEST_FILE = 50 << 20
LARGEST_TOGETHER = 4 << 30
"""Bytes of one file, and of all that were uploaded and are still there."""
_NAME_BYTES = 180
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def keep(uploaded: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Move uploaded files to a folder; where they came from, others could fetch them.

    Returns:
        Where they are now.

    Raises:
        DocumentError: They are too many or too large, or the folder cannot be written.
    """
    try:
        sizes = [path.stat().st_size for path in uploaded]
        folder.mkdir(parents=True, exist_ok=True)
        there = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        if len(uploaded) > MOST_FILES:
            raise DocumentError(f"{len(uploaded)} files at once are too many; upload at most {MOST_FILES} at a time")
        if max(sizes, default=0) > LARGEST_FILE:
            raise DocumentError(f"a file of {max(sizes) >> 20} MB is too large; at most {LARGEST_FILE >> 20} MB")
        if there + sum(sizes) > LARGEST_TOGETHER:
            raise DocumentError(f"no room is left for uploads: together at most {LARGEST_TOGETHER >> 20} MB")
        return tuple(_moved(path, folder) for path in uploaded)
    except OSError as error:
        raise DocumentError(f"the upload cannot be kept in {folder}: {error.strerror or error}") from error


def safe_name(name: str) -> str:
    """A file name that stays in its folder, is visible and reads as it is written; its ending is kept."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        "_" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and c not in "\u200c\u200d" else c
        for c in unicodedata.normalize("NFC", _UNSAFE.sub("_", base))
    )
    stem, dot, ending = shown.strip(" .").rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) <= 10 else (f"{stem}{dot}{ending}", "")
    stem = stem.encode()[: _NAME_BYTES - len(ending.encode())].decode("utf-8", "ignore").strip(" .")
    return f"{stem or 'document'}{ending}"


def _moved(path: Path, folder: Path) -> Path:
    name = safe_name(path.name)
    target, number = folder / name, 2
    while target.exists() and target.read_bytes() != path.read_bytes():
        target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    shutil.move(path, target)
    return target
