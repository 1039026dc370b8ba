"""The chat page over an index: what it stands on, put together."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.config import Settings
from rag import entail
from rag.check import Checker
from rag.live import LiveEngine
from rag.providers import connect
from rag.worded import Worded
from ui import examples, web
from ui.archive import Archive
from ui.converse import Service
from ui.follow import follow
from ui.library import Library
from ui.measure import Evaluation

if TYPE_CHECKING:
    import gradio as gr


@contextmanager
def serving(folder: Path, settings: Settings, host: str, port: int) -> Iterator["gr.Blocks"]:
    """Serve the page over an index in the background; within, follow what changes among its documents.

    Args:
        folder: Of the index; the conversations are kept beside it.
        settings: Of the process.
        host: Address to serve on; what others can reach without a password changes nothing.
        port: Port to serve on.

    Raises:
        IndexFileError: There is no index, or it is damaged.
        ModelError: The embedding model cannot be loaded or is not the index's, or the entailment model cannot be used.
        SettingError: The address cannot be served on, or the language model cannot be used.
    """
    web.check_address(host, port)  # first: it fails faster than a model loads
    password = settings.password.get_secret_value()
    changeable = bool(password) or web.is_loopback(host)
    live = LiveEngine.open(folder, settings)
    threading.Thread(target=live.newest().warm_up).start()  # while the page is put together
    library = Library(folder, live, settings.index, settings.cache, changeable=changeable)
    service = Service(
        library.engine,
        Archive(folder / "conversations.db"),
        lambda language: examples.questions_for(library.engine().documents(), language),
        library,
        Evaluation(settings, folder / "evaluation") if changeable else None,
        words=_words(live, settings),
    )
    page = web.start(service, host, port, password)
    stop = threading.Event()
    threading.Thread(target=follow, args=(library, stop), daemon=True).start()
    try:
        yield page
    finally:
        stop.set()


def _words(live: LiveEngine, settings: Settings) -> Callable[[], Worded] | None:
    """The language model that the settings name, before the engine of the moment; None when they name none."""
    llm = connect(settings.llm)
    if llm is None:
        return None

    entails = entail.load(settings.llm.entailment)

    def words() -> Worded:
        engine = live.newest()
        return Worded(engine, llm, Checker(engine.embed, entails), settings.llm.unsupported)

    return words
