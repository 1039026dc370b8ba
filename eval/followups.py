"""Whether follow-ups are answered as their stand-alone wording is, and new topics as if nothing had gone before.

``python -m eval.followups`` measures on the sample documents. ``rag.question`` was tuned on the follow-ups at even
places of the set; those at odd places are held out.
"""

from eval import alike
from eval.alike import Groups

KINDS = frozenset({"follow-up", "topic-change"})
GROUPS: Groups = {
    "follow-ups": lambda p: p.question.kind == "follow-up",
    "  tuned on": lambda p: p.question.kind == "follow-up" and p.place % 2 == 0,
    "  held out": lambda p: p.question.kind == "follow-up" and p.place % 2 == 1,
    "  Arabic": lambda p: p.question.kind == "follow-up" and p.question.language == "ar",
    "  English": lambda p: p.question.kind == "follow-up" and p.question.language == "en",
    "  others": lambda p: p.question.kind == "follow-up" and p.question.language not in {"ar", "en"},
    "topic changes": lambda p: p.question.kind == "topic-change",
}


def main() -> None:
    """Measure and print."""
    alike.run("Follow-ups and topic changes", KINDS, GROUPS)


if __name__ == "__main__":
    main()
