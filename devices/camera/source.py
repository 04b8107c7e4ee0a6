"""What the camera's child process asks of whatever gives the frames."""

from __future__ import annotations

from typing import Protocol

from devices.camera.i420 import Bytes
from devices.status import Capabilities, DeviceError, DeviceState

_PLAUSIBLE_AGE_S = 1.0
"""A driver's time stamp older than this, or in the future, is on another clock than ours."""


class FrameSource(Protocol):
    """An open camera or file; each call may block, the parent's watchdog sees to that."""

    detail: str
    """Name and mode, for the technician."""
    capabilities: Capabilities
    """`width`, `height`, `fps` and `format` of what it gives."""

    def grab(self) -> float:
        """Wait for the next frame; returns `time.monotonic()` of its capture.

        Raises `DeviceError` when there are no more.
        """

    def write(self, frame: Bytes) -> None:
        """Write the frame just grabbed as I420 of the size asked for."""

    def close(self) -> None:
        """Close the device."""


class CaptureClock:
    """When each frame was captured, and whether it is a new one at all."""

    def __init__(self) -> None:
        self._stamped_s = 0.0

    def captured_at(self, stamped_s: float, now: float) -> float:
        """`time.monotonic()` of the capture: the driver's time stamp, or `now` where it has none.

        Raises `DeviceError` when the stamp is that of the frame before: OpenCV may give the last
        picture of a lost camera for ever (opencv #5221).
        """
        if self._stamped_s and stamped_s == self._stamped_s:
            raise DeviceError(
                DeviceState.OFFLINE, "gives its last picture again", hint="check the cable"
            )
        if not now - _PLAUSIBLE_AGE_S < stamped_s <= now:
            return now
        self._stamped_s = stamped_s
        return stamped_s


def cover(
    width: int, height: int, wanted_width: int, wanted_height: int
) -> tuple[int, int, int, int]:
    """The largest middle part (left, top, width, height) with the shape that is wanted.

    All four are even, so that the same part of the chroma planes is whole.
    """
    part_width = min(width, height * wanted_width // wanted_height) // 2 * 2
    part_height = min(height, width * wanted_height // wanted_width) // 2 * 2
    return (
        (width - part_width) // 4 * 2,
        (height - part_height) // 4 * 2,
        max(2, part_width),
        max(2, part_height),
    )
