"""What arrives of the booth's picture or sound: counted, never decoded, and sent back if asked."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from fractions import Fraction
from typing import cast

import av
from aiortc import MediaStreamTrack, RTCRtpReceiver
from aiortc.jitterbuffer import JitterFrame
from aiortc.mediastreams import MediaStreamError
from aiortc.rtp import RtpPacket
from aiortc.stats import RTCInboundRtpStreamStats

from desk.robot.media import AUDIO_RATE_HZ, VIDEO_CLOCK_HZ, EncodedPacket
from kiosk.link.rehearsal import FrameCount

MOST_WAITING = 30
"""Encoded frames: beyond a second of picture the network side hangs, and a key frame is better."""
MOST_ARRIVALS = 600
"""Timestamps remembered: two seconds of picture and sound, and many more under attack."""
SMOOTHING = 1 / 16
_H264_SPS = 7

Handler = Callable[[RtpPacket, int], Awaitable[None]]


class Hearing:
    """One receiver; lives on the loop."""

    def __init__(self, receiver: RTCRtpReceiver) -> None:
        """Begin to note when packets arrive; `run` does the rest."""
        self.kind = receiver.track.kind
        self.counted = FrameCount()
        self.held_s = 0.0
        """How long a frame waits in the receiver's jitter buffer, smoothed."""
        self.on_frame: Callable[[bytes], None] = lambda _: None
        self._receiver = receiver
        self._source: int | None = None
        self._arrivals: dict[int, float] = {}
        self._handle = cast("Handler", receiver._handle_rtp_packet)  # noqa: SLF001
        receiver._handle_rtp_packet = self._note  # type: ignore[method-assign]  # noqa: SLF001

    async def run(self) -> None:
        """Count frames, and pass them on, until the connection ends."""
        while True:
            try:
                frame: object = await self._receiver.track.recv()
            except MediaStreamError:
                return
            now = time.monotonic()
            self.counted.add(now)
            if not isinstance(frame, JitterFrame):
                continue  # Somebody decodes: there is nothing to send back.
            arrived = self._arrivals.get(frame.timestamp + self._origin & 0xFFFFFFFF)
            if arrived is not None:
                self.held_s += (now - arrived - self.held_s) * SMOOTHING
            self.on_frame(frame.data)

    async def packets(self) -> tuple[int, int]:
        """Return how many packets should have come, and how many did not."""
        for report in (await self._receiver.getStats()).values():
            if isinstance(report, RTCInboundRtpStreamStats) and report.ssrc == self._source:
                lost = max(0, report.packetsLost)
                return report.packetsReceived + lost, lost
        return 0, 0

    async def ask_key_frame(self) -> None:
        """Tell the booth that a key frame is needed (RFC 4585, 6.3.1)."""
        if self._source is not None:
            await self._receiver._send_rtcp_pli(self._source)  # noqa: SLF001

    @property
    def _origin(self) -> int:
        # A frame's timestamp counts from the first one; aiortc tells nobody where that was.
        mapper = getattr(self._receiver, "_RTCRtpReceiver__timestamp_mapper", None)
        return getattr(mapper, "_origin", None) or 0

    async def _note(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        # The last packet of a frame is what it waits for; retransmissions have a source of theirs.
        if self._source is None:
            self._source = packet.ssrc
        if packet.ssrc == self._source:
            if len(self._arrivals) >= MOST_ARRIVALS:
                del self._arrivals[next(iter(self._arrivals))]
            self._arrivals[packet.timestamp] = time.monotonic()
        await self._handle(packet, arrival_time_ms)


class EchoTrack(MediaStreamTrack):
    """Sends what the booth sent, as it came, stamped with the time since `epoch`."""

    def __init__(
        self, kind: str, codec: str, epoch: float, on_overflow: Callable[[], None]
    ) -> None:
        """`epoch` is the monotonic time at which the track that this one replaces began."""
        super().__init__()
        self.kind = kind
        self._codec = codec
        self._clock_hz = VIDEO_CLOCK_HZ if kind == "video" else AUDIO_RATE_HZ
        self._epoch = epoch
        self._on_overflow = on_overflow
        self._frames: deque[bytes] = deque()
        self._arrived = asyncio.Event()
        self._begun = kind != "video"

    def take(self, data: bytes) -> None:
        """A frame of the booth; those before the first key frame are of no use."""
        self._begun = self._begun or opens_key_frame(self._codec, data)
        if not self._begun:
            return
        if len(self._frames) >= MOST_WAITING:
            self._frames.clear()
            self._begun = self.kind != "video"
            self._on_overflow()
            return
        self._frames.append(data)
        self._arrived.set()

    async def recv(self) -> EncodedPacket:
        """Return the next frame."""
        while not self._frames:
            self._arrived.clear()
            await self._arrived.wait()
        packet: EncodedPacket = av.Packet(self._frames.popleft())
        packet.pts = int((time.monotonic() - self._epoch) * self._clock_hz)
        packet.time_base = Fraction(1, self._clock_hz)
        return packet


def opens_key_frame(codec: str, data: bytes) -> bool:
    """Whether decoding can begin with this frame (RFC 6386, 9.1; H.264, 7.3.1)."""
    if codec.upper() == "VP8":
        return len(data) > 0 and not data[0] & 1
    return data.startswith(b"\x00\x00\x00\x01") and len(data) > 4 and data[4] & 0x1F == _H264_SPS
