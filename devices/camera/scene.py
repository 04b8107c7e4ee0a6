"""The simulated camera's picture: a textured wall that drifts, a disc that moves, two clocks."""

from __future__ import annotations

import math
import time

import numpy as np

from devices.camera import strip
from devices.camera.i420 import Bytes, Layout

DRIFT_PX = 64
"""How far the wall drifts from its middle, in both directions."""
GRAIN_AMPLITUDE = 3
"""Like a webcam's sensor noise: without it a codec at 1.2 Mb/s has nothing to do."""
GLYPH_SCALE = 6
# Seven segments: top, upper left and right, middle, lower left and right, bottom.
_SEGMENTS = {
    "0": "1110111",
    "1": "0010010",
    "2": "1011101",
    "3": "1011011",
    "4": "0111010",
    "5": "1101011",
    "6": "1101111",
    "7": "1010010",
    "8": "1111111",
    "9": "1111011",
}
_SEGMENT_BOXES = (  # (row, column, rows, columns) on a grid of 9 × 6.
    (0, 1, 1, 3),
    (1, 0, 3, 1),
    (1, 4, 3, 1),
    (4, 1, 1, 3),
    (5, 0, 3, 1),
    (5, 4, 3, 1),
    (8, 1, 1, 3),
)


class Scene:
    """Draws frame after frame of one size; about 0.3 ms each at 1280×720."""

    def __init__(self, layout: Layout) -> None:
        """Prepare the textures once; the seed is fixed, so every run shows the same wall."""
        self._layout = layout
        random = np.random.default_rng(20)
        tall, wide = layout.height + 2 * DRIFT_PX, layout.width + 2 * DRIFT_PX
        self._wall = _wall(tall, wide)
        self._band = max(rows for rows in range(1, 97) if layout.height % rows == 0)
        self._grain = random.integers(
            -GRAIN_AMPLITUDE, GRAIN_AMPLITUDE + 1, (self._band + 64, layout.width + 64)
        ).astype(np.uint8)
        self._offsets = random.integers(0, 64, (251, 2))
        y, x = np.mgrid[0 : tall // 2, 0 : wide // 2]
        self._tint = tuple(
            (128 + 9 * np.sin(x / a) * np.cos(y / b)).astype(np.uint8)
            for a, b in ((95, 61), (70, 83))
        )
        self._glyphs = _glyphs()
        self._disc = _disc(layout.height // 4 // 2 * 2)

    def draw(self, frame: Bytes, number: int, wall_clock_s: float) -> None:
        """Draw frame `number` into `frame` (layout.size bytes), stamped `wall_clock_s` (Unix)."""
        width, height = self._layout.width, self._layout.height
        luma, *chroma = self._layout.planes(frame)
        phase = number / 90
        left = DRIFT_PX + round(math.sin(phase) * DRIFT_PX / 2) * 2
        top = DRIFT_PX + round(math.sin(phase * 0.7) * DRIFT_PX / 2) * 2
        dy, dx = self._offsets[number % len(self._offsets)]
        # One band of grain for all bands of the picture stays in the processor's cache.
        bands = (height // self._band, self._band, width)
        np.add(
            self._wall[top : top + height, left : left + width].reshape(bands),
            self._grain[dy : dy + self._band, dx : dx + width],
            out=luma.reshape(bands),
        )
        for plane, tint in zip(chroma, self._tint, strict=True):
            plane[:] = tint[
                top // 2 : (top + height) // 2,
                left // 2 : (left + width) // 2,
            ]
        self._draw_disc(luma, number)
        self._draw_clocks(luma, wall_clock_s)

    def _draw_disc(self, luma: Bytes, number: int) -> None:
        side = len(self._disc)
        x = round((0.5 + 0.4 * math.sin(number / 23)) * (luma.shape[1] - side))
        y = round((0.5 + 0.3 * math.cos(number / 31)) * (luma.shape[0] - side))
        part = luma[y : y + side, x : x + side]
        np.maximum(part, self._disc, out=part)

    def _draw_clocks(self, luma: Bytes, wall_clock_s: float) -> None:
        if luma.shape[0] >= strip.MIN_HEIGHT_PX and luma.shape[1] >= strip.MIN_WIDTH_PX:
            strip.draw(luma, int(wall_clock_s * 1000) % (1 << strip.BITS))
        moment = time.localtime(wall_clock_s)
        text = time.strftime("%H:%M:%S", moment) + f".{int(wall_clock_s * 1000) % 1000:03d}"
        glyph_height, glyph_width = self._glyphs["0"].shape
        x, y = strip.LEFT_PX, strip.MIN_HEIGHT_PX + strip.BORDER_PX
        if luma.shape[0] < y + glyph_height or luma.shape[1] < x + glyph_width * len(text):
            return
        for character in text:
            luma[y : y + glyph_height, x : x + glyph_width] = self._glyphs[character]
            x += glyph_width


def _wall(height: int, width: int) -> Bytes:
    """A wall of soft waves and sharp tiles, within limits that leave room for the grain."""
    y, x = np.mgrid[0:height, 0:width]
    waves = 30 * np.sin(x / 97) * np.cos(y / 79) + 12 * np.sin((x + y) / 11)
    tiles = 16 * (((x // 40) + (y // 40)) % 2)
    return np.asarray(np.clip(120 + waves + tiles, 40, 220), np.uint8)


def _disc(side: int) -> Bytes:
    """A bright ball on black, `side` × `side`."""
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    inside = 1 - (x**2 + y**2)
    ball = np.where(inside > 0, 90 + 130 * np.sqrt(np.clip(inside, 0, 1)), 0)
    return np.asarray(ball, np.uint8)


def _glyphs() -> dict[str, Bytes]:
    """White on black digits, colon and point."""
    grids = {}
    for digit, segments in _SEGMENTS.items():
        grid = np.zeros((11, 7), bool)
        for lit, (row, column, rows, columns) in zip(segments, _SEGMENT_BOXES, strict=True):
            if lit == "1":
                grid[row + 1 : row + 1 + rows, column + 1 : column + 1 + columns] = True
        grids[digit] = grid
    grids[":"] = np.zeros((11, 7), bool)
    grids[":"][[3, 7], 3] = True
    grids["."] = np.zeros((11, 7), bool)
    grids["."][9, 3] = True
    block = np.ones((GLYPH_SCALE, GLYPH_SCALE), np.uint8)
    return {
        character: np.kron(np.where(grid, strip.WHITE, strip.BLACK).astype(np.uint8), block)
        for character, grid in grids.items()
    }
