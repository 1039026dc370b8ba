"""Whatever happens during a build, the old or the new index is there, whole; whatever happens to it is noticed."""

import gc
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from index import build, nearest
from index.config import IndexSettings
from index.errors import IndexFileError
from index.store import Generation
from index.types import Document

Article = Callable[..., Document]
IN_MEMORY = Path("/dev/shm")
HELPER = Path(__file__).with_name("faults.py")
OLD, NEW, NEXT = ["1.txt", "2.txt"], ["2.txt", "3.txt"], ["2.txt", "4.txt"]


def make(folder: Path, documents: list[Document], embedder: Any) -> str:
    return build.build_from_documents(documents, folder, IndexSettings(), embedder, lambda *_: None).name


FILES = (
    *("columns.npz", "documents.jsonl"),
    *("data.csc.index.npy", "firsts.npy", "indices.csc.index.npy", "indptr.csc.index.npy", "occurrences.npy"),
    *("params.index.json", "vocab.index.json"),
    *("ar.faiss", "passages.f32", "passages.jsonl", "sentences.f32", "manifest.json", "manifest.xxh3"),
)
# Each file, the folders that name them, the folder into which the generation moves, and the pointer with its folder.
FLUSHED = [*FILES, "lexical", "nearest", "GENERATION", "generations", "current.new", "index"]


def strike(mode: str) -> list[dict[str, Any]]:
    """What a build was like that failed at each of its steps."""
    # In memory where the system offers that: the faults are made, not waited for, and a disk takes its time to flush.
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        run = subprocess.run([sys.executable, str(HELPER), mode, folder], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    told = json.loads(run.stdout)
    assert told["unseen"] == []  # every way to write was counted
    seen: list[dict[str, Any]] = told["seen"]
    return seen


@pytest.mark.timeout(900)  # some hundred builds
@pytest.mark.parametrize("mode", ["full", "kill", "power"])
def test_a_fault_at_any_step_leaves_the_old_or_the_new_index(mode: str):
    every = strike(mode)
    assert {"open", "write", "fsync", "rename", "replace", "mkdir", "unlink", "rmdir"} == {
        seen["step"].split()[0] for seen in every
    }
    flushed = [seen["step"].removeprefix("fsync ") for seen in every if seen["step"].startswith("fsync ")]
    assert [re.sub(r"^\d{6}-[0-9a-f]{12}$", "GENERATION", name) for name in flushed] == FLUSHED
    assert "write ar.faiss" in {seen["step"] for seen in every}
    switched = next(at for at, seen in enumerate(every) if seen["step"].startswith("replace"))
    lasting = next(at for at, seen in enumerate(every) if seen["step"] == "fsync index")
    raised = 0
    for at, seen in enumerate(every):
        if mode == "full":
            # A failure that does no harm, as to make a folder that is there, does not end the build.
            failed = seen["ended"].startswith("raised")
            assert seen["holds"] == (OLD if failed else NEW), seen
            assert not failed or (at <= switched and "unchanged" in seen["ended"]), seen
            raised += failed
        else:
            # Without power the new pointer is there for good once its folder is flushed.
            assert seen["holds"] == (OLD if at <= (lasting if mode == "power" else switched) else NEW), seen
            assert (seen["ended"], seen["after"], seen["litter"]) == ("killed", NEXT, []), seen
    assert mode != "full" or raised > 0.9 * switched


@pytest.mark.timeout(900)
def test_handles_that_run_out_at_any_opening_leave_the_old_or_the_new_index():
    every = strike("handles")
    steps = [seen["step"] for seen in every]
    for name in (*FILES, "lock", "current", "2.txt", "3.txt", "7.txt", "deleted.json", "restored.json"):
        assert any(step.startswith("open ") and step.endswith(f"/{name}") for step in steps), name
    for at, seen in enumerate(every):
        failed = seen["ended"].startswith("raised")
        assert seen["holds"] == (OLD if failed else NEW), seen
        assert not failed or "Too many open files" in seen["ended"], seen
        assert failed == (at <= steps.index(next(step for step in steps if step.endswith("/current.new"))) + 1), seen
        assert (seen["after"], seen["litter"]) == (NEXT, []), seen


def test_files_of_two_generations_mixed_are_noticed(tmp_path: Path, counting: Any, article: Article):
    first = tmp_path / "generations" / make(tmp_path, [article(1)], counting)
    second = tmp_path / "generations" / make(tmp_path, [article(2)], counting)
    names = [path.relative_to(second) for path in second.rglob("*") if path.is_file()]
    for name in names:
        good = (second / name).read_bytes()
        if good == (first / name).read_bytes():
            continue  # equal files cannot be mixed up
        (second / name).write_bytes((first / name).read_bytes())
        with pytest.raises(IndexFileError, match=r"sanad index") as raised:
            Generation.open(tmp_path)
        assert second.name in str(raised.value)
        (second / name).write_bytes(good)
    Generation.open(tmp_path)


def test_every_bit_of_the_pointer_counts(tmp_path: Path, counting: Any, article: Article):
    make(tmp_path, [article(1)], counting)
    make(tmp_path, [article(2)], counting)
    good = (tmp_path / "current").read_bytes()
    for at in range(len(good) - 1):
        for bit in range(8):
            (tmp_path / "current").write_bytes(good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :])
            with pytest.raises(IndexFileError, match="pointer"):
                Generation.open(tmp_path)


def test_a_lock_left_behind_is_no_lock(tmp_path: Path, counting: Any, article: Article):
    code = "import sys, os; from filelock import FileLock; FileLock(sys.argv[1]).acquire(); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "lock")], check=False)
    assert (tmp_path / "lock").exists()
    make(tmp_path, [article(1)], counting)


def test_of_two_writers_one_waits_and_none_is_torn(tmp_path: Path, counting: Any, article: Article):
    ended: list[str] = []

    def write(number: int) -> None:
        try:
            make(tmp_path, [article(number), article(number + 1)], counting)
            ended.append("built")
        except IndexFileError as error:
            ended.append("told to wait" if "Another build" in str(error) else str(error))

    for _ in range(4):
        writers = [threading.Thread(target=write, args=(10 * number,)) for number in range(1, 5)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        first, second = Generation.open(tmp_path).contents.documents
        assert int(second.path[:3]) == int(first.path[:3]) + 1
    assert set(ended) <= {"built", "told to wait"}
    assert "built" in ended


def test_fifty_readers_during_twenty_rebuilds(tmp_path: Path, counting: Any, article: Article):
    make(tmp_path, [article(0), article(1)], counting)
    faults: list[BaseException] = []
    opened: set[str] = set()
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                generation = Generation.open(tmp_path)
                first, second = generation.contents.documents
                assert int(second.path[:3]) == int(first.path[:3]) + 1  # of one build, not of two
                for term in ("سوق", "ميناء"):
                    assert generation.lexicon.bm25([term]).shape == (len(generation.contents.passages),)
                opened.add(generation.name)
                done.wait(0.05)
        except BaseException as error:
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(50)]
    for reader in readers:
        reader.start()
    for number in range(1, 21):
        make(tmp_path, [article(number), article(number + 1)], counting)
    done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert len(opened) > 1
    assert len(list((tmp_path / "generations").iterdir())) == 2


def test_a_generation_that_is_open_outlives_its_files(
    tmp_path: Path, counting: Any, article: Article, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(nearest, "EXACT", 30)  # so that there are codes
    documents = [article(number) for number in range(40)]
    make(tmp_path, documents, counting)
    opened, before = Generation.open(tmp_path), Generation.open(tmp_path)
    passages, dropped = tuple(before.contents.passages), tuple(before.contents.dropped)
    vectors, sentences = before.contents.passage_vectors.copy(), before.contents.sentence_vectors.copy()
    rows = before.contents.by_language()["ar"]
    found = before.nearest.search(vectors[7], [("ar", rows)], 5).tolist()
    del before
    for number in range(2, 5):
        make(tmp_path, [article(number)], counting)
    assert opened.name not in {path.name for path in (tmp_path / "generations").iterdir()}
    contents = opened.contents
    assert tuple(contents.documents) == tuple(documents)
    assert (tuple(contents.passages), tuple(contents.dropped)) == (passages, dropped)
    np.testing.assert_array_equal(contents.passage_vectors, vectors)
    np.testing.assert_array_equal(contents.sentence_vectors, sentences)
    assert opened.nearest.codes["ar"].ntotal == len(rows) == 40
    assert opened.nearest.search(vectors[7], [("ar", rows)], 5).tolist() == found
    assert 7 in found
    assert opened.lexicon.bm25(["سوق"]).max() > 0
    assert opened.lexicon.frequency("سوق") == 40


@contextmanager
def no_handles() -> Iterator[None]:
    """Lets this process open no further file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    gc.collect()  # what is mapped into memory holds a handle until it is collected
    held = {int(path.name) for path in Path("/proc/self/fd").iterdir()}
    resource.setrlimit(resource.RLIMIT_NOFILE, (next(n for n in range(soft) if n not in held), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_without_file_handles_nothing_is_lost(tmp_path: Path, counting: Any, article: Article):
    first = make(tmp_path, [article(1)], counting)
    with no_handles():
        with pytest.raises(IndexFileError, match="Too many open files"):
            Generation.open(tmp_path)
        with pytest.raises(IndexFileError, match="Too many open files"):
            make(tmp_path, [article(2)], counting)
    opened = Generation.open(tmp_path)
    assert (opened.name, tuple(opened.contents.documents)) == (first, (article(1),))
    make(tmp_path, [article(2)], counting)
    assert tuple(Generation.open(tmp_path).contents.documents) == (article(2),)


def test_a_folder_that_may_only_be_read_can_be_asked(tmp_path: Path, counting: Any, article: Article, monkeypatch: Any):
    make(tmp_path, [article(1)], counting)
    os_open = os.open

    def refuse(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and str(path).startswith(str(tmp_path)):
            raise OSError(30, "Read-only file system", str(path))
        return os_open(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)  # the tests may run as root, whom no permission stops
    assert Generation.open(tmp_path).contents.documents[0].path == "001.txt"
    with pytest.raises(IndexFileError, match="cannot be written: Read-only file system"):
        make(tmp_path, [article(2)], counting)


def test_a_held_lock_is_told_and_the_index_stays(tmp_path: Path, counting: Any, article: Article):
    first = make(tmp_path, [article(1)], counting)
    with FileLock(tmp_path / "lock"), pytest.raises(IndexFileError, match="Another build"):
        make(tmp_path, [article(2)], counting)
    assert Generation.open(tmp_path).name == first
