"""Measures the support check on sentences written for it: ``python -m eval.support``.

Each line of ``samples/support.jsonl`` has a cited text and a sentence about it: faithful (reworded or translated) or
corrupted in one way. Facts with an odd number served to choose thresholds and word lists, the others are reported;
``--tuned`` shows the first half. A faithful sentence under the text of another fact stands for "other".
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.statistics import Measure, share
from eval.summary import flag_measures
from index.config import Settings
from index.embed import Embedder
from rag.check import Checker

PAIRS = Path(__file__).with_name("samples") / "support.jsonl"
FAITHFUL = "faithful"
OTHER = "other"
KINDS = ("number", "name", "date", "place", "negation", "roles", OTHER)
"""What a sentence that is not faithful can be."""


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


def load(path: Path = PAIRS) -> tuple[Pair, ...]:
    """The pairs of a file."""
    return tuple(Pair(**json.loads(line)) for line in path.read_text("utf-8").splitlines())


def with_others(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs, and each faithful sentence under the text of the next fact in the same half."""
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
    false = [float(found) for _, found, _ in alarms]
    measured = {"support_false_alarms": share(false, [1.0] * len(false), [id_ for id_, *_ in alarms])}
    for kind in KINDS:
        flags = [(f"{kind} {p.id}", found, True) for p, found in flagged if p.kind == kind]
        if flags:
            measured |= {f"support_{name}_{kind}": found for name, found in flag_measures([*flags, *alarms]).items()}
    return measured


def lines(measured: Mapping[str, Measure]) -> Iterator[str]:
    """A table of the measures, each with its 95 % interval."""
    for name, found in measured.items():
        if found.value is not None and found.low is not None and found.high is not None:
            label = name.removeprefix("support_").replace("_", " ")
            yield f"{label:20} {found.value:.3f} [{found.low:.3f}, {found.high:.3f}]  of {found.judged}"


def half(*, tuned: bool) -> tuple[Pair, ...]:
    """The pairs that the check was made with, or those held out, each with its others."""
    return with_others([pair for pair in load() if pair.tuned_on is tuned])


def main(arguments: Sequence[str]) -> None:
    """Print the table of the half that was not tuned on, or with ``--tuned`` of the other."""
    pairs = half(tuned="--tuned" in arguments)
    settings = Settings.from_environment()
    checker = Checker(Embedder.load(settings.index.model, settings.cache).embed_queries)
    sys.stdout.write("\n".join(lines(measures(pairs, checker))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
