"""What the device tests share: waiting for events, and videos made on the spot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from devices.camera.i420 import Layout
from devices.camera.scene import Scene
from devices.status import DeviceState, DeviceStatus

PATIENCE_S = 20.0
"""For a machine that does other work as well."""


class Watched:
    """Wakes whoever waits, each time that something happened."""

    def __init__(self) -> None:
        self._waiters: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []

    def happened(self) -> None:
        for condition, future in self._waiters:
            if not future.done() and condition():
                future.set_result(None)

    async def until(self, condition: Callable[[], bool]) -> None:
        if condition():
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append((condition, future))
        await asyncio.wait_for(future, PATIENCE_S)


class Statuses(Watched):
    """Every status that a device told of."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[DeviceStatus] = []

    def __call__(self, status: DeviceStatus) -> None:
        self.seen.append(status)
        self.happened()

    async def next(self, state: DeviceState) -> DeviceStatus:
        """The first status of this state from now on."""
        start = len(self.seen)
        await self.until(lambda: any(status.state is state for status in self.seen[start:]))
        return next(status for status in self.seen[start:] if status.state is state)

    async def ever(self, state: DeviceState) -> DeviceStatus:
        """The first status of this state, from the beginning."""
        await self.until(lambda: any(status.state is state for status in self.seen))
        return next(status for status in self.seen if status.state is state)


def write_video(
    path: Path, container: str, codec: str, pixels: str, *, frames: int = 8, size: str = "640x360"
) -> Path:
    """A short video of the simulated camera's scene, stamped 0, 40, 80… ms."""
    width, height = map(int, size.split("x"))
    layout = Layout(width, height)
    scene = Scene(layout)
    memory = np.empty(layout.size, np.uint8)
    with av.open(str(path), "w", format=container) as output:
        stream = output.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        for number in range(frames):
            scene.draw(memory, number, 1 + number / 25)
            frame = av.VideoFrame(width, height, "yuv420p")
            for plane, pixels_in in zip(frame.planes, layout.planes(memory), strict=True):
                padded = np.zeros((pixels_in.shape[0], plane.line_size), np.uint8)
                padded[:, : pixels_in.shape[1]] = pixels_in
                plane.update(padded.tobytes())
            frame.pts, frame.time_base = number, Fraction(1, 25)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path
