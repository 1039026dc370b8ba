"""How much of what a language model writes survives the support check: ``SANAD_LLM=… python -m eval.survivors [N]``.

It words the evidence of the first N answerable questions of the project's own set (20 without N), one of each document
in turn; every sentence is counted, also those of answers that would be replaced by the built-in one.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval import questions
from eval.questions import Question
from eval.run import DOCUMENTS, QUESTIONS
from index import build
from index.config import Settings
from index.embed import Embedder
from index.errors import LlmError, SettingError
from index.store import Generation
from rag import prompts
from rag.check import Checker
from rag.checked import Checked
from rag.drafts import DraftParser
from rag.engine import Engine
from rag.llm import Llm
from rag.numbered import gather
from rag.providers import connect
from rag.types import AnswerSentence

DEFAULT = 20


def spread(asked: Sequence[Question], count: int) -> list[Question]:
    """Answerable questions that stand alone, the first of each document, then the second of each, and so on."""
    seen = Counter[str]()
    ranked: list[tuple[int, Question]] = []
    for question in asked:
        if question.answerable and not question.history:
            ranked.append((seen[question.gold[0].document], question))
            seen[question.gold[0].document] += 1
    return [question for _, question in sorted(ranked, key=lambda pair: pair[0])[:count]]


def write(question: str, engine: Engine, llm: Llm, checker: Checker) -> tuple[tuple[AnswerSentence, ...], str]:
    """What a model writes in answer to a question, checked, and how it failed then, "" where it did not."""
    own = engine.ask(question, always_answer=True)
    sources, withheld = gather(question, own, llm.context)
    checked = Checked(llm.name, own, sources, withheld, checker, "mark")
    parser = DraftParser(own.language)
    messages = prompts.answer(question, own.language, [source.text for source in sources])
    failure = ""
    try:
        for piece in llm.stream(messages, prompts.ANSWER_SCHEMA):
            for draft in parser.feed(piece):
                checked.take(draft)
        for draft in parser.end():
            checked.take(draft)
    except LlmError as error:
        failure = str(error)
    return checked.answer().sentences, failure


def lines(written: Sequence[tuple[Sequence[AnswerSentence], str]]) -> Iterator[str]:
    """How many sentences there are and what became of them."""
    sentences = [sentence for answer, _ in written for sentence in answer]
    silent, failed = sum(not answer for answer, _ in written), sum(bool(failure) for _, failure in written)
    yield f"questions {len(written)}, without a sentence {silent}, not finished {failed}"
    survived = sum(sentence.support != "unsupported" for sentence in sentences)
    yield f"sentences {len(sentences)}, survived {survived}"
    for support, count in Counter(sentence.support for sentence in sentences).most_common():
        yield f"  {support} {count}"


def main(arguments: Sequence[str]) -> None:
    """Ask, and print the counts."""
    settings = Settings.from_environment()
    llm = connect(settings.llm)
    if llm is None:
        raise SettingError("SANAD_LLM is not set: name the model to be tried (docs/llm.md).")
    embedder = Embedder.load(settings.index.model, settings.cache)
    asked = spread(questions.load(QUESTIONS, DOCUMENTS), int(arguments[0]) if arguments else DEFAULT)
    with tempfile.TemporaryDirectory(prefix="sanad-eval-") as folder:
        build.build([DOCUMENTS], Path(folder), settings.index, embedder, lambda *_: None)
        engine = Engine(Generation.open(Path(folder)), embedder)
        checker = Checker(embedder.embed_queries)
        written = [write(question.question, engine, llm, checker) for question in asked]
    sys.stdout.write("\n".join(lines(written)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
