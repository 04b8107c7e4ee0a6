"""How much we send to the agent: decided from the far end's REMB and receiver reports.

REMB is at most 1.5 times what the far end receives, so for a still picture it says little: it counts
only when it is below what we really send. After such a decrease the rate holds, then tries again,
and waits longer each time it was wrong. See docs/decisions/0006-send-rate.md.
"""

from __future__ import annotations

from collections import deque

WINDOW_S = 1.0
"""What we send is measured over this: a few frames are no rate."""
CONGESTED = 0.95
"""REMB below this part of what we send means that a queue stands in the line."""
BACK_OFF_LOSS = 0.1
"""Loss above this part is congestion; below it is the line's own, as in all of WebRTC."""
HOLD_S = 4.0
LONGEST_HOLD_S = 60.0
GROWTH_PER_S = 1.10
SETTLED_S = 20.0
"""A growth that stood this long was right: the next hold is short again."""
SETTLE_AFTER_DECREASE_S = 0.5
"""Reports of what was sent before a decrease still come in: they must not count twice."""


class SendRate:
    """The target of our video encoder, bits per second; pure: the clock is given with each call."""

    def __init__(self, *, start_bps: int, floor_bps: int, ceiling_bps: int) -> None:
        self._floor = floor_bps
        self._ceiling = ceiling_bps
        self._target = float(min(start_bps, ceiling_bps))
        self._sent: deque[tuple[float, int]] = deque()
        self._sent_bits = 0
        self._first_sent: float | None = None
        self._decreased_at = float("-inf")
        self._hold_s = HOLD_S
        self._grown_at: float | None = None

    @property
    def target_bps(self) -> int:
        """What the encoder may make."""
        return int(self._target)

    def sent(self, size: int, now: float) -> None:
        """Note `size` bytes of media on their way."""
        if self._first_sent is None:
            self._first_sent = now
        self._sent.append((now, size * 8))
        self._sent_bits += size * 8
        self._forget(now)

    def sending_bps(self, now: float) -> float:
        """What was really sent over the last second."""
        self._forget(now)
        return self._sent_bits / WINDOW_S

    def remb(self, bitrate_bps: int, now: float) -> None:
        """Take the far end's estimate of the line."""
        if bitrate_bps < CONGESTED * self.sending_bps(now) and self._warmed_up(now):
            self._decrease(bitrate_bps, now)

    def loss(self, fraction: float, now: float) -> None:
        """Take the part of our packets lost since the last report, 0 to 1."""
        if fraction > BACK_OFF_LOSS:
            self._decrease(min(self._target, self.sending_bps(now)) * (1 - 0.5 * fraction), now)

    def tick(self, now: float) -> None:
        """Grow back towards the ceiling when nothing has spoken against it for a while."""
        since = now - self._decreased_at
        if since > SETTLED_S + self._hold_s:
            self._hold_s = HOLD_S
        if since > self._hold_s and self._grown_at is not None:
            elapsed = min(now - self._grown_at, 1.0)
            self._target = min(self._ceiling, self._target * GROWTH_PER_S**elapsed)
        self._grown_at = now

    def _warmed_up(self, now: float) -> bool:
        return self._first_sent is not None and now - self._first_sent > WINDOW_S

    def _decrease(self, bitrate_bps: float, now: float) -> None:
        if now - self._decreased_at < SETTLE_AFTER_DECREASE_S:
            return
        if now - self._decreased_at < SETTLED_S + self._hold_s:
            self._hold_s = min(LONGEST_HOLD_S, self._hold_s * 1.5)
        self._target = max(self._floor, min(self._target, bitrate_bps))
        self._decreased_at = now

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0][0] < now - WINDOW_S:
            self._sent_bits -= self._sent.popleft()[1]
