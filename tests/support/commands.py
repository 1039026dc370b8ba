"""The command line as it is typed, for the tests of what it prints, where, and with which exit code."""

import json
from collections.abc import Callable
from dataclasses import dataclass

ASKED = "كم يتقاضى العامل في الساعة في ألابوغا؟"
CAKE = "What is the best recipe for an orange and chocolate cake at home?"
MILL_NEWS = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."
BRIDGE_NEWS = "The bridge at Wadi Nur carries trams and bicycles. It was opened on 3 May 1987 by the mayor of the town."
ESCAPE = "\x1b"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    def failed_with(self, code: int, *words: str) -> None:
        """One line on standard error, nothing else, and this exit code."""
        assert self.code == code, self.err
        assert self.out == ""
        assert self.err.startswith("sanad: ")
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err


Run = Callable[..., Ran]


def lines(*items: str | dict[str, object]) -> bytes:
    return "".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in items).encode()
