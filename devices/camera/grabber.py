"""The camera's child process: opens the source and fills shared memory, frame by frame."""

from __future__ import annotations

import os
import sys
from typing import Any

from devices.camera.i420 import Layout
from devices.camera.ring import FRAME, FRAME_MESSAGE, FrameRing
from devices.camera.source import FrameSource
from devices.parent import Parent, serve


def open_source(settings: dict[str, Any]) -> FrameSource:
    """The source that the parent asks for; libraries are imported only where they are used."""
    layout = Layout(settings["width"], settings["height"])
    if settings["kind"] == "file":
        from devices.camera.file import VideoFile  # noqa: PLC0415

        return VideoFile(settings["path"], layout, settings["rate"])
    from devices.camera.opencv import OpenCvCamera, open_capture  # noqa: PLC0415
    from devices.camera.v4l2 import find_node  # noqa: PLC0415

    node = settings["path"] if settings["kind"] == "packets" else find_node(settings["path"])
    capture = open_capture(node, v4l2=settings["kind"] == "v4l2")
    return OpenCvCamera(capture, node, layout, settings["rate"])


def run(parent: Parent) -> None:
    """Feed the parent until it closes the link or the source ends."""
    settings = parent.settings
    ring = FrameRing(Layout(settings["width"], settings["height"]), settings["ring_fd"])
    os.close(settings["ring_fd"])
    source = open_source(settings)
    try:
        feed(parent, ring, source)
    finally:
        source.close()


def feed(parent: Parent, ring: FrameRing, source: FrameSource) -> None:
    """Hand over frames until the parent is gone; raises `DeviceError` when the source ends."""
    dropped = 0
    first = True
    while not parent.gone():
        captured_at = source.grab()
        slot = ring.take()
        if slot is None:
            dropped += 1
            continue
        source.write(ring.frame(slot))
        if first:
            parent.tell_online(source.detail, source.capabilities)
            first = False
        parent.tell(FRAME_MESSAGE.pack(FRAME, slot, captured_at, dropped))


if __name__ == "__main__":
    sys.exit(serve(run))
