"""Whether a word means somebody or something by name, and whether another word translates it: told by its vector.

Capitals and letters only make a word look like a name. The vector of a word alone tells titles, things and months from
names in any language, by logistic regression; the numbers stand in ``names_by_sense.json``, ``python -m
eval.fit_sense`` fits them for the bundled model. With another model there is no second opinion.
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from index import language
from index.embed import Vectors
from index.lexical import Word, words
from rag.heard import bare

WEIGHTS = "names_by_sense.json"
PROBE = "name"
"""A word whose vector tells the model that the weights were fitted for."""
# Chosen on the sentences of eval/samples/support.jsonl that are not held out.
_TRANSLATION = 0.895
_POSSIBLE, _SURE, _BEYOND_CAPITALS = 0.3, 0.7, 0.9
_SAME_MODEL = 0.98
_CAPITALS_SAY_NOTHING = "de"
_SHORTEST = 3
"""Letters from which on a word alone has a meaning."""
_REMEMBERED = 4096


class Weights(NamedTuple):
    """A logistic regression over vectors of words.

    Attributes:
        bias: Its constant.
        weights: (dimension,) float32.
        probe: (dimension,) float32, the vector of ``PROBE``.
    """

    bias: float
    weights: Vectors
    probe: Vectors


class Sense:
    """Judges words by their vectors; safe to share between threads."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        """Take what gives words as (n, dimension) float32 vectors of unit length."""
        self._embed = embed
        self._known: dict[str, Vectors] = {}
        self._fits: bool | None = None

    def untranslated(self, sentence: str, found: Sequence[Word], text: str) -> list[Word]:
        """Of words written like names those that may be some, and that no word of another text translates."""
        german = bool(found) and language.detect(sentence) == _CAPITALS_SAY_NOTHING
        return self._judged(sentence, found, text, _BEYOND_CAPITALS if german else _POSSIBLE, keep_short=True)

    def names(self, sentence: str, found: Sequence[Word], text: str, *, sure: bool) -> list[Word]:
        """Of any words those that are names by their sense, likely or, ``sure``, very likely, and not translated."""
        return self._judged(sentence, found, text, _SURE if sure else _POSSIBLE, keep_short=False)

    def _judged(self, sentence: str, found: Sequence[Word], text: str, least: float, *, keep_short: bool) -> list[Word]:
        if not found or not self._is_fitted():
            return list(found) if keep_short else []
        others = self._vectors([text[w.start : w.end] for w in words(text) if len(w.form) >= _SHORTEST])
        weights = _weights()
        kept = []
        for word in found:
            if len(word.form) < _SHORTEST:
                kept += [word] * keep_short
                continue
            vector = self._vectors([_alone(sentence, word)])[0]
            likely = 1 / (1 + np.exp(-(weights.weights @ vector + weights.bias)))
            if likely >= least and (others @ vector).max(initial=-1.0) < _TRANSLATION:
                kept.append(word)
        return kept

    def _is_fitted(self) -> bool:
        if self._fits is None:
            probe, vector = _weights().probe, self._embed([PROBE])[0]
            self._fits = probe.shape == vector.shape and float(probe @ vector) >= _SAME_MODEL
        return self._fits

    def _vectors(self, written: Sequence[str]) -> Vectors:
        """(n, dimension) vectors of words; those of the last thousands are remembered."""
        new = [word for word in dict.fromkeys(written) if word not in self._known]
        known = dict(self._known) if new else self._known
        if new:
            known |= dict(zip(new, self._embed(new), strict=True))
            self._known = dict(list(known.items())[-_REMEMBERED:])
        found = np.zeros((len(written), len(_weights().weights)), np.float32)
        for row, word in enumerate(written):
            found[row] = known[word]
        return found


def _alone(text: str, word: Word) -> str:
    """A word as it is written, without an Arabic particle that clings to it."""
    return text[word.start + len(word.form) - len(bare(word.form)[-1]) : word.end]


@lru_cache(maxsize=1)
def _weights() -> Weights:
    loaded = json.loads(files("rag").joinpath(WEIGHTS).read_text("utf-8"))
    return Weights(loaded["bias"], *(np.array(loaded[name], np.float32) for name in ("weights", "probe")))
