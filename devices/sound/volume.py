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

    def __init__(self, block: int, step: int = DEFAULT_STEP) -> None:
        """`block` samples are scaled at a time; start at `step`, 0 to 10."""
        self._scaled = np.zeros(block, np.float32)
        self._ramp = np.linspace(0, 1, block, dtype=np.float32)
        self._wanted = self._now = gain_of(step)

    def set(self, step: int) -> None:
        """Choose `step`, from any thread."""
        self._wanted = gain_of(step)

    def apply(self, samples: Samples) -> None:
        """Scale one block in place."""
        wanted, now = self._wanted, self._now
        if wanted == now == 1.0:
            return
        if wanted == now:
            np.multiply(samples, np.float32(wanted), out=self._scaled)
        else:
            np.multiply(self._ramp, np.float32(wanted - now), out=self._scaled)
            self._scaled += np.float32(now)
            self._scaled *= samples
            self._now = wanted
        samples[:] = self._scaled
