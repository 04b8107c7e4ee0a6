"""Desk tops: wood, dark, white, stone, cloth, with the grain that a finder must survive."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Height × width × 3, BGR."""
Field = NDArray[np.float32]


_LARGEST_PX = 1600
"""A desk is drawn no larger than this, and enlarged: its grain is coarse, and time counts."""


class Desk(StrEnum):
    """What the page lies on."""

    WOOD = "wood"
    DARK_WOOD = "dark_wood"
    DARK = "dark"
    WHITE = "white"
    GREY = "grey"
    STONE = "stone"
    CHECKS = "checks"
    STRIPES = "stripes"


def noise(
    random: np.random.Generator, height: int, width: int, wave_y: float, wave_x: float
) -> Field:
    """Smooth noise about 0 with a deviation of 1, of the wave lengths given in pixels."""
    rows, columns = max(2, round(height / wave_y) + 2), max(2, round(width / wave_x) + 2)
    coarse = random.standard_normal((rows, columns)).astype(np.float32)
    fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(fine / max(float(fine.std()), 1e-3), np.float32)


def desk_top(desk: Desk, random: np.random.Generator, height: int, width: int) -> Field:
    """The desk's colours as it would look in even light: height × width × 3, BGR, 0 to 255."""
    factor = min(1.0, _LARGEST_PX / max(height, width))
    rows, columns = round(height * factor), round(width * factor)
    drawn = np.clip(_DRAWN[desk](random, rows, columns), 0, 255).astype(np.float32)
    if factor < 1:
        enlarged = cv2.resize(drawn, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(enlarged, np.float32)
    return drawn


def _flat(
    random: np.random.Generator, height: int, width: int, low: float, high: float, tint: float
) -> Field:
    base = random.uniform(low, high) + random.uniform(-tint, tint, 3)
    grain = noise(random, height, width, 2, 2) * random.uniform(0.3, 2.0)
    clouds = noise(random, height, width, height / 3, width / 3) * random.uniform(0.3, 3.0)
    return np.asarray(base + (grain + clouds)[..., None], np.float32)


def _boards(random: np.random.Generator, height: int, width: int, base: Field) -> Field:
    """Veins along the boards, a joint between them, all turned by any angle."""
    side = int(np.hypot(height, width)) + 4
    bend = noise(random, side, side, side / 2, side / 2) * 14
    rings = noise(random, side, side, random.uniform(8, 26), side * 0.7)
    veins = noise(random, side, side, random.uniform(2, 5), side / random.uniform(4, 12))
    shade = 0.09 * np.sin(rings * 3 + bend / 9) + random.uniform(0.03, 0.07) * veins
    if random.random() < 0.5:
        step = int(random.uniform(0.2, 0.5) * side)
        for row in range(step // 2, side, step):
            shade[row : row + 3] -= 0.35
            shade[row + 3 : row + step] += random.uniform(-0.08, 0.08)
    angle = random.uniform(0, 180)
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), angle, 1.0)
    turn[:, 2] += np.array(((width - side) / 2, (height - side) / 2))
    turned = cv2.warpAffine(shade, turn, (width, height), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(base * (1 + turned[..., None]), np.float32)


def _wood(random: np.random.Generator, height: int, width: int) -> Field:
    palette = ((70, 115, 175), (95, 150, 200), (120, 170, 215), (60, 90, 140), (150, 190, 220))
    base = np.array(palette[random.integers(len(palette))], np.float32)
    return _boards(random, height, width, base + random.uniform(-12, 12, 3).astype(np.float32))


def _dark_wood(random: np.random.Generator, height: int, width: int) -> Field:
    base = np.array((28, 40, 62), np.float32) + random.uniform(-10, 16, 3).astype(np.float32)
    return _boards(random, height, width, base)


def _stone(random: np.random.Generator, height: int, width: int) -> Field:
    base = random.uniform(90, 190) + random.uniform(-10, 10, 3)
    speckle = noise(random, height, width, 4, 4) * 9 + noise(random, height, width, 11, 11) * 9
    spots = (noise(random, height, width, 7, 7) > 1.7) * random.uniform(-55, 40)
    return np.asarray(base + (speckle + spots)[..., None], np.float32)


def _cloth(random: np.random.Generator, height: int, width: int, *, checks: bool) -> Field:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = random.uniform(0, np.pi)
    along = x * np.cos(angle) + y * np.sin(angle) + noise(random, height, width, 300, 300) * 3
    across = y * np.cos(angle) - x * np.sin(angle) + noise(random, height, width, 300, 300) * 3
    period = random.uniform(40, 130)
    one, two = random.uniform(60, 235, 3), random.uniform(30, 200, 3)
    share = ((along / period) % 1 < 0.5).astype(np.float32)
    if checks:
        share = (share + ((across / period) % 1 < 0.5)) / 2
    weave = 5 * np.sin(x * 2.1) * np.sin(y * 2.3)
    mixed = one + (two - one) * cv2.GaussianBlur(share, (0, 0), 1.2)[..., None]
    return np.asarray(mixed + weave[..., None], np.float32)


_DRAWN: dict[Desk, Callable[[np.random.Generator, int, int], Field]] = {
    Desk.WOOD: _wood,
    Desk.DARK_WOOD: _dark_wood,
    Desk.DARK: lambda random, height, width: _flat(random, height, width, 8, 60, 8),
    Desk.WHITE: lambda random, height, width: _flat(random, height, width, 205, 236, 6),
    Desk.GREY: lambda random, height, width: _flat(random, height, width, 90, 190, 18),
    Desk.STONE: _stone,
    Desk.CHECKS: lambda random, height, width: _cloth(random, height, width, checks=True),
    Desk.STRIPES: lambda random, height, width: _cloth(random, height, width, checks=False),
}
