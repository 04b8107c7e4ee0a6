"""The loudspeaker's volume: steps that sound even, and no click between them."""

from __future__ import annotations

import numpy as np

from devices.sound.interface import Samples

MAX_STEP = 10
STEP_DB = 3.0
"""Clearly heard, yet small: 1 is −27 dB, 10 is full. 0 is silence, as people expect of it."""
DEFAULT_STEP = 6


def gain_of(step: int) -> float:
    """The factor for `step`; steps outside 0 to 10 count as the nearest."""
    step = max(0, min(MAX_STEP, step))
    return 0.0 if step == 0 else float(10 ** (STEP_DB * (step - MAX_STEP) / 20))


class Volume:
    """Applies the chosen step; a change is spread over one block."""

    def __init__(self, step: int = DEFAULT_STEP) -> None:
        """Start at `step`, 0 to 10."""
        self._wanted = self._now = gain_of(step)

    def set(self, step: int) -> None:
        """Choose `step`, from any thread."""
        self._wanted = gain_of(step)

    def apply(self, samples: Samples) -> None:
        """Scale `samples` in place."""
        wanted = self._wanted
        if wanted == self._now:
            if wanted != 1.0:
                samples[:] = samples * np.float32(wanted)
            return
        samples[:] = samples * np.linspace(self._now, wanted, len(samples), dtype=np.float32)
        self._now = wanted
