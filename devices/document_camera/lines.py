"""Straight lines in a picture: a Hough transform in which each edge pixel knows its direction."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Evidence, Floats

Lines = NDArray[np.float64]
"""n × 3: (a, b, c) of ax + by = c with a² + b² = 1 and the angle of (a, b) in [0, π)."""
ANGLES = 180
_RHO_PX = 2.0
_SPREAD = 2
"""A pixel votes for this many degrees to either side of its own direction, which is noisy."""


def from_steps(steps: Floats, count: int) -> Lines:
    """The `count` lines with most votes in an edge map (height × width × 2)."""
    height, width = steps.shape[:2]
    strength = np.hypot(steps[..., 0], steps[..., 1])
    rows, columns = np.nonzero(_ridges(steps, strength))
    weight = strength[rows, columns]
    angle = np.arctan2(steps[rows, columns, 1], steps[rows, columns, 0])
    degree = np.rint(np.degrees(angle)).astype(np.int64)
    reach = np.hypot(height, width)
    bins = int(2 * reach / _RHO_PX) + 3
    votes = np.zeros(ANGLES * bins)
    for offset in range(-_SPREAD, _SPREAD + 1):
        turned = (degree + offset) % ANGLES
        radians = np.radians(turned)
        rho = columns * np.cos(radians) + rows * np.sin(radians)
        cell = turned * bins + np.rint((rho + reach) / _RHO_PX).astype(np.int64)
        votes += np.bincount(cell, weight, ANGLES * bins)
    table = cv2.GaussianBlur(votes.reshape(ANGLES, bins).astype(np.float32), (3, 3), 0)
    return _peaks(np.asarray(table, np.float32), count, reach)


def through(quads: NDArray[np.float64]) -> Lines:
    """The side lines of quads (k × 4 × 2), four for each."""
    start = quads.reshape(-1, 2)
    along = (np.roll(quads, -1, axis=1) - quads).reshape(-1, 2)
    normal = np.column_stack((-along[:, 1], along[:, 0]))
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
    flip = (normal[:, 1] < 0) | ((normal[:, 1] == 0) & (normal[:, 0] < 0))
    normal[flip] *= -1
    return np.column_stack((normal, (normal * start).sum(1)))


def distinct(lines: Lines, evidence: Evidence, limit: int) -> Lines:
    """At most `limit` lines that differ by more than 4 px within the picture, first ones first."""
    height, width = evidence.lab.shape[:2]
    normal = lines[:, :2]
    middle = np.array((width / 2, height / 2))
    foot = middle + normal * (lines[:, 2:] - (normal @ middle)[:, None])
    along = np.stack((-normal[:, 1], normal[:, 0]), 1) * min(height, width) / 3
    ends = np.concatenate((foot + along, foot - along), 1)
    # The same line may point either way.
    apart = np.minimum(
        np.abs(ends[:, None] - ends[None]).max(2),
        np.abs(ends[:, None] - np.roll(ends, 2, axis=1)[None]).max(2),
    )
    kept: list[int] = []
    near = np.full(len(lines), np.inf)
    for index in range(len(lines)):
        if near[index] > 4 and len(kept) < limit:
            kept.append(index)
            near = np.minimum(near, apart[index])
    return lines[kept]


def _ridges(steps: Floats, strength: Floats) -> NDArray[np.bool_]:
    """Pixels whose step is the strongest across their own edge."""
    x_sign = np.rint(steps[..., 0] / (strength + 1e-6) * 1.2).astype(np.int64)
    y_sign = np.rint(steps[..., 1] / (strength + 1e-6) * 1.2).astype(np.int64)
    height, width = strength.shape
    rows, columns = np.mgrid[0:height, 0:width]
    after = strength[np.clip(rows + y_sign, 0, height - 1), np.clip(columns + x_sign, 0, width - 1)]
    before = strength[
        np.clip(rows - y_sign, 0, height - 1), np.clip(columns - x_sign, 0, width - 1)
    ]
    return np.asarray((strength > 0.15) & (strength >= after) & (strength >= before))


def _peaks(table: Floats, count: int, reach: float) -> Lines:
    """Highest cells of the table of votes that have no higher one near."""
    # An angle of 0° and one of 180° are neighbours with ρ mirrored.
    wrapped = np.vstack((table[-4:, ::-1], table, table[:4, ::-1]))
    highest = cv2.dilate(wrapped, np.ones((9, 9), np.uint8))[4:-4]
    angles, bins = np.nonzero((table >= highest) & (table > 0))
    best = np.argsort(-table[angles, bins])[:count]
    radians = np.radians(angles[best])
    rho = bins[best] * _RHO_PX - reach
    return np.column_stack((np.cos(radians), np.sin(radians), rho))
