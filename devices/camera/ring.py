"""Frames in memory that parent and child share: the child fills free slots, the parent frees."""

from __future__ import annotations

import mmap
import os
import struct

import numpy as np

from devices.camera.i420 import Bytes, Layout
from devices.picture import Picture

SLOTS = 6
"""The encoder and the screen each keep one and wait for one; one is on its way, one is filled."""
_FREE, _TAKEN = 0, 1
FRAME = b"p"
FRAME_MESSAGE = struct.Struct("<cBdI")
"""FRAME, slot, `time.monotonic()` of the capture, frames dropped so far."""


class FrameRing:
    """`SLOTS` I420 frames in an anonymous file: no name to clean up, gone with its last user.

    One byte a slot says whether it is taken. Only the child takes and only the parent frees, so
    no lock is needed; the datagram that names a slot orders its pixels before its use.
    """

    def __init__(self, layout: Layout, fd: int) -> None:
        """Map the ring behind `fd`, made by `create`."""
        self._layout = layout
        self._stride = -(-layout.size // mmap.PAGESIZE) * mmap.PAGESIZE
        self._memory = mmap.mmap(fd, mmap.PAGESIZE + SLOTS * self._stride)

    @staticmethod
    def create(layout: Layout) -> int:
        """A file descriptor for a new, empty ring; the caller closes it once both have mapped."""
        fd = os.memfd_create("camera-frames")
        stride = -(-layout.size // mmap.PAGESIZE) * mmap.PAGESIZE
        os.ftruncate(fd, mmap.PAGESIZE + SLOTS * stride)
        return fd

    def take(self) -> int | None:
        """Child: a free slot, now taken; None when the parent still uses all of them."""
        slot = self._memory.find(bytes((_FREE,)), 0, SLOTS)
        if slot < 0:
            return None
        self._memory[slot] = _TAKEN
        return slot

    def frame(self, slot: int) -> Bytes:
        """Child: the memory of a slot it has taken."""
        return np.frombuffer(
            self._memory, np.uint8, self._layout.size, mmap.PAGESIZE + slot * self._stride
        )

    def free(self, slot: int) -> None:
        """Either side: give a slot back."""
        self._memory[slot] = _FREE

    def picture(self, slot: int, captured_at: float) -> Picture:
        """Parent: the picture in `slot`, which is freed when the picture is gone."""
        start = mmap.PAGESIZE + slot * self._stride
        view = memoryview(self._memory)[start : start + self._layout.size]
        return self._layout.picture(view, captured_at, _SlotLease(self, slot))


class _SlotLease:
    """Frees its slot when the last `Picture` on it is gone."""

    __slots__ = ("_ring", "_slot")

    def __init__(self, ring: FrameRing, slot: int) -> None:
        self._ring = ring
        self._slot = slot

    def __del__(self) -> None:
        self._ring.free(self._slot)
