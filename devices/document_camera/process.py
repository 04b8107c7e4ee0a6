"""A document camera whose source and whose OpenCV live in a child process."""

from __future__ import annotations

import asyncio
import mmap
import os
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from devices.camera.i420 import Layout
from devices.camera.ring import FRAME, FRAME_MESSAGE, SLOTS, FrameRing
from devices.child import Child
from devices.child_driver import ChildDriver
from devices.device import SupervisedDevice
from devices.document_camera import wire
from devices.document_camera.interface import Look, Page, PageRefused
from devices.hotplug import HotPlug
from devices.picture import PictureSink
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff

STALL_S = 3.0
"""No picture for this long is a fault: at 2 pictures a second, the slowest mode taken, six."""
OPEN_TIMEOUT_S = 20.0
"""OpenCV 0.5 s, a USB camera up to 3 s to its first large picture, the simulated desk 3 s; and ten
times that on a machine that is overrun, where giving up would only begin the same work anew."""
TAKE_TIMEOUT_S = 60.0
"""2.5 s until the page lies still, 1 s to make it; 20 s were seen on a machine that was overrun,
where giving up would only begin the same work anew."""
PREVIEW = Layout(640, 480)
"""As `preview.LAYOUT`, which can't be read here: OpenCV stays in the child."""


class StillDriver(ChildDriver):
    """The child process as the supervisor sees it."""

    def __init__(
        self, plugged: Callable[[], Hashable], settings: Callable[[], Mapping[str, Any]]
    ) -> None:
        """`settings`: what the next child is to open, asked each time."""
        super().__init__("picture", STALL_S, "replug the document camera")
        self.preview: PictureSink = lambda _: None
        self.on_look: Callable[[Look], None] = lambda _: None
        self.plugged = plugged
        self._settings = settings
        self._ring: FrameRing | None = None
        self._memory: mmap.mmap | None = None
        self._taking: asyncio.Future[Page] | None = None

    def present(self) -> bool:
        """Whether the node or file is there."""
        return bool(self.plugged())

    def spawn(self) -> Child:
        """Start a child with new memory."""
        ring_fd = FrameRing.create(PREVIEW)
        page_fd = os.memfd_create("document-page")
        try:
            os.ftruncate(page_fd, wire.MAX_JPEG_BYTES)
            self._ring = FrameRing(PREVIEW, ring_fd)
            self._memory = mmap.mmap(page_fd, wire.MAX_JPEG_BYTES)
            settings = dict(self._settings()) | {"ring_fd": ring_fd, "page_fd": page_fd}
            return Child.spawn(
                "devices.document_camera.child", settings, self.on_messages, fds=(ring_fd, page_fd)
            )
        finally:
            os.close(ring_fd)
            os.close(page_fd)

    def forget(self) -> None:
        """Drop the memory, and tell whoever waits for a page."""
        self._ring = None
        if self._memory is not None:
            self._memory.close()  # The bytes of a page are not left behind.
            self._memory = None
        self._settle(DeviceError(DeviceState.OFFLINE, "lost while a page was taken"))

    def on_data(self, messages: list[bytes]) -> None:
        """Deliver the newest picture, the newest look, and a page that was asked for."""
        look: Look | None = None
        frame: tuple[int, float] | None = None
        for message in messages:
            kind = message[:1]
            if kind == FRAME and len(message) == FRAME_MESSAGE.size:
                _, slot, captured_at, _ = FRAME_MESSAGE.unpack(message)
                if frame is not None and self._ring is not None:
                    self._ring.free(frame[0])
                frame = slot % SLOTS, captured_at
            elif kind == wire.LOOK:
                look = wire.look_of(message) or look
            elif kind == wire.PAGE:
                self._page(wire.page_of(message))
            elif kind == wire.REFUSED and (advice := wire.refused_of(message)) is not None:
                self._settle(PageRefused(advice))
        if frame is not None and self._ring is not None:
            self.alive()
            self.preview(self._ring.picture(*frame))
        if look is not None:
            self.on_look(look)

    async def take(self) -> Page:
        """Ask the child for a page; one at a time, a second caller gets the same."""
        if self._taking is None:
            if self.child is None or not self.child.send(wire.TAKE):
                raise DeviceError(DeviceState.OFFLINE, "not open")
            self._taking = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(TAKE_TIMEOUT_S):
                return await asyncio.shield(self._taking)
        except TimeoutError:
            self._taking = None
            late = f"no page within {TAKE_TIMEOUT_S:g} s"
            raise DeviceError(DeviceState.HARDWARE_ERROR, late) from None

    def ask(self, message: bytes) -> None:
        """Tell the child's source something; lost when there is none."""
        if self.child is not None:
            self.child.send(message)

    def _page(self, note: wire.PageNote | None) -> None:
        if note is None or self._memory is None:
            self._settle(DeviceError(DeviceState.HARDWARE_ERROR, "a page that can't be"))
            return
        jpeg = self._memory[: note.size]
        self._memory[: note.size] = bytes(note.size)
        self._settle(note.page(jpeg))

    def _settle(self, result: Page | Exception) -> None:
        taking, self._taking = self._taking, None
        if taking is None or taking.done():
            return
        if isinstance(result, Page):
            taking.set_result(result)
        else:
            taking.set_exception(result)
            taking.exception()  # Nobody may be waiting any more.


class ProcessDocumentCamera(SupervisedDevice):
    """A document camera, or a file in its place, behind a child process."""

    kind = DeviceKind.DOCUMENT_CAMERA

    def __init__(
        self,
        settings: Mapping[str, Any],
        names: Callable[[], tuple[str, ...]],
        *,
        simulated: bool = False,
        backoff: Backoff | None = None,
        hotplug: HotPlug | None = None,
    ) -> None:
        """`settings`: `kind` (`v4l2` or `file`), `path`, `avoid`; `names` of what is there now."""
        self._names = names
        self._driver = StillDriver(names, lambda: settings)
        super().__init__(
            self._driver,
            simulated=simulated,
            open_timeout_s=OPEN_TIMEOUT_S,
            backoff=backoff,
            hotplug=hotplug,
        )

    @property
    def capabilities(self) -> Capabilities:
        """Its mode while it is open."""
        return {"mode": self.status.detail} if self.status.state is DeviceState.ONLINE else {}

    @property
    def child_pid(self) -> int | None:
        """The process that holds the device, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    async def found(self) -> tuple[str, ...]:
        """Nodes, or the file, that would be used; asked in a thread, since a node may hang."""
        return await asyncio.to_thread(self._names)

    async def start(self, preview: PictureSink, on_look: Callable[[Look], None]) -> None:
        """Open it; a missing camera is a status, and is tried again."""
        self._driver.preview, self._driver.on_look = preview, on_look
        await self._begin()

    async def take(self) -> Page:
        """The page as it lies now; waits up to 2.5 s for it to lie still.

        Raises:
            PageRefused: no page, or not a good one.
            DeviceError: the camera is not there, or was lost meanwhile.
        """
        return await self._driver.take()
