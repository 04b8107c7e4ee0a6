"""Doubts quads whose inside is the desk again: tiles, bricks, gravel have edges but no paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Evidence
from devices.document_camera.measure import across, samples
from devices.document_camera.regions import Quads

Sides = NDArray[np.float64]
"""k × 4: one number for each side of each quad."""
_OFFSETS = np.array((-18.0, -14.5, -11.5, -8.0, 8.0, 11.5, 14.5, 18.0))
"""Across a side in pixels: beyond a joint between tiles, which is 2 to 6 px wide."""
_NOISE = 3.0
"""Lab units: two areas of one colour differ by as much after blurring."""
_STEADY = 8.0
"""A step of so many times its own spread is as good as two colours that never meet."""
_WORST_SIDE, _SECOND_WORST = 0.2, 0.35
"""Unlikeness that paper shows on all sides but one, and on all but two: a letterhead, a hand or a
shadow may hide the one. Of 200 sheets 1 % are below."""
_DOUBT = 40.0
"""Log-odds for 1 of unlikeness: what is wholly alike loses 22, more than any joint gains."""
_RIM_PX = 4.0
_RIM_DOUBT = 10.0
"""Log-odds for the second side along the picture's rim and each further one: no edge of paper can
be seen there, and half of a tiled desk has two such sides."""


def doubt(quads: Quads, evidence: Evidence) -> NDArray[np.float64]:
    """Log-odds to take from each quad: 0 where it differs from what lies around it."""
    if len(quads) == 0:
        return np.zeros(0)
    alike = np.sort(unlikeness(quads, evidence), axis=1)
    lacking = np.maximum(0, _WORST_SIDE - alike[:, 0]) + np.maximum(0, _SECOND_WORST - alike[:, 1])
    height, width = evidence.lab.shape[:2]
    along_rim = np.maximum(0, sides_at_rim(quads, width, height) - 1)
    return np.asarray(_DOUBT * lacking + _RIM_DOUBT * along_rim)


def unlikeness(quads: Quads, evidence: Evidence) -> Sides:
    """How unlike the strips on both sides of each side are: 0 for the same grain, up to about 1.

    The energy distance of their colours (Székely and Rizzo, 2013) tells paper from stripes that
    vary along it; a steady step tells white paper on a white desk under a shadow.
    """
    seen = across(evidence.plain, *samples(quads), _OFFSETS)
    half = len(_OFFSETS) // 2
    outside, inside = seen[..., :half, :].mean(3), seen[..., half:, :].mean(3)
    between = _distance(inside, outside)
    within = _distance(inside, inside) + _distance(outside, outside)
    energy = (2 * between - within) / (2 * between + _NOISE)
    step = inside - outside
    typical = np.median(step, axis=2)
    spread = np.median(np.linalg.norm(step - typical[:, :, None], axis=3), axis=2)
    steady = np.linalg.norm(typical, axis=2) / (spread + _NOISE / 2)
    return np.asarray(np.maximum(energy, steady / _STEADY))


def sides_at_rim(quads: Quads, width: int, height: int) -> NDArray[np.int64]:
    """How many sides of each quad lie along the picture's rim, or beyond it."""
    last = np.array((width, height)) - 1 - _RIM_PX
    low, high = quads < _RIM_PX, quads > last
    along = (low & np.roll(low, -1, axis=1)) | (high & np.roll(high, -1, axis=1))
    return np.asarray(along.any(2).sum(1))


def _distance(one: NDArray[np.float64], two: NDArray[np.float64]) -> Sides:
    """Mean distance of colours of one set from those of another (each k × 4 × m × 3)."""
    squares = (one**2).sum(3)[..., :, None] + (two**2).sum(3)[..., None, :]
    squares = squares - 2 * one @ two.swapaxes(2, 3)
    return np.asarray(np.sqrt(np.maximum(squares, 0)).mean((2, 3)))
