"""Moves the sides of quadrilaterals onto the edges next to them, robustly and below a pixel."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Floats
from devices.document_camera.quads import sample
from devices.document_camera.regions import Quads

_SAMPLES = 28
_ENDS = 0.06
"""Of a side at each end is left out: corners are round, folded, or bent up."""
_STEP_PX = 1.0
_BENT_SHARE = 0.025
"""Of the diagonal: a sheet that bulges more does not lie on the desk."""
_STRAIGHT_SHARE = 0.7
"""Of the samples must lie on the line; under a hand or at a folded corner they don't."""


def snap(quads: Quads, channels: Floats, reach: float, *, samples: int = _SAMPLES) -> Quads:
    """Each side of each quad refitted to the steepest step within `reach` pixels of it.

    Where a side has nothing to hold on to it stays as it was.
    """
    if len(quads) == 0:
        return quads
    start, end = quads, np.roll(quads, -1, axis=1)
    share = np.linspace(_ENDS, 1 - _ENDS, samples)
    along = end - start
    length = np.linalg.norm(along, axis=2, keepdims=True) + 1e-9
    normal = np.concatenate((-along[..., 1:], along[..., :1]), 2) / length
    points = start[:, :, None] + along[:, :, None] * share[None, None, :, None]
    offset, weight = _strongest(points, normal, channels, reach)
    slope, shift = _line(share - 0.5, offset, weight)
    ends = [shift - slope / 2, shift + slope / 2]
    new_start = start + normal * ends[0][..., None]
    new_end = end + normal * ends[1][..., None]
    return _cross(quads, new_start, new_end)


def _strongest(
    points: NDArray[np.float64], normal: NDArray[np.float64], channels: Floats, reach: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each sample (k × 4 × m) where across the side its step is, and how clear."""
    offsets = np.arange(-reach - 1, reach + 1.01, _STEP_PX)
    at = points[:, :, :, None] + normal[:, :, None, None] * offsets[None, None, None, :, None]
    count = points.shape[0] * points.shape[1] * points.shape[2]
    seen = sample(channels, at.reshape(count, len(offsets), 2).astype(np.float32))
    height, width = channels.shape[:2]
    rise = np.linalg.norm(seen[:, 2:] - seen[:, :-2], axis=2).reshape(*points.shape[:3], -1)
    inner = at[..., 1:-1, :]
    margin = 2.0
    outside = (inner < margin).any(-1) | (inner[..., 0] > width - 1 - margin)
    outside |= inner[..., 1] > height - 1 - margin
    rise[outside] = 0
    # One side has one edge: what most samples see at an offset pulls each of them there.
    common = rise.mean(2, keepdims=True)
    wanted = rise * (common + 0.5 * rise)
    best = wanted.argmax(-1)
    centre = np.clip(best, 1, rise.shape[-1] - 2)[..., None]
    left, peak, right = (np.take_along_axis(rise, centre + step, 3)[..., 0] for step in (-1, 0, 1))
    bend = left - 2 * peak + right
    fine = np.where(np.abs(bend) > 1e-6, (left - right) / (2 * bend + 1e-12), 0.0)
    offset = offsets[1:-1][centre[..., 0]] + np.clip(fine, -0.5, 0.5) * _STEP_PX
    return offset, np.minimum(peak, 40.0)


def _line(
    share: NDArray[np.float64], offset: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slope and middle of the lines through (share, offset): weighted, outliers fading away."""
    base = weight + 1e-3
    trust = base
    slope = np.zeros(offset.shape[:2])
    shift = np.zeros(offset.shape[:2])
    for scale in (4.0, 2.5, 1.5, 1.0, 0.8):
        total = trust.sum(2)
        x = (trust * share).sum(2) / total
        y = (trust * offset).sum(2) / total
        run = share[None, None, :] - x[..., None]
        slope = (trust * run * (offset - y[..., None])).sum(2) / ((trust * run**2).sum(2) + 1e-6)
        shift = y - slope * x
        rest = offset - shift[..., None] - slope[..., None] * share
        trust = base / (1 + (rest / scale) ** 2) ** 2
    return slope, shift


def _cross(old: Quads, start: Quads, end: Quads) -> Quads:
    """Corners where each new side meets the one before it; the old corner when they don't."""
    along = end - start
    before_start, before = np.roll(start, 1, axis=1), np.roll(along, 1, axis=1)
    cross = before[..., 0] * along[..., 1] - before[..., 1] * along[..., 0]
    gap = start - before_start
    far = (gap[..., 0] * along[..., 1] - gap[..., 1] * along[..., 0]) / np.where(
        np.abs(cross) < 1e-6, 1e-6, cross
    )
    corners = before_start + before * far[..., None]
    lost = (np.abs(cross) < 1e-6) | (np.linalg.norm(corners - old, axis=2) > 60)
    return np.where(lost[..., None], old, corners)


def refine(corners: NDArray[np.float64], image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Corners (4 × 2) found in a smaller picture, made exact in this larger one (BGR)."""
    lab = cv2.cvtColor(image, cv2.COLOR_BGR2Lab)
    channels = cv2.GaussianBlur(lab, (0, 0), 1.0).astype(np.float32)
    quads = corners[None]
    for reach in (7.0, 4.0, 3.0):
        quads = snap(quads, channels, reach, samples=90)
    return _bent(quads[0], channels)


def _bent(corners: NDArray[np.float64], channels: Floats) -> NDArray[np.float64]:
    """Corners where the sides' last parts meet: paper that bulges has sides that are bows."""
    exact = corners.copy()
    diagonal = float(np.hypot(*channels.shape[:2]))
    for index in range(4):
        here, after, before = (corners[(index + step) % 4] for step in (0, 1, -1))
        one, two = _end_of_side(here, after, channels), _end_of_side(here, before, channels)
        if one is None or two is None:
            continue
        crossed = _meet(one, two)
        if crossed is not None and np.linalg.norm(crossed - here) < _BENT_SHARE * diagonal:
            exact[index] = crossed
    return exact


def _end_of_side(
    corner: NDArray[np.float64], other: NDArray[np.float64], channels: Floats
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Two points of the line along a side's first third; None when it is not clearly straight."""
    share = np.linspace(0.03, 0.33, 40)
    along = other - corner
    length = float(np.linalg.norm(along)) + 1e-9
    normal = np.array((-along[1], along[0])) / length
    reach = float(np.clip(0.03 * length, 4, 36))
    points = corner + along * share[:, None]
    offset, weight = _strongest(points[None, None], normal[None, None], channels, reach)
    slope, shift = _line(share - 0.18, offset, weight)
    line = shift[0, 0] + slope[0, 0] * (share - 0.18)
    close = np.abs(offset[0, 0] - line) < 1.5
    # A bow leaves its chord towards the corner; what is off farther away is another edge.
    if close.mean() < _STRAIGHT_SHARE or abs(line[-1]) > 0.25 * reach + 1:
        return None
    return points[0] + normal * line[0], points[-1] + normal * line[-1]


def _meet(
    one: tuple[NDArray[np.float64], NDArray[np.float64]],
    two: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64] | None:
    """Where two lines through two points each meet; None when they hardly do."""
    first, second = one[1] - one[0], two[1] - two[0]
    cross = first[0] * second[1] - first[1] * second[0]
    if abs(cross) < 0.3 * np.linalg.norm(first) * np.linalg.norm(second):
        return None
    gap = two[0] - one[0]
    return np.asarray(one[0] + first * (gap[0] * second[1] - gap[1] * second[0]) / cross)
