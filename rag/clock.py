"""How long each step of an answer takes."""

import time


class Clock:
    """Milliseconds by step."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """End a step; one that comes again adds to itself."""
        now = time.perf_counter()
        self._laps[name] = self._laps.get(name, 0.0) + (now - self._last) * 1000
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """Milliseconds of each step, and of all under "total"."""
        laps = {**self._laps, "total": (time.perf_counter() - self._start) * 1000}
        return {name: round(value, 3) for name, value in laps.items()}
