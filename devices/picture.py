"""A picture on its way from camera to encoder or from decoder to screen: planes of YUV 4:2:0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plane:
    """One plane of 8-bit samples."""

    data: memoryview
    """`stride` × rows bytes, contiguous; the receiver must not keep it beyond the `Picture`."""
    stride: int
    """Bytes from one row to the next (≥ the plane's width)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame, planar YUV 4:2:0 (I420), limited range, BT.601 unless said otherwise."""

    width: int
    """Luma width in pixels, even."""
    height: int
    """Luma height in pixels, even."""
    planes: tuple[Plane, Plane, Plane]
    """Y at full size, then U and V at half width and half height."""
    captured_at: float
    """`time.monotonic()` seconds when the frame came from its source."""
    keep_alive: object = None
    """Whatever owns the planes' memory."""


PictureSink = Callable[[Picture], None]
"""Takes a picture from any thread, returns at once, and keeps only the newest."""
