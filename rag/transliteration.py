"""How much more likely two words in two scripts are one name than two: what usual endings share tells little.

A name and its transliteration are cut into pairs of pieces of at most two letters on either side, each as likely as in
pairs of names that are known (Li, Zhang and Su, "A Joint Source-Channel Model for Machine Transliteration", ACL 2004);
a word alone is as likely as its letters are behind the two before them. The counts stand in ``transliterations.json``;
``python -m eval.fit_transliteration`` makes them.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

Script = Literal["arabic", "cyrillic", "latin", ""]
Piece = tuple[str, str]
"""Up to two letters of a word, and what they are in the other script."""
COUNTS = "transliterations.json"
SIZES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2))
"""How many letters the two sides of a piece may have."""
BEFORE = 2
"""Letters that tell how likely the next one is."""
_UNSEEN = 0.001
"""Share of pieces of one letter on either side that no known pair of names has, and of letters that stand alone."""
_NEW_LETTER = 1e-4
"""Share of a letter that is in no known name."""
_PRIOR = 5.0
"""How often a letter counts as seen by what fewer letters before it tell."""
_REMEMBERED = 1 << 16


def evidence(one: str, two: str) -> float:
    """Log-likelihood ratio in nats, the mean of both directions, of two normalised words being one name.

    Minus infinity where it is below 0, and for words that are not in two of the scripts known.
    """
    first, second = sorted((one, two), key=script)
    return _evidence(first, second)


@lru_cache(maxsize=_REMEMBERED)
def _evidence(one: str, two: str) -> float:
    scripts = f"{script(one)} {script(two)}"
    if scripts not in _known().pieces:
        return -math.inf
    apart = sum(_apart(word, scripts, side) for side, word in enumerate((one, two)))
    return _known().pieces[scripts].joint(one, two, apart) - apart


@lru_cache(maxsize=_REMEMBERED)
def _apart(word: str, scripts: str, side: int) -> float:
    """Log-probability of a word as one side of a pair of names and as any word, the mean of both."""
    known = _known()
    return (known.pieces[scripts].alone(word, side) + known.letters[script(word)].probability(word)) / 2


def script(form: str) -> Script:
    """The script of a normalised word, by its first letter."""
    if "\u0600" <= form[0] <= "\u06ff":
        return "arabic"
    if "\u0400" <= form[0] <= "\u052f":
        return "cyrillic"
    return "latin" if "a" <= form[0] <= "\u024f" else ""


def spelled(form: str) -> str:
    """A word with marks for its ends, where letters sound otherwise."""
    return f"^{form}$"


class Pieces:
    """How likely pieces of words in two scripts are together, and those of one side alone."""

    def __init__(self, counts: Mapping[Piece, float]) -> None:
        """Take how often each piece stands in the alignments of known pairs."""
        total = sum(counts.values())
        shares = {piece: (1 - 3 * _UNSEEN) * count / total for piece, count in counts.items()}
        self._together = {piece: math.log(share) for piece, share in shares.items()}
        self._alone: tuple[dict[str, float], dict[str, float]] = {}, {}
        letters = Counter[str](), Counter[str]()
        for piece, share in shares.items():
            for side, run in enumerate(piece):
                self._alone[side][run] = self._alone[side].get(run, 0.0) + share
                letters[side].update({letter: run.count(letter) * counts[piece] for letter in run})
        self._letters = tuple({letter: count / found.total() for letter, count in found.items()} for found in letters)

    def joint(self, one: str, two: str, least: float) -> float:
        """Log-probability of two words in the likeliest of their alignments; minus infinity below a least."""
        first, second = spelled(one), spelled(two)
        best = [[-math.inf] * (len(second) + 1) for _ in range(len(first) + 1)]
        best[0][0] = 0.0
        for at, row in enumerate(best):
            for there, here in enumerate(row):
                if here < least:  # it can only fall
                    continue
                for taken, given in SIZES:
                    end, over = at + taken, there + given
                    if end <= len(first) and over <= len(second):
                        likely = here + self._likely(first[at:end], second[there:over])
                        best[end][over] = max(best[end][over], likely)
        return best[-1][-1] if best[-1][-1] >= least else -math.inf

    def alone(self, word: str, side: int) -> float:
        """Log-probability of a word on one side, whatever stands on the other."""
        spelling = spelled(word)
        reached = [1.0] + [0.0] * len(spelling)
        for at in range(len(reached)):
            reached[at] /= 1 - self._alone[side].get("", 0.0)
            for end in range(at + 1, min(at + 2, len(spelling)) + 1):
                run = spelling[at:end]
                rare = 2 * _UNSEEN * self._letters[side].get(run, _NEW_LETTER) if len(run) == 1 else 0.0
                reached[end] += reached[at] * (self._alone[side].get(run, 0.0) + rare)
        return math.log(reached[-1])

    def _likely(self, one: str, two: str) -> float:
        known = self._together.get((one, two))
        if known is not None:
            return known
        if len(one) > 1 or len(two) > 1:
            return -math.inf
        shares = (self._letters[side].get(letter, _NEW_LETTER) for side, letter in enumerate((one, two)) if letter)
        return math.log(_UNSEEN * math.prod(shares))


class Letters:
    """How likely words of one script are by their letters, each behind those before it (MacKay and Peto, 1995)."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take how often each run of three letters stands in known words, ``runs``."""
        self._behind, self._before = Counter[str](), Counter[str]()
        self._rarest = 1 / (1 + len({run[-1] for run in counts}))
        for run, count in counts.items():
            for begin in range(BEFORE + 1):
                self._behind[run[begin:]] += count
                self._before[run[begin:BEFORE]] += count

    def probability(self, word: str) -> float:
        """Log-probability of a word."""
        return sum(math.log(self._next(run)) for run in runs(word))

    def _next(self, run: str) -> float:
        likely = self._rarest
        for begin in range(BEFORE, -1, -1):
            likely = (self._behind[run[begin:]] + _PRIOR * likely) / (self._before[run[begin:BEFORE]] + _PRIOR)
        return likely


def runs(word: str) -> Iterator[str]:
    """Each letter of a word, and its end, behind the two before it."""
    padded = f"{'^' * BEFORE}{word}$"
    return (padded[at : at + BEFORE + 1] for at in range(len(padded) - BEFORE))


class Known(NamedTuple):
    """What is known of names: by two scripts ("arabic latin") their pieces, by script its letters."""

    pieces: Mapping[str, Pieces]
    letters: Mapping[str, Letters]


@lru_cache(maxsize=1)
def _known() -> Known:
    loaded = json.loads(files("rag").joinpath(COUNTS).read_text("utf-8"))
    pieces = {
        scripts: Pieces({(piece.split(" ")[0], piece.split(" ")[1]): count for piece, count in counts.items()})
        for scripts, counts in loaded["pieces"].items()
    }
    return Known(pieces, {name: Letters(counts) for name, counts in loaded["letters"].items()})
