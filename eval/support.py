"""Measures the support check on sentences written for it: ``python -m eval.support [--claims] [--tuned]``.

Each line of ``samples/support.jsonl`` has a cited text and a sentence about it: faithful (reworded or translated) or
corrupted in one way. Facts before ``HELD_OUT`` served to find causes and choose thresholds and word lists; ``--tuned``
shows them. Those from it on were written last and measured before their causes were looked at; they are reported. A
faithful sentence under the text of another fact stands for "other".

With ``--claims`` it measures on ``samples/claims.jsonl``: more texts of all kinds of news, each with five faithful
sentences made hard to recognise and seven that change one thing. Every other text is for looking at (``--tuned``).

``python -m eval.support FILE.csv`` reads pairs of headlines instead (``s1,s2,stance``, as the ANS corpus has them:
Khouja, "Stance Prediction and Claim Verification: An Arabic Perspective", 2020) and tells how many of each stance it
flags.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.records import read_stances
from eval.statistics import Measure, share
from eval.summary import flag_measures
from index.config import Settings
from index.embed import Embedder
from rag.check import Checker

PAIRS = Path(__file__).with_name("samples") / "support.jsonl"
CLAIMS = PAIRS.with_name("claims.jsonl")
FAITHFUL = "faithful"
OTHER = "other"
KINDS = ("number", "name", "date", "place", "negation", "roles", "opposite", OTHER)
"""What a sentence that is not faithful can be."""
UNSAID = "unsaid"
"""What only claims can be besides."""
HELD_OUT = 246
"""Number of the first fact that nothing was chosen on."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, the text it cites, and how it stands to it.

    Attributes:
        id: "s<fact>-<number>".
        cited: The text.
        sentence: The sentence.
        kind: "faithful", "other", or what was changed: "number", "name", "date", "place", "negation", "roles",
            "opposite"; "unsaid" says more than the text.
    """

    id: str
    cited: str
    sentence: str
    kind: str

    @property
    def fact(self) -> int:
        """Number of the fact that it is about."""
        return int(self.id.removeprefix("s").split("-")[0])


def load(path: Path = PAIRS) -> tuple[Pair, ...]:
    """The pairs of a file."""
    return tuple(Pair(**json.loads(line)) for line in path.read_text("utf-8").splitlines())


def load_claims(path: Path = CLAIMS) -> tuple[Pair, ...]:
    """The pairs of a file in the format of ``samples/claims.jsonl``: by line a text, and sentences by kind."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return tuple(
        Pair(f"s{fact}-{number}", row["cited"], sentence, kind)
        for fact, row in enumerate(rows, 1)
        for number, (kind, sentence) in enumerate(
            ((kind, sentence) for kind, sentences in row["claims"].items() for sentence in sentences), 1
        )
    )


def load_stances(path: Path) -> tuple[Pair, ...]:
    """Pairs of headlines with "agree", "disagree" or "other" for their kind; the second is held against the first."""
    return tuple(Pair(f"a{number}", *row) for number, row in enumerate(read_stances(path)))


def with_others(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs, and each faithful sentence under the text of the next fact among them."""
    cited = list(dict.fromkeys(pair.cited for pair in pairs))
    following = dict(zip(cited, [*cited[1:], cited[0]], strict=True))
    others = (Pair(p.id, following[p.cited], p.sentence, OTHER) for p in pairs if p.kind == FAITHFUL)
    return (*pairs, *others)


def measures(pairs: Sequence[Pair], checker: Checker) -> dict[str, Measure]:
    """What the check finds.

    Returns:
        "support_false_alarms"; for each kind "support_recall_<kind>" and, against all faithful sentences,
        "support_precision_<kind>".
    """
    flagged = [(pair, checker.check(pair.sentence, [pair.cited]) is not None) for pair in pairs]
    alarms = [(p.id, found, False) for p, found in flagged if p.kind == FAITHFUL]
    false = tuple((id_, float(found)) for id_, found, _ in alarms)
    rate = share([found for _, found in false], [1.0] * len(false), [id_ for id_, _ in false])
    measured = {"support_false_alarms": replace(rate, cases=false)}
    for kind in (*KINDS, UNSAID):
        flags = [(f"{kind} {p.id}", found, True) for p, found in flagged if p.kind == kind]
        if flags:
            measured |= {f"support_{name}_{kind}": found for name, found in flag_measures([*flags, *alarms]).items()}
    return measured


def flagged_by_kind(pairs: Sequence[Pair], checker: Checker) -> dict[str, Measure]:
    """The share of each kind of pairs that the check flags, as "flagged_<kind>"."""
    flags: dict[str, list[float]] = {}
    for pair in pairs:
        flags.setdefault(pair.kind, []).append(float(checker.check(pair.sentence, [pair.cited]) is not None))
    return {
        f"flagged_{kind}": share(found, [1.0] * len(found), [str(number) for number in range(len(found))])
        for kind, found in flags.items()
    }


def lines(measured: Mapping[str, Measure]) -> Iterator[str]:
    """A table of the measures, each with its 95 % interval."""
    for name, found in measured.items():
        if found.value is not None and found.low is not None and found.high is not None:
            label = name.removeprefix("support_").replace("_", " ")
            yield f"{label:20} {found.value:.3f} [{found.low:.3f}, {found.high:.3f}]  of {found.judged}"


def half(*, tuned: bool) -> tuple[Pair, ...]:
    """The pairs that the check was made with, or those held out, each with its others."""
    return with_others([pair for pair in load() if tuned == (pair.fact < HELD_OUT)])


def half_of_claims(*, tuned: bool) -> tuple[Pair, ...]:
    """The claims about every other text: those that were looked at, or the rest."""
    return tuple(pair for pair in load_claims() if tuned == bool(pair.fact % 2))


def main(arguments: Sequence[str]) -> None:
    """Print the table of the facts or claims held out, with ``--tuned`` of the others, or of a file of stances."""
    settings = Settings.from_environment()
    checker = Checker(Embedder.load(settings.index.model, settings.cache).embed_queries)
    stances = [Path(argument) for argument in arguments if argument.endswith(".csv")]
    measured = (
        flagged_by_kind([pair for path in stances for pair in load_stances(path)], checker)
        if stances
        else measures((half_of_claims if "--claims" in arguments else half)(tuned="--tuned" in arguments), checker)
    )
    sys.stdout.write("\n".join(lines(measured)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
