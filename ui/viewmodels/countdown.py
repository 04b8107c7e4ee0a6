"""Seconds that run down on the screen between two words from the booth."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

#: Twice a second: the figure shown is never more than half a second late.
TICK_MS = 500


class Countdown(QObject):
    """Whole seconds left; ticks only while there are some and somebody looks."""

    changed = Signal()

    def __init__(self, parent: QObject, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._ends_at = 0.0
        self._left = 0
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self._tick)

    @property
    def left(self) -> int:
        """Seconds left, rounded up; 0 once it is over."""
        return self._left

    def start(self, seconds: float) -> None:
        """Count down from `seconds`, whatever was counted before."""
        self._ends_at = self._monotonic() + seconds
        self._tick()

    def stop(self) -> None:
        """Count no more."""
        self.start(0)

    def _tick(self) -> None:
        left = max(0, math.ceil(self._ends_at - self._monotonic()))
        if left == 0:
            self._ticker.stop()
        elif not self._ticker.isActive():
            self._ticker.start()
        if left != self._left:
            self._left = left
            self.changed.emit()
