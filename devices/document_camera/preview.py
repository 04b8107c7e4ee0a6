"""Small pictures for the screen: the whole view in 640 × 480 I420, with bars where it needs."""

from __future__ import annotations

import cv2
import numpy as np

from devices.camera.i420 import Bytes, Layout
from devices.document_camera.evidence import Image
from devices.document_camera.flatten import Corners
from devices.document_camera.interface import Corner

LAYOUT = Layout(640, 480)
"""4:3 as document cameras are; a third of the booth's screen."""
_BLACK, _NEUTRAL = 16, 128


def fit(width: int, height: int) -> tuple[int, int, int, int]:
    """Where a picture of this size lies in the preview: left, top, width, height, all even."""
    scale = min(LAYOUT.width / width, LAYOUT.height / height)
    wide = max(2, round(width * scale / 2) * 2)
    tall = max(2, round(height * scale / 2) * 2)
    return (LAYOUT.width - wide) // 4 * 2, (LAYOUT.height - tall) // 4 * 2, wide, tall


def write(image: Image, frame: Bytes) -> None:
    """Write a BGR picture into a frame of `LAYOUT`."""
    left, top, wide, tall = fit(image.shape[1], image.shape[0])
    small = cv2.resize(image, (wide, tall), interpolation=cv2.INTER_AREA)
    packed = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2YUV_I420), np.uint8).reshape(-1)
    y, u, v = LAYOUT.planes(frame)
    parts = Layout(wide, tall).planes(packed)
    for plane, part, ground, shrink in ((y, parts[0], _BLACK, 1), (u, parts[1], _NEUTRAL, 2),
                                        (v, parts[2], _NEUTRAL, 2)):  # fmt: skip
        plane[:] = ground
        rows, columns = top // shrink, left // shrink
        plane[rows : rows + part.shape[0], columns : columns + part.shape[1]] = part


def fractions(corners: Corners, width: int, height: int) -> list[Corner]:
    """Corners in the camera's pixels as shares of the preview's width and height."""
    left, top, wide, tall = fit(width, height)
    return [
        (
            (left + (x + 0.5) / width * wide) / LAYOUT.width,
            (top + (y + 0.5) / height * tall) / LAYOUT.height,
        )
        for x, y in corners.tolist()
    ]
