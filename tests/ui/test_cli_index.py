"""``sanad index`` and ``sanad doctor``: what they print, where, and the exit code."""

import _thread
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from commands import BRIDGE_NEWS, ESCAPE, MILL_NEWS, Run
from filelock import FileLock
from llm_server import LlmServer

from eval.run import DOCUMENTS
from index import build, store
from index.embed import Embedder
from ui import terminal

WATCHED_S = 60.0  # within which even a busy machine builds what changed


@pytest.fixture
def saving(monkeypatch: pytest.MonkeyPatch, documents: Path) -> Iterator[list[Callable[[], object]]]:
    """What is done while a build runs that has read its documents already: one act a build, then it is interrupted."""
    acts: list[Callable[[], object]] = []
    real = build.build

    def built(*given: Any, **options: Any) -> build.Built:
        if not acts:
            raise KeyboardInterrupt
        came = real(*given, **options)
        acts.pop(0)()
        (documents / f"{len(acts)}.txt").write_text(f"Text number {len(acts)} about the weather station of Tal Amar.")
        return came

    monkeypatch.setattr(build, "build", built)
    lost = threading.Timer(WATCHED_S, _thread.interrupt_main)
    lost.start()
    yield acts
    lost.cancel()


class TestIndex:
    def test_builds_then_says_that_nothing_changed(self, run: Run, documents: Path, tmp_path: Path):
        folder = tmp_path / "index"
        first = run("index", documents, "--index", folder)
        assert (first.code, first.err) == (0, "")
        assert "2 documents, 2 passages, 4 sentences" in first.out
        assert str(folder) in first.out
        again = run("index", documents, "--index", folder)
        assert again.out.startswith("Nothing changed")
        assert again.code == 0

    def test_without_a_path_it_is_what_the_last_build_read(self, run: Run, documents: Path):
        assert run("index", documents).code == 0
        (documents / "new.txt").write_text("A third text about the weather station of Tal Amar.")
        assert "3 documents" in run("index").out
        assert (Path(".sanad") / "current").is_file()

    def test_without_a_path_it_mends_an_index_that_cannot_be_opened(self, run: Run, documents: Path):
        assert run("index", documents).code == 0
        Path(".sanad/current").write_text("nothing")
        run("index", "--verify").failed_with(5, "not a generation")
        assert "2 documents" in run("index").out
        assert run("index", "--verify").code == 0

    def test_without_a_path_and_index_it_is_the_samples(self, run: Run):
        shown = run("index", "--explain").out
        assert all(document.name in shown for document in DOCUMENTS.iterdir())

    def test_the_folder_comes_from_the_environment(
        self, run: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("SANAD_INDEX", str(tmp_path / "elsewhere"))
        assert run("index", documents).code == 0
        assert store.current(tmp_path / "elsewhere") is not None
        assert not Path(".sanad").exists()

    def test_explain_writes_nothing(self, run: Run, documents: Path, tmp_path: Path):
        (documents / "page.txt").write_text(f"{MILL_NEWS}\n\nاقرأ أيضًا: أفضل عشرة مقاهٍ على الشاطئ\n\n{BRIDGE_NEWS}\n")
        before = sorted(tmp_path.rglob("*"))
        ran = run("index", documents, "--explain", "--index", tmp_path / "index")
        assert (ran.code, ran.err) == (0, "")
        assert sorted(tmp_path.rglob("*")) == before
        assert f"keep  prose  0-{len(MILL_NEWS)}\n" in ran.out
        assert "drop  " in ran.out
        assert "page.txt" in ran.out
        assert MILL_NEWS in ran.out
        assert ESCAPE not in ran.out

    def test_verify_checks_every_file_and_builds_nothing(self, run: Run, documents: Path, tmp_path: Path):
        folder = tmp_path / "index"
        run("index", "--verify", "--index", folder).failed_with(5, "There is no index")
        run("index", documents, "--index", folder)
        ran = run("index", "--verify", "--index", folder)
        assert (ran.code, ran.err) == (0, "")
        assert "files are as they were written" in ran.out
        assert "deleted.json, restored.json: 0 documents deleted, parts of 0 restored." in ran.out
        for name in ("deleted.json", "restored.json"):
            (folder / name).write_text("{")
            run("index", "--verify", "--index", folder).failed_with(5, f"{name} is damaged")
            (folder / name).unlink()
        (damaged,) = folder.glob("generations/*/passages.jsonl")
        damaged.write_text("{")
        run("index", "--verify", "--index", folder).failed_with(5, "passages.jsonl is damaged")

    def test_watch_rebuilds_after_each_change(
        self, run: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        from index import watch

        def changes(paths: Sequence[Path], folder: Path) -> Iterator[None]:
            assert (list(paths), folder) == ([documents], tmp_path / "index")
            assert not folder.exists()
            yield  # it watches
            yield  # nothing that matters: nothing is said
            (documents / "new.txt").write_text("A third text about the weather station of Tal Amar.")
            yield
            shutil.rmtree(documents)
            yield
            raise KeyboardInterrupt

        monkeypatch.setattr(watch, "changes", changes)
        ran = run("index", documents, "--watch", "--index", tmp_path / "index")
        assert ran.code == 130
        assert [line.split(",")[0] for line in ran.out.splitlines()] == [
            "Indexed 2 documents",
            "Watching for changes — press Ctrl+C to stop.",
            "Indexed 3 documents",
        ]
        assert "does not exist" in ran.err

    def test_what_changes_during_a_build_is_built_next(
        self, run: Run, documents: Path, saving: list[Any], monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(terminal, "_AT_ONCE_S", 0.0)
        saving += [lambda: None] * 3
        ran = run("index", documents, "--watch")
        assert ran.code == 130
        assert [line.split(",")[0] for line in ran.out.splitlines()] == [
            "Indexed 2 documents",
            "Watching for changes — press Ctrl+C to stop.",
            "Indexed 3 documents",
            "Indexed 4 documents",
        ]
        for files in (2, 3, 4):
            assert f"Reading files: {files} of {files} (100 %)\n" in ran.err

    def test_a_change_waits_for_the_end_of_another_build(self, run: Run, documents: Path, saving: list[Any]):
        writing = threading.Event()

        def write() -> None:
            with FileLock(Path(".sanad/lock")):
                writing.set()
                time.sleep(1.0)

        saving += [lambda: (threading.Thread(target=write).start(), writing.wait(WATCHED_S)), lambda: None]
        ran = run("index", documents, "--watch")
        assert ran.code == 130
        assert ran.out.splitlines()[-1].startswith("Indexed 3 documents")
        assert "Another build" not in ran.err

    def test_a_binary_file_is_skipped_and_named(self, run: Run, documents: Path, tmp_path: Path):
        (documents / "picture.txt").write_bytes(bytes(range(256)) * 40)
        (documents / "a\x1b[31m\nb.txt").write_bytes(b"")
        ran = run("index", documents, "--index", tmp_path / "index")
        assert ran.code == 0
        assert "2 documents" in ran.out
        assert sorted(line.split(":")[0] for line in ran.err.splitlines()) == ["sanad", "sanad"]
        assert "skipped picture.txt" in ran.err
        assert ESCAPE not in ran.err

    def test_nothing_but_a_binary_file(self, run: Run, tmp_path: Path):
        (tmp_path / "a.bin").write_bytes(bytes(range(256)))
        run("index", tmp_path / "a.bin").failed_with(4, "a.bin")
        assert not Path(".sanad").exists()

    def test_an_empty_folder(self, run: Run, tmp_path: Path):
        empty = tmp_path / "empty"
        empty.mkdir()
        run("index", empty).failed_with(4, "no documents", str(empty))

    def test_a_file_that_cannot_be_opened(self, run: Run, documents: Path, tmp_path: Path):
        (documents / "gone.txt").symlink_to(tmp_path / "nowhere")
        ran = run("index", documents)
        assert ran.code == 0
        assert (
            ran.err == "sanad: skipped gone.txt: cannot be opened: No such file or directory; check its permissions\n"
        )
        run("index", documents / "gone.txt").failed_with(4)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
    def test_a_file_without_permission(self, run: Run, documents: Path):
        (documents / "mill.txt").chmod(0)
        ran = run("index", documents)
        assert ran.code == 0
        assert "skipped mill.txt: cannot be opened: Permission denied" in ran.err

    def test_a_missing_path_is_told_before_the_model_loads(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(Embedder, "load", lambda *_: pytest.fail("the model was loaded"))
        run("index", tmp_path / "none").failed_with(4, "does not exist", str(tmp_path / "none"))

    def test_an_index_folder_that_is_a_file(self, run: Run, documents: Path):
        run("index", documents, "--index", documents / "mill.txt").failed_with(5, "cannot be written")


class TestDoctor:
    def test_says_what_is_wrong_and_mends_it(self, run: Run, documents: Path):
        assert run("index", documents).code == 0
        well = run("doctor")
        assert (well.code, well.err) == (0, ""), well.out
        assert all(line.startswith("ok   ") for line in well.out.splitlines())
        (documents / "mill.txt").write_text("Other words stand here now.")
        ill = run("doctor")
        assert ill.code == 1
        assert "bad  documents: changed since the index was built: mill.txt" in ill.out
        assert run("doctor", "--mend").code == 0

    def test_asks_the_language_model_that_is_set(
        self,
        run: Run,
        sample_index: Path,
        serve_llm: Callable[..., LlmServer],
        monkeypatch: pytest.MonkeyPatch,
    ):
        monkeypatch.setenv("SANAD_LLM", serve_llm("ready", " ").openai)
        well, ill = (run("doctor", "--index", sample_index) for _ in range(2))
        assert "ok   language model: openai-like:scripted answers: ready\n" in well.out
        assert "bad  language model: " in ill.out
        assert ill.code == 1
