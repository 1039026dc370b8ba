"""Fits ``rag/transliterations.json``: ``python -m eval.fit_transliteration``.

Names of towns, countries, languages and scripts in many languages come with Babel (Unicode's CLDR), more towns stand in
``rag/towns.tsv``. Each pair of spellings in two scripts is cut into pieces, and expectation maximisation finds how
often each pair of pieces stands in them (Jiampojamarn, Kondrak and Sherif, "Applying Many-to-Many Alignments", NAACL
2007). What is translated, as "South", is as unlikely as any two words; most of it falls out. How letters follow each
other is counted in the same names and in the words of the project's sample documents, as a name is compared with all
words of a text.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations, product, zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np
from babel import Locale
from numpy.typing import NDArray

from index.lexical import words
from rag import transliteration
from rag.towns import table
from rag.transliteration import SIZES, Piece, runs, script, spelled

LANGUAGES = ("en", "fr", "de", "tr", "es", "it", "pl", "ar", "fa", "ru", "bg", "uk")
_NAMED = ("territories", "languages", "scripts")
_SAMPLES = Path(__file__).with_name("samples") / "documents"
_PEOPLE = Path(__file__).with_name("samples") / "names.tsv"
_ROUNDS = 8
_LEAST_LIKELY = -3.6
"""Log-likelihood per letter below which a pair is taken for a translation."""
_IMPOSSIBLE = -14.0
_DIAGONAL = 0.2
_SHORTEST = 3
Pair = tuple[str, str]
Floats = NDArray[np.float64]


class Step(NamedTuple):
    """Where a piece stands in the alignments of those pairs that are long enough for it.

    Attributes:
        begin: How many letters of both words stand before it.
        end: How many are over behind it.
        rows: (n,) numbers of the pairs.
        pieces: (n,) number of the piece in each of them.
        near: (n,) whether it lies near the diagonal, as pieces do before anything is known.
    """

    begin: tuple[int, int]
    end: tuple[int, int]
    rows: NDArray[np.int64]
    pieces: NDArray[np.int64]
    near: NDArray[np.bool_]


def names() -> list[dict[str, str]]:
    """Towns, countries, languages and scripts, each by language."""
    locales = {language: Locale.parse(language) for language in LANGUAGES}
    zones = sorted(frozenset().union(*(locale.time_zones for locale in locales.values())))
    # CLDR leaves out a town whose name is as the zone's.
    towns = [
        {
            language: locale.time_zones.get(zone, {}).get("city")
            or (zone.split("/")[-1].replace("_", " ") if _writes_latin(locale) else "")
            for language, locale in locales.items()
        }
        for zone in zones
    ]
    others = [
        {language: getattr(locale, kind).get(code, "") for language, locale in locales.items()}
        for kind in _NAMED
        for code in sorted(getattr(locales["en"], kind))
        if not code.isdigit()
    ]
    return [*towns, *others, *_people(), *_more_towns()]


def _writes_latin(locale: Locale) -> bool:
    return script((locale.language_name or "").lower()) == "latin"


def _people() -> Iterator[dict[str, str]]:
    """Names of people and towns that those lists have few of: Arabic, Slavic, Korean, Chinese and Japanese ones."""
    for line in _PEOPLE.read_text("utf-8").splitlines():
        for spellings in product(*(column.split(" ") for column in line.split("\t"))):
            yield dict(zip(("ar", "en", "ru"), spellings, strict=True))


def _more_towns() -> Iterator[dict[str, str]]:
    """The usual name of each town in the table in Latin letters beside those in the other scripts."""
    for known in table():
        arabic, cyrillic = ([name for name in known.names if script(name) == one] for one in ("arabic", "cyrillic"))
        for two, three in zip_longest(arabic, cyrillic, fillvalue=""):
            yield {"en": known.names[0], "ar": two, "ru": three}


def pairs(named: Iterable[Mapping[str, str]]) -> dict[str, list[Pair]]:
    """By two scripts the words of one name in both."""
    found: dict[str, set[Pair]] = defaultdict(set)
    for spellings in named:
        for first, second in permutations({forms(name) for name in spellings.values()}, 2):
            for one, two in zip(first, second, strict=False) if len(first) == len(second) else ():
                if min(len(one), len(two)) >= _SHORTEST and script(one) < script(two):
                    found[f"{script(one)} {script(two)}"].add((one, two))
    return {scripts: sorted(known) for scripts, known in found.items()}


def forms(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(word.form for word in words(text.replace("\u200c", " ")))


def fit(known: Sequence[Pair]) -> dict[Piece, float]:
    """How often each piece is expected in the alignments of pairs, without the pairs that are translations."""
    every, steps = _steps(known)
    needed = np.array([max(1, len("".join(piece)) - 1) for piece in every])  # long pieces need to be seen oftener
    lengths = np.array([len(one) + len(two) for one, two in known])
    trusted = np.ones(len(known))
    counts = np.bincount(np.concatenate([s.pieces[s.near] for s in steps]), minlength=len(every)).astype(np.float64)
    for number in range(_ROUNDS):
        counts, scores = _expected(known, trusted, steps, _logarithms(np.where(counts >= needed, counts, 0)))
        if number >= _ROUNDS // 2 - 1:
            trusted = np.where(scores / lengths > _LEAST_LIKELY, 1.0, 0.0)
    return {piece: round(float(n), 2) for piece, n, least in zip(every, counts, needed, strict=True) if n >= least}


def letters(texts: Iterable[str]) -> dict[str, dict[str, int]]:
    """By script how often each run of letters stands in the words of texts, each word counted once."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for form in sorted({form for text in texts for form in forms(text)}):
        if form.isalpha() and len(form) >= _SHORTEST and script(form):
            found[script(form)].update(runs(form))
    return {name: dict(sorted(counts.items())) for name, counts in found.items()}


def _steps(known: Sequence[Pair]) -> tuple[list[Piece], list[Step]]:
    """Pieces, and the steps of all alignments in an order in which each begins where others have ended."""
    marked = [(spelled(one), spelled(two)) for one, two in known]
    lengths = np.array([(len(one), len(two)) for one, two in marked])
    numbers: dict[Piece, int] = {}
    steps: list[Step] = []
    longest, widest = (int(length) for length in lengths.max(0))
    for at, there, (taken, given) in product(range(longest + 1), range(widest + 1), SIZES):
        end, over = at + taken, there + given
        rows = np.flatnonzero((lengths >= (end, over)).all(1))
        if rows.size:
            found = ((marked[row][0][at:end], marked[row][1][there:over]) for row in rows)
            pieces = np.array([numbers.setdefault(piece, len(numbers)) for piece in found])
            near = np.abs(at / lengths[rows, 0] - there / lengths[rows, 1]) < _DIAGONAL
            steps.append(Step((at, there), (end, over), rows, pieces, near))
    return list(numbers), steps


def _expected(known: Sequence[Pair], trusted: Floats, steps: Sequence[Step], likely: Floats) -> tuple[Floats, Floats]:
    """How often each piece is expected in the alignments of trusted pairs, and the log-likelihood of every pair."""
    rows = np.arange(len(known))
    ends = np.array([(len(spelled(one)), len(spelled(two))) for one, two in known])
    forward, backward = (np.full((len(known), *(ends.max(0) + 1)), -np.inf) for _ in range(2))
    forward[:, 0, 0] = 0.0
    backward[rows, ends[:, 0], ends[:, 1]] = 0.0
    for step in steps:
        arriving, place = forward[step.rows, *step.begin] + likely[step.pieces], (step.rows, *step.end)
        forward[place] = np.logaddexp(forward[place], arriving)
    for step in reversed(steps):
        leaving, place = backward[step.rows, *step.end] + likely[step.pieces], (step.rows, *step.begin)
        backward[place] = np.logaddexp(backward[place], leaving)
    total = forward[rows, ends[:, 0], ends[:, 1]]
    counts = np.zeros(len(likely))
    for step in steps:
        through = forward[step.rows, *step.begin] + likely[step.pieces] + backward[step.rows, *step.end]
        np.add.at(counts, step.pieces, trusted[step.rows] * np.exp(through - total[step.rows]))
    return counts, total


def _logarithms(counts: Floats) -> Floats:
    """Logarithms of shares."""
    with np.errstate(divide="ignore"):
        logarithms: Floats = np.maximum(np.log(counts / counts.sum()), _IMPOSSIBLE)
    return logarithms


def main() -> None:
    """Fit on all names and write the counts."""
    named = names()
    fitted = {scripts: fit(known) for scripts, known in sorted(pairs(named).items())}
    texts = [path.read_text("utf-8", "ignore") for path in sorted(_SAMPLES.rglob("*")) if path.is_file()]
    counts = {
        "pieces": {
            scripts: {" ".join(piece): count for piece, count in sorted(found.items())}
            for scripts, found in fitted.items()
        },
        "letters": letters([*(name for spellings in named for name in spellings.values()), *texts]),
    }
    target = Path(transliteration.__file__).with_name(transliteration.COUNTS)
    target.write_text(json.dumps(counts, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{sum(map(len, fitted.values()))} pieces of {len(named)} names: {target}\n")


if __name__ == "__main__":
    main()
