"""OpenCV's camera capture without its RGB step; for the child process only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np

from devices.camera.i420 import Bytes, Layout
from devices.camera.source import cover
from devices.status import DeviceError, DeviceState

V4L2_BUFFERS = 3
"""One being filled, one waiting, one being read: more would only be delay."""
RATE_SHARE = 0.9
"""A mode that gives 90 % of the rate asked for is good enough to prefer it."""
FORMATS = ("NV12", "YU12", "YUYV", "MJPG")
"""Cheapest way to I420 first, per 720p frame: 0.2, 0.1, 0.4 and 3.4 ms (docs/decisions/0008)."""
_PLAUSIBLE_AGE_S = 1.0


class Capture(Protocol):
    """The part of `cv2.VideoCapture` in use; a test can stand in for it."""

    def isOpened(self) -> bool: ...  # noqa: N802, D102 - OpenCV's name.

    def set(self, prop: int, value: float) -> bool: ...  # noqa: D102

    def get(self, prop: int) -> float: ...  # noqa: D102

    def grab(self) -> bool: ...  # noqa: D102

    def retrieve(self) -> tuple[bool, Any]: ...  # noqa: D102

    def release(self) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Mode:
    """What a camera says it will deliver."""

    fourcc: str
    width: int
    height: int
    rate: float


def open_capture(node: str, *, v4l2: bool) -> Capture:
    """Open `node` raw. Without `v4l2`: a stream of JPEG pictures, as a camera in MJPG mode gives.

    Raises `DeviceError` when OpenCV can't.
    """
    cv2.setNumThreads(1)
    if v4l2:
        capture = cv2.VideoCapture(
            node,
            cv2.CAP_V4L2,
            [cv2.CAP_PROP_CONVERT_RGB, 0, cv2.CAP_PROP_BUFFERSIZE, V4L2_BUFFERS],
        )
    else:
        capture = cv2.VideoCapture(node, cv2.CAP_FFMPEG, [cv2.CAP_PROP_FORMAT, -1])
    if not capture.isOpened():
        raise DeviceError(
            DeviceState.DEVICE_BUSY,
            f"{node} can't be opened",
            hint="close other programs that use the camera, or replug it",
        )
    return capture


def choose_mode(capture: Capture, layout: Layout, rate: int) -> Mode:
    """Set the cheapest format that gives the size and rate asked for, else the best one.

    OpenCV has no list of modes: each format is asked for, and read back. MJPG is last, yet a
    USB 2 webcam gives 720p30 in nothing else (YUYV needs 442 Mb/s).
    """
    best: tuple[tuple[bool, bool, float], Mode] | None = None
    for fourcc in FORMATS:
        mode = _try_mode(capture, fourcc, layout, rate)
        if mode is None:
            continue
        fits = mode.width >= layout.width and mode.height >= layout.height
        score = (fits, mode.rate >= rate * RATE_SHARE, min(mode.rate, rate))
        if score[:2] == (True, True):
            return mode
        if best is None or score > best[0]:
            best = (score, mode)
    if best is None:
        raise DeviceError(
            DeviceState.HARDWARE_ERROR,
            f"gives none of {', '.join(FORMATS)}",
            hint="choose another camera",
        )
    return _try_mode(capture, best[1].fourcc, layout, rate) or best[1]


def _try_mode(capture: Capture, fourcc: str, layout: Layout, rate: int) -> Mode | None:
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*fourcc))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, layout.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, layout.height)
    capture.set(cv2.CAP_PROP_FPS, rate)
    code = int(capture.get(cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
    if code.to_bytes(4, "little") != fourcc.encode():
        return None
    return Mode(
        fourcc,
        int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
        int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        capture.get(cv2.CAP_PROP_FPS),
    )


class OpenCvCamera:
    """An open camera whose frames come as the driver gives them, and become I420 here."""

    def __init__(self, capture: Capture, name: str, layout: Layout, rate: int) -> None:
        """Choose the mode of `capture`, which this object now owns."""
        self._capture = capture
        self._layout = layout
        self._mode = choose_mode(capture, layout, rate)
        self._unpack = _unpacker(self._mode)
        self.detail = (
            f"{name} {self._mode.fourcc} {self._mode.width}×{self._mode.height} "
            f"at {self._mode.rate:g} fps"
        )

    def grab(self) -> float:
        """Wait for the next frame; the driver's own time stamp where it gives one."""
        if not self._capture.grab():
            raise DeviceError(DeviceState.OFFLINE, "the picture ended", hint="check the cable")
        now = time.monotonic()
        stamped = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        return stamped if now - _PLAUSIBLE_AGE_S < stamped <= now else now

    def write(self, frame: Bytes) -> None:
        """Write the frame just grabbed into `frame`, scaled and cropped when the mode differs."""
        ok, raw = self._capture.retrieve()
        if not ok or raw is None:
            raise DeviceError(DeviceState.OFFLINE, "the picture ended", hint="check the cable")
        y, u, v = self._unpack(np.ascontiguousarray(raw).reshape(-1))
        left, top, width, height = cover(
            y.shape[1], y.shape[0], self._layout.width, self._layout.height
        )
        parts = (
            y[top : top + height, left : left + width],
            *(
                plane[top // 2 : (top + height) // 2, left // 2 : (left + width) // 2]
                for plane in (u, v)
            ),
        )
        for part, out in zip(parts, self._layout.planes(frame), strict=True):
            if part.shape == out.shape:
                out[:] = part
            else:
                cv2.resize(part, (out.shape[1], out.shape[0]), out, interpolation=cv2.INTER_AREA)

    def close(self) -> None:
        """Close the device."""
        self._capture.release()


Planes = tuple[Bytes, Bytes, Bytes]


def _unpacker(mode: Mode) -> Callable[[Bytes], Planes]:
    """What turns one raw frame of `mode` into three planes, as views where that is possible."""
    if mode.fourcc == "MJPG":
        from devices.camera.jpeg import JpegDecoder  # noqa: PLC0415 - 20 MB that most don't need.

        return JpegDecoder().decode
    layout = Layout(mode.width // 2 * 2, mode.height // 2 * 2)
    expected = layout.size * 4 // 3 if mode.fourcc == "YUYV" else layout.size

    def unpack(raw: Bytes) -> Planes:
        if len(raw) != expected:
            raise DeviceError(
                DeviceState.HARDWARE_ERROR,
                f"a {mode.fourcc} frame of {len(raw)} bytes instead of {expected}",
                hint="choose another camera",
            )
        if mode.fourcc == "YUYV":
            pairs = raw.reshape(layout.height, layout.width // 2, 4)
            y = pairs.reshape(layout.height, layout.width, 2)[:, :, 0]
            return y, pairs[::2, :, 1], pairs[::2, :, 3]
        if mode.fourcc == "NV12":
            luma = layout.width * layout.height
            chroma = raw[luma:].reshape(layout.height // 2, layout.width // 2, 2)
            y = raw[:luma].reshape(layout.height, layout.width)
            return y, chroma[:, :, 0], chroma[:, :, 1]
        return layout.planes(raw)

    return unpack
