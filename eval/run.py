"""Index what a question set is about, ask its questions, report: one function for each kind of set."""

import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from time import perf_counter

from eval import beir, disagreement, metrics, nomiracl, own, questions, robustness, squad, support
from eval.ablation import run_ablation
from eval.baselines import baseline_engines
from eval.cases import Ask, asked_once, timed
from eval.report import Report
from eval.statistics import Measure, measure
from index import build, load
from index.build import Progress
from index.config import Settings
from index.embed import Embedder
from index.language import detect
from index.store import Generation
from index.types import Document
from rag import entail
from rag.check import Checker
from rag.engine import Engine
from rag.providers import connect, probe
from rag.reader import Reader, card
from rag.types import Answer
from rag.worded import Worded

SAMPLES = Path(str(files("eval").joinpath("samples")))
DOCUMENTS = SAMPLES / "documents"
QUESTIONS = SAMPLES / "questions.jsonl"
BUILT_IN = "the built-in answer"


def own_set(
    settings: Settings,
    embedder: Embedder,
    progress: Progress,
    question_file: Path | None = None,
    documents: Path | None = None,
    *,
    alone: bool = False,
) -> Report:
    """Questions in the project's own format on the documents they are about; the project's own without both.

    Where the settings name a language model, its answers are measured, and the built-in ones stand beside them.
    ``alone``, without baselines and harder conditions, is enough for the gate and takes a third of the time.

    Raises:
        SettingError: The language model's setting cannot be used.
        LlmError: The language model does not answer.
        QuestionSetError: The set is broken; the message names lines and faults.
    """
    folder = documents or DOCUMENTS
    llm = connect(settings.llm)
    if llm:
        probe(settings.llm)  # else every answer would be the built-in one
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as scratch:
        start = perf_counter()
        loaded = load.load([folder], lambda done, total: progress("read", done, total)).documents
        asked = questions.read(question_file or QUESTIONS, questions.text_by_path(loaded))
        built = build.build_from_documents(loaded, Path(scratch), settings.index, embedder, progress)
        pace = metrics.throughput(built.counts["tokens"], perf_counter() - start)
        generation = Generation.open(Path(scratch))
        found = generation.contents.documents
        engine = _engine(generation, embedder, settings)
        ask, checker = asked_once(engine.ask), Checker(embedder.embed_queries, entail.load(settings.llm.entailment))
        measured = ask
        baselines: Mapping[str, Ask] = {BUILT_IN: ask}
        conditions: tuple[robustness.Condition, ...] = ()
        if llm:  # it is slow, so that only what it adds is measured
            measured = asked_once(Worded(engine, llm, checker, settings.llm.unsupported).ask)
        elif alone:
            baselines = {}
        else:
            baselines = baseline_engines(generation, embedder)
            conditions = _conditions(asked, engine, ask, _uncleaned(found, Path(scratch), settings, embedder, progress))
        written = _settings(settings, generation) | ({"llm": llm.name} if llm else {})
        report = own.run_own(
            asked, found, measured, _supports(checker), written, _asks(progress), baselines, conditions
        )
    beside = {"build_tokens_per_second": measure(pace, None, 1), **_peak_memory()}
    if question_file is None:  # these hang on no documents
        beside |= disagreement.measures(embedder.embed_documents)
        beside |= support.measures(support.half(tuned=False), checker)
    return replace(report, measures={**report.measures, **beside})


def _uncleaned(
    documents: Sequence[Document], folder: Path, settings: Settings, embedder: Embedder, progress: Progress
) -> Engine:
    """An engine on the documents with their page furniture.

    It is built into the folder of the cleaned index, so that only the furniture is embedded; a generation that is
    open there stays as it is.
    """
    left_in = settings.index.model_copy(update={"furniture": "keep"})
    build.build_from_documents(documents, folder, left_in, embedder, progress)
    return _engine(Generation.open(folder), embedder, settings)


def _conditions(
    asked: Sequence[questions.Question], engine: Engine, ask: Ask, uncleaned: Engine
) -> tuple[robustness.Condition, ...]:
    def within(question: str, history: tuple[str, ...], ids: frozenset[str]) -> tuple[Answer, float]:
        return timed(lambda: engine.ask(question, history, within=ids))

    furnished = asked_once(uncleaned.ask)
    surroundings = robustness.surroundings(asked, engine.documents(), ask, within, furnished)
    return (*robustness.wordings(asked, ask), *surroundings)


def pool(
    squad_files: Sequence[Path],
    beir_folder: Path | None,
    questions_from: Path | None,
    settings: Settings,
    embedder: Embedder,
    progress: Progress,
    *,
    ablation: bool = False,
) -> Report:
    """One pool of paragraphs: SQuAD files, asked their own questions or a parallel file's, or a BEIR folder.

    With ``ablation`` retrieval alone: its channels one by one, and plain BM25 and plain LlamaIndex beside them.
    """
    read = beir.load_beir(beir_folder, detect) if beir_folder else squad.load_pool(squad_files, detect)
    asked = squad.with_questions(read, questions_from) if questions_from else read
    with _generation(asked.documents, settings, embedder, progress) as generation:
        written = _settings(settings, generation)
        if ablation:
            return run_ablation(asked, generation, embedder, Reader.load(embedder, settings), written, _asks(progress))
        engine = _engine(generation, embedder, settings)
        supports = _supports(Checker(embedder.embed_queries))
        return squad.run_squad(asked, engine, supports, written, _asks(progress))


def nomiracl_file(file: Path, settings: Settings, embedder: Embedder, progress: Progress) -> Report:
    """NoMIRACL questions, each on its own passages, in an index of all passages of the file."""
    judged = nomiracl.load_nomiracl(file)
    texts = dict.fromkeys(text for question in judged for text in question.passages if text.strip())
    documents = {text: squad.document(text, detect(text)) for text in texts}
    with _generation(tuple(documents.values()), settings, embedder, progress) as generation:
        engine = _engine(generation, embedder, settings)

        def judge(question: str, passages: Sequence[str]) -> Answer:
            within = frozenset(documents[text].id for text in passages if text in documents)
            return engine.ask(question, within=within)

        return nomiracl.run_nomiracl(judged, judge, _settings(settings, generation), _asks(progress))


@contextmanager
def _generation(
    documents: Sequence[Document], settings: Settings, embedder: Embedder, progress: Progress
) -> Iterator[Generation]:
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build_from_documents(documents, Path(folder), settings.index, embedder, progress)
        yield Generation.open(Path(folder))


def _engine(generation: Generation, embedder: Embedder, settings: Settings) -> Engine:
    return Engine(generation, embedder, reader=Reader.load(embedder, settings))


def _settings(settings: Settings, generation: Generation) -> dict[str, object]:
    return {
        **settings.index.model_dump(),
        "reader": settings.reader,
        "reader_weights": card()["sha256"],
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


def _supports(checker: Checker) -> metrics.Supports:
    """The support check as the measures take it."""
    return lambda sentence, quotes: checker.check(sentence, quotes) is None


def _peak_memory() -> dict[str, Measure]:
    """The most memory that this process has held, where the system tells."""
    try:
        import resource
    except ImportError:  # Windows
        return {}
    unit = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return {"peak_memory_mb": measure(most, None, 1)}
