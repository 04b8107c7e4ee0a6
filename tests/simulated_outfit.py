"""A booth's real outfit, its printers and readers simulated: for what stands in front of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from devices.device import Device
from devices.dock import Dockable
from devices.status import DeviceState
from kiosk.outfit import Outfit
from kiosk.settings import KioskSettings

PATIENCE_S = 20.0
"""For a machine that does other work as well."""


class AllDayDevice(Device, Protocol):
    """One that is watched all day long."""

    async def start(self) -> None:
        """Begin to watch it."""


_SIMULATED = {"source": "simulated"}


def simulated_settings(folder: Path, **more: object) -> KioskSettings:
    """Return the settings of a booth whose printers and readers are simulated."""
    kinds = ("camera", "document_printer", "ticket_printer", "card_reader", "code_reader")
    return KioskSettings.model_validate(
        {
            "booth": {"state_folder": str(folder)},
            "sound": {"microphone": "simulated", "loudspeaker": "simulated"},
            **dict.fromkeys(kinds, _SIMULATED),
            **more,
        }
    )


@asynccontextmanager
async def fitted(settings: KioskSettings, *names: str) -> AsyncIterator[Outfit]:
    """An outfit whose devices of these names are ready."""
    outfit = Outfit(settings, lambda: None)
    for name in names:
        device = one(outfit, name)
        await device.start()
        await online(device)
    try:
        yield outfit
    finally:
        await outfit.stop()


def one(outfit: Outfit, name: str) -> AllDayDevice:
    """Return the device of that name."""
    device: AllDayDevice = getattr(outfit.get().devices, name)
    return device


def do(outfit: Outfit, name: str, action: str, argument: str = "") -> None:
    """Do to a simulated device what the dock can do to it."""
    device = one(outfit, name)
    assert isinstance(device, Dockable)
    device.actions[action].run(argument)


async def online(device: Device) -> None:
    """Wait until a device can be used."""
    await until(device, lambda: device.status.state is DeviceState.ONLINE)


async def until(device: Device, condition: Callable[[], bool]) -> None:
    """Wait until it holds; looked at whenever the device tells of itself."""
    there = asyncio.Event()
    device.on_status(lambda _status: there.set() if condition() else None)
    if not condition():
        await asyncio.wait_for(there.wait(), PATIENCE_S)
