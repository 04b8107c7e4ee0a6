"""The window that the robot shares: a form on a white page, one field of which is being filled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desk.robot.picture import BLACK, HEIGHT, WHITE, WIDTH

MARGIN, ROW_PX, FIELD_PX = 80, 80, 44
INK, GREY = 60, 200
FILLED_PX_PER_S = 160


class WindowPicture:
    """Draws frame after frame into one buffer, as `RobotPicture` does."""

    def __init__(self) -> None:
        self._frame = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        self._luma = self._frame[:HEIGHT]
        self._luma[:] = WHITE
        self._luma[:MARGIN] = BLACK
        for top in range(MARGIN + ROW_PX, HEIGHT - MARGIN, ROW_PX):
            self._luma[top : top + 12, MARGIN : MARGIN + 200] = INK
            self._luma[top : top + FIELD_PX, MARGIN + 260 : WIDTH - MARGIN] = GREY

    def draw(self, now: float) -> NDArray[np.uint8]:
        """Return the picture of this moment (Unix seconds); valid until the next call."""
        left, right = MARGIN + 260, WIDTH - MARGIN
        field = self._luma[MARGIN + ROW_PX : MARGIN + ROW_PX + FIELD_PX, left:right]
        field[:] = GREY
        field[:, : int(now * FILLED_PX_PER_S) % (right - left)] = INK
        return self._frame
