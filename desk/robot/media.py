"""The robot's media on aiortc: tracks of encoded packets, and a decoder that does not decode."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import aiortc.rtcrtpreceiver
import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.codecs.base import Decoder
from aiortc.mediastreams import MediaStreamError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from desk.robot.picture import HEIGHT, WIDTH

if TYPE_CHECKING:
    from av.stream import Stream

EncodedPacket: TypeAlias = "av.Packet[Stream]"

RATE = 30
BITRATE_BPS = 1_500_000
VIDEO_CLOCK_HZ = 90_000
_VIDEO_TIME_BASE = Fraction(1, VIDEO_CLOCK_HZ)
AUDIO_RATE_HZ, PACKET_SAMPLES = 48_000, 960
KEY_FRAME_EVERY = 300
"""Frames, 10 s: whatever is lost is mended by itself."""
LATE_S = 0.3
"""Behind by more than this, what is late is left out instead of sent in a burst."""


class NoDecoder(Decoder):
    """Takes what the booth sends and passes it on as it is: a robot does not look."""

    def decode(self, encoded_frame: object) -> list[Any]:
        """Return the encoded frame, for `desk.robot.hearing` to count or to send back."""
        return [encoded_frame]


@contextmanager
def looking_away() -> Iterator[None]:
    """Let every receiver that starts meanwhile use `NoDecoder`: half of the robot's work."""
    # A name that aiortc's receiver looks up anew for each stream; it has no hook for this.
    names = vars(aiortc.rtcrtpreceiver)
    decoding = names["get_decoder"]
    names["get_decoder"] = lambda _codec: NoDecoder()
    try:
        yield
    finally:
        names["get_decoder"] = decoding


class Pace:
    """Wakes a track at even times; skips what it is too late for."""

    def __init__(self, interval_s: float) -> None:
        self._interval = interval_s
        self._due: float | None = None
        self.skipped = 0
        """Intervals left out since the last call of `next`."""

    async def next(self) -> None:
        """Wait until the next frame is due."""
        now = time.monotonic()
        self.skipped = 0
        due = now if self._due is None else self._due + self._interval
        if now - due > LATE_S:
            self.skipped = int((now - due) / self._interval)
            due += self.skipped * self._interval
        self._due = due
        if due > now:
            await asyncio.sleep(due - now)


class SpeechTrack(MediaStreamTrack):
    """Opus packets made beforehand, over and over."""

    kind = "audio"

    def __init__(self, packets: Sequence[bytes]) -> None:
        super().__init__()
        self.epoch = time.monotonic()
        self._packets = packets
        self._pace = Pace(PACKET_SAMPLES / AUDIO_RATE_HZ)
        self._position = 0

    async def recv(self) -> EncodedPacket:
        """Return the next 20 ms.

        Raises:
            MediaStreamError: the track is stopped.
        """
        await self._pace.next()
        if self.readyState != "live":
            raise MediaStreamError
        self._position += 1 + self._pace.skipped
        packet: EncodedPacket = av.Packet(self._packets[self._position % len(self._packets)])
        packet.pts = self._position * PACKET_SAMPLES
        packet.time_base = Fraction(1, AUDIO_RATE_HZ)
        return packet


class Drawn(Protocol):
    """A picture that moves."""

    def draw(self, now: float) -> NDArray[np.uint8]:
        """Return the picture of this moment (Unix seconds), I420 of the robot's size."""


class PictureTrack(MediaStreamTrack):
    """A picture, drawn and encoded so many times a second on the loop's threads."""

    kind = "video"

    def __init__(self, picture: Drawn, rate: int = RATE) -> None:
        super().__init__()
        self.epoch = time.monotonic()
        self._picture = picture
        self._rate = rate
        self._pace = Pace(1 / rate)
        self._encoder: VideoCodecContext | None = None
        self._count = 0
        self.codec = "VP8"
        """What was negotiated; set before media flows."""
        self.key_frame_due = True

    async def recv(self) -> EncodedPacket:
        """Return the next frame, encoded.

        Raises:
            MediaStreamError: the track is stopped.
        """
        while True:
            await self._pace.next()
            if self.readyState != "live":
                raise MediaStreamError
            self._count += 1 + self._pace.skipped
            packet = await asyncio.to_thread(self._encode)
            if packet is not None:
                return packet

    def _encode(self) -> EncodedPacket | None:
        if self._encoder is None:
            self._encoder = _encoder(self.codec)
        frame = av.VideoFrame.from_ndarray(self._picture.draw(time.time()), format="yuv420p")
        frame.pts, frame.time_base = self._count * VIDEO_CLOCK_HZ // self._rate, _VIDEO_TIME_BASE
        if self.key_frame_due:
            self.key_frame_due = False
            frame.pict_type = PictureType.I
        packets = self._encoder.encode(frame)
        return packets[0] if packets else None


def _encoder(codec: str) -> VideoCodecContext:
    h264 = codec.upper() == "H264"
    context = av.CodecContext.create("libx264" if h264 else "libvpx", "w")
    if not isinstance(context, VideoCodecContext):
        raise TypeError(f"{codec} is no video codec")
    context.width, context.height, context.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    context.bit_rate, context.gop_size, context.thread_count = BITRATE_BPS, KEY_FRAME_EVERY, 1
    context.time_base, context.framerate = _VIDEO_TIME_BASE, Fraction(RATE, 1)
    rate = str(BITRATE_BPS)
    if h264:
        context.profile = "Baseline"
        context.options = {
            "preset": "ultrafast", "tune": "zerolatency", "level": "31", "forced-idr": "1",
            "maxrate": rate, "bufsize": rate,
        }  # fmt: skip
    else:
        context.qmin, context.qmax = 4, 56
        context.options = {
            "deadline": "realtime", "cpu-used": "-16", "lag-in-frames": "0", "static-thresh": "1",
            "minrate": rate, "maxrate": rate, "bufsize": rate,
        }  # fmt: skip
    return context
