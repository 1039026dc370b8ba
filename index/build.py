"""Documents become a new generation, published atomically; unchanged text is never embedded twice."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from index import deleted, load, restored, reuse, split, store
from index.config import IndexSettings
from index.contents import write_vectors
from index.embed import Embedder, encodable
from index.errors import DocumentError, IndexFileError
from index.files import find_roots
from index.manifest import SCHEMA, Manifest, Model
from index.reuse import Embeddings
from index.split import Split
from index.store import Generation
from index.types import Document

_LOCK = "lock"
_SCRATCH = "building-"
# Raise it when reading, cleaning, chunking or analysis change what an index holds.
_BUILD = 12


class Progress(Protocol):
    """Told how far work is."""

    def __call__(self, step: str, done: int, total: int, tokens: int = 0, /) -> None:
        """Tell the state of one step.

        Args:
            step: Of a build "read", "split", "embed" and "write", in this order.
            done: Units of the step done: files, documents, or texts (passages and sentences).
            total: Of how many; 0 while unknown.
            tokens: Embedded in this step so far.
        """


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        name: The published generation.
        changed: False when documents, sources, settings and model were those of the current generation.
        counts: Documents, passages, sentences, and texts and tokens that had to be embedded.
        failures: Files that could not be read: (shown path, reason).
    """

    name: str
    changed: bool
    counts: dict[str, int]
    failures: tuple[tuple[str, str], ...]


def build(
    paths: Sequence[Path] | None,
    index_folder: Path,
    settings: IndexSettings,
    embedder: Embedder,
    progress: Progress,
    *,
    wait: bool = False,
) -> Built:
    """Index files and folders.

    Args:
        paths: Files and folders; None for those that the index was built from when its turn comes.
        index_folder: Folder of the index.
        settings: How documents are cut and cleaned.
        embedder: The model.
        progress: Told how far it is.
        wait: Whether to wait for another build to end, in place of refusing.

    Raises:
        DocumentError: A path does not exist or is the index's own folder, or none of the files can be read, or all were
            deleted from the index.
        IndexFileError: Another build is running, or the index folder cannot be written.
    """
    progress("read", 0, 0)
    if paths is not None:
        find_roots(paths, index_folder)  # before anything is written: paths may not exist
    with _writing(index_folder, wait=wait):
        paths = store.last_sources(index_folder) if paths is None else paths
        previous = _previous(index_folder)
        read_before = previous.contents.documents if previous and previous.manifest.code == _code() else ()
        loaded = load.load(paths, lambda done, total: progress("read", done, total), read_before, index_folder)
        gone = deleted.read(index_folder)
        back = restored.read(index_folder)
        kept = tuple(replace(d, restored=back.get(d.id, ())) for d in loaded.documents if d.id not in gone)
        left_out = tuple((document.path, deleted.REASON) for document in loaded.documents if document.id in gone)
        if not kept:
            raise DocumentError(f"None of the {len(left_out)} documents is left: {deleted.REASON}.")
        sources = tuple(str(path.absolute()) for path in paths)
        failures = (*loaded.failures, *left_out)
        return _build(kept, previous, index_folder, settings, embedder, progress, sources, failures)


def build_from_documents(
    documents: Sequence[Document],
    index_folder: Path,
    settings: IndexSettings,
    embedder: Embedder,
    progress: Progress,
    *,
    sources: tuple[str, ...] = (),
    failures: tuple[tuple[str, str], ...] = (),
) -> Built:
    """Index documents that are loaded already; see ``build``."""
    with _writing(index_folder):
        previous = _previous(index_folder)
        return _build(tuple(documents), previous, index_folder, settings, embedder, progress, sources, failures)


@contextmanager
def _writing(index_folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Be the only writer of an index.

    Raises:
        IndexFileError: Another build is running, or the index folder cannot be written.
    """
    new = not index_folder.exists()
    try:
        index_folder.mkdir(parents=True, exist_ok=True)
        with FileLock(index_folder / _LOCK, timeout=-1 if wait else 0):
            yield
    except DocumentError:
        if new:  # nothing to index leaves nothing behind
            with suppress(OSError):
                (index_folder / _LOCK).unlink(missing_ok=True)
                index_folder.rmdir()
        raise
    except Timeout:
        raise IndexFileError(f"Another build is writing the index in {index_folder}; wait for it to end.") from None
    except OSError as error:
        raise IndexFileError(
            f"The index in {index_folder} cannot be written: {error.strerror or error}. "
            "The index that was there is unchanged."
        ) from error


def _build(
    documents: tuple[Document, ...],
    previous: Generation | None,
    index_folder: Path,
    settings: IndexSettings,
    embedder: Embedder,
    progress: Progress,
    sources: tuple[str, ...],
    failures: tuple[tuple[str, str], ...],
) -> Built:
    # Names of files may hold bytes that are no text; the manifest cannot.
    sources = tuple(encodable(source) for source in sources)
    failures = tuple((encodable(path), encodable(reason)) for path, reason in failures)
    content = _content(documents, settings, embedder)
    if previous and _says(previous.manifest) == (content, sources, failures):
        return Built(previous.name, False, {**previous.manifest.counts, "embedded": 0, "tokens": 0}, failures)
    before: dict[str, Split] = {}
    model = Model(
        name=embedder.name,
        fingerprint=embedder.fingerprint,
        precision=embedder.precision,
        dimension=embedder.dimension,
    )
    if previous and _vectors_of(previous.manifest.model) == _vectors_of(model):
        before = split.previous_splits(previous.contents)
    alike = previous and (previous.manifest.code, previous.manifest.settings) == (_code(), settings)
    splits = split.split_all(
        documents, before if alike else {}, settings, embedder, lambda done, total: progress("split", done, total)
    )
    if not any(one.passages for one in splits):
        raise DocumentError(f"None of the {len(documents)} documents holds any text besides page furniture.")
    counts = {
        "documents": len(documents),
        "passages": sum(len(one.passages) for one in splits),
        "sentences": sum(len(one.sentences) for one in splits),
    }
    described = Manifest(
        schema_version=SCHEMA,
        code=_code(),
        content=content,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        sources=sources,
        settings=settings,
        model=model,
        counts=counts,
        failures=failures,
        files={},
    )
    embeddings = Embeddings(embedder, splits, before, partial(progress, "embed"))

    def write(folder: Path) -> None:
        vectors = write_vectors(folder, embeddings, embedder.dimension)
        progress("write", 0, 1)
        terms = reuse.terms(splits, previous.lexicon if previous else None)
        store.write(folder, split.joined(splits, vectors), terms, described)

    name = _publish(index_folder, described, previous.name if previous else "", write)
    progress("write", 1, 1)
    return Built(name, True, {**counts, "embedded": embeddings.texts, "tokens": embeddings.tokens}, failures)


def _vectors_of(model: Model) -> tuple[str, str]:
    """What vectors hang on: those of another precision are near, but not the same."""
    return model.fingerprint, model.precision


@cache
def _code() -> str:
    """What reads, cleans and cuts documents: with other code the same files may give another index."""
    readers = (f"{name} {version(name)}" for name in ("pdfminer.six", "pypdfium2"))
    return ", ".join((str(_BUILD), *readers))


def _says(said: Manifest) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    return said.content, said.sources, said.failures


def _content(documents: Sequence[Document], settings: IndexSettings, embedder: Embedder) -> str:
    """Digest of all that decides an index's contents."""
    made_by = [SCHEMA, _code(), settings.model_dump(), embedder.fingerprint, embedder.precision]
    digest = hashlib.sha256(json.dumps(made_by).encode())
    for document in documents:
        # Not the id alone: what is read out of a PDF also hangs on the version of who reads it.
        digest.update(repr(replace(document, text="")).encode())
        digest.update(document.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _previous(index_folder: Path) -> Generation | None:
    """The current generation; None when there is none or it is of no use, as a rebuild is what mends it."""
    try:
        return Generation.open(index_folder)
    except IndexFileError:
        return None


def _publish(index_folder: Path, described: Manifest, previous: str, write: Callable[[Path], None]) -> str:
    existing = store.generations(index_folder)
    for left_over in index_folder.glob(f"{_SCRATCH}*"):  # of a build that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    number = 1 + max(map(store.number, existing), default=0)
    name = f"{number:06d}-{described.content[:12]}"
    with tempfile.TemporaryDirectory(dir=index_folder, prefix=_SCRATCH, ignore_cleanup_errors=True) as scratch:
        fresh = Path(scratch) / name
        fresh.mkdir()
        write(fresh)
        store.publish(index_folder, fresh, name)
    for old in existing:
        if old.name != previous:  # it stays: a reader may just be opening it
            shutil.rmtree(old, ignore_errors=True)
    return name
