"""Chooses a camera's mode: the cheapest that gives the size and rate asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from devices.camera.i420 import Layout
from devices.status import Capabilities, DeviceError, DeviceState

# OpenCV's numbers (videoio.hpp), so that the choice can be tried without loading OpenCV.
POS_MSEC = 0
FRAME_WIDTH = 3
FRAME_HEIGHT = 4
FPS = 5
FOURCC = 6
FORMAT = 8
CONVERT_RGB = 16
BUFFERSIZE = 38

RATE_SHARE = 0.9
"""A mode that gives 90 % of the rate asked for is good enough to prefer it."""
FORMATS = ("NV12", "YU12", "YUYV", "MJPG")
"""Cheapest way to I420 first, per 720p frame: 0.2, 0.1, 0.4 and 3.4 ms (docs/decisions/0012)."""


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
    """What a camera or a file says it will deliver."""

    fourcc: str
    """Or the name of a file's codec."""
    width: int
    height: int
    rate: float

    def __str__(self) -> str:
        return f"{self.fourcc} {self.width}×{self.height} at {self.rate:g} fps"

    @property
    def capabilities(self) -> Capabilities:
        """The same for the report."""
        return {
            "width": self.width,
            "height": self.height,
            "fps": round(self.rate),
            "format": self.fourcc,
        }


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
    capture.set(FOURCC, int.from_bytes(fourcc.encode(), "little"))
    capture.set(FRAME_WIDTH, layout.width)
    capture.set(FRAME_HEIGHT, layout.height)
    capture.set(FPS, rate)
    code = int(capture.get(FOURCC)) & 0xFFFFFFFF
    if code.to_bytes(4, "little") != fourcc.encode():
        return None
    return Mode(
        fourcc,
        int(capture.get(FRAME_WIDTH)),
        int(capture.get(FRAME_HEIGHT)),
        capture.get(FPS),
    )
