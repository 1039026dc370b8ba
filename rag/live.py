"""An engine over an index that may be rebuilt while it answers."""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

from index import deleted, store
from index.config import Settings
from index.embed import Embedder
from index.errors import SanadError
from index.store import Generation
from index.types import Document
from rag.engine import Engine
from rag.reader import Reader
from rag.types import Answer

_log = logging.getLogger(__name__)


class LiveEngine:
    """Answers each question from the newest generation, from its beginning to its end; safe to share between threads.

    What was deleted from the index is left out, though the generation still holds it until it is rebuilt. One that
    cannot be opened, or was built with another model, is passed over with a warning on the log.
    """

    def __init__(
        self, index_folder: Path, generation: Generation, embedder: Embedder, reader: Reader | None = None
    ) -> None:
        """Begin with a generation.

        Raises:
            ModelError: As ``Engine`` does.
            IndexFileError: The list of what was deleted is damaged.
        """
        self._folder = index_folder
        self._embedder = embedder
        self._reader = reader
        self._opening = threading.Lock()
        self._seen = generation.name
        self._engine = Engine(generation, embedder, reader=reader)
        self._gone = deleted.read(index_folder)
        self._warned = ""
        # The last one is kept: to leave documents out takes time.
        self._without: Callable[[Engine, frozenset[str]], Engine] = lru_cache(maxsize=1)(Engine.without)

    @classmethod
    def open(cls, index_folder: Path, settings: Settings) -> Self:
        """Open an index with the model that the settings name; raises as ``Engine.open`` does."""
        generation = Generation.open(index_folder)  # first: it fails faster than a model loads
        embedder = Embedder.for_questions(settings.index.model, settings.cache)
        return cls(index_folder, generation, embedder, Reader.load(embedder, settings))

    def ask(self, asked: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question that may follow up on earlier ones; raises QuestionError as ``Engine.ask`` does."""
        return self.newest().ask(asked, history)

    def documents(self) -> Sequence[Document]:
        """The documents of the newest generation."""
        return self.newest().documents()

    def newest(self) -> Engine:
        """The engine over the newest generation that can be used, without what was deleted."""
        # Whoever asks while another opens the new generation is answered from the old one.
        if self._opening.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._opening.release()
        return self._without(self._engine, self._deleted())

    def _follow(self) -> None:
        newest = self._seen
        try:
            folder = store.current(self._folder)
            if folder is None or folder.name == self._seen:
                return
            newest = folder.name
            generation = Generation.open(self._folder)
            newest = generation.name
            self._engine = Engine(generation, self._embedder, reader=self._reader)
        except SanadError as error:
            self._warn(f"The rebuilt index is not used: {error}")
        self._seen = newest

    def _deleted(self) -> frozenset[str]:
        """Ids of what was deleted; those known before while the list cannot be read."""
        try:
            self._gone = deleted.read(self._folder)
        except SanadError as error:
            self._warn(f"What else was deleted is not known: {error}")
        return self._gone

    def _warn(self, message: str) -> None:
        """Log a warning, but not again and again: the page looks for what is new every second."""
        if message != self._warned:
            _log.warning("%s", message)
        self._warned = message
