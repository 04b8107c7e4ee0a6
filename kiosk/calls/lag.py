"""How late this process is: a busy processor must not be mistaken for a busy line."""

from __future__ import annotations

import asyncio
from collections import deque

INTERVAL_S = 0.05
REMEMBERED = 10
"""Samples: the half second over which the estimate looks for a standing queue."""


class LoopLag:
    """Watches how late the event loop wakes; `start` and `stop` on the loop."""

    def __init__(self) -> None:
        self._samples: deque[float] = deque([0.0], maxlen=REMEMBERED)
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0

    def start(self) -> None:
        """Begin to watch."""
        loop = asyncio.get_running_loop()
        self._due = loop.time() + INTERVAL_S
        self._timer = loop.call_at(self._due, self._tick, loop)

    def stop(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def worst_s(self) -> float:
        """The longest lateness of the last half second."""
        return max(self._samples)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        self._samples.append(max(0.0, now - self._due))
        self._due = now + INTERVAL_S
        self._timer = loop.call_at(self._due, self._tick, loop)
