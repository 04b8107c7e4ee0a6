"""The resident's picture on its way out: the newest frame, encoded on one thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import av
import numpy as np
import structlog

from devices.picture import Picture
from kiosk.calls.encoders import VIDEO_CLOCK_HZ, VIDEO_TIME_BASE, VideoCodecName, VideoEncoder
from kiosk.calls.tracks import EncodedPacket

log = structlog.get_logger(__name__)

RETRY_ENCODER_S = 1.0
"""After an encoder failed: time before the next one, so that a broken library is no busy loop."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What to make of the camera's pictures under one bit rate."""

    least_bps: int
    divisor: int
    """Divides width and height by this many twelfths of 12: 12 is full size."""
    rate: int


LADDER = (
    Shape(850_000, 12, 30),
    Shape(420_000, 9, 30),
    Shape(220_000, 6, 25),
    Shape(0, 4, 20),
)
"""720p, 540p, 360p, 240p for a 720p camera; never below the 20 fps that sign language needs."""

CLIMB = 1.2
"""A larger picture is taken up only this far above its least rate: no flicker between two."""


def choose_shape(bitrate_bps: int, present: Shape) -> Shape:
    """Return the shape for a bit rate, staying with the present one near a border."""
    for shape in LADDER:
        least = shape.least_bps * (CLIMB if shape.least_bps > present.least_bps else 1.0)
        if bitrate_bps >= least:
            return shape
    return LADDER[-1]


@dataclass(slots=True, weakref_slot=True, eq=False)
class Outlet:
    """Where the encoded picture goes: one peer connection's sender."""

    codec: VideoCodecName
    deliver: Callable[[EncodedPacket], None]
    """Called on the encoder's thread."""
    target_bps: Callable[[], int]
    key_frame_due: bool = True


class VideoSender:
    """Encodes the newest picture for one outlet at a time, on a thread of its own."""

    def __init__(self, *, rate: int) -> None:
        self._rate = rate
        self._wake = threading.Condition()
        self._picture: Picture | None = None
        self._outlet: Outlet | None = None
        self._running = False
        self._thread: threading.Thread | None = None
        self._encoder: VideoEncoder | None = None
        self._shape = LADDER[0]
        self._last_pts = -1
        self._next_due = 0.0
        self.dropped = 0
        """Pictures replaced by a newer one before the encoder came to them."""
        self.encoded = 0

    def start(self) -> None:
        """Start the encoder's thread."""
        self._running = True
        self._thread = threading.Thread(target=self._run, name="video-encoder", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and let go of picture, encoder and outlet; waits for the frame at work."""
        with self._wake:
            self._running = False
            self._picture = None
            self._outlet = None
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._encoder = None

    def show(self, picture: Picture) -> None:
        """Take a camera's picture, from any thread; an older one not yet encoded is dropped."""
        with self._wake:
            if self._outlet is None or not self._running:
                return
            if self._picture is not None:
                self.dropped += 1
            self._picture = picture
            self._wake.notify()

    def attach(self, outlet: Outlet) -> None:
        """Send to this outlet from now on, beginning with a key frame."""
        with self._wake:
            outlet.key_frame_due = True
            self._outlet = outlet

    def detach(self, outlet: Outlet) -> None:
        """Stop sending to this outlet, if it is the present one."""
        with self._wake:
            if self._outlet is outlet:
                self._outlet = None
                self._picture = None

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._picture is not None or not self._running)
                if not self._running:
                    return
                picture, outlet = self._picture, self._outlet
                self._picture = None
            if picture is not None and outlet is not None:
                self._encode(picture, outlet)

    def _encode(self, picture: Picture, outlet: Outlet) -> None:
        try:
            packets = self._packets(picture, outlet)
        except (av.FFmpegError, ValueError) as error:
            log.warning("video encoder failed", error=str(error)[:200])
            self._encoder = None
            self._next_due = time.monotonic() + RETRY_ENCODER_S
            return
        for packet in packets:
            outlet.deliver(packet)
        self.encoded += 1

    def _packets(self, picture: Picture, outlet: Outlet) -> list[EncodedPacket]:
        target = outlet.target_bps()
        self._shape = choose_shape(target, self._shape)
        interval = 1 / min(self._rate, self._shape.rate)
        # A quarter of a camera's interval of grace: what comes a little early is not left out.
        if picture.captured_at < self._next_due - 0.25 / self._rate:
            return []
        self._next_due = max(self._next_due, picture.captured_at - interval) + interval
        encoder = self._encoder_for(picture, outlet.codec, target)
        frame = to_frame(picture)
        if (frame.width, frame.height) != (encoder.width, encoder.height):
            frame = frame.reformat(encoder.width, encoder.height, interpolation="BILINEAR")
        pts = max(self._last_pts + 1, int(picture.captured_at * VIDEO_CLOCK_HZ))
        self._last_pts = pts
        frame.pts, frame.time_base = pts, VIDEO_TIME_BASE
        frame.duration = int(VIDEO_CLOCK_HZ * interval)
        key_frame, outlet.key_frame_due = outlet.key_frame_due, False
        return encoder.encode(frame, key_frame=key_frame)

    def _encoder_for(self, picture: Picture, codec: VideoCodecName, target: int) -> VideoEncoder:
        width = picture.width * self._shape.divisor // 12 & ~1
        height = picture.height * self._shape.divisor // 12 & ~1
        encoder = self._encoder
        if (
            encoder is None
            or encoder.codec != codec
            or (encoder.width, encoder.height) != (width, height)
            or not encoder.can_make(target)
        ):
            encoder = VideoEncoder(codec, width, height, self._shape.rate, target)
            self._encoder = encoder
        return encoder


def to_frame(picture: Picture) -> av.VideoFrame:
    """Return a frame of PyAV with the picture's planes copied in."""
    frame = av.VideoFrame(picture.width, picture.height, "yuv420p")
    for plane, source in zip(frame.planes, picture.planes, strict=True):
        target = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        rows = np.frombuffer(source.data, np.uint8).reshape(-1, source.stride)
        target[:, : plane.width] = rows[: plane.height, : plane.width]
    return frame
