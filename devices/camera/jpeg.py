"""Motion JPEG to planes of YUV 4:2:0 in limited range, without RGB."""

from __future__ import annotations

import av
import cv2
import numpy as np

from devices.camera.i420 import Bytes
from devices.camera.planes import rows
from devices.status import DeviceError, DeviceState

BAD_IN_A_ROW = 30
"""A second of pictures that can't be decoded: a bad cable, not a bad packet."""
MAX_SIDE_PX = 4096
_LUMA = np.clip(np.round(16 + np.arange(256) * 219 / 255), 0, 255).astype(np.uint8)
_CHROMA = np.clip(np.round(128 + (np.arange(256) - 128) * 224 / 255), 0, 255).astype(np.uint8)
"""JPEG is full range (JFIF); calls are limited range (BT.601)."""


class JpegDecoder:
    """Decodes one picture at a time; a damaged one gives the picture before it."""

    def __init__(self) -> None:
        """One thread: more would add a frame of delay each."""
        self._codec = av.CodecContext.create("mjpeg", "r")
        self._codec.thread_count = 1
        self._last: tuple[Bytes, Bytes, Bytes] | None = None
        self._bad = 0

    def decode(self, raw: Bytes) -> tuple[Bytes, Bytes, Bytes]:
        """Y, U and V (half size) of a JPEG picture with 4:2:0, 4:2:2 or 4:4:4 chroma."""
        try:
            frames = self._codec.decode(av.Packet(raw.tobytes()))
        except (av.FFmpegError, ValueError):
            frames = []
        planes = _planes(frames[0]) if frames else None
        if planes is not None:
            self._bad = 0
            self._last = planes
        else:
            self._bad += 1
        if self._last is None or self._bad > BAD_IN_A_ROW:
            raise DeviceError(
                DeviceState.HARDWARE_ERROR, "damaged pictures", hint="use another cable or port"
            )
        return self._last


def _planes(frame: av.VideoFrame) -> tuple[Bytes, Bytes, Bytes] | None:
    steps = {"yuvj420p": (1, 1), "yuvj422p": (2, 1), "yuvj444p": (2, 2)}.get(frame.format.name)
    if steps is None or max(frame.width, frame.height) > MAX_SIDE_PX:
        return None
    width, height = frame.width // 2 * 2, frame.height // 2 * 2
    y = rows(frame.planes[0])[:height, :width]
    u, v = (
        rows(plane)[: height // 2 * steps[0] : steps[0], : width // 2 * steps[1] : steps[1]]
        for plane in frame.planes[1:]
    )
    return _mapped(y, _LUMA), _mapped(u, _CHROMA), _mapped(v, _CHROMA)


def _mapped(plane: Bytes, table: Bytes) -> Bytes:
    return np.asarray(cv2.LUT(plane, table), np.uint8)
