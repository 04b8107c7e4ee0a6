"""The parts of the booth that give way before a technician's mode starts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from devices.status import DeviceState
from kiosk.diagnostics.ports import NotNow
from kiosk.hardware import Hardware


class CallDevices:
    """Camera and sound: closed, so that a test can open them."""

    key = "call_devices"
    name = "Caméra et son"
    timeout_s = 5.0

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware

    async def acknowledge(self) -> str:
        """Close them: a visit that has just ended may still be at it."""
        devices = self._hardware.devices
        await asyncio.gather(devices.camera.stop(), devices.sound.stop())
        return "Fermés"

    async def release(self) -> None:
        """A call opens them itself."""


class Printers:
    """Both printers: at rest, so that a resident's paper is out before a test page is printed."""

    key = "printers"
    name = "Imprimantes"
    timeout_s = 20.0

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware
        self._changed = asyncio.Event()
        hardware.on_status(lambda _kind, _status: self._changed.set())

    async def acknowledge(self) -> str:
        """Wait for what is being printed.

        Raises:
            NotNow: it takes too long.
        """
        try:
            async with asyncio.timeout(self.timeout_s - 1):
                while self._busy():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise NotNow("Une impression n'est pas finie.") from None
        return "Au repos"

    async def release(self) -> None:
        """They print when they are asked."""

    def _busy(self) -> bool:
        devices = self._hardware.devices
        printers = (devices.document_printer, devices.ticket_printer)
        return any(
            printer is not None and printer.status.state is DeviceState.DEVICE_BUSY
            for printer in printers
        )


class AgenciesLine:
    """The line to the agencies: it goes on, and is told of."""

    key = "line"
    name = "Liaison avec les organismes"
    timeout_s = 1.0

    def __init__(self, up: Callable[[], bool]) -> None:
        self._up = up

    async def acknowledge(self) -> str:
        """Tell how it is: a booth without its line can be tested all the same."""
        return "Établie" if self._up() else "Coupée"

    async def release(self) -> None:
        """It has gone on."""
