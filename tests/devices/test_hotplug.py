"""Learning of cables: udev's own datagrams, polling, and which of the two a machine has."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.hotplug import BACKSTOP_S, Polling, Udev, hot_plug
from devices.status import DeviceError, DeviceState
from devices.supervisor import Backoff, Supervisor
from tests.devices.helpers import Statuses
from tests.devices.test_supervisor import FakeDriver

NETLINK_KOBJECT_UEVENT = 15
UDEV_GROUP = 2
"""Of that netlink family: what udevd tells once a device is ready (libudev-monitor)."""
HEADER = struct.Struct("=8s8I")


def murmur2(data: bytes) -> int:
    """MurmurHash2 with seed 0, which libudev's kernel filter compares."""
    factor, mask = 0x5BD1E995, 0xFFFFFFFF
    value = len(data)
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        word = int.from_bytes(data[at : at + 4], "little") * factor & mask
        word = (word ^ word >> 24) * factor & mask
        value = (value * factor & mask) ^ word
    if rest := data[whole:]:
        value = (value ^ int.from_bytes(rest, "little")) * factor & mask
    value = (value ^ value >> 13) * factor & mask
    return value ^ value >> 15


def tell(subsystem: str, action: str) -> None:
    """Send what udevd sends to everybody who listens; needs to be root, as udevd is."""
    properties = "".join(
        f"{line}\0"
        for line in (
            f"ACTION={action}",
            f"DEVPATH=/devices/virtual/{subsystem}/test0",
            f"SUBSYSTEM={subsystem}",
            "SEQNUM=1",
        )
    ).encode()
    header = HEADER.pack(
        b"libudev\0",
        socket.htonl(0xFEEDCAFE),
        HEADER.size,
        HEADER.size,
        len(properties),
        socket.htonl(murmur2(subsystem.encode())),
        *(0, 0, 0),
    )
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_KOBJECT_UEVENT) as netlink:
        netlink.bind((0, 0))
        netlink.sendto(header + properties, (0, UDEV_GROUP))


@pytest.fixture
def udev() -> Iterator[list[Udev]]:
    """Holds what the test listens with, and ends it."""
    listening: list[Udev] = []
    yield listening
    for one in listening:
        one.close()


async def test_udev_wakes_everybody_who_waits(udev: list[Udev]) -> None:
    hotplug = Udev()
    udev.append(hotplug)
    waiting = [asyncio.ensure_future(hotplug.change(60)) for _ in range(3)]
    await asyncio.sleep(0)  # Let them begin to wait.
    tell("video4linux", "add")
    await asyncio.wait_for(asyncio.gather(*waiting), BACKSTOP_S / 2)


async def test_udev_is_deaf_to_what_is_no_device_of_ours(udev: list[Udev]) -> None:
    hotplug = Udev(("sound",))
    udev.append(hotplug)
    waiting = asyncio.ensure_future(hotplug.change(60))
    await asyncio.sleep(0)
    tell("block", "add")
    done, _ = await asyncio.wait((waiting,), timeout=0.1)
    assert not done
    tell("sound", "remove")
    await asyncio.wait_for(waiting, BACKSTOP_S / 2)


async def test_a_lost_event_delays_no_longer_than_asked_for(udev: list[Udev]) -> None:
    hotplug = Udev()
    udev.append(hotplug)
    clock = asyncio.get_running_loop().time
    begun = clock()
    await hotplug.change(0.05)
    assert 0.04 < clock() - begun < BACKSTOP_S / 2


async def test_a_replugged_device_is_opened_at_the_event(udev: list[Udev]) -> None:
    """Nothing else would wake the supervisor within the test's patience."""
    hotplug = Udev()
    udev.append(hotplug)
    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [DeviceError(DeviceState.NO_DEVICE, "gone")]
    supervisor = Supervisor("fake", driver, backoff=Backoff(first_s=3600), hotplug=hotplug)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.NO_DEVICE)
    await asyncio.sleep(0)
    clock = asyncio.get_running_loop().time
    plugged_at = clock()
    driver.cable += 1
    tell("usb", "add")
    await statuses.ever(DeviceState.ONLINE)
    assert clock() - plugged_at < BACKSTOP_S / 2
    await supervisor.stop()


async def test_polling_looks_again_after_its_period_or_sooner() -> None:
    clock = asyncio.get_running_loop().time
    for period_s, within_s in ((0.02, 60.0), (60.0, 0.02)):
        begun = clock()
        await Polling(period_s).change(within_s)
        assert 0.01 < clock() - begun < 5


async def test_a_machine_without_udevd_is_polled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.hotplug._UDEV_CONTROL", tmp_path / "control")
    assert isinstance(hot_plug(), Polling)


async def test_a_machine_with_udevd_has_its_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, udev: list[Udev]
) -> None:
    (tmp_path / "control").touch()
    monkeypatch.setattr("devices.hotplug._UDEV_CONTROL", tmp_path / "control")
    hotplug = hot_plug()
    assert isinstance(hotplug, Udev)
    udev.append(hotplug)


async def test_where_udev_gives_no_socket_there_is_polling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "control").touch()
    monkeypatch.setattr("devices.hotplug._UDEV_CONTROL", tmp_path / "control")

    def refuse(_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pyudev.Monitor.from_netlink", refuse)
    assert isinstance(hot_plug(), Polling)
