"""Python's cyclic garbage is collected on Qt's thread alone.

An object of Qt must be deleted on the thread it lives in: a timer that the collector reclaims
during a decoder's or the loop's work crashes the process later. So automatic collection is off,
and a timer here does the same work, by the same thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

#: Between two looks at the counters, milliseconds. A call makes a few thousand objects a second,
#: of which hardly any are in cycles; a look without need costs a microsecond.
LOOK_MS = 1000

#: After Home has come back, milliseconds: the visit's tasks may take three seconds to end, and
#: whoever comes next is not yet in a call.
SWEEP_AFTER_MS = 4000


class Collector(QObject):
    """Owns the garbage collector from `start` to `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over; what lives now is part of the program and is not looked at again."""
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give the collector back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def sweep_soon(self) -> None:
        """A visit is over: reclaim all that it left in cycles, once its last tasks have ended.

        By the counters alone a call's encoders, with a picture and threads each, would stay for
        as long as nobody comes.
        """
        QTimer.singleShot(SWEEP_AFTER_MS, self, self._sweep)

    def _sweep(self) -> None:
        if self._timer.isActive():
            gc.collect()

    def look(self) -> None:
        """Collect the generations whose counters are over their thresholds, the oldest first."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation] > 0:
                gc.collect(generation)
                return
