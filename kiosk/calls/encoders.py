"""Our own video encoders: one class over PyAV's libvpx and libx264, made for two cores and talk.

Measured in docs/decisions/0004-video-codec.md. libvpx takes no new bit rate while it runs (FFmpeg's
wrapper never passes it on), so a VP8 encoder is made anew, but only when the target has left a wide
band around what it was made for. libx264 takes a new bit rate at any frame.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from kiosk.calls.tracks import EncodedPacket

VideoCodecName = Literal["VP8", "H264"]

VIDEO_CLOCK_HZ = 90_000
VIDEO_TIME_BASE = Fraction(1, VIDEO_CLOCK_HZ)

REBUILD_BELOW = 0.85
REBUILD_ABOVE = 1.35
"""A new VP8 encoder costs a key frame; too much is mended at once, too little is not."""

KEY_FRAME_INTERVAL = 3000
"""Frames; a key frame is sent when asked for, else every 100 s."""


class VideoEncoder:
    """Encodes pictures of one size. Not safe for two threads; releases the GIL while it works."""

    def __init__(
        self, codec: VideoCodecName, width: int, height: int, rate: int, bitrate_bps: int
    ) -> None:
        self.codec = codec
        self.width = width
        self.height = height
        self._rate = rate
        self._made_for_bps = bitrate_bps
        self._context = (
            _vp8(width, height, rate, bitrate_bps)
            if codec == "VP8"
            else _h264(width, height, rate, bitrate_bps)
        )
        self._key_frame_due = True

    def can_make(self, bitrate_bps: int) -> bool:
        """Whether this encoder serves a new target; if so it has taken it up."""
        if self.codec == "H264":
            if abs(bitrate_bps - self._made_for_bps) > 0.03 * self._made_for_bps:
                self._context.bit_rate = bitrate_bps
                self._made_for_bps = bitrate_bps
            return True
        ratio = bitrate_bps / self._made_for_bps
        return REBUILD_BELOW <= ratio <= REBUILD_ABOVE

    def encode(self, frame: av.VideoFrame, *, key_frame: bool) -> list[EncodedPacket]:
        """Return the packets of `frame` (yuv420p, of this size, `pts` in 90 kHz)."""
        frame.pict_type = PictureType.I if key_frame else PictureType.NONE
        return list(self._context.encode(frame))


def _context(
    library: str, width: int, height: int, rate: int, bitrate_bps: int
) -> VideoCodecContext:
    context = av.CodecContext.create(library, "w")
    if not isinstance(context, VideoCodecContext):
        raise TypeError(f"{library} is no video codec")
    context.width, context.height = width, height
    context.pix_fmt = "yuv420p"
    context.bit_rate = bitrate_bps
    context.time_base = VIDEO_TIME_BASE
    context.framerate = Fraction(rate, 1)
    context.gop_size = KEY_FRAME_INTERVAL
    context.thread_count = 1
    return context


def _vp8(width: int, height: int, rate: int, bitrate_bps: int) -> VideoCodecContext:
    context = _context("libvpx", width, height, rate, bitrate_bps)
    context.qmin, context.qmax = 4, 63
    context.options = {
        "deadline": "realtime",
        "cpu-used": "-14",
        "lag-in-frames": "0",
        "static-thresh": "1",
        # minrate = maxrate = bit_rate makes libvpx keep a constant rate over `bufsize` (1 s).
        "minrate": str(bitrate_bps),
        "maxrate": str(bitrate_bps),
        "bufsize": str(bitrate_bps),
        "overshoot-pct": "15",
        "undershoot-pct": "100",
        # A key frame is at most nine frames' worth: it must not stop a narrow line for a second.
        "max-intra-rate": "900",
        "error-resilient": "default",
    }
    return context


def _h264(width: int, height: int, rate: int, bitrate_bps: int) -> VideoCodecContext:
    context = _context("libx264", width, height, rate, bitrate_bps)
    context.profile = "Baseline"
    context.options = {
        "preset": "superfast",
        "tune": "zerolatency",
        "level": "31",
        "maxrate": str(bitrate_bps),
        "bufsize": str(bitrate_bps // 2),
        "forced-idr": "1",
    }
    return context
