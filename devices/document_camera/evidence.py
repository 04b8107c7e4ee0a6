"""What a small picture says about edges: its colours without print, and where they step."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Image = NDArray[np.uint8]

WORK_PX = 640
"""Longer side of what is searched: 1 % of the diagonal is 8 px, and print becomes texture."""
_PRINT_PX = 13
"""Closing fills dark strokes up to this width: letters of 6 mm on A4 that fills the view."""
_DENSITY_PX = 41
"""Edges are weighed against how many others are within this distance: text and cloth count less."""
_DENSITY_WEIGHT = 1.5
_NOISE_FLOOR = 2.0
"""In Lab units per pixel: sensor noise is left below it after blurring."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One picture at analysis scale; every array is height × width."""

    lab: Floats
    """× 3: L, a, b in units of 0 to 255, slightly blurred."""
    plain: Floats
    """× 3: the same without print."""
    steps: tuple[Floats, ...]
    """Edge maps, each × 2: direction of the steepest step, its length 0 to 1 by clearness."""


def shrink(image: Image, longest: int = WORK_PX) -> tuple[Image, float]:
    """`image` with its longer side at most `longest`, and the factor it was multiplied by."""
    factor = longest / max(image.shape[:2])
    if factor >= 1:
        return image, 1.0
    size = (round(image.shape[1] * factor), round(image.shape[0] * factor))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8), factor


def gather(small: Image) -> Evidence:
    """Evidence from a BGR picture of analysis size."""
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2Lab)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_PRINT_PX, _PRINT_PX))
    light = cv2.medianBlur(cv2.morphologyEx(lab[:, :, 0], cv2.MORPH_CLOSE, kernel), 5)
    tint = [cv2.medianBlur(np.ascontiguousarray(lab[:, :, index]), 5) for index in (1, 2)]
    paper = np.dstack((light, *tint)).astype(np.float32)
    plain = np.asarray(cv2.GaussianBlur(paper, (0, 0), 1.0), np.float32)
    soft = np.asarray(cv2.GaussianBlur(lab.astype(np.float32), (0, 0), 1.2), np.float32)
    return Evidence(
        soft,
        plain,
        (_steps(soft), _steps(plain)),
    )


def _steps(channels: Floats) -> Floats:
    """The steepest channel's gradient at each pixel, its length weighed against those around."""
    right = cv2.Scharr(channels, cv2.CV_32F, 1, 0, scale=1 / 16)
    down = cv2.Scharr(channels, cv2.CV_32F, 0, 1, scale=1 / 16)
    steep = np.hypot(right, down)
    which = steep.argmax(2)[..., None]
    gradient = np.concatenate(
        [np.take_along_axis(right, which, 2), np.take_along_axis(down, which, 2)], 2
    )
    length = np.take_along_axis(steep, which, 2)[..., 0]
    around = cv2.blur(length, (_DENSITY_PX, _DENSITY_PX))
    clear = length / (length + _DENSITY_WEIGHT * around + _NOISE_FLOOR * 0.5)
    return np.asarray(gradient / (length + 1e-6)[..., None] * clear[..., None], np.float32)
