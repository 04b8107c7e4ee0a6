"""What all code readers have in common: listeners, and the sieve before them."""

from __future__ import annotations

import time
from collections.abc import Callable

from devices.code_reader.interface import Code
from devices.code_reader.sieve import Sieve
from devices.device import SupervisedDevice
from devices.hotplug import HotPlug
from devices.listeners import tell_all
from devices.picture import Picture
from devices.status import DeviceKind
from devices.supervisor import Backoff, Driver


class SievedReader(SupervisedDevice):
    """Tells listeners of each code once; ignores pictures and typed lines unless it is for them."""

    kind = DeviceKind.CODE_READER

    def __init__(
        self,
        driver: Driver,
        *,
        simulated: bool = False,
        hotplug: HotPlug | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        """Nothing is opened until `start`."""
        super().__init__(driver, simulated=simulated, hotplug=hotplug, backoff=backoff)
        self._listeners: list[Callable[[Code], None]] = []
        self._sieve = Sieve()

    def on_code(self, listener: Callable[[Code], None]) -> None:
        """Call `listener` on the loop with each code."""
        self._listeners.append(listener)

    def look(self, picture: Picture) -> None:
        """Has other eyes."""

    def typed(self, text: str) -> None:
        """Is no keyboard."""

    def forget(self) -> None:
        """Nothing of what was read stays."""
        self._sieve.forget()

    async def start(self) -> None:
        """Begin to look."""
        await self._begin()

    async def stop(self) -> None:
        """Close it, and forget what was read."""
        await super().stop()
        self.forget()

    def _read(self, text: str, symbology: str) -> None:
        code = self._sieve.take(text, symbology, time.monotonic())
        if code is not None:
            tell_all(self._listeners, code, "code reader")
