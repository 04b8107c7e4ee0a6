"""Judges a sheet that was found: whole, near, sharp, lit, free of glare, and at rest."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from devices.document_camera.evidence import Image, shrink
from devices.document_camera.find import Found, to_scale
from devices.document_camera.flatten import (
    TARGET_DPI,
    Corners,
    Shape,
    best_dpi,
    flatten,
    shape_of,
)
from devices.document_camera.interface import Advice

NEAR_SHARE = 0.75
"""Of what a sheet that fills the picture would have: nearer than this helps little."""
_DPI_SLACK = 0.93
"""186 dpi is still 200 to anybody who reads; the sheet's format is an assumption anyway."""
GLARE_SHARE = 0.004
"""Of the sheet: a reflection of 16 mm across on A4 hides a line of an address."""
DARK_LEVEL = 60.0
"""Mean of the paper, 0 to 255: below, the sensor's noise is as strong as pale print."""
SHARP = 0.5
_LEGIBLE_SIGMA_MM = 0.20
"""Blur at which 9 point print (x-height 1.6 mm, strokes 0.25 mm) can just be read."""
_STILL_SHARE = 0.004
"""Of the diagonal: corners of a sheet at rest jitter by 0.1 %."""
STILL_S = 0.5
"""A hand that has let go: shorter, and it is between two pushes."""
_BLUR_IS_MOTION_S = 1.2
"""An autofocus takes up to a second; what is blurred after that stays so."""
_RIM_SHARE = 0.003
_UNCOVERED = 0.12
"""Corner evidence of a sheet's corner on a desk of nearly its own white: 0.2."""
_VIEW_PX = 700
_PATCH_PX = 192
_PATCHES = 5
_MIN_STEP = 40
"""Levels: weaker print says nothing about blur."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is good and bad about a sheet."""

    advice: Advice
    shape: Shape
    sharpness: float
    glare: float


def judge(image: Image, found: Found, still_s: float) -> Verdict:
    """Judge the sheet `found` in a BGR picture, which has been at rest for `still_s` seconds."""
    height, width = image.shape[:2]
    shape = shape_of(found.corners, width, height)
    view = _view(image, found.corners, shape)
    glare = burnt_share(view)
    sharpness = sharpness_of(image, found.corners, shape)
    advice = _advice(
        whole=_whole(found, width, height),
        bright=_paper_level(view) >= DARK_LEVEL,
        near=_near(shape, width, height),
        glare=glare,
        sharpness=sharpness,
        still_s=still_s,
    )
    return Verdict(advice, shape, sharpness, glare)


def _advice(
    *, whole: bool, bright: bool, near: bool, glare: float, sharpness: float, still_s: float
) -> Advice:
    """What to do first: nothing else helps a sheet that is half out of the picture."""
    blurred = sharpness < SHARP
    for wrong, advice in (
        (not whole, Advice.WHOLE_PAGE),
        (not bright, Advice.LIGHT),
        (not near, Advice.CLOSER),
        (glare > GLARE_SHARE, Advice.GLARE),
        (still_s < STILL_S or (blurred and still_s < _BLUR_IS_MOTION_S), Advice.HOLD_STILL),
        (blurred, Advice.SHARPER),
    ):
        if wrong:
            return advice
    return Advice.GOOD


def moved(one: Corners, two: Corners, width: int, height: int) -> bool:
    """Whether a sheet has been moved from one picture to the next."""
    return bool(np.abs(one - two).max() > _STILL_SHARE * np.hypot(width, height))


def _near(shape: Shape, width: int, height: int) -> bool:
    """Near enough for 200 dpi, or for the most that this camera is made for."""
    return shape.dpi >= min(TARGET_DPI * _DPI_SLACK, NEAR_SHARE * best_dpi(width, height))


def _whole(found: Found, width: int, height: int) -> bool:
    margin = _RIM_SHARE * np.hypot(width, height)
    corners = found.corners
    inside = (corners > margin).all() and (corners < (width - margin, height - margin)).all()
    return bool(inside and found.corner_evidence.min() >= _UNCOVERED)


def _view(image: Image, corners: Corners, shape: Shape) -> Image:
    """The sheet seen from above, small."""
    small, factor = shrink(image, 1000)
    dpi = _VIEW_PX / max(shape.width_mm, shape.height_mm) * 25.4
    return flatten(small, to_scale(corners, factor), shape, dpi)


def burnt_share(view: Image) -> float:
    """Part of the sheet that a reflection has burnt out: lighter than the paper, and full."""
    paper = np.percentile(cv2.GaussianBlur(view, (0, 0), 3).min(2), 60)
    full = (view.min(2) >= 251).astype(np.uint8)
    blob = cv2.morphologyEx(full, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    # Where all the paper is near full, only what spoils print could tell; exposure is the camera's.
    return float(blob.mean()) if paper < 242 else 0.0


def _paper_level(view: Image) -> float:
    return float(np.percentile(view.mean(2), 75))


def sharpness_of(image: Image, corners: Corners, shape: Shape) -> float:
    """0 to 1 from the steepness of print, 0.5 at the edge of legible; 1 for a blank sheet.

    A blurred step of height h has the greatest slope h / (σ √2π): σ comes from the ratio.
    """
    sigmas = [
        sigma for patch in _patches(image, corners) if (sigma := edge_sigma(patch)) is not None
    ]
    if not sigmas:
        return 1.0
    millimetres = float(np.median(sigmas)) * 25.4 / max(shape.dpi, 1.0)
    return 1 / (1 + (millimetres / _LEGIBLE_SIGMA_MM) ** 2)


def edge_sigma(patch: Image) -> float | None:
    """Blur in pixels of the clearest edges of a grey patch; None when it has no clear ones."""
    soft = cv2.GaussianBlur(patch, (0, 0), 0.8).astype(np.float32)
    reach = np.ones((9, 9), np.uint8)
    height = cv2.dilate(soft, reach) - cv2.erode(soft, reach)
    clear = height > max(_MIN_STEP, 0.6 * float(np.percentile(height, 98)))
    if clear.sum() < 60:
        return None
    slope = np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(soft, cv2.CV_32F, 0, 1) / 8)
    steepest = cv2.dilate(slope, reach)
    typical = float(np.median(steepest[clear] / height[clear]))
    seen = 1 / (np.sqrt(2 * np.pi) * max(typical, 1e-3))
    # Our own blur, and that of the slope's kernel, are not the camera's.
    return float(np.sqrt(max(seen**2 - 0.8**2 - 0.7**2, 0.04)))


def _patches(image: Image, corners: Corners) -> list[Image]:
    """Grey squares from within the sheet at full resolution, those with most print first."""
    height, width = image.shape[:2]
    half = min(_PATCH_PX, *image.shape[:2]) // 2
    found = []
    for down in (0.14, 0.32, 0.5, 0.68, 0.86):
        for along in (0.25, 0.5, 0.75):
            top = corners[0] * (1 - along) + corners[1] * along
            bottom = corners[3] * (1 - along) + corners[2] * along
            x, y = top * (1 - down) + bottom * down
            left = int(np.clip(x - half, 0, width - 2 * half))
            upper = int(np.clip(y - half, 0, height - 2 * half))
            square = image[upper : upper + 2 * half, left : left + 2 * half]
            found.append(cv2.cvtColor(square, cv2.COLOR_BGR2GRAY))
    found.sort(key=lambda square: float(square.std()), reverse=True)
    return [np.asarray(square, np.uint8) for square in found[:_PATCHES]]
