"""Builds an index over and over, each time with a fault at the next write, fsync, rename or removal.

Run as ``python faults.py MODE FOLDER``; prints what was seen as JSON. MODE says what a fault is:

- "full": the disk is full, and half of what was to be written is written.
- "kill": the process is killed in the middle of the operation.
- "power": as "kill", and what was not flushed to the disk is lost: of files the second half; of folders, what was made,
  renamed or replaced in them.
- "handles": nothing can be opened any more, from the first, second, third … opening of a build on, for reading neither.
"""

import builtins
import hashlib
import io
import json
import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index import build, deleted, load, nearest
from index.config import IndexSettings
from index.embed import Vectors
from index.errors import SanadError
from index.formats.reader import Reader
from index.store import Generation

REAL_OPEN, REAL_OS_OPEN, REAL_FSYNC = io.open, os.open, os.fsync
STEPS = ("rename", "replace", "mkdir", "rmdir", "unlink")
REAL = {name: getattr(os, name) for name in STEPS}
OPENING = {"open", "os.scandir", "os.listdir", "mmap.__new__"}
DELETED = 7


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
        self.unkept: list[tuple[tuple[int, int], Callable[[], None]]] = []  # inode of a folder, what undoes a change

    def step(self, name: str, half: Callable[[], object] = lambda: None) -> None:
        if self.mode == "handles":
            return
        self.done.append(name)
        if len(self.done) != self.strike:
            return
        half()
        if self.mode == "full":
            raise OSError(28, "No space left on device")
        for descriptor in self.unflushed.values():
            os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
        for _, undo in reversed(self.unkept):
            undo()
        os.kill(os.getpid(), signal.SIGKILL)

    def inside(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.path.abspath(os.fspath(path)).startswith(self.root)

    def open(self, file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if not self.inside(file) or not set(mode) & set("wax+"):
            return REAL_OPEN(file, mode, *args, **kwargs)
        self.opened.add(os.path.abspath(file))
        self.step(f"open {Path(file).name}")
        new = not os.path.exists(file)
        opened = File(REAL_OPEN(file, mode, *args, **kwargs), self)
        if new and self.mode == "power":
            self.note(file, remove)
        return opened

    def fsync(self, descriptor: int) -> None:
        self.step(f"fsync {Path(os.readlink(f'/proc/self/fd/{descriptor}')).name}")
        REAL_FSYNC(descriptor)
        status = os.fstat(descriptor)
        flushed = status.st_dev, status.st_ino
        self.unflushed.pop(flushed, None)
        if stat.S_ISDIR(status.st_mode):
            self.unkept = [(folder, undo) for folder, undo in self.unkept if folder != flushed]

    def note(self, path: Any, undo: Callable[..., None], *args: Any) -> None:
        """Remember how to undo a change until its folder is flushed."""
        folder = folder_of(path)
        status = os.fstat(folder)
        self.unkept.append(((status.st_dev, status.st_ino), partial(undo, os.path.basename(path), folder, *args)))

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Notes whatever is opened for writing by another way; or lets nothing be opened."""
        if not self.active:
            return
        if self.mode == "handles" and event in OPENING:
            self.done.append(f"{event} {args[0] if event == 'open' else ''}")
            if 0 < self.strike <= len(self.done):
                raise OSError(24, "Too many open files")
        if event != "open" or not isinstance(args[2], int):
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
            counted = self.inside(path) or "dir_fd" in kwargs
            if counted:
                self.step(f"{name} {os.path.basename(os.fspath(path))}")
            noted = counted and self.mode == "power"
            before = Path(args[0]).read_bytes() if noted and name == "replace" and Path(args[0]).exists() else None
            REAL[name](path, *args, **kwargs)
            if noted and name in {"rename", "replace"}:
                self.note(args[0], move_back, os.path.basename(path), folder_of(path), before)
            elif noted and name == "mkdir":
                self.note(path, remove)

        return call

    def __exit__(self, *_error: object) -> None:
        self.active = False
        builtins.open = io.open = REAL_OPEN
        os.fsync = REAL_FSYNC
        for name in STEPS:
            setattr(os, name, REAL[name])


def folder_of(path: Any) -> int:
    """A descriptor of the folder in which something lies: its path may change."""
    return REAL_OS_OPEN(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)


def remove(name: str, folder: int) -> None:
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(os.stat(name, dir_fd=folder).st_mode):
            shutil.rmtree(name, ignore_errors=True, dir_fd=folder)
        else:
            os.unlink(name, dir_fd=folder)


def move_back(name: str, folder: int, old_name: str, old_folder: int, before: bytes | None) -> None:
    try:
        os.rename(name, old_name, src_dir_fd=folder, dst_dir_fd=old_folder)
    except FileNotFoundError:  # where it came from is gone
        remove(name, folder)
    if before is not None:
        with REAL_OPEN(f"/proc/self/fd/{folder}/{name}", "wb") as file:
            file.write(before)


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


def write_article(folder: Path, number: int) -> Path:
    text = f"افتتح المجلس السوق رقم {number} صباح الأحد. وحضر {number + 3} من التجار حفل الافتتاح في الميناء القديم."
    path = folder / f"{number}.txt"
    path.write_text(text, "utf-8")
    return path


def make(folder: Path, numbers: Sequence[int]) -> str:
    """Build from some articles and one that was deleted from the index, though its file is still there."""
    paths = [folder.parent / "documents" / f"{number}.txt" for number in (*numbers, DELETED)]
    return build.build(paths, folder, IndexSettings(), TinyEmbedder(), lambda *_: None).name


def holds(folder: Path) -> list[str]:
    return [document.path for document in Generation.open(folder).contents.documents]


def strike(folder: Path, disk: Disk) -> str:
    """Build with a fault: "raised" and the message, "done", or "killed"."""
    if disk.mode in {"full", "handles"}:
        with disk:
            try:
                make(folder, (2, 3))
            except SanadError as error:
                return f"raised {error}"
        return "done"
    child = os.fork()
    if not child:
        # The process that reads is no child of this one, which would take it for dead.
        load.Reader().enter_result._child.poll = lambda: None
        with disk:
            make(folder, (2, 3))
        os._exit(0)
    return "done" if os.waitpid(child, 0)[1] == 0 else "killed"


def flat(vectors: Vectors, rows: np.ndarray) -> Any:
    """Stands in for the codes of many passages, which cannot be learnt from a handful."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors[rows])
    return index


def main(mode: str, place: Path) -> None:
    nearest.EXACT, nearest.coded = 1, flat  # so that files of each kind are written
    documents, old, folder = place / "documents", place / "old", place / "index"
    documents.mkdir()
    for number in (1, 2, 3, 4, DELETED, 8, 9):
        write_article(documents, number)
    old.mkdir()
    deleted.write(old, frozenset({load.file_id(documents / f"{DELETED}.txt")}))
    for numbers in ((9,), (8,), (1, 2)):  # so that the next build also removes a generation
        make(old, numbers)
    shutil.copytree(old, folder)
    disk = Disk(folder, 0, mode)

    def hook(event: str, args: tuple[Any, ...]) -> None:  # cannot be taken off, so there is one for all disks
        disk.audit(event, args)

    sys.addaudithook(hook)
    with disk:
        make(folder, (2, 3))
    counted, seen = disk, []
    for at in range(1, len(counted.done) + 1):
        shutil.rmtree(folder)
        shutil.copytree(old, folder)
        disk = Disk(folder, at, mode)
        ended = strike(folder, disk)
        result = {"step": counted.done[at - 1], "ended": ended, "holds": holds(folder)}
        if mode != "full":
            make(folder, (2, 4))
            result["after"] = holds(folder)
        kept = {"generations", "current", "lock", deleted.LIST}
        result["litter"] = sorted(path.name for path in folder.iterdir() if path.name not in kept)
        seen.append(result)
    sys.stdout.write(json.dumps({"unseen": sorted(counted.unseen), "seen": seen}))


if __name__ == "__main__":
    with Reader() as reader:  # one child for all builds, as to start it takes longer than a build
        load.Reader = lambda: nullcontext(reader)
        main(sys.argv[1], Path(sys.argv[2]))
