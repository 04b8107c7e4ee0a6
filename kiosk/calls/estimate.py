"""How much the line from the agent can carry, told to the far sender as REMB.

The rule is of our own and simple: packets carry the time they were sent (the abs-send-time header
extension); when even the quickest packet of the last 400 ms has been held up, a queue is standing
in the line and less must be sent. A minimum does not mind a busy processor here, which delays some
packets but seldom all of them for so long; what is known of our own lateness is taken off too.
See docs/decisions/0005-receive-estimate.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

BUCKET_S = 0.1
STANDING_BUCKETS = 4
"""A queue that stands for this many buckets is congestion, a shorter one a burst."""
THROUGHPUT_BUCKETS = 5
CARRIED_BUCKETS = 10
"""What the line carried is the best of this last second."""
STANDING_DELAY_S = 0.1
"""Three frames of video: more is felt in talk, less is measured amiss."""
BASE_WINDOW_S = 10.0
"""The quickest trip is forgotten after one to two of these: routes change, clocks drift."""
BACK_OFF = 0.85
"""Part of what came through to ask for under congestion, as in Google's congestion control."""
HOLD_S = 1.0
"""After a decrease: time for the queue to drain before more is asked for."""
GROWTH_PER_S = 1.08
FAST_GROWTH_PER_S = 1.3
CALM_S = 4.0
"""Without congestion for this long, grow fast: the narrow place is gone."""
RESEND_S = 0.25
"""How often the estimate is told; Chromium takes it up whole only in its first two seconds."""
_WRAP = 1 << 24
_UNITS_PER_S = 1 << 18
"""abs-send-time: 24 bits, 6.18 fixed point seconds."""


@dataclass(slots=True)
class _Bucket:
    size: int = 0
    quickest: float = float("inf")


class ReceiveEstimate:
    """Follows one incoming stream; pure: the clock is given with each packet."""

    def __init__(
        self,
        *,
        start_bps: int,
        floor_bps: int,
        ceiling_bps: int,
        lag: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`lag` says by how many seconds packets may have been read too late, by our own fault."""
        self._lag = lag
        self._floor = floor_bps
        self._ceiling = ceiling_bps
        self._estimate = float(start_bps)
        self._first_trip: float | None = None
        self._base = [float("inf"), float("inf")]
        self._base_from = 0.0
        self._buckets: deque[_Bucket] = deque([_Bucket()], maxlen=THROUGHPUT_BUCKETS + 1)
        self._throughs: deque[float] = deque(maxlen=CARRIED_BUCKETS)
        self._bucket_from: float | None = None
        self._decreased_at = float("-inf")
        self._told_at = float("-inf")
        self._told = 0

    @property
    def bitrate_bps(self) -> int:
        """The present estimate."""
        return int(self._estimate)

    def add(self, sent: int | None, now: float, size: int) -> None:
        """Take one packet: its abs-send-time (None when it has none), its arrival and its bytes."""
        if self._bucket_from is None:
            self._bucket_from = self._base_from = now
        if now - self._bucket_from > 1.0:
            self._restart(now)
        while now - self._bucket_from >= BUCKET_S:
            self._bucket_from += BUCKET_S
            self._judge(self._bucket_from)
            self._buckets.append(_Bucket())
        bucket = self._buckets[-1]
        bucket.size += size
        if sent is not None:
            trip = self._trip(sent, now)
            bucket.quickest = min(bucket.quickest, trip)
            self._note_base(trip, now)

    def take(self, now: float) -> int | None:
        """Return the bit rate to tell the far sender now; None when it need not be told."""
        value = int(self._estimate)
        since = now - self._told_at
        if since < RESEND_S and not value < self._told * 0.97:
            return None
        self._told_at, self._told = now, value
        return value

    def _trip(self, sent: int, now: float) -> float:
        """Seconds of travel, against the first packet's."""
        raw = (int(now * _UNITS_PER_S) - sent) % _WRAP / _UNITS_PER_S
        if self._first_trip is None:
            self._first_trip = raw
        return (raw - self._first_trip + 32.0) % 64.0 - 32.0

    def _note_base(self, trip: float, now: float) -> None:
        if now - self._base_from > BASE_WINDOW_S:
            self._base = [self._base[1], float("inf")]
            self._base_from = now
        self._base[1] = min(self._base[1], trip)

    def _restart(self, now: float) -> None:
        """Nothing came for a second: what was measured before says nothing of now."""
        self._buckets.clear()
        self._throughs.clear()
        self._buckets.append(_Bucket())
        self._bucket_from = now

    def _judge(self, now: float) -> None:
        recent = list(self._buckets)[-THROUGHPUT_BUCKETS:]
        standing = min(b.quickest for b in recent[-STANDING_BUCKETS:]) - min(self._base)
        through = sum(b.size for b in recent) * 8 / (len(recent) * BUCKET_S)
        self._throughs.append(through)
        full = len(recent) > STANDING_BUCKETS
        if full and STANDING_DELAY_S + self._lag() < standing < float("inf"):
            if now - self._decreased_at > HOLD_S:
                # With a queue standing the line was full: the most that came through is what it
                # carries. The latest says less, once the far sender has held back.
                carried = BACK_OFF * max(self._throughs)
                self._estimate = max(self._floor, min(self._estimate, carried))
                self._decreased_at = now
            return
        calm = now - self._decreased_at
        if calm < HOLD_S:
            return
        growth = FAST_GROWTH_PER_S if calm > CALM_S else GROWTH_PER_S
        grown = self._estimate * growth**BUCKET_S
        if grown < max(self._estimate, 1.5 * through + 50_000):
            self._estimate = min(self._ceiling, grown)
