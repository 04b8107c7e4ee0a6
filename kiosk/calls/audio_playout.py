"""The agent's voice on its way in: packets put in order, and what is lost made up.

The loudspeaker's own queue (`devices.sound`) holds what is to be played, starts with 40 ms in hand
and trims what is too much. Its level is known here without asking: what was queued minus the time
since. Lost sound is concealed by libopus itself: a packet with nothing but its first byte is, to
the decoder, a frame to make up (RFC 6716, 3.2.1 and 4.4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import av
import numpy as np
import structlog
from av.audio.codeccontext import AudioCodecContext

from devices.sound.interface import SAMPLE_RATE_HZ, Samples

log = structlog.get_logger(__name__)

START_S = 0.02
"""How long the first packet waits in the loudspeaker's queue for the second."""
LONGEST_S = 0.12
"""The loudspeaker's queue is never longer."""
SETTLED_S, LEAK = 0.06, 0.005
"""What is in the queue beyond the first is trimmed there, by the second in each second."""
CONCEAL_AT_S = 0.015
"""Level at which a missing packet is made up: one scheduling delay before silence is heard."""
RETRY_S = 0.005
"""Shortest time between two looks at the level."""
MOST_CONCEALED = 5
"""Packets made up in a row: after 100 ms libopus has faded to silence."""
MOST_HELD = 10
LARGEST_PACKET_BYTES = 1500


@dataclass(slots=True)
class PlayoutCounts:
    """What became of the packets."""

    played: int = 0
    concealed: int = 0
    late: int = 0
    malformed: int = 0


class Playout:
    """Opus packets in any order in, even sound out; pure but for `play`: the clock is given."""

    def __init__(self, play: Callable[[Samples], None]) -> None:
        self._play = play
        self._decoder = _decoder()
        self._held: dict[int, bytes] = {}
        self._expected: int | None = None
        self._until = 0.0
        self._concealed_run = 0
        self._covered = 0
        """Packets made up before it was known whether they are lost or late."""
        self._toc = 0xFC & (31 << 3)
        self.counts = PlayoutCounts()

    def level(self, now: float) -> float:
        """Seconds of sound still to be heard."""
        return max(0.0, self._until - now)

    def packet(self, sequence: int, payload: bytes, now: float) -> None:
        """Take the packet of this 16-bit number."""
        if not 0 < len(payload) <= LARGEST_PACKET_BYTES:
            return
        if self._expected is None:
            self._expected = sequence
        ahead = ((sequence - self._expected + 0x8000) & 0xFFFF) - 0x8000
        if ahead < 0:
            self.counts.late += 1
            if ahead < -1000:
                self._expected = None
            return
        if ahead > MOST_HELD:
            self._held.clear()
            self._expected, ahead = sequence, 0
        self._held[sequence] = payload
        self._play_ready(now)
        if len(self._held) >= MOST_HELD:
            self._skip_missing(now)

    def tick(self, now: float) -> float:
        """Make up for what is missing if it is time; return when to be called again."""
        if self._expected is not None and self.level(now) <= CONCEAL_AT_S:
            if self._held:
                self._skip_missing(now)
            elif self._concealed_run < MOST_CONCEALED:
                self._covered += 1
                self._conceal(now)
        return now + max(RETRY_S, self.level(now) - CONCEAL_AT_S)

    def _play_ready(self, now: float) -> None:
        while self._expected is not None and self._expected in self._held:
            payload = self._held.pop(self._expected)
            self._expected = (self._expected + 1) & 0xFFFF
            self._toc = payload[0] & 0xFC
            sound = self._decode(payload)
            if sound is not None:
                self._concealed_run = self._covered = 0
                self.counts.played += 1
                self._queue(sound, now)

    def _skip_missing(self, now: float) -> None:
        """What is behind the gap is here and is needed: make the gap up and go on."""
        while self._expected is not None and self._expected not in self._held:
            if self._covered > 0:
                self._covered -= 1
            elif self._concealed_run < MOST_CONCEALED:
                self._conceal(now)
            self._expected = (self._expected + 1) & 0xFFFF
        self._play_ready(now)

    def _conceal(self, now: float) -> None:
        sound = self._decode(bytes((self._toc,)))
        self._concealed_run += 1
        if sound is not None:
            self.counts.concealed += 1
            self._queue(sound, now)

    def _decode(self, payload: bytes) -> Samples | None:
        try:
            frames = self._decoder.decode(av.Packet(payload))
        except av.FFmpegError:
            self.counts.malformed += 1
            return None
        parts = [frame.to_ndarray().reshape(-1) for frame in frames]
        return np.concatenate(parts).astype(np.int16, copy=False) if parts else None

    def _queue(self, sound: Samples, now: float) -> None:
        duration = len(sound) / SAMPLE_RATE_HZ
        level = self._until - now
        if level <= 0:
            level = START_S
        elif level > SETTLED_S:
            level = max(SETTLED_S, level - LEAK * duration)
        self._until = now + min(LONGEST_S, level + duration)
        self._play(sound)


def _decoder() -> AudioCodecContext:
    context = av.CodecContext.create("libopus", "r")
    if not isinstance(context, AudioCodecContext):
        raise TypeError("libopus is no audio codec")
    context.format, context.layout = "s16", "mono"
    context.sample_rate = SAMPLE_RATE_HZ
    return context
