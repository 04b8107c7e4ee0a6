"""The bounded queue between the call and the loudspeaker: short, and without clicks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples

START_SAMPLES = SAMPLE_RATE_HZ * 40 // 1000
"""Playing (again) starts with 40 ms in hand: two Opus packets, one may be late."""
TARGET_SAMPLES = SAMPLE_RATE_HZ * 60 // 1000
"""More than this at the lowest point of a second is delay that serves nothing."""
MAX_SAMPLES = SAMPLE_RATE_HZ * 120 // 1000
"""A burst beyond this is cut at once: above it, people start to talk over each other."""
CAPACITY_SAMPLES = SAMPLE_RATE_HZ // 2
"""Room for a stalled reader; only a writer that finds even this full loses newer samples."""
FADE_SAMPLES = 240
"""5 ms: long enough to hide a splice, shorter than a phoneme."""
TRIM_SAMPLES = 240
"""How much one splice takes away: 5 ms are not heard in speech."""
_WINDOW_FRAMES = 100
"""1 s of 10 ms frames over which the lowest level is watched."""
_FADE_IN: NDArray[np.float32] = np.linspace(0, 1, FADE_SAMPLES, dtype=np.float32)
_FADE_OUT: NDArray[np.float32] = _FADE_IN[::-1].copy()


class PlayoutRing:
    """A ring for one writer thread and one reader thread, without a lock.

    The writer moves only `_written` and `_flush_to`, the reader only `_read`; each is one
    attribute store.
    """

    def __init__(self) -> None:
        """Allocate everything now: the reader is an audio callback."""
        self._ring = np.zeros(CAPACITY_SAMPLES, np.int16)
        self._written = 0
        self._read = 0
        self._flush_to = 0
        self._playing = False
        self._last = np.int16(0)
        self._lowest = CAPACITY_SAMPLES
        self._frames = 0
        self.underruns = 0
        """How often the queue ran dry while playing."""
        self.dropped = 0
        """Samples thrown away to keep the delay down."""

    @property
    def level(self) -> int:
        """Samples in the queue that are to be played."""
        return self._written - max(self._read, self._flush_to)

    def write(self, samples: Samples) -> None:
        """Queue `samples` (any length); what finds no room is dropped and counted."""
        room = CAPACITY_SAMPLES - (self._written - self._read)
        if len(samples) > room:
            self.dropped += len(samples) - room
            samples = samples[:room]
        start = self._written % CAPACITY_SAMPLES
        first = min(len(samples), CAPACITY_SAMPLES - start)
        self._ring[start : start + first] = samples[:first]
        self._ring[: len(samples) - first] = samples[first:]
        self._written += len(samples)

    def flush(self) -> None:
        """Writer: nothing that was written so far is played, but for a fade of 5 ms."""
        self._flush_to = self._written

    def read_into(self, out: Samples) -> None:
        """Fill `out` (≥ FADE_SAMPLES long) with what comes next, or with silence."""
        if self._read < self._flush_to:
            self._fall_silent(out)
        elif not self._playing:
            if self.level < max(START_SAMPLES, len(out)):
                out[:] = 0
                return
            self._playing = True
            self._cut(MAX_SAMPLES)
            self._take(out)
            out[:FADE_SAMPLES] = out[:FADE_SAMPLES] * _FADE_IN
        elif self.level < len(out):
            self._run_dry(out)
        else:
            self._trim(out)
        self._last = out[-1]

    def _fall_silent(self, out: Samples) -> None:
        """Skip what was flushed, gliding out of it where it was playing."""
        until = self._flush_to
        out[:] = 0
        if self._playing and until - self._read >= FADE_SAMPLES:
            self._take(out[:FADE_SAMPLES])
            out[:FADE_SAMPLES] = out[:FADE_SAMPLES] * _FADE_OUT
        self._read = until
        self._playing = False
        self._lowest, self._frames = CAPACITY_SAMPLES, 0

    def _run_dry(self, out: Samples) -> None:
        """Play the rest, glide from its last sample to silence, and wait for a new start."""
        self.underruns += 1
        self._playing = False
        self._lowest, self._frames = CAPACITY_SAMPLES, 0
        rest = min(self.level, len(out) - FADE_SAMPLES)
        out[rest:] = 0
        self._take(out[:rest])
        self._cut(0)  # The little that is left would have no room to glide.
        last = out[rest - 1] if rest else self._last
        out[rest : rest + FADE_SAMPLES] = last * _FADE_OUT

    def _trim(self, out: Samples) -> None:
        """Take the next samples, with a splice when the queue is longer than it has to be."""
        self._lowest = min(self._lowest, self.level - len(out))
        self._frames += len(out)
        excess = 0
        if self.level - len(out) > MAX_SAMPLES:
            excess = self.level - len(out) - TARGET_SAMPLES
        elif self._frames >= _WINDOW_FRAMES * FRAME_SAMPLES:
            excess = TRIM_SAMPLES if self._lowest > TARGET_SAMPLES else 0
            self._lowest, self._frames = CAPACITY_SAMPLES, 0
        self._take(out)
        if excess:
            self._splice(out, excess)

    def _splice(self, out: Samples, excess: int) -> None:
        """Skip `excess` samples under a cross-fade at the end of `out`."""
        tail = out[-FADE_SAMPLES:] * _FADE_OUT
        self._read += excess - FADE_SAMPLES
        self.dropped += excess
        self._take(out[-FADE_SAMPLES:])
        out[-FADE_SAMPLES:] = out[-FADE_SAMPLES:] * _FADE_IN + tail

    def _cut(self, limit: int) -> None:
        if self.level > limit:
            self.dropped += self.level - limit
            self._read = self._written - limit

    def _take(self, out: Samples) -> None:
        start = self._read % CAPACITY_SAMPLES
        first = min(len(out), CAPACITY_SAMPLES - start)
        out[:first] = self._ring[start : start + first]
        out[first:] = self._ring[: len(out) - first]
        self._read += len(out)
