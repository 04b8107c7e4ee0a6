"""Measures quadrilaterals: what a sheet on a desk has, and a table's frame or a board not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Evidence
from devices.document_camera.quads import sample
from devices.document_camera.regions import Quads

Table = NDArray[np.float64]
_SAMPLES = 24
_OFFSETS = np.array((-9.0, -6.5, -4.0, -2.0, 0.0, 2.0, 4.0, 6.5, 9.0))
"""Across a side in pixels, outside to inside."""
_GRID = 14
NAMES = (
    "edge_mean", "edge_min", "contrast_mean", "contrast_min", "agree_mean", "agree_min",
    "abrupt_mean", "abrupt_min", "calm_mean", "calm_max", "alike", "bright", "lighter", "area",
    "angle", "beyond", "corner_mean", "corner_min", "outside", "plain_edge_min",
    "plain_contrast_min",
    "chroma", "slack", "light", "paper", "inner_lighter", "inner_darker", "print",
)  # fmt: skip


def measure(quads: Quads, evidence: Evidence) -> Table:
    """One row of numbers, mostly 0 to 1, for each quad, in the order of `NAMES`."""
    if len(quads) == 0:
        return np.zeros((0, len(NAMES)))
    height, width = evidence.lab.shape[:2]
    points, normal = samples(quads)
    edge = _edge(evidence, points, normal)
    raw = across(evidence.lab, points, normal, _OFFSETS)
    plain = across(evidence.plain, points, normal, _OFFSETS)
    contrast, agree, abrupt = _steps(raw)
    plain_contrast, _, _ = _steps(plain)
    inner = np.median(plain[..., 6:8, :].mean(3), axis=2)
    outer = np.median(plain[..., 1:3, :].mean(3), axis=2)
    calm = np.median(np.linalg.norm(plain[..., 6:8, :].mean(3) - inner[:, :, None], axis=3), axis=2)
    corner = corner_evidence(quads, evidence)
    columns = [
        edge.mean(1), edge.min(1),
        _soft(contrast.mean(1), 12), _soft(contrast.min(1), 6),
        agree.mean(1), agree.min(1), abrupt.mean(1), abrupt.min(1),
        _soft(calm.mean(1), 8), _soft(calm.max(1), 12),
        _soft(np.linalg.norm(inner - inner.mean(1, keepdims=True), axis=2).max(1), 20),
        *_brightness(inner, outer, evidence),
        np.sqrt(_area(quads) / (width * height)), _worst_angle(quads),
        _beyond(quads, evidence), corner.mean(1), corner.min(1),
        _outside(quads, width, height),
        edge_of(evidence, points, normal, 1).min(1), _soft(plain_contrast.min(1), 6),
        _chroma(inner), _slack(quads), inner[..., 0].mean(1) / 255,
        *_within(quads, inner, evidence),
    ]  # fmt: skip
    return np.column_stack(columns)


def _soft(values: Table, half: float) -> Table:
    """0 to 1, 0.5 at `half`."""
    return np.asarray(values / (values + half))


def samples(quads: Quads) -> tuple[Table, Table]:
    """Points along the sides (k × 4 × m × 2) and the normals (k × 4 × 2) that point inwards."""
    along = np.roll(quads, -1, axis=1) - quads
    share = np.linspace(0.05, 0.95, _SAMPLES)
    points = quads[:, :, None] + along[:, :, None] * share[None, None, :, None]
    normal = np.stack((-along[..., 1], along[..., 0]), 2)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
    inward = ((quads.mean(1, keepdims=True) - quads) * normal).sum(2, keepdims=True)
    return points, normal * np.where(inward < 0, -1, 1)


def _edge(evidence: Evidence, points: Table, normal: Table) -> Table:
    """Edge support of each side, the better of both maps: k × 4."""
    return np.maximum(edge_of(evidence, points, normal, 0), edge_of(evidence, points, normal, 1))


def edge_of(evidence: Evidence, points: Table, normal: Table, which: int) -> Table:
    """Edge support of each side (k × 4) in one of the edge maps."""
    count, sides, samples = points.shape[:3]
    best = np.zeros((count * sides, samples))
    for shift in (-1.5, 0.0, 1.5):
        at = (points + normal[:, :, None] * shift).reshape(count * sides, samples, 2)
        seen = sample(evidence.steps[which], at.astype(np.float32))
        best = np.maximum(best, np.abs((seen * normal.reshape(-1, 1, 2)).sum(2)))
    return np.asarray(best.mean(1).reshape(count, sides))


def across(field: NDArray[np.float32], points: Table, normal: Table, offsets: Table) -> Table:
    """Colours across the sides at `offsets` in pixels, inwards: k × 4 × m × offsets × 3."""
    at = points[:, :, :, None] + normal[:, :, None, None] * offsets[None, None, None, :, None]
    count = points.shape[0] * 4 * _SAMPLES
    height, width = field.shape[:2]
    # Beyond the picture's rim its last pixels go on: no step is made up there.
    at = np.clip(at, 0, (width - 1, height - 1))
    seen = sample(field, at.reshape(count, len(offsets), 2).astype(np.float32))
    return seen.reshape(*points.shape[:3], len(offsets), 3).astype(np.float64)


def _steps(profile: Table) -> tuple[Table, Table, Table]:
    """For each side: how much the colour changes, for how many samples alike, and how abruptly."""
    outside, inside = profile[..., 0:4, :].mean(3), profile[..., 5:9, :].mean(3)
    change = inside - outside
    typical = np.median(change, axis=2)
    contrast = np.linalg.norm(typical, axis=2)
    direction = typical / (contrast[..., None] + 1e-6)
    along = (change * direction[:, :, None]).sum(3)
    agree = (along > np.maximum(0.35 * contrast, 1.0)[..., None]).mean(2)
    sudden = ((profile[..., 5, :] - profile[..., 3, :]) * direction[:, :, None]).sum(3)
    abrupt = np.clip(np.median(sudden, axis=2) / (contrast + 1.0), 0, 1.5)
    return contrast, agree, abrupt


def _brightness(inner: Table, outer: Table, evidence: Evidence) -> tuple[Table, Table]:
    """How light the rim of the sheet is beside the lightest of the picture, and beside the desk."""
    white = max(float(np.percentile(evidence.plain[..., 0], 97)), 1.0)
    light = inner[..., 0].mean(1)
    return np.minimum(light / white, 1.2), np.tanh((light - outer[..., 0].mean(1)) / 40)


def _within(quads: Quads, rim: Table, evidence: Evidence) -> tuple[Table, Table, Table, Table]:
    """What the inside is made of: paper as at the rim, lighter, darker; and how much print."""
    share = (np.arange(_GRID) + 0.5) / _GRID
    x, y = (part.ravel()[None, :, None] for part in np.meshgrid(share, share))
    a, b, c, d = (quads[:, index, None] for index in range(4))
    at = ((1 - y) * ((1 - x) * a + x * b) + y * ((1 - x) * d + x * c)).astype(np.float32)
    plain = sample(evidence.plain, at)
    paper = np.median(rim, axis=1)[:, None]
    lighter = plain[..., 0] - paper[..., 0]
    unlike = np.linalg.norm(plain - paper, axis=2)
    ink = plain[..., 0] - sample(evidence.lab, at)[..., 0]
    return (
        (unlike < 18).mean(1), (lighter > 12).mean(1), (lighter < -25).mean(1),
        np.clip(ink, 0, 60).mean(1) / 30,
    )  # fmt: skip


def _chroma(inner: Table) -> Table:
    colour = inner[..., 1:].mean(1) - 128
    return np.asarray(np.linalg.norm(colour, axis=1) / 40)


def _area(quads: Quads) -> Table:
    x, y = quads[..., 0], quads[..., 1]
    return np.asarray(np.abs((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum(1)) / 2)


def _worst_angle(quads: Quads) -> Table:
    """How far the worst corner is from a right angle: 0 to 1 for 90°."""
    along = np.roll(quads, -1, axis=1) - quads
    unit = along / (np.linalg.norm(along, axis=2, keepdims=True) + 1e-9)
    cosine = (unit * np.roll(unit, 1, axis=1)).sum(2)
    return np.asarray(np.abs(cosine).max(1))


def _beyond(quads: Quads, evidence: Evidence) -> Table:
    """Edge support of the sides' lines beyond the corners: a board's joint goes on, paper ends."""
    along = np.roll(quads, -1, axis=1) - quads
    unit = along / (np.linalg.norm(along, axis=2, keepdims=True) + 1e-9)
    normal = np.stack((-unit[..., 1], unit[..., 0]), 2)
    far = np.linspace(4, 24, 8)
    start = quads[:, :, None] - unit[:, :, None] * far[None, None, :, None]
    end = (quads + along)[:, :, None] + unit[:, :, None] * far[None, None, :, None]
    points = np.concatenate((start, end), 2)
    return np.asarray(edge_of(evidence, points, normal, 0).mean(1))


def corner_evidence(quads: Quads, evidence: Evidence) -> Table:
    """For each corner, how unlike its inside the three other quarters around it are: 0 to 1."""
    along = np.roll(quads, -1, axis=1) - quads
    to_next = along / (np.linalg.norm(along, axis=2, keepdims=True) + 1e-9)
    to_last = -np.roll(to_next, 1, axis=1)
    reach = 7.0
    quarters = [
        quads + reach * (one * to_next + two * to_last)
        for one, two in ((1, 1), (-1, 1), (1, -1), (-1, -1))
    ]
    height, width = evidence.lab.shape[:2]
    at = np.clip(np.stack(quarters, 2), 0, (width - 1, height - 1)).astype(np.float32)
    seen = sample(evidence.plain, at.reshape(-1, 4, 2)).reshape(*quads.shape[:2], 4, 3)
    unlike = np.linalg.norm(seen[:, :, 1:] - seen[:, :, :1], axis=3)
    return _soft(unlike.min(2), 6)


def _outside(quads: Quads, width: int, height: int) -> Table:
    """How many corners are at the picture's rim or beyond: 0 to 4."""
    margin = 3.0
    beyond = (quads < margin).any(2) | (quads[..., 0] > width - 1 - margin)
    return np.asarray((beyond | (quads[..., 1] > height - 1 - margin)).sum(1), np.float64)


def _slack(quads: Quads) -> Table:
    """Opposite sides' unlikeness: 0 for a parallelogram; perspective alone gives little."""
    length = np.linalg.norm(np.roll(quads, -1, axis=1) - quads, axis=2)
    one = np.abs(np.log((length[:, 0] + 1e-6) / (length[:, 2] + 1e-6)))
    two = np.abs(np.log((length[:, 1] + 1e-6) / (length[:, 3] + 1e-6)))
    return np.asarray(np.maximum(one, two))
