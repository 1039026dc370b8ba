"""Index what a question set is about, ask its questions, report: one function for each kind of set."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from eval import ablation, nomiracl, own, questions, squad
from eval.report import Report
from eval.squad import Pool
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
        generation = Generation.open(Path(folder))
        engine = Engine(generation, embedder)
        asked = questions.load(QUESTIONS, DOCUMENTS)
        return own.run_own(
            asked, engine.documents(), engine, _supports, _settings(settings, generation), _asks(progress)
        )


def squad_pool(
    pool_files: Sequence[Path], questions_from: Path | None, settings: Settings, embedder: Embedder, progress: Progress
) -> Report:
    """SQuAD-format files as one pool of paragraphs, asked their own questions or those of a parallel file."""
    pool = _pool(pool_files, questions_from)
    with _generation(pool.documents, settings, embedder, progress) as generation:
        engine = Engine(generation, embedder)
        return squad.run_squad(pool, engine, _supports, _settings(settings, generation), _asks(progress))


def channels(
    pool_files: Sequence[Path], questions_from: Path | None, settings: Settings, embedder: Embedder, progress: Progress
) -> Report:
    """Retrieval alone on a SQuAD pool: its channels one by one, and plain BM25 and plain LlamaIndex beside them."""
    pool = _pool(pool_files, questions_from)
    with _generation(pool.documents, settings, embedder, progress) as generation:
        written = _settings(settings, generation)
        return ablation.run_ablation(pool, generation, embedder, written, _asks(progress))


def nomiracl_file(file: Path, settings: Settings, embedder: Embedder, progress: Progress) -> Report:
    """NoMIRACL questions, each on its own passages, in an index of all passages of the file."""
    judged = nomiracl.load_nomiracl(file)
    texts = dict.fromkeys(text for question in judged for text in question.passages if text.strip())
    documents = {text: squad.document(text, detect(text)) for text in texts}
    with _generation(tuple(documents.values()), settings, embedder, progress) as generation:
        engine = Engine(generation, embedder)

        def judge(question: str, passages: Sequence[str]) -> Answer:
            within = frozenset(documents[text].id for text in passages if text in documents)
            return engine.ask(question, within=within)

        return nomiracl.run_nomiracl(judged, judge, _settings(settings, generation), _asks(progress))


def _pool(files: Sequence[Path], questions_from: Path | None) -> Pool:
    pool = squad.load_pool(files, detect)
    return pool if questions_from is None else squad.with_questions(pool, questions_from)


@contextmanager
def _generation(
    documents: Sequence[Document], settings: Settings, embedder: Embedder, progress: Progress
) -> Iterator[Generation]:
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build_from_documents(documents, Path(folder), settings.index, embedder, progress)
        yield Generation.open(Path(folder))


def _settings(settings: Settings, generation: Generation) -> dict[str, object]:
    return {
        **settings.index.model_dump(),
        "embedding_model": generation.manifest.model.model_dump(),
        "corpus": corpus_hash(generation.contents.documents),
        "sanad": version("sanad-qa"),
    }


def corpus_hash(documents: Sequence[Document]) -> str:
    """16 hexadecimal digits; equal for equal texts, in whatever order and under whatever names."""
    digest = hashlib.sha256()
    for text in sorted(hashlib.sha256(document.text.encode("utf-8", "replace")).digest() for document in documents):
        digest.update(text)
    return digest.hexdigest()[:16]


def _asks(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress("ask", done, total)


def _supports(_sentence: str, _quotes: Sequence[str]) -> bool:
    """Whether quotes support a reworded sentence: nothing rewords yet, and verbatim ones are compared as text."""
    return False
