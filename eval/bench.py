"""Measure speed on this machine: ``python -m eval.bench [DOCUMENTS…]``; prints a table and keeps nothing.

A question's vector and a warm answer with citations; an index build, in turns with ``SentenceTransformer.encode`` in
its default settings on the same passages, with LlamaIndex's ingestion of the same files in its default settings, all
with the same model, and with the processor's own speed at matrix products; the first answer of a new process.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from eval import questions
from eval.bench_texts import fill, passages, questions_about, sentences
from eval.run import DOCUMENTS, QUESTIONS
from index import build, bundled
from index.config import BUNDLED_MODEL, Settings
from index.embed import Embedder
from index.model import load_model
from index.store import Generation
from rag.engine import Engine
from rag.reader import Reader

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

ASKS, WARM_UP = 90, 10
REPEATS = 3
BATCH_SIZE = 32


@dataclass(frozen=True, slots=True)
class Spread:
    """Where repeated measurements lie: quartiles, and the 95th percentile; all in the unit measured."""

    low: float
    median: float
    high: float
    p95: float
    count: int


@dataclass(frozen=True, slots=True)
class Building:
    """Speeds, one for each repeat.

    Attributes:
        build: Of whole builds, in tokens per second.
        encode: Of plain encoding, in tokens per second.
        llama_index: Of LlamaIndex's ingestion, in tokens per second.
        product: Of matrix products in the model's dtype, in tokens per second: of as many products as the encoder
            needs for a token.
        build_tokens: Tokens embedded by a build.
        encode_tokens: Tokens encoded plainly.
    """

    build: tuple[float, ...]
    encode: tuple[float, ...]
    llama_index: tuple[float, ...]
    product: tuple[float, ...]
    build_tokens: int
    encode_tokens: int


def spread(values: Sequence[float]) -> Spread:
    """Quartiles and 95th percentile of (n,) values, at least one."""
    low, median, high, p95 = (float(x) for x in np.percentile(values, (25, 50, 75, 95)))
    return Spread(low, median, high, p95, len(values))


def processor(cpuinfo: str) -> str:
    """The processor's name in the text of /proc/cpuinfo, else what Python knows of it."""
    names = (line.partition(":")[2].strip() for line in cpuinfo.splitlines() if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def table(vectors: Spread, answers: Spread, unread: Spread, building: Building, first: Spread, machine: str) -> Group:
    """The measurements for a terminal; ``unread`` are answers without the reader."""

    def ratios(others: Sequence[float]) -> Spread:
        return spread([build / other for build, other in zip(building.build, others, strict=True)])

    shown = Table(box=None, pad_edge=False)
    shown.add_column("measured", no_wrap=True)
    for heading in ("median", "middle half", "p95", "n"):
        shown.add_column(heading, justify="right", no_wrap=True)
    rows = (
        ("a question's vector, ms", vectors, ".1f"),
        ("warm answer, ms", answers, ".1f"),
        ("warm answer without the reader, ms", unread, ".1f"),
        (f"index build, tokens/s of {building.build_tokens:,}", spread(building.build), ",.0f"),
        (f"plain encode, tokens/s of {building.encode_tokens:,}", spread(building.encode), ",.0f"),
        ("plain LlamaIndex, tokens/s", spread(building.llama_index), ",.0f"),
        ("matrix products alone, tokens/s", spread(building.product), ",.0f"),
        ("build / encode", ratios(building.encode), ".2f"),
        ("build / LlamaIndex", ratios(building.llama_index), ".2f"),
        ("build / matrix products", ratios(building.product), ".2f"),
        ("first answer of a new process, s", first, ".2f"),
    )
    for name, found, form in rows:
        p95 = format(found.p95, form) if name.endswith(", ms") else ""
        shown.add_row(
            name, format(found.median, form), f"{found.low:{form}} to {found.high:{form}}", p95, str(found.count)
        )
    return Group(Text(machine), shown)


def time_answers(engine: Engine, asked: Sequence[str], warm_up: int = WARM_UP) -> tuple[float, ...]:
    """Milliseconds of each answer with citations, after ``warm_up`` that are not counted."""
    for question in asked[:warm_up]:
        engine.ask(question, always_answer=True)
    times: list[float] = []
    for question in asked:
        start = perf_counter()
        engine.ask(question, always_answer=True)
        times.append((perf_counter() - start) * 1000)
    return tuple(times)


def time_vectors(embedder: Embedder, asked: Sequence[str]) -> tuple[float, ...]:
    """Milliseconds to embed each question."""
    embedder.embed_queries(asked[:1])
    times: list[float] = []
    for question in asked:
        start = perf_counter()
        embedder.embed_queries([question])
        times.append((perf_counter() - start) * 1000)
    return tuple(times)


def time_building(
    files: Path, settings: Settings, model: "SentenceTransformer", embedder: Embedder, repeats: int = REPEATS
) -> Building:
    """Build an index of a folder from nothing and encode its passages plainly, in turns."""
    builds: list[float] = []
    encodes: list[float] = []
    ingestions: list[float] = []
    products: list[float] = []
    build_tokens = encode_tokens = 0
    ingest = llama_index_ingestion(files, settings)
    for _ in range(repeats):
        with tempfile.TemporaryDirectory(prefix="sanad-bench-") as folder:
            start = perf_counter()
            built = build.build([files], Path(folder), settings.index, embedder, lambda *_: None)
            seconds = perf_counter() - start
            texts = passages(Generation.open(Path(folder)))
        build_tokens = built.counts["tokens"]
        builds.append(build_tokens / seconds)
        encode_tokens = sum(len(ids) for ids in model.tokenizer(texts, truncation=True)["input_ids"])
        start = perf_counter()
        model.encode(texts, batch_size=BATCH_SIZE, show_progress_bar=False)
        encodes.append(encode_tokens / (perf_counter() - start))
        start = perf_counter()
        chunks = ingest()
        seconds = perf_counter() - start
        ingestions.append(sum(len(ids) for ids in model.tokenizer(chunks, truncation=True)["input_ids"]) / seconds)
        products.append(multiplications(next(model.parameters()).dtype) / operations(model))
    return Building(tuple(builds), tuple(encodes), tuple(ingestions), tuple(products), build_tokens, encode_tokens)


def llama_index_ingestion(files: Path, settings: Settings) -> Callable[[], list[str]]:
    """LlamaIndex's own way to read, split and embed a folder, all in default settings; gives the texts it embeds."""
    try:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    except ImportError:
        raise SystemExit("LlamaIndex's embedding is not installed: pip install -e '.[bench]'") from None
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter

    bundled_model = settings.index.model == BUNDLED_MODEL
    name = str(bundled.unpacked(settings.cache / "models")) if bundled_model else settings.index.model
    steps = [SentenceSplitter(), HuggingFaceEmbedding(name, device="cpu")]

    def ingest() -> list[str]:
        pipeline = IngestionPipeline(transformations=steps, disable_cache=True)
        nodes = pipeline.run(documents=SimpleDirectoryReader(str(files)).load_data())
        return [node.get_content() for node in nodes]

    return ingest


def operations(model: "SentenceTransformer") -> int:
    """Floating point operations of the encoder's matrix products for a token, without attention."""
    weights = ((name, weight) for name, weight in model.named_parameters() if weight.ndim == 2)
    counts = (weight.numel() for name, weight in weights if "embeddings" not in name and "pooler" not in name)
    return 2 * int(sum(counts))


def multiplications(dtype: "torch.dtype", size: int = 2048, seconds: float = 1.0) -> float:
    """Floating point operations per second of a product of two matrices."""
    import torch

    one, other = torch.randn(2, size, size).to(dtype)
    with torch.inference_mode():
        one @ other
        start, done = perf_counter(), 0
        while perf_counter() - start < seconds:
            one @ other
            done += 1
        return done * 2 * size**3 / (perf_counter() - start)


def time_first_answers(index_folder: Path, question: str, repeats: int = REPEATS) -> tuple[float, ...]:
    """Seconds from the start of ``sanad ask`` until its answer stands there."""
    command = [sys.executable, "-u", "-c", "from ui.cli import main; main()"]
    times: list[float] = []
    for _ in range(repeats):
        start = perf_counter()
        asking = [*command, "ask", question, "--index", str(index_folder)]
        with subprocess.Popen(asking, stdout=subprocess.PIPE) as asked:  # noqa: S603
            first = asked.stdout.readline() if asked.stdout else b""
            times.append(perf_counter() - start)
            asked.communicate()
        if asked.returncode or not first:
            raise subprocess.CalledProcessError(asked.returncode, "sanad ask")
    return tuple(times)


def machine(model: "SentenceTransformer") -> str:
    """Processor, cores this process may use, dtype of the model and threads of torch."""
    import torch

    cpuinfo = Path("/proc/cpuinfo")
    name = processor(cpuinfo.read_text("utf-8") if cpuinfo.is_file() else "")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    dtype = str(next(model.parameters()).dtype).removeprefix("torch.")
    return f"{name}, {cores} cores, {dtype}, {torch.get_num_threads()} torch threads"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path, help="files and folders; without any, the samples")
    given: list[Path] = parser.parse_args(arguments).documents
    settings = Settings.from_environment()
    model = load_model(settings.index.model, settings.cache)
    embedder = Embedder.load(settings.index.model, settings.cache)
    with tempfile.TemporaryDirectory(prefix="sanad-bench-") as scratch:
        index_folder, pool = Path(scratch) / "index", Path(scratch) / "pool"
        build.build(given or [DOCUMENTS], index_folder, settings.index, embedder, lambda *_: None)
        generation = Generation.open(index_folder)
        known = sentences(generation)
        own = () if given else questions.load(QUESTIONS, DOCUMENTS)
        asked = questions_about([q.question for q in own] or known, ASKS)
        answers, unread = (
            spread(time_answers(Engine(generation, embedder, reader=reader), asked))
            for reader in (Reader.load(embedder, settings), None)
        )
        vectors = spread(time_vectors(embedder, asked))
        pool.mkdir()
        held = fill(pool, generation, embedder.count_tokens)
        building = time_building(pool, settings, model, embedder)
        first = spread(time_first_answers(index_folder, asked[0]))
    Console().print(table(vectors, answers, unread, building, first, f"{machine(model)}; {held}"))


if __name__ == "__main__":
    main()
