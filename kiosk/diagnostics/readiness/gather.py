"""Gathers the report from the booth's devices, its line and the machine, each within its time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devices.device import Device
from devices.status import DeviceKind, DeviceState, DeviceStatus
from kiosk.diagnostics.crash.record import CrashRecord
from kiosk.diagnostics.readiness.facts import last_wipe, machine, versions
from kiosk.diagnostics.readiness.judge import REQUIRED, judge
from kiosk.diagnostics.readiness.report import (
    MAX_CRASHES,
    CrashReport,
    DeviceReport,
    LastTest,
    OtherPart,
    Part,
    Readiness,
)
from kiosk.diagnostics.results import TestResults
from kiosk.hardware import Hardware
from kiosk.log import get_logger
from kiosk.settings import KioskSettings

_log = get_logger(__name__)

#: Longest look for one device: PortAudio and PC/SC take a second or two when they are unwell.
LOOK_S = 5.0

Tell = Callable[[Part, int, int], None]
"""Told of each part that is known, with how many are, and of how many."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The booth that a report is about."""

    booth: str
    place_name: str
    folder: Path
    """Where it keeps its state."""
    running: bool
    devices: Sequence[Device]
    """Every device that is there, or may be."""
    expected: frozenset[DeviceKind]
    """The kinds that have to be there."""
    evidence: Callable[[Device], DeviceStatus]
    """How a device is, or how it was found to be when it was last open."""
    line_up: Callable[[], bool | None]
    results: TestResults
    crashes: Callable[[], Sequence[CrashRecord]]
    """The last first."""
    clock_offset_s: Callable[[], float | None] = lambda: None


def subject_of(
    settings: KioskSettings,
    hardware: Hardware,
    *,
    folder: Path,
    running: bool,
    line_up: Callable[[], bool | None],
    results: TestResults,
    crashes: Callable[[], Sequence[CrashRecord]],
    clock_offset_s: Callable[[], float | None] = lambda: None,
) -> Subject:
    """Return the booth of `settings` with that hardware, for a report about it."""
    return Subject(
        booth=settings.booth.id,
        place_name=settings.booth.place_name,
        folder=folder,
        running=running,
        devices=hardware.devices.all,
        expected=hardware.expected,
        evidence=hardware.evidence,
        line_up=line_up,
        results=results,
        crashes=crashes,
        clock_offset_s=clock_offset_s,
    )


async def gather(subject: Subject, tell: Tell, *, accept_simulated: bool = False) -> Readiness:
    """Return the report; takes `LOOK_S` and a little at most.

    `accept_simulated`: devices that are simulated do not keep the public out, as in tests.
    """
    kinds = _by_kind(subject.devices)
    count = _Count(tell, len(kinds) + len(OtherPart))
    expected = subject.expected | REQUIRED
    looked = await asyncio.gather(
        *(_device(_telling(same, subject), subject, expected, count) for same in kinds.values())
    )
    devices = (*looked, *_absent(looked, expected))
    line_up = subject.line_up()
    count.known(OtherPart.LINE)
    computer = await asyncio.to_thread(
        machine, subject.folder, clock_offset_s=subject.clock_offset_s()
    )
    count.known(OtherPart.MACHINE)
    wipe = await asyncio.to_thread(last_wipe, subject.folder)
    reasons = judge(
        devices,
        running=subject.running,
        line_up=line_up,
        machine=computer,
        wipe=wipe,
        accept_simulated=accept_simulated,
    )
    return Readiness(
        at=time.time(),
        booth=subject.booth,
        place_name=subject.place_name,
        running=subject.running,
        ready=not reasons,
        reasons=reasons,
        devices=devices,
        line_up=line_up,
        versions=await asyncio.to_thread(versions),
        machine=computer,
        wipe=wipe,
        crashes=tuple(_told(crash) for crash in subject.crashes()[:MAX_CRASHES]),
    )


class _Count:
    """How far the report is."""

    def __init__(self, tell: Tell, of: int) -> None:
        self._tell = tell
        self._of = of
        self._done = 0

    def known(self, part: Part) -> None:
        """One more part is known."""
        self._done += 1
        self._tell(part, self._done, self._of)


def _by_kind(devices: Iterable[Device]) -> dict[DeviceKind, list[Device]]:
    kinds: dict[DeviceKind, list[Device]] = {}
    for device in devices:
        kinds.setdefault(device.kind, []).append(device)
    return kinds


def _telling(devices: Sequence[Device], subject: Subject) -> Device:
    """Return the device that stands for its kind: one that is broken, else the last.

    A handset's own sound comes before its hook, and is not there in every booth.
    """
    for device in devices:
        state = subject.evidence(device).state
        if state.faulty and state is not DeviceState.NO_DEVICE:
            return device
    return devices[-1]


async def _device(
    device: Device, subject: Subject, expected: frozenset[DeviceKind], count: _Count
) -> DeviceReport:
    status = subject.evidence(device)
    # Only the booth's own window knows its screen.
    blind = device.kind is DeviceKind.SCREEN and not subject.running
    connected = None if blind else await _connected(device, status)
    last = subject.results.last(device.kind)
    count.known(device.kind)
    return DeviceReport(
        kind=device.kind,
        expected=device.kind in expected,
        connected=connected,
        simulated=status.simulated,
        state=status.state,
        detail=status.detail[:400],
        reasons=tuple(reason[:120] for reason in status.reasons[:20]),
        last_test=None if last is None else LastTest(at=last.at, outcome=last.outcome),
    )


async def _connected(device: Device, status: DeviceStatus) -> bool | None:
    """Tell whether a device is there: it says so itself while it is open, else it is looked for."""
    if status.state in (DeviceState.ONLINE, DeviceState.DEVICE_BUSY, DeviceState.USER_ERROR):
        return True
    if status.state in (DeviceState.NO_DEVICE, DeviceState.OFFLINE, DeviceState.POWER_OFF):
        return False
    try:
        async with asyncio.timeout(LOOK_S):
            return bool(await device.found())
    except TimeoutError:
        return None
    except Exception as error:  # noqa: BLE001 (one driver's bug must not cost the report)
        _log.warning("device not looked for", device=device.kind.value, error=error)
        return None


def _absent(
    looked: Iterable[DeviceReport], expected: frozenset[DeviceKind]
) -> tuple[DeviceReport, ...]:
    """Return the kinds that have to be there, and of which the booth has no device at all."""
    there = {device.kind for device in looked}
    return tuple(
        DeviceReport(kind=kind, expected=True, connected=False, state=DeviceState.NO_DEVICE)
        for kind in DeviceKind
        if kind in expected - there
    )


def _told(crash: CrashRecord) -> CrashReport:
    return CrashReport(
        at=crash.ended, cause=crash.cause, place=crash.stack[0] if crash.stack else ""
    )
