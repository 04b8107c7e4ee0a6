"""A camera for machines that have none, which tests can unplug, freeze and slow down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from devices.camera.i420 import FramePool, Layout
from devices.camera.scene import Scene
from devices.picture import PictureSink
from devices.status import DeviceError, DeviceState, DeviceStatus
from devices.supervisor import Backoff, Supervisor

STALL_S = 2.0
"""As for a real camera: no new frame for this long is a fault."""


class SimulatedCamera:
    """A moving picture with a clock that people can read and a strip that machines can."""

    def __init__(self, backoff: Backoff | None = None) -> None:
        """`backoff`: how long it stays away after a fault (the default is a real camera's)."""
        self._driver = _Driver()
        self._supervisor = Supervisor("camera", self._driver, simulated=True, backoff=backoff)

    @property
    def status(self) -> DeviceStatus:
        """How the camera is now; readable from any thread."""
        return self._supervisor.status

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` at each change of status."""
        self._supervisor.on_status(listener)

    @property
    def dropped(self) -> int:
        """Frames not drawn because those before were still in use, or because it was too late."""
        return self._driver.dropped

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        """Give `rate` frames a second of the size asked for to `sink`, until `stop`."""
        self._driver.sink = sink
        self._driver.layout = Layout(width, height)
        self._driver.period_s = 1 / rate
        await self._supervisor.start()

    async def stop(self) -> None:
        """Stop drawing; when this returns `sink` is called no more."""
        await self._supervisor.stop()

    def plug(self) -> None:
        """Plug the camera in again."""
        self._driver.cable.set()
        self._driver.unplugged.clear()

    def unplug(self) -> None:
        """Pull the cable, also in mid-call."""
        self._driver.cable.clear()
        self._driver.unplugged.set()

    def freeze(self) -> None:
        """Give no more frames, as a hung driver does; the watchdog opens the camera anew."""
        self._driver.frozen = True

    def thaw(self) -> None:
        """Give frames again."""
        self._driver.frozen = False

    def slow(self, factor: float) -> None:
        """Give `factor` times fewer frames a second (1 is full speed)."""
        self._driver.slowness = factor


class _Driver:
    """One simulated camera as the supervisor sees it."""

    def __init__(self) -> None:
        self.sink: PictureSink = lambda _: None
        self.layout = Layout(1280, 720)
        self.period_s = 1 / 30
        self.cable = asyncio.Event()
        self.cable.set()
        self.unplugged = asyncio.Event()
        self.frozen = False
        self.slowness = 1.0
        self.dropped = 0
        self._scene: tuple[Layout, Scene] | None = None
        self._pool: FramePool | None = None

    async def open(self) -> str:
        """Prepare the textures off the loop; they are kept from call to call."""
        if not self.cable.is_set():
            raise DeviceError(DeviceState.NO_DEVICE, "unplugged", hint="plug the camera in")
        if self._scene is None or self._scene[0] != self.layout:
            self._scene = (self.layout, await asyncio.to_thread(Scene, self.layout))
        self._pool = FramePool(self.layout)
        return f"simulated {self.layout.width}×{self.layout.height} at {1 / self.period_s:.0f} fps"

    async def watch(self) -> None:
        """Draw until unplugged, or frozen for longer than a real camera's watchdog allows."""
        feeding = asyncio.ensure_future(self._feed())
        pulled = asyncio.ensure_future(self.unplugged.wait())
        try:
            await asyncio.wait((feeding, pulled), return_when=asyncio.FIRST_COMPLETED)
            if feeding.done():
                feeding.result()
        finally:
            feeding.cancel()
            pulled.cancel()
            await asyncio.wait((feeding, pulled))
        raise DeviceError(DeviceState.OFFLINE, "the picture ended", hint="check the cable")

    async def close(self) -> None:
        """Drop the frame buffers."""
        self._pool = None

    def plugged(self) -> bool:
        """Whether it is plugged in."""
        return self.cable.is_set()

    def present(self) -> bool:
        """Whether it is plugged in."""
        return self.cable.is_set()

    async def _feed(self) -> None:
        clock = asyncio.get_running_loop().time
        due = last = clock()
        number = 0
        while True:
            if not self.frozen:
                self._draw(number)
                last = clock()
            elif clock() - last > STALL_S:
                raise DeviceError(DeviceState.HARDWARE_ERROR, f"no frame for {STALL_S:g} s")
            period = self.period_s * self.slowness
            skipped = max(1, int((clock() - due) / period))
            self.dropped += skipped - 1
            number += skipped
            due += skipped * period
            await asyncio.sleep(due - clock())

    def _draw(self, number: int) -> None:
        if self._scene is None or self._pool is None:
            return
        lease = self._pool.lease()
        if lease is None:
            self.dropped += 1
            return
        captured_at, wall_clock = time.monotonic(), time.time()
        self._scene[1].draw(lease.frame, number, wall_clock)
        self.sink(self.layout.picture(lease.frame.data, captured_at, lease))
