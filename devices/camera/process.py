"""A camera whose source lives in a child process, with a watchdog on its frames."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any

from devices.camera.i420 import Layout
from devices.camera.ring import FRAME, FRAME_MESSAGE, SLOTS, FrameRing
from devices.child import Child
from devices.parent import FAULT, ONLINE, fault_of
from devices.picture import PictureSink
from devices.status import DeviceError, DeviceState, DeviceStatus
from devices.supervisor import Backoff, Supervisor

STALL_S = 2.0
"""No new frame for this long is a fault: at 5 fps, the slowest of webcams, ten are missing."""
OPEN_TIMEOUT_S = 8.0
"""Child 0.3 s, USB cameras up to 3 s to their first frame; then it is a driver that hangs."""


class ProcessCamera:
    """A camera or video file behind a child process."""

    def __init__(
        self,
        kind: str,
        path: str,
        present: Callable[[], bool | None],
        *,
        simulated: bool = False,
        backoff: Backoff | None = None,
    ) -> None:
        """`kind` is `v4l2`, `packets` or `file`; `present` says cheaply whether `path` is there."""
        self._driver = _Driver(kind, path, present)
        self._supervisor = Supervisor(
            "camera",
            self._driver,
            simulated=simulated,
            open_timeout_s=OPEN_TIMEOUT_S,
            backoff=backoff,
        )

    @property
    def status(self) -> DeviceStatus:
        """How the camera is now; readable from any thread."""
        return self._supervisor.status

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` on the loop at each change of status."""
        self._supervisor.on_status(listener)

    @property
    def dropped(self) -> int:
        """Frames not delivered: a newer one was there, or the consumers held all the memory."""
        return self._driver.dropped

    @property
    def child_pid(self) -> int | None:
        """The process that holds the device, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        """Open the source and give every frame to `sink` on this loop, until `stop`."""
        self._driver.sink = sink
        self._driver.layout = Layout(width, height)
        self._driver.rate = rate
        await self._supervisor.start()

    async def stop(self) -> None:
        """Close the source; when this returns its process is gone."""
        await self._supervisor.stop()


class _Driver:
    """The child process as the supervisor sees it."""

    def __init__(self, kind: str, path: str, present: Callable[[], bool | None]) -> None:
        self.sink: PictureSink = lambda _: None
        self.layout = Layout(1280, 720)
        self.rate = 30
        self.dropped = 0
        self.child: Child | None = None
        self.present = present
        self._kind = kind
        self._path = path
        self._ring: FrameRing | None = None
        self._online: asyncio.Future[str] | None = None
        self._fault: DeviceError | None = None
        self._child_dropped = 0
        self._last_frame_at = 0.0

    async def open(self) -> str:
        """Start the child; returns after its first frame."""
        self._fault = None
        self._child_dropped = 0
        online: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._online = online
        fd = FrameRing.create(self.layout)
        try:
            self._ring = FrameRing(self.layout, fd)
            self.child = Child.spawn(
                "devices.camera.grabber", self._settings(fd), self._on_messages, fds=(fd,)
            )
        finally:
            os.close(fd)
        await asyncio.wait((online, self.child.ended), return_when=asyncio.FIRST_COMPLETED)
        if not online.done():
            raise self._why_ended(self.child)
        self._last_frame_at = asyncio.get_running_loop().time()
        return online.result()

    async def watch(self) -> None:
        """Wait for the child's end, or for a picture that stands still."""
        loop = asyncio.get_running_loop()
        child = self.child
        while child is not None and not child.ended.done():
            left = self._last_frame_at + STALL_S - loop.time()
            if left <= 0:
                raise DeviceError(
                    DeviceState.HARDWARE_ERROR,
                    f"no frame for {STALL_S:g} s",
                    hint="replug the camera",
                )
            await asyncio.wait((child.ended,), timeout=left)
        if child is not None:
            raise self._why_ended(child)

    async def close(self) -> None:
        """End the child; pictures still in use keep their memory."""
        child, self.child = self.child, None
        if child is not None:
            await child.close()
        self._ring = None

    def _settings(self, ring_fd: int) -> dict[str, Any]:
        return {
            "kind": self._kind,
            "path": self._path,
            "width": self.layout.width,
            "height": self.layout.height,
            "rate": self.rate,
            "ring_fd": ring_fd,
        }

    def _why_ended(self, child: Child) -> DeviceError:
        return self._fault or DeviceError(
            DeviceState.HARDWARE_ERROR, f"the camera's process ended: {child.last_words}"
        )

    def _on_messages(self, burst: list[bytes]) -> None:
        frames = []
        for message in burst:
            match message[:1]:
                case kind if kind == FRAME and len(message) == FRAME_MESSAGE.size:
                    frames.append(FRAME_MESSAGE.unpack(message))
                case kind if kind == ONLINE and self._online and not self._online.done():
                    self._online.set_result(message[1:].decode(errors="replace"))
                case kind if kind == FAULT:
                    self._fault = fault_of(message)
                case _:
                    pass
        if frames:
            self._on_frames(frames)

    def _on_frames(self, frames: list[tuple[bytes, int, float, int]]) -> None:
        """Deliver the newest; those that it overtook are dropped."""
        ring = self._ring
        if ring is None:
            return
        for _, slot, _, _ in frames[:-1]:
            ring.free(slot % SLOTS)
        _, slot, captured_at, child_dropped = frames[-1]
        self.dropped += len(frames) - 1 + child_dropped - self._child_dropped
        self._child_dropped = child_dropped
        self._last_frame_at = asyncio.get_running_loop().time()
        self.sink(ring.picture(slot % SLOTS, captured_at))
