"""What the scripted engine of the page's tests is asked, and how documents and answers for it are made."""

from collections.abc import Callable

from index.types import Document
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


def both(turn: Turn, strings: Strings = ARABIC) -> str:
    """The transcript and the sources of a turn."""
    return conversation([turn], strings) + sources([turn], strings)
