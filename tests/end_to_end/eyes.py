"""What the booth's screen really shows, looked at from outside."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

#: Differences of less than this are how a codec breathes; 8-bit levels.
NOTICEABLE = 8
_QUARTER_SIZE_GREY = "-window root -resize 25% -colorspace gray -depth 8 gray:-".split()

#: A moving object changes more of the picture than a clock that ticks in a corner.
SHARE_THAT_MOVES = 0.02


def display_of(kiosk: int) -> str:
    """Return the X display that the booth's process draws on."""
    return str(psutil.Process(kiosk).environ()["DISPLAY"])


def photograph(display: str, path: Path) -> None:
    """Write what the display shows to `path`, a PNG."""
    subprocess.run(["import", "-display", display, "-window", "root", str(path)], check=True)


def seen(display: str) -> NDArray[np.uint8]:
    """Return what the display shows, a quarter of its size, as grey levels in one row."""
    shot = subprocess.run(
        ["import", "-display", display, *_QUARTER_SIZE_GREY],
        check=True,
        capture_output=True,
    )
    return np.frombuffer(shot.stdout, np.uint8)


def moves(display: str) -> bool:
    """Return whether a good part of the screen differs between two looks."""
    first, second = (seen(display).astype(np.int16) for _ in range(2))
    return bool(np.mean(np.abs(first - second) > NOTICEABLE) > SHARE_THAT_MOVES)
