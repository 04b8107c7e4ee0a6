"""What can be done to simulated devices, and the cable that all have."""

from __future__ import annotations

import asyncio

import pytest

from devices.device import SupervisedDevice
from devices.dock import Cable, CabledDriver, Dockable, WrongArgument, number, plain
from devices.status import DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff
from tests.devices.helpers import Statuses

FAST = Backoff(first_s=0.01, cap_s=0.05, poll_s=0.005)


def test_a_plain_action_takes_nothing() -> None:
    done: list[str] = []
    action = plain(lambda: done.append("jam"))
    action.run("")
    with pytest.raises(WrongArgument, match="takes no argument"):
        action.run("twice")
    assert (done, action.takes) == (["jam"], "")


def test_a_number_is_checked_before_anything_happens() -> None:
    done: list[float] = []
    action = number(done.append, "how many times slower", 1, 10)
    action.run("2.5")
    for argument in ("", "fast", "0.5", "11", "nan"):
        with pytest.raises(WrongArgument, match="how many times slower"):
            action.run(argument)
    assert (done, action.takes) == ([2.5], "how many times slower")


async def test_a_cable_is_in_or_out_and_tells_of_a_pull() -> None:
    cable = Cable()
    pulled = asyncio.ensure_future(cable.pulled())
    assert cable.plugged
    await asyncio.sleep(0)
    assert not pulled.done()
    cable.actions()["unplug"].run("")
    await pulled
    assert not cable.plugged
    cable.actions()["plug"].run("")
    assert cable.plugged


class Lamp(CabledDriver):
    """The simplest device."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: asyncio.Event = asyncio.Event()
        self.lit = False

    async def prepare(self) -> str:
        self.lit = True
        return "lamp"

    async def work(self) -> None:
        await self.broken.wait()
        self.broken.clear()
        raise DeviceError(DeviceState.HARDWARE_ERROR, "burnt out")

    async def close(self) -> None:
        self.lit = False


class LampDevice(SupervisedDevice):
    """The lamp as a device."""

    kind = DeviceKind.SCREEN

    def __init__(self, driver: Lamp) -> None:
        super().__init__(driver, simulated=True, backoff=FAST)

    async def start(self) -> None:
        await self._begin()


async def test_a_cabled_device_is_lost_and_found_like_a_real_one() -> None:
    lamp = Lamp()
    device, statuses = LampDevice(lamp), Statuses()
    device.on_status(statuses)
    await device.start()
    await statuses.ever(DeviceState.ONLINE)
    assert device.capabilities == {}
    lamp.cable.unplug()
    await statuses.ever(DeviceState.NO_DEVICE)
    assert not lamp.lit
    lamp.cable.plug()
    device.retry()
    await statuses.next(DeviceState.ONLINE)
    lamp.broken.set()
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert fault.detail == "burnt out"
    await statuses.next(DeviceState.ONLINE)
    await device.stop()
    assert not lamp.lit
    assert not isinstance(device, Dockable)
