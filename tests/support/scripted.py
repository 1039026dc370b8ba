"""What the scripted engine of the page's tests is asked, and how documents and answers for it are made."""

from collections.abc import Callable
from dataclasses import replace

from index.types import Document, Passage, Sentence
from rag.types import Answer, Citation, Evidence
from ui.render import conversation
from ui.sources import sources
from ui.strings import ARABIC, Strings
from ui.turns import Turn

LENGTH = "كم يبلغ طول جسر النورس؟"
CROWD = "How many people crossed the bridge on its first weekend?"
PAINTER = "من رسم لوحة الجسر؟"
"""Which no document answers."""

MakeDocument = Callable[..., Document]
MakeCitation = Callable[..., Citation]
MakeAnswer = Callable[..., Answer]
MakeEvidence = Callable[..., Evidence]


def with_evidence(answer: Answer) -> Answer:
    """An answer that found the passage whose sentences it cites."""
    cited = [c for c in answer.citations if c.document.id == answer.citations[0].document.id]
    document = cited[0].document
    passage = Passage(f"{document.id}-0", document.id, "", tuple(Sentence(c.start, c.end) for c in cited))
    found = Evidence(1, passage, document, document.text[passage.start : passage.end], 2.0, {"passage": 0.9})
    return replace(answer, evidence=(found,))


def both(turn: Turn, strings: Strings = ARABIC) -> str:
    """The transcript and the sources of a turn."""
    return conversation([turn], strings) + sources([turn], strings)
