"""Measures the support check on sentences written for it: ``python -m eval.support``.

Each line of ``samples/support.jsonl`` has a cited text and a sentence about it: faithful (reworded or translated) or
corrupted in one way. Facts with an odd number served to choose thresholds and word lists, the others are reported;
``--tuned`` shows the first half. A faithful sentence under the text of another fact stands for "other".
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.statistics import wilson
from index.config import Settings
from index.embed import Embedder
from rag.check import Checker

PAIRS = Path(__file__).with_name("samples") / "support.jsonl"
FAITHFUL = "faithful"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, the text it cites, and how it stands to it.

    Attributes:
        id: "s<fact>-<number>".
        cited: The text.
        sentence: The sentence.
        kind: "faithful", "other", or what was changed: "number", "name", "date", "place", "negation", "roles".
    """

    id: str
    cited: str
    sentence: str
    kind: str

    @property
    def tuned_on(self) -> bool:
        """Whether it was looked at when the check was made."""
        return int(self.id[1:3]) % 2 == 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often one kind of sentence was called unsupported, and how often for the reason it should be."""

    kind: str
    flagged: int
    total: int

    @property
    def rate(self) -> float:
        """Recall of a corruption, share of false alarms of the faithful: in [0, 1]."""
        return self.flagged / self.total


def load(path: Path = PAIRS) -> tuple[Pair, ...]:
    """The pairs of a file."""
    return tuple(Pair(**json.loads(line)) for line in path.read_text("utf-8").splitlines())


def with_others(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs, and each faithful sentence under the text of the next fact in the same half."""
    cited = list(dict.fromkeys(pair.cited for pair in pairs))
    following = dict(zip(cited, [*cited[1:], cited[0]], strict=True))
    others = (Pair(p.id, following[p.cited], p.sentence, OTHER) for p in pairs if p.kind == FAITHFUL)
    return (*pairs, *others)


def measure(pairs: Sequence[Pair], checker: Checker) -> tuple[Outcome, ...]:
    """What the check says of each kind, in order of their first appearance."""
    flagged: dict[str, list[bool]] = {}
    for pair in pairs:
        flagged.setdefault(pair.kind, []).append(checker.check(pair.sentence, [pair.cited]) is not None)
    return tuple(Outcome(kind, sum(found), len(found)) for kind, found in flagged.items())


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A table: recall by kind with its 95 % interval, the precision against all faithful sentences, false alarms."""
    alarms = next(outcome for outcome in outcomes if outcome.kind == FAITHFUL)
    for outcome in outcomes:
        low, high = wilson(outcome.flagged, outcome.total)
        name = "false alarms" if outcome.kind == FAITHFUL else f"recall {outcome.kind}"
        row = f"{name:16} {outcome.rate:.3f} [{low:.3f}, {high:.3f}]  {outcome.flagged}/{outcome.total}"
        if outcome.kind != FAITHFUL and outcome.flagged:
            row += f"  precision {outcome.flagged / (outcome.flagged + alarms.flagged):.3f}"
        yield row


def main(arguments: Sequence[str]) -> None:
    """Print the table of the half that was not tuned on, or with ``--tuned`` of the other."""
    tuned = "--tuned" in arguments
    pairs = with_others([pair for pair in load() if pair.tuned_on is tuned])
    settings = Settings.from_environment()
    checker = Checker(Embedder.load(settings.index.model, settings.cache).embed_queries)
    sys.stdout.write("\n".join(lines(measure(pairs, checker))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
