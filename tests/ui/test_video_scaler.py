"""From planes to pixels: colours, sides, padding, and frames that need no copy."""

from __future__ import annotations

import time

import av
import numpy as np
import pytest

from devices.picture import Picture, Plane
from tests.ui.pictures import COLOURS, close_to, halves
from ui.video.geometry import Layout, Size, crop_to_fill
from ui.video.scaler import Scaler, as_frame

SIZES = [Size(1920, 1080), Size(1280, 720), Size(1080, 1440), Size(281, 157)]


def pixels(frame: av.VideoFrame) -> np.ndarray:
    rows = np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(frame.height, -1, 4)
    return rows[:, : frame.width, 2::-1]


def rgb(frame: av.VideoFrame, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in pixels(frame)[y, x])


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width}x{size.height}")
def test_colours_are_those_of_bt601(colour: str, size: Size) -> None:
    layout = crop_to_fill(Size(1280, 720), size)
    frame = Scaler().scale(halves(colour, colour), layout, mirrored=False)
    assert (frame.width, frame.height) == (size.width, size.height)
    for x, y in [(0, 0), (size.width - 1, size.height - 1), (size.width // 2, size.height // 3)]:
        assert close_to(rgb(frame, x, y), colour)


def test_mirrored_swaps_left_and_right() -> None:
    scaler, layout = Scaler(), crop_to_fill(Size(1280, 720), Size(280, 158))
    plain = scaler.scale(halves("red", "blue"), layout, mirrored=False)
    mirrored = scaler.scale(halves("red", "blue"), layout, mirrored=True)
    assert close_to(rgb(plain, 20, 80), "red")
    assert close_to(rgb(mirrored, 20, 80), "blue")


def test_only_the_part_asked_for_is_shown() -> None:
    right_half = Layout(640, 0, Size(640, 720), Size(320, 360))
    frame = Scaler().scale(halves("red", "green"), right_half, mirrored=False)
    assert close_to(rgb(frame, 2, 180), "green")


def test_rows_longer_than_the_picture_are_understood() -> None:
    picture = halves("skin", "skin", width=322, height=242, pad=54)
    frame = Scaler().scale(picture, crop_to_fill(Size(322, 242), Size(322, 242)), mirrored=False)
    assert close_to(rgb(frame, 321, 241), "skin")


def test_a_picture_of_another_size_may_follow() -> None:
    scaler, item = Scaler(), Size(640, 360)
    scaler.scale(halves("red", "red"), crop_to_fill(Size(1280, 720), item), mirrored=False)
    small = halves("blue", "blue", width=640, height=480)
    frame = scaler.scale(small, crop_to_fill(Size(640, 480), item), mirrored=False)
    assert close_to(rgb(frame, 320, 180), "blue")


def test_earlier_frames_keep_their_pixels() -> None:
    scaler, layout = Scaler(), crop_to_fill(Size(1280, 720), Size(640, 360))
    kept = [scaler.scale(halves(name, name), layout, mirrored=False) for name in COLOURS]
    assert all(close_to(rgb(f, 9, 9), name) for f, name in zip(kept, COLOURS, strict=True))


def test_a_decoders_frame_is_used_as_it_is() -> None:
    frame = av.VideoFrame(64, 48, "yuv420p")
    planes = [Plane(memoryview(plane), plane.line_size) for plane in frame.planes]
    picture = Picture(64, 48, (planes[0], planes[1], planes[2]), time.monotonic(), frame)
    assert as_frame(picture) is frame
