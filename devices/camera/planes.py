"""PyAV's planes as arrays, without a copy; for the child process only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from devices.camera.i420 import Bytes

if TYPE_CHECKING:
    from av.video.plane import VideoPlane


def rows(plane: VideoPlane) -> Bytes:
    """The plane's bytes, shape (rows, line size): each row with its padding."""
    # PyAV's planes have the buffer protocol, which Python can't annotate before 3.12.
    return np.frombuffer(cast("Any", plane), np.uint8).reshape(-1, plane.line_size)
