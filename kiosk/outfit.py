"""The booth's hardware, made once Home is on the screen, or as soon as somebody needs it."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar, get_args

from devices.card_reader.interface import CardEvent
from devices.code_reader.interface import Code
from devices.picture import Picture, PictureSink
from devices.screen.interface import ScreenFacts
from devices.status import DeviceKind
from kiosk.link.messages import DeviceName
from kiosk.settings import KioskSettings
from kiosk.visit.snapshot import CallView

_Told = TypeVar("_Told")

_NAMES: dict[DeviceKind, DeviceName] = {DeviceKind(name): name for name in get_args(DeviceName)}

if TYPE_CHECKING:
    from kiosk.hardware import Hardware

#: Home is there by then, and nobody has read it yet. A call that comes sooner loads at once.
PRELOAD_AFTER_S = 2.0

#: What takes long: aiortc, libav, NumPy and what they need, 0.3 s and 40 MB in all.
HEAVY = (
    "kiosk.calls.call",
    "kiosk.fitting",
    "devices.camera.process",
    "devices.sound.simulated",
    "kiosk.resident_side",
    "kiosk.service_side",
)


class Outfit:
    """The hardware, and what comes to it through the window; lives on the loop."""

    def __init__(self, settings: KioskSettings, on_change: Callable[[], None]) -> None:
        """`on_change` is called once the devices are known, and at each change of theirs."""
        self._settings = settings
        self._on_change = on_change
        self._hardware: Hardware | None = None
        self._screen: ScreenFacts | None = None
        self._screen_told = False
        self._handset_listeners: list[Callable[[bool], None]] = []
        self._code_listeners: list[Callable[[Code], None]] = []
        self._card_listeners: list[Callable[[CardEvent], None]] = []

    @property
    def known(self) -> Hardware | None:
        """The hardware; None until it is made."""
        return self._hardware

    @property
    def simulated(self) -> tuple[DeviceKind, ...]:
        """Which kinds of devices are not real; none until they are known."""
        return () if self._hardware is None else self._hardware.simulated

    @property
    def lost(self) -> tuple[DeviceKind, ...]:
        """Which kinds can't be used though they should; none until they are known."""
        return () if self._hardware is None else self._hardware.lost

    @property
    def lost_names(self) -> tuple[DeviceName, ...]:
        """The same, as the agencies are told."""
        return tuple(_NAMES[kind] for kind in self.lost)

    def on_code(self, listener: Callable[[Code], None]) -> None:
        """Call `listener` with each code that a code reader sees."""
        self._code_listeners.append(listener)

    def on_card(self, listener: Callable[[CardEvent], None]) -> None:
        """Call `listener` as cards come and go."""
        self._card_listeners.append(listener)

    def on_handset(self, listener: Callable[[bool], None]) -> None:
        """Call `listener` as the handset is lifted (True) and hung up."""
        self._handset_listeners.append(listener)

    def get(self) -> Hardware:
        """The hardware; made now where it is not yet there."""
        if self._hardware is None:
            from kiosk.fitting import fit_out  # noqa: PLC0415

            self._hardware = fit_out(self._settings, self._on_change)
            if self._screen_told:
                self._hardware.devices.screen.told(self._screen)
            if (handset := self._hardware.devices.handset) is not None:
                handset.on_hook(self._use_handset)
            if (codes := self._hardware.devices.code_reader) is not None:
                codes.on_code(partial(_tell, self._code_listeners))
            if (cards := self._hardware.devices.card_reader) is not None:
                cards.on_card(partial(_tell, self._card_listeners))
            # Not from within whatever touch or change asked for them.
            asyncio.get_running_loop().call_soon(self._on_change)
        return self._hardware

    async def preload(self) -> None:
        """Load what a call needs in good time, and begin to watch what is watched all day."""
        await asyncio.sleep(PRELOAD_AFTER_S)
        for name in HEAVY:
            await asyncio.to_thread(importlib.import_module, name)
        await self.get().start()

    def set_volume(self, volume: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""
        self.get().devices.sound.set_volume(volume)

    async def rehearse(self) -> None:
        """Try camera and sound shortly, before a place in a queue is spent."""
        from kiosk.diagnostics.rehearsal.short import ShortRehearsal  # noqa: PLC0415

        limit_s = self._settings.diagnostics.before_queue_s
        await ShortRehearsal(lambda: self.get().devices, self._settings.call, limit_s)()

    async def look_for_codes(self, own: PictureSink) -> None:
        """Look for codes with the booth's camera until cancelled; its picture goes to `own`."""
        devices, call = self.get().devices, self._settings.call
        reader, camera = devices.code_reader, devices.camera
        if reader is None:
            return

        def seen(picture: Picture) -> None:
            own(picture)
            reader.look(picture)

        try:
            await camera.start(seen, width=call.width, height=call.height, rate=call.rate)
            await asyncio.Event().wait()
        finally:
            try:
                await camera.stop()
            finally:
                reader.forget()

    async def ring(self) -> None:
        """Ring until cancelled: somebody is called back here."""
        from kiosk.ringing import ring  # noqa: PLC0415

        sound = self.get().devices.sound
        sound.set_volume(CallView().volume)
        await ring(sound)

    def hang_up_lost_handset(self) -> None:
        """A visit is over: nobody can tell whether a lost handset is lifted, the next is aloud."""
        handset = None if self._hardware is None else self._hardware.devices.handset
        if handset is not None and handset.status.state.faulty:
            self._use_handset(False)

    async def stop(self) -> None:
        """Close every device."""
        if self._hardware is not None:
            await self._hardware.stop()

    async def screen_told(self, facts: ScreenFacts | None) -> None:
        """The interface tells of the screen it is shown on."""
        self._screen, self._screen_told = facts, True
        if self._hardware is not None:
            self._hardware.devices.screen.told(facts)

    async def key_handset(self, lifted: bool) -> None:
        """The key that stands for the handset's hook went down or up."""
        handset = None if self._hardware is None else self._hardware.devices.handset
        if handset is not None:
            handset.key(lifted)

    async def typed_code(self, text: str) -> None:
        """A scanner that types has typed a line."""
        reader = None if self._hardware is None else self._hardware.devices.code_reader
        if reader is not None:
            reader.typed(text)

    def _use_handset(self, lifted: bool) -> None:
        self.get().devices.sound.use_handset(lifted)
        for listener in self._handset_listeners:
            listener(lifted)


def _tell(listeners: Sequence[Callable[[_Told], None]], what: _Told) -> None:
    for listener in listeners:
        listener(what)
