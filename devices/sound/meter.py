"""Judges what a microphone hears: how loud it is, whether it is dead, whether it is overdriven."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, MicrophoneFigures, Samples

WINDOW_FRAMES = 10
"""100 ms: as fast as a bar is read by eye."""
WINDOW_S = WINDOW_FRAMES * FRAME_SAMPLES / SAMPLE_RATE_HZ
SILENT_DBFS = -80.0
"""The noise of a 16-bit converter alone is at −98, of a muted input at −85 to −95; the quietest
room reaches −70 through a booth's microphone."""
SILENT_AFTER_S = 5.0
"""Drivers give digital silence for up to a second after opening; nobody holds it for five."""
FULL_SCALE = 32_700
"""−0.02 dB: some converters stop a little before the last step."""
FLAT_SAMPLES = 3
"""So many in a row at full scale are a cut-off top; a sound that just reaches it touches once."""
CLIPPING_WINDOWS = 5
CLIPPING_OF_WINDOWS = 30
"""Half a second out of three: a slammed door fills two windows."""


class Meter:
    """Takes the frames as they were captured."""

    def __init__(self) -> None:
        self._window = np.zeros(WINDOW_FRAMES * FRAME_SAMPLES, np.int16)
        self._frames = 0
        self._quiet_s = 0.0
        self._clipped: deque[bool] = deque(maxlen=CLIPPING_OF_WINDOWS)

    def hear(self, frame: Samples, overruns: int = 0) -> MicrophoneFigures | None:
        """Take FRAME_SAMPLES; gives new figures, with `overruns` in them, ten times a second."""
        start = self._frames * FRAME_SAMPLES
        self._window[start : start + FRAME_SAMPLES] = frame
        self._frames = (self._frames + 1) % WINDOW_FRAMES
        if self._frames:
            return None
        level = level_dbfs(self._window)
        self._quiet_s = self._quiet_s + WINDOW_S if level < SILENT_DBFS else 0.0
        self._clipped.append(cut_off(self._window))
        return MicrophoneFigures(
            level,
            self._quiet_s >= SILENT_AFTER_S - WINDOW_S / 2,
            sum(self._clipped) >= CLIPPING_WINDOWS,
            overruns,
        )


def level_dbfs(samples: Samples) -> float:
    """RMS in dB below a full-scale square wave, a constant offset taken away; −∞ for silence."""
    wide = samples.astype(np.float32)
    power = float(np.square(wide - wide.mean()).mean())
    return 10 * math.log10(power / 2**30) if power else -math.inf


def cut_off(samples: Samples) -> bool:
    """Whether somewhere FLAT_SAMPLES in a row are at full scale, on the same side."""
    return any(_has_run(side) for side in (samples >= FULL_SCALE, samples <= -FULL_SCALE))


def _has_run(at_limit: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> bool:
    run = at_limit[FLAT_SAMPLES - 1 :].copy()
    for shift in range(FLAT_SAMPLES - 1):
        run &= at_limit[shift : shift + len(run)]
    return bool(run.any())
