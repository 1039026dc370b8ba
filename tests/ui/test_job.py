"""Work in a child process: watched, and ended at any moment."""

import os
import time
from collections.abc import Callable

import pytest

from index.build import Progress
from index.errors import DocumentError
from ui.job import Job, State

WAIT_S = 120


def count(to: int, progress: Progress) -> tuple[int, int]:
    for done in range(to + 1):
        progress("read", done, to)
    return to, os.getpid()


def refuse(progress: Progress) -> None:
    progress("read", 0, 1)
    raise DocumentError("there is nothing to read")


def break_(_progress: Progress) -> None:
    raise RuntimeError("a secret of the inside")


def die(_progress: Progress) -> None:
    os._exit(3)


def sleep(progress: Progress) -> None:
    progress("embed", 0, 6)
    time.sleep(0.2)
    progress("embed", 2, 6, 600)
    time.sleep(WAIT_S)


def until(job: Job, holds: Callable[[State], bool]) -> State:
    end = time.monotonic() + WAIT_S
    while not holds(job.state):
        assert time.monotonic() < end, job.state
        time.sleep(0.02)
    return job.state


def over(state: State) -> bool:
    return state.phase != "running"


def test_what_came_of_the_work_comes_back_from_another_process() -> None:
    job = Job()
    assert job.state == State()
    assert job.start("counting", count, 3)
    state = until(job, over)
    assert (state.name, state.phase, state.step, state.done, state.total) == ("counting", "done", "read", 3, 3)
    assert state.result[0] == 3
    assert state.result[1] != os.getpid()


def test_errors_come_back_as_one_line_or_as_none() -> None:
    job = Job()
    for work, line in ((refuse, "there is nothing to read"), (break_, ""), (die, "")):
        job.start("failing", work)
        state = until(job, over)
        assert (state.phase, state.result) == ("failed", line)


def test_one_piece_of_work_runs_at_a_time_and_can_be_ended() -> None:
    job = Job()
    assert job.start("sleeping", sleep)
    assert not job.start("counting", count, 3)
    state = until(job, lambda state: state.done == 2)
    assert state.rate > 0
    assert state.left_s == pytest.approx(2 * 600 / state.rate)  # a third is done
    job.cancel()
    assert job.state.phase == "cancelled"
    assert job.start("counting", count, 3)
    assert until(job, over).phase == "done"
    job.cancel()
    assert job.state.phase == "done"
