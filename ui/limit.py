"""How often somebody may ask: a token bucket for each address."""

import threading
import time
from collections.abc import Callable


class Allowance:
    """A bucket of tokens for each key; safe to share between threads."""

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with full buckets.

        Args:
            burst: Tokens a full bucket holds.
            per_second: Tokens that come back each second.
            clock: Seconds that only grow.
        """
        self._burst, self._rate, self._clock = burst, per_second, clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, key: str) -> bool:
        """Take a token, if there is one."""
        with self._lock:
            now = self._clock()
            tokens, since = self._buckets.get(key, (float(self._burst), now))
            tokens = min(self._burst, tokens + (now - since) * self._rate)
            if tokens < 1:
                return False
            # A bucket that has filled up again is as good as none.
            full_after = self._burst / self._rate
            self._buckets = {k: b for k, b in self._buckets.items() if now - b[1] < full_after}
            self._buckets[key] = (tokens - 1, now)
            return True
