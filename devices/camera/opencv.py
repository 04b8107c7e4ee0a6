"""OpenCV's camera capture without its RGB step; for the child process only."""

from __future__ import annotations

import time

import cv2
import numpy as np

from devices.camera import modes
from devices.camera.i420 import Bytes, Layout
from devices.camera.raw import unpacker
from devices.camera.source import CaptureClock, cover
from devices.status import DeviceError, DeviceState

V4L2_BUFFERS = 3
"""One being filled, one waiting, one being read: more would only be delay."""


def open_capture(node: str, *, v4l2: bool) -> modes.Capture:
    """Open `node` raw. Without `v4l2`: a stream of JPEG pictures, as a camera in MJPG mode gives.

    Raises `DeviceError` when OpenCV can't.
    """
    cv2.setNumThreads(1)
    if v4l2:
        capture = cv2.VideoCapture(
            node,
            cv2.CAP_V4L2,
            [modes.CONVERT_RGB, 0, modes.BUFFERSIZE, V4L2_BUFFERS],
        )
    else:
        capture = cv2.VideoCapture(node, cv2.CAP_FFMPEG, [modes.FORMAT, -1])
    if not capture.isOpened():
        raise DeviceError(
            DeviceState.HARDWARE_ERROR,
            f"{node} can't be opened",
            hint="close other programs that use the camera, or replug it",
        )
    return capture


class OpenCvCamera:
    """An open camera whose frames come as the driver gives them, and become I420 here."""

    def __init__(self, capture: modes.Capture, name: str, layout: Layout, rate: int) -> None:
        """Choose the mode of `capture`, which this object now owns."""
        self._capture = capture
        self._layout = layout
        self._mode = modes.choose_mode(capture, layout, rate)
        self._unpack = unpacker(self._mode)
        self._clock = CaptureClock()
        self.detail = f"{name} {self._mode}"
        self.capabilities = self._mode.capabilities

    def grab(self) -> float:
        """Wait for the next frame; the driver's own time stamp where it gives one."""
        if not self._capture.grab():
            raise DeviceError(DeviceState.OFFLINE, "the picture ended", hint="check the cable")
        return self._clock.captured_at(self._capture.get(modes.POS_MSEC) / 1000, time.monotonic())

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
