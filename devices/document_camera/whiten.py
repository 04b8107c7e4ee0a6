"""Makes paper white and keeps what is on it: light evened out, colours kept, noise gone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Floats, Image

_TILE_MM = 5.0
"""A shadow's soft edge is wider; a letter is not."""
_DEGREE = 3
"""Of the polynomial for the light: a lamp to one side, a window, a vignette."""
_NEAR = 0.80
"""A tile this close to the fitted light or brighter is paper, perhaps in shadow; else print."""
_DARKEST_SHADOW = 0.45
_WHITE = 0.90
"""Of the paper's brightness becomes 255: the paper's own noise and show-through end there."""
_INK_SHARE = 0.3
"""Percent of the page that is taken to be black."""
_COLOUR_CHROMA = 22.0
"""In Lab units of 8 bits, once whitened: blue ink has 30, a grey print under a lamp 8."""
_COLOUR_SHARE = 0.0008
"""Of an A4 page: a signature in blue, 5 cm²."""


def whiten(page: Image, dpi: float) -> Image:
    """The page (BGR) in even white light."""
    light = _light(page, dpi)
    share = np.clip(page.astype(np.float32) / light, 0, 1.3)
    grey = share.min(2)
    black = min(float(np.percentile(grey, _INK_SHARE)), 0.45)
    stretched = (share - black * 0.85) / (_WHITE - black * 0.85)
    crisp = stretched + 0.6 * (stretched - cv2.GaussianBlur(stretched, (0, 0), dpi / 160))
    return np.asarray(np.clip(crisp * 255, 0, 255), np.uint8)


def is_colour(page: Image, dpi: float) -> bool:
    """Whether a whitened page (BGR) has colour on it that is worth keeping."""
    step = max(1, round(dpi / 100))
    small = cv2.resize(page, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    # A lens's coloured fringes are thinner than a pen's stroke, and cancel out.
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1.0), cv2.COLOR_BGR2Lab).astype(np.float32)
    chroma = np.hypot(lab[..., 1] - 128, lab[..., 2] - 128)
    return bool((chroma > _COLOUR_CHROMA).mean() > _COLOUR_SHARE)


def _light(page: Image, dpi: float) -> Floats:
    """What blank paper would look like at each pixel: height × width × 3."""
    tile = max(4, round(_TILE_MM / 25.4 * dpi))
    height, width = page.shape[:2]
    rows, columns = max(2, height // tile), max(2, width // tile)
    seen = _paper_tiles(page, rows, columns)
    smooth = _fitted(seen)
    level = (seen / np.maximum(smooth, 1)).min(2)
    paper = (level > _NEAR) | _shadow(seen, smooth, level)
    filled = _spread(np.asarray(seen / np.maximum(smooth, 1), np.float32), paper)
    local = cv2.GaussianBlur(smooth * filled, (3, 3), 0)
    large = cv2.resize(local, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.maximum(large, 20.0)


def _paper_tiles(page: Image, rows: int, columns: int) -> Floats:
    """The colour of the lightest fifth of each tile: rows × columns × 3."""
    size = (columns * 12, rows * 12)
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    blocks = small.reshape(rows, 12, columns, 12, 3).transpose(0, 2, 1, 3, 4)
    blocks = blocks.reshape(rows, columns, 144, 3)
    order = np.argsort(blocks.sum(3), axis=2)[:, :, 100:130, None]
    return np.asarray(np.take_along_axis(blocks, order, 2).mean(2), np.float32)


def _fitted(seen: Floats) -> Floats:
    """A smooth surface through the lighter tiles; darker ones lose their say step by step."""
    rows, columns = seen.shape[:2]
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    terms = [
        x**i * y**j for i in range(_DEGREE + 1) for j in range(_DEGREE + 1) if i + j <= _DEGREE
    ]
    basis = np.stack([term.ravel() for term in terms], 1)
    values = seen.reshape(-1, 3).astype(np.float64)
    grey = values.sum(1)
    trust = np.where(grey >= np.percentile(grey, 40), 1.0, 0.05)
    surface = values
    for _ in range(8):
        weighted = basis * trust[:, None]
        normal = weighted.T @ basis + 1e-3 * np.eye(len(terms))
        surface = basis @ np.linalg.solve(normal, weighted.T @ values)
        rest = grey / np.maximum(surface.sum(1), 1) - 1
        trust = np.where(rest > 0, 1 / (1 + (rest / 0.10) ** 2), 1 / (1 + (rest / 0.04) ** 2) ** 2)
    floor, ceiling = np.percentile(values, 2, axis=0), values.max(0) * 1.05
    return np.asarray(np.clip(surface, floor, ceiling), np.float32).reshape(seen.shape)


def _shadow(seen: Floats, smooth: Floats, level: Floats) -> NDArray[np.bool_]:
    """Tiles that are dark, yet of the paper's own tint and even: a shadow, not print."""
    relative = seen / np.maximum(smooth, 1)
    tint = relative.max(2) - relative.min(2)
    calm = cv2.blur(level * level, (3, 3)) - cv2.blur(level, (3, 3)) ** 2
    return np.asarray((level > _DARKEST_SHADOW) & (tint < 0.09) & (calm < 0.01))


def _spread(relative: Floats, paper: NDArray[np.bool_]) -> Floats:
    """`relative` where there is paper, carried over to where there is none (1 if far from any)."""
    weight = paper.astype(np.float32)[..., None]
    total = relative * weight + 1e-3
    share = weight + 1e-3
    near_total = cv2.GaussianBlur(total, (0, 0), 2.0)
    near_share = cv2.GaussianBlur(share, (0, 0), 2.0)
    near = near_total / (near_share[..., None] if near_share.ndim == 2 else near_share)
    return np.asarray(np.where(weight > 0, relative, near), np.float32)
