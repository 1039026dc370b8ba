"""What is wrong with the environment, the model, the index and the documents, and what mends it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement

from index import build, bundled, deleted, load, restored, store
from index.config import BUNDLED_MODEL, Settings
from index.embed import Embedder
from index.errors import IndexFileError, SanadError
from index.formats.reader import READERS
from index.store import Generation

PROJECT = "sanad-qa"
_SPACE_BYTES = 1 << 30
_NAMED = 5  # changed files named one by one

About = Literal["environment", "model", "index", "documents", "language model"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        about: What it is part of.
        says: What was found, in one line.
        mend: What to do about it, "" when all is well.
    """

    about: About
    says: str
    mend: str = ""


def examine(folder: Path, settings: Settings) -> Iterator[Finding]:
    """Look at everything an answer needs.

    Args:
        folder: Folder of the index.
        settings: Model and cache are read.
    """
    yield from _packages()
    for place in (folder, settings.cache):
        yield _place(place)
    embedder = None
    if settings.index.model == BUNDLED_MODEL and (fault := bundled.fault(settings.cache / "models")):
        yield Finding("model", f"the unpacked model is damaged ({fault})", "'sanad doctor --mend' unpacks it anew")
    else:
        try:
            embedder = Embedder.load(settings.index.model, settings.cache)
            yield Finding("model", f"{embedder.name} loads; a vector has {embedder.dimension} numbers")
        except SanadError as error:
            yield Finding("model", str(error), "do as that says")
    yield from _decisions(folder)
    yield from _index(folder, embedder)


def mend(folder: Path, settings: Settings, progress: build.Progress) -> None:
    """Unpack the model if it is damaged, and rebuild the index from what it was built from.

    Raises:
        SanadError: That was not possible.
    """
    embedder = Embedder.load(settings.index.model, settings.cache)
    sources = store.last_sources(folder)
    if sources:
        build.build(sources, folder, settings.index, embedder, progress)


def _packages() -> Iterator[Finding]:
    """Whether the libraries are those the project was tested with."""
    for written in requires(PROJECT) or ():
        wanted = Requirement(written)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            yield Finding("environment", f"{wanted.name} is not installed", f"pip install '{wanted}'")
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            yield Finding("environment", f"{wanted.name} is {found}", f"pip install '{wanted}'")


def _place(folder: Path) -> Finding:
    """Whether a folder can be written and has room."""
    existing = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not os.access(existing, os.W_OK) or not existing.is_dir():
        return Finding("environment", f"{existing} cannot be written", "change its permissions, or choose another")
    free = shutil.disk_usage(existing).free
    if free < _SPACE_BYTES:
        return Finding("environment", f"{existing} has {free >> 20} MiB left", "make room: 1 GiB is needed")
    return Finding("environment", f"{folder} can be written and has {free >> 30} GiB left")


def _decisions(folder: Path) -> Iterator[Finding]:
    """Whether it can be told what people deleted and restored."""
    for read, name in ((deleted.read, deleted.LIST), (restored.read, restored.LIST)):
        try:
            yield Finding("index", f"{name} tells of {len(read(folder))} documents")
        except IndexFileError as error:
            yield Finding("index", str(error), "do as that says")


def _index(folder: Path, embedder: Embedder | None) -> Iterator[Finding]:
    sources = store.last_sources(folder)
    anew = "'sanad doctor --mend' rebuilds it" if sources else "build it with 'sanad index PATH'"
    try:
        generation = Generation.open(folder)
    except SanadError as error:
        yield Finding("index", str(error), anew)
        return
    model = generation.manifest.model
    if embedder is not None and model.fingerprint != embedder.fingerprint:
        yield Finding("index", f"it was built with {model.name}, not with {embedder.name} as it is now", anew)
    else:
        counts = ", ".join(f"{count} {name}" for name, count in generation.manifest.counts.items())
        yield Finding("index", f"generation {generation.name} is whole: {counts}")
    yield from _documents(generation, folder)


def _documents(generation: Generation, folder: Path) -> Iterator[Finding]:
    """Whether the index says what the files say now, but for documents that were deleted from it."""
    sources = [Path(source) for source in generation.manifest.sources]
    if not sources:
        yield Finding("documents", "the index does not say where its documents come from")
        return
    try:
        gone = deleted.read(folder)
        # What did not change need not be read.
        loaded = load.load(sources, before=generation.contents.documents, index_folder=folder)
    except IndexFileError:  # the list of what was deleted: told already, and without it nothing can be
        return
    except SanadError as error:
        yield Finding("documents", str(error), "bring the files back, or build from others with 'sanad index PATH'")
        return
    for path, reason in loaded.failures:
        other = Path(path).suffix.lower() not in READERS  # a picture beside the documents is no fault
        mending = "" if other else "mend the file, then 'sanad index'"
        yield Finding("documents", f"{path} is not in the index: {reason}", mending)
    indexed = {(path, d.id) for d in generation.contents.documents for path in (d.path, *d.copies)}
    present = {(path, d.id) for d in loaded.documents if d.id not in gone for path in (d.path, *d.copies)}
    changed = sorted({path for path, _ in indexed ^ present})
    if changed:
        named = ", ".join(changed[:_NAMED]) + (f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else "")
        yield Finding(
            "documents", f"changed since the index was built: {named}", "'sanad index' or 'sanad doctor --mend'"
        )
    else:
        yield Finding("documents", f"all {len(present)} files are as they were indexed")
