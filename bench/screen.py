"""A virtual screen of our own, what is really shown on it, and touches from outside."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

START_WAIT_S = 10.0
ALL_PLANES = ctypes.c_ulong(0xFFFFFFFF)
Z_PIXMAP = 2
LEFT_BUTTON = 1
"""Constants of X11/X.h."""

Pixels = NDArray[np.uint8]
"""Blue, green, red, unused; shape (height, width, 4)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        """Where to touch it."""
        return self.left + self.width // 2, self.top + self.height // 2


class _XImage(ctypes.Structure):
    """The start of Xlib's `XImage` (X11/Xlib.h)."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
        ("bits_per_pixel", ctypes.c_int),
    )


def _library(name: str) -> ctypes.CDLL:
    path = ctypes.util.find_library(name)
    if path is None:
        raise OSError(f"lib{name} is not installed")
    return ctypes.CDLL(path)


class Screen:
    """One X display: looks at parts of it and touches it, through Xlib and XTEST."""

    def __init__(self, display: str, width: int, height: int) -> None:
        self.display = display
        self.width = width
        self.height = height
        self._x11 = _library("X11")
        self._xtst = _library("Xtst")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x11.XGetImage.restype = ctypes.POINTER(_XImage)
        self._x11.XDestroyImage.argtypes = (ctypes.POINTER(_XImage),)
        opened = self._x11.XOpenDisplay(display.encode())
        if not opened:
            raise ConnectionError(f"no X display {display}")
        self._connection = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._connection))

    def look(self, box: Box | None = None) -> Pixels:
        """Return the pixels that are on the screen now, in `box` or everywhere."""
        box = box or Box(0, 0, self.width, self.height)
        image = self._x11.XGetImage(
            self._connection,
            self._root,
            box.left,
            box.top,
            box.width,
            box.height,
            ALL_PLANES,
            Z_PIXMAP,
        )
        if not image:
            raise ValueError(f"{box} is not on the screen")
        try:
            size = image.contents.bytes_per_line * box.height
            data = ctypes.string_at(image.contents.data, size)
        finally:
            self._x11.XDestroyImage(image)
        return np.frombuffer(data, np.uint8).reshape(box.height, -1, 4)[:, : box.width]

    def photograph(self, path: Path) -> None:
        """Write all that is on the screen to `path`, a portable pixmap (PPM)."""
        pixels = self.look()[..., 2::-1]
        header = f"P6 {self.width} {self.height} 255\n".encode()
        path.write_bytes(header + np.ascontiguousarray(pixels).tobytes())

    def touch(self, x: int, y: int, held_s: float = 0.0) -> float:
        """Press and let go at (x, y); return the time just before letting go."""
        self._xtst.XTestFakeMotionEvent(self._connection, -1, x, y, ctypes.c_ulong(0))
        self._x11.XSync(self._connection, 0)
        at = time.monotonic()
        for down in (1, 0):
            self._xtst.XTestFakeButtonEvent(self._connection, LEFT_BUTTON, down, ctypes.c_ulong(0))
            if down and held_s:
                self._x11.XFlush(self._connection)
                time.sleep(held_s)
                at = time.monotonic()
        self._x11.XFlush(self._connection)
        return at

    def until_changed(
        self, box: Box, before: Pixels, within_s: float, every_s: float = 0.001
    ) -> float | None:
        """Return when `box` first looked different from `before`, or None when it did not."""
        return self.until(box, lambda seen: not np.array_equal(seen, before), within_s, every_s)

    def until(
        self,
        box: Box,
        reached: Callable[[Pixels], bool],
        within_s: float,
        every_s: float = 0.001,
    ) -> float | None:
        """Return when `box` first looked as `reached` wants, or None when it never did."""
        end = time.monotonic() + within_s
        while (now := time.monotonic()) < end:
            if reached(self.look(box)):
                return now
            time.sleep(every_s)
        return None

    def close(self) -> None:
        """Let go of the display."""
        self._x11.XCloseDisplay(self._connection)


@dataclass(frozen=True, slots=True)
class Server:
    """A running Xvfb."""

    pid: int
    display: str


@contextmanager
def virtual_screen(width: int, height: int) -> Iterator[Server]:
    """Run an Xvfb of that size on a display number of its own choice."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [
            "Xvfb",
            *("-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"),
            *("-nolisten", "tcp", "-noreset"),
        ],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise ConnectionError("Xvfb did not start")
        yield Server(process.pid, f":{number}")
    finally:
        process.terminate()
        process.wait(START_WAIT_S)
