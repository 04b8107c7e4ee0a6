"""How far ahead of the receiver a document is sent, so that what is typed beside it stays quick."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

QUEUE_S: Final = 0.1
"""What a document may add to the round trip (RFC 6817's TARGET): a key typed meanwhile waits so
long at most, of the 500 ms that EN 301 549, 6.2.4 leaves it."""
PACKET_BYTES: Final = 1160
"""Of data in one of SCTP's packets, here and in browsers."""
LEAST_BYTES: Final = 4 * PACKET_BYTES
"""Always allowed: enough for three packets to tell that the one before them was lost."""
FIRST_BYTES: Final = 8 * 1024
"""Of a line that nothing is known of yet: 130 ms at 500 kb/s."""
MOST_BYTES: Final = 512 * 1024
"""10 Mb/s for a round trip of 300 ms, and the queue."""
LEAST_CHUNK_BYTES: Final = 1024
"""With its head it fills one packet."""
CHUNKS: Final = 8
"""Of a window: each is acknowledged, so the line is known as well as that."""
GROWTH: Final = 1.5
"""In a round trip, at most, and while no queue is seen: a rate may be taken for higher than it is
when acknowledgements were held up and come at once."""


@dataclass(frozen=True, slots=True)
class _Flight:
    """One chunk that is not acknowledged."""

    end: int
    on_its_way: int
    left_at: float


class SendWindow:
    """The bytes that may be on their way; pure, and the same as `desk/static/send-window.js`.

    Like LEDBAT (RFC 6817) it holds the queue that it makes itself at `QUEUE_S`, found as the round
    trip of now less the least ever seen, and so makes way for whoever else uses the line. Where
    LEDBAT feels its way by a packet each round trip, this computes: what was on its way when a
    chunk left has arrived by the time that chunk is acknowledged, so the two give the line's rate,
    and the rate gives the window that makes just that queue.

    Times are seconds of any clock that only goes forward.
    """

    def __init__(self) -> None:
        self.limit = FIRST_BYTES
        """Bytes."""
        self._flights: deque[_Flight] = deque()
        self._base_s = float("inf")
        self._round_ends = float("-inf")
        self._rate = 0.0
        self._least_s = float("inf")

    @property
    def chunk(self) -> int:
        """Bytes of the next chunk: small on a poor line, where text would wait for all of it."""
        return max(LEAST_CHUNK_BYTES, self.limit // CHUNKS)

    def begin(self) -> None:
        """Another document, or another place in it: nothing of it is on its way."""
        self._flights.clear()

    def sent(self, end: int, on_its_way: int, now: float) -> None:
        """Note a chunk that ends at this offset, and the bytes on their way, its own among them."""
        self._flights.append(_Flight(end, on_its_way, now))

    def reached(self, offset: int, now: float) -> None:
        """Learn from an acknowledgement of all that lies before `offset`."""
        newest = None
        while self._flights and self._flights[0].end <= offset:
            newest = self._flights.popleft()
        if newest is not None:
            self._learn(newest.on_its_way, now - newest.left_at, now)

    def _learn(self, on_its_way: int, round_trip_s: float, now: float) -> None:
        # The quickest of a round trip's chunks counts: one may be late because a program was busy,
        # or wait for another's loss.
        self._base_s = min(self._base_s, round_trip_s)
        self._least_s = min(self._least_s, round_trip_s)
        if round_trip_s > 0:
            self._rate = max(self._rate, on_its_way / round_trip_s)
        if now < self._round_ends:
            return
        most = min(GROWTH * self.limit, MOST_BYTES)
        unqueued = self._least_s - self._base_s < QUEUE_S / 4
        wanted = most if unqueued else self._rate * (self._base_s + QUEUE_S)
        self.limit = int(max(LEAST_BYTES, min(wanted, most)))
        self._begin_round()
        self._round_ends = now + round_trip_s

    def _begin_round(self) -> None:
        self._rate = 0.0
        self._least_s = float("inf")
