"""Two ends of the papers' channel over a narrow line, in virtual time, with a key typed beside."""

from __future__ import annotations

import heapq
import itertools
import random

from tests.documents.ends import End

HEADERS = 1.08
"""What UDP, DTLS and SCTP add to a packet of data."""
KEY_EVERY_S = 0.12


class ShapedLine:
    """A line of one rate and delay both ways, whose queue loses nothing; `now` is its clock.

    Keys are typed at the sending side; nothing but the line itself can hold them up.
    """

    def __init__(self, rate_bps: float, delay_s: float, jitter_s: float = 0.0) -> None:
        self.rate_bps, self.delay_s = rate_bps, delay_s
        self.now = 0.0
        self.keys_s: list[float] = []
        self.sender, self.receiver = (End(clock=lambda: self.now) for _ in range(2))
        self._jitter_s = jitter_s
        self._chance = random.Random(5)
        self._next_key = 0.0
        self._on_it: list[tuple[float, int, End, str | bytes]] = []
        self._numbers = itertools.count()
        self._pipes = (_Way(self, self.receiver), _Way(self, self.sender))
        for end, way in zip((self.sender, self.receiver), self._pipes, strict=True):
            end.transfer.open(way)

    def run(self, until: float = float("inf")) -> None:
        """Let everything arrive, up to that time."""
        while self._on_it and self._on_it[0][0] <= until:
            at, _, end, message = heapq.heappop(self._on_it)
            while self._next_key <= at:
                self.keys_s.append(self._pipes[0].queue_s(self._next_key) + self.delay_s)
                self._next_key += KEY_EVERY_S
            self.now = at
            end.transfer.take(message)

    def put(self, at: float, end: End, message: str | bytes) -> None:
        """Let `end` have a message at that time."""
        heapq.heappush(self._on_it, (at, next(self._numbers), end, message))

    def late_s(self) -> float:
        """How much later than it could have come a message comes."""
        return self._chance.uniform(0, self._jitter_s)


class _Way:
    """One direction, as a lane sees it; in order."""

    buffered = 0

    def __init__(self, line: ShapedLine, to: End) -> None:
        self._line, self._to = line, to
        self._free_at = self._last_at = 0.0

    def queue_s(self, now: float) -> float:
        """What something that is sent now has to wait for."""
        return max(0.0, self._free_at - now)

    def send(self, data: str | bytes) -> None:
        line = self._line
        busy_s = len(data) * 8 * HEADERS / line.rate_bps
        self._free_at = max(line.now, self._free_at) + busy_s
        self._last_at = max(self._last_at, self._free_at + line.delay_s + line.late_s())
        line.put(self._last_at, self._to, data)
