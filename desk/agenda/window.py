"""How often something may happen within a time, by who does it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_MOST_KEYS = 2_000
"""Who is counted at the same time: more booths than a broker takes."""


class Window:
    """Counts what happened within the last `within_s` seconds."""

    def __init__(self, most: int, within_s: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._within_s = within_s
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def full(self, key: str) -> bool:
        """Tell whether as much has happened as may."""
        times = self._times.get(key)
        while times and times[0] <= self._clock() - self._within_s:
            times.popleft()
        return times is not None and len(times) >= self._most

    def note(self, key: str) -> None:
        """Count one more."""
        if key not in self._times and len(self._times) >= _MOST_KEYS:
            self._times.pop(next(iter(self._times)))
        self._times.setdefault(key, deque(maxlen=self._most)).append(self._clock())
