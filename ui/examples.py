"""Example questions for an index's documents, to begin a conversation with."""

from collections.abc import Sequence
from functools import cache

from eval import questions
from eval.run import DOCUMENTS, QUESTIONS
from index.types import Document

MOST = 4
_SAMPLE_QUESTIONS = ("fact", "cross-lingual", "disagreement", "unanswerable")
# In the words of ``rag.whole``, so that the document as a whole is what is asked about.
_ABOUT = {
    "ar": "ما موضوع خبر «{title}»؟",
    "fa": "خبر «{title}» درباره چیست؟",
    "ru": "О чём говорится в статье «{title}»?",
    "en": "What is the article “{title}” about?",
}


def questions_for(documents: Sequence[Document]) -> tuple[str, ...]:
    """At most four questions: of the project's own set on the sample documents, else about the newest documents."""
    samples = {path.name for path in DOCUMENTS.iterdir()}
    if documents and {document.path for document in documents} <= samples:
        return _own()
    newest = sorted(documents, key=lambda d: str(d.published or ""), reverse=True)[:MOST]
    return tuple(_ABOUT.get(d.language, _ABOUT["en"]).format(title=d.title) for d in newest if d.title)


@cache
def _own() -> tuple[str, ...]:
    """Questions of the project's own set; every visit asks for them."""
    own = questions.load(QUESTIONS, DOCUMENTS)
    return tuple(next(q.question for q in own if q.kind == kind) for kind in _SAMPLE_QUESTIONS)
