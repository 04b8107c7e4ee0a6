"""Looks at the devices and the line without a running booth: opens each, asks it, closes it."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from devices.device import Device
from devices.status import DeviceState, DeviceStatus
from kiosk.diagnostics.crash.store import read_crashes
from kiosk.diagnostics.readiness.gather import Subject, subject_of
from kiosk.diagnostics.results import TestResults
from kiosk.link.line import Line
from kiosk.settings import KioskSettings

if TYPE_CHECKING:
    from devices.picture import Picture
    from devices.sound.interface import Samples
    from kiosk.hardware import Hardware

#: Longest wait for the devices to open: a camera takes 2 s, PortAudio as long when it is unwell.
OPEN_S = 8.0
#: Longest wait for them to close again; the process ends soon after.
CLOSE_S = 5.0
#: A broker that is there answers within a second; a blocked one never does.
LINE_S = 4.0


@contextlib.asynccontextmanager
async def probed(settings: KioskSettings, folder: Path) -> AsyncIterator[Subject]:
    """Give the booth of `settings` with its devices open; they are closed at the end.

    `folder` is the booth's state folder, if it has one yet. It is only read, for it may be another
    user's: a key made there by root would shut the booth out.

    Raises:
        SettingsError: the site's key or its list of cards can't be read.
    """
    from kiosk.fitting import fit_out  # noqa: PLC0415 - loads every driver.

    with tempfile.TemporaryDirectory(prefix="visio-guichet-") as scratch:
        booth = settings.booth.model_copy(update={"state_folder": Path(scratch)})
        hardware = fit_out(settings.model_copy(update={"booth": booth}), lambda: None)
        try:
            _, line_up = await asyncio.gather(_opened(hardware, settings), _line_up(settings))
            yield subject_of(
                settings,
                hardware,
                folder=_existing(folder),
                running=False,
                line_up=lambda: line_up,
                results=TestResults(folder),
                crashes=lambda: read_crashes(folder),
            )
        finally:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await hardware.stop()


async def _opened(hardware: Hardware, settings: KioskSettings) -> None:
    """Open everything, and wait until each device has said how it is."""
    call = settings.call
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(OPEN_S):
            await asyncio.gather(
                hardware.start(),
                hardware.devices.camera.start(
                    _no_picture, width=call.width, height=call.height, rate=call.rate
                ),
                hardware.devices.sound.start(_no_sound),
            )
            await _settled(hardware.devices.all)


async def _settled(devices: Sequence[Device]) -> None:
    changed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wake(_status: DeviceStatus) -> None:
        loop.call_soon_threadsafe(changed.set)

    for device in devices:
        device.on_status(wake)
    while any(device.status.state is DeviceState.STARTING for device in devices):
        await changed.wait()
        changed.clear()


async def _line_up(settings: KioskSettings) -> bool:
    line = Line(settings.link)
    came = asyncio.Event()
    line.on_state(lambda up: came.set() if up else None)
    line.start()
    try:
        async with asyncio.timeout(LINE_S):
            await came.wait()
    except TimeoutError:
        return False
    finally:
        await line.close()
    return True


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there: its disk is the same."""
    return next((one for one in (folder, *folder.parents) if one.exists()), Path("/"))


def _no_picture(_picture: Picture) -> None:
    """Pictures are counted by the camera itself."""


def _no_sound(_samples: Samples) -> None:
    """Sound is judged by the guided tests."""
