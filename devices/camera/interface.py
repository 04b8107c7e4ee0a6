"""What the booth needs of a camera."""

from __future__ import annotations

from typing import Protocol

from devices.device import Device
from devices.picture import PictureSink


class Camera(Device, Protocol):
    """A source of pictures, open only between `start` and `stop`.

    Its capabilities are the mode that was chosen: `width`, `height`, `fps`, `format`.
    """

    @property
    def dropped(self) -> int:
        """Frames lost since the camera was made, because what comes after it did not keep up."""

    async def start(self, sink: PictureSink, *, width: int, height: int, rate: int) -> None:
        """Open the device and give every frame to `sink` until `stop`.

        Never raises for a missing or broken camera: that is a status, and it is tried again.
        """
