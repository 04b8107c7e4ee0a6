"""Puts the packets of a video stream together into frames, and knows what is missing.

A frame is complete with its last packet (the RTP marker), not when the next frame begins: that
spares the 33 ms which aiortc's own jitter buffer adds. Lost packets are asked for again for a
while; then the stream goes on from the next key frame.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.calls.payloads import Piece

PATIENCE_S = 0.6
"""How long a gap may hold the picture: three round trips of a slow line (200 ms)."""

RETRY_S = 0.05
"""Shortest time between two requests for one packet."""

MOST_PACKETS = 1024
"""Packets kept: two seconds of 720p at 5 Mb/s."""

MOST_ASKED = 64
"""Packets asked for at a time; with more missing than this a key frame is cheaper."""

KEY_FRAME_RETRY_S = 0.3
"""Time between two requests for a key frame: an encoder needs a round trip to obey."""


@dataclass(frozen=True, slots=True)
class EncodedFrame:
    """One whole frame, ready for the decoder."""

    data: bytes
    timestamp: int
    """RTP timestamp, 90 kHz."""
    arrived_at: float
    """`time.monotonic()` of its last packet."""


@dataclass(slots=True)
class _Packet:
    timestamp: int
    marker: bool
    piece: Piece


@dataclass(slots=True)
class _Gap:
    seen_at: float
    asked_at: float = float("-inf")


class FrameAssembler:
    """Packets in, frames out in order; pure: the clock is given with each call."""

    def __init__(self) -> None:
        self._packets: dict[int, _Packet] = {}
        self._gaps: dict[int, _Gap] = {}
        self._next = 0
        self._highest: int | None = None
        self._awaiting_key = True
        self._key_asked_at = float("-inf")
        self.round_trip_s = 0.1
        self.given_up = 0
        """Times that the stream had to go on from a key frame."""

    def add(
        self, sequence: int, timestamp: int, marker: bool, piece: Piece, now: float
    ) -> list[EncodedFrame]:
        """Take a packet (16-bit `sequence`); return the frames that are now whole, in order."""
        number = self._unwrap(sequence)
        if self._highest is None:
            self._highest = number - 1
        if number - self._highest > MOST_ASKED and not self._awaiting_key:
            self._give_up(now)
        elif not self._awaiting_key:
            self._gaps.update((missing, _Gap(now)) for missing in range(self._highest + 1, number))
        self._highest = max(self._highest, number)
        self._gaps.pop(number, None)
        if not self._awaiting_key and number < self._next:
            return []
        self._packets[number] = _Packet(timestamp, marker, piece)
        if self._awaiting_key and piece.opens_key_frame:
            self._start_at(number, now)
        if len(self._packets) > MOST_PACKETS:
            self._give_up(now)
        return [] if self._awaiting_key else self._whole_frames(now)

    def lost(self, now: float) -> list[int]:
        """Return the 16-bit sequence numbers to ask for again now."""
        if self._awaiting_key:
            return []
        retry = max(RETRY_S, 1.2 * self.round_trip_s)
        due = [number for number, gap in self._gaps.items() if now - gap.asked_at >= retry]
        for number in due[:MOST_ASKED]:
            self._gaps[number].asked_at = now
        return [number & 0xFFFF for number in due[:MOST_ASKED]]

    def wants_key_frame(self, now: float) -> bool:
        """Whether to ask for a key frame now: nothing can be decoded without one."""
        if not self._awaiting_key and any(
            now - gap.seen_at > PATIENCE_S for gap in self._gaps.values()
        ):
            self._give_up(now)
        if not self._awaiting_key or now - self._key_asked_at < KEY_FRAME_RETRY_S:
            return False
        self._key_asked_at = now
        return True

    def decoder_failed(self) -> None:
        """The decoder could not use a frame: go on from the next key frame."""
        self._awaiting_key = True

    def _unwrap(self, sequence: int) -> int:
        if self._highest is None:
            return sequence + 0x10000
        return self._highest + ((sequence - self._highest + 0x8000) & 0xFFFF) - 0x8000

    def _start_at(self, number: int, now: float) -> None:
        highest = self._highest if self._highest is not None else number
        if highest - number > MOST_PACKETS:
            # A key frame of long ago: what it would take to come to the present is gone.
            self._awaiting_key = True
            return
        self._awaiting_key = False
        self._next = number
        self._packets = {n: p for n, p in self._packets.items() if n >= number}
        self._gaps = {
            n: self._gaps.get(n, _Gap(now))
            for n in range(number, highest)
            if n not in self._packets
        }

    def _give_up(self, now: float) -> None:
        """Leave the gap behind: jump to a key frame already here, or wait for one."""
        self.given_up += 1
        later = [n for n, p in self._packets.items() if p.piece.opens_key_frame and n > self._next]
        if later:
            self._start_at(min(later), now)
        else:
            self._awaiting_key = True
            self._packets.clear()
            self._gaps.clear()

    def _whole_frames(self, now: float) -> list[EncodedFrame]:
        frames = []
        while (frame := self._next_frame(now)) is not None:
            if frame.data:
                frames.append(frame)
        return frames

    def _next_frame(self, now: float) -> EncodedFrame | None:
        first = self._packets.get(self._next)
        if first is None:
            return None
        parts = []
        number = self._next
        while (packet := self._packets.get(number)) is not None:
            if packet.timestamp != first.timestamp:
                break
            parts.append(packet.piece.data)
            number += 1
            if packet.marker:
                break
        else:
            return None
        for done in range(self._next, number):
            del self._packets[done]
        self._next = number
        return EncodedFrame(b"".join(parts), first.timestamp, now)
