"""The clock in the far end's picture: the index of each frame, read back from the screen."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devices.camera import strip

LEFT_PX = (1280 - strip.MIN_WIDTH_PX) // 2 // 16 * 16
TOP_PX = (720 - strip.MIN_HEIGHT_PX) // 2 // 16 * 16
"""In the middle, where no shape of screen cuts it off."""
MAX_INDEX = 4_095
"""More would be mistaken for something white on something dark."""
FREEZE_MIN_S = 0.150
"""W3C `freezeCount`: a gap of at least three mean frame times, or the mean and 150 ms."""

Luma = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A frame of the loop seen on the screen for the first time."""

    at: float
    """`time.monotonic()` when the look at the screen began that found it."""
    index: int


@dataclass(frozen=True, slots=True)
class Send:
    """A frame of the loop that left the far end."""

    at: float
    index: int


def draw(luma: Luma, index: int) -> None:
    """Draw a frame's index (0 to MAX_INDEX) into its Y plane, 720 × 1280."""
    # Both halves carry it: what only half arrived, or half tore, does not read.
    strip.draw(luma[TOP_PX:, LEFT_PX:], (index + 1) * 0x10001)


def read(luma: Luma, scale: float, left: float, top: float) -> int | None:
    """Return the index in `luma`, of which (left, top) is where the picture's corner would be."""
    value = strip.read(luma, scale, left + LEFT_PX * scale, top + TOP_PX * scale)
    if value is None or value >> 16 != value & 0xFFFF or value & 0xFFFF > MAX_INDEX:
        return None
    return (value & 0xFFFF) - 1


def extent(scale: float) -> tuple[int, int, int, int]:
    """Return left, top, width and height of the strip, from the shown picture's corner."""
    return (
        int(LEFT_PX * scale),
        int(TOP_PX * scale),
        int(strip.MIN_WIDTH_PX * scale) + 1,
        int(strip.MIN_HEIGHT_PX * scale) + 1,
    )


def delays_s(sightings: Sequence[Sighting], sends: Sequence[Send]) -> list[float]:
    """Return, for each sighting, the time since that frame was sent."""
    by_index: dict[int, list[float]] = defaultdict(list)
    for send in sends:
        by_index[send.index].append(send.at)
    delays = []
    for seen in sightings:
        times = by_index[seen.index]
        position = bisect.bisect_right(times, seen.at)
        if position:
            delays.append(seen.at - times[position - 1])
    return delays


def freezes(sightings: Sequence[Sighting]) -> int:
    """Count the gaps that W3C's `freezeCount` would count."""
    gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(sightings)]
    if not gaps:
        return 0
    mean = sum(gaps) / len(gaps)
    return sum(gap >= max(3 * mean, mean + FREEZE_MIN_S) for gap in gaps)
