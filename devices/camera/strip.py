"""A clock that machines read in the picture: 32 black or white cells that carry milliseconds."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

BITS = 32
CELL_PX = 16
"""One macroblock of VP8 and H.264: survives any bit rate at which a picture is of use."""
LEFT_PX = TOP_PX = 32
BORDER_PX = 16
WHITE = 235
BLACK = 16
MIN_WIDTH_PX = LEFT_PX + BITS * CELL_PX + BORDER_PX
MIN_HEIGHT_PX = TOP_PX + CELL_PX + BORDER_PX
_MODULUS = 1 << BITS
_MIN_CONTRAST = 60
"""Between the lightest and the darkest cell; less is no strip, or one that can't be trusted."""

Luma = NDArray[np.uint8]


def stamp() -> int:
    """The wall clock in milliseconds, modulo 2³² (49.7 days)."""
    return int(time.time() * 1000) % _MODULUS


def age_ms(then: int, now: int) -> int:
    """Milliseconds from `then` to `now`, both `stamp`s, negative when `then` is later."""
    return (now - then + _MODULUS // 2) % _MODULUS - _MODULUS // 2


def draw(luma: Luma, value: int) -> None:
    """Draw `value` (0 to 2³²−1), most significant bit first, into a Y plane (height × width).

    Raises `ValueError` when the plane is smaller than MIN_WIDTH_PX × MIN_HEIGHT_PX.
    """
    if luma.shape[0] < MIN_HEIGHT_PX or luma.shape[1] < MIN_WIDTH_PX:
        raise ValueError("the picture is too small for the strip")
    bits = np.unpackbits(np.frombuffer((value % _MODULUS).to_bytes(4, "big"), np.uint8))
    luma[
        TOP_PX - BORDER_PX : MIN_HEIGHT_PX,
        LEFT_PX - BORDER_PX : MIN_WIDTH_PX,
    ] = BLACK
    row = np.where(bits, np.uint8(WHITE), np.uint8(BLACK)).repeat(CELL_PX)
    luma[TOP_PX : TOP_PX + CELL_PX, LEFT_PX : LEFT_PX + BITS * CELL_PX] = row


def read(luma: Luma, scale: float = 1.0, left: float = 0.0, top: float = 0.0) -> int | None:
    """Read the strip back from a Y (or grey) plane, or None when it is not clearly there.

    `scale` is shown pixels per pixel of the camera's picture; (`left`, `top`) is where the
    picture's own top-left corner lies in `luma`. A cell is the mean of its middle half, and is
    compared with the border below it. The value 0 has no white cell: it reads as None.
    """
    cells = np.empty(BITS)
    border = np.empty(BITS)
    for index in range(BITS):
        x = LEFT_PX + index * CELL_PX
        cells[index] = _mean(luma, scale, left, top, x, TOP_PX)
        border[index] = _mean(luma, scale, left, top, x, TOP_PX + CELL_PX)
    black, white = float(border.mean()), float(cells.max())
    if not white - black >= _MIN_CONTRAST:  # Also when a cell is outside (NaN).
        return None
    share = (cells - black) / (white - black)
    if np.abs(border - black).max() > (white - black) / 3 or (np.abs(share - 0.5) < 0.15).any():
        return None
    return int.from_bytes(np.packbits(share > 0.5).tobytes(), "big")


def _mean(luma: Luma, scale: float, left: float, top: float, x: int, y: int) -> float:
    """Mean of the middle half of the cell at (x, y) of the camera's picture; NaN when outside."""
    quarter = CELL_PX / 4
    x0, x1 = round(left + (x + quarter) * scale), round(left + (x + 3 * quarter) * scale)
    y0, y1 = round(top + (y + quarter) * scale), round(top + (y + 3 * quarter) * scale)
    x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
    if x0 < 0 or y0 < 0 or x1 > luma.shape[1] or y1 > luma.shape[0]:
        return float("nan")
    return float(luma[y0:y1, x0:x1].mean())
