"""A narrow place in virtual time: what a queue with a rate does to packets, without a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

PACKET_BYTES = 1200


@dataclass
class Arrival:
    sent_at: float
    at: float
    size: int


class Bottleneck:
    """`rate_bps` may be changed at any time; packets beyond `queue_s` of waiting are lost."""

    def __init__(self, rate_bps: float, *, delay_s: float = 0.02, queue_s: float = 0.3) -> None:
        self.rate_bps = rate_bps
        self.delay_s = delay_s
        self.queue_s = queue_s
        self._free_at = 0.0
        self.lost = 0

    def send(self, now: float, size: int) -> Arrival | None:
        start = max(now, self._free_at)
        if start - now > self.queue_s:
            self.lost += 1
            return None
        self._free_at = start + size * 8 / self.rate_bps
        return Arrival(now, self._free_at + self.delay_s, size)


def paced(rate_bps: Callable[[], float], until: float, start: float = 0.0) -> Iterator[float]:
    """Yield the times at which a sender of this (changing) rate sends its packets."""
    now = start
    while now < until:
        yield now
        now += PACKET_BYTES * 8 / max(rate_bps(), 10_000)
