"""Index what a question set is about, ask its questions, report: one function for each kind of set."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from eval import nomiracl, own, questions, squad
from eval.report import Report
from index import build
from index.build import Progress
from index.config import Settings
from index.embed import Embedder
from index.language import detect
from index.store import Generation
from index.types import Document
from rag.engine import Engine
from rag.types import Answer

SAMPLES = Path(str(files("eval").joinpath("samples")))
DOCUMENTS = SAMPLES / "documents"
QUESTIONS = SAMPLES / "questions.jsonl"


def own_set(settings: Settings, embedder: Embedder, progress: Progress) -> Report:
    """The project's own questions on its sample documents."""
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build([DOCUMENTS], Path(folder), settings.index, embedder, progress)
        engine = Engine(Generation.open(Path(folder)), embedder)
        asked = questions.load(QUESTIONS, DOCUMENTS)
        return own.run_own(asked, engine.documents(), engine, _supports, _settings(settings, engine), _asks(progress))


def squad_pool(
    pool_files: Sequence[Path], questions_from: Path | None, settings: Settings, embedder: Embedder, progress: Progress
) -> Report:
    """SQuAD-format files as one pool of paragraphs, asked their own questions or those of a parallel file."""
    pool = squad.load_pool(pool_files, detect)
    if questions_from is not None:
        pool = squad.with_questions(pool, questions_from)
    with _engine(pool.documents, settings, embedder, progress) as engine:
        return squad.run_squad(pool, engine, _supports, _settings(settings, engine), _asks(progress))


def nomiracl_file(file: Path, settings: Settings, embedder: Embedder, progress: Progress) -> Report:
    """NoMIRACL questions, each on its own passages, in an index of all passages of the file."""
    judged = nomiracl.load_nomiracl(file)
    texts = dict.fromkeys(text for question in judged for text in question.passages if text.strip())
    documents = {text: squad.document(text, detect(text)) for text in texts}
    with _engine(tuple(documents.values()), settings, embedder, progress) as engine:

        def judge(question: str, passages: Sequence[str]) -> Answer:
            within = frozenset(documents[text].id for text in passages if text in documents)
            return engine.ask(question, within=within)

        return nomiracl.run_nomiracl(judged, judge, _settings(settings, engine), _asks(progress))


@contextmanager
def _engine(
    documents: Sequence[Document], settings: Settings, embedder: Embedder, progress: Progress
) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build_from_documents(documents, Path(folder), settings.index, embedder, progress)
        yield Engine(Generation.open(Path(folder)), embedder)


def _settings(settings: Settings, engine: Engine) -> dict[str, object]:
    return {**settings.index.model_dump(), "embedding_model": engine.model.model_dump()}


def _asks(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress("ask", done, total)


def _supports(_sentence: str, _quotes: Sequence[str]) -> bool:
    """Whether quotes support a reworded sentence: nothing rewords yet, and verbatim ones are compared as text."""
    return False
