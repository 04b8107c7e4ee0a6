"""What the loudspeaker really played, and when, shared with the microphone's process."""

from __future__ import annotations

import mmap
import os
import statistics
from collections import deque

import numpy as np

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples

RING_SAMPLES = SAMPLE_RATE_HZ
"""1 s: more than any device's buffers."""
LEAD_S = 0.010
"""The reference is given this much early: echo must never come before its cause."""
RESEAT_SAMPLES = SAMPLE_RATE_HZ // 100
"""10 ms off: two clocks 100 ppm apart need a step only every 100 s, which AEC3 takes well."""
ESTIMATES = 100
"""1 s of estimates, of which the median is used: single time stamps are off by some 10 ms."""
FRESH_S = 0.5
"""No new sample for this long: nothing is being played."""
_HEADER_BYTES = mmap.PAGESIZE


class SharedReference:
    """A ring of samples in anonymous shared memory; one process writes, another reads.

    The header holds how many samples were written, and a pair of numbers that was true at one
    moment: sample `anchor` left the loudspeaker at `time.monotonic()` = `anchor_time`.
    """

    def __init__(self, fd: int) -> None:
        """Map the memory behind `fd`, made by `create`."""
        memory = mmap.mmap(fd, _HEADER_BYTES + RING_SAMPLES * 2)
        self._counts = np.frombuffer(memory, np.int64, 3)
        self._times = np.frombuffer(memory, np.float64, 1, 32)
        self._ring = np.frombuffer(memory, np.int16, RING_SAMPLES, _HEADER_BYTES)

    @staticmethod
    def create() -> int:
        """A file descriptor for new shared memory; the caller closes it."""
        fd = os.memfd_create("played-sound")
        os.ftruncate(fd, _HEADER_BYTES + RING_SAMPLES * 2)
        return fd

    @staticmethod
    def wipe(fd: int) -> None:
        """Put silence in the place of what was played; numbers and times stay true."""
        os.pwrite(fd, bytes(RING_SAMPLES * 2), _HEADER_BYTES)

    @property
    def written(self) -> int:
        """Samples written since the beginning."""
        return int(self._counts[0])

    def write(self, samples: Samples, heard_at: float) -> None:
        """Loudspeaker: append `samples`, the first of which is heard at `heard_at` (monotonic)."""
        written = self.written
        start = written % RING_SAMPLES
        first = min(len(samples), RING_SAMPLES - start)
        self._ring[start : start + first] = samples[:first]
        self._ring[: len(samples) - first] = samples[first:]
        # An odd version means "being written"; a reader then uses its last estimate.
        self._counts[1] += 1
        self._counts[2] = written
        self._times[0] = heard_at
        self._counts[1] += 1
        self._counts[0] = written + len(samples)

    def anchor(self) -> tuple[int, float] | None:
        """Microphone: a sample's number and when it was heard; None before the first."""
        version = int(self._counts[1])
        anchor, heard_at = int(self._counts[2]), float(self._times[0])
        if version == 0 or version % 2 or version != int(self._counts[1]):
            return None
        return anchor, heard_at

    def read_into(self, out: Samples, start: int) -> None:
        """Microphone: samples from number `start` on; silence where there are none (any more)."""
        written = self.written
        out[:] = 0
        low = max(start, written - RING_SAMPLES, 0)
        high = min(start + len(out), written)
        if low >= high:
            return
        position = low % RING_SAMPLES
        first = min(high - low, RING_SAMPLES - position)
        out[low - start : low - start + first] = self._ring[position : position + first]
        out[low - start + first : high - start] = self._ring[: high - low - first]


class Aligner:
    """Finds, for each frame of the microphone, the samples that were heard at that time."""

    def __init__(self, reference: SharedReference) -> None:
        """Start with nothing known; the first anchor seats it."""
        self._reference = reference
        self._offsets: deque[float] = deque(maxlen=ESTIMATES)
        self._offset: int | None = None
        self._frame = np.zeros(FRAME_SAMPLES, np.int16)
        self.reseats = 0
        """How often the offset was moved: clock drift, or a device that was opened anew."""

    def frame(self, number: int, captured_at: float) -> Samples:
        """The reference for FRAME_SAMPLES captured from sample `number` on, at `captured_at`.

        The array is used again for the next frame.
        """
        anchor = self._reference.anchor()
        if anchor is not None and abs(captured_at - anchor[1]) < FRESH_S:
            heard_now = anchor[0] + (captured_at - anchor[1]) * SAMPLE_RATE_HZ
            self._offsets.append(heard_now + LEAD_S * SAMPLE_RATE_HZ - number)
            self._seat()
        elif anchor is not None:
            self._offset = None
            self._offsets.clear()
        if self._offset is None:
            self._frame[:] = 0
        else:
            self._reference.read_into(self._frame, number + self._offset)
        return self._frame

    def _seat(self) -> None:
        wanted = statistics.median(self._offsets)
        if self._offset is None or abs(wanted - self._offset) > RESEAT_SAMPLES:
            self.reseats += self._offset is not None
            self._offset = round(wanted)
