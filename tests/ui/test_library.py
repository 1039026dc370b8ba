"""The documents behind the page, and the engine of the moment."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index import build, deleted
from index.build import Progress
from index.config import Settings
from index.embed import Embedder, Vectors
from index.errors import DocumentError, IndexFileError
from index.store import Generation
from rag.live import LiveEngine
from ui import library as library_
from ui.job import Job, State
from ui.library import Library, Rebuilt

LIGHTHOUSE = "The lighthouse of Grey Point was painted red in 1998.\n"
HARBOUR = "The harbour of Grey Point holds forty boats in summer.\n"


class InPlace:
    """A job that does its work at once, in this process."""

    def __init__(self) -> None:
        self.state = State()

    def start(self, name: str, work: Callable[..., object], *given: object) -> bool:
        self.state = State(name, "done", result=work(*given, quiet))
        return True

    def cancel(self) -> None:
        self.state = State(self.state.name, "cancelled")


def quiet(*_step: object) -> None: ...


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "lighthouse.txt").write_text(LIGHTHOUSE)
    return folder


@pytest.fixture
def library(news: Path, tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Library:
    progress: Progress = quiet
    build.build([news], tmp_path / "index", Settings().index, embedder, progress)
    live = LiveEngine(tmp_path / "index", Generation.open(tmp_path / "index"), embedder)
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    library = Library(tmp_path / "index", live, Settings().index, tmp_path)
    library.job = InPlace()  # type: ignore[assignment]
    return library


class Blind:
    """A model that takes no time to load."""

    name, fingerprint, precision, dimension, max_tokens = "blind", "0123456789abcdef", "float32", 2, 500

    def embed_documents(self, texts: Sequence[str], _progress: object = None) -> Vectors:
        return np.ones((len(texts), 2), np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def endless(places: Sequence[Path], folder: Path, *given: object) -> None:
    """A rebuild that wrote its vectors and comes no further."""

    def tell(step: str, *_counts: int) -> None:
        if step == "write":
            given[-1](step, 0, 1)  # type: ignore[operator]
            time.sleep(600)

    build.build(places, folder, Settings().index, Blind(), tell)  # type: ignore[arg-type]


def paths(library: Library) -> list[str]:
    return [document.path for document in library.engine().documents()]


def sent(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / "sent" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_an_upload_joins_the_index_and_questions_are_asked_of_it(library: Library, tmp_path: Path) -> None:
    before = library.engine()
    assert library.engine() is before
    library.upload([sent(tmp_path, "harbour.txt", HARBOUR)])
    assert library.job.state.result == Rebuilt(True, 2, 2)
    assert paths(library) == ["harbour.txt", "lighthouse.txt"]
    assert library.engine() is not before
    assert len(before.documents()) == 1  # who still answers from it is not disturbed
    assert library.places() == (tmp_path / "news",)
    assert "forty boats" in library.engine().ask("How many boats does the harbour hold?", always_answer=True).answer


def test_a_deleted_document_stays_out_until_it_is_uploaded_again(
    library: Library, news: Path, tmp_path: Path, embedder: Embedder
) -> None:
    library.upload([sent(tmp_path, "harbour.txt", HARBOUR)])
    (lighthouse,) = [d.id for d in library.engine().documents() if d.path == "lighthouse.txt"]
    library.delete(lighthouse)
    assert paths(library) == ["harbour.txt"]
    assert (news / "lighthouse.txt").exists()  # a file of the user's own is never touched
    build.build([news, tmp_path / "index" / "uploads"], tmp_path / "index", Settings().index, embedder, quiet)
    assert paths(library) == ["harbour.txt"]
    assert library.failures() == (("lighthouse.txt", deleted.REASON),)
    library.upload([sent(tmp_path, "lighthouse.txt", LIGHTHOUSE)])
    assert "lighthouse.txt" in " ".join(paths(library))


def test_a_deleted_upload_leaves_the_disk(library: Library, tmp_path: Path) -> None:
    library.upload([sent(tmp_path, "harbour.txt", HARBOUR)])
    (harbour,) = [d.id for d in library.engine().documents() if d.path == "harbour.txt"]
    library.delete(harbour)
    assert not list((tmp_path / "index" / "uploads").iterdir())
    assert paths(library) == ["lighthouse.txt"]
    assert not library.delete("no such document")


def test_what_was_restored_is_kept_until_it_is_dropped_again(library: Library, news: Path) -> None:
    (news / "lighthouse.txt").write_text(f"{LIGHTHOUSE}\nRead also: {HARBOUR}\n{LIGHTHOUSE.replace('red', 'white')}")
    library.rebuild()
    (document,) = library.engine().documents()
    (dropped,) = library.engine().dropped(document.id)
    span = dropped.start, dropped.end
    library.restore(document.id, span)
    library.restore(document.id, span)
    assert not library.restore("no such document", span)
    assert library.engine().documents()[0].restored == (span,)
    assert library.engine().dropped(document.id) == ()
    library.drop_again(document.id, span)
    assert library.engine().dropped(document.id) == (dropped,)


def test_the_last_document_answers_no_more_though_an_index_of_none_cannot_be_built(
    library: Library, tmp_path: Path
) -> None:
    (lighthouse,) = library.engine().documents()
    with pytest.raises(DocumentError, match="None of the 1 documents is left"):
        library.delete(lighthouse.id)
    # Who deletes a document means it: nothing is answered from it, and the page shows an empty library.
    assert paths(library) == []
    assert library.engine().ask("When was the lighthouse painted red?").abstained
    library.upload([sent(tmp_path, "harbour.txt", HARBOUR)])
    assert paths(library) == ["harbour.txt"]


def test_what_is_deleted_answers_no_more_though_the_rebuild_fails(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.upload([sent(tmp_path, "harbour.txt", HARBOUR)])
    (lighthouse,) = [d for d in library.engine().documents() if d.path == "lighthouse.txt"]

    def fail(*_given: object) -> None:
        raise IndexFileError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(library_, "_rebuilt", fail)
        with pytest.raises(IndexFileError):
            library.delete(lighthouse.id)
    answer = library.engine().ask("When was the lighthouse painted red?", always_answer=True)
    assert {found.document.path for found in answer.evidence} == {"harbour.txt"}
    assert paths(library) == ["harbour.txt"]


def test_places_are_added_and_removed(library: Library, news: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "harbour.txt").write_text(HARBOUR)
    library.add(f" {more} ")
    assert library.places() == (news, more)
    library.remove(str(news))
    assert library.places() == (more,)
    assert paths(library) == ["harbour.txt"]
    for nothing in ("", str(tmp_path / "nothing"), "a\x00b"):
        with pytest.raises(DocumentError):
            library.add(nothing)


def test_a_rebuild_that_is_cancelled_leaves_the_old_index_and_the_next_completes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "harbour.txt").write_text(HARBOUR)
    with monkeypatch.context() as patch:
        job = library.job = Job()
        patch.setattr(library_, "_rebuilt", endless)
        library.add(str(more))
        while job.state.phase == "running" and job.state.step != "write":
            time.sleep(0.05)
        assert list((tmp_path / "index").glob("building-*/*/*"))
        child = job._child
        assert child is not None
        job.cancel()
        child.join()
    assert job.state.phase == "cancelled"
    assert paths(library) == ["lighthouse.txt"]
    assert "1998" in library.engine().ask("When was the lighthouse painted red?", always_answer=True).answer
    library.job = InPlace()  # type: ignore[assignment]
    library.add(str(more))
    assert library.job.state.result == Rebuilt(True, 2, 2)
    assert paths(library) == ["harbour.txt", "lighthouse.txt"]
    assert not list((tmp_path / "index").glob("building-*"))


@pytest.mark.parametrize(
    ("changeable", "state", "why"), [(False, State(), "cannot"), (True, State("rebuild", "running"), "wait")]
)
def test_nothing_is_changed_in_a_fixed_library_or_during_a_rebuild(
    library: Library, tmp_path: Path, changeable: bool, state: State, why: str
) -> None:
    library.changeable = changeable
    library.job.state = state  # type: ignore[misc]
    file = sent(tmp_path, "harbour.txt", HARBOUR)
    for change in (
        lambda: library.upload([file]),
        lambda: library.add("/"),
        lambda: library.remove("/"),
        lambda: library.delete(library.engine().documents()[0].id),
        lambda: library.restore(library.engine().documents()[0].id, (0, 1)),
        library.rebuild,
    ):
        with pytest.raises(DocumentError, match=why):
            change()
    assert file.exists()


def test_a_change_that_comes_too_late_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library.job, "start", lambda *_: False)  # a rebuild began by itself after the look
    with pytest.raises(DocumentError, match="wait"):
        library.add("/")


@pytest.mark.parametrize(("changeable", "phase"), [(False, "running"), (True, "cancelled")])
def test_a_rebuild_in_a_fixed_library_cannot_be_ended(library: Library, changeable: bool, phase: str) -> None:
    library.changeable = changeable
    library.job.state = State("rebuild", "running")  # type: ignore[misc]
    library.cancel()
    assert library.job.state.phase == phase


def test_documents_that_changed_are_read_again_from_wherever_the_index_was_built_meanwhile(
    library: Library, news: Path, tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.changeable = False  # the owner's files change, not a visitor's library
    more = tmp_path / "more"
    more.mkdir()
    (more / "harbour.txt").write_text(HARBOUR)
    monkeypatch.setattr(Library, "places", lambda _: (news,))  # as the engine of the moment still has it
    build.build([news, more], tmp_path / "index", Settings().index, embedder, quiet)
    (news / "ferry.txt").write_text("The ferry to Grey Point sails at noon.\n")
    assert library.refresh()
    assert paths(library) == ["ferry.txt", "harbour.txt", "lighthouse.txt"]


def test_a_place_that_is_away_is_not_taken_for_deleted(library: Library, news: Path) -> None:
    before = paths(library)
    news.rename(news.with_name("away"))
    with pytest.raises(DocumentError, match="does not exist"):
        library.refresh()
    assert paths(library) == before


def test_an_index_that_cannot_be_opened_leaves_the_old_one(
    library: Library, news: Path, tmp_path: Path, embedder: Embedder
) -> None:
    (news / "harbour.txt").write_text(HARBOUR)
    built = build.build([news], tmp_path / "index", Settings().index, embedder, quiet)
    (tmp_path / "index" / "generations" / built.name / "passages.jsonl").write_text("torn")
    assert paths(library) == ["lighthouse.txt"]
