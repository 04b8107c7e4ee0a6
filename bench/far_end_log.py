"""What the far end noted: frames sent, and frames received or counted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.clock import Send


@dataclass(frozen=True, slots=True)
class Received:
    """What reached the far end in a stretch of time."""

    frames_per_second: float = 0.0
    kilobits_per_second: float = 0.0
    size: tuple[int, int] = (0, 0)
    """Of the last frame."""


@dataclass(frozen=True, slots=True)
class _Count:
    """Frames and bytes since the beginning."""

    at: float
    frames: int
    bytes: int
    size: tuple[int, int]


def read_log(path: Path, begin: float, end: float) -> tuple[list[Send], Received]:
    """Return all frames ever sent, and what was received from `begin` to `end`.

    A line is `S time index` for a frame sent, `R time bytes width height` for one received, or
    `C time frames bytes width height` for what has been received since the beginning.
    """
    sends: list[Send] = []
    counts: list[_Count] = []
    for line in path.read_text().splitlines():
        match line.split():
            case ["S", at, index]:
                sends.append(Send(float(at), int(index)))
            case ["R", at, size, width, height]:
                last = counts[-1] if counts else _Count(0.0, 0, 0, (0, 0))
                shape = (int(width), int(height))
                counts.append(_Count(float(at), last.frames + 1, last.bytes + int(size), shape))
            case ["C", at, frames, size, width, height]:
                shape = (int(width), int(height))
                counts.append(_Count(float(at), int(frames), int(size), shape))
            case _:
                pass
    return sends, _between([count for count in counts if begin <= count.at < end])


def _between(counts: list[_Count]) -> Received:
    if len(counts) < 2:
        return Received()
    first, last = counts[0], counts[-1]
    took = last.at - first.at
    return Received(
        frames_per_second=(last.frames - first.frames) / took,
        kilobits_per_second=(last.bytes - first.bytes) * 8 / took / 1000,
        size=last.size,
    )
