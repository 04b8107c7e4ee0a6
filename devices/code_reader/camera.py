"""Reads codes with the booth's own camera, in a child process that hostile pictures may crash."""

from __future__ import annotations

import mmap
import os
import threading
import time
from collections.abc import Awaitable, Callable, Hashable

import numpy as np

from devices.child import Child
from devices.child_driver import ChildDriver
from devices.code_reader.base import SievedReader
from devices.code_reader.wire import LOOK, SEEN, codes_of
from devices.picture import Picture
from devices.status import Capabilities
from devices.supervisor import Backoff

MEMORY_BYTES = 1920 * 1088
"""The luma of one picture, the largest that the booth's camera is asked for."""
LOOK_EVERY_S = 0.08
"""At most 12 looks a second: a code is found well within 300 ms, for 3 % of a core."""
STALL_S = 5.0
"""A look takes milliseconds, a beat comes every second."""


CameraFound = Callable[[], Awaitable[tuple[str, ...]]]
"""Names of the cameras that would be used."""


class CameraReader(SievedReader):
    """Looks at frames that others have taken; copies the luma of some, and waits for nobody."""

    def __init__(
        self, backoff: Backoff | None = None, *, camera_found: CameraFound | None = None
    ) -> None:
        """Nothing is started until `start`; `camera_found` is the camera's own `found`."""
        self._camera_found = camera_found
        self._eyes = _Eyes(self._read)
        super().__init__(self._eyes, backoff=backoff)

    @property
    def capabilities(self) -> Capabilities:
        """Which codes it reads; nothing until it was first started."""
        return self._eyes.capabilities

    @property
    def child_pid(self) -> int | None:
        """The process that looks, while there is one."""
        return self._eyes.child.pid if self._eyes.child else None

    @property
    def looks(self) -> int:
        """Pictures looked at so far."""
        return self._eyes.looks

    def look(self, picture: Picture) -> None:
        """Look at a frame, unless the last look is not over or hardly is; any thread."""
        self._eyes.look(picture)

    def forget(self) -> None:
        """The reader is open all day: the last resident's face would be in its memory till then."""
        super().forget()
        self._eyes.wipe()

    async def found(self) -> tuple[str, ...]:
        """What would be looked through, as the booth's camera says; its name where nobody asks."""
        return ("camera",) if self._camera_found is None else await self._camera_found()


class _Eyes(ChildDriver):
    """The child process as the supervisor sees it."""

    def __init__(self, told: Callable[[str, str], None]) -> None:
        super().__init__("sign of life", STALL_S, "restart the booth")
        self.looks = 0
        self._told = told
        self._lock = threading.Lock()
        self._memory: mmap.mmap | None = None
        self._free = False
        self._next_at = 0.0

    def spawn(self) -> Child:
        """Start a child with a picture's worth of shared memory."""
        fd = os.memfd_create("code-reader", os.MFD_CLOEXEC)
        try:
            os.ftruncate(fd, MEMORY_BYTES)
            settings = {"memory_fd": fd, "memory_bytes": MEMORY_BYTES}
            child = Child.spawn("devices.code_reader.eyes", settings, self.on_messages, fds=(fd,))
            with self._lock:
                self._memory = mmap.mmap(fd, MEMORY_BYTES)
            return child
        finally:
            os.close(fd)

    async def open(self) -> str:
        """Start the child; pictures are taken once it is ready."""
        detail = await super().open()
        self._free = True
        return detail

    def forget(self) -> None:
        """Let go of the picture."""
        with self._lock:
            self._free = False
            memory, self._memory = self._memory, None
            if memory is not None:
                memory.close()

    def wipe(self) -> None:
        """Put nothing in the picture's place; a look that is going on sees it or not."""
        with self._lock:
            if self._memory is not None:
                self._memory[:] = bytes(MEMORY_BYTES)

    def plugged(self) -> Hashable:
        """There is nothing to plug in."""
        return None

    def look(self, picture: Picture) -> None:
        """Copy the luma and have the child look at it; any thread."""
        now = time.monotonic()
        size = picture.width * picture.height
        with self._lock:
            if not self._free or self._memory is None or now < self._next_at:
                return
            if size > MEMORY_BYTES:
                return
            plane = picture.planes[0]
            rows = np.frombuffer(plane.data, np.uint8, plane.stride * picture.height)
            target = np.frombuffer(self._memory, np.uint8, size)
            target = target.reshape(picture.height, picture.width)
            target[:] = rows.reshape(picture.height, plane.stride)[:, : picture.width]
            # The view would keep the memory from being closed.
            del target
            # Before sending: the answer may be there before this thread goes on.
            self._free = False
            child = self.child
            if child is not None and child.send(LOOK.pack(picture.width, picture.height)):
                self._next_at = now + LOOK_EVERY_S
                self.looks += 1
            else:
                self._free = True

    def on_data(self, messages: list[bytes]) -> None:
        """Take signs of life and what was seen."""
        for message in messages:
            self.alive()
            if message[:1] == SEEN:
                self._free = True
                for text, symbology in codes_of(message):
                    self._told(text, symbology)
