"""The rehearsal before a resident's place in a queue is spent: do picture and sound come at all?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.picture import Picture
from devices.sound.interface import Samples
from devices.status import DeviceState, DeviceStatus
from kiosk.hardware import Devices
from kiosk.log import get_logger
from kiosk.settings.booth import CallSettings

PICTURES = 3
"""One may be left over from before; three are a camera at work."""
SOUND_FRAMES = 10
"""100 ms of the microphone."""

_log = get_logger(__name__)


@dataclass(slots=True)
class _Seen:
    """What has come so far."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    pictures: int = 0
    sound_frames: int = 0


class ShortRehearsal:
    """`kiosk.visit.ports.Rehearsal`: ends as soon as all is well, or known not to be.

    What is wrong is in the devices' statuses, which `kiosk.hardware.Hardware` remembers after they
    are closed.
    """

    def __init__(
        self, devices: Callable[[], Devices], settings: CallSettings, limit_s: float
    ) -> None:
        """`devices` gives them when first needed; `limit_s` 0: nothing is tried."""
        self._devices = devices
        self._settings = settings
        self._limit_s = limit_s

    async def __call__(self) -> None:
        """Open camera and sound as a call does, look, and close them again. Never raises."""
        if self._limit_s <= 0:
            return
        try:
            devices = self._devices()
            try:
                async with asyncio.timeout(self._limit_s):
                    await self._look(devices)
            except TimeoutError:
                _log.warning("rehearsal ran out of time", timeout_s=self._limit_s)
            finally:
                await _closed(devices)
        except Exception as error:  # noqa: BLE001 - a visit goes on without having tried anything
            _log.exception("rehearsal failed", error=error)

    async def _look(self, devices: Devices) -> None:
        seen = _Seen()
        loop = asyncio.get_running_loop()

        def picture(_picture: Picture) -> None:
            seen.pictures += 1
            if seen.pictures == PICTURES:  # On a thread of the camera's.
                loop.call_soon_threadsafe(seen.changed.set)

        def sound(_samples: Samples) -> None:
            seen.sound_frames += 1
            seen.changed.set()

        settings = self._settings
        await asyncio.gather(
            devices.camera.start(
                picture, width=settings.width, height=settings.height, rate=settings.rate
            ),
            devices.sound.start(sound),
        )
        while not _known(devices, seen):
            seen.changed.clear()
            try:
                async with asyncio.timeout(_STATUS_S):
                    await seen.changed.wait()
            except TimeoutError:
                continue


_STATUS_S = 0.05
"""A device that is lost sends nothing: its status is looked at this often."""


def _known(devices: Devices, seen: _Seen) -> bool:
    sound = devices.sound
    camera = seen.pictures >= PICTURES or devices.camera.status.state.faulty
    microphone = seen.sound_frames >= SOUND_FRAMES or sound.microphone_status.state.faulty
    return camera and microphone and _told(sound.loudspeaker_status)


def _told(status: DeviceStatus) -> bool:
    return status.state is DeviceState.ONLINE or status.state.faulty


async def _closed(devices: Devices) -> None:
    """Close both to the end, also when the resident leaves meanwhile."""
    closing = asyncio.gather(devices.camera.stop(), devices.sound.stop(), return_exceptions=True)
    cancelled = False
    while not closing.done():
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            cancelled = True
    for result in closing.result():
        if isinstance(result, Exception):
            _log.error("device did not close", error=result)
    if cancelled:
        raise asyncio.CancelledError
