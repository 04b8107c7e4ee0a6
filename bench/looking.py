"""Finds on the screen what a person would touch or watch: by colour, and by the clock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench import clock
from bench.screen import Box, Pixels, Screen
from bench.subject import Colour

BRICK: Colour = (0x8E, 0x2A, 0x1C)
"""Of « Raccrocher » on both sides."""
TEAL: Colour = (0x0A, 0x4A, 0x57)
"""Of a screen's main action, at its foot."""
FOOT = 7 / 8
"""Where a screen's foot begins, as a share of its height; pictograms above it are teal too."""
SURFACE = 0.5
"""Of a button, how much is its surface: the rest is lettering."""
COLOUR_TOLERANCE = 2
"""A fade may end one level beside the colour."""
TAKES_TOUCHES_S = 0.6
"""After it came, a screen of ours takes touches: the half second of `TouchPause.qml`, and its
drawing."""
PATCH_PX = 96
"""Side of the part of a control that is watched for its answer to a touch."""
PICTURE_WIDTH, PICTURE_HEIGHT = 1280, 720


class NotOnScreen(RuntimeError):
    """What is looked for is not shown."""


def colour_box(pixels: Pixels, colour: Colour) -> Box:
    """Return the smallest box around all pixels of that colour.

    Raises:
        NotOnScreen: there is none.
    """
    found = _of(pixels, colour)
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    if not len(rows):
        raise NotOnScreen(f"nothing of the colour {colour}")
    left, top = int(columns[0]), int(rows[0])
    return Box(left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)


def _of(pixels: Pixels, colour: Colour) -> NDArray[np.bool_]:
    away = np.abs(pixels[..., 2::-1].astype(np.int16) - np.array(colour, np.int16))
    return np.asarray(away.max(axis=2) <= COLOUR_TOLERANCE)


def main_action(screen: Screen) -> Box:
    """Return where the screen's main action is, such as « J'accepte ».

    Raises:
        NotOnScreen: there is none.
    """
    top = int(screen.height * FOOT)
    foot = screen.look(Box(0, top, screen.width, screen.height - top))
    box = colour_box(foot, TEAL)
    rows, columns = slice(box.top, box.top + box.height), slice(box.left, box.left + box.width)
    if _of(foot[rows, columns], TEAL).mean() < SURFACE:
        raise NotOnScreen("pictograms alone are teal there")
    return Box(box.left, top + box.top, box.width, box.height)


def first_control(pixels: Pixels, hang_up: Box) -> Box:
    """Return a patch at the left end of the first control in the row of « Raccrocher »."""
    row = hang_up.centre[1]
    line = pixels[row, :, :3].astype(int)
    differs = np.abs(line - line[0]).max(axis=1) > 4
    left = int(np.flatnonzero(differs)[0])
    return Box(left + 16, row - PATCH_PX // 2, PATCH_PX, PATCH_PX)


def grey(pixels: Pixels) -> NDArray[np.uint8]:
    """Return the green channel, which is most of what the eye takes for brightness."""
    return np.ascontiguousarray(pixels[..., 1])


def around(box: Box, screen: Screen) -> Box:
    """Return the box with what stands beside and below it, as a tile's words do."""
    left, top = max(0, box.left - box.width), max(0, box.top - box.height)
    right = min(screen.width, box.left + 4 * box.width)
    bottom = min(screen.height, box.top + 3 * box.height)
    return Box(left, top, right - left, bottom - top)


class ClockOnScreen:
    """Where a subject shows the far end's clock: found once, slowly, then known."""

    def __init__(self, screen_width: int) -> None:
        self._scale = screen_width / PICTURE_WIDTH
        self._top: float | None = None

    @property
    def known(self) -> bool:
        """Whether it has been found."""
        return self._top is not None

    def find(self, screen: Screen) -> int | None:
        """Look for the clock in the whole of a picture that is as wide as the screen."""
        luma = grey(screen.look())
        for top in range(-screen.height // 2, screen.height // 2, 4):
            index = clock.read(luma, self._scale, 0, top)
            if index is not None:
                good = [
                    near
                    for near in range(top, top + 40)
                    if clock.read(luma, self._scale, 0, near) is not None
                ]
                self._top = (good[0] + good[-1]) / 2
                return index
        return None

    def read(self, screen: Screen) -> int | None:
        """Return the index of the frame that is shown now, None when none can be read."""
        if self._top is None:
            return self.find(screen)
        left, top, width, height = clock.extent(self._scale)
        box = Box(left, int(self._top + top), width, height)
        return clock.read(grey(screen.look(box)), self._scale, -left, -top)
