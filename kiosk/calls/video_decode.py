"""The agent's picture: frames decoded on a thread of their own, planes straight to the screen."""

from __future__ import annotations

import threading
from collections import deque

import av
import structlog
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext

from devices.picture import Picture, PictureSink, Plane
from kiosk.calls.frames import EncodedFrame

log = structlog.get_logger(__name__)

MOST_WAITING = 30
"""Encoded frames, 1 s: more means that this machine cannot decode in time; start afresh."""
MOST_PIXELS = 1920 * 1920
"""A far end must not make us allocate more than a full HD picture in either direction."""

#: FFmpeg's own decoders: no copy of the picture, and 10 to 40 % less time than libvpx's.
_DECODERS = {"VP8": "vp8", "H264": "h264"}


class VideoDecoder:
    """Decodes one stream; `sink` is called on the decoder's thread with the newest picture."""

    def __init__(self, codec_name: str, sink: PictureSink) -> None:
        self._context = _decoder(codec_name)
        self._sink = sink
        self._wake = threading.Condition()
        self._waiting: deque[EncodedFrame] = deque()
        self._running = True
        self._failed = False
        self._shown = 0
        self.skipped = 0
        """Pictures decoded but not shown, a newer one being there already."""
        self._thread = threading.Thread(target=self._run, name="video-decoder", daemon=True)
        self._thread.start()

    @property
    def shown(self) -> int:
        """Pictures given to the sink so far."""
        return self._shown

    def push(self, frame: EncodedFrame) -> None:
        """Queue a frame; frames must come in order, the first being a key frame."""
        with self._wake:
            if len(self._waiting) >= MOST_WAITING:
                self._waiting.clear()
                self._failed = True
                return
            self._waiting.append(frame)
            self._wake.notify()

    def take_failure(self) -> bool:
        """Whether a frame was lost here since the last call: the stream needs a key frame."""
        failed, self._failed = self._failed, False
        return failed

    def close(self) -> None:
        """End the thread; waits for the frame at work. No picture is shown after this."""
        with self._wake:
            self._running = False
            self._waiting.clear()
            self._wake.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or not self._running)
                if not self._running:
                    return
                frame = self._waiting.popleft()
                newest = not self._waiting
            self._decode(frame, newest)

    def _decode(self, frame: EncodedFrame, newest: bool) -> None:
        try:
            pictures = self._context.decode(av.Packet(frame.data))
        except av.FFmpegError:
            self._failed = True
            return
        if not newest:
            self.skipped += len(pictures)
            return
        for decoded in pictures[-1:]:
            picture = to_picture(decoded, frame.arrived_at)
            if picture is not None and self._running:
                self._shown += 1
                self._sink(picture)


def to_picture(frame: av.VideoFrame, arrived_at: float) -> Picture | None:
    """Return the decoded planes without a copy; None for a format that is not 8-bit 4:2:0."""
    if frame.format.name not in ("yuv420p", "yuvj420p"):
        return None
    y, u, v = (Plane(memoryview(plane), plane.line_size) for plane in frame.planes)
    return Picture(frame.width & ~1, frame.height & ~1, (y, u, v), arrived_at, frame)


def _decoder(codec_name: str) -> VideoCodecContext:
    context = av.CodecContext.create(_DECODERS[codec_name.upper()], "r")
    if not isinstance(context, VideoCodecContext):
        raise TypeError(f"{codec_name} is no video codec")
    context.thread_count = 1
    context.flags |= Flags.low_delay
    context.options = {"max_pixels": str(MOST_PIXELS)}
    return context
