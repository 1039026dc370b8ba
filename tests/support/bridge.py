"""An answer about a bridge and what it cites, for tests of measures."""

from collections.abc import Sequence

from index.types import Document, Passage, Sentence
from rag.types import Answer, AnswerSentence, Citation, Evidence, IndexInfo, Support

TEXT = "افتتح العمدة الجسر. كلف بناؤه 1200 دينار."
DOCUMENT = Document("d1", "bridge.txt", "", TEXT, "ar", None, "text")
PASSAGE = Passage("d1-0", "d1", "", (Sentence(0, 19), Sentence(20, len(TEXT))))
CITATION = Citation(1, DOCUMENT, "d1-0", 0, 19, 1.0)
COST = Citation(2, DOCUMENT, "d1-0", 20, len(TEXT), 1.0)


def answer(*sentences: AnswerSentence, passage: Passage = PASSAGE) -> Answer:
    evidence = Evidence(1, passage, DOCUMENT, TEXT, 1.0, {})
    return Answer("?", "ar", False, 0.9, "", sentences, (evidence,), (), {}, IndexInfo("g", "m"))


def sentence(text: str, *citations: Citation, support: Support = "verbatim") -> AnswerSentence:
    return AnswerSentence(text, citations or (CITATION,), support)


def never(_text: str, _quotes: Sequence[str]) -> bool:
    """A support check that nothing passes."""
    return False
