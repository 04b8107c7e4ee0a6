"""What all guided tests share: steps that the booth or a person judges, hints, and one ending."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from devices.device import Device
from devices.status import DeviceError, DeviceKind, DeviceState, DeviceStatus
from kiosk.diagnostics.printer_words import matters
from kiosk.diagnostics.readiness import words
from kiosk.diagnostics.view import Surface

READY_WITHIN_S = 8.0
"""A camera or a sound device that works opens in a second; a busy machine takes a few."""
GRACE_S = 3.0
"""A device whose cable was just put in again is back within this; its old fault counts no more."""


class Fault(Exception):
    """The booth has found a fault: the message says what to do about it, in plain French."""


class Live(Protocol):
    """What a step shows while it goes on."""

    def show(self, *figures: tuple[str, str], level: float | None = None) -> None:
        """Show these figures (name and value in words) and, for a bar, a level from 0 to 1."""


@dataclass(frozen=True, slots=True)
class GuidedStep:
    """One thing to do or to look at."""

    sentence: str
    hint: str
    """What to try when it does not work."""
    watch: Callable[[Live], Awaitable[None]] | None = None
    """Measures and shows. Where the booth judges, its return is a success and `Fault` or
    `DeviceError` a failure; where a person does, it may go on for ever."""
    asks_person: bool = False
    surface: Surface = Surface.NONE


class DeviceTest(Protocol):
    """The test of one device."""

    @property
    def steps(self) -> Sequence[GuidedStep]:
        """In their order."""

    async def open(self) -> None:
        """Take hold of what the steps need."""

    async def close(self) -> None:
        """Let go of it; called also when `open` failed or was cancelled half-way."""


class Relay:
    """Passes a device's events on to the test that runs: devices know no unsubscribing."""

    def __init__(self) -> None:
        self._listener: Callable[[object], None] | None = None

    def __call__(self, event: object) -> None:
        """An event of the device."""
        if self._listener is not None:
            self._listener(event)

    def listen(self, listener: Callable[[object], None] | None) -> None:
        """Pass events to `listener` from now on; None: to nobody."""
        self._listener = listener


async def ready(device: Device, within_s: float = READY_WITHIN_S) -> None:
    """Wait until a device that was opened works; one that was lost is looked for anew.

    Raises:
        Fault: it does not; says why.
    """
    clock = asyncio.get_running_loop().time
    begun = clock()
    device.retry()
    while not _open(device.status):
        waited = clock() - begun
        if waited > within_s or (device.status.state.faulty and waited > GRACE_S):
            raise Fault(fault_words(device.kind, device.status))
        await asyncio.sleep(_LOOK_S)


_LOOK_S = 0.05


def _open(status: DeviceStatus) -> bool:
    # An open device that can't say how it is, such as a mute printer, has no fault for that.
    silent = status.state is DeviceState.UNKNOWN and bool(status.detail)
    return silent or status.state in (DeviceState.ONLINE, DeviceState.DEVICE_BUSY)


def fault_words(kind: DeviceKind, status: DeviceStatus) -> str:
    """« Caméra : branchez l'appareil… », « Imprimante A4 : plus de papier. Remplissez le bac… »."""
    state = status.state if status.state.faulty else DeviceState.OFFLINE
    advice = words.hint(kind, state, status.reasons)
    told = ", ".join(matters(status.reasons))
    what = f"{told}. {advice}" if told else f"{advice[0].lower()}{advice[1:]}"
    return f"{words.NAMES[kind]} : {what}"


def error_words(kind: DeviceKind, error: DeviceError) -> str:
    """The same of an error that a driver raised."""
    return fault_words(kind, DeviceStatus(error.state))
