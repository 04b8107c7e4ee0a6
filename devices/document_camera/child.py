"""The document camera's child process: grabs, shows, looks, and takes pages when asked to."""

from __future__ import annotations

import mmap
import os
import select
import sys
import threading
import time
from typing import Any

import cv2

from devices.camera.ring import FRAME, FRAME_MESSAGE, FrameRing
from devices.document_camera import preview, wire
from devices.document_camera.evidence import Image
from devices.document_camera.interface import Advice, PageRefused
from devices.document_camera.looker import Looker
from devices.document_camera.stills import StillSource
from devices.parent import ONLINE, Parent
from devices.status import DeviceError, DeviceState

TRY_FOR_S = 2.5
"""How long a page that is asked for may take to become good: a hand lets go, the lens focuses."""
_MAX_ASKED = 64 * 1024
_MOST_REST_S = 0.3
"""Between two looks: a sheet that has come to lie still is told within half a second."""
_IDLE_S = 0.25
"""Between two looks, how long to wait for a new picture before seeing whether all is at an end."""


def open_source(settings: dict[str, Any]) -> StillSource:
    """The source that the parent asks for; libraries are imported only where they are used."""
    match settings["kind"]:
        case "desk":
            from devices.document_camera.desk import DeskStills  # noqa: PLC0415

            return DeskStills(settings["page"], settings["period_s"])
        case "file":
            from devices.document_camera.stills import open_file  # noqa: PLC0415

            return open_file(settings["path"])
        case _:
            from devices.camera.opencv import open_capture  # noqa: PLC0415
            from devices.document_camera.found import find_node  # noqa: PLC0415
            from devices.document_camera.stills import CameraStills  # noqa: PLC0415

            node = find_node(settings["path"], settings["avoid"])
            return CameraStills(open_capture(node, v4l2=True), node)


class Session:
    """One life of the source: the main thread grabs and shows, another looks and takes."""

    def __init__(self, parent: Parent, source: StillSource) -> None:
        """Memory comes from the parent's descriptors `ring_fd` and `page_fd`."""
        self._parent = parent
        self._source = source
        self._ring = FrameRing(preview.LAYOUT, parent.settings["ring_fd"])
        self._memory = mmap.mmap(parent.settings["page_fd"], wire.MAX_JPEG_BYTES)
        for name in ("ring_fd", "page_fd"):
            os.close(parent.settings[name])
        self._fresh = threading.Condition()
        self._newest: Image | None = None
        self._ended = False
        self._asked_at: float | None = None
        self._looker = Looker()
        self._dropped = 0

    def run(self) -> None:
        """Work until the parent is gone; raises `DeviceError` when the source ends."""
        looking = threading.Thread(target=self._look_on, name="looking")
        looking.start()
        try:
            self._feed()
        finally:
            with self._fresh:
                self._ended = True
                self._fresh.notify()
            looking.join()

    def _feed(self) -> None:
        first = True
        while self._heard() and not self._ended:
            captured_at = self._source.grab()
            image = self._source.image()
            if image is None:
                continue
            if first:
                self._parent.tell(ONLINE + self._source.detail.encode())
                first = False
            self._show(image, captured_at)
            with self._fresh:
                self._newest = image
                self._fresh.notify()

    def _heard(self) -> bool:
        """Take what the parent asks for; False when it is gone."""
        link = self._parent.link
        while select.select((link,), (), (), 0)[0]:
            try:
                message = link.recv(_MAX_ASKED)
            except OSError:
                return False
            if not message:
                return False
            if message == wire.TAKE:
                self._asked_at = time.monotonic()
            else:
                ask = getattr(self._source, "ask", None)
                if ask is not None:
                    ask(message)
        return True

    def _show(self, image: Image, captured_at: float) -> None:
        slot = self._ring.take()
        if slot is None:
            self._dropped += 1
            return
        preview.write(image, self._ring.frame(slot))
        self._parent.tell(FRAME_MESSAGE.pack(FRAME, slot, captured_at, self._dropped))

    def _look_on(self) -> None:
        try:
            while (image := self._next()) is not None:
                asked_at = self._asked_at
                if asked_at is None:
                    begun = time.monotonic()
                    self._parent.tell(wire.pack_look(self._looker.look(image)))
                    self._rest(time.monotonic() - begun)
                else:
                    self._take(image, asked_at)
        except OSError:
            return  # The parent is gone: the main thread sees it as well.
        finally:
            self._ended = True

    def _rest(self, looked_s: float) -> None:
        """Leave the processor to the call beside for as long as the look took."""
        until = time.monotonic() + min(looked_s, _MOST_REST_S)
        with self._fresh:
            while self._asked_at is None and not self._ended:
                left_s = until - time.monotonic()
                if left_s <= 0:
                    return
                self._fresh.wait(left_s)

    def _next(self) -> Image | None:
        with self._fresh:
            while self._newest is None and not self._ended:
                self._fresh.wait(_IDLE_S)
            image, self._newest = self._newest, None
            return None if self._ended else image

    def _take(self, image: Image, asked_at: float) -> None:
        try:
            page = self._looker.take(image)
        except PageRefused as refused:
            patient = refused.advice in (Advice.HOLD_STILL, Advice.SHARPER, Advice.NO_PAGE)
            if patient and time.monotonic() - asked_at < TRY_FOR_S:
                return
            self._asked_at = None
            self._parent.tell(wire.pack_refused(refused.advice))
            return
        self._asked_at = None
        self._memory[: len(page.jpeg)] = page.jpeg
        self._parent.tell(wire.pack_page(page))


def main(arguments: list[str]) -> int:
    """Run as `python -m devices.document_camera.child FD SETTINGS`."""
    cv2.setNumThreads(1)
    parent = Parent(arguments)
    try:
        source = open_source(parent.settings)
        try:
            Session(parent, source).run()
        finally:
            source.close()
    except DeviceError as error:
        parent.tell_fault(error)
    except MemoryError:
        parent.tell_fault(DeviceError(DeviceState.HARDWARE_ERROR, "out of memory"))
    except (BrokenPipeError, ConnectionError):
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
