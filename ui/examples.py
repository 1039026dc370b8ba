"""Example questions for an index's documents, to begin a conversation with."""

from collections.abc import Sequence

from eval.run import DOCUMENTS
from index.types import Document
from ui.html import TITLE_CHARACTERS, plain_label

MOST = 4
_SAMPLES = {
    "ar": (
        "كم يتقاضى العامل في الساعة في ألابوغا؟",
        "كم ساعة بقيت طائرة البوينج في الجو؟",
        "كم عدد قتلى كوريا الشمالية في الحرب مع أوكرانيا؟",
    ),
    "en": (
        "How many containers did the four ships carry?",
        "At which harbour did the four ships pick up North Korean shells?",
        "How many Russians were in the first tour group at the Wonsan beach resort?",
    ),
}
# In the words of ``rag.whole``, so that the document as a whole is what is asked about.
_ABOUT = {
    "ar": "ما موضوع خبر «{title}»؟",
    "fa": "خبر «{title}» درباره چیست؟",
    "ru": "О чём говорится в статье «{title}»?",
    "en": "What is the article “{title}” about?",
}


def questions_for(documents: Sequence[Document], language: str) -> tuple[str, ...]:
    """At most four questions: on the sample documents, else about the newest documents.

    Args:
        documents: What the index holds.
        language: ISO 639-1 code of the interface. Of documents in other languages every other one is asked about in
            it, of the sample documents all are; the others in their own.
    """
    samples = {path.name for path in DOCUMENTS.iterdir()}
    if documents and {document.path for document in documents} <= samples:
        return _SAMPLES.get(language, _SAMPLES["en"])
    # A question that is asked by a click must be one that can be read at a glance.
    known = [d for d in documents if d.title == plain_label(d.title) and 0 < len(d.title) <= TITLE_CHARACTERS]
    newest = sorted(known, key=lambda d: str(d.published or ""), reverse=True)[:MOST]
    asked = (language, "") * MOST
    return tuple(
        _ABOUT.get(code or d.language, _ABOUT["en"]).format(title=d.title)
        for d, code in zip(newest, asked, strict=False)
    )
