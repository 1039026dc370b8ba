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
_TRANSLATION = 0.885
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

    def untranslated(self, sentence: str, found: Sequence[Word], text: str, *, sure: bool = False) -> list[Word]:
        """Of words written like names, those that no word translates and that may be names (``sure``: very likely are).

        Words too short to mean something alone stay.
        """
        german = bool(found) and language.detect(sentence) == _CAPITALS_SAY_NOTHING
        least = _BEYOND_CAPITALS if german else _SURE if sure else _POSSIBLE
        return [
            word
            for word, likely in zip(found, self._likelihoods(sentence, found, text), strict=True)
            if likely is None or likely.max() >= least
        ]

    def names(self, sentence: str, found: Sequence[Word], text: str, *, sure: bool) -> list[Word]:
        """Of any words, those that no word translates and whose vectors are likely (``sure``: very likely) a name's."""
        least = _SURE if sure else _POSSIBLE
        return [
            word
            for word, likely in zip(found, self._likelihoods(sentence, found, text), strict=True)
            if likely is not None and likely.min() >= least
        ]

    def _likelihoods(self, sentence: str, found: Sequence[Word], text: str) -> list[Vectors | None]:
        """For each word how likely it is a name in each of its readings, in [0, 1]; all 0 where it is translated.

        None for a word too short to judge, and for all when the model is not the one that the weights are for.
        """
        if not found or not self._is_fitted():
            return [None] * len(found)
        others = self._vectors([text[w.start : w.end] for w in words(text) if len(w.form) >= _SHORTEST])
        weights = _weights()
        judged: list[Vectors | None] = []
        for word in found:
            read = [reading for reading in _readings(sentence, word) if len(reading) >= _SHORTEST]
            vectors = self._vectors(read)
            translated = (others @ vectors.T).max(initial=-1.0) >= _TRANSLATION
            logits = vectors @ weights.weights + weights.bias
            judged.append((0.0 if translated else 1.0) / (1 + np.exp(-logits)) if read else None)
        return judged

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


def _readings(text: str, word: Word) -> tuple[str, ...]:
    """A word as it is written, and without what may be an Arabic particle that clings to it."""
    written = text[word.start : word.end]
    return tuple(dict.fromkeys((written, written[len(word.form) - len(bare(word.form)[-1]) :])))


@lru_cache(maxsize=1)
def _weights() -> Weights:
    loaded = json.loads(files("rag").joinpath(WEIGHTS).read_text("utf-8"))
    return Weights(loaded["bias"], *(np.array(loaded[name], np.float32) for name in ("weights", "probe")))
