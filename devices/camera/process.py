"""A camera whose source lives in a child process, with a watchdog on its frames."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from typing import Unpack

from devices.camera.i420 import Layout
from devices.camera.ring import FRAME, FRAME_MESSAGE, SLOTS, FrameRing
from devices.child import Child
from devices.child_driver import ChildDriver
from devices.device import SupervisedDevice
from devices.picture import PictureSink
from devices.status import Capabilities, DeviceKind
from devices.supervisor import Driver, Upkeep

STALL_S = 2.0
"""No new frame for this long is a fault: at 5 fps, the slowest of webcams, ten are missing."""
OPEN_TIMEOUT_S = 8.0
"""Child 0.3 s, USB cameras up to 3 s to their first frame; then it is a driver that hangs."""


class ProcessDriver(ChildDriver):
    """The child process as the supervisor sees it."""

    def __init__(self, kind: str, path: str, found: Callable[[], tuple[str, ...]]) -> None:
        """`kind` is `v4l2`, `packets` or `file`; `found` names what `path` means just now."""
        super().__init__("frame", STALL_S, "replug the camera")
        self.sink: PictureSink = lambda _: None
        self.layout = Layout(1280, 720)
        self.rate = 30
        self.dropped = 0
        self.found = found
        self._kind = kind
        self._path = path
        self._ring: FrameRing | None = None
        self._child_dropped = 0

    def plugged(self) -> Hashable:
        """What is there now."""
        return self.found()

    def present(self) -> bool:
        """Whether the node or file is there."""
        return bool(self.found())

    def spawn(self) -> Child:
        """Start a child with a new ring of frames."""
        self._child_dropped = 0
        fd = FrameRing.create(self.layout)
        try:
            self._ring = FrameRing(self.layout, fd)
            settings = {
                "kind": self._kind,
                "path": self._path,
                "width": self.layout.width,
                "height": self.layout.height,
                "rate": self.rate,
                "ring_fd": fd,
            }
            return Child.spawn("devices.camera.grabber", settings, self.on_messages, fds=(fd,))
        finally:
            os.close(fd)

    def forget(self) -> None:
        """Drop the ring; pictures still in use keep its memory."""
        self._ring = None

    def on_data(self, messages: list[bytes]) -> None:
        """Deliver the newest frame; those that it overtook are dropped."""
        ring = self._ring
        frames = [
            FRAME_MESSAGE.unpack(message)
            for message in messages
            if message[:1] == FRAME and len(message) == FRAME_MESSAGE.size
        ]
        if ring is None or not frames:
            return
        for _, slot, _, _ in frames[:-1]:
            ring.free(slot % SLOTS)
        _, slot, captured_at, child_dropped = frames[-1]
        self.dropped += len(frames) - 1 + child_dropped - self._child_dropped
        self._child_dropped = child_dropped
        self.alive()
        self.sink(ring.picture(slot % SLOTS, captured_at))


class ProcessCamera(SupervisedDevice):
    """A camera or video stream behind a child process."""

    kind = DeviceKind.CAMERA

    def __init__(
        self, driver: ProcessDriver, life: Driver | None = None, **upkeep: Unpack[Upkeep]
    ) -> None:
        """`driver` gives the pictures; `life` is what opens and closes it, if not itself."""
        self._driver = driver
        upkeep.setdefault("open_timeout_s", OPEN_TIMEOUT_S)
        super().__init__(life or driver, **upkeep)

    @property
    def capabilities(self) -> Capabilities:
        """The mode it was last opened in."""
        return self._driver.capabilities

    @property
    def dropped(self) -> int:
        """Frames not delivered: a newer one was there, or the consumers held all the memory."""
        return self._driver.dropped

    @property
    def child_pid(self) -> int | None:
        """The process that holds the device, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    async def found(self) -> tuple[str, ...]:
        """Names of the cameras that would be tried."""
        return self._driver.found()

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        """Open the source and give every frame to `sink` on this loop, until `stop`."""
        self._driver.sink = sink
        self._driver.layout = Layout(width, height)
        self._driver.rate = rate
        await self._begin()
