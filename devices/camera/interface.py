"""What the booth needs of a camera."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.picture import PictureSink
from devices.status import DeviceStatus


class Camera(Protocol):
    """A source of pictures, open only between `start` and `stop`."""

    @property
    def status(self) -> DeviceStatus:
        """How the camera is now; readable from any thread."""

    @property
    def dropped(self) -> int:
        """Frames lost since the camera was made, because what comes after it did not keep up."""

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` at each change of status, from any thread."""

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        """Open the device and give every frame to `sink` until `stop`.

        Never raises for a missing or broken camera: that is a status, and it is tried again.
        """

    async def stop(self) -> None:
        """Close the device; when this returns no process holds it open. Safe to call twice."""
