"""The resident's voice on its way out: 10 ms frames in, Opus packets of 20 ms out."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples
from kiosk.calls.tracks import EncodedPacket

BITRATE_BPS = 32_000
"""Full-band speech, mono."""
PACKET_SAMPLES = 960
"""20 ms, what every WebRTC peer sends."""
MOST_WAITING = 20
"""10 ms frames: beyond 200 ms old sound is worth less than a short gap."""
_TIME_BASE = Fraction(1, SAMPLE_RATE_HZ)

Deliver = Callable[[EncodedPacket], None]


class AudioSender:
    """Encodes the microphone for one connection at a time; `hear` may be called on any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Samples] = deque()
        self._scheduled = False
        self._closed = False
        self._outlet: Deliver | None = None
        self._pts = 0
        self._encoder = _encoder()
        self.muted = False
        self.dropped = 0
        """10 ms frames lost because the loop did not keep up."""

    def hear(self, samples: Samples) -> None:
        """Take one 10 ms frame, shape (480,)."""
        if self._closed or samples.shape != (FRAME_SAMPLES,):
            return
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft()
            self.dropped += 1
        self._waiting.append(samples)
        if not self._scheduled and len(self._waiting) >= PACKET_SAMPLES // FRAME_SAMPLES:
            self._scheduled = True
            self._loop.call_soon_threadsafe(self._encode)

    def attach(self, deliver: Deliver) -> None:
        """Send to this connection from now on; call on the loop."""
        self._outlet = deliver

    def detach(self, deliver: Deliver) -> None:
        """Stop sending to this connection, if it is the present one."""
        if self._outlet == deliver:
            self._outlet = None

    def close(self) -> None:
        """Let go of the outlet; what is heard from now on is ignored."""
        self._closed = True
        self._outlet = None
        self._waiting.clear()

    def _encode(self) -> None:
        self._scheduled = False
        while len(self._waiting) >= 2 and not self._closed:
            pair = (self._waiting.popleft(), self._waiting.popleft())
            self._pts += PACKET_SAMPLES
            if self._outlet is None:
                continue
            frame = av.AudioFrame("s16", "mono", PACKET_SAMPLES)
            sound = np.zeros(PACKET_SAMPLES, np.int16) if self.muted else np.concatenate(pair)
            frame.planes[0].update(sound.tobytes())
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, self._pts, _TIME_BASE
            for packet in self._encoder.encode(frame):
                self._outlet(packet)


def _encoder() -> AudioCodecContext:
    context = av.CodecContext.create("libopus", "w")
    if not isinstance(context, AudioCodecContext):
        raise TypeError("libopus is no audio codec")
    context.format, context.layout = "s16", "mono"
    context.sample_rate, context.time_base = SAMPLE_RATE_HZ, _TIME_BASE
    context.bit_rate = BITRATE_BPS
    context.options = {
        "application": "voip",
        "vbr": "constrained",
        "frame_duration": "20",
        "dtx": "0",
        # In-band correction data for a line that loses a packet now and then (RFC 6716, 2.1.7).
        "fec": "1",
        "packet_loss": "5",
        # Half the processor time of level 10; no difference heard in speech at 32 kb/s.
        "compression_level": "5",
    }
    return context
