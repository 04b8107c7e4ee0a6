"""What the booth knows of its devices: which are lost, which are simulated, and what mends that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from devices.screen import open_screen
from devices.screen.interface import ScreenFacts
from devices.status import DeviceKind, DeviceState, DeviceStatus
from kiosk import hardware as module
from kiosk.hardware import Devices, Hardware, meant


class Memory:
    """A device that is how the test says."""

    capabilities: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, kind: DeviceKind) -> None:
        self.kind = kind
        self.status = DeviceStatus()
        self.there: tuple[str, ...] = ()
        self.broken = False
        self.asked: list[str] = []
        self._listeners: list[Callable[[DeviceStatus], None]] = []

    def become(self, state: DeviceState, *, simulated: bool = False) -> None:
        self.status = DeviceStatus(state, simulated)
        for listener in self._listeners:
            listener(self.status)

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        self._listeners.append(listener)

    async def found(self) -> tuple[str, ...]:
        self.asked.append("found")
        if self.broken:
            raise OSError("a folder that is closed to us")
        return self.there

    def retry(self) -> None:
        self.asked.append("retry")

    async def start(self) -> None:
        self.asked.append("start")

    async def stop(self) -> None:
        self.asked.append("stop")
        if self.kind is DeviceKind.TICKET_PRINTER:
            raise OSError("stuck")


class MemorySound(Memory):
    """Microphone and loudspeaker."""

    def __init__(self) -> None:
        super().__init__(DeviceKind.MICROPHONE)
        self.devices = (Memory(DeviceKind.MICROPHONE), Memory(DeviceKind.LOUDSPEAKER))


class Booth:
    """Hardware of devices in memory: an A4 printer by name, a ticket printer if there is one."""

    def __init__(self) -> None:
        self.camera = Memory(DeviceKind.CAMERA)
        self.sound = MemorySound()
        self.printer = Memory(DeviceKind.DOCUMENT_PRINTER)
        self.tickets = Memory(DeviceKind.TICKET_PRINTER)
        self.changes = 0
        self.changed = asyncio.Event()
        devices = Devices(
            camera=self.camera,  # type: ignore[arg-type]
            sound=self.sound,  # type: ignore[arg-type]
            screen=open_screen(),
            document_printer=self.printer,  # type: ignore[arg-type]
            ticket_printer=self.tickets,  # type: ignore[arg-type]
        )
        expected = meant(
            {DeviceKind.DOCUMENT_PRINTER: "ipp://printer", DeviceKind.TICKET_PRINTER: "auto"}
        )
        self.hardware = Hardware(devices, expected, self._changed)

    def _changed(self) -> None:
        self.changes += 1
        self.changed.set()


@pytest.fixture
def booth() -> Booth:
    return Booth()


def test_what_is_named_in_the_settings_is_meant_to_be_there() -> None:
    sources = {DeviceKind.HANDSET: "none", DeviceKind.CARD_READER: "pcsc"}
    assert meant(sources) == {DeviceKind.CARD_READER}


def test_nothing_is_lost_before_there_is_evidence(booth: Booth) -> None:
    booth.camera.become(DeviceState.STARTING)
    assert booth.hardware.lost == ()


def test_a_fault_is_remembered_when_the_device_closes(booth: Booth) -> None:
    booth.camera.become(DeviceState.NO_DEVICE)
    booth.camera.become(DeviceState.UNKNOWN)
    booth.camera.become(DeviceState.STARTING)
    assert booth.hardware.lost == (DeviceKind.CAMERA,)
    assert booth.hardware.evidence(booth.camera).state is DeviceState.NO_DEVICE  # type: ignore[arg-type]
    booth.camera.become(DeviceState.ONLINE)
    assert booth.hardware.lost == ()
    assert booth.changes == 4


def test_a_device_that_may_be_absent_is_missed_once_it_has_worked(booth: Booth) -> None:
    booth.tickets.become(DeviceState.NO_DEVICE)
    assert booth.hardware.lost == ()
    booth.tickets.become(DeviceState.ONLINE)
    booth.tickets.become(DeviceState.USER_ERROR)
    assert booth.hardware.lost == (DeviceKind.TICKET_PRINTER,)


def test_a_printer_at_work_is_not_lost(booth: Booth) -> None:
    booth.printer.become(DeviceState.OFFLINE)
    booth.printer.become(DeviceState.DEVICE_BUSY)
    assert booth.hardware.lost == ()


def test_each_kind_is_simulated_once(booth: Booth) -> None:
    for device in (booth.camera, *booth.sound.devices):
        device.become(DeviceState.ONLINE, simulated=True)
    assert booth.hardware.simulated == ("camera", "microphone", "loudspeaker")


def test_listeners_hear_the_kind_and_the_status(booth: Booth) -> None:
    heard: list[tuple[DeviceKind, DeviceState]] = []
    booth.hardware.on_status(lambda kind, status: heard.append((kind, status.state)))
    booth.printer.become(DeviceState.POWER_OFF)
    booth.hardware.devices.screen.told(ScreenFacts(1920, 1080, touch=True))
    assert heard == [
        (DeviceKind.DOCUMENT_PRINTER, DeviceState.POWER_OFF),
        (DeviceKind.SCREEN, DeviceState.ONLINE),
    ]


@pytest.mark.expects_log("device did not close")
async def test_what_is_watched_all_day_starts_and_all_is_closed_whoever_fails(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN_S", 0.01)
    await booth.hardware.start()
    assert booth.printer.asked == ["start"]
    assert booth.camera.asked == []
    booth.camera.become(DeviceState.NO_DEVICE)
    booth.camera.become(DeviceState.UNKNOWN)
    booth.camera.there = ("a camera",)
    booth.changed.clear()
    async with asyncio.timeout(5):
        await booth.changed.wait()
    assert booth.hardware.lost == ()
    await booth.hardware.stop()
    for device in (booth.camera, booth.printer, booth.tickets):
        assert device.asked[-1] == "stop"


@pytest.mark.expects_log("device not looked for|device did not close")
async def test_one_that_can_not_be_looked_for_does_not_end_the_looking(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN_S", 0.01)
    for device in (booth.camera, booth.printer):
        device.become(DeviceState.NO_DEVICE)
        device.become(DeviceState.UNKNOWN)
    booth.camera.broken = True
    booth.changed.clear()
    booth.printer.there = ("a printer",)
    await booth.hardware.start()
    async with asyncio.timeout(5):
        await booth.changed.wait()
    assert booth.hardware.lost == (DeviceKind.CAMERA,)
    await booth.hardware.stop()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "lost devices"]


class Cables:
    """Hot-plug events that somebody listens to."""

    closed = False

    async def change(self, within_s: float) -> None:
        await asyncio.sleep(within_s)

    def close(self) -> None:
        self.closed = True


async def test_nobody_listens_for_cables_once_all_is_closed(booth: Booth) -> None:
    cables = Cables()
    hardware = Hardware(booth.hardware.devices, frozenset(), lambda: None, cables)
    booth.tickets.kind = DeviceKind.CARD_READER  # Else it is stuck.
    await hardware.start()
    assert not cables.closed
    await hardware.stop()
    assert cables.closed


def test_a_kind_is_tried_again(booth: Booth) -> None:
    booth.hardware.retry(DeviceKind.DOCUMENT_PRINTER)
    assert booth.printer.asked == ["retry"]
    assert booth.camera.asked == []
