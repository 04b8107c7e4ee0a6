"""The robot's picture: a moving texture, a clock for people, and the time in cells for machines.

The strip of cells is the one that the booth's simulated camera draws too: 32 cells of 16 × 16
pixels at (32, 32), most significant bit first, white for 1, of the wall clock's milliseconds
modulo 2³².
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 1280, 720
CELL, BITS, LEFT, TOP, BORDER = 16, 32, 32, 32, 16
BLACK, WHITE = 16, 235
SCROLL_PX = 4
"""The texture moves by this much a frame: even, so that the chroma moves along."""

Planes = NDArray[np.uint8]
"""I420 in one array, shape (height · 3 / 2, width)."""

#: Segments of each digit: top, upper left and right, middle, lower left and right, bottom.
_SEGMENTS = (
    "1110111", "0010010", "1011101", "1011011", "0111010",
    "1101011", "1101111", "1010010", "1111111", "1111011",
)  # fmt: skip
_DIGIT_W, _DIGIT_H, _BAR = 60, 110, 14


class RobotPicture:
    """Draws frame after frame into one buffer, touching only what changes."""

    def __init__(self) -> None:
        self._frame = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        self._luma = self._frame[:HEIGHT]
        self._texture = _texture(WIDTH * 2, 300)
        self._digits = [_digit(number) for number in range(10)]
        self._offset = 0
        self._paint_background()

    def draw(self, now: float) -> Planes:
        """Return the picture of this moment (Unix seconds); valid until the next call."""
        self._offset = (self._offset + SCROLL_PX) % WIDTH
        band = self._texture[:, self._offset : self._offset + WIDTH]
        self._luma[380:680] = band
        self._draw_clock(now)
        self._draw_strip(int(now * 1000) & 0xFFFFFFFF)
        return self._frame

    def _paint_background(self) -> None:
        rows = np.linspace(60, 150, HEIGHT).astype(np.uint8)
        self._luma[:] = rows[:, None]
        chroma = self._frame[HEIGHT:].reshape(2, HEIGHT // 2, WIDTH // 2)
        chroma[0], chroma[1] = 140, 112
        top = TOP - BORDER
        self._luma[top : TOP + CELL + BORDER, LEFT - BORDER : LEFT + BITS * CELL + BORDER] = BLACK

    def _draw_strip(self, value: int) -> None:
        bits = np.unpackbits(np.frombuffer(value.to_bytes(4, "big"), np.uint8))
        row = np.where(bits, np.uint8(WHITE), np.uint8(BLACK)).repeat(CELL)
        self._luma[TOP : TOP + CELL, LEFT : LEFT + BITS * CELL] = row

    def _draw_clock(self, now: float) -> None:
        # Within what a booth shows of it upright as well as wide, and clear of the name plate.
        left, top = 336, 240
        for position, sign in enumerate(time.strftime("%H:%M:%S", time.localtime(now))):
            x = left + position * (_DIGIT_W + 16)
            cell = self._luma[top : top + _DIGIT_H, x : x + _DIGIT_W]
            if sign == ":":
                cell[:] = BLACK
                cell[30:44, 23:37] = cell[66:80, 23:37] = WHITE
            else:
                cell[:] = self._digits[int(sign)]


def _texture(width: int, height: int) -> NDArray[np.uint8]:
    """A soft random pattern, repeated once: what a real wall is to an encoder."""
    rng = np.random.default_rng(7)
    period = width // 2
    coarse = rng.normal(0, 26, (height // 12, period // 16)).repeat(12, 0).repeat(16, 1)
    fine = rng.normal(0, 5, (height // 2, period // 2)).repeat(2, 0).repeat(2, 1)
    pattern = np.clip(118 + coarse + fine, 30, 220).astype(np.uint8)
    return np.tile(pattern, (1, 2))


def _digit(number: int) -> NDArray[np.uint8]:
    """A seven-segment digit, white on black."""
    cell = np.full((_DIGIT_H, _DIGIT_W), BLACK, np.uint8)
    middle = (_DIGIT_H - _BAR) // 2
    places = (
        (slice(0, _BAR), slice(0, _DIGIT_W)),
        (slice(0, _DIGIT_H // 2), slice(0, _BAR)),
        (slice(0, _DIGIT_H // 2), slice(_DIGIT_W - _BAR, _DIGIT_W)),
        (slice(middle, middle + _BAR), slice(0, _DIGIT_W)),
        (slice(_DIGIT_H // 2, _DIGIT_H), slice(0, _BAR)),
        (slice(_DIGIT_H // 2, _DIGIT_H), slice(_DIGIT_W - _BAR, _DIGIT_W)),
        (slice(_DIGIT_H - _BAR, _DIGIT_H), slice(0, _DIGIT_W)),
    )
    for lit, (rows, columns) in zip(_SEGMENTS[number], places, strict=True):
        if lit == "1":
            cell[rows, columns] = WHITE
    return cell
