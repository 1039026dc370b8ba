"""The channels and the baselines on a tiny pool, with the real model."""

import pytest

from eval.ablation import CHANNELS, DEFAULT, READER, TOKENS, run_ablation
from eval.report import Report
from eval.squad import Pool, PoolQuestion, document
from index import build
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from rag.reader import Reader

TEXTS = {
    "mill": "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim.",
    "bridge": "The bridge at Wadi Nur carries trams and bicycles. The mayor opened it on 3 May 1987.",
    "school": "تعلّم المدرسة الجديدة في تل عمار مئة وعشرين تلميذا. بنيت المدرسة من حجر أبيض.",
}
DOCUMENTS = {name: document(text, "ar" if name == "school" else "en") for name, text in TEXTS.items()}


def asked(name: str, text: str, *, answerable: bool = True) -> PoolQuestion:
    return PoolQuestion(text, text, (DOCUMENTS[name].id,), ("x",), answerable)


POOL = Pool(
    tuple(DOCUMENTS.values()),
    (
        asked("mill", "Who replaced the wheel of the mill?"),
        asked("school", "كم تلميذا تعلم المدرسة؟"),
        asked("bridge", "متى افتُتح الجسر؟"),  # shares no word with its paragraph
        asked("bridge", "Who painted it?", answerable=False),
    ),
    missing=1,
)


@pytest.fixture(scope="module")
def report(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("pool")
    build.build_from_documents(POOL.documents, folder, Settings().index, embedder, lambda *_: None)
    reader = Reader.load(embedder, Settings())
    return run_ablation(POOL, Generation.open(folder), embedder, reader, {"model": "m"}, lambda *_: None)


def test_the_default_is_the_report_and_the_rest_are_baselines(report: Report):
    assert [case.question for case in report.cases] == [q.question for q in POOL.questions[:3]]
    assert report.counts == {"paragraphs": 3, "questions": 3, "questions_left_out": 2}
    assert report.measures["recall@1"].judged == 3
    names = [found.name for found in report.baselines]
    channels = [name for name in CHANNELS if name != DEFAULT]
    assert names == [*channels, TOKENS, READER, "plain BM25 (bm25s)", "plain LlamaIndex"]
    assert all(found.differences["ndcg@10"].judged == 3 for found in report.baselines)


def test_each_baseline_ranks_by_what_it_knows(report: Report):
    ranks = {found.name: [case.rank for case in found.cases] for found in report.baselines}
    assert ranks["plain LlamaIndex"][:2] == ranks["passage vectors"][:2] == ranks["plain BM25 (bm25s)"][:2] == [1, 1]
    # Vectors rank every document; of words nothing is shared, and a document without any score is not found.
    assert ranks["plain LlamaIndex"][2] in (1, 2, 3)
    assert ranks["plain BM25 (bm25s)"][2] is None
    assert ranks[TOKENS][:2] == ranks[READER][:2] == [1, 1]


def test_the_weights_are_written_down(report: Report):
    weights = report.settings["weights"]
    assert isinstance(weights, dict)
    assert weights["passage and sentence vectors"] == {"passage": 0.65, "sentence": 0.35, "lexical": 0, "names": 0}
