"""The document camera as the booth uses it: a child that looks, pages, and all that goes wrong."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from devices.camera import modes
from devices.dock import WrongArgument
from devices.document_camera import open_document_camera
from devices.document_camera.desk import PAGES
from devices.document_camera.found import candidates
from devices.document_camera.interface import Advice, Look, PageRefused
from devices.document_camera.process import ProcessDocumentCamera
from devices.document_camera.scenes.scene import render
from devices.document_camera.simulated import SimulatedDocumentCamera
from devices.document_camera.stills import choose_largest, decode
from devices.picture import Picture
from devices.status import DeviceError, DeviceState
from devices.supervisor import Backoff
from tests.devices.helpers import Statuses, Watched

FAST = Backoff(first_s=0.01, cap_s=0.05, poll_s=0.005)


class Seen(Watched):
    """What came out of a document camera."""

    def __init__(self) -> None:
        super().__init__()
        self.looks: list[Look] = []
        self.pictures = 0
        self.size = (0, 0)

    def preview(self, picture: Picture) -> None:
        self.pictures += 1
        self.size = (picture.width, picture.height)
        self.happened()

    def look(self, look: Look) -> None:
        self.looks.append(look)
        self.happened()

    async def advised(self, advice: Advice) -> Look:
        """The next look with this advice."""
        start = len(self.looks)
        await self.until(lambda: any(look.advice is advice for look in self.looks[start:]))
        return next(look for look in self.looks[start:] if look.advice is advice)


@pytest.fixture(scope="module")
def photograph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of a good page, as a file."""
    path = tmp_path_factory.mktemp("p") / "desk.jpg"
    cv2.imwrite(str(path), render(PAGES["good"], np.random.default_rng(40)).image)
    return path


async def test_a_file_is_looked_at_and_gives_a_page(photograph: Path) -> None:
    camera, seen, statuses = open_document_camera(str(photograph)), Seen(), Statuses()
    assert camera is not None
    camera.on_status(statuses)
    assert await camera.found() == ("desk.jpg",)
    await camera.start(seen.preview, seen.look)
    look = await seen.advised(Advice.GOOD)
    assert look.corners is not None
    assert all(0 < value < 1 for corner in look.corners for value in corner)
    assert seen.size == (640, 480)
    page = await camera.take()
    assert decode(page.jpeg) is not None
    assert len(page.jpeg) < 300_000
    assert page.colour
    await camera.stop()
    assert camera.status.state is DeviceState.UNKNOWN
    assert statuses.seen[1].simulated


async def test_the_simulated_desk_obeys_the_dock() -> None:
    camera, seen = SimulatedDocumentCamera(FAST), Seen()
    await camera.start(seen.preview, seen.look)
    await seen.advised(Advice.GOOD)
    camera.actions["remove"].run("")
    await seen.advised(Advice.NO_PAGE)
    with pytest.raises(PageRefused) as refused:
        await camera.take()
    assert refused.value.advice is Advice.NO_PAGE
    camera.actions["page"].run("good")
    await seen.advised(Advice.GOOD)
    camera.actions["move"].run("")
    await seen.advised(Advice.HOLD_STILL)
    with pytest.raises(WrongArgument):
        camera.actions["page"].run("upside down")
    await camera.stop()


async def test_the_cable_is_pulled_and_put_back() -> None:
    camera, seen, statuses = SimulatedDocumentCamera(FAST), Seen(), Statuses()
    camera.on_status(statuses)
    await camera.start(seen.preview, seen.look)
    await statuses.ever(DeviceState.ONLINE)
    pid = camera.child_pid
    assert pid is not None
    camera.actions["unplug"].run("")
    await statuses.ever(DeviceState.NO_DEVICE)
    assert not psutil.pid_exists(pid)
    assert await camera.found() == ()
    with pytest.raises(DeviceError):
        await camera.take()
    camera.actions["plug"].run("")
    await statuses.next(DeviceState.ONLINE)
    await camera.stop()


async def test_a_child_that_dies_or_freezes_is_started_again(photograph: Path) -> None:
    camera, seen, statuses = open_document_camera(str(photograph)), Seen(), Statuses()
    assert isinstance(camera, ProcessDocumentCamera)
    camera.on_status(statuses)
    await camera.start(seen.preview, seen.look)
    await statuses.ever(DeviceState.ONLINE)
    for how in (signal.SIGKILL, signal.SIGSTOP):
        pid = camera.child_pid
        assert pid is not None
        os.kill(pid, how)
        await statuses.next(DeviceState.HARDWARE_ERROR)
        await statuses.next(DeviceState.ONLINE)
    await camera.stop()


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("a.jpg", b"rubbish", DeviceState.USER_ERROR),
        ("a.png", b"", DeviceState.USER_ERROR),
        ("a.mp4", b"rubbish", DeviceState.USER_ERROR),
    ],
)
async def test_a_bad_file_is_a_permanent_fault(
    tmp_path: Path, name: str, content: bytes, state: DeviceState
) -> None:
    (tmp_path / name).write_bytes(content)
    camera, seen, statuses = open_document_camera(str(tmp_path / name)), Seen(), Statuses()
    assert camera is not None
    camera.on_status(statuses)
    await camera.start(seen.preview, seen.look)
    assert name in (await statuses.ever(state)).detail
    await camera.stop()


async def test_without_a_second_camera_there_is_no_device() -> None:
    camera, seen, statuses = open_document_camera("auto", avoid="auto"), Seen(), Statuses()
    assert camera is not None
    camera.on_status(statuses)
    assert await camera.found() == ()
    await camera.start(seen.preview, seen.look)
    await statuses.ever(DeviceState.NO_DEVICE)
    with pytest.raises(DeviceError):
        await camera.take()
    await camera.stop()


def test_none_is_no_camera() -> None:
    assert open_document_camera("none") is None


def test_auto_leaves_the_calls_camera_alone(tmp_path: Path) -> None:
    for name in ("video0", "video2"):
        (tmp_path / name).touch()
    by_id = tmp_path / "v4l" / "by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-Call-video-index0").symlink_to(tmp_path / "video0")
    (by_id / "usb-Desk-video-index0").symlink_to(tmp_path / "video2")
    left = candidates("auto", str(by_id / "usb-Call-video-index0"), tmp_path)
    assert left == [by_id / "usb-Desk-video-index0"]
    assert candidates("auto", str(tmp_path / "video2"), tmp_path) == [
        by_id / "usb-Call-video-index0"
    ]


class Offer:
    """Stands in for a V4L2 camera: its largest size for each format."""

    def __init__(self, offers: dict[str, tuple[int, int, float]]) -> None:
        self._offers = offers
        self._fourcc = next(iter(offers))

    def set(self, prop: int, value: float) -> bool:
        if prop == modes.FOURCC:
            asked = int(value).to_bytes(4, "little").decode()
            self._fourcc = asked if asked in self._offers else next(iter(self._offers))
        return True

    def get(self, prop: int) -> float:
        width, height, rate = self._offers[self._fourcc]
        told = {modes.FRAME_WIDTH: width, modes.FRAME_HEIGHT: height, modes.FPS: rate}
        return told.get(prop, float(int.from_bytes(self._fourcc.encode(), "little")))


@pytest.mark.parametrize(
    ("offers", "expected"),
    [
        ({"YUYV": (1600, 1200, 5), "MJPG": (4208, 3120, 10)}, ("MJPG", 4208)),
        ({"YUYV": (3264, 2448, 1), "MJPG": (1920, 1080, 30)}, ("MJPG", 1920)),
        ({"YUYV": (2592, 1944, 3)}, ("YUYV", 2592)),
    ],
)
def test_the_largest_mode_is_taken(
    offers: dict[str, tuple[int, int, float]], expected: tuple[str, int]
) -> None:
    mode = choose_largest(Offer(offers))  # type: ignore[arg-type]
    assert (mode.fourcc, mode.width) == expected


def test_a_camera_without_a_known_format_is_refused() -> None:
    with pytest.raises(DeviceError, match="gives none"):
        choose_largest(Offer({"H264": (1920, 1080, 30)}))  # type: ignore[arg-type]


def test_a_picture_that_claims_to_be_huge_is_not_decoded() -> None:
    _, packed = cv2.imencode(".png", np.zeros((8, 8, 3), np.uint8))
    huge = bytearray(packed.tobytes())
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    assert decode(bytes(huge)) is None
