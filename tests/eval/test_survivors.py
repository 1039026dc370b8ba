"""Counting what survives of what a model writes, with a scripted one."""

from collections.abc import Callable

from llm_server import LlmServer, Reply

from eval import questions, survivors
from eval.run import DOCUMENTS, QUESTIONS
from index.config import LlmSettings
from index.embed import Embedder
from rag.check import Checker
from rag.engine import Engine
from rag.providers import connect


def test_each_document_has_its_turn():
    chosen = survivors.spread(questions.load(QUESTIONS, DOCUMENTS), 20)
    assert len(chosen) == 20
    assert len({question.gold[0].document for question in chosen}) == 20


def test_every_sentence_is_counted(engine: Engine, embedder: Embedder, serve_llm: Callable[..., LlmServer]):
    said = "دفعت الشركة 987654 دولارًا [1].\nThe moon is made of cheese."
    model = connect(LlmSettings(model=serve_llm(Reply(said, piece=500)).openai))
    assert model is not None
    asked = "كم يتقاضى العامل في الساعة في ألابوغا؟"
    written = survivors.write(asked, engine, model, Checker(embedder.embed_queries))
    assert [sentence.support for sentence in written[0]] == ["unsupported", "unsupported"]
    assert list(survivors.lines([written, ((), "It did not finish.")])) == [
        "questions 2, without a sentence 1, not finished 1",
        "sentences 2, survived 0",
        "  unsupported 2",
    ]
