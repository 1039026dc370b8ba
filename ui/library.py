"""The documents behind the page: where they come from, and rebuilding their index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import deleted, restored
from index.build import Progress, build
from index.config import IndexSettings
from index.embed import Embedder
from index.errors import DocumentError
from index.load import file_id
from index.types import Span
from rag.engine import Engine
from rag.live import LiveEngine
from ui import uploads
from ui.job import Job

REBUILD = "rebuild"
_BUSY = "the index is being rebuilt; wait until that is done, or cancel it"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to: whether anything changed, and what the index holds now."""

    changed: bool
    documents: int
    passages: int


class Library:
    """The documents of an index and the engine over it; safe to share between threads."""

    def __init__(
        self, folder: Path, live: LiveEngine, settings: IndexSettings, cache: Path, *, changeable: bool = True
    ) -> None:
        """Look after an index.

        Args:
            folder: The folder of the index.
            live: The engine over it.
            settings: What it is rebuilt with.
            cache: Where the embedding model is unpacked.
            changeable: Whether the page may change it.
        """
        self.folder = folder
        self.changeable = changeable
        self.job = Job()
        self._settings, self._cache = settings, cache
        self._live = live

    def engine(self) -> Engine:
        """The engine of the moment: after a rebuild, by whomever, another than before."""
        return self._live.newest()

    def places(self) -> tuple[Path, ...]:
        """Files and folders that the current index was built from, without what was uploaded."""
        here = self.folder.absolute() / uploads.UPLOADS
        return tuple(path for path in map(Path, self.engine().sources) if path != here)

    def failures(self) -> tuple[tuple[str, str], ...]:
        """Files that could not be read, with the reason."""
        return self.engine().failures

    def upload(self, files: Sequence[Path]) -> bool:
        """Keep uploaded files and rebuild; raises DocumentError when they cannot be kept."""
        self._permit()
        kept = uploads.keep(files, self.folder / uploads.UPLOADS)
        deleted.write(self.folder, deleted.read(self.folder) - set(map(file_id, kept)))
        return self._rebuild(self.places())

    def add(self, place: str) -> bool:
        """Add a file or folder of this machine and rebuild.

        Raises:
            DocumentError: There is none.
        """
        self._permit()
        path = Path(place.strip()).expanduser().absolute() if place.strip() and "\x00" not in place else None
        if path is None or not path.exists():
            raise DocumentError(f"{place.strip()[:200]!r} does not exist; write the path of a folder that does")
        return self._rebuild(tuple(dict.fromkeys((*self.places(), path))))

    def remove(self, place: str) -> bool:
        """Take a file or folder out of the index and rebuild; it stays on the disk."""
        self._permit()
        return self._rebuild(tuple(path for path in self.places() if str(path) != place))

    def delete(self, document_id: str) -> bool:
        """Take a document out of the index, and off the disk if it was uploaded, and rebuild."""
        self._permit()
        gone = next((d for d in self.engine().documents() if d.id == document_id), None)
        if gone is None:
            return False
        for name in (gone.path, *gone.copies):
            file = self.folder / uploads.UPLOADS / Path(name).name
            if file.is_file() and file_id(file) == gone.id:
                file.unlink()
        deleted.write(self.folder, deleted.read(self.folder) | {gone.id})
        return self._rebuild(self.places())

    def restore(self, document_id: str, span: Span) -> bool:
        """Keep a span of a document that cleaning takes for page furniture, and rebuild."""
        return self._decide(document_id, lambda spans: tuple(dict.fromkeys((*spans, span))))

    def drop_again(self, document_id: str, span: Span) -> bool:
        """Undo ``restore``, and rebuild."""
        return self._decide(document_id, lambda spans: tuple(kept for kept in spans if kept != span))

    def rebuild(self) -> bool:
        """Read the documents again."""
        self._permit()
        return self._rebuild(self.places())

    def cancel(self) -> None:
        """End a rebuild; one that the page's visitors cannot ask for, they cannot end either."""
        if self.changeable:
            self.job.cancel()

    def refresh(self) -> bool:
        """Read the documents again, of the places the index has then; False, and none is begun, while work runs."""
        return self.job.start(REBUILD, _rebuilt, None, self.folder, self._settings, self._cache)

    def _decide(self, document_id: str, change: Callable[[tuple[Span, ...]], tuple[Span, ...]]) -> bool:
        """Change which spans of a document are restored, and rebuild."""
        self._permit()
        if all(document.id != document_id for document in self.engine().documents()):
            return False
        decided = restored.read(self.folder)
        decided[document_id] = change(decided.get(document_id, ()))
        restored.write(self.folder, decided)
        return self._rebuild(self.places())

    def _permit(self) -> None:
        if not self.changeable:
            raise DocumentError("the library of this page cannot be changed")
        if self.job.state.phase == "running":
            raise DocumentError(_BUSY)

    def _rebuild(self, places: Sequence[Path]) -> bool:
        here = self.folder / uploads.UPLOADS
        given = (*places, here.absolute()) if here.is_dir() and any(here.iterdir()) else tuple(places)
        if not self.job.start(REBUILD, _rebuilt, given, self.folder, self._settings, self._cache):
            raise DocumentError(_BUSY)  # one began by itself meanwhile
        return True


def _rebuilt(
    places: Sequence[Path] | None, folder: Path, settings: IndexSettings, cache: Path, progress: Progress
) -> Rebuilt:
    """Rebuild an index from some places, or from those it was built from."""
    # A folder that went away must not hold up the others.
    there = None if places is None else [path for path in places if path.exists()]
    built = build(there, folder, settings, Embedder.load(settings.model, cache), progress, wait=True)
    return Rebuilt(built.changed, built.counts["documents"], built.counts["passages"])
