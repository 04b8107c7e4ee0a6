"""The booth's camera in a rehearsal: its own pictures, with a clock that machines can read.

Whatever camera it is, each picture carries the moment at which it came from the driver: sent back
by the robot, it tells how long the way was. The exposure before and the screen after are not in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from devices.camera import strip
from devices.camera.interface import Camera
from devices.picture import Picture, PictureSink, Plane
from devices.status import Capabilities, DeviceKind, DeviceStatus

OLDEST_S = 10.0
"""A strip that tells of a longer way is some other clock's."""


class MarkedCamera:
    """A `Camera` over another."""

    def __init__(self, camera: Camera) -> None:
        """Open nothing yet."""
        self._camera = camera

    @property
    def kind(self) -> DeviceKind:
        """Its class."""
        return self._camera.kind

    @property
    def status(self) -> DeviceStatus:
        """How the camera is now."""
        return self._camera.status

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        return self._camera.capabilities

    @property
    def dropped(self) -> int:
        """Frames lost since the camera was made."""
        return self._camera.dropped

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` at each change of status."""
        self._camera.on_status(listener)

    async def found(self) -> tuple[str, ...]:
        """Names of what is plugged in now."""
        return await self._camera.found()

    def retry(self) -> None:
        """Try again now."""
        self._camera.retry()

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        """Open the device; every frame goes to `sink`, marked."""
        await self._camera.start(
            lambda picture: sink(marked(picture)), width=width, height=height, rate=rate
        )

    async def stop(self) -> None:
        """Close the device."""
        await self._camera.stop()


def marked(picture: Picture) -> Picture:
    """Return the picture with the time it was captured at in its strip; as it is when too small."""
    if picture.width < strip.MIN_WIDTH_PX or picture.height < strip.MIN_HEIGHT_PX:
        return picture
    luma = picture.planes[0]
    rows = np.frombuffer(luma.data, np.uint8, luma.stride * picture.height)
    copy = rows.reshape(picture.height, luma.stride).copy()
    strip.draw(copy[:, : picture.width], int(picture.captured_at * 1000))
    plane = Plane(copy.data.cast("B"), luma.stride)
    kept = (copy, picture.keep_alive)
    return replace(picture, planes=(plane, *picture.planes[1:]), keep_alive=kept)


def age_s(picture: Picture) -> float | None:
    """Return how long ago a marked picture was captured; None where no strip of ours is read."""
    luma = picture.planes[0]
    rows = np.frombuffer(luma.data, np.uint8, luma.stride * picture.height)
    told = strip.read(rows.reshape(picture.height, luma.stride)[:, : picture.width])
    if told is None:
        return None
    age = strip.age_ms(told, int(time.monotonic() * 1000) % (1 << strip.BITS)) / 1000
    return age if 0 <= age <= OLDEST_S else None
