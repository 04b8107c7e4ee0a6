"""How much we send to the agent: decided from the far end's REMB and receiver reports.

Chromium's REMB is bounded to 1.5 times what it receives, so for a still picture it says little;
but it never falls unless its detector saw a queue grow. So a fall counts, and so does a value far
below what we send; a value that is merely small does not. After a decrease the rate holds, then
grows, and holds longer each time that growth was wrong. See docs/decisions/0006-send-rate.md.
"""

from __future__ import annotations

from collections import deque

WINDOW_S = 2.0
"""What we send is measured over this: one key frame must not look like a high rate."""
FALLEN = 0.97
"""REMB below this part of the one before has fallen."""
NEAR = 1.1
"""A fall counts when it ends below this many times what we send."""
FAR_BELOW = 0.7
"""REMB below this part of what we send is congestion even if it is the first that came through."""
BACK_OFF_LOSS = 0.1
"""Loss above this part is congestion; below it is the line's own, as in all of WebRTC."""
AFTER_LOSS = 0.9
"""Part of what came through to send after heavy loss: the queue must drain too."""
HOLD_S = 3.0
LONGEST_HOLD_S = 12.0
EPISODE_S = 3.0
"""Decreases this close together are one congestion, not two."""
SETTLE_S = 0.5
"""Reports on what was sent before a decrease still come in: they must not count twice."""
GROWTH_PER_S = 1.08
FAST_GROWTH_PER_S = 1.2
FAST_AFTER_S = 5.0
"""Growth that nothing has spoken against for this long may go faster."""
SETTLED_S = 20.0
"""A growth that stood this long was right: the next hold is short again."""


class SendRate:
    """The target of our video encoder, bits per second; pure: the clock is given with each call."""

    def __init__(self, *, start_bps: int, floor_bps: int, ceiling_bps: int) -> None:
        self._floor = floor_bps
        self._ceiling = ceiling_bps
        self._target = float(min(start_bps, ceiling_bps))
        self._sent: deque[tuple[float, int]] = deque()
        self._sent_bits = 0
        self._first_sent: float | None = None
        self._last_remb: int | None = None
        self._decreased_at = float("-inf")
        self._hold_s = HOLD_S
        self._ticked_at: float | None = None

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
        self._grow(now)

    def sending_bps(self, now: float) -> float:
        """What was really sent lately."""
        while self._sent and self._sent[0][0] < now - WINDOW_S:
            self._sent_bits -= self._sent.popleft()[1]
        if self._first_sent is None:
            return 0.0
        return self._sent_bits / min(WINDOW_S, max(now - self._first_sent, WINDOW_S / 4))

    def remb(self, bitrate_bps: int, now: float) -> None:
        """Take the far end's estimate of the line."""
        before, self._last_remb = self._last_remb, bitrate_bps
        if self._first_sent is None or now - self._first_sent < WINDOW_S / 2:
            return
        sending = min(self.sending_bps(now), self._target)
        fallen = before is not None and bitrate_bps < FALLEN * before
        if (fallen and bitrate_bps < NEAR * sending) or bitrate_bps < FAR_BELOW * sending:
            self._decrease(bitrate_bps, now)
        elif not fallen and bitrate_bps > self._target:
            self._target = float(min(bitrate_bps, self._ceiling))

    def loss(self, fraction: float, now: float) -> None:
        """Take the part of our packets lost since the last report, 0 to 1."""
        if fraction > BACK_OFF_LOSS:
            through = min(self._target, self.sending_bps(now)) * (1 - fraction)
            self._decrease(through / (1 - BACK_OFF_LOSS) * AFTER_LOSS, now)

    def _grow(self, now: float) -> None:
        since = now - self._decreased_at
        if since > SETTLED_S + self._hold_s:
            self._hold_s = HOLD_S
        if since > self._hold_s and self._ticked_at is not None:
            fast = since > self._hold_s + FAST_AFTER_S
            growth = FAST_GROWTH_PER_S if fast else GROWTH_PER_S
            elapsed = min(now - self._ticked_at, 1.0)
            self._target = min(self._ceiling, self._target * growth**elapsed)
        self._ticked_at = now

    def _decrease(self, bitrate_bps: float, now: float) -> None:
        since = now - self._decreased_at
        if since < SETTLE_S:
            return
        if EPISODE_S < since < SETTLED_S + self._hold_s:
            self._hold_s = min(LONGEST_HOLD_S, self._hold_s * 1.5)
        self._target = max(self._floor, min(self._target, bitrate_bps))
        self._decreased_at = now


class RepairBudget:
    """How many lost packets may be sent again: repairs must not keep a full line full."""

    PACKETS_PER_S = 60.0
    """A third of 720p at 1.5 Mb/s; a line that loses more is served better by a key frame."""
    BURST = 40.0

    def __init__(self) -> None:
        self._left = self.BURST
        self._at: float | None = None

    def allow(self, packets: int, now: float) -> bool:
        """Whether to send these again; if so they are counted."""
        if self._at is not None:
            self._left = min(self.BURST, self._left + (now - self._at) * self.PACKETS_PER_S)
        self._at = now
        if packets > self._left:
            return False
        self._left -= packets
        return True
