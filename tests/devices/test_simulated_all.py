"""What every simulated device owes the dock: a cable that works alike, whatever hangs on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest

from devices.camera import open_camera
from devices.card_reader import open_card_reader
from devices.code_reader import open_code_reader
from devices.device import Device
from devices.dock import Dockable
from devices.document_camera import open_document_camera
from devices.document_printer import open_document_printer
from devices.handset import open_handset
from devices.hotplug import HotPlug
from devices.sound import open_sound
from devices.status import DeviceKind, DeviceState
from devices.ticket_printer import open_ticket_printer
from tests.devices.helpers import Statuses

BACK_WITHIN_S = 3.0
"""Of a camera (the issue's figure); the others are no slower."""
DRAWN_WITHIN_S = 10.0
"""The document camera's child draws a desk of 5 megapixels before its first picture."""


class Deaf:
    """A machine with udev, which has no event for a cable that is only simulated."""

    async def change(self, within_s: float) -> None:
        await asyncio.sleep(within_s)

    def close(self) -> None:
        """There is nothing to close."""


@dataclass
class Bench:
    """The devices of one class, and how they are started and stopped."""

    devices: tuple[Device, ...]
    start: Callable[[], Awaitable[None]]
    stop: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


def bench(name: str, folder: Path) -> Bench:
    deaf = Deaf()
    match name:
        case "camera":
            camera = open_camera("simulated", hotplug=deaf)
            return Bench(
                (camera,), lambda: camera.start(lambda _: None, width=320, height=240, rate=5)
            )
        case "sound":
            sound = open_sound(
                "simulated",
                "simulated",
                cache=folder,
                private_microphone="simulated",
                private_loudspeaker="simulated",
                hotplug=deaf,
            )
            return Bench(tuple(sound.devices), lambda: sound.start(lambda _: None), [sound.stop])
        case "document camera":
            papers = open_document_camera("simulated", hotplug=deaf)
            assert papers is not None
            return Bench((papers,), lambda: papers.start(lambda _: None, lambda _: None))
        case _:
            watched = WATCHED[name](deaf)
            assert watched is not None
            return Bench((watched,), watched.start)


class Watched(Device, Protocol):
    """A device that is watched all day."""

    async def start(self) -> None: ...


WATCHED: dict[str, Callable[[HotPlug], Watched | None]] = {
    "handset": lambda deaf: open_handset("simulated", hotplug=deaf),
    "document printer": lambda _: open_document_printer("simulated"),
    "ticket printer": lambda deaf: open_ticket_printer(
        "simulated", baud=9600, width_dots=384, profile="default", hotplug=deaf
    ),
    "card reader": lambda deaf: open_card_reader(
        "simulated", key=bytes(32), cards={}, hotplug=deaf
    ),
    "code reader": lambda deaf: open_code_reader("simulated", baud=9600, hotplug=deaf),
}
CLASSES = ("camera", "sound", "document camera", *WATCHED)


@pytest.mark.parametrize("name", CLASSES)
async def test_a_cable_is_pulled_and_put_back_alike_everywhere(name: str, tmp_path: Path) -> None:
    booth = bench(name, tmp_path)
    told = []
    for device in booth.devices:
        assert isinstance(device, Dockable)
        device.on_status(statuses := Statuses())
        told.append((device, statuses))
    await booth.start()
    for device, statuses in told:
        await statuses.ever(DeviceState.ONLINE)
        assert device.status.simulated
        assert await device.found()
        await pulled_and_put_back(device, statuses)
    for stop in booth.stop or [device.stop for device in booth.devices]:
        await stop()
    assert all(device.status.state is DeviceState.UNKNOWN for device in booth.devices)


async def pulled_and_put_back(device: Device, statuses: Statuses) -> None:
    assert isinstance(device, Dockable)
    clock = asyncio.get_running_loop().time
    device.actions["unplug"].run("")
    assert await device.found() == ()
    await statuses.until(
        lambda: device.status.state in (DeviceState.NO_DEVICE, DeviceState.OFFLINE)
    )
    assert device.status.recovery_hint
    device.actions["plug"].run("")
    plugged_at = clock()
    await statuses.until(lambda: device.status.state is DeviceState.ONLINE)
    drawn = device.kind is DeviceKind.DOCUMENT_CAMERA
    assert clock() - plugged_at < (DRAWN_WITHIN_S if drawn else BACK_WITHIN_S)
