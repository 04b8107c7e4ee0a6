"""The short rehearsal: quick when all is well, in time when it is not, and never in the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from devices.camera.simulated import SimulatedCamera
from devices.sound.simulated import SimulatedLoudspeaker, SimulatedMicrophone
from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.rehearsal.short import ShortRehearsal
from kiosk.hardware import Devices, Hardware
from kiosk.settings.booth import CallSettings
from tests.diagnostics.rehearsal_devices import simulated


@pytest.fixture
async def hardware(tmp_path: Path) -> Hardware:
    return Hardware(simulated(tmp_path), frozenset(), lambda: None)


def rehearsal(hardware: Hardware, limit_s: float = 3.0) -> ShortRehearsal:
    return ShortRehearsal(lambda: hardware.devices, CallSettings(), limit_s)


def closed(devices: Devices) -> bool:
    return all(
        device.status.state is DeviceState.UNKNOWN
        for device in (devices.camera, *devices.sound.devices)
    )


async def taken(work: Callable[[], object]) -> float:
    clock = asyncio.get_running_loop().time
    begun = clock()
    await work()  # type: ignore[misc]
    return clock() - begun


async def test_devices_that_work_cost_little_time(hardware: Hardware) -> None:
    short = rehearsal(hardware)
    await short()  # The speech of the simulated microphone is made and kept.
    assert await taken(short) < 2.5
    assert hardware.lost == ()
    assert closed(hardware.devices)


async def test_a_lost_camera_is_known_before_the_time_is_up_and_remembered(
    hardware: Hardware,
) -> None:
    camera = hardware.devices.camera
    assert isinstance(camera, SimulatedCamera)
    camera.unplug()
    assert await taken(rehearsal(hardware, 3.0)) < 3.6
    assert hardware.lost == (DeviceKind.CAMERA,)
    assert closed(hardware.devices)
    camera.plug()
    await rehearsal(hardware)()
    assert hardware.lost == ()


@pytest.mark.parametrize("kind", [DeviceKind.MICROPHONE, DeviceKind.LOUDSPEAKER])
async def test_lost_sound_is_known_and_remembered(hardware: Hardware, kind: DeviceKind) -> None:
    (device,) = hardware.of(kind)
    assert isinstance(device, SimulatedMicrophone | SimulatedLoudspeaker)
    device.unplug()
    await rehearsal(hardware)()
    assert hardware.lost == (kind,)
    assert closed(hardware.devices)


@pytest.mark.expects_log("rehearsal ran out of time")
async def test_a_frozen_camera_costs_no_more_than_the_limit(hardware: Hardware) -> None:
    camera = hardware.devices.camera
    assert isinstance(camera, SimulatedCamera)
    await rehearsal(hardware)()
    camera.freeze()
    assert await taken(rehearsal(hardware, 1.0)) < 2.0
    assert closed(hardware.devices)


async def test_a_resident_who_leaves_leaves_nothing_open(hardware: Hardware) -> None:
    task = asyncio.create_task(rehearsal(hardware)())  # type: ignore[arg-type]
    begun = asyncio.Event()
    hardware.on_status(lambda _kind, _status: begun.set())
    await asyncio.wait_for(begun.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed(hardware.devices)


@pytest.mark.expects_log("rehearsal failed")
async def test_it_never_raises() -> None:
    def broken() -> Devices:
        raise RuntimeError("no hardware")

    await ShortRehearsal(broken, CallSettings(), 3.0)()


async def test_a_limit_of_nothing_tries_nothing() -> None:
    def unwanted() -> Devices:
        raise AssertionError

    await ShortRehearsal(unwanted, CallSettings(), 0)()
