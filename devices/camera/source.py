"""What the camera's child process asks of whatever gives the frames."""

from __future__ import annotations

from typing import Protocol

from devices.camera.i420 import Bytes


class FrameSource(Protocol):
    """An open camera or file; each call may block, the parent's watchdog sees to that."""

    detail: str
    """Name and mode, for the technician."""

    def grab(self) -> float:
        """Wait for the next frame; returns `time.monotonic()` of its capture.

        Raises `DeviceError` when there are no more.
        """

    def write(self, frame: Bytes) -> None:
        """Write the frame just grabbed as I420 of the size asked for."""

    def close(self) -> None:
        """Close the device."""


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
