"""Work in a child process: one piece at a time, watched while it runs, ended at any moment."""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any, Literal

from index.build import Progress
from index.errors import SanadError

_NICE = 10  # questions come first
_EVERY_S = 0.1

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How far a piece of work is.

    Attributes:
        name: What is done, "" before the first piece of work.
        phase: "idle" before, "running" while, and "done", "failed" or "cancelled" after it.
        step: The step it is at, "start" until it names one.
        done: Units of the step that are done.
        total: Of how many; 0 while unknown.
        left_s: Seconds that the step will still take, as far as can be told.
        rate: Tokens that it embeds in a second; 0 where it embeds none.
        result: What came of it when done; when failed, the line of a known error, "" for an unexpected one.
    """

    name: str = ""
    phase: Literal["idle", "running", "done", "failed", "cancelled"] = "idle"
    step: str = "start"
    done: int = 0
    total: int = 0
    left_s: float | None = None
    rate: float = 0.0
    result: Any = None


class Job:
    """Runs work in a child process, which may be killed at any moment; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = State()
        self._child: multiprocessing.process.BaseProcess | None = None

    @property
    def state(self) -> State:
        """How far the last piece of work is."""
        return self._state

    def start(self, name: str, work: Callable[..., Any], *given: object) -> bool:
        """Begin a piece of work, unless one is running.

        Args:
            name: What it is called in ``state``.
            work: A function of a module; called in the child process with ``given`` and, last, a ``Progress``.
            given: Values that can be pickled.

        Returns:
            Whether it was begun.
        """
        with self._lock:
            if self._state.phase == "running":
                return False
            # A forked child would share the locks that this process's threads hold.
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe(duplex=False)
            self._child = context.Process(target=_run, args=(theirs, work, given), daemon=True, name=f"sanad {name}")
            self._child.start()
            self._state = State(name, "running")
            theirs.close()
            threading.Thread(target=self._follow, args=(ours, self._child), daemon=True).start()
            return True

    def cancel(self) -> None:
        """End the work that is running, if there is any."""
        with self._lock:
            if self._state.phase == "running" and self._child is not None:
                self._state = replace(self._state, phase="cancelled")
                self._child.kill()

    def _follow(self, pipe: Connection, child: multiprocessing.process.BaseProcess) -> None:
        phase, result = "failed", ""
        since = time.monotonic()
        try:
            while True:
                told, *values = pipe.recv()
                if told != "step":
                    phase, result = told, values[0]
                    break
                step, done, total, tokens = values
                if step != self._state.step:
                    since = time.monotonic()
                passed = time.monotonic() - since
                left = passed / done * (total - done) if done else None
                rate = tokens / passed if passed else 0.0
                with self._lock:
                    if self._runs(child):
                        self._state = replace(self._state, step=step, done=done, total=total, left_s=left, rate=rate)
        except (EOFError, OSError):
            pass  # it was killed, or died
        child.join()
        pipe.close()
        with self._lock:
            if self._runs(child):
                self._state = replace(self._state, phase=phase, result=result)  # type: ignore[arg-type]

    def _runs(self, child: multiprocessing.process.BaseProcess) -> bool:
        """Whether the state is still that of a child: another may have been begun since it was killed."""
        return self._child is child and self._state.phase == "running"


def _run(pipe: Connection, work: Callable[..., Any], given: tuple[object, ...]) -> None:
    """What the child process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    os.nice(_NICE)
    try:
        pipe.send(("done", work(*given, _teller(pipe))))
    except SanadError as error:
        pipe.send(("failed", str(error)))
    except Exception:
        logger.exception("the work ended with an error")
        pipe.send(("failed", ""))


def _teller(pipe: Connection) -> Progress:
    """Progress that goes through a pipe, ten times a second at most within a step."""
    last: list[Any] = ["", 0.0]

    def tell(step: str, done: int, total: int, tokens: int = 0) -> None:
        now = time.monotonic()
        if step != last[0] or done == total or now - last[1] > _EVERY_S:
            last[:] = [step, now]
            pipe.send(("step", step, done, total, tokens))

    return tell
