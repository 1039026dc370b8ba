"""What each channel of retrieval earns, and how others' retrieval does on the same pool."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache

from eval import metrics
from eval.baselines import Ranker, plain_bm25, plain_llama_index
from eval.cases import RETRIEVAL, Case, Progress, ask_all
from eval.report import Report
from eval.squad import PASSAGES, Pool, PoolQuestion
from eval.summary import baseline, rates
from index.embed import Embedder
from index.store import Generation
from rag import question
from rag.reader import HERE_WEIGHT, Reader, near, reranked
from rag.retrieve import Retriever, Weights
from rag.types import Evidence

DEFAULT = "all channels (default)"
CHANNELS: Mapping[str, Weights] = {
    DEFAULT: Weights(),
    "passage vectors": Weights(sentence=0, lexical=0, names=0),
    "sentence vectors": Weights(passage=0, lexical=0, names=0),
    "passage and sentence vectors": Weights(lexical=0, names=0),
    "lexical channel (BM25)": Weights(passage=0, sentence=0, names=0),
    "vectors and words, without names": Weights(names=0),
    "vectors and names, without words": Weights(lexical=0),
}
TOKENS, READER = "all channels, then tokens (late interaction)", "all channels, then tokens and the trained reader"


def run_ablation(
    pool: Pool,
    generation: Generation,
    embedder: Embedder,
    reader: Reader | None,
    settings: Mapping[str, object],
    progress: Progress,
) -> Report:
    """Rank the pool's paragraphs for every answerable question with each setting.

    Args:
        pool: Documents and questions.
        generation: An index of the pool's documents.
        embedder: Its model.
        reader: Reads the nearest passages, as the product does; what it was trained on its card tells. None leaves
            these settings out.
        settings: What to write down about the run.
        progress: Told after every question.

    Returns:
        The default's measures and cases; every other setting is a baseline of the report.
    """
    retriever = Retriever(generation, embedder)
    rankers: dict[str, Ranker] = {
        name: _channels(Retriever(generation, embedder, weights)) for name, weights in CHANNELS.items()
    }
    if reader:
        rankers |= _read(retriever, reader)
    rankers["plain BM25 (bm25s)"] = plain_bm25(pool.documents, PASSAGES)
    rankers["plain LlamaIndex"] = plain_llama_index(pool.documents, embedder, PASSAGES)
    found: dict[str, list[Case]] = {name: [] for name in rankers}

    def ask(asked: PoolQuestion) -> Case:
        text = question.read(asked.question).full
        query = retriever.query(text)
        for name, rank in rankers.items():
            found[name].append(_case(asked, rank(text, query)))
        return found[DEFAULT][-1]

    answerable = [asked for asked in pool.questions if asked.answerable]
    cases = ask_all(answerable, ask, progress)
    left_out = len(pool.questions) - len(cases) + pool.missing
    return Report(
        title="Channels of retrieval on one pool of paragraphs",
        measures=rates(cases, RETRIEVAL, left_out),
        cases=cases,
        settings={**settings, "weights": {name: asdict(weights) for name, weights in CHANNELS.items()}},
        counts={"paragraphs": len(pool.documents), "questions": len(cases), "questions_left_out": left_out},
        baselines=tuple(baseline(name, cases, found[name], RETRIEVAL) for name in rankers if name != DEFAULT),
    )


def _channels(retriever: Retriever) -> Ranker:
    return lambda _text, query: [evidence.document.id for evidence in retriever.retrieve(query, PASSAGES)]


def _read(retriever: Retriever, reader: Reader) -> dict[str, Ranker]:
    """The default, and then what comparing tokens and reading make of it."""

    @lru_cache(maxsize=1)
    def found(text: str) -> tuple[Evidence, ...]:
        return retriever.retrieve(retriever.query(text), PASSAGES)

    readings = lru_cache(maxsize=1)(lambda text: reader.read(text, near(found(text))))

    def ranker(here_weight: float) -> Ranker:
        return lambda text, _: [
            evidence.document.id for evidence in reranked(found(text), readings(text), here_weight)[0]
        ]

    return {TOKENS: ranker(0), READER: ranker(HERE_WEIGHT)}


def _case(asked: PoolQuestion, ranked: Sequence[str]) -> Case:
    ranks = metrics.gold_ranks(ranked, asked.paragraphs)
    scores = metrics.retrieval_scores(ranks, len(asked.paragraphs))
    return Case(
        id=asked.id,
        question=asked.question,
        cluster=asked.paragraphs[0],
        answerable=True,
        gold=asked.paragraphs,
        expected=asked.answers,
        rank=min(ranks, default=None),
        scores={name: (value, 1.0) for name, value in scores.items()},
    )
