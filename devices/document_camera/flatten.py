"""Makes a rectangle of the sheet found: its shape, its resolution, its reading direction."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Image

Corners = NDArray[np.float64]
"""4 × 2, pixels: top left, top right, bottom right, bottom left as the page reads."""
MM_PER_INCH = 25.4
TARGET_DPI = 200
MAX_DPI = 300
"""More than a camera of 13 megapixels gives on A4; bounds the memory of one page."""
_A4 = (210.0, 297.0)
_ID1 = (53.98, 85.6)
"""ISO/IEC 7810: identity, health and bank cards."""
_A4_RATIO = (1.25, 1.52)
"""Long by short side: √2 with what a curled sheet makes of it; foreign sheets of 1.29 too."""
_ID1_RATIO = (1.52, 1.68)
_EXACT_SHARE = 0.04
"""A ratio this near to a format's own is taken to be it: corners are known to 1 %."""
_USUAL_FOCAL = 0.75
"""Focal length by the picture's diagonal, of webcams (67° across it): where it can't be told."""
_RECEIPT_WIDTH_MM = 80.0
_OTHER_SHORT_MM = 148.0
"""Of a sheet of any other shape: as of A5."""
_CLOSE_UP = 1.6
"""A format is not believed that would show more dots per inch than this many times those of an
A4 sheet filling the view: the camera over a desk stays where it is."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a sheet is taken to be."""

    width_mm: float
    height_mm: float
    dpi: float
    """That the picture gives, along its poorer direction."""
    a4: bool


def clockwise(quad: Corners) -> Corners:
    """The corners clockwise on the screen, first the one that is top left on the screen.

    The first side is the one that looks up the most, which holds for any convex quad turned by
    less than 45°; of a sheet turned by more, `upright` says how it reads.
    """
    middle = quad.mean(0)
    angle = np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0])
    ring = quad[np.argsort(angle, kind="stable")]
    sides = (ring + np.roll(ring, -1, axis=0)) / 2 - middle
    lean = sides[:, 1] / (np.linalg.norm(sides, axis=1) + 1e-9)
    return np.asarray(np.roll(ring, -int(lean.argmin()), axis=0))


def ratio(corners: Corners, width: int, height: int) -> float:
    """Width by height of the sheet, the camera's focal length worked out from the perspective.

    After Zhang and He, "Whiteboard scanning and image enhancement" (2007), for square pixels and
    the optical axis in the picture's middle; plain lengths where there is too little perspective.
    """
    top, bottom = _length(corners, 0, 1), _length(corners, 3, 2)
    left, right = _length(corners, 0, 3), _length(corners, 1, 2)
    plain = max(top + bottom, 1e-6) / max(left + right, 1e-6)
    m1, m2, m4, m3 = (np.array(((x - width / 2), (y - height / 2), 1.0)) for x, y in corners)
    # With m1, m2 on top and m3, m4 below: Zhang and He's numbering.
    with np.errstate(all="ignore"):
        k2 = np.dot(np.cross(m1, m4), m3) / np.dot(np.cross(m2, m4), m3)
        k3 = np.dot(np.cross(m1, m4), m2) / np.dot(np.cross(m3, m4), m2)
        n2, n3 = k2 * m2 - m1, k3 * m3 - m1
        squared = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
        focal = float(np.sqrt(squared)) if np.isfinite(squared) and squared > 0 else 0.0
        reach = float(np.hypot(width, height))
        if not 0.45 * reach < focal < 2.5 * reach:
            focal = _USUAL_FOCAL * reach
        one = (n2[0] ** 2 + n2[1] ** 2) / focal**2 + n2[2] ** 2
        two = (n3[0] ** 2 + n3[1] ** 2) / focal**2 + n3[2] ** 2
        found = float(np.sqrt(one / two))
    return found if np.isfinite(found) and 0.6 < found / plain < 1.7 else float(plain)


def shape_of(corners: Corners, width: int, height: int) -> Shape:
    """The sheet's size: known formats by their ratio, A4 first; see the constants above."""
    across = ratio(corners, width, height)
    pixels = (
        (_length(corners, 0, 1) + _length(corners, 3, 2)) / 2,
        (_length(corners, 0, 3) + _length(corners, 1, 2)) / 2,
    )
    most = _CLOSE_UP * best_dpi(width, height)
    shapes = []
    for short_mm, long_mm, a4 in _formats(max(across, 1 / max(across, 1e-6))):
        sides = (short_mm, long_mm) if across < 1 else (long_mm, short_mm)
        dpi = min(pixels[0] / sides[0], pixels[1] / sides[1]) * MM_PER_INCH
        shapes.append(Shape(*sides, dpi, a4))
    return next((shape for shape in shapes if shape.dpi <= most), shapes[-1])


def _formats(long: float) -> list[tuple[float, float, bool]]:
    """Formats of this ratio, likeliest first: short and long side in mm, and whether it is A4."""
    other = (_OTHER_SHORT_MM, _OTHER_SHORT_MM * min(long, 8.0), False)
    if _A4_RATIO[0] <= long < _A4_RATIO[1]:
        near = abs(long / (_A4[1] / _A4[0]) - 1) < _EXACT_SHARE
        return [(*_A4, True) if near else (_A4[0], _A4[0] * long, True)]
    if _ID1_RATIO[0] <= long < _ID1_RATIO[1]:
        return [(*_ID1, False), other]
    if long >= _ID1_RATIO[1]:
        return [(_RECEIPT_WIDTH_MM, _RECEIPT_WIDTH_MM * min(long, 8.0), False), other]
    return [other]


def best_dpi(width: int, height: int) -> float:
    """That an A4 sheet would have which fills a picture of this size."""
    return (
        max(width, height) / _A4[1] * MM_PER_INCH
        if _lies(width, height)
        else (min(width, height) / _A4[0] * MM_PER_INCH)
    )


def _lies(width: int, height: int) -> bool:
    return max(width, height) / min(width, height) < _A4[1] / _A4[0]


def flatten(image: Image, corners: Corners, shape: Shape, dpi: float) -> Image:
    """The sheet seen from above at `dpi`, as it lies under `corners`."""
    width = max(16, round(shape.width_mm / MM_PER_INCH * dpi))
    height = max(16, round(shape.height_mm / MM_PER_INCH * dpi))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32) - 0.5
    warp = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    smaller = shape.dpi / dpi
    if smaller > 1.6:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.4 * smaller), np.uint8)
    return np.asarray(
        cv2.warpPerspective(
            image, warp, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )


def _length(corners: Corners, one: int, two: int) -> float:
    return float(np.linalg.norm(corners[two] - corners[one]))
