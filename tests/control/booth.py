"""A booth's control server with devices that only the test knows, served on the test's loop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from devices.dock import Action, Cable, number
from devices.status import Capabilities, DeviceKind, DeviceState, DeviceStatus
from kiosk.control.booth import BoothHandlers
from kiosk.control.server import ControlServer
from kiosk.diagnostics.readiness.gather import Subject
from kiosk.diagnostics.results import TestResults
from kiosk.dock import Dock


class Toy:
    """A simulated device of any kind, with a cable and a speed."""

    def __init__(self, kind: DeviceKind, *, simulated: bool = True) -> None:
        self.kind = kind
        self.simulated = simulated
        self.cable = Cable()
        self.speed = 1.0
        self.reasons: tuple[str, ...] = ()
        self.broken: DeviceState | None = None

    @property
    def status(self) -> DeviceStatus:
        plugged = DeviceState.ONLINE if self.cable.plugged else DeviceState.NO_DEVICE
        state = self.broken or plugged
        return DeviceStatus(state, self.simulated, reasons=self.reasons)

    @property
    def capabilities(self) -> Capabilities:
        return {}

    @property
    def actions(self) -> Mapping[str, Action]:
        return {**self.cable.actions(), "slow": number(self._slow, "a factor", 1, 10)}

    def _slow(self, factor: float) -> None:
        self.speed = factor

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        pass

    async def found(self) -> tuple[str, ...]:
        return ("toy",) if self.cable.plugged else ()

    def retry(self) -> None:
        pass

    async def stop(self) -> None:
        pass


REQUIRED = (
    DeviceKind.CAMERA,
    DeviceKind.MICROPHONE,
    DeviceKind.LOUDSPEAKER,
    DeviceKind.SCREEN,
)


def toys(*, simulated: bool = True) -> dict[DeviceKind, Toy]:
    """Return the devices of a complete booth."""
    return {kind: Toy(kind, simulated=simulated) for kind in REQUIRED}


def subject(folder: Path, devices: Mapping[DeviceKind, Toy], *, running: bool = True) -> Subject:
    """Return a booth that has `devices` and whose line is up."""
    return Subject(
        booth="pvp-test",
        place_name="Essai",
        folder=folder,
        running=running,
        devices=tuple(devices.values()),
        expected=frozenset(devices),
        evidence=lambda device: device.status,
        line_up=lambda: True,
        results=TestResults(folder),
        crashes=tuple,
    )


class _Devices:
    def __init__(self, devices: Mapping[DeviceKind, Toy]) -> None:
        self.all = tuple(devices.values())


class _Hardware:
    """The part of the booth's hardware that its dock looks at."""

    def __init__(self, devices: Mapping[DeviceKind, Toy]) -> None:
        self.devices = _Devices(devices)


@asynccontextmanager
async def serving(
    folder: Path, devices: Mapping[DeviceKind, Toy], *, dock: bool = True
) -> AsyncIterator[ControlServer]:
    """Serve the booth's socket in `folder`."""
    hardware = _Hardware(devices)
    docked = Dock(lambda: hardware, lambda: None) if dock else None  # type: ignore[arg-type, return-value]
    server = ControlServer(folder, BoothHandlers(lambda: subject(folder, devices), docked))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
