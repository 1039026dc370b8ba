"""Documents become a new generation, published atomically; unchanged text is never embedded twice."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index import chunk, clean, load, markup, store
from index.config import IndexSettings
from index.embed import Embedder, Vectors, encodable
from index.errors import DocumentError, IndexFileError
from index.manifest import SCHEMA, Manifest, Model
from index.store import Contents, Generation
from index.types import Cleaned, Document, Passage, Sentence

_LOCK = "lock"
_SCRATCH = "building-"
# Raise it when cleaning, chunking or analysis change what an index holds.
_BUILD = 3


Progress = Callable[[str, int, int], None]
"""Told the step ("read", "split", "embed", "write", in this order), the units of it done, and of how many."""


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
    paths: Sequence[Path], index_folder: Path, settings: IndexSettings, embedder: Embedder, progress: Progress
) -> Built:
    """Index files and folders.

    Raises:
        DocumentError: A path does not exist, or none of the files can be read.
        IndexFileError: Another build is running, or the index folder cannot be written.
    """
    progress("read", 0, 0)
    loaded = load.load(paths, progress=lambda done, total: progress("read", done, total))
    sources = tuple(str(path.absolute()) for path in paths)
    return build_from_documents(
        loaded.documents, index_folder, settings, embedder, progress, sources=sources, failures=loaded.failures
    )


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
    try:
        index_folder.mkdir(parents=True, exist_ok=True)
        with FileLock(index_folder / _LOCK, timeout=0):
            return _build(tuple(documents), index_folder, settings, embedder, progress, sources, failures)
    except Timeout:
        raise IndexFileError(f"Another build is writing the index in {index_folder}; wait for it to end.") from None
    except OSError as error:
        raise IndexFileError(
            f"The index in {index_folder} cannot be written: {error.strerror or error}. "
            "The index that was there is unchanged."
        ) from error


def explain(document: Document) -> Cleaned:
    """What indexing keeps of a document and what it drops."""
    return clean.clean(document, markup.blocks(document))


def _build(
    documents: tuple[Document, ...],
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
    previous = _previous(index_folder)
    if previous and _says(previous.manifest) == (content, sources, failures):
        return Built(previous.name, False, {**previous.manifest.counts, "embedded": 0, "tokens": 0}, failures)
    cleaned: list[Cleaned] = []
    passages: list[Passage] = []
    for number, document in enumerate(documents, 1):
        cleaned.append(explain(document))
        passages += chunk.passages(document, cleaned[-1], settings, embedder.max_tokens, embedder.count_tokens)
        progress("split", number, len(documents))
    if not passages:
        raise DocumentError(f"None of the {len(documents)} documents holds any text besides page furniture.")
    rows, spans = _sentence_rows(passages)
    by_id = {document.id: document for document in documents}
    texts = [chunk.passage_text(by_id[passage.document_id], passage) for passage in passages]
    texts += [chunk.sentence_text(by_id[document_id], sentence) for document_id, sentence in rows]
    vectors, embedded, tokens = _embed(texts, _known_vectors(previous, embedder), embedder, progress)
    contents = Contents(
        documents,
        tuple(c.dropped for c in cleaned),
        tuple(passages),
        np.array(spans, np.int64),
        vectors[: len(passages)],
        vectors[len(passages) :],
    )
    counts = {"documents": len(documents), "passages": len(passages), "sentences": len(rows)}
    described = Manifest(
        schema_version=SCHEMA,
        content=content,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        sources=sources,
        settings=settings,
        model=Model(name=embedder.name, fingerprint=embedder.fingerprint, dimension=embedder.dimension),
        counts=counts,
        failures=failures,
        files={},
    )
    progress("write", 0, 1)
    name = _publish(index_folder, contents, described, previous.name if previous else "")
    progress("write", 1, 1)
    return Built(name, True, {**counts, "embedded": embedded, "tokens": tokens}, failures)


def _says(said: Manifest) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    return said.content, said.sources, said.failures


def _content(documents: Sequence[Document], settings: IndexSettings, embedder: Embedder) -> str:
    """Digest of all that decides an index's contents."""
    digest = hashlib.sha256(json.dumps([SCHEMA, _BUILD, settings.model_dump(), embedder.fingerprint]).encode())
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


def _sentence_rows(passages: Sequence[Passage]) -> tuple[list[tuple[str, Sentence]], list[tuple[int, int]]]:
    """Distinct sentences in order, and each passage's range of rows among them."""
    rows: list[tuple[str, Sentence]] = []
    row_of: dict[tuple[str, Sentence], int] = {}
    spans: list[tuple[int, int]] = []
    for passage in passages:
        for sentence in passage.sentences:
            key = (passage.document_id, sentence)
            if key not in row_of:
                row_of[key] = len(rows)
                rows.append(key)
        first = row_of[passage.document_id, passage.sentences[0]]
        spans.append((first, first + len(passage.sentences)))
    return rows, spans


def _known_vectors(previous: Generation | None, embedder: Embedder) -> dict[str, Vectors]:
    """Vectors of the previous generation by their text, if this model made them."""
    if previous is None or previous.manifest.model.fingerprint != embedder.fingerprint:
        return {}
    contents = previous.contents
    by_id = {document.id: document for document in contents.documents}
    known: dict[str, Vectors] = {}
    for row, passage in enumerate(contents.passages):
        document = by_id[passage.document_id]
        known[chunk.passage_text(document, passage)] = contents.passage_vectors[row]
        for offset, sentence in enumerate(passage.sentences):
            vector = contents.sentence_vectors[contents.spans[row, 0] + offset]
            known[chunk.sentence_text(document, sentence)] = vector
    return known


def _embed(
    texts: Sequence[str], known: dict[str, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int, int]:
    """Vectors of all texts, each distinct unknown text embedded once: (vectors, texts embedded, tokens embedded)."""
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    done = tokens = 0

    def count(batch_texts: int, batch_tokens: int) -> None:
        nonlocal done, tokens
        done, tokens = done + batch_texts, tokens + batch_tokens
        progress("embed", done, len(fresh))

    progress("embed", 0, len(fresh))
    embedded = embedder.embed_documents(fresh, count)
    by_text = {**known, **dict(zip(fresh, embedded, strict=True))}
    return np.stack([by_text[text] for text in texts]), len(fresh), tokens


def _publish(index_folder: Path, contents: Contents, described: Manifest, previous: str) -> str:
    existing = store.generations(index_folder)
    for left_over in index_folder.glob(f"{_SCRATCH}*"):  # of a build that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    number = 1 + max(map(store.number, existing), default=0)
    name = f"{number:06d}-{described.content[:12]}"
    with tempfile.TemporaryDirectory(dir=index_folder, prefix=_SCRATCH, ignore_cleanup_errors=True) as scratch:
        fresh = Path(scratch) / name
        fresh.mkdir()
        store.write(fresh, contents, described)
        store.publish(index_folder, fresh, name)
    for old in existing:
        if old.name != previous:  # it stays: a reader may just be opening it
            shutil.rmtree(old, ignore_errors=True)
    return name
