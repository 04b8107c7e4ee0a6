"""I420 frames as one buffer: where the planes lie, and buffers that are used again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devices.picture import Picture, Plane

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the three planes lie in one contiguous buffer (no padding)."""

    width: int
    height: int

    def __post_init__(self) -> None:
        """Raise `ValueError` for a size that 4:2:0 can't have."""
        if self.width < 2 or self.height < 2 or self.width % 2 or self.height % 2:
            raise ValueError(f"{self.width}×{self.height} is not an even size")

    @property
    def size(self) -> int:
        """Bytes of one frame."""
        return self.width * self.height * 3 // 2

    def planes(self, frame: Bytes) -> tuple[Bytes, Bytes, Bytes]:
        """Views of Y (height × width), U and V (half by half) in `frame`, of shape (size,)."""
        luma = self.width * self.height
        chroma = luma // 4
        half = (self.height // 2, self.width // 2)
        return (
            frame[:luma].reshape(self.height, self.width),
            frame[luma : luma + chroma].reshape(half),
            frame[luma + chroma : luma + 2 * chroma].reshape(half),
        )

    def picture(self, memory: memoryview, captured_at: float, owner: object) -> Picture:
        """A `Picture` over `memory` (of `size` bytes), copying nothing."""
        luma = self.width * self.height
        chroma = luma // 4
        return Picture(
            width=self.width,
            height=self.height,
            planes=(
                Plane(memory[:luma], self.width),
                Plane(memory[luma : luma + chroma], self.width // 2),
                Plane(memory[luma + chroma : luma + 2 * chroma], self.width // 2),
            ),
            captured_at=captured_at,
            keep_alive=owner,
        )


class Lease:
    """A buffer on loan: it goes back to its pool when the last `Picture` on it is gone."""

    __slots__ = ("_pool", "frame")

    def __init__(self, frame: Bytes, pool: deque[Bytes]) -> None:
        """Lend `frame`, to be given back to `pool`."""
        self.frame = frame
        self._pool = pool

    def __del__(self) -> None:
        """Give the buffer back; a deque's `append` may be called from any thread."""
        self._pool.append(self.frame)


class FramePool:
    """Frame buffers that are used again: a new one each time costs a page fault per 4 KiB."""

    def __init__(self, layout: Layout, limit: int = 6) -> None:
        """Allocate at most `limit` buffers: two consumers that keep one and wait for one, twice."""
        self._layout = layout
        self._free: deque[Bytes] = deque()
        self._left = limit

    def lease(self) -> Lease | None:
        """A buffer of `layout.size` bytes, or None when all are in use: the frame is dropped."""
        try:
            return Lease(self._free.pop(), self._free)
        except IndexError:
            if self._left == 0:
                return None
        self._left -= 1
        return Lease(np.empty(self._layout.size, np.uint8), self._free)
