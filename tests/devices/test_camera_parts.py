"""Choosing a node and a mode, and unpacking raw frames: the parts that need no camera."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.camera import modes
from devices.camera.i420 import Layout
from devices.camera.modes import Mode, choose_mode
from devices.camera.raw import unpacker
from devices.camera.source import CaptureClock, cover
from devices.camera.v4l2 import candidates, find_node, found, has_capture
from devices.status import DeviceError, DeviceState


class FakeCapture:
    """A webcam that gives some modes, and answers like a V4L2 driver: with the nearest."""

    def __init__(self, table: dict[str, tuple[int, int, float]]) -> None:
        self._table = table
        self._now = next(iter(table), "XXXX")

    def isOpened(self) -> bool:  # noqa: N802
        return True

    def set(self, prop: int, value: float) -> bool:
        if prop == modes.FOURCC:
            wanted = int(value).to_bytes(4, "little").decode()
            if wanted in self._table:
                self._now = wanted
        return True

    def get(self, prop: int) -> float:
        width, height, rate = self._table.get(self._now, (0, 0, 0.0))
        code = int.from_bytes(self._now.encode(), "little")
        answers = {
            modes.FOURCC: code,
            modes.FRAME_WIDTH: width,
            modes.FRAME_HEIGHT: height,
            modes.FPS: rate,
        }
        return answers[prop]

    def grab(self) -> bool:
        return False

    def retrieve(self) -> tuple[bool, None]:
        return False, None

    def release(self) -> None:
        """Nothing to do."""


HD = Layout(1280, 720)


@pytest.mark.parametrize(
    ("table", "chosen"),
    [
        ({"YUYV": (1280, 720, 10.0), "MJPG": (1280, 720, 30.0)}, "MJPG"),
        ({"YUYV": (1280, 720, 30.0), "MJPG": (1280, 720, 30.0)}, "YUYV"),
        ({"NV12": (1280, 720, 30.0), "YUYV": (1280, 720, 30.0)}, "NV12"),
        ({"YUYV": (640, 480, 30.0), "MJPG": (1280, 720, 25.0)}, "MJPG"),
        ({"YUYV": (640, 480, 30.0)}, "YUYV"),
        ({"MJPG": (1920, 1080, 30.0), "YUYV": (640, 480, 30.0)}, "MJPG"),
        ({"YUYV": (1280, 720, 29.97)}, "YUYV"),
    ],
)
def test_the_cheapest_mode_that_fits_is_chosen(
    table: dict[str, tuple[int, int, float]], chosen: str
) -> None:
    assert choose_mode(FakeCapture(table), HD, 30) == Mode(chosen, *table[chosen])


def test_a_camera_with_nothing_we_read_is_a_fault() -> None:
    with pytest.raises(DeviceError) as caught:
        choose_mode(FakeCapture({"H264": (1280, 720, 30.0)}), HD, 30)
    assert caught.value.state is DeviceState.HARDWARE_ERROR


def test_yuyv_and_nv12_and_yu12_become_the_same_planes() -> None:
    layout = Layout(8, 4)
    random = np.random.default_rng(3)
    frame = random.integers(0, 256, layout.size).astype(np.uint8)
    y, u, v = layout.planes(frame)
    yuyv = np.empty((4, 4, 4), np.uint8)
    yuyv[:, :, 0], yuyv[:, :, 2] = y[:, 0::2], y[:, 1::2]
    yuyv[:, :, 1], yuyv[:, :, 3] = u.repeat(2, axis=0), v.repeat(2, axis=0)
    nv12 = np.concatenate([y.reshape(-1), np.stack([u, v], axis=-1).reshape(-1)])
    for fourcc, raw in (("YUYV", yuyv.reshape(-1)), ("NV12", nv12), ("YU12", frame)):
        for got, wanted in zip(unpacker(Mode(fourcc, 8, 4, 30.0))(raw), (y, u, v), strict=True):
            assert np.array_equal(got, wanted), fourcc


@pytest.mark.parametrize("fourcc", ["YUYV", "NV12", "YU12"])
def test_a_frame_of_the_wrong_length_is_a_fault(fourcc: str) -> None:
    with pytest.raises(DeviceError, match="bytes instead of"):
        unpacker(Mode(fourcc, 8, 4, 30.0))(np.zeros(47, np.uint8))


SIDES = st.integers(2, 4096)


@given(width=SIDES, height=SIDES, wanted_width=SIDES, wanted_height=SIDES)
def test_cover_stays_inside_and_even(
    width: int, height: int, wanted_width: int, wanted_height: int
) -> None:
    left, top, part_width, part_height = cover(width, height, wanted_width, wanted_height)
    assert not any(value % 2 for value in (left, top, part_width, part_height))
    assert left >= 0
    assert top >= 0
    assert left + part_width <= width
    assert top + part_height <= height


def test_cover_of_four_by_three_for_sixteen_by_nine() -> None:
    assert cover(640, 480, 1280, 720) == (0, 60, 640, 360)
    assert cover(1920, 1080, 1280, 720) == (0, 0, 1920, 1080)


def test_stable_names_come_first_and_each_node_once(tmp_path: Path) -> None:
    for name in ("video0", "video1", "video10", "video2"):
        (tmp_path / name).touch()
    by_id = tmp_path / "v4l" / "by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-cam-video-index0").symlink_to(tmp_path / "video2")
    (by_id / "usb-cam-video-index1").symlink_to(tmp_path / "video1")
    names = [node.name for node in candidates("auto", tmp_path)]
    assert names == ["usb-cam-video-index0", "video0", "video1", "video10"]


def test_what_is_found_is_named_once_and_without_nodes_for_metadata(tmp_path: Path) -> None:
    dev, sys = tmp_path / "dev", tmp_path / "sys"
    (dev / "v4l" / "by-id").mkdir(parents=True)
    for name, index in (("video0", "0"), ("video1", "1"), ("video2", "0"), ("video3", "1")):
        (dev / name).touch()
        (sys / name).mkdir(parents=True)
        (sys / name / "index").write_text(f"{index}\n")
    (dev / "v4l" / "by-id" / "usb-cam-video-index0").symlink_to(dev / "video2")
    by_id = str(dev / "v4l" / "by-id" / "usb-cam-video-index0")
    assert found("auto", dev, sys) == (by_id, str(dev / "video0"))
    assert found(by_id, dev, sys) == (by_id,)
    assert found(str(dev / "video9"), dev, sys) == ()


def test_a_frame_is_dated_by_the_driver_where_its_clock_is_ours() -> None:
    clock = CaptureClock()
    assert clock.captured_at(0.0, 100.0) == 100.0
    assert clock.captured_at(12.5, 100.0) == 100.0
    assert clock.captured_at(101.0, 100.0) == 100.0
    assert clock.captured_at(99.97, 100.0) == 99.97
    assert clock.captured_at(100.0, 100.03) == 100.0


def test_the_last_picture_for_ever_is_a_lost_camera() -> None:
    clock = CaptureClock()
    clock.captured_at(99.97, 100.0)
    with pytest.raises(DeviceError, match="last picture again") as caught:
        clock.captured_at(99.97, 100.03)
    assert caught.value.state is DeviceState.OFFLINE


def test_no_node_and_no_camera_on_a_node_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="no camera found"):
        find_node("auto", tmp_path)
    (tmp_path / "video0").touch()
    with pytest.raises(DeviceError, match="gives no video"):
        find_node("auto", tmp_path)
    with pytest.raises(DeviceError, match="is not there"):
        find_node(str(tmp_path / "video9"), tmp_path)


def test_a_node_that_we_may_not_open_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "video0").touch()

    def denied(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr("devices.camera.v4l2.captures", denied)
    with pytest.raises(DeviceError) as caught:
        find_node("auto", tmp_path)
    assert caught.value.state is DeviceState.USER_ERROR
    assert "group video" in caught.value.hint


@pytest.mark.parametrize(
    ("capabilities", "own", "captures"),
    [
        (0x84A00001, 0x04200001, True),
        (0x84A00001, 0x04A00000, False),
        (0x1, 0, True),
        (0x2, 0, False),
    ],
)
def test_a_webcams_second_node_is_not_a_camera(capabilities: int, own: int, captures: bool) -> None:
    answer = struct.pack("<16s32s32sIII12x", b"uvc", b"cam", b"usb", 1, capabilities, own)
    assert has_capture(answer) is captures
