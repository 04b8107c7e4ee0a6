"""Pictures and devices for the tests of calls: small, honest, and watched."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import numpy as np

from devices.picture import Picture, PictureSink, Plane
from devices.sound.interface import FRAME_SAMPLES, CaptureSink, Samples
from devices.status import DeviceState, DeviceStatus

ONLINE = DeviceStatus(DeviceState.ONLINE, simulated=True)
CLOSED = DeviceStatus(DeviceState.UNKNOWN, simulated=True)


def picture(
    width: int = 320, height: int = 240, *, number: int = 0, at: float | None = None, pad: int = 0
) -> Picture:
    """A texture that moves with `number`; rows are `pad` bytes longer than the picture is wide."""
    rng = np.random.default_rng(5)
    base = rng.integers(30, 220, (height * 3 // 2, width + pad), np.uint8)
    moved = np.roll(base, 3 * number, 1)
    luma = np.ascontiguousarray(moved[:height])
    chroma = np.full((2, height // 2, width // 2 + pad), 128, np.uint8)
    planes = (
        Plane(memoryview(luma).cast("B"), width + pad),
        Plane(memoryview(chroma[0]).cast("B"), width // 2 + pad),
        Plane(memoryview(chroma[1]).cast("B"), width // 2 + pad),
    )
    captured = time.monotonic() if at is None else at
    return Picture(width, height, planes, captured, (luma, chroma))


class FakeCamera:
    """A camera of the size asked for, cut down to a quarter so that tests are light."""

    def __init__(self) -> None:
        self.status = CLOSED
        self.dropped = 0
        self.starts = self.stops = 0
        self.fail: Exception | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def open(self) -> bool:
        return self._task is not None

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Nobody listens in these tests."""

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        self.starts += 1
        if self.fail is not None:
            raise self.fail
        self._task = asyncio.create_task(self._shoot(sink, width // 4, height // 4, rate))
        self.status = ONLINE

    async def stop(self) -> None:
        self.stops += 1
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None
        self.status = CLOSED

    async def _shoot(self, sink: PictureSink, width: int, height: int, rate: int) -> None:
        loop = asyncio.get_running_loop()
        due, number = loop.time(), 0
        while True:
            sink(picture(width, height, number=number))
            number += 1
            due = max(due + 1 / rate, loop.time())
            await asyncio.sleep(due - loop.time())


class FakeSound:
    """A microphone that hums and a loudspeaker that counts."""

    def __init__(self) -> None:
        self.microphone_status = self.loudspeaker_status = CLOSED
        self.played = 0
        self.loudest = 0
        self.starts = self.stops = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def open(self) -> bool:
        return self._task is not None

    def on_status(self, listener: Callable[[], None]) -> None:
        """Nobody listens in these tests."""

    async def start(self, sink: CaptureSink) -> None:
        self.starts += 1
        self.microphone_status = self.loudspeaker_status = ONLINE
        self._task = asyncio.create_task(self._hum(sink))

    def play(self, samples: Samples) -> None:
        self.played += len(samples)
        self.loudest = max(self.loudest, int(np.abs(samples.astype(np.int32)).max(initial=0)))

    def set_volume(self, step: int) -> None:
        """As loud as before."""

    async def stop(self) -> None:
        self.stops += 1
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None
        self.microphone_status = self.loudspeaker_status = CLOSED

    async def _hum(self, sink: CaptureSink) -> None:
        loop = asyncio.get_running_loop()
        due, position = loop.time(), 0
        while True:
            for _ in range(2):
                sink(hum(position))
                position += FRAME_SAMPLES
            due = max(due + 0.02, loop.time())
            await asyncio.sleep(due - loop.time())


def hum(position: int, count: int = FRAME_SAMPLES) -> Samples:
    """Part of an endless 440 Hz tone."""
    time_s = (position + np.arange(count)) / 48_000
    return np.asarray(8000 * np.sin(2 * np.pi * 440 * time_s), np.int16)
