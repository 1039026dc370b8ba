"""Whether misspelt and dialect questions are answered as their clean wording is.

``python -m eval.robustness`` measures on the sample documents.
"""

from eval import alike
from eval.alike import Groups

GROUPS: Groups = {
    "perturbed": lambda _: True,
    "  Arabic": lambda p: p.question.language == "ar",
    "  English": lambda p: p.question.language == "en",
    "  others": lambda p: p.question.language not in {"ar", "en"},
}


def main() -> None:
    """Measure and print."""
    alike.run("Perturbed questions", {"perturbed"}, GROUPS)


if __name__ == "__main__":
    main()
