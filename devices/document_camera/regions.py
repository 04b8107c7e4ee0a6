"""Quadrilaterals around areas of one colour: sheets that stand out, whatever their edges."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Evidence, Floats, Image

Quads = NDArray[np.float64]
"""k × 4 × 2 corners in pixels, clockwise on the screen."""
_MIN_SHARE = 0.012
"""Of the picture: an ID card (85.6 × 54 mm) in a view of A3 is 3.7 %."""
_MAX_SHARE = 0.97
_LEVELS = 9
_COMPONENTS = 4
_SOLIDITY = 0.6
"""Part of the hull that the area fills: a sheet under a hand still fills more."""


def propose(evidence: Evidence) -> Quads:
    """Quads around areas, some wrong; at least none."""
    found = [quad for mask in _masks(evidence) for quad in _around(mask)]
    return np.array(found, np.float64).reshape(-1, 4, 2)


def _masks(evidence: Evidence) -> Iterator[Image]:
    light, tint = evidence.plain[..., 0], evidence.plain[..., 1:]
    chroma = np.hypot(tint[..., 0] - 128, tint[..., 1] - 128)
    grey = np.clip(light - 1.5 * chroma, 0, 255)
    for field in (light, grey):
        for level in np.unique(np.percentile(field, np.linspace(12, 94, _LEVELS)).round()):
            yield (field > level).astype(np.uint8)
        otsu, _ = cv2.threshold(field.astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
        yield (field > otsu).astype(np.uint8)
    rim = _rim_distance(evidence.plain)
    for level in np.percentile(rim, (35, 50, 65, 80)):
        yield (rim > level).astype(np.uint8)
    yield from _calm(evidence.plain)
    yield from _calm(evidence.lab)


def _calm(channels: Floats) -> Iterator[Image]:
    """Areas without steps: they end where an edge closes around them."""
    right = cv2.Scharr(channels, cv2.CV_32F, 1, 0, scale=1 / 16)
    down = cv2.Scharr(channels, cv2.CV_32F, 0, 1, scale=1 / 16)
    steep = np.hypot(right, down).max(2)
    for level in (0.8, 1.3, 2.2, 3.5, 6.0):
        yield (steep < level).astype(np.uint8)


def _rim_distance(plain: Floats) -> Floats:
    """How far each pixel's colour is from that of the picture's rim, where the desk is."""
    rim = np.concatenate(
        (
            plain[:6].reshape(-1, 3),
            plain[-6:].reshape(-1, 3),
            plain[:, :6].reshape(-1, 3),
            plain[:, -6:].reshape(-1, 3),
        )
    )
    middle = np.median(rim, axis=0)
    spread = np.median(np.abs(rim - middle), axis=0) * 1.5 + 3
    return np.asarray(np.linalg.norm((plain - middle) / spread, axis=2), np.float32)


def _around(mask: Image) -> Iterator[Quads]:
    """Quads around the largest areas of a mask, their holes and thin outgrowths left out."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    whole = mask.size
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:_COMPONENTS]:
        area = cv2.contourArea(contour)
        hull = cv2.convexHull(contour)
        if not _MIN_SHARE * whole < area < _MAX_SHARE * whole or len(hull) < 4:
            continue
        if area < _SOLIDITY * cv2.contourArea(hull):
            continue
        quad = np.asarray(cv2.approxPolyN(hull, 4, None, -1.0, True), np.float64).reshape(-1, 2)
        if len(quad) == 4:
            yield quad if _clockwise(quad) else quad[::-1]


def _clockwise(quad: NDArray[np.float64]) -> bool:
    x, y = quad[:, 0], quad[:, 1]
    return bool((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() > 0)
