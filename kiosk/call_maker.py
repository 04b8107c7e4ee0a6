"""Makes calls; what they need is loaded once Home is on the screen: it takes as long as Home."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.picture import PictureSink
from kiosk.calls.status import CallStatus
from kiosk.link.line import Line
from kiosk.link.messages import EndReason
from kiosk.link.signals import SignalChannel
from kiosk.settings import KioskSettings

if TYPE_CHECKING:
    from devices.camera.interface import Camera
    from devices.sound.interface import Sound
    from kiosk.calls.call import Call

#: Home is there by then, and nobody has read it yet. A call that comes sooner loads at once.
PRELOAD_AFTER_S = 2.0

#: What takes long: aiortc, libav, NumPy and what they need, 0.3 s and 40 MB in all.
HEAVY = ("kiosk.calls.call", "devices.camera.process", "devices.sound.simulated")


@dataclass(frozen=True, slots=True)
class Devices:
    """Camera and sound of the booth; closed between calls."""

    camera: Camera
    sound: Sound

    @property
    def simulated(self) -> tuple[str, ...]:
        """Which of them are not real."""
        statuses = {
            "camera": self.camera.status,
            "microphone": self.sound.microphone_status,
            "loudspeaker": self.sound.loudspeaker_status,
        }
        return tuple(name for name, status in statuses.items() if status.simulated)


class SignalledCall:
    """A call with the signalling channel that belongs to it, opened and closed together."""

    def __init__(self, channel: SignalChannel, call: Call) -> None:
        """Neither has begun."""
        self._channel = channel
        self._call = call

    async def run(self) -> EndReason:
        """Talk until it ends; camera, sound and channel are released when this returns."""
        async with self._channel:
            return await self._call.run()

    async def hang_up(self) -> None:
        """End the call: `run` returns `EndReason.RESIDENT`."""
        await self._call.hang_up()

    def set_muted(self, muted: bool) -> None:
        """Close or open the microphone."""
        self._call.set_muted(muted)

    async def write(self, text: str) -> bool:
        """Send a written message; False when there is no way to the agent now."""
        return await self._call.write(text)


class CallMaker:
    """The `CallMaker` of a visit; lives on the loop."""

    def __init__(self, settings: KioskSettings, line: Line, on_devices: Callable[[], None]) -> None:
        """`on_devices` is called once it is known which devices are simulated."""
        self._settings = settings
        self._line = line
        self._on_devices = on_devices
        self._devices: Devices | None = None

    @property
    def simulated(self) -> tuple[str, ...]:
        """Which devices are not real; none until they are known."""
        return () if self._devices is None else self._devices.simulated

    async def preload(self) -> None:
        """Load what a call needs, in good time."""
        await asyncio.sleep(PRELOAD_AFTER_S)
        for name in HEAVY:
            await asyncio.to_thread(importlib.import_module, name)
        self._known_devices()

    def set_volume(self, volume: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""
        self._known_devices().sound.set_volume(volume)

    def __call__(
        self,
        agency: str,
        ticket: str,
        *,
        remote: PictureSink,
        self_view: PictureSink,
        on_change: Callable[[CallStatus], None],
        on_written: Callable[[str], None],
    ) -> SignalledCall:
        """Return a call that has not begun."""
        from kiosk.calls.call import Call  # noqa: PLC0415

        devices = self._known_devices()
        channel = SignalChannel(self._line, agency, self._settings.booth.id, ticket, "booth")
        call = Call(
            channel,
            devices.camera,
            devices.sound,
            self._settings.call,
            remote,
            self_view,
            on_change,
            on_written=on_written,
        )
        return SignalledCall(channel, call)

    def _known_devices(self) -> Devices:
        if self._devices is None:
            from devices.camera import open_camera  # noqa: PLC0415
            from devices.sound import open_sound  # noqa: PLC0415

            sources = self._settings.sound
            cache = self._settings.booth.state_folder.expanduser() / "speech"
            self._devices = Devices(
                open_camera(self._settings.camera.source),
                open_sound(sources.microphone, sources.loudspeaker, cache=cache),
            )
            # Not from within whatever touch or change asked for them.
            asyncio.get_running_loop().call_soon(self._on_devices)
        return self._devices
