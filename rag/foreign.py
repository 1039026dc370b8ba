"""Whether an Arabic word is written like a foreign name: Arabic has no capitals that would tell.

Logistic regression over runs of letters; the numbers stand in ``foreign_names.json``, ``python -m eval.fit_names``
fits them.
"""

import json
import math
from functools import lru_cache
from importlib.resources import files

from index.lexical import remember_words

WEIGHTS = "foreign_names.json"
_LONGEST = 4


def letters(form: str) -> list[str]:
    """The runs of one to four letters of a word, its ends marked."""
    padded = f"^{form}$"
    return [padded[i : i + n] for n in range(1, _LONGEST + 1) for i in range(len(padded) - n + 1)]


@remember_words
def likeness(form: str) -> float:
    """Probability in (0, 1) that a normalised Arabic word, without article and particles, is a foreign name."""
    weights = _weights()
    logit = weights[""] + sum(weights.get(run, 0.0) for run in set(letters(form)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads(files("rag").joinpath(WEIGHTS).read_text("utf-8"))
    return loaded
