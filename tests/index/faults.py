"""Builds an index over and over, each time with a fault at the next write, fsync, rename or removal.

Run as ``python faults.py MODE FOLDER``; prints what was seen as JSON. MODE says what a fault is:

- "full": the disk is full, and half of what was to be written is written.
- "kill": the process is killed in the middle of the operation.
- "power": as "kill", and files that were not flushed to the disk lose their second half.
"""

import builtins
import hashlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index import build, nearest
from index.config import IndexSettings
from index.embed import Vectors
from index.errors import IndexFileError
from index.store import Generation
from index.types import Document

REAL_OPEN, REAL_OS_OPEN, REAL_FSYNC = io.open, os.open, os.fsync
STEPS = ("rename", "replace", "mkdir", "rmdir", "unlink")
REAL = {name: getattr(os, name) for name in STEPS}


class TinyEmbedder:
    name, fingerprint, precision, dimension, max_tokens = "tiny", "0123456789abcdef", "float32", 4, 500

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:4], np.int8) + 0.5 for text in texts]
        vectors = np.array(rows, np.float32).reshape(-1, 4)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


class Disk:
    """Counts what is done to files below a folder, and strikes at one of the operations."""

    def __init__(self, root: Path, strike: int, mode: str) -> None:
        self.root, self.strike, self.mode = str(root), strike, mode
        self.done: list[str] = []
        self.active = False
        self.opened: set[str] = set()
        self.unseen: set[str] = set()
        self.unflushed: dict[tuple[int, int], int] = {}  # inode -> a descriptor of our own

    def step(self, name: str, half: Callable[[], object] = lambda: None) -> None:
        self.done.append(name)
        if len(self.done) != self.strike:
            return
        half()
        if self.mode == "full":
            raise OSError(28, "No space left on device")
        if self.mode == "power":
            for descriptor in self.unflushed.values():
                os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
        os.kill(os.getpid(), signal.SIGKILL)

    def inside(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.path.abspath(os.fspath(path)).startswith(self.root)

    def open(self, file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if not self.inside(file) or not set(mode) & set("wax+"):
            return REAL_OPEN(file, mode, *args, **kwargs)
        self.opened.add(os.path.abspath(file))
        self.step(f"open {Path(file).name}")
        return File(REAL_OPEN(file, mode, *args, **kwargs), self)

    def fsync(self, descriptor: int) -> None:
        self.step("fsync")
        REAL_FSYNC(descriptor)
        status = os.fstat(descriptor)
        self.unflushed.pop((status.st_dev, status.st_ino), None)

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Notes whatever is opened for writing by another way."""
        if not self.active or event != "open" or not isinstance(args[2], int):
            return
        path, _, flags = args
        if not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or not self.inside(path) or str(path).endswith("/lock"):
            return
        if os.path.abspath(path) not in self.opened:
            self.unseen.add(str(path))

    def __enter__(self) -> "Disk":
        self.active = True
        builtins.open = io.open = self.open
        os.fsync = self.fsync
        for name in STEPS:
            setattr(os, name, self.stepping(name))
        return self

    def stepping(self, name: str) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **kwargs: Any) -> Any:
            if self.inside(path) or "dir_fd" in kwargs:
                self.step(f"{name} {os.path.basename(os.fspath(path))}")
            return REAL[name](path, *args, **kwargs)

        return call

    def __exit__(self, *_error: object) -> None:
        self.active = False
        builtins.open = io.open = REAL_OPEN
        os.fsync = REAL_FSYNC
        for name in STEPS:
            setattr(os, name, REAL[name])


class File:
    """A file opened for writing that hands each write to the disk at once."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk
        status = os.fstat(file.fileno())
        if disk.mode == "power":
            disk.unflushed[status.st_dev, status.st_ino] = os.dup(file.fileno())

    def write(self, data: Any) -> int:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._disk.step(f"write {Path(self._file.name).name}", half)
        self._file.write(data)
        self._file.flush()
        return len(data)

    def __enter__(self) -> "File":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def article(number: int) -> Document:
    text = f"افتتح المجلس السوق رقم {number} صباح الأحد. وحضر {number + 3} من التجار حفل الافتتاح في الميناء القديم."
    return Document(hashlib.sha256(text.encode()).hexdigest()[:16], f"{number}.txt", "سوق", text, "ar", None, "text")


def make(folder: Path, numbers: Sequence[int]) -> str:
    documents = [article(number) for number in numbers]
    return build.build_from_documents(documents, folder, IndexSettings(), TinyEmbedder(), lambda *_: None).name


def holds(folder: Path) -> list[str]:
    return [document.path for document in Generation.open(folder).contents.documents]


def strike(folder: Path, at: int, mode: str) -> tuple[str, Disk]:
    """Build with a fault: "raised" and the message, "done", or "killed"."""
    disk = Disk(folder, at, mode)
    if mode == "full":
        with disk:
            try:
                make(folder, (2, 3))
            except IndexFileError as error:
                return f"raised {error}", disk
        return "done", disk
    child = os.fork()
    if not child:
        with disk:
            make(folder, (2, 3))
        os._exit(0)
    return ("done" if os.waitpid(child, 0)[1] == 0 else "killed"), disk


def flat(vectors: Vectors, rows: np.ndarray) -> Any:
    """Stands in for the codes of many passages, which cannot be learnt from a handful."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors[rows])
    return index


def main(mode: str, place: Path) -> None:
    nearest.EXACT, nearest.coded = 1, flat  # so that files of each kind are written
    old, folder = place / "old", place / "index"
    for numbers in ((9,), (8,), (1, 2)):  # so that the next build also removes a generation
        make(old, numbers)
    shutil.copytree(old, folder)
    counted = Disk(folder, 0, mode)
    sys.addaudithook(counted.audit)
    with counted:
        make(folder, (2, 3))
    seen = []
    for at in range(1, len(counted.done) + 1):
        shutil.rmtree(folder)
        shutil.copytree(old, folder)
        ended, _ = strike(folder, at, mode)
        result = {"step": counted.done[at - 1], "ended": ended, "holds": holds(folder)}
        if mode != "full":
            make(folder, (2, 4))
            result["after"] = holds(folder)
        result["litter"] = sorted(p.name for p in folder.iterdir() if p.name not in {"generations", "current", "lock"})
        seen.append(result)
    sys.stdout.write(json.dumps({"unseen": sorted(counted.unseen), "seen": seen}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
