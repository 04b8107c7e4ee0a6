"""The simulated camera, and the factory that chooses it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from devices.camera import open_camera, strip
from devices.camera.i420 import FramePool, Layout
from devices.camera.process import ProcessCamera
from devices.camera.simulated import SimulatedCamera
from devices.dock import Dockable, WrongArgument
from devices.picture import Picture
from devices.status import DeviceState
from devices.supervisor import Backoff
from tests.devices.helpers import Statuses, Watched

FAST = Backoff(first_s=0.01, cap_s=0.05, poll_s=0.005)


class Pictures(Watched):
    """Counts pictures, and keeps the newest ones."""

    def __init__(self, keep: int = 1) -> None:
        super().__init__()
        self.count = 0
        self.kept: list[Picture] = []
        self._keep = keep

    def __call__(self, picture: Picture) -> None:
        self.count += 1
        self.kept = [*self.kept, picture][-self._keep :]
        self.happened()


async def test_pictures_of_the_size_asked_for_carry_the_time() -> None:
    camera, pictures = SimulatedCamera(), Pictures()
    await camera.start(pictures, width=1280, height=720, rate=30)
    await pictures.until(lambda: pictures.count >= 5)
    await camera.stop()
    picture = pictures.kept[0]
    assert (picture.width, picture.height) == (1280, 720)
    assert [len(plane.data) for plane in picture.planes] == [921_600, 230_400, 230_400]
    assert [plane.stride for plane in picture.planes] == [1280, 640, 640]
    luma = np.frombuffer(picture.planes[0].data, np.uint8).reshape(720, 1280)
    value = strip.read(luma)
    assert value is not None
    assert 0 <= strip.age_ms(value, strip.stamp()) < 20_000
    assert luma.min() >= 16
    assert luma.max() <= 235


async def test_small_pictures_have_no_clock_and_do_no_harm() -> None:
    camera, pictures = SimulatedCamera(), Pictures()
    await camera.start(pictures, width=64, height=48, rate=60)
    await pictures.until(lambda: pictures.count >= 2)
    await camera.stop()
    assert pictures.kept[0].width == 64


async def test_a_picture_moves() -> None:
    camera, pictures = SimulatedCamera(), Pictures(keep=2)
    await camera.start(pictures, width=640, height=480, rate=60)
    await pictures.until(lambda: pictures.count >= 2)
    await camera.stop()
    one, two = (bytes(picture.planes[0].data) for picture in pictures.kept)
    assert one != two


async def test_unplugged_and_plugged_in_again() -> None:
    camera, pictures, statuses = SimulatedCamera(backoff=FAST), Pictures(), Statuses()
    camera.on_status(statuses)
    await camera.start(pictures, width=64, height=48, rate=60)
    await pictures.until(lambda: pictures.count >= 1)
    assert camera.capabilities == {"width": 64, "height": 48, "fps": 60, "format": "I420"}
    camera.actions["unplug"].run("")
    assert await camera.found() == ()
    await statuses.ever(DeviceState.NO_DEVICE)
    before = pictures.count
    camera.actions["plug"].run("")
    assert await camera.found() == ("simulated",)
    await statuses.next(DeviceState.ONLINE)
    await pictures.until(lambda: pictures.count > before)
    assert camera.status.simulated
    await camera.stop()


async def test_a_frozen_camera_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.camera.simulated.STALL_S", 0.1)
    camera, pictures, statuses = SimulatedCamera(backoff=FAST), Pictures(), Statuses()
    camera.on_status(statuses)
    await camera.start(pictures, width=64, height=48, rate=60)
    await pictures.until(lambda: pictures.count >= 1)
    camera.actions["slow"].run("2")
    camera.actions["freeze"].run("")
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert "no frame" in fault.detail
    before = pictures.count
    camera.actions["thaw"].run("")
    await pictures.until(lambda: pictures.count > before)
    await camera.stop()


async def test_a_sink_that_keeps_everything_gets_no_more_than_the_pool_holds() -> None:
    camera, pictures = SimulatedCamera(), Pictures(keep=1000)
    await camera.start(pictures, width=64, height=48, rate=100)
    await pictures.until(lambda: pictures.count == 6)
    pictures.kept.clear()
    await pictures.until(lambda: pictures.count > 6)
    await camera.stop()


def test_pool_and_layout_refuse_what_can_not_be() -> None:
    pool = FramePool(Layout(4, 4), limit=1)
    lease = pool.lease()
    assert lease is not None
    assert pool.lease() is None
    del lease
    assert pool.lease() is not None
    with pytest.raises(ValueError, match="even"):
        Layout(3, 4)


def test_the_factory_knows_what_is_meant(tmp_path: Path) -> None:
    assert isinstance(open_camera("simulated"), SimulatedCamera)
    real = open_camera("auto")
    assert isinstance(real, ProcessCamera)
    assert not real.status.simulated
    file = open_camera(str(tmp_path / "a.mp4"))
    assert file.status.simulated
    assert isinstance(file, Dockable)
    assert not isinstance(real, Dockable)
    assert not open_camera("/dev/v4l/by-id/usb-x-video-index0").status.simulated


async def test_a_ticket_held_before_it_is_read_from_its_picture_until_it_is_closed() -> None:
    camera, pictures = SimulatedCamera(), Pictures()
    ticket = f"VG1.{'A7' * 85}"
    camera.actions["show"].run(ticket)
    await camera.start(pictures, width=1280, height=720, rate=30)
    await pictures.until(lambda: pictures.count >= 2)
    assert codes(pictures.kept[0]) == [ticket]
    camera.actions["show"].run("")
    seen = pictures.count
    await pictures.until(lambda: pictures.count >= seen + 2)
    assert codes(pictures.kept[0]) == []
    camera.actions["show"].run(ticket)
    await camera.stop()
    await camera.start(pictures, width=640, height=480, rate=30)
    seen = pictures.count
    await pictures.until(lambda: pictures.count >= seen + 2)
    await camera.stop()
    assert codes(pictures.kept[0]) == []


def test_nothing_longer_than_a_ticket_is_held() -> None:
    with pytest.raises(WrongArgument):
        SimulatedCamera().actions["show"].run("A" * 501)


def codes(picture: Picture) -> list[str]:
    """Return what the QR codes in a picture say."""
    luma = np.frombuffer(picture.planes[0].data, np.uint8)
    rows = luma.reshape(picture.height, picture.width)
    return [code.text for code in zxingcpp.read_barcodes(rows)]
