"""Quadrilaterals from pairs of crossing lines, ranked by how much of an edge each side lies on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Evidence, Floats
from devices.document_camera.lines import Lines
from devices.document_camera.regions import Quads

_STEP_PX = 2.0
_MAX_SLANT_DEG = 50.0
"""Between opposite sides: at a tilt of 35° and close by, they lean by 40°."""
_MIN_CROSSING_DEG = 35.0
_MIN_SIDE = 0.06
"""Of the diagonal."""
_OUTSIDE = 0.12
"""How far beyond the picture a corner may be, as a share of its size."""
_BEYOND_PX = 14.0
_BEYOND_COST = 0.35
_AREA_GAIN = 0.25
_CONSIDERED = 900

Pairs = NDArray[np.intp]


def combine(lines: Lines, evidence: Evidence, count: int) -> Quads:
    """The best `count` quads whose sides lie on four of the lines."""
    height, width = evidence.lab.shape[:2]
    first, second = _opposite(lines)
    if len(first) == 0:
        return np.zeros((0, 4, 2))
    meets = _crossings(lines)
    seen = _seen(meets, width, height)
    one, two = _crossing(lines, first, second)
    a, b, c, d = first[one], second[one], first[two], second[two]
    keep = seen[a, c] & seen[a, d] & seen[b, c] & seen[b, d]
    one, two = one[keep], two[keep]
    a, b, c, d = first[one], second[one], first[two], second[two]
    corners = np.stack((meets[a, c], meets[a, d], meets[b, d], meets[b, c]), 1)
    keep = _plausible(corners, width, height)
    one, two, corners = one[keep], two[keep], corners[keep]
    sides = np.stack((first[one], second[two], second[one], first[two]), 1)
    score = _score(lines, sides, corners, evidence)
    best = np.argsort(-score)[:_CONSIDERED]
    return apart(corners[best], count, 5.0)


def apart(quads: Quads, count: int, distance: float) -> Quads:
    """The first `count` of quads of which no two have all their corners within `distance`."""
    # Coordinates first: NumPy is slow at reducing many short rows.
    flat = np.ascontiguousarray(quads.reshape(-1, 8).T)
    kept: list[int] = []
    near = np.full(len(quads), np.inf)
    for index in range(len(quads)):
        if near[index] > distance:
            kept.append(index)
            if len(kept) == count:
                break
            near = np.minimum(near, np.abs(flat - flat[:, index, None]).max(0))
    return quads[kept]


def _opposite(lines: Lines) -> tuple[Pairs, Pairs]:
    """Pairs of lines that may be opposite sides."""
    angle = np.degrees(np.arctan2(lines[:, 1], lines[:, 0]))
    first, second = np.triu_indices(len(lines), 1)
    slant = np.abs(angle[first] - angle[second])
    near = np.minimum(slant, 180 - slant) < _MAX_SLANT_DEG
    return first[near], second[near]


def _crossing(lines: Lines, first: Pairs, second: Pairs) -> tuple[Pairs, Pairs]:
    """Pairs of pairs that cross each other at a good angle."""
    double = 2 * np.arctan2(lines[:, 1], lines[:, 0])
    heading = np.angle(np.exp(1j * double[first]) + np.exp(1j * double[second])) / 2
    turn = np.abs(heading[:, None] - heading[None, :])
    turn = np.minimum(turn, np.pi - turn)
    one, two = np.nonzero(np.triu(turn > np.radians(_MIN_CROSSING_DEG), 1))
    distinct = (first[one] != first[two]) & (first[one] != second[two])
    distinct &= (second[one] != first[two]) & (second[one] != second[two])
    return one[distinct], two[distinct]


def _crossings(lines: Lines) -> NDArray[np.float64]:
    """Where each line meets each other: n × n × 2."""
    x, y, rho = lines[:, 0], lines[:, 1], lines[:, 2]
    cross = x[:, None] * y[None, :] - y[:, None] * x[None, :]
    cross = np.where(np.abs(cross) < 1e-6, 1e-6, cross)
    at_x = (rho[:, None] * y[None, :] - rho[None, :] * y[:, None]) / cross
    at_y = (x[:, None] * rho[None, :] - x[None, :] * rho[:, None]) / cross
    return np.stack((at_x, at_y), 2)


def _seen(meets: NDArray[np.float64], width: int, height: int) -> NDArray[np.bool_]:
    """Which crossings (n × n) lie in the picture or nearly."""
    x, y = meets[..., 0] / width, meets[..., 1] / height
    return np.asarray((x > -_OUTSIDE) & (x < 1 + _OUTSIDE) & (y > -_OUTSIDE) & (y < 1 + _OUTSIDE))


def _plausible(quads: Quads, width: int, height: int) -> NDArray[np.bool_]:
    """Convex, with sides and angles that paper may show."""
    along = np.roll(quads, -1, axis=1) - quads
    length = np.linalg.norm(along, axis=2)
    before = np.roll(along, 1, axis=1)
    turn = before[..., 0] * along[..., 1] - before[..., 1] * along[..., 0]
    convex = (turn > 0).all(1) | (turn < 0).all(1)
    long_enough = length.min(1) > _MIN_SIDE * np.hypot(width, height)
    sine = np.abs(turn) / (length * np.roll(length, 1, axis=1) + 1e-9)
    return np.asarray(convex & long_enough & (sine.min(1) > np.sin(np.radians(35.0))))


def _score(lines: Lines, sides: Pairs, corners: Quads, evidence: Evidence) -> NDArray[np.float64]:
    """Support of the sides, less what goes on beyond the corners; larger quads first."""
    height, width = evidence.lab.shape[:2]
    sums, offset = _support_sums(lines, evidence)
    along = np.column_stack((-lines[:, 1], lines[:, 0]))
    after = np.roll(corners, -1, axis=1)
    start = (corners * along[sides]).sum(2)
    end = (after * along[sides]).sum(2)
    low, high = np.minimum(start, end), np.maximum(start, end)

    def between(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
        last = sums.shape[1] - 1
        i = np.clip(((one + offset) / _STEP_PX).astype(np.intp), 0, last)
        j = np.clip(((two + offset) / _STEP_PX).astype(np.intp), 0, last)
        return np.asarray(sums[sides, j] - sums[sides, i])

    length = (high - low) / _STEP_PX + 1e-6
    support = between(low, high) / length
    beyond = between(low - _BEYOND_PX, low - 3) + between(high + 3, high + _BEYOND_PX)
    beyond = beyond / (2 * (_BEYOND_PX - 3) / _STEP_PX)
    x, y = corners[..., 0], corners[..., 1]
    area = np.abs((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum(1)) / 2 / (width * height)
    return np.asarray(
        support.mean(1)
        + support.min(1)
        - _BEYOND_COST * beyond.mean(1)
        + _AREA_GAIN * np.sqrt(area)
    )


def _support_sums(lines: Lines, evidence: Evidence) -> tuple[NDArray[np.float64], float]:
    """Running sums of edge support along each line, and the offset of their first sample."""
    height, width = evidence.lab.shape[:2]
    reach = float(np.hypot(width, height)) * 1.3
    places = np.arange(-reach, reach, _STEP_PX)
    normal, along = lines[:, :2], np.column_stack((-lines[:, 1], lines[:, 0]))
    points = (normal * lines[:, 2:])[:, None] + along[:, None] * places[None, :, None]
    best = np.zeros((len(lines), len(places)), np.float32)
    for shift in (-2.0, 0.0, 2.0):
        at = (points + normal[:, None] * shift).astype(np.float32)
        for steps in evidence.steps:
            seen = sample(steps, at)
            best = np.maximum(best, np.abs((seen * normal[:, None]).sum(2)))
    return np.cumsum(best, axis=1, dtype=np.float64), reach


def sample(field: Floats, points: NDArray[np.float32]) -> Floats:
    """`field` (height × width × channels) at `points` (n × m × 2, x and y); 0 outside."""
    # remap takes at most 32767 rows or columns.
    if points.shape[0] > 32_000:
        half = points.shape[0] // 2
        return np.concatenate((sample(field, points[:half]), sample(field, points[half:])))
    return np.asarray(
        cv2.remap(
            field, points[..., 0], points[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
        ),
        np.float32,
    )
