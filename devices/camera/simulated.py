"""A camera for machines that have none, which tests can unplug, freeze and slow down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Unpack

from devices.camera.i420 import Bytes, FramePool, Layout
from devices.camera.modes import Mode
from devices.camera.scene import Scene
from devices.device import SupervisedDevice
from devices.dock import Action, CabledDriver, WrongArgument, number, plain
from devices.picture import PictureSink
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Upkeep

STALL_S = 2.0
"""As for a real camera: no new frame for this long is a fault."""
_LONGEST_CODE = 500
"""Characters: the longest pass of an appointment has 284."""


class SimulatedCamera(SupervisedDevice):
    """A moving picture with a clock that people can read and a strip that machines can."""

    kind = DeviceKind.CAMERA

    def __init__(self, **upkeep: Unpack[Upkeep]) -> None:
        """It is plugged in."""
        self._driver = _Driver()
        upkeep["simulated"] = True
        super().__init__(self._driver, **upkeep)

    @property
    def capabilities(self) -> Capabilities:
        """The size and rate that were last asked for."""
        return self._driver.mode.capabilities

    @property
    def dropped(self) -> int:
        """Frames not drawn because those before were still in use, or because it was too late."""
        return self._driver.dropped

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be done to it."""
        return {
            **self._driver.cable.actions(),
            "freeze": plain(self.freeze),
            "thaw": plain(self.thaw),
            "slow": number(self.slow, "how many times slower", 1, 100),
            "show": Action(self.show, f"a code's text, at most {_LONGEST_CODE} characters"),
        }

    async def found(self) -> tuple[str, ...]:
        """Its name, while it is plugged in."""
        return ("simulated",) if self._driver.cable.plugged else ()

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        """Give `rate` frames a second of the size asked for to `sink`, until `stop`."""
        self._driver.sink = sink
        self._driver.mode = Mode("I420", width, height, rate)
        await self._begin()

    def plug(self) -> None:
        """Plug the camera in again."""
        self._driver.cable.plug()

    def unplug(self) -> None:
        """Pull the cable, also in mid-call."""
        self._driver.cable.unplug()

    def freeze(self) -> None:
        """Give no more frames, as a hung driver does; the watchdog opens the camera anew."""
        self._driver.moving.clear()

    def thaw(self) -> None:
        """Give frames again."""
        self._driver.moving.set()

    def slow(self, factor: float) -> None:
        """Give `factor` times fewer frames a second (1 is full speed)."""
        self._driver.slowness = factor

    def show(self, text: str) -> None:
        """Hold a ticket with this code before the camera, until it is closed; empty: take it away.

        Raises:
            WrongArgument: longer than any ticket's.
        """
        if len(text) > _LONGEST_CODE:
            raise WrongArgument(f"takes a code's text, at most {_LONGEST_CODE} characters")
        self._driver.shown_code = text
        self._driver.held = None


class _Driver(CabledDriver):
    """One simulated camera as the supervisor sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.sink: PictureSink = lambda _: None
        self.mode = Mode("I420", 1280, 720, 30)
        self.moving = asyncio.Event()
        self.moving.set()
        self.slowness = 1.0
        self.dropped = 0
        self.shown_code = ""
        self.held: Bytes | None = None
        self._scene: tuple[Layout, Scene] | None = None
        self._pool: FramePool | None = None

    async def prepare(self) -> str:
        """Prepare the textures off the loop; they are kept from call to call."""
        await self.moving.wait()
        layout = Layout(self.mode.width, self.mode.height)
        if self._scene is None or self._scene[0] != layout:
            self._scene = (layout, await asyncio.to_thread(Scene, layout))
        self._pool = FramePool(layout)
        return f"simulated {self.mode}"

    async def close(self) -> None:
        """Drop the frame buffers, and what was held before the camera."""
        self._pool = self.held = None
        self.shown_code = ""

    async def work(self) -> None:
        """Draw, until frozen for longer than a real camera's watchdog allows."""
        clock = asyncio.get_running_loop().time
        due = last = clock()
        shown = 0
        while True:
            if self.moving.is_set():
                self._draw(shown)
                last = clock()
            elif clock() - last > STALL_S:
                raise DeviceError(
                    DeviceState.HARDWARE_ERROR,
                    f"no frame for {STALL_S:g} s",
                    hint="replug the camera",
                )
            period = self.slowness / self.mode.rate
            skipped = max(1, int((clock() - due) / period))
            self.dropped += skipped - 1
            shown += skipped
            due += skipped * period
            await asyncio.sleep(due - clock())

    def _draw(self, number: int) -> None:
        if self._scene is None or self._pool is None:
            return
        lease = self._pool.lease()
        if lease is None:
            self.dropped += 1
            return
        layout, scene = self._scene
        captured_at, wall_clock = time.monotonic(), time.time()
        scene.draw(lease.frame, number, wall_clock)
        if self.shown_code:
            self._draw_held(layout, lease.frame)
        self.sink(layout.picture(lease.frame.data, captured_at, lease))

    def _draw_held(self, layout: Layout, frame: Bytes) -> None:
        # Only when asked for: a booth without a simulated camera never loads it.
        from devices.camera.held import hold, ticket  # noqa: PLC0415

        if self.held is None:
            self.held = ticket(self.shown_code, layout.height)
        hold(layout.planes(frame)[0], self.held)
