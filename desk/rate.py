"""A bound on how often something may happen: a token bucket."""

from __future__ import annotations

from collections.abc import Callable


class Rate:
    """Allows bursts of `burst`, and `per_s` a second in the long run."""

    def __init__(self, per_s: float, burst: float, clock: Callable[[], float]) -> None:
        """`clock` is monotonic seconds."""
        self._per_s = per_s
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._at = clock()

    def allows(self) -> bool:
        """Count one event; False when it is one too many."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._per_s)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
