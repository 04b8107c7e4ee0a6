"""More guesses from good ones: a side moved out to the next edge, past a dark head or a shadow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import WORK_PX, Evidence
from devices.document_camera.quads import sample
from devices.document_camera.regions import Quads

_SAMPLES = 20
_STEP_PX = 1.5
_NEAREST_PX = 4.0
_FARTHEST = 0.35
"""Of the length across: a letterhead is a seventh of a page, a card's band a fifth."""
_PEAKS = 2


def stretched(quads: Quads, evidence: Evidence) -> Quads:
    """For each quad up to eight with one side farther out, where the picture has edges there."""
    made = [
        quad for side in range(4) for quad in _one_side(np.roll(quads, -side, axis=1), evidence)
    ]
    return np.array(made).reshape(-1, 4, 2)


def _one_side(quads: Quads, evidence: Evidence) -> list[Quads]:
    """Quads whose first side has been moved outwards along its neighbours."""
    left_out, right_out = quads[:, 0] - quads[:, 3], quads[:, 1] - quads[:, 2]
    length = np.linalg.norm(left_out + right_out, axis=1) / 2 + 1e-9
    farthest = min(max(_FARTHEST * float(length.max()), 12.0), WORK_PX)
    steps = np.arange(_NEAREST_PX, farthest, _STEP_PX)
    share = steps[None] / length[:, None]
    left = quads[:, None, 0] + share[..., None] * left_out[:, None]
    right = quads[:, None, 1] + share[..., None] * right_out[:, None]
    support = _support(left, right, evidence)
    support[share > _FARTHEST] = 0
    higher = np.pad(support, ((0, 0), (1, 1)))
    peak = (support >= higher[:, :-2]) & (support >= higher[:, 2:]) & (support > 0.08)
    made = []
    for index in range(len(quads)):
        places = np.flatnonzero(peak[index])
        for place in places[np.argsort(-support[index, places])][:_PEAKS]:
            ends = np.stack((left[index, place], right[index, place]))
            made.append(np.concatenate((ends, quads[index, 2:])))
    return made


def _support(left: Quads, right: Quads, evidence: Evidence) -> NDArray[np.float64]:
    """Edge support of the lines from `left` to `right` (each k × places × 2)."""
    along = right - left
    normal = np.stack((-along[..., 1], along[..., 0]), 2)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
    at = np.linspace(0.04, 0.96, _SAMPLES)
    points = left[:, :, None] + along[:, :, None] * at[None, None, :, None]
    flat = points.reshape(-1, _SAMPLES, 2).astype(np.float32)
    best = np.zeros(flat.shape[:2])
    for steps in evidence.steps:
        seen = sample(steps, flat)
        best = np.maximum(best, np.abs((seen * normal.reshape(-1, 1, 2)).sum(2)))
    return np.asarray(best.mean(1).reshape(left.shape[:2]), np.float64)
